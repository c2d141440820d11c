"""The caption band, decided without drawing: where everything stands, and when."""

from __future__ import annotations

from itertools import pairwise

import pytest
from animatic_kit import story
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.plugin import (
    AspectRatio,
    Camera,
    CameraAngle,
    CameraMove,
    Dialogue,
    Hand,
    Lettering,
    Resolution,
)
from ministudio.plugin import frame_size as pixels
from ministudio_animatic.captions import band
from ministudio_animatic.cues import cues
from ministudio_animatic.slate import Slate, Speech, read_slate

FORMATS = st.tuples(
    st.sampled_from(AspectRatio), st.sampled_from([Resolution.P360, Resolution.P720])
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400)
LETTERS = Lettering()


def _measured(text: str, hand: Hand, size: int) -> float:
    """Wide letters, a little wider when strong: enough to lay out by, and quick."""
    return len(text) * size * (0.55 if hand is Hand.STRONG else 0.5)


@st.composite
def slates(draw):
    """A slate with anything on it."""
    said = draw(
        st.lists(st.builds(Speech, WORDS, WORDS.filter(str.strip), st.booleans()), max_size=4)
    )
    names = st.tuples(WORDS, st.just((200, 40, 40)))
    return Slate(
        shot=draw(WORDS) or "Shot",
        scene=draw(WORDS),
        camera="Extreme close up  ·  Over the shoulder  ·  Pedestal down  ·  12.5 s",
        seconds=draw(st.floats(0.5, 600)),
        action=draw(WORDS),
        said=tuple(said),
        members=tuple(draw(st.lists(names, max_size=9))),
    )


@given(slates(), FORMATS)
@settings(max_examples=150, deadline=None)
def test_every_letter_is_inside_the_title_safe_area(slate, shape):
    size = pixels(*shape)
    laid = band(slate, size.width, size.height, _measured)
    left, top, right, bottom = laid.safe
    for run in (*laid.fixed, *(run for runs in laid.spoken for run in runs)):
        assert left - 0.5 <= run.x
        assert run.x + run.width <= right + 0.5
        assert run.y - run.size >= top
        assert run.y + run.size * 0.3 <= bottom + 0.5
        assert run.y - run.size >= laid.top - 0.5
    for dot in laid.dots:
        assert left <= dot.x - dot.radius + 1e-6
        assert dot.x + dot.radius <= right
    assert laid.top >= size.height * 0.5


@given(slates(), FORMATS)
@settings(max_examples=100, deadline=None)
def test_no_two_runs_of_letters_overlap(slate, shape):
    size = pixels(*shape)
    laid = band(slate, size.width, size.height, _measured)
    for runs in laid.spoken or [()]:
        boxes = [
            (r.x, r.y - r.size * 0.75, r.x + r.width, r.y) for r in (*laid.fixed, *runs) if r.text
        ]
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                apart = a[2] <= b[0] + 0.5 or b[2] <= a[0] + 0.5 or a[3] <= b[1] or b[3] <= a[1]
                assert apart, (a, b)


@given(slates(), FORMATS)
@settings(max_examples=100, deadline=None)
def test_nothing_that_is_said_is_left_out(slate, shape):
    size = pixels(*shape)
    laid = band(slate, size.width, size.height, _measured)
    shown = "".join(line for cue in laid.cues for line in cue.lines)
    spoken = "".join(speech.words for speech in slate.said)
    assert "".join(shown.split()) == "".join(spoken.split())


@given(
    st.lists(st.builds(Speech, st.just("A"), st.text("ab c", min_size=1).filter(str.strip))),
    st.floats(0.5, 600),
    st.integers(1, 3),
)
@settings(max_examples=150, deadline=None)
def test_captions_fill_the_shot_one_after_the_other(said, seconds, rows):
    made = cues(said, seconds, rows, lambda text: len(text) <= 12)
    if not said:
        assert made == []
        return
    assert made[0].start == 0
    assert made[-1].end == pytest.approx(seconds)
    for one, other in pairwise(made):
        assert one.end == other.start
        assert one.start < one.end
    assert all(1 <= len(cue.lines) <= rows for cue in made)


def test_an_action_too_long_for_the_band_is_shortened_and_that_is_recorded():
    slate = Slate(action="word " * 200)
    laid = band(slate, 1280, 720, LETTERS.measure)
    assert laid.cut == ("action",)
    assert laid.fixed[-1].text.endswith("…")


def test_the_slate_reports_the_camera():
    shot = story(camera=Camera(move=CameraMove.PUSH_IN, angle=CameraAngle.LOW), shot_id="sh-10")
    slate = read_slate(shot, 4.25, [("Noor", (1, 2, 3))], str)
    assert slate.camera == "Medium  ·  Low angle  ·  Push in  ·  4.25 s"
    assert (slate.shot, slate.members) == ("sh-10", (("Noor", (1, 2, 3)),))


def test_speakers_are_named_whether_they_are_seen_or_not():
    shot = story(
        narration="It began.",
        dialogue=[Dialogue(speaker="maya", line="Here."), Dialogue(speaker="voice", line="No.")],
        speakers={"maya": "Maya Stone"},
    )
    said = read_slate(shot, 4, (), str).said
    assert [(speech.speaker, speech.narrated) for speech in said] == [
        ("Narrator", True),
        ("Maya Stone", False),
        ("voice", False),
    ]
