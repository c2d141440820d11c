"""Who makes a shot when somebody cannot: one look for a scene or a film, or each for itself."""

from __future__ import annotations

import itertools

import pytest
from render_kit import Cast, Draws, Queue, Service

from ministudio.contracts.jobs import JobState, JobStatus
from ministudio.contracts.specs import Billing
from ministudio.errors import (
    AuthenticationError,
    ContentRefused,
    JobPending,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
)
from ministudio.settings.rendering import FallbackScope, Limits
from ministudio.story import ShotConfig


class Picky(Draws):
    """Refuses what the action says it refuses."""

    name = "picky"

    async def generate(self, request, into, progress):
        if "cliff" in request.prompt.text:
            self.requests.append(request)
            raise ContentRefused("the prompt shows a cliff")
        return await super().generate(request, into, progress)


class Second(Draws):
    name = "second"


def shot(name: str, action: str = "A meadow", **more) -> ShotConfig:
    return ShotConfig(id=name, action=f"{action} {name}", duration=0.5, **more)


def makers(result) -> dict[str, str]:
    return {one.shot.id: one.provider for one in result.shots}


SCENES = [[shot("a"), shot("b", "A cliff"), shot("c")], [shot("d"), shot("e")]]


@pytest.mark.parametrize(
    ("scope", "second"),
    [(FallbackScope.SHOT, "b"), (FallbackScope.SCENE, "abc"), (FallbackScope.FILM, "abcde")],
)
@pytest.mark.parametrize("concurrency", [1, 8])
def test_what_falls_back_together_looks_alike(workshop, scope, second, concurrency):
    cast = Cast(Picky(), Second())
    plan = cast.plan(scenes=SCENES)
    how = {"fallback_scope": scope, "concurrency": concurrency}
    result = workshop.render(plan, cast, **how)
    expected = {name: "second" if name in second else "picky" for name in "abcde"}
    assert makers(result) == expected
    again = workshop.render(plan, cast, **how)
    assert (makers(again), all(one.reused for one in again.shots)) == (expected, True)


def test_what_must_be_made_again_is_said(workshop):
    cast = Cast(Picky(), Second())
    workshop.render(cast.plan(scenes=SCENES), cast, fallback_scope=FallbackScope.SCENE)
    said = [e.message for e in workshop.events if e.kind == "shot_fallback" and e.shot == "a"]
    assert said == ["made again with the next provider: one scene has one look"]


def test_what_goes_on_from_a_shot_made_again_is_made_again_too(workshop):
    cast = Cast(picky := Picky(), second := Second())
    chain = [
        shot("a"),
        shot("b", continuity="chain"),
        shot("c", "A cliff", continuity="chain"),
    ]
    result = workshop.render(cast.plan(*chain), cast, fallback_scope=FallbackScope.FILM)
    assert makers(result) == dict.fromkeys("abc", "second")
    assert [one.shot.id for one in result.shots] == ["a", "b", "c"]
    assert {request.prompt.text[-1] for request in second.requests} == {"a", "b", "c"}
    assert [request.prompt.text[-1] for request in picky.requests] == ["a", "b", "c"]


def test_when_everybody_failed_for_somebody_the_scene_has_no_provider_left(workshop):
    class Fussy(Second):
        async def generate(self, request, into, progress):
            if "sea" in request.prompt.text:
                raise ContentRefused("the prompt shows the sea")
            return await super().generate(request, into, progress)

    cast = Cast(Picky(), Fussy())
    plan = cast.plan(shot("a", "A cliff"), shot("b", "A sea"))
    result = workshop.render(plan, cast, fallback_scope=FallbackScope.FILM, concurrency=1)
    ((one, error),) = result.failures
    assert one.id == "b"
    assert isinstance(error, ProviderError)


@pytest.mark.parametrize(
    ("scope", "new"), [(FallbackScope.SHOT, "picky"), (FallbackScope.FILM, "second")]
)
def test_a_shot_that_is_added_later_looks_like_the_others_of_its_film(workshop, scope, new):
    cast = Cast(picky := Picky(), Second())
    film = [shot("a"), shot("b", "A cliff")]
    workshop.render(cast.plan(*film), cast, fallback_scope=scope)
    asked = len(picky.requests)
    result = workshop.render(cast.plan(*film, shot("c")), cast, fallback_scope=scope)
    assert makers(result)["c"] == new
    assert len(picky.requests) - asked == (new == "picky")


def test_a_scope_of_one_provider_changes_nothing(workshop):
    cast = Cast(Draws())
    result = workshop.render(cast.plan(scenes=SCENES), cast, fallback_scope=FallbackScope.FILM)
    assert len(result.shots) == 5


# The circuit breaker


class Down(Draws):
    name = "down"

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()
        self.error = error or ProviderUnavailable("503")
        self.asked = 0

    async def generate(self, request, into, progress):
        self.asked += 1
        raise self.error


