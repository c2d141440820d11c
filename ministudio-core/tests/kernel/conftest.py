"""Plugins made up for one test each."""

from __future__ import annotations

import itertools
import textwrap
from typing import TYPE_CHECKING

import pytest

from ministudio.kernel.claims import sort_out
from ministudio.kernel.policy import PluginPolicy
from ministudio.kernel.records import FoundPlugin
from ministudio.kernel.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_numbers = itertools.count()

PROVIDER = """
from ministudio.plugin import Billing, VideoProviderSpec, hookimpl, permissive_card

@hookimpl
def ministudio_video_providers():
    yield VideoProviderSpec(
        name={name!r}, factory={factory!r}, summary="Makes clips.",
        models=[permissive_card({name!r} + "-1")], billing=Billing.FREE,
    )
"""


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., FoundPlugin]:
    """Write a plugin's module and return the plugin as a scan would find it."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(source: str, id_: str = "mine", distribution: str = "ministudio-mine") -> FoundPlugin:
        # Modules stay imported, so no two tests may use one name.
        module = f"made_up_{next(_numbers)}"
        (tmp_path / f"{module}.py").write_text(textwrap.dedent(source))
        return FoundPlugin(id_, module, distribution, "1.2")

    return write


@pytest.fixture
def provider_plugin(plugin: Callable[..., FoundPlugin]) -> Callable[..., FoundPlugin]:
    """Write a sound plugin that offers one provider."""

    def write(name: str, id_: str | None = None, factory: str = "nowhere:Provider") -> FoundPlugin:
        id_ = id_ or name
        return plugin(PROVIDER.format(name=name, factory=factory), id_, f"ministudio-{id_}")

    return write


@pytest.fixture
def registry_of() -> Callable[..., Registry]:
    """Make a registry that finds the given plugins, and the core's own, and nothing else."""

    def make(*found: FoundPlugin, policy: PluginPolicy = PluginPolicy()) -> Registry:  # noqa: B008 - it is frozen
        return Registry(policy, scan=lambda policy: sort_out(found, policy))

    return make
