"""Rendering a plan: order, reuse, fallback, failure, and being stopped."""

from __future__ import annotations

import asyncio

import attrs
import pytest
from render_kit import Cast, Draws, Queue, Service

from ministudio.contracts.specs import Billing
from ministudio.errors import (
    ArtifactError,
    AuthenticationError,
    ConfigError,
    ContentRefused,
    JobFailed,
    ProviderUnavailable,
    UnknownName,
)
from ministudio.render.engine import render_plan, with_predecessors
from ministudio.render.options import RenderOptions
from ministudio.story import Continuity, ShotConfig


def test_every_shot_is_made_once_and_in_the_order_of_the_film(workshop, shots):
    cast = Cast(provider := Draws())
    result = workshop.render(cast.plan(*shots(3)), cast)
    assert [shot.shot.id for shot in result.shots] == ["s1", "s2", "s3"]
    assert len(provider.requests) == 3
    assert all(part.clip.path.is_file() for shot in result.shots for part in shot.parts)
    assert workshop.leftovers() == []


def test_a_second_run_takes_everything_from_the_store(workshop, shots):
    first, again = Cast(Draws()), Cast(provider := Draws())
    one = workshop.render(first.plan(*shots(2)), first)
    two = workshop.render(again.plan(*shots(2)), again)
    assert provider.requests == []
    assert all(shot.reused for shot in two.shots)
    assert [s.parts[0].clip for s in two.shots] == [s.parts[0].clip for s in one.shots]


def test_a_changed_line_renders_only_its_own_shot_and_an_inserted_one_nothing_else(workshop, shots):
    cast = Cast(Draws())
    workshop.render(cast.plan(*shots(3)), cast)
    one, _, three = shots(3)
    new = ShotConfig(id="new", action="New", duration=0.5)
    changed = ShotConfig(id="s2", action="Something else", duration=0.5)
    again = Cast(provider := Draws())
    workshop.render(again.plan(one, new, changed, three), again)
    assert [r.prompt.text for r in provider.requests] == ["New", "Something else"]


def test_a_stored_file_that_was_damaged_is_made_again(workshop, shots):
    cast = Cast(Draws())
    result = workshop.render(cast.plan(*shots(1)), cast)
    result.shots[0].parts[0].clip.path.write_bytes(b"damaged")
    again = Cast(provider := Draws())
    repaired = workshop.render(again.plan(*shots(1)), again)
    assert len(provider.requests) == 1
    assert repaired.failures == ()
    assert not repaired.shots[0].reused


def test_a_chained_shot_begins_with_the_last_picture_of_the_one_before(workshop):
    chain = [
        ShotConfig(id="a", action="A", duration=0.5),
        ShotConfig(id="b", action="B", duration=0.5, continuity=Continuity.CHAIN),
    ]
    cast = Cast(provider := Draws())
    workshop.render(cast.plan(*chain), cast)
    first, second = provider.requests
    assert first.first_frame is None
    assert second.first_frame is not None
    assert second.first_frame.path.suffix == ".png"


def test_wanting_a_chained_shot_renders_what_it_goes_on_from(workshop):
    chain = [
        ShotConfig(id="a", action="A", duration=0.5),
        ShotConfig(id="x", action="X", duration=0.5),
        ShotConfig(id="b", action="B", duration=0.5),
        ShotConfig(id="c", action="C", duration=0.5, continuity=Continuity.CHAIN),
    ]
    cast = Cast(Draws())
    plan = cast.plan(*chain)
    assert [shot.id for shot in with_predecessors(plan, ["c"])] == ["b", "c"]
    result = workshop.render(plan, cast, ["c"])
    assert [shot.shot.id for shot in result.shots] == ["b", "c"]


@pytest.mark.parametrize(
    "error",
    [
        ContentRefused("no", reasons=["violence"]),
        AuthenticationError("no key"),
        ProviderUnavailable("down"),
        JobFailed("broke"),
        RuntimeError("a bug in the provider"),
    ],
)
def test_a_free_provider_that_fails_gives_way_to_the_next(workshop, shots, error):
    class Other(Draws):
        name = "other"

    cast = Cast(Draws([error] * 9), other := Other())
    result = workshop.render(cast.plan(*shots(1)), cast)
    (shot,) = result.shots
    assert (shot.provider, len(other.requests)) == ("other", 1)
    assert [attempt.provider for attempt in shot.attempts] == ["draws"]
    assert "shot_fallback" in workshop.kinds()


