"""Going on with another provider: what the ones before made is used, what they owe is asked for.

A paid job that may exist is asked after once before anybody else is paid for its shot; and what
is finished counts, also where one provider goes on from the shot before and the other cannot, so
that they see two different wishes in one shot.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.contracts.events import Event, EventKind
from ministudio.contracts.specs import Billing
from ministudio.errors import JobExpired, JobPending, MiniStudioError
from ministudio.plan.continuity import FROM_PICTURE
from ministudio.render.engine import render_plan
from ministudio.render.keys import intent_key
from ministudio.render.order import unknown_job
from ministudio.render.runs import StoredRun
from ministudio.render.standing import Standing, standings
from ministudio.render.store import Store
from ministudio.render.takes import Take, TakeState
from ministudio.settings.rendering import Cap, OnFailure
from ministudio.studio.rendering import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ministudio.plan.model import Plan
    from ministudio.render.journal import Journal
    from ministudio.studio.studio import Studio

__all__ = ["settle"]

_HEARD: Final = {EventKind.TAKE_CHANGED, EventKind.RETRYING, EventKind.NOTICE}
_LOST: Final = {TakeState.FAILED, TakeState.EXPIRED}


async def settle(
    studio: Studio,
    plan: Plan,
    planned: Callable[[str], Plan],
    *,
    reuse: bool,
    allowed: Collection[str],
    listen: Callable[[Event], None],
) -> None:
    """Ask once after every open job of the film, and let the plan use what others have finished.

    Nothing is ordered.

    Args:
        studio: The workspace.
        plan: The film as it is to be made now.
        planned: Plans the film for one maker, given as ``provider/model``.
        reuse: Whether a shot that another provider has made counts as made.
        allowed: Ids of shots that may be paid for again.
        listen: Told of what changed.

    Raises:
        JobPending: While a paid job of somebody else's is open.
        JobUnknown: While there may be one.
        JobExpired: When somebody else was paid, and there is no clip.
        ConfigError: When the workspace is being rendered in.
    """
    with studio.journal() as journal:
        wishes = list(_wishes(plan, journal, reuse=reuse))
        if all(wish.standing.selected for wish in wishes):
            return
        owing = list(_unfinished(wishes, journal))
    for maker, shots in _jobs(owing).items():
        try:
            other = planned(maker)
        except MiniStudioError:
            continue  # it is not installed here, and nobody else can ask after its jobs
        await _asked_after(studio, other, shots, listen)
    with studio.journal() as journal:
        if reuse:
            with Store(studio.workspace.state).claimed():
                _use_finished(plan, journal)
        if owing:
            wishes = list(_wishes(plan, journal, reuse=reuse))
            still = (take for shot, take in _unfinished(wishes, journal) if shot not in allowed)
            if (take := next(still, None)) is not None:
                raise _owed(take)


def _jobs(owing: Iterable[tuple[str, Take]]) -> dict[str, set[str]]:
    """Ids of the shots that somebody may have a job for, by maker."""
    jobs: dict[str, set[str]] = {}
    for shot, take in owing:
        if take.state.open:
            jobs.setdefault(f"{take.provider}/{take.model}", set()).add(shot)
    return jobs


def _owed(take: Take) -> MiniStudioError:
    """Why a shot may not be ordered from anybody but the take's own provider."""
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


@attrs.frozen
class _Wish:
    """One shot as this plan sees it, and as others may have: their intents, and what is made."""

    standing: Standing
    intents: Collection[str]
    made: Sequence[Take]


def _wishes(plan: Plan, journal: Journal, *, reuse: bool) -> Iterator[_Wish]:
    """Every shot, with each intent that somebody may have seen in it.

    Where one provider goes on from the shot before and another cannot, they see two in one shot.
    """
    before: Sequence[Take] = ()
    for standing in standings(plan, plan.shots, journal, reuse=reuse):
        intents = [standing.intent] if standing.intent else []
        if standing.shot.story.continuity in FROM_PICTURE and not standing.selected:
            begins = [None, before[-1].key] if before else [None]
            intents += [intent_key(plan, standing.shot, begin) for begin in begins]
        made: Sequence[Take] = standing.selected
        if reuse and not made:
            made = next(filter(None, map(journal.selected_for, intents)), ())
        yield _Wish(standing, dict.fromkeys(intents), made)
        before = made


def _unfinished(wishes: Iterable[_Wish], journal: Journal) -> Iterator[tuple[str, Take]]:
    """Shots that are still to be made, each with a paid take of somebody else's that is not over.

    A refusal is over, and so is what cost nothing; a job that was charged and gave nothing is not.
    """
    for wish in wishes:
        shot = wish.standing.shot
        own = {(way.provider, way.model) for way in shot.alternatives}
        takes = [] if wish.made else [t for one in wish.intents for t in journal.of_intent(one)]
        for take in takes:
            lost = take.state in _LOST and take.charged is not False
            others = (take.provider, take.model) not in own and take.billing is Billing.PAID
            if others and (take.state.open or lost):
                yield shot.id, take


def _use_finished(plan: Plan, journal: Journal) -> None:
    """Fill the plan's empty slots with what others have finished."""
    filled = True
    # A shot that goes on from another has a slot only once that one's is filled.
    while filled:
        filled = False
        for wish in _wishes(plan, journal, reuse=True):
            slot, intent = wish.standing.slot, wish.standing.intent
            if wish.made and slot and intent and not wish.standing.selected:
                journal.select(slot, [take.key for take in wish.made], intent)
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
