"""Breaking spoken text into blocks for the screen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.film.wrapping import COLUMNS, LINES, blocks, columns

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Zs", "Zl", "Zp", "Cc"]), min_size=1
)
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=400),
    st.lists(WORDS, max_size=40).map(" ".join),
    st.lists(
        st.sampled_from(["a", "word", "longer,", "sentence.", "x" * 60, "早い", "😀"]), max_size=60
    ).map(" ".join),
)


def visible(text):
    return [c for c in text if not c.isspace() and unicodedata.category(c) != "Cc"]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_letter_stays_in_its_order(text):
    assert visible("".join(blocks(text))) == visible(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_block_fits_on_the_screen(text):
    for block in blocks(text):
        lines = block.split("\n")
        assert len(lines) <= LINES
        # A joined emoji may stick out by its own width.
        assert all(0 < columns(line) <= COLUMNS + 2 or not columns(line) for line in lines)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("abcdefgh.,", min_size=1, max_size=20), max_size=60))
def test_words_that_fit_are_never_broken(words):
    assert " ".join(blocks(" ".join(words))).split() == words


def test_a_short_text_is_one_line():
    assert blocks("Where is it?") == ["Where is it?"]


def test_two_lines_are_of_nearly_equal_length():
    assert blocks("The documentation is long and the deadline is short today") == [
        "The documentation is long and\nthe deadline is short today"
    ]


def test_a_block_ends_with_the_sentence():
    text = (
        "One thing is clear to everybody in this room tonight. Nobody here will say it aloud first."
    )
    assert blocks(text) == [
        "One thing is clear to\neverybody in this room tonight.",
        "Nobody here will say it aloud first.",
    ]


def test_no_block_is_left_with_a_single_short_word():
    text = ("word " * 17).strip() + " end"
    last = blocks(text)[-1]
    assert columns(last) >= COLUMNS // 3


@pytest.mark.parametrize("quote", ["”", '"', "»", ")", "\u2019"])
def test_a_closing_quote_belongs_to_its_sentence(quote):
    said = f"She said it twice, and then she left the large room.{quote}"
    assert blocks(f"{said} Nobody moved until the door had closed.")[0].endswith(quote)


def test_east_asian_text_breaks_without_spaces():
    text = "短い物語。学生は情報に溺れている、技術者は文書の中で道に迷っている。"
    assert all(columns(line) <= COLUMNS for block in blocks(text) for line in block.split("\n"))


def test_a_letter_keeps_its_accents_where_a_word_is_broken():
    word = "e\u0301" * 60
    pieces = [line for block in blocks(word) for line in block.split("\n")]
    assert all(piece[0] == "e" for piece in pieces)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x01"])
def test_nothing_to_see_makes_no_block(text):
    assert blocks(text) == []
