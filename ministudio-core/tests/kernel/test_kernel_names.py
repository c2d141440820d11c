"""Whose a name is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.kernel.claims import Discovery
from ministudio.kernel.names import FIRST_PARTY, owner, unknown
from ministudio.kernel.records import FoundPlugin

words = st.lists(st.sampled_from(["a", "b", "hf", "local"]), min_size=1, max_size=4)
ids = st.lists(words.map("-".join), max_size=6)


@settings(max_examples=200, deadline=None)
@given(words.map("-".join), ids)
def test_a_name_belongs_to_the_longest_id_that_begins_it_word_by_word(
    name: str, known: list[str]
) -> None:
    parts = name.split("-")
    prefixes = ["-".join(parts[:end]) for end in range(len(parts), 0, -1)]
    expected = next((prefix for prefix in prefixes if prefix in known), None)
    assert owner(name, known) == expected


@settings(max_examples=100, deadline=None)
@given(words.map("-".join), ids, st.randoms(use_true_random=False))
def test_the_order_of_installation_decides_nothing(name: str, known: list[str], random) -> None:
    shuffled = random.sample(known, len(known))
    assert owner(name, known) == owner(name, shuffled)


@settings(max_examples=100, deadline=None)
@given(words.map("-".join), ids, words.map("-".join))
def test_installing_another_plugin_never_takes_a_name_to_a_shorter_id(
    name: str, known: list[str], new: str
) -> None:
    before, after = owner(name, known), owner(name, [*known, new])
    assert after in {before, new}
    assert len(after or "") >= len(before or "")


def test_an_id_does_not_own_a_name_that_only_begins_with_its_letters() -> None:
    assert owner("hfx", ["hf"]) is None


def installed(*names: str) -> Discovery:
    return Discovery({name: FoundPlugin(name, name, f"ministudio-{name}", "1") for name in names})


@pytest.mark.parametrize(("id_", "distribution"), FIRST_PARTY.items())
def test_a_plugin_of_ours_that_is_missing_comes_with_what_to_install(
    id_: str, distribution: str
) -> None:
    for name in (id_, f"{id_}-fast"):
        error = unknown("provider", name, ["other"], installed("other"))
        assert error.hint == f"pip install {distribution}"


def test_a_misspelt_plugin_of_ours_is_recognised() -> None:
    hint = unknown("provider", "vertx", ["animatic"], installed("animatic")).hint
    assert hint is not None
    assert "did you mean 'vertex'" in hint
    assert "pip install ministudio-vertex" in hint


def test_what_is_installed_is_suggested_before_what_is_not() -> None:
    error = unknown("provider", "animatik", ["animatic"], installed("animatic"))
    assert error.hint == "did you mean 'animatic'?"


def test_a_model_of_a_known_family_comes_with_what_to_install() -> None:
    assert unknown("model", "veo-9", [], installed()).hint == "pip install ministudio-vertex"
    error = unknown("model", "vertex/veo-9", [], installed())
    assert error.hint == "pip install ministudio-vertex"