def test_what_a_fallback_made_is_found_again_without_asking_the_first(workshop, shots):
    class Other(Draws):
        name = "other"

    cast = Cast(Draws([ContentRefused("no")]), Other())
    workshop.render(cast.plan(*shots(1)), cast)
    again = Cast(first := Draws(), second := Other())
    result = workshop.render(again.plan(*shots(1)), again)
    assert result.shots[0].provider == "other"
    assert first.requests == second.requests == []


def test_after_a_failure_no_new_shot_is_begun_and_the_rest_is_kept(workshop, shots):
    cast = Cast(provider := Draws([JobFailed("broke")]))
    result = workshop.render(cast.plan(*shots(4)), cast, concurrency=1)
    assert [shot.id for shot, _ in result.failures] == ["s1"]
    assert len(provider.requests) == 1
    again = Cast(Draws())
    assert len(workshop.render(again.plan(*shots(4)), again).shots) == 4


def test_a_paid_one_method_clip_that_was_lost_is_asked_about_never_made_again(workshop, shots):
    class Boom(BaseException):
        """The process dying in the middle of a call."""

    paid = Cast(Draws([Boom()]), billing=Billing.PAID)
    with pytest.raises(Boom):
        workshop.render(paid.plan(*shots(1)), paid)
    again = Cast(provider := Draws(), billing=Billing.PAID)
    result = workshop.render(again.plan(*shots(1)), again)
    (_, error) = result.failures[0]
    assert type(error).__name__ == "JobUnknown"
    assert "--resubmit s1" in error.hint
    assert provider.requests == []
    allowed = workshop.render(again.plan(*shots(1)), again, resubmit=frozenset({"s1"}))
    assert len(allowed.shots) == len(provider.requests) == 1


def test_a_free_clip_that_was_lost_is_simply_made_again(workshop, shots):
    class Boom(BaseException):
        """The process dying in the middle of a call."""

    cast = Cast(provider := Draws([Boom()]))
    with pytest.raises(Boom):
        workshop.render(cast.plan(*shots(1)), cast)
    assert len(workshop.render(cast.plan(*shots(1)), cast).shots) == 1
    assert len(provider.requests) == 2


def test_a_paid_job_open_at_one_provider_blocks_every_other(workshop, shots):
    service = Service(answers_find=False, on_submit=[ProviderUnavailable("reset")])
    paid = Cast(Queue(service))
    workshop.render(paid.plan(*shots(1)), paid)

    class Other(Draws):
        name = "other"

    other = Cast(provider := Other(), billing=Billing.PAID)
    result = workshop.render(other.plan(*shots(1)), other)
    assert type(result.failures[0][1]).__name__ == "JobUnknown"
    assert provider.requests == []


def test_a_clip_that_is_not_one_is_refused_by_name(workshop, shots):
    class Liar(Draws):
        async def generate(self, request, into, progress):
            clip = await super().generate(request, into, progress)
            clip.path.write_text("<html>not a video</html>")
            return clip

    cast = Cast(Liar())
    result = workshop.render(cast.plan(*shots(1)), cast)
    error = result.failures[0][1]
    assert isinstance(error, ArtifactError)
    assert "HTML" in error.message
    assert workshop.leftovers() == []


def test_a_clip_left_outside_its_folder_is_refused(workshop, shots, tmp_path):
    class Wanderer(Draws):
        async def generate(self, request, into, progress):
            return await super().generate(request, tmp_path, progress)

    cast = Cast(Wanderer())
    result = workshop.render(cast.plan(*shots(1)), cast)
    assert "outside the folder" in result.failures[0][1].message


def test_stopping_keeps_what_is_done_and_leaves_nothing_behind(workshop, shots):
    class Slow(Draws):
        async def generate(self, request, into, progress):
            if request.prompt.text == "Action 2":
                await asyncio.sleep(3600)
            return await super().generate(request, into, progress)

    cast = Cast(Slow())
    plan = cast.plan(*shots(2))

    async def stopped() -> None:
        with workshop.rendering() as usual:
            done = asyncio.Event()
            context = attrs.evolve(
                usual, listen=lambda e: e.kind.value == "shot_done" and done.set()
            )
            task = asyncio.create_task(render_plan(plan, cast, context))
            await done.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(stopped())
    assert workshop.leftovers() == []
    again = Cast(provider := Draws())
    workshop.render(again.plan(*shots(2)), again)
    assert [r.prompt.text for r in provider.requests] == ["Action 2"]


