"""Texts are cut to fit, and what no font can draw is named."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ministudio
from ministudio.media.glyphs import charset, readable
from ministudio.media.lettering import Hand, Lettering, lines_of, shortened

LATIN = frozenset(map(ord, "abcdefghijklmnopqrstuvwxyz ABC.,!…()[]0123456789é"))


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
    assert lines_of(text, within(10)) == lines_of(text, within(10), 9)
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


@given(st.text("abcdefg   ", max_size=200), st.integers(1, 20))
@settings(max_examples=200, deadline=None)
def test_with_as_many_lines_as_it_takes_every_letter_is_kept(text, columns):
    lines = lines_of(text, within(columns))
    assert all(len(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "drawn", "missing"),
    [
        ("plain", "plain", ()),
        ("two  \n lines", "two lines", ()),
        ("café", "café", ()),
        ("cafe\u0301", "café", ()),
        ("雨が降る", "[Japanese]", ("Japanese",)),
        ("ﾃｰﾌﾞﾙ、テーブル", "[Japanese]", ("Japanese",)),
        ("مرحبا, 안녕 a", "[Arabic] [Korean] a", ("Arabic", "Korean")),
        ("电车", "[Chinese]", ("Chinese",)),
        ("a 전차 b", "a [Korean] b", ("Korean",)),
        ("مدينة، قديمة.", "[Arabic].", ("Arabic",)),
        ("ab עיר c 城 d", "ab [Hebrew] c [Chinese] d", ("Hebrew", "Chinese")),
        ("日本 12, 日本", "[Chinese]", ("Chinese",)),
        ("in (日が), 2 days", "in ([Japanese]), 2 days", ("Japanese",)),
        ("a日本 b日本", "a[Chinese] b[Chinese]", ("Chinese",)),
        ("🙂", "[symbol]", ("symbol",)),
        ("a\ufe0f", "a", ()),
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


@pytest.mark.parametrize(
    "text",
    [
        "Größe, Żółć, çığ: “naïve” — 12 345 €… → \u00d7",
        "Она смотрит на экран — и впервые улыбается. Їжак, ґрунт.",
        "Ἀρχὴ ἥμισυ παντός. Το φως",  # noqa: RUF001 - Greek is what is tested
        "Những bước đầu tiên",
    ],
)
def test_the_fonts_cover_latin_cyrillic_and_greek(text):
    letters = Lettering()
    assert letters.readable(text) == text
    assert letters.missing == ()


def test_letters_remember_what_they_could_not_draw():
    letters = Lettering()
    assert letters.readable("Say ไทย, ไทย and 안녕!") == "Say [Thai] and [Korean]!"
    assert letters.missing == ("Thai", "Korean")
    assert letters.measure("mm", Hand.PLAIN, 20) > letters.measure("ii", Hand.PLAIN, 20) > 0


def test_fonts_are_opened_in_one_place_only():
    """A font opened elsewhere could leave the layout engine to chance."""
    openers = {"truetype", "load_default", "load", "load_path", "FreeTypeFont"}
    folder = Path(ministudio.__file__).parent
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "ImageFont"
        and node.func.attr in openers
    }
    assert found == {"media/lettering.py"}


@pytest.mark.parametrize("data", [b"", b"not a font at all", bytes(64)])
def test_a_file_that_is_no_font_is_refused(tmp_path, data):
    path = tmp_path / "font.ttf"
    path.write_bytes(data)
    with pytest.raises(ValueError, match="font"):
        charset(path)