def many(count: int) -> list[ShotConfig]:
    return [shot(f"s{number}") for number in range(count)]


def test_after_five_shots_in_a_row_a_provider_is_left_alone_and_the_next_is_asked(workshop):
    cast = Cast(down := Down(), Second())
    result = workshop.render(cast.plan(*many(9)), cast, concurrency=1)
    assert makers(result) == {f"s{n}": "second" for n in range(9)}
    # Each shot asks four times before it gives up; resting is no asking.
    assert down.asked < 9 * 4
    assert "left alone in this run" in " ".join(str(e.message) for e in workshop.events)


@pytest.mark.parametrize("error", [AuthenticationError("401: wrong key")])
def test_a_key_that_is_wrong_is_tried_once_and_never_again_in_the_run(workshop, error):
    cast = Cast(down := Down(error), Second())
    result = workshop.render(cast.plan(*many(6)), cast, concurrency=1)
    assert (down.asked, len(result.shots)) == (1, 6)


@pytest.mark.parametrize("billing", [Billing.PAID, Billing.FREE])
def test_a_job_at_a_provider_that_is_left_alone_is_made_by_nobody_else(workshop, billing):
    service = Service(on_poll=[JobStatus(state=JobState.RUNNING)] * 50)
    alone = Cast(Queue(service))
    workshop.render(alone.plan(shot("a")), alone, job_timeout=5)

    class Locked(Queue):
        async def prepare(self, request):
            raise AuthenticationError("401")

    elsewhere = Second()
    both = Cast(Locked(service), elsewhere)
    both.billing["second"] = billing
    plan = both.plan(scenes=[[shot("b")], [shot("a")]])
    result = workshop.render(plan, both, concurrency=1, job_timeout=5)
    assert [(one.id, type(error)) for one, error in result.failures] == [("a", JobPending)]
    service.on_poll.clear()
    again = workshop.render(plan, both, concurrency=1)
    assert makers(again) == {"b": "second", "a": "queue"}
    assert [request.prompt.text for request in elsewhere.requests] == ["A meadow b"]


# Limits


def test_so_many_of_a_providers_jobs_are_made_at_a_time(workshop):
    class Counting(Draws):
        now = most = 0

        async def generate(self, request, into, progress):
            self.now += 1
            self.most = max(self.most, self.now)
            try:
                return await super().generate(request, into, progress)
            finally:
                self.now -= 1

    cast = Cast(provider := Counting())
    limits = {"draws": Limits(concurrency=2)}
    result = workshop.render(cast.plan(*many(6)), cast, concurrency=6, limits=limits)
    assert (len(result.shots), provider.most) == (6, 2)


def test_so_many_clips_are_ordered_a_minute(workshop):
    began = []

    class Timed(Queue):
        async def submit(self, prepared):
            began.append(workshop.clock())
            return await super().submit(prepared)

    cast = Cast(Timed(Service()))
    limits = {"queue": Limits(per_minute=6)}
    workshop.render(cast.plan(*many(4)), cast, concurrency=1, limits=limits)
    gaps = [after - before for before, after in itertools.pairwise(began)]
    assert len(began) == 4
    assert all(gap >= 10 - 1e-6 for gap in gaps)


# Being asked to wait


def slept(workshop) -> list[float]:
    return [e.data["seconds"] for e in workshop.events if e.kind == "retrying" and e.data]


@pytest.mark.parametrize("step", ["prepare", "submit"])
def test_a_named_time_is_waited_for_at_least(workshop, step):
    class Busy(Queue):
        turned_away = 0

        async def once(self):
            self.turned_away += 1
            if self.turned_away <= 2:
                raise RateLimited("429", retry_after=40)

        async def prepare(self, request):
            if step == "prepare":
                await self.once()
            return await super().prepare(request)

        async def submit(self, prepared):
            if step == "submit":
                await self.once()
            return await super().submit(prepared)

    cast = Cast(Busy(service := Service()))
    began = workshop.clock()
    result = workshop.render(cast.plan(shot("a")), cast)
    assert (len(result.shots), service.submits) == (1, 1)
    assert [seconds >= 40 for seconds in slept(workshop)] == [True, True]
    assert workshop.clock() - began >= 80


def test_who_asks_for_too_long_is_not_waited_for_and_the_next_is_asked(workshop):
    cast = Cast(Queue(Service(on_submit=[RateLimited("429", retry_after=86_400)])), Second())
    began = workshop.clock()
    assert makers(workshop.render(cast.plan(shot("a")), cast)) == {"a": "second"}
    assert workshop.clock() - began < 300


def test_a_named_time_counts_between_polls_and_fetches_too(workshop):
    service = Service(
        on_poll=[RateLimited("429", retry_after=50)], on_fetch=[RateLimited("429", retry_after=30)]
    )
    cast = Cast(Queue(service))
    began = workshop.clock()
    assert len(workshop.render(cast.plan(shot("a")), cast).shots) == 1
    assert workshop.clock() - began >= 80
