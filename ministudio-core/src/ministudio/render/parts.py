"""Making the clips of one alternative in order, each as often as refusals allow."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.events import EventKind
from ministudio.contracts.providers import BaseVideoProvider
from ministudio.contracts.specs import VideoProviderSpec
from ministudio.errors import ContentRefused
from ministudio.plan.model import Alternative, ShotPlan
from ministudio.render.context import Providers, RenderContext
from ministudio.render.joining import complete
from ministudio.render.keys import asked, take_key
from ministudio.render.making import make_clip
from ministudio.render.numbers import first_number, numbered
from ministudio.render.order import Order
from ministudio.render.policy import rule_for
from ministudio.render.results import PartResult
from ministudio.render.takes import Take

if TYPE_CHECKING:
    from ministudio.contracts.clips import ClipRequest, Progress
    from ministudio.render.results import ShotResult

__all__ = ["make_parts"]


async def make_parts(
    shot: ShotPlan,
    way: Alternative,
    *,
    intent: str,
    wish: str,
    before: ShotResult | None,
    providers: Providers,
    context: RenderContext,
) -> list[PartResult]:
    """Return the clips of one way to make a shot, made or found.

    Raises:
        MiniStudioError: What stopped the first part that could not be made.
    """
    provider = await providers.get(way.provider)
    maker = _Maker(
        shot=shot,
        way=way,
        intent=intent,
        wish=wish,
        provider=provider,
        spec=providers.spec(way.provider),
        context=context,
    )
    done: list[PartResult] = []
    for index, part in enumerate(way.parts):
        request = await complete(context, way, part.request, before, done)
        done.append(await maker.make(index, request))
    return done


@attrs.frozen(kw_only=True)
class _Maker:
    """One way to make one shot."""

    shot: ShotPlan
    way: Alternative
    intent: str
    wish: str
    provider: BaseVideoProvider
    spec: VideoProviderSpec
    context: RenderContext

    async def make(self, index: int, request: ClipRequest) -> PartResult:
        """One part: a take, and after a refusal another with another seed."""
        options = self.context.options
        fresh = self.shot.id in options.fresh
        number, seed = first_number(
            self.way,
            request,
            self._known(index),
            run=self.context.run,
            fresh=fresh,
            seed=options.seeds.get(self.shot.id) if fresh else None,
        )
        progress = self._progress(index)
        refusals = 0
        while True:
            wanted = numbered(request, number, seed)
            order = self._order(index, wanted, number)
            try:
                clip = await make_clip(order, progress)
            except ContentRefused as error:
                refusals += 1
                if refusals > options.rerolls or not rule_for(error).new_seed:
                    raise
                number, seed = number + 1, None
                self.context.emit(
                    EventKind.SHOT_REROLLED,
                    f"{error.message}; take {number} with another seed",
                    shot=self.shot.id,
                    provider=self.way.provider,
                )
                continue
            return PartResult(take=order.take.key, number=number, asked=order.take.asked, clip=clip)

    def _order(self, index: int, request: ClipRequest, number: int) -> Order:
        way = self.way
        take = Take(
            key=take_key(way, request, number),
            intent=self.intent,
            shot=self.shot.id,
            part=index + 1,
            provider=way.provider,
            model=way.model,
            billing=way.billing,
            asked=asked(request),
            film=self.context.film,
            run=self.context.run,
            number=number,
            wish=self.wish,
        )
        return Order(
            context=self.context,
            take=take,
            request=request,
            price=way.parts[index].price,
            provider=self.provider,
            spec=self.spec,
        )

    def _known(self, index: int) -> dict[str, Take]:
        maker = (self.way.provider, self.way.model, index + 1)
        takes = self.context.recall.of_intent(self.intent)
        return {take.key: take for take in takes if (take.provider, take.model, take.part) == maker}

    def _progress(self, done: int) -> Progress:
        loop = asyncio.get_running_loop()
        parts = len(self.way.parts)

        def progress(fraction: float | None, note: str = "") -> None:
            share = None if fraction is None else (done + _share(fraction)) / parts
            if _runs_here(loop):
                self._tell_progress(note, share)
                return
            # Providers may call from a thread, even one that outlives the loop; listeners are
            # only ever called from the loop.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._tell_progress, note, share)

        return progress

    def _tell_progress(self, note: str, share: float | None) -> None:
        self.context.emit(
            EventKind.SHOT_PROGRESS,
            note,
            shot=self.shot.id,
            provider=self.way.provider,
            fraction=share,
        )


def _runs_here(loop: asyncio.AbstractEventLoop) -> bool:
    try:
        return asyncio.get_running_loop() is loop
    except RuntimeError:
        return False


def _share(fraction: float) -> float:
    """A fraction between 0 and 1, whatever a provider reports; trouble here must cost no clip."""
    try:
        return min(max(0.0, float(fraction)), 1.0)
    except (TypeError, ValueError):
        return 0.0
