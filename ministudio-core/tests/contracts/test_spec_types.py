"""Specs and cards refuse wrong types where they are made, inside the guard around a plugin."""

from __future__ import annotations

import pytest

from ministudio.contracts.cards import ModelCard, permissive_card
from ministudio.contracts.specs import PromptCompilerSpec, VideoProviderSpec


def spec(**changes: object) -> VideoProviderSpec:
    values = {"name": "mine", "factory": "a.b:C", "summary": "", "models": [permissive_card("m")]}
    return VideoProviderSpec(**{**values, **changes})


def test_sequences_become_tuples_so_that_a_generator_is_read_once() -> None:
    made = spec(models=(permissive_card(name) for name in "ab"))
    assert [card.id for card in made.models] == ["a", "b"]
    assert [card.id for card in made.models] == ["a", "b"]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "My Provider"},
        {"name": 3},
        {"name": "-x"},
        {"factory": "a.b"},
        {"factory": "a b:c"},
        {"factory": print},
        {"factory": None},
        {"summary": None},
        {"models": []},
        {"models": ["m"]},
        {"models": 3},
        {"settings": ["KEY"]},
        {"look_over": "a.b"},
        {"look_over": print},
    ],
)
def test_a_wrong_field_of_a_spec_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        spec(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": 3},
        {"aliases": "veo"},
        {"fps": ["24"]},
        {"resolutions": ["720p"]},
        {"capabilities": {"text": "full"}},
        {"prices": [0.4]},
    ],
)
def test_a_wrong_field_of_a_card_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        ModelCard(**{"id": "m", "title": "M", **changes})


def test_dialects_are_a_list_of_texts() -> None:
    with pytest.raises(TypeError, match="a list of texts"):
        PromptCompilerSpec(name="mine", factory="a:b", summary="", dialects="prose")
