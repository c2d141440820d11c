"""Runs of a studio: asked about first, stopped, gone on with, cancelled from elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import json

import attrs
import pytest
from render_kit import Queue

from ministudio.contracts.jobs import Cancel, JobState, JobStatus
from ministudio.errors import (
    ConfigError,
    JobCancelled,
    JobPending,
    JobUnknown,
    NotConfirmed,
    ProviderError,
)
from ministudio.render.claim import Busy
from ministudio.render.runs import RunState
from ministudio.render.store import Store
from ministudio.render.takes import TakeState
from ministudio.settings.rendering import Cap, FallbackScope, Limits, OnFailure, Period
from ministudio.studio import run
from ministudio.studio.cancelling import cancel_shot
from ministudio.values.money import Money

RUNNING = JobStatus(state=JobState.RUNNING)
SOON = {"job_timeout": 0.05}


class Cancels(Queue):
    """Its service can cancel; a job that was cancelled says so."""

    poll_every = 0.01
    answer = Cancel.REQUESTED

    async def cancel(self, job):
        if self.answer is Cancel.REQUESTED:
            self.service.on_poll = [JobStatus(state=JobState.CANCELLED, charged=False)]
        else:
            self.service.on_poll = []
        return self.answer


def states(workplace) -> dict[str, TakeState]:
    with workplace.studio().journal() as journal:
        return {take.shot: take.state for take in journal.takes()}


# Settings


def test_the_settings_say_how_to_render(workplace):
    (workplace.folder / "ministudio.toml").write_text(
        "[render]\nconcurrency = 9\njob_timeout = 70\non_failure = 'skip'\n"
        "fallback_scope = 'film'\n[budget.day]\nclips = 4\n"
        "[provider.queue]\nper_minute = 6\n"
    )
    studio = workplace.studio()
    options = studio.render_options()
    assert (options.concurrency, options.job_timeout) == (9, 70)
    assert (options.on_failure, options.fallback_scope) == (OnFailure.SKIP, FallbackScope.FILM)
    assert list(options.caps) == [Cap(clips=4, period=Period.DAY)]
    assert options.limits == {"queue": Limits(per_minute=6)}
    assert options.confirm_above is None
    assert studio.confirm_above == Money.of(5)
    assert studio.render_options(concurrency=2).concurrency == 2


# The question


@pytest.mark.parametrize(
    ("limit", "price", "asks"),
    [
        (None, "1.00", False),
        (Money.of("1.00"), "1.00", False),
        (Money.of("0.99"), "1.00", True),
        (Money.of("9"), None, True),
        (Money.of("9", "EUR"), "1.00", True),
        (Money.of("0"), "0", False),
    ],
)
def test_a_question_is_asked_above_a_price_and_where_none_is_known(workplace, limit, price, asks):
    asked = []
    workplace.price = price
    workplace.render(
        workplace.film("a", "b"),
        how={"confirm_above": limit},
        confirm=lambda cost: asked.append(str(cost)) or True,
    )
    assert bool(asked) == asks
    assert workplace.service.submits == 2


@pytest.mark.parametrize("confirm", [None, lambda cost: False], ids=["nobody there", "no"])
def test_without_a_yes_nothing_is_ordered_and_nothing_is_left_to_go_on_with(workplace, confirm):
    with pytest.raises(NotConfirmed, match=r"this film costs 1\.00 USD") as caught:
        workplace.render(
            workplace.film("a", "b"), how={"confirm_above": Money.of("0.5")}, confirm=confirm
        )
    assert "--yes" in caught.value.hint
    assert workplace.service.submits == 0
    assert workplace.studio().unfinished() == []


def test_what_is_made_already_is_not_asked_about_again(workplace):
    asked = []
    how = {"confirm_above": Money.of("0.6")}
    workplace.render(workplace.film("a"), how=how, confirm=None)
    workplace.render(workplace.film("a", "b"), how=how, confirm=None)
    with pytest.raises(NotConfirmed, match=r"1\.00 USD"):
        workplace.render(workplace.film("a", "b", "c", "d"), how=how, confirm=asked.append)
    assert len(asked) == 1


# Going on


def test_a_stopped_run_is_gone_on_with_as_it_was_planned_whatever_the_file_says(workplace):
    workplace.service.on_poll = [JobStatus(state=JobState.SUCCEEDED), *[RUNNING] * 99]
    with pytest.raises(JobPending):
        workplace.render(workplace.film("a", "b"), how=SOON)
    workplace.service.on_poll = []
    studio = workplace.studio()
    (stored,) = studio.unfinished()
    film = run(studio.resume(attrs.evolve(stored, options=stored.options)))
    assert [shot.shot.id for shot in film.result.shots] == ["a", "b"]
    assert film.path == workplace.folder / "film.mp4"
    assert workplace.service.submits == 2
    assert workplace.studio().unfinished() == []
    with workplace.studio().journal() as journal:
        assert {take.run for take in journal.takes()} == {stored.id}


def test_going_on_never_pays_again_without_the_users_word(workplace):
    workplace.service.on_submit = [RuntimeError("dropped")]
    workplace.service.answers_find = False
    with pytest.raises(JobUnknown):
        workplace.render(workplace.film("a"))
    (stored,) = workplace.studio().unfinished()
    with pytest.raises(JobUnknown, match="nobody can say"):
        run(workplace.studio().resume(stored))
    assert workplace.service.submits == 0
    film = run(workplace.studio().resume(stored, resubmit=["a"]))
    assert (len(film.result.shots), workplace.service.submits) == (1, 1)


def test_the_run_record_says_what_is_a_placeholder_and_the_next_render_tries_again(workplace):
    class Broken(Queue):
        poll_every = 0.01

        async def prepare(self, request):
            if "Action b" in request.prompt.text:
                raise ProviderError("no b today")
            return await super().prepare(request)

    workplace.kind = Broken
    how = {"on_failure": OnFailure.PLACEHOLDER}
    film = workplace.render(workplace.film("a", "b"), placeholder=True, how=how)
    record = json.loads(film.record.read_text())
    assert [shot.get("placeholder", False) for shot in record["shots"]] == [False, True]
    assert "no b today" in json.dumps(record)
    assert workplace.studio().unfinished() == []
    workplace.kind = Queue
    film = workplace.render(workplace.film("a", "b"), placeholder=True, how=how)
    assert [shot.provider for shot in film.result.shots] == ["queue", "queue"]
    assert workplace.service.submits == 2


def test_a_film_with_a_skipped_shot_is_joined_without_it_and_its_record_says_so(workplace):
    class Broken(Queue):
        poll_every = 0.01

        async def prepare(self, request):
            if "Action b" in request.prompt.text:
                raise ProviderError("no b today")
            return await super().prepare(request)

    workplace.kind = Broken
    film = workplace.render(workplace.film("a", "b", "c"), how={"on_failure": OnFailure.SKIP})
    assert [shot.shot.id for shot in film.result.shots] == ["a", "c"]
    assert film.seconds == pytest.approx(1.0, abs=0.1)
    assert "no b today" in film.record.read_text()


def test_when_every_shot_is_skipped_the_first_failure_is_raised(workplace):
    class Broken(Queue):
        async def prepare(self, request):
            raise ProviderError("nothing today")

    workplace.kind = Broken
    with pytest.raises(ProviderError, match="nothing today"):
        workplace.render(workplace.film("a", "b"), how={"on_failure": OnFailure.SKIP})


# Cancelling from another process, or with nobody rendering


def pending(workplace, *names: str, **how) -> None:
    """Leave the job of the last shot running."""
    workplace.service.on_poll = [
        *[JobStatus(state=JobState.SUCCEEDED)] * (len(names) - 1),
        *[RUNNING] * 9999,
    ]
    workplace.kind = Cancels
    with contextlib.suppress(JobPending):
        stand_in = how.get("on_failure") is OnFailure.PLACEHOLDER
        # A placeholder has to be drawn in that time, too.
        soon = {"job_timeout": 3.0} if stand_in else SOON
        workplace.render(workplace.film(*names), how=soon | how, placeholder=stand_in)
    with workplace.studio().journal() as journal:
        assert [take.shot for take in journal.takes() if take.state.open] == [names[-1]]


@pytest.mark.parametrize("policy", OnFailure)
def test_a_job_nobody_waits_for_is_cancelled_from_here(workplace, policy):
    pending(workplace, "a", "b", on_failure=policy)
    said = run(cancel_shot(workplace.studio(), "b"))
    assert said == "shot b: shot 'b' was cancelled at queue"
    assert states(workplace) == {"a": TakeState.STORED, "b": TakeState.CANCELLED}
    assert workplace.service.submits == 2


@pytest.mark.parametrize("answer", [Cancel.TOO_LATE, Cancel.UNSUPPORTED])
def test_a_job_that_cannot_be_cancelled_is_followed_to_its_end_and_its_clip_kept(
    workplace, monkeypatch, answer
):
    pending(workplace, "a")
    monkeypatch.setattr(Cancels, "answer", answer)
    said = run(cancel_shot(workplace.studio(), "a"))
    assert said == "shot a: it was finished before the cancel arrived; its clip is kept"
    assert states(workplace) == {"a": TakeState.STORED}


def test_a_film_without_its_cancelled_shot_can_be_rendered_again(workplace):
    pending(workplace, "a")
    run(cancel_shot(workplace.studio(), "a"))
    workplace.service.on_poll = []
    assert len(workplace.render(workplace.film("a")).result.shots) == 1
    assert workplace.service.submits == 2


def test_while_somebody_renders_that_process_is_asked(workplace):
    pending(workplace, "a")
    with Store(workplace.studio().workspace.state).claimed():
        said = run(cancel_shot(workplace.studio(), "a"))
        with workplace.studio().journal() as journal:
            assert "a" in journal.wishes()
    assert said == "shot a: asked the process that renders to cancel it"


def test_a_render_under_way_hears_a_cancel_from_elsewhere(workplace):
    class Told(Cancels):
        polls = 0

        async def poll(self, job):
            self.polls += 1
            if self.polls == 2:
                await asyncio.to_thread(run, cancel_shot(workplace.studio(), "a"))
            return await super().poll(job)

    workplace.kind = Told
    workplace.service.on_poll = [RUNNING] * 99
    with pytest.raises(JobCancelled, match="shot 1 \\(a\\): shot 'a' was cancelled at queue"):
        workplace.render(workplace.film("a"))
    assert states(workplace) == {"a": TakeState.CANCELLED}


def test_what_is_not_under_way_cannot_be_cancelled(workplace):
    workplace.render(workplace.film("a"))
    for name in ("a", "zebra"):
        with pytest.raises(ConfigError, match=f"no job of a shot '{name}'") as caught:
            run(cancel_shot(workplace.studio(), name))
        assert "ministudio jobs" in caught.value.hint


# One at a time


def test_a_second_render_is_refused_while_everything_can_be_read(workplace):
    seen = []

    class Nosy(Queue):
        poll_every = 0.01

        async def poll(self, job):
            await asyncio.to_thread(self.look)
            return await super().poll(job)

        def look(self):
            with pytest.raises(Busy, match="being rendered in by process"):
                workplace.render(workplace.film("z"))
            with workplace.studio().journal() as journal:
                seen.append((len(journal.takes()), len(journal.entries())))

    workplace.kind = Nosy
    workplace.render(workplace.film("a"))
    assert seen == [(1, 1)]
    assert workplace.service.submits == 1
    # What was refused was never begun, so there is nothing of it to go on with.
    assert workplace.studio().unfinished() == []


def test_a_run_that_is_under_way_is_not_ended_by_who_is_refused_to_go_on_with_it(workplace):
    seen = []

    class Nosy(Queue):
        poll_every = 0.01

        async def poll(self, job):
            await asyncio.to_thread(self.look)
            return await super().poll(job)

        def look(self):
            (stored,) = workplace.studio().unfinished()
            with pytest.raises(Busy):
                run(workplace.studio().resume(stored))
            seen.extend(one.state for one in workplace.studio().unfinished())

    workplace.kind = Nosy
    workplace.render(workplace.film("a"))
    assert seen == [RunState.RUNNING]


def test_a_run_whose_film_was_not_joined_is_not_finished(workplace, monkeypatch):
    class Killed(BaseException):
        """The process dying."""

    async def die(*_, **__):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("ministudio.studio.rendering.assemble", die)
        with pytest.raises(Killed):
            workplace.render(workplace.film("a"))
    (stored,) = workplace.studio().unfinished()
    film = run(workplace.studio().resume(stored))
    assert film.path.is_file()
    assert workplace.service.submits == 1
    assert workplace.studio().unfinished() == []
