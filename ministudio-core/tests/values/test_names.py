"""A slip of the finger is answered with what was meant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.values.names import did_you_mean, one_of

CHOICES = ["duration", "characters", "environment", "negative_prompt"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("duraton", "duration"),
        ("CHARACTERS", "characters"),
        ("enviroment", "environment"),
        ("negative-prompt", "negative_prompt"),
        ("zzz", None),
        ("", None),
    ],
)
def test_the_nearest_choice_is_suggested(typed, meant):
    assert did_you_mean(typed, CHOICES) == meant


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=5))
def test_only_a_choice_is_ever_suggested(typed, choices):
    assert did_you_mean(typed, choices) in {None, *choices}


def test_one_of_suggests_where_something_is_near():
    assert one_of("duraton", CHOICES) == "did you mean 'duration'?"


def test_one_of_lists_the_choices_where_nothing_is():
    assert one_of("zzz", ["b", "a"]) == "choose one of: a, b"


def test_one_of_says_how_many_it_leaves_out():
    text = one_of("zzz", [f"name{n:02}" for n in range(15)])
    assert text.endswith("name11 and 3 more")


def test_one_of_nothing_says_so():
    assert one_of("zzz", []) == "there is none to choose from"
