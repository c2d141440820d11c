"""What becomes of a shot that nobody can make: the end, a gap, or a placeholder."""

from __future__ import annotations

from render_kit import Cast, Draws, Queue, Service, priced

from ministudio.contracts.specs import Billing
from ministudio.errors import ContentRefused, JobFailed
from ministudio.render.takes import TakeState
from ministudio.settings.rendering import Cap, OnFailure
from ministudio.story import ShotConfig
from ministudio.values.money import Money


class Stand(Draws):
    """The one that draws a placeholder."""

    name = "stand"


class Moody(Draws):
    """Refuses the second shot while it is in the mood to."""

    name = "moody"
    refuses = True

    async def generate(self, request, into, progress):
        if self.refuses and request.prompt.text == "B":
            raise ContentRefused("not B")
        return await super().generate(request, into, progress)


def shots(chained: bool = False) -> list[ShotConfig]:
    follow = {"continuity": "chain"} if chained else {}
    return [
        ShotConfig(id="a", action="A", duration=0.5),
        ShotConfig(id="b", action="B", duration=0.5),
        ShotConfig(id="c", action="C", duration=0.5, **follow),
        ShotConfig(id="d", action="D", duration=0.5),
    ]


def done(result) -> dict[str, str]:
    return {shot.shot.id: shot.provider for shot in result.shots}


def failed(result) -> dict[str, str]:
    return {shot.id: error.message for shot, error in result.failures}


def test_by_default_nothing_new_is_begun_after_it(workshop):
    cast = Cast(Moody())
    result = workshop.render(cast.plan(*shots()), cast, concurrency=1)
    assert done(result) == {"a": "moody"}
    assert failed(result) == {"b": "not B"}


def test_a_skipped_shot_is_left_out_and_all_others_are_made(workshop):
    cast = Cast(Moody())
    result = workshop.render(cast.plan(*shots()), cast, concurrency=1, on_failure=OnFailure.SKIP)
    assert list(done(result)) == ["a", "c", "d"]
    assert failed(result) == {"b": "not B"}
    assert "shot_left_out" in workshop.kinds()


def test_what_goes_on_from_a_skipped_shot_is_left_out_too_and_says_why(workshop):
    cast = Cast(Moody())
    result = workshop.render(cast.plan(*shots(chained=True)), cast, on_failure=OnFailure.SKIP)
    assert list(done(result)) == ["a", "d"]
    assert failed(result) == {
        "b": "not B",
        "c": "shot 'c' goes on from 'b', which could not be made",
    }


def test_a_placeholder_stands_in_says_so_and_the_next_render_tries_again(workshop):
    cast = Cast(moody := Moody(), Stand())
    plan = cast.plan(*shots(), placeholder="stand")
    result = workshop.render(plan, cast, on_failure=OnFailure.PLACEHOLDER)
    assert done(result) == {"a": "moody", "b": "stand", "c": "moody", "d": "moody"}
    assert [shot.shot.id for shot in result.shots if shot.placeholder] == ["b"]
    (attempt,) = result.shots[1].attempts
    assert (attempt.provider, attempt.error) == ("moody", "not B")
    assert "shot_stood_in" in workshop.kinds()
    assert result.failures == ()
    moody.refuses = False
    again = workshop.render(plan, cast, on_failure=OnFailure.PLACEHOLDER)
    assert done(again)["b"] == "moody"
    assert [shot.shot.id for shot in again.shots if not shot.reused] == ["b"]


def test_what_goes_on_from_a_placeholder_is_stood_in_for_too_and_made_when_it_can_be(workshop):
    cast = Cast(moody := Moody(), Stand())
    plan = cast.plan(*shots(chained=True), placeholder="stand")
    result = workshop.render(plan, cast, on_failure=OnFailure.PLACEHOLDER)
    assert done(result) == {"a": "moody", "b": "stand", "c": "stand", "d": "moody"}
    moody.refuses = False
    again = workshop.render(plan, cast, on_failure=OnFailure.PLACEHOLDER)
    assert set(done(again).values()) == {"moody"}


def test_a_placeholder_that_cannot_be_made_stops_the_run_with_its_own_words(workshop):
    cast = Cast(Moody(), Stand([JobFailed("no pencil")] * 9))
    plan = cast.plan(*shots(), placeholder="stand")
    result = workshop.render(plan, cast, concurrency=1, on_failure=OnFailure.PLACEHOLDER)
    assert failed(result) == {"b": "no pencil"}
    assert list(done(result)) == ["a"]


def test_a_placeholder_stands_in_where_money_is_all(workshop):
    stand = Stand()

    class Mixed(Cast):
        def spec(self, name):
            self.facts = {} if name == "stand" else priced("1.00")
            return super().spec(name)

    cast = Mixed(Queue(service := Service()), stand)
    cast.billing["stand"] = Billing.FREE
    plan = cast.plan(*shots(), placeholder="stand")
    result = workshop.render(
        plan,
        cast,
        concurrency=1,
        caps=[Cap(money=Money.of(1))],
        on_failure=OnFailure.PLACEHOLDER,
    )
    assert list(done(result).values()) == ["queue", "queue", "stand", "stand"]
    assert service.submits == 2


def test_a_pending_job_is_not_forgotten_by_its_placeholder(workshop):
    from ministudio.contracts.jobs import JobState, JobStatus

    cast = Cast(Queue(service := Service()), Stand())
    plan = cast.plan(*shots()[:1], placeholder="stand")
    service.on_poll = [JobStatus(state=JobState.RUNNING)] * 30
    how = {"on_failure": OnFailure.PLACEHOLDER, "job_timeout": 5}
    assert done(workshop.render(plan, cast, **how)) == {"a": "stand"}
    assert TakeState.RUNNING in workshop.states().values() or service.submits == 1
    service.on_poll.clear()
    assert done(workshop.render(plan, cast, **how)) == {"a": "queue"}
    assert service.submits == 1
