"""Showing how far a run is."""

from __future__ import annotations

import io

import pytest
from render_kit import Cast, Draws

from ministudio.cli._progress import Progress
from ministudio.cli._table import width
from ministudio.contracts.events import Event, EventKind
from ministudio.story import ShotConfig


@pytest.fixture
def plan():
    return Cast(Draws()).plan(
        ShotConfig(id="open", action="A door opens", duration=1),
        ShotConfig(id="close", action="It closes", duration=3),
    )


def event(kind: EventKind, shot: str | None = None, **more) -> Event:
    return Event(kind=kind, at=0.0, shot=shot, **more)


def test_without_a_terminal_each_step_is_one_plain_line(plan):
    out = io.StringIO()
    progress = Progress(plan, out, living=False)
    progress(event(EventKind.RUN_STARTED, data={"shots": ["open", "close"]}))
    progress(event(EventKind.SHOT_STARTED, "open", message="A door opens"))
    progress(event(EventKind.SHOT_PROGRESS, "open", fraction=0.5))
    progress(event(EventKind.SHOT_DONE, "open", message="draws/draws-1"))
    progress(event(EventKind.SHOT_REUSED, "close", message="draws/draws-1"))
    assert out.getvalue().splitlines() == [
        "shot 1/2 open: begins: A door opens",
        "shot 1/2 open: done (draws/draws-1)",
        "shot 2/2 close: unchanged (draws/draws-1)",
    ]
    assert (progress.done, progress.wanted) == (2, 2)


def test_on_a_terminal_one_line_lives_and_is_wiped_at_the_end(plan):
    out = io.StringIO()
    progress = Progress(plan, out, living=True, width=lambda: 60)
    progress(event(EventKind.RUN_STARTED, data={"shots": ["open", "close"]}))
    progress(event(EventKind.SHOT_STARTED, "close", message="It closes"))
    progress(event(EventKind.SHOT_PROGRESS, "close", fraction=0.5))
    # half of the three seconds of a film of four
    assert " 38%  0/2 shots  close" in out.getvalue().splitlines()[-1]
    assert max(len(line) for line in out.getvalue().split("\r\x1b[K")) < 60
    progress.close()
    assert out.getvalue().endswith("\r\x1b[K")


def test_what_is_adapted_or_fails_is_shown_in_full(plan):
    out = io.StringIO()
    progress = Progress(plan, out, living=False)
    progress(event(EventKind.SHOT_ADAPTED, "open", message="duration: 5 s → 6 s (why)"))
    progress(event(EventKind.SHOT_FAILED, "open", message="no key"))
    assert "duration: 5 s → 6 s (why)" in out.getvalue()
    assert "shot 1/2 open: FAILED: no key" in out.getvalue()


def test_what_a_run_gets_over_and_what_it_goes_without_is_shown(plan):
    out = io.StringIO()
    progress = Progress(plan, out, living=False)
    progress(event(EventKind.RUN_STARTED, data={"shots": ["open", "close"], "run": "r1"}))
    progress(event(EventKind.RETRYING, "open", message="too many requests; again in 2.0 s"))
    progress(event(EventKind.SHOT_REROLLED, "open", message="refused; take 2 with another seed"))
    progress(event(EventKind.TAKE_CHANGED, "open", data={"state": "reserved"}))
    progress(event(EventKind.SHOT_STOOD_IN, "open", message="animatic stands in: refused"))
    progress(event(EventKind.SHOT_LEFT_OUT, "close", message="no key"))
    progress(event(EventKind.NOTICE, message="the disk is nearly full"))
    assert out.getvalue().splitlines() == [
        "shot 1/2 open: too many requests; again in 2.0 s",
        "shot 1/2 open: refused; take 2 with another seed",
        "shot 1/2 open: PLACEHOLDER: animatic stands in: refused",
        "shot 2/2 close: LEFT OUT: no key",
        "the disk is nearly full",
    ]
    assert (progress.done, progress.run) == (0, "r1")


def test_what_providers_say_moves_no_cursor(plan):
    out = io.StringIO()
    progress = Progress(plan, out, living=False)
    progress(event(EventKind.SHOT_FAILED, "open", message="red \x1b[31m\nand a line more"))
    assert out.getvalue().count("\n") == 1
    assert "\x1b" not in out.getvalue()


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_the_living_line_fits_whatever_the_words_take(plan, columns):
    out = io.StringIO()
    progress = Progress(plan, out, living=True, width=lambda: columns)
    progress(event(EventKind.FILM_JOINING, message="joining 2 shots into 長い長い長い名前.mp4"))
    line = out.getvalue().removeprefix("\r\x1b[K")
    assert 0 < width(line) < columns


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (EventKind.SHOT_REROLLED, "shot 1/2 open: so it went"),
        (EventKind.RETRYING, "shot 1/2 open: so it went"),
        (EventKind.NOTICE, "shot 1/2 open: so it went"),
        (EventKind.SHOT_STOOD_IN, "shot 1/2 open: PLACEHOLDER: so it went"),
        (EventKind.SHOT_LEFT_OUT, "shot 1/2 open: LEFT OUT: so it went"),
    ],
)
def test_nothing_that_happens_to_a_shot_is_silent(plan, kind, line):
    out = io.StringIO()
    progress = Progress(plan, out, living=False)
    progress(event(kind, "open", message="so it went"))
    assert out.getvalue().splitlines() == [line]
    assert progress.done == 0
