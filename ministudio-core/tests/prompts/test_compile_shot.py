from __future__ import annotations

import attrs
import pytest

from ministudio.contracts.budget import Part
from ministudio.contracts.cards import Capability, ModelCard, PromptBudget, PromptUnit, Support
from ministudio.contracts.prompts import CompiledPrompt, PromptInput
from ministudio.errors import ConfigError, PluginError
from ministudio.prompts.compile import compile_shot

SHOT = PromptInput(action="A lamp sways.", shot_id="lamp")
CARD = ModelCard(id="m-1", title="Model One", prompt=PromptBudget(20))


@attrs.frozen
class Says:
    """A compiler that returns one thing."""

    answer: object

    def compile(self, shot, card):
        return self.answer


@attrs.frozen
class Raises:
    """A compiler that fails in one way."""

    error: BaseException

    def compile(self, shot, card):
        raise self.error


def test_a_good_prompt_comes_through_with_its_parts():
    part = Part("A lamp sways.", 1, "action")
    made = compile_shot(SHOT, CARD, Says(CompiledPrompt(text=part.text, parts=[part])))
    assert (made.text, list(made.parts)) == (part.text, [part])


def test_what_a_compiler_says_of_lengths_is_measured_again():
    lie = CompiledPrompt(text="A lamp sways.", used=2, unit=PromptUnit.WORDS, budget=9)
    made = compile_shot(SHOT, CARD, Says(lie))
    assert (made.used, made.unit, made.budget) == (13, PromptUnit.CHARACTERS, 20)


def test_a_prompt_over_the_budget_is_refused_whatever_it_claims():
    lie = CompiledPrompt(text="A lamp sways in the wind.", used=5)
    with pytest.raises(PluginError, match="returned 25 characters, and the model reads 20"):
        compile_shot(SHOT, CARD, Says(lie))


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (None, "returned NoneType, not CompiledPrompt"),
        ("A lamp sways.", "returned str, not CompiledPrompt"),
        (CompiledPrompt(text=b"A lamp"), "text holds bytes, not str"),
        (CompiledPrompt(text="A lamp", negative=None), "negative holds NoneType, not str"),
        (CompiledPrompt(text="A lamp", dropped="grain"), "dropped holds NoneType, not str"),
        (CompiledPrompt(text="A lamp", dropped=[3]), "dropped holds int, not str"),
        (CompiledPrompt(text="A lamp", parts=["A lamp"]), "parts holds str, not Part"),
        (CompiledPrompt(text="A lamp", parts=None), "parts holds NoneType, not Part"),
        (CompiledPrompt(text="  "), "returned an empty prompt"),
    ],
)
def test_anything_but_a_prompt_is_refused_by_name(answer, complaint):
    with pytest.raises(PluginError) as caught:
        compile_shot(SHOT, CARD, Says(answer), name="terse")
    assert complaint in str(caught.value)
    assert "'terse'" in str(caught.value)
    assert "shot 'lamp'" in str(caught.value)
    assert caught.value.hint is not None


def test_a_model_that_reads_no_text_is_sent_none_and_that_is_said():
    wordless = ModelCard(
        id="m-2",
        title="Model Two",
        capabilities={Capability.TEXT: Support.NONE, Capability.NEGATIVE_PROMPT: Support.NONE},
    )
    parts = [Part("A lamp sways.", 1, "action"), Part("It is night.", 1, "place right now")]
    prompt = CompiledPrompt(text="A lamp sways. It is night.", negative="text", parts=parts)
    made = compile_shot(SHOT, wordless, Says(prompt))
    assert (made.text, made.negative, made.used, list(made.parts)) == ("", "", 0, [])
    assert list(made.dropped) == [
        "action, place right now: left out, the model reads no text",
        "negative prompt 'text': left out, the model has none",
    ]
    assert compile_shot(SHOT, wordless, Says(CompiledPrompt(text=""))).dropped == ()


@pytest.mark.parametrize("error", [ZeroDivisionError("by zero"), SystemExit(3), RecursionError()])
def test_a_compiler_that_breaks_is_named_with_the_shot(error):
    with pytest.raises(PluginError) as caught:
        compile_shot(SHOT, CARD, Raises(error))
    assert "prompt compiler 'Raises' failed, shot 'lamp'" in str(caught.value)
    assert caught.value.plugin == "Raises"
    assert caught.value.__cause__ is error


def test_what_a_compiler_explains_itself_keeps_its_hint():
    error = ConfigError("no dialect for this card", hint="choose 'prose'")
    with pytest.raises(PluginError, match="no dialect for this card") as caught:
        compile_shot(SHOT, CARD, Raises(error))
    assert caught.value.hint == "choose 'prose'"


def test_ctrl_c_is_not_taken_for_a_broken_compiler():
    with pytest.raises(KeyboardInterrupt):
        compile_shot(SHOT, CARD, Raises(KeyboardInterrupt()))


def test_a_shot_without_an_id_is_named_by_its_action():
    with pytest.raises(PluginError, match=r"shot 'A lamp sways\.'"):
        compile_shot(attrs.evolve(SHOT, shot_id=""), CARD, Says(None))


def test_a_negative_prompt_for_a_model_that_takes_none_is_left_out_and_recorded():
    card = ModelCard(id="m", title="M", capabilities={Capability.NEGATIVE_PROMPT: Support.NONE})
    made = compile_shot(SHOT, card, Says(CompiledPrompt(text="A lamp.", negative="text")))
    assert made.negative == ""
    assert list(made.dropped) == ["negative prompt 'text': left out, the model has none"]
