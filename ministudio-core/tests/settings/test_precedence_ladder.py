"""Who wins: walked rung by rung, for every key."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.settings.core import RENDER_SETTINGS
from ministudio.settings.precedence import LADDERS, LOOK, MAKING, Resolved, Rung, resolve
from ministudio.settings.video import VideoConfig

EVERYBODY = {rung: dict.fromkeys(LADDERS, f"said by {rung}") for rung in Rung}


@pytest.mark.parametrize("key", LADDERS)
def test_every_rung_is_heard_exactly_when_all_above_it_are_silent(key):
    said = {rung: dict(values) for rung, values in EVERYBODY.items()}
    for rung in LADDERS[key]:
        assert resolve(key, said) == Resolved(f"said by {rung}", rung)
        del said[rung][key]
    assert resolve(key, said) == Resolved(None, Rung.DEFAULT)


def test_a_films_look_belongs_to_its_author():
    assert [rung.value for rung in LOOK] == [
        "the command line",
        "the production",
        "the environment",
        ".env",
        "the profile",
        "ministudio.toml",
        "the built-in default",
    ]
    assert {key for key, ladder in LADDERS.items() if ladder is LOOK} == {
        "aspect_ratio",
        "resolution",
        "fps",
        "seed",
        "negative_prompt",
        "style",
        "mood",
        "continuity",
    }


def test_where_it_is_made_belongs_to_the_machine_and_a_production_only_prefers():
    assert [rung.value for rung in MAKING] == [
        "the command line",
        "the environment",
        ".env",
        "the profile",
        "ministudio.toml",
        "the production",
        "the built-in default",
    ]
    assert {key for key, ladder in LADDERS.items() if ladder is MAKING} == {
        "providers",
        "model",
        "output",
        "concurrency",
        "job_timeout",
        "on_failure",
        "fallback_scope",
        "budget",
        "confirm_above",
        "observers",
        "log_format",
        "log_level",
        "quality",
    }


def test_every_rung_stands_on_both_ladders_once():
    assert sorted(LOOK) == sorted(MAKING) == sorted(Rung)


def test_every_key_has_a_ladder_and_a_variable():
    assert set(LADDERS) == set(RENDER_SETTINGS)
    assert {field.name for field in attrs.fields(VideoConfig)} < set(LADDERS)


@pytest.mark.parametrize("value", [0, "", False, ()])
def test_a_value_that_is_false_is_still_said(value):
    said = {Rung.ARGUMENT: {"seed": value}, Rung.DEFAULT: {"seed": 1}}
    assert resolve("seed", said) == Resolved(value, Rung.ARGUMENT)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(LADDERS)), st.sets(st.sampled_from(Rung), min_size=1))
def test_the_highest_of_those_who_speak_wins(key, speakers):
    said = {rung: EVERYBODY[rung] for rung in speakers}
    assert resolve(key, said).source == min(speakers, key=LADDERS[key].index)
