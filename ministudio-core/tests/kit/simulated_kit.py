"""The engine over a simulated service, in one process and on one clock that nobody waits for."""

from __future__ import annotations

import asyncio
import contextlib
import pkgutil
from typing import TYPE_CHECKING

from render_kit import Plain, Workshop

from ministudio.contracts.specs import PluginContext
from ministudio.plan.build import Choice, make_plan
from ministudio.plan.model import Look
from ministudio.render.engine import render_plan
from ministudio.story import Production, SceneConfig
from ministudio.testing.simulator.plugin import ministudio_video_providers
from ministudio.values.frames import Resolution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.contracts.providers import BaseVideoProvider
    from ministudio.contracts.specs import VideoProviderSpec
    from ministudio.plan.model import Plan
    from ministudio.render.results import RenderResult
    from ministudio.story import ShotConfig
    from ministudio.testing.simulator import SimulatedService

SPECS = {spec.name: spec for spec in ministudio_video_providers()}
# Real seconds: how long a case may take that hangs, where the slowest takes a few.
DEADLINE = 30.0


class Simulated:
    """The simulator's providers, as the engine asks for them."""

    def __init__(self, service: SimulatedService, patience: float = 5.0) -> None:
        self.url = service.url
        self.patience = patience
        self.made: dict[str, BaseVideoProvider] = {}

    def spec(self, name: str) -> VideoProviderSpec:
        return SPECS[name]

    async def get(self, name: str) -> BaseVideoProvider:
        if name not in self.made:
            options = {"poll_every": 0.25, "patience": self.patience}
            context = PluginContext(options=options, settings={"SIMULATOR_URL": self.url})
            self.made[name] = pkgutil.resolve_name(SPECS[name].factory)(context)
        return self.made[name]

    async def aclose(self) -> None:
        for provider in self.made.values():
            await provider.aclose()


def plan(*shots: ShotConfig, chain: Sequence[str]) -> Plan:
    """A film of small shots, their actions the prompts as they are."""
    choices = {
        name: Choice(
            spec=SPECS[name],
            card=next(card for card in SPECS[name].models if card.id == "sim-1"),
            compiler=Plain(),
            compiler_name="plain",
        )
        for name in chain
    }
    film = Production(title="A film", scenes=[SceneConfig(shots=shots)])
    look = Look(resolution=Resolution.P360, fps=12)
    return make_plan(film, chain=chain, choices=choices, look=look, media={})


def render(
    workshop: Workshop, service: SimulatedService, wanted: Plan, **options: object
) -> RenderResult:
    """Render once, with providers of its own; hanging is a failure."""

    async def once() -> RenderResult:
        patience = float(options.get("call_timeout", 5.0)) * 2  # type: ignore[arg-type]  # a number
        cast = Simulated(service, patience)
        with workshop.rendering(**options) as context:
            async with contextlib.AsyncExitStack() as stack, asyncio.timeout(DEADLINE):
                stack.push_async_callback(cast.aclose)
                return await render_plan(wanted, cast, context)

    return asyncio.run(once())