def test_a_listener_that_breaks_does_not_break_the_render(workshop, shots, caplog):
    def broken(_):
        raise BrokenPipeError("the terminal is gone")

    workshop.events = type("Gone", (), {"append": staticmethod(broken)})
    cast = Cast(Draws())
    assert len(workshop.render(cast.plan(*shots(2)), cast).shots) == 2
    assert "the terminal is gone" in caplog.text


def test_progress_may_be_odd_late_and_from_any_thread(workshop, shots):
    kept = []

    class Chatty(Draws):
        async def generate(self, request, into, progress):
            kept.append(progress)
            for fraction in (None, -1, 2, "half", float("nan"), 0.5):
                await asyncio.to_thread(progress, fraction, "drawing")
            return await super().generate(request, into, progress)

    cast = Cast(Chatty())
    workshop.render(cast.plan(*shots(1)), cast)
    told = [e.fraction for e in workshop.events if e.message == "drawing"]
    assert told == [None, 0.0, 1.0, 0.0, 0.0, 0.5]
    kept[0](0.7, "after the loop has closed")


def test_events_come_in_order_and_shots_end_once(workshop, shots):
    cast = Cast(Draws())
    workshop.render(cast.plan(*shots(6)), cast, concurrency=3)
    assert workshop.kinds()[0] == "run_started"
    for shot in ("s1", "s6"):
        kinds = [event.kind.value for event in workshop.events if event.shot == shot]
        assert (kinds[0], kinds[-1]) == ("shot_started", "shot_done")
        assert kinds.count("shot_done") == 1


@pytest.mark.parametrize("options", [{"wanted": ["typo"]}, {"resubmit": frozenset({"typo"})}])
def test_a_shot_that_is_not_in_the_film_is_named(workshop, shots, options):
    cast = Cast(Draws())
    with pytest.raises(UnknownName, match="typo") as caught:
        workshop.render(cast.plan(*shots(2)), cast, **options)
    assert caught.value.choices == ("s1", "s2")


@pytest.mark.parametrize(
    "options", [{"concurrency": 0}, {"fetches": 0}, {"poll_every": 0}, {"job_timeout": -1}]
)
def test_options_that_could_render_nothing_are_refused(options):
    with pytest.raises(ConfigError, match=next(iter(options))):
        RenderOptions(**options)


def test_a_chain_longer_than_there_is_room_never_waits_for_itself(workshop):
    chain = [
        ShotConfig(id=f"s{n}", action=str(n), duration=0.5, continuity=Continuity.CHAIN)
        for n in range(6)
    ]
    cast = Cast(Draws())
    result = workshop.render(cast.plan(*chain), cast, concurrency=1)
    assert len(result.shots) == 6


def test_what_follows_a_failed_shot_is_not_made_and_not_counted_as_a_failure(workshop):
    chain = [
        ShotConfig(id="a", action="A", duration=0.5),
        ShotConfig(id="b", action="B", duration=0.5, continuity=Continuity.CHAIN),
    ]
    cast = Cast(provider := Draws([JobFailed("broke")]))
    result = workshop.render(cast.plan(*chain), cast)
    assert [shot.id for shot, _ in result.failures] == ["a"]
    assert len(provider.requests) == 1


def test_another_compiler_fills_another_slot(workshop, shots):
    cast = Cast(provider := Draws())
    plan = cast.plan(*shots(1))
    workshop.render(plan, cast)
    (shot,) = plan.shots
    prompt = attrs.evolve(shot.first_choice.parts[0].request.prompt, text="said otherwise")
    part = attrs.evolve(
        shot.first_choice.parts[0],
        request=attrs.evolve(shot.first_choice.parts[0].request, prompt=prompt),
    )
    way = attrs.evolve(shot.first_choice, compiler="other", parts=[part])
    other = attrs.evolve(plan, shots=[attrs.evolve(shot, alternatives=[way])])
    workshop.render(other, cast)
    assert [r.prompt.text for r in provider.requests] == ["Action 1", "said otherwise"]


def test_what_was_found_on_the_way_is_said_again_when_a_shot_comes_from_the_store(workshop):
    class Other(Draws):
        name = "other"

    film = [
        ShotConfig(id="a", action="A", duration=0.5),
        ShotConfig(id="b", action="B", duration=0.5, continuity=Continuity.EXTEND),
    ]
    first = Cast(Draws([JobFailed("broke")]), Other())
    made = workshop.render(first.plan(*film), first)
    assert [shot.provider for shot in made.shots] == ["other", "draws"]
    again = workshop.render(first.plan(*film), first)
    assert again.shots[1].reused
    assert list(again.shots[1].adaptations) == list(made.shots[1].adaptations)
    assert [a.asked for a in made.shots[1].adaptations] == ["extend"]
