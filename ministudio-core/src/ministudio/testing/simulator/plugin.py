"""The plugin ``simulator``: what it offers, and nothing heavier than that.

It has no entry point in the core's own distribution, so nobody has it who did not ask for it:
``install`` puts one into a folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import (
    Setting,
    SettingKind,
    VideoProviderSpec,
    cards_beside,
    hookimpl,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ministudio_video_providers"]

_SETTINGS = (
    Setting(
        name="SIMULATOR_URL",
        help="Where the simulated service listens.",
        category="Simulator",
        kind=SettingKind.URL,
        required=True,
        where_to_get="python -m ministudio.testing.simulator prints it",
    ),
    Setting(
        name="SIMULATOR_API_KEY",
        help="The key of the simulated service, where it was started with one.",
        category="Simulator",
        secret=True,
    ),
)
_PROVIDERS = (
    ("simulator", "provider:SimulatorProvider", "A simulated service that fails as told."),
    ("simulator-b", "variants:SecondProvider", "Its second queue, to fall back on."),
    ("simulator-idempotent", "variants:IdempotentProvider", "One job for one key."),
    ("simulator-blind", "variants:BlindProvider", "Cannot say what became of a submit."),
    ("simulator-blocking", "variants:BlockingProvider", "One call, paid, and no job to find."),
)


@hookimpl
def ministudio_video_providers() -> Iterator[VideoProviderSpec]:
    """Describe the service under each of its names."""
    cards = cards_beside(__file__)
    for name, factory, summary in _PROVIDERS:
        yield VideoProviderSpec(
            name=name,
            factory=f"ministudio.testing.simulator.{factory}",
            summary=summary,
            models=cards,
            settings=_SETTINGS,
            idempotent_submit=name == "simulator-idempotent",
            # The action alone is the prompt, so that faults reach the service as they were written.
            compiler="verbatim",
        )
