"""Nothing is paid for twice without the user's word, and nothing paid for is lost."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path

import attrs
import pytest
from render_kit import Cast, Draws, Queue, Service

from ministudio.contracts.cards import Capability, Support
from ministudio.contracts.jobs import Absent, JobState, JobStatus
from ministudio.contracts.media import MediaFile
from ministudio.contracts.specs import Billing
from ministudio.errors import (
    Accepted,
    ArtifactError,
    AuthenticationError,
    ConfigError,
    ContentRefused,
    JobExpired,
    JobFailed,
    JobPending,
    JobUnknown,
    MiniStudioError,
    ProviderError,
    ProviderUnavailable,
)
from ministudio.render.engine import render_plan
from ministudio.render.journal import Journal
from ministudio.render.store import Store
from ministudio.render.takes import TakeState
from ministudio.story import ShotConfig


class Other(Draws):
    name = "other"


class Second(Queue):
    name = "second"


class Died(BaseException):
    """The process dying."""


def failure(result) -> MiniStudioError:
    (_, error), *_ = result.failures
    return error


# One request, one job


def test_shots_that_ask_for_the_very_same_clip_share_one_job(workshop):
    twins = [ShotConfig(id=name, action="A door", duration=0.5, seed=7) for name in "abc"]
    service = Service(on_poll=[JobStatus(state=JobState.RUNNING)] * 5)
    cast = Cast(Queue(service))
    result = workshop.render(cast.plan(*twins), cast)
    assert [shot.shot.id for shot in result.shots] == ["a", "b", "c"]
    assert service.submits == 1


def test_a_shot_split_into_equal_parts_is_not_the_same_clip_twice(workshop):
    cast = Cast(provider := Draws(), durations=[1], capabilities={Capability.SEED: Support.FULL})
    result = workshop.render(cast.plan(ShotConfig(id="a", action="A", duration=3, seed=7)), cast)
    takes = {part.take for part in result.shots[0].parts}
    assert len(takes) == len(provider.requests) == 3
    assert provider.requests[0].seed == 7


def test_a_second_render_in_the_workspace_is_refused_by_name(workshop, shots):
    class Rude(Queue):
        async def poll(self, job):
            await asyncio.to_thread(self.again)
            return await super().poll(job)

    refusals = []

    def again() -> None:
        with pytest.raises(
            ConfigError, match=f"being rendered in by process {os.getpid()}"
        ) as caught:
            workshop.render(cast.plan(*shots(1)), cast)
        refusals.append(caught.value)

    service = Service()
    cast = Cast(provider := Rude(service))
    provider.again = again
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == 1
    assert len(refusals) == service.submits == 1


# An open job blocks every other


@pytest.mark.parametrize("facts", [{}, {"max_references": 1}])
def test_a_pending_job_blocks_another_provider_whatever_that_one_can_do(workshop, facts):
    pictures = {n: MediaFile(Path(n), n * 64) for n in "ab"}
    shot = ShotConfig(
        id="s1", action="A", duration=0.5, reference_images=["a", "b"], last_frame="a"
    )
    first = Cast(Queue(Service(on_poll=[JobStatus(state=JobState.RUNNING)] * 50)), **facts)
    workshop.render(first.plan(shot, media=pictures), first, job_timeout=5)
    able = {Capability.REFERENCES: Support.FULL, Capability.LAST_FRAME: Support.FULL}
    second = Cast(Second(service := Service()), capabilities=able, max_references=4)
    error = failure(workshop.render(second.plan(shot, media=pictures), second))
    assert isinstance(error, JobPending)
    assert "--provider queue" in error.hint
    assert service.submits == 0


def test_a_pending_job_of_a_chained_shot_is_found_when_a_fallback_joins_the_chain(workshop):
    chain = [
        ShotConfig(id="a", action="A", duration=0.5),
        ShotConfig(id="b", action="B", duration=0.5, continuity="chain"),
    ]
    done = JobStatus(state=JobState.SUCCEEDED)
    service = Service(on_poll=[done, *[JobStatus(state=JobState.RUNNING)] * 50])
    alone = Cast(Queue(service))
    assert isinstance(
        failure(workshop.render(alone.plan(*chain), alone, job_timeout=5)), JobPending
    )

    class Deaf(Queue):
        async def submit(self, prepared):
            raise AuthenticationError("401")

    other = Cast(Deaf(service), Second(elsewhere := Service()))
    other_first = other.plan(*chain, chain=["second", "queue"])
    result = workshop.render(other_first, other)
    assert {type(error) for _, error in result.failures} <= {JobPending}
    both = Cast(Queue(service), Second(elsewhere))
    service.on_poll.clear()
    before = elsewhere.submits
    assert len(workshop.render(both.plan(*chain), both).shots) == 2
    assert service.submits == 2
    assert elsewhere.submits == before


def test_a_pending_job_that_goes_on_from_another_shot_blocks_who_cannot(workshop):
    chain = [
        ShotConfig(id="a", action="A", duration=0.5),
        ShotConfig(id="b", action="B", duration=0.5, continuity="chain"),
    ]
    done, busy = (JobStatus(state=state) for state in (JobState.SUCCEEDED, JobState.RUNNING))
    first = Cast(Queue(Service(on_poll=[done, *[busy] * 50])))
    error = failure(workshop.render(first.plan(*chain), first, job_timeout=5))
    assert isinstance(error, JobPending)
    second = Cast(Second(service := Service()), capabilities={})
    plan = second.plan(*chain)
    assert plan.shots[1].follows is None
    result = workshop.render(plan, second, ["b"])
    assert isinstance(failure(result), JobPending)
    assert service.submits == 0


def test_a_later_part_that_is_open_blocks_the_first_part_elsewhere(workshop):
    shot = ShotConfig(id="s1", action="A", duration=2)
    service = Service(
        on_poll=[JobStatus(state=JobState.SUCCEEDED), *[JobStatus(state=JobState.RUNNING)] * 50]
    )
    first = Cast(Queue(service), durations=[1])
    assert isinstance(failure(workshop.render(first.plan(shot), first, job_timeout=5)), JobPending)
    second = Cast(Second(elsewhere := Service()), durations=[1])
    assert isinstance(failure(workshop.render(second.plan(shot), second)), JobPending)
    assert elsewhere.submits == 0


def test_a_job_of_ones_own_is_taken_up_though_another_is_unknown_elsewhere(workshop, shots):
    lost = Service(on_submit=[RuntimeError("dropped")], answers_find=False)
    first = Cast(Queue(lost))
    workshop.render(first.plan(*shots(1)), first)
    service = Service(on_poll=[JobStatus(state=JobState.RUNNING)] * 50)
    second = Cast(Second(service))
    word = frozenset({"s1"})
    workshop.render(second.plan(*shots(1)), second, resubmit=word, job_timeout=5)
    service.on_poll.clear()
    assert len(workshop.render(second.plan(*shots(1)), second).shots) == 1
    assert service.submits == 1


@pytest.mark.parametrize("error", [AuthenticationError("401"), ValueError("a bug"), SystemExit(3)])
def test_trouble_with_polling_stops_with_its_own_words_and_asks_nobody_else(workshop, shots, error):
    service = Service(on_poll=[error])
    cast = Cast(Queue(service), other := Other())
    said = failure(workshop.render(cast.plan(*shots(1)), cast))
    assert isinstance(said, ProviderError)
    assert str(error) in said.message
    assert other.requests == []
    assert workshop.states() == {"s1": TakeState.SUBMITTED}
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == service.submits == 1


# Paid for, and no good


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({"on_fetch": [JobExpired("link is dead")]}, TakeState.EXPIRED),
        ({"on_poll": [JobExpired("forgotten")]}, TakeState.EXPIRED),
        ({"on_fetch": [b"<html>no</html>"] * 3}, TakeState.FAILED),
        ({"on_poll": [JobStatus(state=JobState.FAILED, charged=True)]}, TakeState.FAILED),
    ],
)
def test_what_was_charged_is_ordered_anew_only_on_the_users_word(workshop, shots, more, state):
    service = Service(**more)
    cast = Cast(Queue(service), other := Other())
    first = workshop.render(cast.plan(*shots(1)), cast)
    assert workshop.states() == {"s1": state}
    assert first.shots == ()
    again = failure(workshop.render(cast.plan(*shots(1)), cast))
    assert isinstance(again, JobExpired)
    assert "--resubmit s1" in again.hint
    assert service.submits == 1
    assert other.requests == []
    word = frozenset({"s1"})
    assert len(workshop.render(cast.plan(*shots(1)), cast, resubmit=word).shots) == 1
    assert service.submits == 2


def test_a_paid_clip_that_is_no_good_is_set_aside_and_not_bought_elsewhere(workshop, shots):
    class Liar(Draws):
        async def generate(self, request, into, progress):
            clip = await super().generate(request, into, progress)
            clip.path.write_text("<html>but paid for</html>")
            return clip

    cast = Cast(Liar(), other := Other(), billing=Billing.PAID)
    error = failure(workshop.render(cast.plan(*shots(1)), cast))
    assert isinstance(error, ArtifactError)
    (kept,) = (workshop.folder / "rescued").rglob("*.mp4")
    assert str(kept.parent) in error.hint
    assert kept.read_text() == "<html>but paid for</html>"
    assert other.requests == []
    again = failure(workshop.render(cast.plan(*shots(1)), cast))
    assert "was paid for" in again.message


@pytest.mark.parametrize("made", [None, "clip.mp4", Path("clip.mp4")])
def test_something_else_than_a_clip_is_refused_by_name(workshop, shots, made):
    class Odd(Draws):
        async def generate(self, request, into, progress):
            return made

    cast = Cast(Odd())
    assert (
        f"{type(made).__name__} instead of a Clip"
        in failure(workshop.render(cast.plan(*shots(1)), cast)).message
    )


@pytest.mark.parametrize("paid", [Billing.PAID, Billing.FREE])
def test_a_clip_the_store_does_not_take_is_said_and_a_paid_one_set_aside(
    workshop, shots, monkeypatch, paid
):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    cast = Cast(Draws(), billing=paid)
    monkeypatch.setattr(Store, "keep", full)
    error = failure(workshop.render(cast.plan(*shots(1)), cast))
    assert "No space left" in error.message
    rescued = list((workshop.folder / "rescued").rglob("*.mp4"))
    assert len(rescued) == (1 if paid is Billing.PAID else 0)


def test_a_job_whose_clip_the_store_does_not_take_is_fetched_again(workshop, shots, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    cast = Cast(Queue(service := Service()))
    with monkeypatch.context() as patch:
        patch.setattr(Store, "keep", full)
        workshop.render(cast.plan(*shots(1)), cast)
    assert workshop.states() == {"s1": TakeState.READY}
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == service.submits == 1


def test_a_clip_stored_but_not_yet_journalled_is_taken_in_without_paying(
    workshop, shots, monkeypatch
):
    keep = Store.keep

    def keep_and_die(self, take, clip):
        keep(self, take, clip)
        raise Died

    cast = Cast(provider := Draws(), billing=Billing.PAID)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "keep", keep_and_die)
        with pytest.raises(Died):
            workshop.render(cast.plan(*shots(1)), cast)
    assert workshop.states() == {"s1": TakeState.SUBMITTING}
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == 1
    assert len(provider.requests) == 1


def test_takes_outlive_a_journal_that_was_moved_away(workshop, shots):
    cast = Cast(Queue(service := Service()))
    workshop.render(cast.plan(*shots(2)), cast)
    for file in workshop.folder.glob("journal.sqlite*"):
        file.unlink()
    assert len(workshop.render(cast.plan(*shots(2)), cast).shots) == 2
    assert service.submits == 2


def test_a_paid_take_whose_file_is_gone_is_fetched_again_not_bought(workshop, shots):
    cast = Cast(Queue(service := Service()))
    result = workshop.render(cast.plan(*shots(1)), cast)
    result.shots[0].parts[0].clip.path.unlink()
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == service.submits == 1


def test_a_paid_take_without_a_job_whose_file_was_changed_is_asked_about(workshop, shots):
    cast = Cast(provider := Draws(), billing=Billing.PAID)
    result = workshop.render(cast.plan(*shots(1)), cast)
    result.shots[0].parts[0].clip.path.write_bytes(b"damaged")
    for _ in range(2):
        error = failure(workshop.render(cast.plan(*shots(1)), cast))
        assert "its file is gone or was changed" in error.message
    assert len(provider.requests) == 1
    word = frozenset({"s1"})
    assert len(workshop.render(cast.plan(*shots(1)), cast, resubmit=word).shots) == 1


# What providers hand over


class Strange:
    def __str__(self):
        raise RuntimeError("not even a text")


def test_odd_facts_from_a_provider_never_cost_a_paid_clip(workshop, shots):
    odd = {
        "path": Path("x"),
        "thing": Strange(),
        7: {"nan": float("nan")},
        "set": {1},
        "half": "\ud800",
    }
    odd |= {"itself": odd, "and again": odd}

    class Odd(Queue):
        async def submit(self, prepared):
            job = await super().submit(prepared)
            return attrs.evolve(job, data=odd)

        async def fetch(self, job, into):
            return attrs.evolve(await super().fetch(job, into), provider_meta=odd, cost_reported=5)

    cast = Cast(Odd(service := Service()))
    first = workshop.render(cast.plan(*shots(1)), cast)
    again = workshop.render(cast.plan(*shots(1)), cast)
    assert service.submits == 1
    (one,), (two,) = first.shots[0].parts, again.shots[0].parts
    assert one.clip == two.clip
    assert one.clip.provider_meta["path"] == "x"
    assert one.clip.provider_meta["thing"] == "<Strange>"


@pytest.mark.parametrize("handed", [None, "job-1", {"id": "job-1"}])
def test_a_submit_that_returns_no_handle_leaves_the_job_unknown(workshop, shots, handed):
    class Wrong(Queue):
        async def submit(self, prepared):
            await super().submit(prepared)
            return handed

    cast = Cast(Wrong(service := Service(answers_find=False)))
    for _ in range(2):
        assert isinstance(failure(workshop.render(cast.plan(*shots(1)), cast)), JobUnknown)
    assert service.submits == 1


@pytest.mark.parametrize("step", ["prepare", "submit", "poll", "fetch", "find"])
@pytest.mark.parametrize("error", [TypeError("a bug"), SystemExit(0), asyncio.CancelledError()])
def test_whatever_a_provider_raises_is_an_error_and_the_job_goes_on_later(
    workshop, shots, step, error
):
    calls = []

    class Broken(Queue):
        pass

    async def broken(self, *args):
        calls.append(step)
        raise error

    setattr(Broken, step, broken)
    on_submit = [RuntimeError("no answer")] if step == "find" else []
    service = Service(on_submit=on_submit)
    cast = Cast(Broken(service))
    for _ in range(2):
        assert isinstance(failure(workshop.render(cast.plan(*shots(1)), cast)), ProviderError)
    assert calls
    whole = Cast(Queue(service))
    assert len(workshop.render(whole.plan(*shots(1)), whole).shots) == service.submits == 1


@pytest.mark.parametrize("error", [SystemExit(0), asyncio.CancelledError(), ValueError("x")])
def test_a_one_method_provider_that_leaves_oddly_has_failed(workshop, shots, error):
    cast = Cast(Draws([error]), other := Other())
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == len(other.requests) == 1


def test_a_result_withheld_at_the_fetch_is_a_refusal(workshop, shots):
    cast = Cast(Queue(Service(on_fetch=[ContentRefused("face")])))
    assert isinstance(failure(workshop.render(cast.plan(*shots(1)), cast)), ContentRefused)
    assert workshop.states() == {"s1": TakeState.REFUSED}


def test_trouble_before_anything_is_submitted_gives_way_to_the_next(workshop, shots):
    class Down(Queue):
        async def prepare(self, request):
            raise ProviderUnavailable("no network")

    cast = Cast(Down(Service()), Other())
    assert workshop.render(cast.plan(*shots(1)), cast).shots[0].provider == "other"


# Lost jobs


def test_absent_is_waited_for_until_it_can_be_believed(workshop, shots):
    class Slow(Service):
        """A service that lists a job only some time after it was taken."""

        def find(self, prepared):
            return Absent() if workshop.clock.now < seen_from else super().find(prepared)

    error = RuntimeError("dropped")
    error.after_accepting = True
    cast = Cast(Queue(service := Slow(on_submit=[error])), settle_after=60.0)
    workshop.render(cast.plan(*shots(1)), cast)
    seen_from = workshop.clock.now + 30
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == service.submits == 1


def test_a_free_job_that_was_lost_is_simply_ordered_again(workshop, shots):
    cast = Cast(
        Queue(service := Service(on_submit=[Died()], answers_find=False)), billing=Billing.FREE
    )
    with pytest.raises(Died):
        workshop.render(cast.plan(*shots(1)), cast)
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == 1
    assert service.submits == 1


def test_a_full_disk_at_the_wrong_moment_names_the_job_that_was_taken(workshop, shots, monkeypatch):
    record = Journal.record

    def full(self, take):
        if take.state is TakeState.SUBMITTED:
            raise ConfigError("the disk is full")
        record(self, take)

    cast = Cast(Queue(service := Service()))
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "record", full)
        assert "'key-0'" in failure(workshop.render(cast.plan(*shots(1)), cast)).hint
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == service.submits == 1


# Being stopped


@pytest.mark.parametrize("step", ["prepare", "submit", "poll", "fetch"])
def test_being_stopped_at_any_step_loses_and_doubles_nothing(workshop, shots, step):
    class Waits(Queue):
        """Waits in the middle of one step, when the service has done its part."""

    reached = asyncio.Event

    async def waits(self, *args):
        answer = await getattr(Queue, step)(self, *args)
        arrived.set()
        await asyncio.sleep(0.05)
        return answer

    setattr(Waits, step, waits)
    service = Service()
    cast = Cast(Waits(service))
    plan = cast.plan(*shots(2))

    async def stopped() -> None:
        nonlocal arrived
        arrived = asyncio.Event()
        with workshop.rendering() as context:
            task = asyncio.create_task(render_plan(plan, cast, context))
            await arrived.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    arrived = reached
    asyncio.run(stopped())
    assert workshop.leftovers() == []
    assert len(workshop.render(plan, cast).shots) == service.submits == 2


def test_a_paid_clip_finished_as_the_run_is_stopped_is_kept(workshop, shots, monkeypatch):
    keep = Store.keep
    cast = Cast(provider := Draws(), billing=Billing.PAID)
    plan = cast.plan(*shots(1))

    async def stopped() -> None:
        loop = asyncio.get_running_loop()

        def stop_and_keep(self, take, clip):
            loop.call_soon_threadsafe(task.cancel)
            # The cancellation has arrived when the loop has come round.
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0.01), loop).result()
            return keep(self, take, clip)

        with monkeypatch.context() as patch, workshop.rendering() as context:
            patch.setattr(Store, "keep", stop_and_keep)
            task = asyncio.create_task(render_plan(plan, cast, context))
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(stopped())
    assert workshop.states() == {"s1": TakeState.STORED}
    assert len(workshop.render(plan, cast).shots) == len(provider.requests) == 1


# The picture that is asked for


def test_another_last_picture_makes_another_clip(workshop):
    shot = ShotConfig(id="s1", action="A", duration=0.5, last_frame="end")
    able = {Capability.LAST_FRAME: Support.FULL}
    cast = Cast(provider := Draws(), capabilities=able)
    for sha in "ab":
        workshop.render(cast.plan(shot, media={"end": MediaFile(Path("x"), sha * 64)}), cast)
    assert len(provider.requests) == 2


def test_a_refused_charge_is_a_refusal_and_may_go_elsewhere(workshop, shots):
    refused = JobStatus(state=JobState.FAILED, error=ContentRefused("no", charged=False))
    cast = Cast(Queue(Service(on_poll=[refused])), Other())
    assert workshop.render(cast.plan(*shots(1)), cast).shots[0].provider == "other"


def test_a_failed_job_that_may_have_cost_money_asks_nobody_else(workshop, shots):
    failed = JobStatus(state=JobState.FAILED, error=JobFailed("gpu"))
    cast = Cast(Queue(Service(on_poll=[failed])), other := Other())
    error = failure(workshop.render(cast.plan(*shots(1)), cast))
    assert error.accepted is Accepted.UNKNOWN
    assert other.requests == []
