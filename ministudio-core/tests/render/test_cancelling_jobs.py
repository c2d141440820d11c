"""Cancelling a shot's job while it is rendered: in time, too late, or where nobody can."""

from __future__ import annotations

import contextlib

import pytest
from render_kit import Cast, Queue, Service

from ministudio.contracts.jobs import Cancel, JobState, JobStatus
from ministudio.errors import JobCancelled
from ministudio.render.journal import Journal
from ministudio.render.ledger import EntryState
from ministudio.render.takes import TakeState
from ministudio.settings.rendering import OnFailure
from ministudio.story import ShotConfig

RUNNING = JobStatus(state=JobState.RUNNING)


def shot(name: str) -> ShotConfig:
    return ShotConfig(id=name, action=f"Action {name}", duration=0.5)


class Cancels(Queue):
    """A service one can cancel at; another process asks for that during the second poll."""

    def __init__(self, service: Service, workshop, answer=Cancel.REQUESTED, charged=False) -> None:
        super().__init__(service)
        self.workshop = workshop
        self.answer = answer
        self.charged = charged
        self.polls = 0
        self.cancels = 0
        self.cancelled: set[str] = set()

    async def poll(self, job):
        self.polls += 1
        if self.polls == 2:
            path = self.workshop.folder / "journal.sqlite"
            with contextlib.closing(Journal(path, self.workshop.clock)) as elsewhere:
                elsewhere.wish_cancelled("a")
        if job.id in self.cancelled and self.answer is Cancel.REQUESTED:
            return JobStatus(state=JobState.CANCELLED, charged=self.charged)
        return await super().poll(job)

    async def cancel(self, job):
        self.cancels += 1
        self.cancelled.add(job.id)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_a_job_cancelled_from_another_process_ends_and_gives_its_price_back(workshop):
    service = Service(on_poll=[RUNNING] * 9)
    cast = Cast(provider := Cancels(service, workshop))
    ((one, error),) = workshop.render(cast.plan(shot("a")), cast).failures
    assert (one.id, type(error), provider.cancels) == ("a", JobCancelled, 1)
    assert "render again" in error.hint
    assert workshop.states() == {"a": TakeState.CANCELLED}
    with workshop.reading() as journal:
        assert [entry.state for entry in journal.entries()] == [EntryState.RELEASED]


@pytest.mark.parametrize(
    ("charged", "state"), [(True, EntryState.SETTLED), (None, EntryState.COMMITTED)]
)
def test_a_cancelled_job_that_is_charged_or_may_be_keeps_its_price(workshop, charged, state):
    service = Service(on_poll=[RUNNING] * 9)
    cast = Cast(Cancels(service, workshop, charged=charged))
    workshop.render(cast.plan(shot("a")), cast)
    with workshop.reading() as journal:
        assert [entry.state for entry in journal.entries()] == [state]


def test_one_cancelled_shot_does_not_stop_the_film(workshop):
    cast = Cast(Cancels(Service(on_poll=[RUNNING] * 9), workshop))
    result = workshop.render(cast.plan(shot("a"), shot("b")), cast, concurrency=1)
    assert [one.shot.id for one in result.shots] == ["b"]


def test_a_render_after_a_cancel_orders_the_shot_anew(workshop):
    service = Service(on_poll=[RUNNING] * 9)
    cast = Cast(Cancels(service, workshop))
    workshop.render(cast.plan(shot("a")), cast)
    service.on_poll.clear()
    again = Cast(Queue(service))
    assert len(workshop.render(again.plan(shot("a")), again).shots) == 1
    assert service.submits == 2


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Cancel.TOO_LATE, "too late to cancel; the clip is kept"),
        (Cancel.UNSUPPORTED, "queue cannot cancel a job; the clip is kept"),
        (RuntimeError("a bug"), "the cancel did not get through"),
    ],
)
def test_where_it_cannot_be_cancelled_that_is_said_and_the_clip_kept(workshop, answer, says):
    service = Service(on_poll=[RUNNING] * 4)
    cast = Cast(provider := Cancels(service, workshop, answer))
    result = workshop.render(cast.plan(shot("a")), cast)
    assert [one.shot.id for one in result.shots] == ["a"]
    assert (provider.cancels, service.submits) == (1, 1)
    assert says in " ".join(event.message for event in workshop.events if event.kind == "notice")


def test_a_clip_that_wins_the_race_against_a_cancel_is_kept(workshop):
    class Race(Cancels):
        async def poll(self, job):
            status = await super().poll(job)
            return JobStatus(state=JobState.SUCCEEDED) if self.cancels else status

    cast = Cast(provider := Race(Service(on_poll=[RUNNING] * 9), workshop))
    result = workshop.render(cast.plan(shot("a")), cast)
    assert (len(result.shots), provider.cancels) == (1, 1)
    assert workshop.states() == {"a": TakeState.STORED}
    with workshop.reading() as journal:
        assert [entry.state for entry in journal.entries()] == [EntryState.SETTLED]


def test_a_shot_cancelled_before_it_is_ordered_is_never_ordered(workshop):
    cast = Cast(Queue(service := Service()))
    result = workshop.render(
        cast.plan(shot("a"), shot("b")), cast, cancel=frozenset("a"), concurrency=1
    )
    assert [one.shot.id for one in result.shots] == ["b"]
    assert service.submits == 1


def test_a_placeholder_stands_in_for_a_cancelled_shot_as_for_any_other(workshop):
    from render_kit import Draws

    cast = Cast(Cancels(Service(on_poll=[RUNNING] * 9), workshop), Draws())
    plan = cast.plan(shot("a"), placeholder="draws")
    result = workshop.render(plan, cast, on_failure=OnFailure.PLACEHOLDER)
    assert [(one.provider, one.placeholder) for one in result.shots] == [("draws", True)]


def test_the_others_are_read_while_one_renders(workshop):
    """What `jobs`, `costs` and `takes` do, in the middle of a render."""
    seen = []

    class Looking(Queue):
        async def poll(self, job):
            with workshop.reading() as journal:
                seen.append((journal.takes()[0].state, journal.entries()[0].state))
            return await super().poll(job)

    cast = Cast(Looking(Service(on_poll=[RUNNING])))
    workshop.render(cast.plan(shot("a")), cast)
    assert seen == [
        (TakeState.SUBMITTED, EntryState.COMMITTED),
        (TakeState.RUNNING, EntryState.COMMITTED),
    ]
