from __future__ import annotations

import json

import pytest

from ministudio.contracts.budget import Part
from ministudio.contracts.cards import PromptUnit
from ministudio.contracts.prompts import CompiledPrompt
from ministudio.prompts.explain import explain

PARTS = (Part("A lamp sways.", 100, "action"), Part("Wide shot.", 90, "camera"))
PROMPT = CompiledPrompt(
    text="A lamp sways. Wide shot.",
    negative="text",
    used=24,
    budget=2000,
    dropped=["mood: left out, the model reads 2000 characters"],
    parts=PARTS,
)


def test_an_explanation_says_what_each_sentence_was_made_from_and_what_was_left_out():
    explanation = explain(PROMPT)
    assert explanation.parts == PARTS
    assert explanation.dropped == ("mood: left out, the model reads 2000 characters",)
    assert explanation.negative == "text"


@pytest.mark.parametrize(
    ("used", "unit", "budget", "size"),
    [
        (24, PromptUnit.CHARACTERS, 2000, "24 of 2,000 characters"),
        (5, PromptUnit.WORDS, None, "5 words"),
        (300, PromptUnit.TOKENS, 512, "about 300 of 512 tokens"),
    ],
)
def test_a_length_is_said_in_the_unit_the_model_counts_in(used, unit, budget, size):
    prompt = CompiledPrompt(text="A lamp.", used=used, unit=unit, budget=budget)
    assert explain(prompt).size == size


def test_a_prompt_whose_compiler_says_nothing_of_its_parts_is_one_part():
    assert explain(CompiledPrompt(text="A lamp.")).parts == (Part("A lamp.", 0, "the prompt"),)


def test_an_explanation_is_plain_json():
    data = json.loads(json.dumps(explain(PROMPT).data()))
    assert data["text"] == PROMPT.text
    assert data["parts"][1] == {"from": "camera", "text": "Wide shot.", "priority": 90}
