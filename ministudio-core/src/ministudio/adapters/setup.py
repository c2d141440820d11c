"""What to do before a provider's first clip, as people read it; pure, and without any secret."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ministudio.contracts.setting import Setting
    from ministudio.contracts.specs import VideoProviderSpec

__all__ = ["setup_text"]

_WIDTH = 92


def setup_text(spec: VideoProviderSpec, distribution: str, sources: Mapping[str, str]) -> str:
    """Return the steps, numbered.

    Args:
        spec: What the plugin says of the provider.
        distribution: What is installed.
        sources: Where each declared setting that is set comes from, by its name.
    """
    steps = [f"{distribution} is installed."]
    if spec.settings:
        lines = [line for setting in spec.settings for line in _lines(setting, sources)]
        steps.append(
            "\n".join(["Set these in the workspace's .env, or in the environment:", *lines])
        )
    steps += [line for line in spec.setup.splitlines() if line.strip()]
    steps.append(
        f"See that its libraries load, and what a film would cost:\n"
        f"  ministudio plugins doctor {spec.name.partition('-')[0]}\n"
        f"  ministudio plan production.yaml --provider {spec.name}"
    )
    blocks = [f"{spec.name}: {spec.summary}", ""]
    for number, step in enumerate(steps, 1):
        first, *rest = step.splitlines()
        blocks += textwrap.wrap(f"{number}. {first}", _WIDTH, subsequent_indent="   ")
        blocks += [f"   {line}" for line in rest]
    if spec.homepage:
        blocks += ["", f"More: {spec.homepage}"]
    return "\n".join(blocks)


def _lines(setting: Setting, sources: Mapping[str, str]) -> Iterator[str]:
    if setting.name in sources:
        state = f"is set, by {sources[setting.name]}"
    elif setting.default is not None:
        state = f"is {setting.default!r} if not set"
    else:
        state = "must be set" if setting.required else "may be set"
    yield f"  {setting.name} ({state})"
    yield from textwrap.wrap(setting.help, _WIDTH, initial_indent="    ", subsequent_indent="    ")
    if setting.where_to_get:
        yield f"    from: {setting.where_to_get}"
