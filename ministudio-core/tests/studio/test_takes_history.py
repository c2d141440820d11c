"""Retaken, picked, thrown away: what was made of a film, and which of it the film uses."""

from __future__ import annotations

import asyncio
import contextlib
import zlib
from pathlib import Path

import attrs
import pytest
from render_kit import Cast, Draws, Queue, Service, Workshop

from ministudio.contracts.jobs import JobState, JobStatus
from ministudio.contracts.specs import Billing
from ministudio.errors import ConfigError, JobExpired, UnknownName
from ministudio.media.probe import clip_from_file
from ministudio.render.runs import RunState, StoredRun, begin_run, end_run
from ministudio.render.store import Store
from ministudio.render.takes import TakeState
from ministudio.story import ShotConfig
from ministudio.studio.history import discard_unused, pick, unused, versions
from ministudio.testing.clips import make_clip


@pytest.fixture
def workshop(tmp_path):
    return Workshop(tmp_path / ".ministudio")


def shots(*actions: str, **more) -> list[ShotConfig]:
    return [
        ShotConfig(id=action.lower(), action=action, duration=0.5, **more) for action in actions
    ]


CHAIN = [*shots("A"), ShotConfig(id="b", action="B", duration=0.5, continuity="chain"), *shots("C")]


class Moody(Draws):
    """Other words or another seed, another picture, as with a real model."""

    async def generate(self, request, into, progress):
        self.requests.append(request)
        mood = zlib.crc32(f"{request.prompt.text} {request.seed}".encode())
        hue = (16 + mood % 225, 16 + mood // 225 % 225)
        path = into / "clip.mp4"
        await asyncio.to_thread(make_clip, path, seconds=0.5, size=(64, 36), fps=12, hue=hue)
        return clip_from_file(path)


def made(result) -> list[str]:
    return [shot.shot.id for shot in result.shots if not shot.reused]


def used(result) -> dict[str, int]:
    """The number of the take that a film uses, by shot."""
    return {shot.shot.id: shot.parts[0].number for shot in result.shots}


def retake(workshop, cast, plan, *fresh, seeds=None):
    workshop.run = f"{workshop.run}+"
    return workshop.render(plan, cast, fresh=frozenset(fresh), seeds=seeds or {})


@contextlib.contextmanager
def gc(workshop, plan):
    with workshop.reading() as journal:
        takes = unused(plan, journal, plan.title)
        yield takes
        discard_unused(takes, journal, Store(workshop.folder))


# Rendering again


def test_a_film_that_did_not_change_is_all_found(workshop):
    cast = Cast(Queue(service := Service()))
    plan = cast.plan(*CHAIN)
    workshop.render(plan, cast)
    assert made(workshop.render(plan, cast)) == []
    assert service.submits == 3


def test_an_inserted_shot_is_all_that_is_made_and_another_order_makes_nothing(workshop):
    cast = Cast(Queue(service := Service()))
    workshop.render(cast.plan(*shots("A", "C")), cast)
    assert made(workshop.render(cast.plan(*shots("A", "B", "C")), cast)) == ["b"]
    workshop.render(cast.plan(*shots("C", "A")), cast)
    assert service.submits == 3


def test_a_changed_shot_is_made_again_with_what_goes_on_from_it(workshop):
    cast = Cast(provider := Moody())
    workshop.render(cast.plan(*CHAIN), cast)
    changed = [ShotConfig(id="a", action="Another", duration=0.5), *CHAIN[1:]]
    assert made(workshop.render(cast.plan(*changed), cast)) == ["a", "b"]
    last = [*changed[:2], ShotConfig(id="c", action="Another end", duration=0.5)]
    assert made(workshop.render(cast.plan(*last), cast)) == ["c"]
    assert made(workshop.render(cast.plan(*CHAIN), cast)) == []
    assert len(provider.requests) == 6


def test_a_changed_look_is_another_film(workshop):
    cast = Cast(Queue(service := Service()))
    plan = cast.plan(*shots("A"))
    workshop.render(plan, cast)
    bigger = attrs.evolve(plan, look=attrs.evolve(plan.look, fps=24))
    workshop.render(bigger, cast)
    workshop.render(plan, cast)
    assert len(service.jobs) <= 2


def test_without_the_cache_every_shot_is_made_anew_and_the_old_takes_are_kept(workshop):
    cast = Cast(Queue(service := Service()))
    plan = cast.plan(*shots("A", "B"))
    workshop.render(plan, cast)
    again = retake(workshop, cast, plan, "a", "b")
    assert (made(again), used(again)) == (["a", "b"], {"a": 2, "b": 2})
    with workshop.reading() as journal:
        assert [take.state for take in journal.takes()] == [TakeState.STORED] * 4
    assert service.submits == 4


# Retakes


def test_a_retake_has_another_seed_keeps_the_first_and_is_what_the_film_uses_later(workshop):
    cast = Cast(provider := Draws())
    plan = cast.plan(*shots("A", "B"))
    first = workshop.render(plan, cast)
    second = retake(workshop, cast, plan, "a")
    assert (made(second), used(second)) == (["a"], {"a": 2, "b": 1})
    assert first.shots[0].parts[0].clip.path.exists()
    workshop.run = "later"
    plain = workshop.render(plan, cast)
    assert (made(plain), used(plain)) == ([], {"a": 2, "b": 1})
    seeds = [request.seed for request in provider.requests if request.prompt.text == "A"]
    assert len(seeds) == len(set(seeds)) == 2


def test_a_retake_that_is_gone_on_with_is_not_taken_a_third_time(workshop):
    cast = Cast(Queue(service := Service()))
    plan = cast.plan(*shots("A"))
    workshop.render(plan, cast)
    retake(workshop, cast, plan, "a")
    again = workshop.render(plan, cast, fresh=frozenset("a"))
    assert (used(again), service.submits) == ({"a": 2}, 2)
    assert used(retake(workshop, cast, plan, "a")) == {"a": 3}


def test_a_retake_with_a_seed_uses_that_seed_and_says_so(workshop):
    cast = Cast(provider := Draws())
    plan = cast.plan(*shots("A"))
    workshop.render(plan, cast)
    result = retake(workshop, cast, plan, "a", seeds={"a": 4711})
    assert provider.requests[-1].seed == 4711
    (adaptation,) = [one for one in result.shots[0].adaptations if one.what == "seed"]
    assert (adaptation.asked, adaptation.got) == (str(provider.requests[0].seed), "4711")
    workshop.run = "later"
    assert "4711" in str(workshop.render(plan, cast).shots[0].adaptations)


def test_what_goes_on_from_a_retaken_shot_is_made_again(workshop):
    cast = Cast(Moody())
    plan = cast.plan(*CHAIN)
    workshop.render(plan, cast)
    assert made(retake(workshop, cast, plan, "a")) == ["a", "b"]
    with workshop.reading() as journal:
        names = {(one.shot.id, one.name): one.selected for one in versions(plan, journal)}
    assert names[("b", "draws/draws-1#1")] is True


def test_a_retake_with_a_seed_that_is_pending_is_taken_up_by_any_later_render(workshop):
    service = Service()
    cast = Cast(Queue(service))
    plan = cast.plan(*shots("A"))
    workshop.render(plan, cast)
    service.on_poll = [JobStatus(state=JobState.RUNNING)] * 30
    retake_of = {"fresh": frozenset("a"), "seeds": {"a": 5}}
    workshop.run = "r2"
    workshop.render(plan, cast, job_timeout=5, **retake_of)
    service.on_poll.clear()
    workshop.run = "r3"
    result = workshop.render(plan, cast, fresh=frozenset("a"), seeds={"a": 6})
    assert (used(result), service.submits) == ({"a": 2}, 2)
    assert result.shots[0].parts[0].asked["seed"] == 5


# Listing and picking


def test_the_list_shows_each_take_and_marks_the_one_that_is_used(workshop):
    cast = Cast(Draws())
    plan = cast.plan(*shots("A", "B"))
    workshop.render(plan, cast)
    retake(workshop, cast, plan, "a")
    with workshop.reading() as journal:
        found = versions(plan, journal)
    assert [(one.shot.id, one.name, one.selected, one.whole) for one in found] == [
        ("a", "draws/draws-1#1", False, True),
        ("a", "draws/draws-1#2", True, True),
        ("b", "draws/draws-1#1", True, True),
    ]


def test_a_shot_that_goes_on_from_the_same_picture_as_before_is_in_the_list(workshop):
    # The last frame of the second take is the first's, so the shot after it is found, not made.
    cast = Cast(Draws())
    plan = cast.plan(*CHAIN)
    workshop.render(plan, cast)
    retake(workshop, cast, plan, "a")
    with workshop.reading() as journal:
        found = {(one.shot.id, one.name): one.selected for one in versions(plan, journal)}
    assert found[("b", "draws/draws-1#1")] is True


def test_picking_brings_the_first_take_back_for_every_later_render(workshop):
    cast = Cast(Queue(service := Service()))
    plan = cast.plan(*shots("A"))
    workshop.render(plan, cast)
    retake(workshop, cast, plan, "a")
    for name, number in (("1", 1), ("queue/queue-1#2", 2), ("1", 1)):
        with workshop.reading() as journal:
            assert pick(plan, "a", name, journal).selected
        workshop.run = f"after {name}"
        assert used(workshop.render(plan, cast)) == {"a": number}
    assert service.submits == 2


@pytest.mark.parametrize(
    ("shot", "name", "says"),
    [
        ("a", "9", "shot 'a' has no take called '9'"),
        ("a", "other/x#1", "has no take called"),
        ("a", "2", "queue/queue-1#2 of shot 'a' is not whole: failed"),
        ("b", "1", "shot 'b' has no take called '1'"),
    ],
)
def test_what_cannot_be_picked_is_refused_and_the_choices_are_named(workshop, shot, name, says):
    cast = Cast(Queue(service := Service()))
    plan = cast.plan(*shots("A", "B"))
    workshop.render(plan, cast, ["a"])
    service.on_fetch = [b"<html>"] * 3
    workshop.run = "r2"
    workshop.render(plan, cast, ["a"], fresh=frozenset("a"))
    with workshop.reading() as journal, pytest.raises(ConfigError) as caught:
        pick(plan, shot, name, journal)
    assert says in str(caught.value)
    assert caught.value.hint


def test_a_shot_the_film_does_not_have_is_refused_by_name(workshop):
    plan = Cast(Draws()).plan(*shots("A"))
    with workshop.reading() as journal, pytest.raises(UnknownName, match="'z'"):
        pick(plan, "z", "1", journal)


def test_a_number_that_two_providers_share_is_ambiguous(workshop):
    class Other(Draws):
        name = "other"

    cast = Cast(Draws([RuntimeError("x")] * 9), Other())
    plan = cast.plan(*shots("A"))
    workshop.render(plan, cast)
    with workshop.reading() as journal:
        with pytest.raises(ConfigError, match="several takes called '1'") as caught:
            pick(plan, "a", "1", journal)
        assert "draws/draws-1#1, other/other-1#1" in caught.value.hint
        assert pick(plan, "a", "other/other-1#1", journal).selected


# Throwing away


def test_only_what_the_film_does_not_use_is_thrown_away(workshop):
    cast = Cast(Queue(service := Service()))
    plan = cast.plan(*shots("A", "B"))
    first = workshop.render(plan, cast)
    second = retake(workshop, cast, plan, "a")
    with gc(workshop, plan) as takes:
        assert [(take.shot, take.number) for take in takes] == [("a", 1)]
    assert not first.shots[0].parts[0].clip.path.exists()
    assert second.shots[0].parts[0].clip.path.exists()
    with gc(workshop, plan) as takes:
        assert takes == []
    workshop.run = "later"
    assert made(workshop.render(plan, cast)) == []
    assert service.submits == 3


def test_a_paid_take_that_was_thrown_away_is_never_bought_again_unsaid(workshop):
    cast = Cast(Queue(service := Service()))
    plan = cast.plan(*shots("A"))
    workshop.render(plan, cast)
    changed = cast.plan(ShotConfig(id="a", action="Another", duration=0.5))
    workshop.render(changed, cast)
    with gc(workshop, changed) as takes:
        assert len(takes) == 1
    workshop.run = "later"
    result = workshop.render(plan, cast)
    ((_, error),) = result.failures
    assert isinstance(error, JobExpired)
    assert "thrown away with takes gc" in error.message
    assert "--resubmit a" in error.hint
    assert service.submits == 2
    assert made(workshop.render(plan, cast, resubmit=frozenset("a"))) == ["a"]
    assert service.submits == 3


def test_a_free_take_that_was_thrown_away_is_simply_made_again(workshop):
    cast = Cast(provider := Draws(), billing=Billing.FREE)
    plan = cast.plan(*shots("A"))
    workshop.render(plan, cast)
    changed = cast.plan(ShotConfig(id="a", action="Another", duration=0.5))
    workshop.render(changed, cast)
    with gc(workshop, changed):
        pass
    assert made(workshop.render(plan, cast)) == ["a"]
    assert len(provider.requests) == 3


def test_what_is_under_way_or_of_another_film_is_never_thrown_away(workshop):
    cast = Cast(Queue(Service()))
    plan = cast.plan(*shots("A"))
    workshop.render(plan, cast)
    with workshop.reading() as journal:
        empty = attrs.evolve(plan, shots=[])
        assert len(unused(empty, journal, "A film")) == 1
        assert unused(empty, journal, "Another film") == []


def finished(workshop, plan, target: str, at: float) -> None:
    with workshop.reading() as journal:
        run = StoredRun(
            id=target + str(at), film=plan.title, target=Path(target), plan=plan, started_at=at
        )
        begin_run(journal, run)
        end_run(journal, run.id, RunState.DONE)


def test_what_a_film_rendered_otherwise_uses_is_kept(workshop):
    """The same production in another look is another film; both were paid for."""
    cast = Cast(Queue(Service()))
    plan = cast.plan(*shots("A"))
    other = cast.plan(ShotConfig(id="a", action="A", duration=1))
    workshop.render(plan, cast)
    finished(workshop, plan, "/big.mp4", 1.0)
    workshop.render(other, cast)
    finished(workshop, other, "/small.mp4", 2.0)
    with gc(workshop, other) as takes:
        assert takes == []
    workshop.render(other, cast)
    finished(workshop, other, "/big.mp4", 3.0)
    with gc(workshop, other) as takes:
        assert len(takes) == 1
