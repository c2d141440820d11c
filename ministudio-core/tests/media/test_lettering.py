"""Texts are cut to fit, and what no font can draw is named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.media.glyphs import charset, readable
from ministudio.media.lettering import Hand, Lettering, lines_of, shortened

LATIN = frozenset(map(ord, "abcdefghijklmnopqrstuvwxyz ABC.,!…[]0123456789é"))


def within(columns: int):
    return lambda text: len(text) <= columns


def test_a_text_that_fits_stays_as_it_is():
    assert shortened("a small light", within(13)) == "a small light"
    assert lines_of("a small light", within(13), 3) == ["a small light"]


def test_a_long_text_is_cut_after_a_whole_word_without_a_loose_comma():
    assert shortened("rain, and then snow", within(12)) == "rain, and…"
    assert shortened("rain, and then snow", within(7)) == "rain…"


def test_a_word_longer_than_the_line_is_cut_inside():
    assert shortened("unbelievable", within(6)) == "unbel…"
    assert lines_of("unbelievable", within(6), 2) == ["unbeli", "evable"]


def test_lines_break_between_words_and_the_last_one_is_cut():
    text = "the cat is asleep on the lunch box"
    assert lines_of(text, within(10), 2) == ["the cat is", "asleep on…"]
    assert lines_of(text, within(10), 9) == ["the cat is", "asleep on", "the lunch", "box"]
    assert lines_of(text, within(10), 0) == []


@given(st.text("ab cd,.", max_size=120), st.integers(1, 30), st.integers(1, 6))
@settings(max_examples=200, deadline=None)
def test_lines_fit_and_lose_nothing_but_at_the_end(text, columns, most):
    lines = lines_of(text, within(columns), most)
    assert len(lines) <= most
    assert all(len(line) <= columns for line in lines)
    whole = "".join(text.split())
    shown = "".join("".join(lines).split())
    assert shown == whole or (shown.endswith("…") and whole.startswith(shown[:-1]))


@pytest.mark.parametrize(
    ("text", "drawn", "missing"),
    [
        ("plain", "plain", ()),
        ("two  \n lines", "two lines", ()),
        ("café", "café", ()),
        ("cafe\u0301", "café", ()),
        ("雨が降る", "[Japanese]", ("Japanese",)),
        ("电车", "[Chinese]", ("Chinese",)),
        ("a 전차 b", "a [Korean] b", ("Korean",)),
        ("مدينة، قديمة.", "[Arabic]", ("Arabic",)),
        ("ab עיר c 城 d", "ab [Hebrew] c [Chinese] d", ("Hebrew", "Chinese")),
        ("🙂", "[symbol]", ("symbol",)),
        ("a\u200b\x07b\ud800", "ab", ()),
        ("", "", ()),
    ],
)
def test_what_cannot_be_drawn_is_named_once_for_each_run(text, drawn, missing):
    assert readable(text, LATIN) == (drawn, missing)


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_whatever_the_text_only_drawable_characters_are_left(text):
    drawn, missing = readable(text, LATIN)
    for name in missing:
        drawn = drawn.replace(f"[{name}]", "")
    assert all(ord(char) in LATIN for char in drawn)


def test_the_fonts_cover_latin_cyrillic_and_greek():
    letters = Lettering()
    text = "Łódź, Жизнь, Ταξίδι, „…“ → \u00d7"
    assert letters.readable(text) == text
    assert letters.missing == ()
    letters.readable("ไทย")
    assert letters.missing == ("Thai",)
    assert letters.measure("mm", Hand.PLAIN, 20) > letters.measure("ii", Hand.PLAIN, 20) > 0


@pytest.mark.parametrize("data", [b"", b"not a font at all", bytes(64)])
def test_a_file_that_is_no_font_is_refused(tmp_path, data):
    path = tmp_path / "font.ttf"
    path.write_bytes(data)
    with pytest.raises(ValueError, match="font"):
        charset(path)
