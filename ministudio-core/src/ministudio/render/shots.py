"""Rendering one shot: its alternatives in order, each whole or not at all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.clips import ClipRequest, ExtendFrom
from ministudio.contracts.events import EventKind
from ministudio.contracts.media import MediaFile
from ministudio.errors import Accepted, MiniStudioError, ProviderError
from ministudio.media.frames import save_frame
from ministudio.plan.model import Adaptation, Alternative, ShotPlan
from ministudio.render.context import Providers, RenderContext
from ministudio.render.keys import asked, intent_key, slot_key, take_key
from ministudio.render.making import Order, make_clip
from ministudio.render.policy import Next, after
from ministudio.render.results import Attempt, PartResult, ShotResult
from ministudio.render.takes import Take
from ministudio.story.vocabulary import Continuity

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
    intent = intent_key(plan, shot, _before(before))
    slot = slot_key(plan, shot, intent)
    work = _Shot(
        shot=shot,
        slot=slot,
        intent=intent,
        before=before,
        providers=providers,
        context=context,
    )
    if (stored := await work.stored()) is not None:
        context.emit(
            EventKind.SHOT_REUSED, f"{stored.provider}/{stored.model}", shot=shot.id, fraction=1.0
        )
        return stored
    context.emit(EventKind.SHOT_STARTED, shot.story.action, shot=shot.id)
    attempts: list[Attempt] = []
    ways = _open_first(shot.alternatives, context.journal.open_takes(intent))
    for way in ways:
        for adaptation in way.adaptations:
            context.emit(
                EventKind.SHOT_ADAPTED, str(adaptation), shot=shot.id, provider=way.provider
            )
        try:
            parts, found = await work.render(way)
        except MiniStudioError as error:
            if way is ways[-1] or after(error, way.billing, _accepted(error)) is Next.STOP:
                raise
            attempts.append(Attempt(provider=way.provider, model=way.model, error=error.message))
            context.emit(
                EventKind.SHOT_FALLBACK,
                f"{way.provider}/{way.model}: {error.message}; trying the next",
                shot=shot.id,
                provider=way.provider,
            )
            continue
        context.journal.select(slot, [part.take for part in parts])
        context.emit(
            EventKind.SHOT_DONE,
            f"{way.provider}/{way.model}",
            shot=shot.id,
            provider=way.provider,
            fraction=1.0,
        )
        return ShotResult(
            shot=shot,
            slot=slot,
            provider=way.provider,
            model=way.model,
            parts=parts,
            adaptations=(*way.adaptations, *found),
            attempts=attempts,
            seconds_taken=context.clock() - started,
        )
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
        takes = self.context.journal.selected(self.slot)
        parts = []
        for take in takes:
            clip = take.clip and await asyncio.to_thread(
                self.context.store.find, take.key, take.clip
            )
            if not clip:
                return None
            parts.append(PartResult(take=take.key, asked=take.asked, clip=clip))
        if not parts:
            return None
        maker = (takes[0].provider, takes[0].model)
        planned = [w for w in self.shot.alternatives if (w.provider, w.model) == maker]
        return ShotResult(
            shot=self.shot,
            slot=self.slot,
            provider=maker[0],
            model=maker[1],
            parts=parts,
            adaptations=planned[0].adaptations if planned else (),
            reused=True,
        )

    async def render(self, way: Alternative) -> tuple[list[PartResult], list[Adaptation]]:
        """Make every part of one alternative."""
        spec = self.providers.spec(way.provider)
        provider = await self.providers.get(way.provider)
        done: list[PartResult] = []
        found: list[Adaptation] = []
        for number, part in enumerate(way.parts, 1):
            request, changed = await self._begin(way, part.request, done)
            found += changed
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
                take=take,
                request=request,
                provider=provider,
                settle_after=spec.settle_after,
            )
            progress = self._progress(way, number - 1, len(way.parts))
            clip = await make_clip(self.context, order, progress)
            done.append(PartResult(take=take.key, asked=take.asked, clip=clip))
        return done, found

    async def _begin(
        self, way: Alternative, request: ClipRequest, done: list[PartResult]
    ) -> tuple[ClipRequest, list[Adaptation]]:
        """Complete a request with the picture it goes on from."""
        if done:
            if not way.can_begin_with_picture:
                return request, []
            return attrs.evolve(request, first_frame=await self._last_frame(done[-1])), []
        if self.before is None or way.continuity not in {Continuity.CHAIN, Continuity.EXTEND}:
            return request, []
        last = self.before.parts[-1]
        if way.continuity is Continuity.EXTEND:
            if (self.before.provider, self.before.model) == (way.provider, way.model):
                media = MediaFile(last.clip.path, last.clip.sha256)
                known = self.context.journal.take(last.take)
                job = known.handle if known else None
                return attrs.evolve(request, extend=ExtendFrom(media=media, job=job)), []
            why = f"the shot before came from {self.before.provider}/{self.before.model}"
            got = Continuity.CHAIN if way.can_begin_with_picture else Continuity.CUT
            changed = [Adaptation("continuity", "extend", got.value, why)]
            self.context.emit(EventKind.SHOT_ADAPTED, str(changed[0]), shot=self.shot.id)
            if got is Continuity.CUT:
                return request, changed
        else:
            changed = []
        return attrs.evolve(request, first_frame=await self._last_frame(last)), changed

    async def _last_frame(self, part: PartResult) -> MediaFile:
        path = self.context.store.frame(part.take)
        return await asyncio.to_thread(save_frame, part.clip.path, "last", path)

    def _progress(self, way: Alternative, done: int, parts: int) -> Progress:
        loop = asyncio.get_running_loop()

        def tell(share: float | None, note: str) -> None:
            self.context.emit(
                EventKind.SHOT_PROGRESS,
                note,
                shot=self.shot.id,
                provider=way.provider,
                fraction=share,
            )

        def progress(fraction: float | None, note: str = "") -> None:
            share = None if fraction is None else (done + min(max(fraction, 0.0), 1.0)) / parts
            # Providers may call from a thread; listeners are only ever called from the loop.
            if not loop.is_closed():
                loop.call_soon_threadsafe(tell, share, note)

        return progress


def _before(before: ShotResult | None) -> tuple[str, str] | None:
    return (before.slot, before.parts[-1].take) if before else None


def _open_first(ways: Sequence[Alternative], open_takes: Sequence[Take]) -> list[Alternative]:
    """The alternatives in order, but those first that may have a job under way."""
    busy = {(take.provider, take.model) for take in open_takes}
    return sorted(ways, key=lambda way: (way.provider, way.model) not in busy)


def _accepted(error: MiniStudioError) -> Accepted:
    return error.accepted if isinstance(error, ProviderError) else Accepted.NO
