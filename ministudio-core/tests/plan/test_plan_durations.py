"""How long a shot is, and in which clips a model makes that length."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.contracts.cards import DurationRange
from ministudio.plan.durations import clip_lengths, shot_seconds
from ministudio.plan.model import SecondsFrom
from ministudio.story import Character, Dialogue, Production, SceneConfig, ShotConfig, Voice


@pytest.mark.parametrize(
    ("asked", "allowed", "clips"),
    [
        (4.0, None, [4.0]),
        (4.0, [4, 6, 8], [4]),
        (4.5, [4, 6, 8], [6]),
        (9.0, [4, 6, 8], [6, 4]),
        (16.0, [4, 6, 8], [8, 8]),
        (17.0, [4, 6, 8], [6, 6, 6]),
        (42.0, [8, 10], [10, 8, 8, 8, 8]),
        (21.0, [6, 7, 10], [7, 7, 7]),
        (10.5, DurationRange(4, 11, 2), [6, 6]),
        (1 / 3 + 5, DurationRange(3, 15), [5.334]),
        (1.0, [4, 6, 8], [4]),
        (5.0, DurationRange(3, 15), [5.0]),
        (2.0, DurationRange(3, 15), [3]),
        (16.0, DurationRange(3, 15), [8.0, 8.0]),
        (5.3, DurationRange(4, 12, 1), [6]),
        (15.0, DurationRange(3, 15), [15.0]),
    ],
)
def test_a_shot_is_made_of_the_fewest_clips_with_the_least_left_over(asked, allowed, clips):
    assert clip_lengths(asked, allowed) == pytest.approx(clips)


@settings(max_examples=200, deadline=None)
@given(
    asked=st.floats(0.5, 600),
    allowed=st.one_of(
        st.lists(st.integers(1, 30), min_size=1, max_size=6, unique=True),
        st.builds(
            lambda low, more, step: DurationRange(low, low + more, step),
            st.floats(0.5, 5),
            st.floats(0, 25),
            st.sampled_from([0.0, 0.5, 1.0]),
        ),
    ),
)
def test_clips_are_always_allowed_and_never_shorter_than_asked(asked, allowed):
    clips = clip_lengths(asked, allowed)
    if isinstance(allowed, DurationRange):
        low, step = allowed.low, allowed.step
        high = low + math.floor((allowed.high - low) / step) * step if step else allowed.high
        assert all(abs((c - low) / step - round((c - low) / step)) < 1e-2 for c in clips if step)
    else:
        low, high = min(allowed), max(allowed)
    assert sum(clips) >= asked - 1e-5 * len(clips)
    assert len(clips) == max(1, math.ceil(asked / high - 1e-6))
    for clip in clips:
        assert low - 1e-3 <= clip <= high + 1e-3
        if not isinstance(allowed, DurationRange):
            assert clip in allowed


def film(shot: ShotConfig, **more) -> Production:
    return Production(
        title="A film",
        characters={"maya": Character(name="Maya", voice=Voice(words_per_minute=120))},
        scenes=[SceneConfig(shots=[shot])],
        **more,
    )


def test_an_auto_shot_is_as_long_as_its_words_take_at_the_speakers_pace():
    shot = ShotConfig(
        action="Maya speaks",
        duration="auto",
        dialogue=[Dialogue(speaker="maya", line="one two three four")],
    )
    seconds, how, notes = shot_seconds(film(shot), shot, {})
    # four words at 120 a minute, a breath, and room around them
    assert seconds == pytest.approx(2.0 + 0.4 + 1.0, abs=0.11)
    assert how is SecondsFrom.ESTIMATED
    assert "estimated" in notes[0]


def test_measured_speech_wins_over_the_estimate():
    shot = ShotConfig(action="Night", duration="auto", narration="A long night.")
    seconds, how, notes = shot_seconds(film(shot), shot, {"A long night.": 7.0})
    assert seconds == pytest.approx(8.4)
    assert how is SecondsFrom.MEASURED
    assert notes == ()


def test_an_auto_shot_in_which_nobody_speaks_says_so():
    shot = ShotConfig(action="Silence", duration="auto")
    seconds, _, notes = shot_seconds(film(shot), shot, {})
    assert seconds == 2.0
    assert "nothing is spoken" in notes[0]


def test_words_that_do_not_fit_into_the_given_length_are_pointed_out():
    shot = ShotConfig(action="Night", duration=2, narration="word " * 20)
    seconds, how, notes = shot_seconds(film(shot), shot, {})
    assert (seconds, how) == (2, SecondsFrom.GIVEN)
    assert "the words take about 8.4 s and the shot has 2 s" in notes[0]
