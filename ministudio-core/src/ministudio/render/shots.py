"""Rendering one shot: its alternatives in order, each whole or not at all."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.events import EventKind
from ministudio.errors import Accepted, ArtifactError, MiniStudioError, ProviderError
from ministudio.plan.model import Adaptation, Alternative, ShotPlan
from ministudio.render.context import Providers, RenderContext
from ministudio.render.joining import complete, how_joined
from ministudio.render.keys import asked, intent_key, slot_key, take_key
from ministudio.render.making import make_clip
from ministudio.render.order import Order
from ministudio.render.policy import Next, after
from ministudio.render.results import Attempt, PartResult, ShotResult
from ministudio.render.takes import Take

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.contracts.clips import Progress
    from ministudio.plan.model import Plan

__all__ = ["render_shot"]


async def render_shot(
    plan: Plan,
    shot: ShotPlan,
    before: ShotResult | None,
    providers: Providers,
    context: RenderContext,
) -> ShotResult:
    """Return a shot, from the store if its slot is filled, else by its alternatives in order.

    Raises:
        MiniStudioError: What the last alternative said, when none could make it.
    """
    started = context.clock()
    intent = intent_key(plan, shot, before.parts[-1].take if before else None)
    slot = slot_key(plan, shot, intent, before.slot if before else None)
    work = _Shot(
        shot=shot,
        slot=slot,
        intent=intent,
        before=before,
        providers=providers,
        context=context,
    )
    if (stored := await work.stored()) is not None:
        work.tell(EventKind.SHOT_REUSED, f"{stored.provider}/{stored.model}", fraction=1.0)
        return stored
    work.tell(EventKind.SHOT_STARTED, shot.story.action)
    attempts: list[Attempt] = []
    ways = _open_first(shot.alternatives, context.journal.open_takes(intent))
    for way in ways:
        name = f"{way.provider}/{way.model}"
        try:
            result = await work.made(way)
        except MiniStudioError as error:
            if way is ways[-1] or after(error, way.billing, _accepted(error)) is Next.STOP:
                raise
            attempts.append(Attempt(provider=way.provider, model=way.model, error=error.message))
            said = f"{name}: {error.message}; trying the next"
            work.tell(EventKind.SHOT_FALLBACK, said, way)
            continue
        work.tell(EventKind.SHOT_DONE, name, way, fraction=1.0)
        return attrs.evolve(result, attempts=attempts, seconds_taken=context.clock() - started)
    raise AssertionError("a plan gives every shot an alternative")


@attrs.frozen(kw_only=True)
class _Shot:
    """One shot being rendered."""

    shot: ShotPlan
    slot: str
    intent: str
    before: ShotResult | None
    providers: Providers
    context: RenderContext

    async def stored(self) -> ShotResult | None:
        """The takes the slot is filled with, when all of them are whole."""
        parts = []
        for take in self.context.journal.selected(self.slot):
            clip = take.clip and await asyncio.to_thread(
                self.context.store.find, take.key, take.clip
            )
            if not clip:
                return None
            parts.append(PartResult(take=take.key, asked=take.asked, clip=clip))
            maker = (take.provider, take.model)
        if not parts:
            return None
        # The slot names its alternatives, so whoever filled it is among them.
        way = next(w for w in self.shot.alternatives if (w.provider, w.model) == maker)
        return self.result(way, parts, reused=True)

    async def made(self, way: Alternative) -> ShotResult:
        """The shot with every part of one alternative made."""
        spec = self.providers.spec(way.provider)
        provider = await self.providers.get(way.provider)
        for adaptation in self.adaptations(way):
            self.tell(EventKind.SHOT_ADAPTED, str(adaptation), way)
        parts: list[PartResult] = []
        for number, part in enumerate(way.parts, 1):
            request = await complete(self.context, way, part.request, self.before, parts)
            take = Take(
                key=take_key(way, request, 1),
                intent=self.intent,
                shot=self.shot.id,
                part=number,
                provider=way.provider,
                model=way.model,
                billing=way.billing,
                asked=asked(request),
            )
            order = Order(
                context=self.context,
                take=take,
                request=request,
                provider=provider,
                settle_after=spec.settle_after,
            )
            clip = await make_clip(order, self._progress(way, number - 1, len(way.parts)))
            parts.append(PartResult(take=take.key, asked=take.asked, clip=clip))
        self.context.journal.select(self.slot, [part.take for part in parts])
        return self.result(way, parts)

    def adaptations(self, way: Alternative) -> tuple[Adaptation, ...]:
        """What is not as asked: planned, and found now that the shot before is made."""
        return (*way.adaptations, *how_joined(way, self.before)[1])

    def result(
        self, way: Alternative, parts: Sequence[PartResult], *, reused: bool = False
    ) -> ShotResult:
        """The shot, done."""
        return ShotResult(
            shot=self.shot,
            slot=self.slot,
            provider=way.provider,
            model=way.model,
            parts=parts,
            adaptations=self.adaptations(way),
            notes=tuple(dict.fromkeys([*way.notes, *(n for p in parts for n in p.clip.notes)])),
            reused=reused,
        )

    def tell(
        self,
        kind: EventKind,
        message: str,
        way: Alternative | None = None,
        fraction: float | None = None,
    ) -> None:
        """Tell everybody who listens what happened to this shot."""
        self.context.emit(
            kind,
            message,
            shot=self.shot.id,
            provider=way.provider if way else None,
            fraction=fraction,
        )

    def _progress(self, way: Alternative, done: int, parts: int) -> Progress:
        loop = asyncio.get_running_loop()

        def progress(fraction: float | None, note: str = "") -> None:
            share = None if fraction is None else (done + _share(fraction)) / parts
            # Providers may call from a thread, even one that outlives the loop; listeners are
            # only ever called from the loop.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self.tell, EventKind.SHOT_PROGRESS, note, way, share)

        return progress


def _share(fraction: float) -> float:
    """A fraction between 0 and 1, whatever a provider reports; trouble here must cost no clip."""
    try:
        return min(max(0.0, float(fraction)), 1.0)
    except (TypeError, ValueError):
        return 0.0


def _open_first(ways: Sequence[Alternative], open_takes: Sequence[Take]) -> list[Alternative]:
    """The alternatives in order, but those first that may have a job under way."""
    busy = {(take.provider, take.model) for take in open_takes}
    return sorted(ways, key=lambda way: (way.provider, way.model) not in busy)


def _accepted(error: MiniStudioError) -> Accepted:
    if isinstance(error, ProviderError):
        return error.accepted
    # A clip that is no good was made, and may have to be paid for.
    return Accepted.UNKNOWN if isinstance(error, ArtifactError) else Accepted.NO
