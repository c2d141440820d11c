"""Rendering one shot: its alternatives in order, each whole or not at all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.events import EventKind
from ministudio.contracts.specs import Billing
from ministudio.errors import Accepted, MiniStudioError, ProviderError
from ministudio.plan.model import Adaptation, Alternative, ShotPlan
from ministudio.render.context import Providers, RenderContext
from ministudio.render.joining import how_joined
from ministudio.render.keys import intent_key, slot_key
from ministudio.render.parts import make_parts
from ministudio.render.policy import Next, after
from ministudio.render.results import Attempt, PartResult, ShotResult
from ministudio.render.takes import Take, TakeState

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ministudio.plan.model import Plan

__all__ = ["Maker", "render_shot", "stand_in"]

Maker = tuple[str, str]
"""A provider's name and a model's id."""


async def render_shot(
    plan: Plan,
    shot: ShotPlan,
    before: ShotResult | None,
    providers: Providers,
    context: RenderContext,
    *,
    barred: Collection[Maker] = (),
) -> ShotResult:
    """Return a shot, from the store if its slot is filled, else by its alternatives in order.

    Args:
        plan: The film's plan.
        shot: The shot.
        before: The shot it goes on from, done.
        providers: Where providers come from.
        context: What every step of the render shares.
        barred: Who is not asked, though the plan names them.

    Raises:
        MiniStudioError: What the last alternative said, when none could make it.
    """
    started = context.clock()
    work = _shot(plan, shot, before, providers, context)
    ways = [way for way in shot.alternatives if _maker(way) not in barred]
    fresh = shot.id in context.options.fresh
    if not fresh and (stored := await work.stored(barred)) is not None:
        work.tell(EventKind.SHOT_REUSED, f"{stored.provider}/{stored.model}", fraction=1.0)
        return stored
    work.tell(EventKind.SHOT_STARTED, shot.story.action)
    attempts: list[Attempt] = []
    busy = {(take.provider, take.model) for take in context.recall.open_takes(work.intent)}
    ways.sort(key=lambda way: _maker(way) not in busy)
    for way in ways:
        name = f"{way.provider}/{way.model}"
        access = context.access(way.provider)
        may_exist = _maker(way) in busy
        try:
            # Whoever takes no new order may still hand over what was ordered before.
            if not may_exist:
                access.breaker.check(way.provider, context.clock())
            result = await work.made(way)
        except MiniStudioError as error:
            access.hear(error)
            accepted = Accepted.UNKNOWN if may_exist else work.accepted(error)
            if way is ways[-1] or after(error, way.billing, accepted) is Next.STOP:
                raise
            attempts.append(Attempt(provider=way.provider, model=way.model, error=error.message))
            said = f"{name}: {error.message}; trying the next"
            work.tell(EventKind.SHOT_FALLBACK, said, way)
            continue
        access.hear(None)
        await work.select([part.take for part in result.parts])
        work.tell(EventKind.SHOT_DONE, name, way, fraction=1.0)
        return attrs.evolve(result, attempts=attempts, seconds_taken=context.clock() - started)
    raise ProviderError(
        f"shot {shot.id!r} has no provider left: {_names(barred)} failed for another shot "
        "that must look like it",
        accepted=Accepted.NO,
        hint="add a provider to the chain, or let each shot fall back alone",
    )


async def stand_in(
    plan: Plan,
    shot: ShotPlan,
    error: MiniStudioError,
    providers: Providers,
    context: RenderContext,
) -> ShotResult:
    """Return the placeholder of a shot that nobody could make; its slot stays empty.

    Raises:
        MiniStudioError: What stopped the shot, when the plan has no placeholder for it.
    """
    if shot.placeholder is None:
        raise error
    work = _shot(plan, shot, None, providers, context)
    result = await work.made(shot.placeholder)
    by = f"{shot.placeholder.provider}/{shot.placeholder.model}"
    work.tell(EventKind.SHOT_STOOD_IN, f"{by} stands in: {error.message}", shot.placeholder, 1.0)
    first = shot.first_choice
    failed = Attempt(provider=first.provider, model=first.model, error=error.message)
    return attrs.evolve(result, attempts=(failed,), placeholder=True)


def _shot(
    plan: Plan,
    shot: ShotPlan,
    before: ShotResult | None,
    providers: Providers,
    context: RenderContext,
) -> _Shot:
    intent = wish = intent_key(plan, shot, before.parts[-1].take if before else None)
    if before:
        wish = intent_key(plan, shot, None)
    slot = slot_key(plan, shot, intent, before.slot if before else None)
    return _Shot(
        shot=shot,
        slot=slot,
        intent=intent,
        wish=wish,
        before=before,
        providers=providers,
        context=context,
    )


@attrs.frozen(kw_only=True)
class _Shot:
    """One shot being rendered."""

    shot: ShotPlan
    slot: str
    intent: str
    wish: str
    before: ShotResult | None
    providers: Providers
    context: RenderContext

    async def stored(self, barred: Collection[Maker]) -> ShotResult | None:
        """The takes the slot is filled with, when all of them are whole."""
        journal = self.context.journal
        takes = journal.selected(self.slot)
        elsewhere = not takes and self.context.options.reuse
        if elsewhere:
            takes = journal.selected_for(self.intent)
        if not takes or (takes[0].provider, takes[0].model) in barred:
            return None
        parts = [await self._found(take) for take in takes]
        if None in parts:
            return None
        if elsewhere:
            await self.select([take.key for take in takes])
        return self.result(takes[0].provider, takes[0].model, [p for p in parts if p], reused=True)

    async def made(self, way: Alternative) -> ShotResult:
        """The shot with every part of one alternative made."""
        for adaptation in self._joined(way):
            self.tell(EventKind.SHOT_ADAPTED, str(adaptation), way)
        parts = await make_parts(
            self.shot,
            way,
            intent=self.intent,
            wish=self.wish,
            before=self.before,
            providers=self.providers,
            context=self.context,
        )
        return self.result(way.provider, way.model, parts)

    def accepted(self, error: MiniStudioError) -> Accepted:
        """Whether there may be a job, or a clip that was paid for, by the error or the journal."""
        if isinstance(error, ProviderError):
            return error.accepted
        takes = self.context.recall.of_intent(self.intent)
        return Accepted.UNKNOWN if any(_may_be_paid_for(take) for take in takes) else Accepted.NO

    async def select(self, takes: Sequence[str]) -> None:
        """Remember what the slot is filled with."""
        await self.context.scribe.write(
            lambda journal: journal.select(self.slot, takes, self.intent)
        )

    def result(
        self, provider: str, model: str, parts: Sequence[PartResult], *, reused: bool = False
    ) -> ShotResult:
        """The shot, done."""
        ways = (*self.shot.alternatives, self.shot.placeholder)
        # A take that is reused may come from somebody this plan does not name.
        way = next((w for w in ways if w and _maker(w) == (provider, model)), None)
        said = way.notes if way else ()
        return ShotResult(
            shot=self.shot,
            slot=self.slot,
            provider=provider,
            model=model,
            parts=parts,
            adaptations=(*self._joined(way), *_reseeded(way, parts)) if way else (),
            notes=tuple(dict.fromkeys([*said, *(n for p in parts for n in p.clip.notes)])),
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

    def _joined(self, way: Alternative) -> tuple[Adaptation, ...]:
        """What is not as asked: planned, and found now that the shot before is made."""
        return (*way.adaptations, *how_joined(way, self.before)[1])

    async def _found(self, take: Take) -> PartResult | None:
        store, known = self.context.store, take.clip
        # Most files are as they were left, which one look tells; reading them is for a thread.
        clip = known and (
            store.untouched(take.key, known) or await asyncio.to_thread(store.find, take.key, known)
        )
        if not clip:
            return None
        return PartResult(take=take.key, number=take.number, asked=take.asked, clip=clip)


def _reseeded(way: Alternative, parts: Sequence[PartResult]) -> list[Adaptation]:
    """The seeds that are not the planned ones, as the takes have them."""
    return [
        Adaptation("seed", str(planned.request.seed), str(seed), f"take {part.number}")
        for planned, part in zip(way.parts, parts, strict=False)
        if (seed := part.asked.get("seed", planned.request.seed)) != planned.request.seed
    ]


def _may_be_paid_for(take: Take) -> bool:
    lost = bool(take.charged) and take.state in {TakeState.FAILED, TakeState.EXPIRED}
    return take.billing is Billing.PAID and (take.state.open or lost)


def _maker(way: Alternative) -> Maker:
    return way.provider, way.model


def _names(makers: Collection[Maker]) -> str:
    return " and ".join(sorted({provider for provider, _ in makers})) or "nobody"
