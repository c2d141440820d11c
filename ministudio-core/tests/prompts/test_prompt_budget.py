from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.contracts.budget import Part, fit, measure
from ministudio.contracts.cards import PromptBudget, PromptUnit

pure = settings(max_examples=150, deadline=None)

WORDS = st.sampled_from(
    ["a", "lantern", "sways,", "slowly.", "Who?", "rain;", "don't", "灯が揺れる。", "дождь", "🌧"]
)
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)
PARTS = st.lists(st.tuples(TEXTS, st.integers(0, 4)), max_size=8).map(
    lambda drawn: [Part(text, priority, f"part {n}") for n, (text, priority) in enumerate(drawn)]
)
UNITS = st.sampled_from(PromptUnit)


def budget(size: int, unit: PromptUnit = PromptUnit.CHARACTERS) -> PromptBudget:
    return PromptBudget(size, unit)


@pure
@given(PARTS, st.integers(0, 300), UNITS)
def test_the_result_is_always_within_the_budget(parts, size, unit):
    fitted = fit(parts, budget(size, unit))
    assert fitted.used == measure(fitted.text, budget(size, unit)) <= size


@pure
@given(PARTS, UNITS)
def test_nothing_is_dropped_when_it_fits(parts, unit):
    whole = " ".join(part.text for part in parts if part.text.strip())
    exact = budget(measure(whole, budget(0, unit)), unit)
    assert fit(parts, exact).text == whole
    assert not fit(parts, exact).dropped


@pure
@given(PARTS, st.integers(0, 300), st.integers(0, 100), UNITS)
def test_a_larger_budget_never_drops_more(parts, size, more, unit):
    small, large = fit(parts, budget(size, unit)), fit(parts, budget(size + more, unit))
    kept = {part.label for part in large.parts}
    assert {part.label for part in small.parts} <= kept
    assert len(large.dropped) <= len(small.dropped)
    if [p.label for p in small.parts] == [p.label for p in large.parts]:
        assert large.used >= small.used


@pure
@given(PARTS, st.integers(0, 300), UNITS)
def test_every_part_is_kept_whole_or_reported(parts, size, unit):
    fitted = fit(parts, budget(size, unit))
    whole = {part.label: part.text for part in fitted.parts}
    reported = {line.split(":")[0] for line in fitted.dropped}
    for part in parts:
        if part.text.strip():
            assert (whole.get(part.label) == part.text) != (part.label in reported)


@pure
@given(PARTS, st.integers(0, 300), UNITS)
def test_no_part_is_left_out_while_a_less_important_one_stays(parts, size, unit):
    fitted = fit(parts, budget(size, unit))
    kept = {part.label for part in fitted.parts}
    gone = [p.priority for p in parts if p.text.strip() and p.label not in kept]
    assert max(gone, default=0) <= min((p.priority for p in fitted.parts), default=99)


@pure
@given(st.lists(st.sampled_from(["lamp", "door,", "opens.", "it;"]), max_size=30), st.data())
def test_a_text_cut_short_is_a_beginning_of_whole_words(words, data):
    text = " ".join(words)
    size = data.draw(st.integers(0, len(text)))
    cut = fit([Part(text, 1, "action")], budget(size)).text
    assert cut.split() == [] or [w.strip(".,;") for w in cut.split()] == [
        w.strip(".,;") for w in words[: len(cut.split())]
    ]


def test_of_parts_that_matter_equally_the_later_goes_first():
    parts = [Part("First.", 5, "first"), Part("Second.", 5, "second")]
    assert fit(parts, budget(10)).text == "First."


def test_kept_parts_stay_in_the_order_they_are_read_in():
    parts = [Part("Low.", 1, "low"), Part("High.", 9, "high"), Part("Lowest.", 0, "lowest")]
    assert fit(parts, budget(9)).text == "High."
    assert fit(parts, budget(10)).text == "Low. High."


def test_what_is_left_out_is_said_with_the_reason():
    parts = [Part("She opens the door.", 9, "action"), Part("Film grain.", 1, "texture")]
    assert fit(parts, budget(20)).dropped == ("texture: left out, the model reads 20 characters",)


@pytest.mark.parametrize(
    ("size", "cut"),
    [
        (80, "She opens the door. Behind it, the sea waits; it has waited a long time."),
        (50, "She opens the door. Behind it, the sea waits."),
        (38, "She opens the door."),
        (18, "She opens the."),
        (3, ""),
    ],
)
def test_the_essential_part_is_cut_at_a_sentence_then_a_clause_then_a_word(size, cut):
    text = "She opens the door. Behind it, the sea waits; it has waited a long time."
    assert fit([Part(text, 9, "action")], budget(size)).text == cut


def test_a_cut_is_reported_with_both_lengths():
    fitted = fit([Part("One two three. Four five.", 9, "action")], budget(3, PromptUnit.WORDS))
    assert fitted.dropped == ("action: cut short, from 5 to 3, the model reads 3 words",)
    assert fitted.parts == (Part("One two three.", 9, "action"),)


def test_a_title_before_a_name_does_not_end_a_sentence():
    text = "Slowly comes Mr. Hale, waving."
    assert fit([Part(text, 9, "action")], budget(22)).text == "Slowly comes Mr. Hale."


def test_a_script_without_spaces_is_cut_between_characters():
    assert fit([Part("灯が揺れて影が伸びる", 9, "action")], budget(6)).text == "灯が揺れて。"


def test_a_script_without_spaces_counts_each_character_as_a_word():
    assert measure("灯が揺れる lamp", budget(9, PromptUnit.WORDS)) == 6


def test_tokens_are_estimated_from_above_by_bytes():
    tokens = PromptBudget(10, PromptUnit.TOKENS, characters_per_token=3.0)
    assert measure("abcdefg", tokens) == 3
    assert measure("灯が", tokens) == 2
    assert measure("", tokens) == 0


def test_without_a_budget_everything_is_kept_and_counted_in_characters():
    fitted = fit([Part("One.", 1, "a"), Part(" ", 9, "blank"), Part("Two.", 0, "b")], None)
    assert (fitted.text, fitted.used, fitted.dropped) == ("One. Two.", 9, ())
