from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.errors import ConfigError
from ministudio.story.selection import parse_selection

IDS = ["opening", "rain", "shot-3", "door", "finale"]


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("3", (2,)),
        ("1-3", (0, 1, 2)),
        ("4-", (3, 4)),
        (" 5 , 1 ", (0, 4)),
        ("2,2-3,3", (1, 2)),
        ("finale,opening", (0, 4)),
        ("1, finale,3-4", (0, 2, 3, 4)),
        ("1,,2,", (0, 1)),
        ("shot-3", (2,)),
    ],
)
def test_shots_are_chosen_by_number_by_range_and_by_id_in_the_films_order(text, chosen):
    assert parse_selection(text, IDS) == chosen


def test_a_word_that_is_an_id_means_that_shot_whatever_it_looks_like():
    assert parse_selection("1,5-7", ["5-7", "1", "other"]) == (0, 1)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "it names no shot"),
        (" , ", "it names no shot"),
        ("0", "shots are numbered from 1"),
        ("6", "6: the film has 5 shots"),
        ("2-9", "2-9: the film has 5 shots"),
        ("9-", "9-: the film has 5 shots"),
        ("4-2", "4-2: a range runs from the smaller number to the larger"),
        ("finnale", "no shot has the id 'finnale'; did you mean 'finale'?"),
        ("3..5", "no shot has the id '3..5'"),
        ("-2", "no shot has the id '-2'"),
    ],
)
def test_a_selection_that_cannot_be_right_says_what_is_wrong(text, complaint):
    with pytest.raises(ConfigError) as caught:
        parse_selection(text, IDS)
    assert complaint in str(caught.value)
    assert caught.value.hint is not None


def test_everything_wrong_is_said_at_once():
    with pytest.raises(ConfigError, match=r"0: shots .*; 7: the film .*; no shot has the id 'x'"):
        parse_selection("0,7,x,2", IDS)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789-, abfinale", max_size=30))
def test_any_text_gives_a_choice_of_shots_or_a_readable_error(text):
    try:
        chosen = parse_selection(text, IDS)
    except ConfigError:
        return
    assert chosen
    assert list(chosen) == sorted(set(chosen))
    assert set(chosen) <= set(range(len(IDS)))
