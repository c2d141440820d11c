"""Going on with another provider: what the ones before made is used, what they owe is asked for.

A paid job that may exist is asked after once before anybody else is paid for its shot; and what
is finished counts, also where one provider goes on from the shot before and the other cannot, so
that they see two different wishes in one shot.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.contracts.events import Event, EventKind
from ministudio.contracts.specs import Billing
from ministudio.errors import JobExpired, JobPending, MiniStudioError
from ministudio.render.engine import render_plan
from ministudio.render.order import unknown_job
from ministudio.render.runs import StoredRun
from ministudio.render.standing import standings
from ministudio.render.store import Store
from ministudio.render.takes import TakeState
from ministudio.settings.rendering import Cap, OnFailure
from ministudio.studio.rendering import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from ministudio.plan.model import Plan
    from ministudio.render.journal import Journal
    from ministudio.render.takes import Take
    from ministudio.studio.studio import Studio

__all__ = ["earlier_plans", "owed", "taken_over"]

_HEARD: Final = {EventKind.TAKE_CHANGED, EventKind.RETRYING, EventKind.NOTICE}
_LOST: Final = {TakeState.FAILED, TakeState.EXPIRED}


def earlier_plans(studio: Studio, plan: Plan, planned: Callable[[str], Plan]) -> list[Plan]:
    """Return the film as everybody else would make it who has begun a shot of it.

    Args:
        studio: The workspace.
        plan: The film as it is to be made now.
        planned: Plans the film for one maker, given as ``provider/model``.
    """
    own = {(way.provider, way.model) for shot in plan.shots for way in shot.alternatives}
    with studio.journal() as journal:
        makers = journal.makers({shot.id for shot in plan.shots})
    plans = []
    for provider, model in makers:
        if (provider, model) not in own:
            try:
                plans.append(planned(f"{provider}/{model}"))
            except MiniStudioError:
                continue  # it is not installed any more, and nobody else can ask after its jobs
    return plans


async def taken_over(
    studio: Studio,
    plan: Plan,
    earlier: Sequence[Plan],
    *,
    reuse: bool,
    listen: Callable[[Event], None],
) -> None:
    """Ask once after every open job of the film, and let the plan use what is finished.

    Nothing is ordered. What cannot be had is left as the journal has it.

    Args:
        studio: The workspace.
        plan: The film as it is to be made now.
        earlier: The film as others were to make it.
        reuse: Whether a shot that another provider has made counts as made.
        listen: Told of what changed.

    Raises:
        ConfigError: When the workspace is being rendered in.
    """
    for other in earlier:
        with studio.journal() as journal:
            owing = list(_unfinished(plan, [other], journal, reuse=reuse))
        if shots := {shot for shot, take in owing if take.state.open}:
            await _asked_after(studio, other, shots, listen)
    if reuse and earlier:
        with studio.journal() as journal, Store(studio.workspace.state).claimed():
            _use_finished(plan, earlier, journal)


def owed(
    plan: Plan,
    earlier: Sequence[Plan],
    journal: Journal,
    *,
    reuse: bool,
    allowed: Collection[str],
) -> MiniStudioError | None:
    """Return why a shot may not be ordered from this plan's provider; None where all may be.

    Args:
        plan: The film as it is to be made now.
        earlier: The film as others were to make it.
        journal: What is under way.
        reuse: Whether a shot that another provider has made counts as made.
        allowed: Ids of shots that may be paid for again.
    """
    owing = _unfinished(plan, earlier, journal, reuse=reuse)
    take = next((take for shot, take in owing if shot not in allowed), None)
    if take is None:
        return None
    if not take.state.open:
        paid = "was paid for" if take.charged else "may have been paid for"
        return JobExpired(
            f"shot {take.shot!r} {paid} at {take.provider}, and there is no clip: {take.error}",
            provider=take.provider,
            charged=take.charged,
        )
    if take.handle is None:
        return unknown_job(take)
    return JobPending(
        f"{take.provider} may still be making shot {take.shot!r}",
        job=take.handle,
        provider=take.provider,
    )


def _unfinished(
    plan: Plan, earlier: Sequence[Plan], journal: Journal, *, reuse: bool
) -> Iterator[tuple[str, Take]]:
    """Shots that are still to be made, each with a paid take of somebody else's that is not over.

    A refusal is over, and so is what cost nothing; a job that was charged and gave nothing is not.
    """
    own = {shot.id: {(w.provider, w.model) for w in shot.alternatives} for shot in plan.shots}
    here = list(standings(plan, plan.shots, journal, reuse=reuse))
    there = [list(standings(other, other.shots, journal, reuse=True)) for other in earlier]
    # Where a shot goes on from another for one maker alone, they see two intents in it.
    for ways in zip(here, *there, strict=True):
        shot = ways[0].shot.id
        if ways[0].selected or (reuse and any(way.selected for way in ways)):
            continue
        for intent in dict.fromkeys(way.intent for way in ways if way.intent):
            for take in journal.of_intent(intent):
                lost = take.state in _LOST and take.charged is not False
                others = (take.provider, take.model) not in own[shot]
                if others and take.billing is Billing.PAID and (take.state.open or lost):
                    yield shot, take


def _use_finished(plan: Plan, earlier: Sequence[Plan], journal: Journal) -> None:
    """Fill the plan's empty slots with what the others have finished."""
    made = {
        standing.shot.id: [take.key for take in standing.selected]
        for other in earlier
        for standing in standings(other, other.shots, journal, reuse=True)
        if standing.selected
    }
    filled = True
    # A shot that goes on from another has a slot only once that one's is filled.
    while filled:
        filled = False
        for standing in standings(plan, plan.shots, journal, reuse=True):
            keys = made.get(standing.shot.id)
            if keys and standing.slot and standing.intent and not standing.selected:
                journal.select(standing.slot, keys, standing.intent)
                filled = True


async def _asked_after(
    studio: Studio, plan: Plan, shots: Collection[str], listen: Callable[[Event], None]
) -> None:
    options = attrs.evolve(
        studio.render_options(),
        job_timeout=0.0,
        # A paid clip is never ordered where none is allowed, whatever became of the job.
        caps=(Cap(clips=0),),
        allow_unknown_price=True,
        on_failure=OnFailure.SKIP,
        reuse=True,
    )
    run = StoredRun(id=uuid.uuid4().hex, film=plan.title, target=Path(), plan=plan, options=options)

    def heard(event: Event) -> None:
        if event.kind in _HEARD:
            listen(event)

    async with opened(studio, run, heard) as (pool, context):
        await render_plan(plan, pool, context, shots)
