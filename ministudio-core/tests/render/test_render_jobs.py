"""Driving jobs: one submit, a handle on disk before the first poll, and no job lost."""

from __future__ import annotations

import pytest
from render_kit import Cast, Queue, Service

from ministudio.contracts.jobs import JobState, JobStatus
from ministudio.errors import (
    Accepted,
    AuthenticationError,
    ContentRefused,
    JobExpired,
    JobFailed,
    JobPending,
    JobUnknown,
    ProviderUnavailable,
    RateLimited,
)
from ministudio.render.journal import Journal
from ministudio.render.takes import TakeState


def dropped(*, after_accepting: bool) -> ProviderUnavailable:
    error = ProviderUnavailable("the connection dropped")
    error.after_accepting = after_accepting
    return error


class Killed(BaseException):
    """The process dying."""

    after_accepting = True


def test_a_job_is_submitted_once_polled_and_fetched(workshop, shots):
    service = Service(on_poll=[JobStatus(state=JobState.QUEUED), JobStatus(state=JobState.RUNNING)])
    cast = Cast(Queue(service))
    result = workshop.render(cast.plan(*shots(1)), cast)
    assert len(result.shots) == service.submits == 1


def test_the_handle_is_on_disk_before_the_first_poll(workshop, shots):
    seen = []

    class Looking(Queue):
        async def poll(self, job):
            journal = Journal(workshop.folder / "journal.sqlite")
            seen.extend(journal._db.execute("SELECT state, handle FROM take").fetchall())
            journal.close()
            return await super().poll(job)

    cast = Cast(Looking(Service()))
    workshop.render(cast.plan(*shots(1)), cast)
    assert seen[0][0] == "submitted"
    assert '"id": "key-' in seen[0][1]


def test_a_job_still_running_at_the_deadline_is_pending_and_taken_up_later(workshop, shots):
    service = Service(on_poll=[JobStatus(state=JobState.RUNNING)] * 50)
    cast = Cast(Queue(service))
    result = workshop.render(cast.plan(*shots(1)), cast, job_timeout=10.0)
    error = result.failures[0][1]
    assert isinstance(error, JobPending)
    assert error.job is not None
    service.on_poll.clear()
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == 1
    assert service.submits == 1


def test_trouble_while_polling_is_no_news_about_the_job(workshop, shots):
    service = Service(on_poll=[ProviderUnavailable("503"), RateLimited("429", retry_after=3)])
    cast = Cast(Queue(service))
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == 1
    assert service.submits == 1


def test_a_drop_after_accepting_is_found_again_and_never_paid_twice(workshop, shots):
    service = Service(on_submit=[dropped(after_accepting=True)])
    cast = Cast(Queue(service))
    first = workshop.render(cast.plan(*shots(1)), cast)
    assert isinstance(first.failures[0][1], ProviderUnavailable)
    second = workshop.render(cast.plan(*shots(1)), cast)
    assert len(second.shots) == service.submits == 1


def test_a_drop_before_accepting_is_known_absent_and_submitted_again(workshop, shots):
    service = Service(on_submit=[dropped(after_accepting=False)])
    cast = Cast(Queue(service))
    workshop.render(cast.plan(*shots(1)), cast)
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == 1
    assert service.submits == 1


def test_what_the_provider_cannot_tell_only_the_user_decides(workshop, shots):
    service = Service(on_submit=[dropped(after_accepting=True)], answers_find=False)
    cast = Cast(Queue(service))
    workshop.render(cast.plan(*shots(1)), cast)
    for _ in range(3):
        result = workshop.render(cast.plan(*shots(1)), cast)
        assert isinstance(result.failures[0][1], JobUnknown)
    assert service.submits == 1
    workshop.render(cast.plan(*shots(1)), cast, resubmit=frozenset({"s1"}))
    assert service.submits == 2


def test_dying_inside_submit_leaves_an_intention_that_is_looked_for(workshop, shots):
    service = Service(on_submit=[Killed()])
    cast = Cast(Queue(service))
    with pytest.raises(Killed):
        workshop.render(cast.plan(*shots(1)), cast)
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == 1
    assert service.submits == 1


def test_a_refused_submit_was_not_accepted_and_may_be_tried_again(workshop, shots):
    service = Service(on_submit=[AuthenticationError("401")])
    cast = Cast(Queue(service))
    result = workshop.render(cast.plan(*shots(1)), cast)
    assert isinstance(result.failures[0][1], AuthenticationError)
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == 1
    assert service.submits == 1


def test_an_error_outside_the_tree_leaves_the_job_unknown(workshop, shots):
    error = ValueError("a bug in the plugin")
    error.after_accepting = True
    service = Service(on_submit=[error], answers_find=False)
    cast = Cast(Queue(service))
    result = workshop.render(cast.plan(*shots(1)), cast)
    assert isinstance(result.failures[0][1], JobUnknown)


def test_a_failed_job_may_be_ordered_anew(workshop, shots):
    failed = JobStatus(state=JobState.FAILED, error=JobFailed("gpu fell over"), charged=False)
    service = Service(on_poll=[failed])
    cast = Cast(Queue(service))
    first = workshop.render(cast.plan(*shots(1)), cast)
    assert first.failures[0][1].charged is False
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == 1
    assert service.submits == 2


def test_a_refusal_found_while_polling_is_recorded_as_one(workshop, shots):
    refused = JobStatus(state=JobState.FAILED, error=ContentRefused("no", reasons=["face"]))
    service = Service(on_poll=[refused])
    cast = Cast(Queue(service))
    result = workshop.render(cast.plan(*shots(1)), cast)
    assert result.failures[0][1].reasons == ("face",)
    journal = Journal(workshop.folder / "journal.sqlite")
    (state,) = journal._db.execute("SELECT state FROM take").fetchone()
    journal.close()
    assert TakeState(state) is TakeState.REFUSED


def test_a_fetch_is_repeated_and_a_job_whose_fetch_fails_stays_ready(workshop, shots):
    service = Service(on_fetch=[ProviderUnavailable("502")] * 4)
    cast = Cast(Queue(service))
    first = workshop.render(cast.plan(*shots(1)), cast, fetches=3)
    assert first.failures[0][1].accepted is Accepted.UNKNOWN
    second = workshop.render(cast.plan(*shots(1)), cast, fetches=3)
    assert len(second.shots) == service.submits == 1


def test_a_corrupt_result_is_fetched_again(workshop, shots):
    service = Service(on_fetch=[b"<html>gone</html>"])
    cast = Cast(Queue(service))
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == service.submits == 1


def test_a_result_that_is_gone_is_expired_and_stops_the_chain(workshop, shots):
    service = Service(on_fetch=[JobExpired("link is dead")])
    cast = Cast(Queue(service))
    result = workshop.render(cast.plan(*shots(1)), cast)
    assert isinstance(result.failures[0][1], JobExpired)
