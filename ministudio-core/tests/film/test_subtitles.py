"""Timing cues, and writing them as SRT."""

from __future__ import annotations

import itertools
import unicodedata

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ministudio.film.subtitles import (
    READING_SPEED,
    Cue,
    Line,
    SpokenShot,
    cue_sheet,
    hurried,
    srt,
)
from ministudio.film.wrapping import columns

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=300)
LINES = st.lists(st.builds(Line, TEXT, st.sampled_from(["", "Maya", "Orb"])), max_size=4)
LONG = "A student sits before a wall of tabs, papers and unread notes, and none of it answers. "


@st.composite
def films(draw):
    lengths = draw(st.lists(st.floats(0.04, 20), min_size=1, max_size=8))
    starts = [0.0, *itertools.accumulate(lengths)]
    shots = [
        SpokenShot(start, seconds, draw(LINES))
        for start, seconds in zip(starts, lengths, strict=False)
    ]
    return shots, starts[-1]


def letters(text):
    return [c for c in text if not c.isspace() and unicodedata.category(c) != "Cc"]


@settings(max_examples=200, deadline=None)
@given(films())
def test_cues_never_overlap_never_leave_the_film_and_always_last(film):
    shots, seconds = film
    cues = cue_sheet(shots, seconds)
    assert all(0 <= cue.start < cue.end <= seconds for cue in cues)
    assert all(cue.end - cue.start <= 7.001 for cue in cues)
    assert all(one.end <= other.start for one, other in itertools.pairwise(cues))


@settings(max_examples=200, deadline=None)
@given(films())
def test_everything_said_is_shown_in_order(film):
    shots, seconds = film
    said = "".join(
        f"{line.speaker}: {line.text}" if line.speaker else line.text
        for shot in shots
        for line in shot.lines
    )
    assert letters("".join(cue.text for cue in cue_sheet(shots, seconds))) == letters(said)


@settings(max_examples=200, deadline=None)
@given(films())
def test_a_cue_begins_in_its_own_shot(film):
    shots, seconds = film
    cues = list(cue_sheet(shots, seconds))
    for shot in shots:
        if any(letters(line.text) for line in shot.lines):
            mine = [cue for cue in cues if abs(cue.start - shot.start) < 0.001]
            assert mine, "the first cue of a shot comes with the shot"


@settings(max_examples=200, deadline=None)
@given(films())
def test_only_a_film_without_room_is_hurried(film):
    shots, seconds = film
    cues = cue_sheet(shots, seconds)
    need = sum(min(7, max(1.0, columns(cue.text) / READING_SPEED)) for cue in cues)
    spoken = [shot for shot in shots if any(letters(line.text) for line in shot.lines)]
    if len(spoken) == 1 and need <= seconds - spoken[0].start - 0.01:
        assert all(columns(c.text) > 7 * READING_SPEED for c in hurried(cues))


def test_a_short_line_stays_for_a_second_at_least():
    (cue,) = cue_sheet([SpokenShot(2.0, 4.0, [Line("Yes.")])], 10.0)
    assert (cue.start, cue.end) == (2.0, 3.5)


def test_reading_speed_decides_how_long_a_line_stays():
    (cue,) = cue_sheet([SpokenShot(0.0, 2.0, [Line("w" * 34)])], 2.0)
    assert cue.speed == pytest.approx(READING_SPEED)


def test_long_words_run_on_into_the_silence_after_the_shot():
    cues = cue_sheet([SpokenShot(0, 2, [Line(LONG)]), SpokenShot(2, 6), SpokenShot(8, 2)], 10)
    assert 2 < cues[-1].end <= 8
    assert not hurried(cues)


def test_words_without_room_are_squeezed_and_that_can_be_said():
    shots = [SpokenShot(0, 2, [Line(LONG)]), SpokenShot(2, 2, [Line(LONG)])]
    cues = cue_sheet(shots, 4)
    assert max(cue.end for cue in cues if cue.start < 2) <= 2
    assert hurried(cues) == cues


def test_a_thousand_lines_in_half_a_second_are_put_together():
    shot = SpokenShot(0.0, 0.5, [Line(f"line {number}") for number in range(1000)])
    cues = cue_sheet([shot], 0.5)
    assert len(cues) == 12
    assert min(cue.end - cue.start for cue in cues) >= 0.03
    assert "".join(cue.text for cue in cues).count("line") == 1000


def test_speakers_are_named_once_for_each_line():
    cues = cue_sheet([SpokenShot(0, 9, [Line("Where?", "Maya"), Line("Here.", "Orb")])], 9)
    assert [cue.text for cue in cues] == ["Maya: Where?", "Orb: Here."]


def test_a_film_in_which_nobody_speaks_has_no_cues():
    assert cue_sheet([SpokenShot(0, 4), SpokenShot(4, 4, [Line("  ")])], 8) == ()
    assert srt([]) == ""


def test_srt_is_written_as_players_expect():
    cues = [Cue(0.0, 1.5, "One\ntwo"), Cue(3661.042, 3662.0, "Three")]
    assert srt(cues) == (
        "1\n00:00:00,000 --> 00:00:01,500\nOne\ntwo\n\n2\n01:01:01,042 --> 01:01:02,000\nThree\n"
    )


def read_back(path):
    """What FFmpeg reads in an SRT file: times in seconds, and the text as shown."""
    with av.open(str(path), format="srt") as container:
        return [
            (
                float(packet.pts * packet.time_base),
                float((packet.pts + packet.duration) * packet.time_base),
                packet.decode()[0].dialogue.decode().replace("\\N", "\n").replace("\u2060", ""),
            )
            for packet in container.demux(subtitles=0)
            if packet.pts is not None
        ]


@pytest.mark.parametrize(
    "text",
    [
        "I <3 you & <i>you</i>",
        "00:00:01,000 --> 00:00:02,000",
        "7",
        "<font color=red>no</font>",
        "a --> b\n12",
        "- dash\n- dash",
        "a < b > c",
    ],
)
def test_text_that_looks_like_markup_is_shown_as_it_is(tmp_path, text):
    path = tmp_path / "film.srt"
    path.write_text(srt([Cue(0.0, 1.0, text), Cue(1.0, 2.0, "next")]), encoding="utf-8")
    assert read_back(path) == [(0.0, 1.0, text), (1.0, 2.0, "next")]


def test_curly_brackets_become_round_ones_because_players_hide_what_is_between():
    assert "Press (return) now" in srt([Cue(0.0, 1.0, "Press {return} now")])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(films())
def test_srt_is_read_back_with_the_same_times_and_words(tmp_path, film):
    cues = cue_sheet(*film)
    path = tmp_path / "film.srt"
    path.write_text(srt(cues), encoding="utf-8")
    if not cues:
        assert path.read_text(encoding="utf-8") == ""
        return
    back = read_back(path)
    assert [(start, end) for start, end, _ in back] == [(cue.start, cue.end) for cue in cues]
