"""What a run was to make is kept whole, and found again when it was not finished."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_kit import Cast, Draws, Queue, Service

from ministudio.errors import ConfigError
from ministudio.render.engine import render_plan
from ministudio.render.journal import Journal
from ministudio.render.keys import intent_key, slot_key, take_key
from ministudio.render.options import RenderOptions
from ministudio.render.runs import RunState, StoredRun, begin_run, end_run, unfinished_runs
from ministudio.settings.rendering import Cap, FallbackScope, Limits, OnFailure, Period
from ministudio.story import ShotConfig
from ministudio.studio import Studio
from ministudio.values.money import Money

EXAMPLES = Path(__file__).parents[3] / "examples"
FILMS = [
    EXAMPLES / "contextbytes_brand_story" / "production.yaml",
    EXAMPLES / "the_fisherman_and_his_wife" / "production.yaml",
]


@pytest.fixture
def journal(tmp_path):
    clock = iter(range(1000, 9999))
    with contextlib.closing(Journal(tmp_path / "journal.sqlite", lambda: next(clock))) as made:
        yield made


def run(plan, id_: str = "r1", **more) -> StoredRun:
    facts = {"film": plan.title, "target": Path("/films/film.mp4"), "started_at": 1.0}
    return StoredRun(id=id_, plan=plan, **(facts | more))


@pytest.fixture
def plan():
    return Cast(Draws()).plan(ShotConfig(id="a", action="A", duration=0.5))


def keys(plan) -> list[tuple[str, ...]]:
    """Every slot and take key of a plan, each chained shot after an imagined take."""
    found, slots = [], {}
    for shot in plan.shots:
        before = None if shot.follows is None else f"take of {shot.follows}"
        intent = intent_key(plan, shot, before)
        slots[shot.id] = slot_key(plan, shot, intent, slots.get(shot.follows))
        ways = (*shot.alternatives, *([shot.placeholder] if shot.placeholder else []))
        takes = [take_key(way, part.request, 1) for way in ways for part in way.parts]
        found.append((intent, slots[shot.id], *takes))
    return found


@pytest.mark.parametrize("film", FILMS, ids=lambda path: path.parent.name)
def test_the_plan_of_an_example_comes_back_with_the_same_slots_and_takes(journal, film):
    plan = Studio.beside(film, environ={}).plan(film, placeholder=True)
    begin_run(journal, run(plan))
    (stored,) = unfinished_runs(journal)
    assert keys(stored.plan) == keys(plan)
    assert stored.plan.cost() == plan.cost()
    assert [shot.adaptations for way in stored.plan.shots for shot in way.alternatives] == [
        shot.adaptations for way in plan.shots for shot in way.alternatives
    ]


MONEY = st.builds(Money, st.integers(0, 10**12), st.sampled_from(["USD", "EUR"]))
IDS = st.frozensets(st.sampled_from("abc"))
OPTIONS = st.builds(
    RenderOptions,
    concurrency=st.integers(1, 99),
    job_timeout=st.floats(0, 1e6),
    poll_every=st.one_of(st.none(), st.floats(0.01, 60)),
    rerolls=st.integers(0, 5),
    resubmit=IDS,
    fresh=IDS,
    seeds=st.dictionaries(st.sampled_from("abc"), st.integers(0, 2**32 - 1)),
    caps=st.lists(
        st.builds(
            Cap,
            money=st.one_of(st.none(), MONEY),
            seconds=st.one_of(st.none(), st.floats(0.1, 1e6)),
            clips=st.one_of(st.none(), st.integers(0, 99)),
            period=st.one_of(st.none(), st.sampled_from(Period)),
        ),
        max_size=3,
    ).map(tuple),
    allow_unknown_price=st.booleans(),
    confirm_above=st.one_of(st.none(), MONEY),
    on_failure=st.sampled_from(OnFailure),
    fallback_scope=st.sampled_from(FallbackScope),
    limits=st.dictionaries(
        st.sampled_from(["queue", "other"]),
        st.builds(Limits, concurrency=st.one_of(st.none(), st.integers(1, 9))),
    ),
)


@given(OPTIONS)
@settings(max_examples=60, deadline=None)
def test_every_option_comes_back_as_it_was_said(tmp_path_factory, options):
    plan = Cast(Draws()).plan(ShotConfig(id="a", action="A", duration=0.5))
    path = tmp_path_factory.mktemp("run") / "journal.sqlite"
    with contextlib.closing(Journal(path)) as journal:
        begin_run(journal, run(plan, options=options, wanted=("a",)))
        (stored,) = unfinished_runs(journal)
    assert attrs.evolve(stored.options, caps=tuple(stored.options.caps)) == options
    assert list(stored.wanted) == ["a"]
    assert (stored.film, stored.target, stored.id) == ("A film", Path("/films/film.mp4"), "r1")


@pytest.mark.parametrize(
    ("state", "found"),
    [(None, True), (RunState.STOPPED, True), (RunState.FAILED, True), (RunState.DONE, False)],
)
def test_a_run_is_found_until_it_is_done_and_a_killed_one_is_running_for_ever(
    journal, plan, state, found
):
    begin_run(journal, run(plan))
    if state is not None:
        end_run(journal, "r1", state)
    assert [one.state for one in unfinished_runs(journal)] == (
        [state or RunState.RUNNING] if found else []
    )


def test_only_the_last_run_of_a_film_counts(journal, plan):
    begin_run(journal, run(plan, "old", started_at=1.0))
    begin_run(journal, run(plan, "new", started_at=2.0))
    end_run(journal, "new", RunState.DONE)
    assert unfinished_runs(journal) == []
    begin_run(journal, run(plan, "newer", started_at=3.0))
    begin_run(journal, run(plan, "other", started_at=4.0, target=Path("/films/other.mp4")))
    assert [one.id for one in unfinished_runs(journal)] == ["other", "newer"]


def test_a_run_that_is_gone_on_with_keeps_its_row_its_plan_and_its_beginning(journal, plan):
    begin_run(journal, run(plan))
    end_run(journal, "r1", RunState.STOPPED)
    other = Cast(Draws()).plan(ShotConfig(id="b", action="B", duration=0.5))
    begin_run(journal, run(other, started_at=7.0, options=RenderOptions(concurrency=9)))
    (stored,) = unfinished_runs(journal)
    assert [shot.id for shot in stored.plan.shots] == ["a"]
    assert (stored.started_at, stored.state) == (1.0, RunState.RUNNING)
    assert stored.options.concurrency == 9


@pytest.mark.parametrize("damage", ["plan = x'00'", "options = '{]'", "state = 'odd'"])
def test_a_run_that_another_ministudio_wrote_is_refused_with_a_way_out(journal, plan, damage):
    begin_run(journal, run(plan))
    journal.database.connection.execute(f"UPDATE run SET {damage}")
    with pytest.raises(ConfigError, match="the plan of 'A film' was stored by another") as caught:
        unfinished_runs(journal)
    assert "render the film again" in caught.value.hint


def test_a_stored_plan_renders_what_was_planned_and_finds_what_was_made(workshop, shots):
    cast = Cast(Queue(service := Service()))
    plan = cast.plan(*shots(2))
    workshop.render(plan, cast, ["s1"])
    with workshop.reading() as journal:
        begin_run(journal, run(plan))
        (stored,) = unfinished_runs(journal)
    with workshop.rendering() as context:
        result = asyncio.run(render_plan(stored.plan, cast, context))
    assert [(shot.shot.id, shot.reused) for shot in result.shots] == [("s1", True), ("s2", False)]
    assert service.submits == 2
