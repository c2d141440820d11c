"""Tables as a terminal shows them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.cli._table import clean, table, width


def test_columns_line_up_below_headers_in_capitals() -> None:
    assert table(("id", "state"), [("a", "found"), ("longer", "")]) == (
        "ID      STATE\na       found\nlonger"
    )


def test_a_table_without_rows_is_its_headers() -> None:
    assert table(("id", "state"), []) == "ID  STATE"


def test_wide_characters_take_two_columns_and_combining_ones_none() -> None:
    assert width("abc") == 3
    assert width("東京") == 4
    assert width("e\N{COMBINING ACUTE ACCENT}") == 1
    assert table(("a", "b"), [("東京", "x"), ("abcd", "y")]).splitlines()[1:] == [
        "東京  x",
        "abcd  y",
    ]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=6))
def test_whatever_the_cells_hold_there_is_a_line_for_each_row_and_no_trailing_blank(
    rows: list[tuple[str, str]],
) -> None:
    lines = table(("a", "b"), rows).split("\n")
    assert len(lines) == len(rows) + 1
    assert all(line == line.rstrip() for line in lines)
    starts = {width(clean(first)) for first, _ in rows} | {1}
    assert max(starts) + 2 >= 3


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_clean_text_is_printable_and_cleaning_it_again_changes_nothing(text: str) -> None:
    assert clean(text).isprintable()
    assert clean(clean(text)) == clean(text)
