"""Checks of what a prompt says: the action, the lines, what must not be seen, and no more."""

from __future__ import annotations

from typing import Final

import attrs
import pytest

from ministudio.plugin import ModelCard, PromptBudget, PromptInput, PromptUnit, Support, measure
from ministudio.testing.checks.subject import none_of, wrong
from ministudio.testing.prompting.apart import cards
from ministudio.testing.prompting.base import Compiling, lost, slips
from ministudio.testing.prompting.shots import FOREIGN, PLAIN, RICH, TALKING, TEMPLATES

__all__ = ["PromptChecks"]

_BUDGETS: Final = tuple(
    PromptBudget(size, unit)
    for unit, sizes in {
        PromptUnit.CHARACTERS: (20, 60, 160, 400),
        PromptUnit.WORDS: (5, 15, 40, 90),
        PromptUnit.TOKENS: (8, 25, 70, 200),
    }.items()
    for size in sizes
)


class PromptChecks(Compiling):
    """What somebody reads who wonders why a clip looks as it does."""

    @pytest.mark.parametrize("unit", list(PromptUnit))
    def test_the_action_stays_when_there_is_room_for_little_else(self, unit: PromptUnit) -> None:
        """What happens matters more than how it looks."""
        budget = PromptBudget(1, unit)
        room = measure(RICH.action, budget) * 4 // 3
        prompt = self.compiled(RICH, self.card(attrs.evolve(budget, size=room)))
        if missing := lost(RICH.action, prompt.text):
            wrong(
                f"with {room} {unit.value} to say it in, {', '.join(missing)} of the action are "
                f"missing: {prompt.text!r}. Give the action the highest priority"
            )

    def test_the_action_is_in_every_prompt(self) -> None:
        """Whatever else is said, what happens is."""
        for shot in (PLAIN, RICH, TALKING, FOREIGN):
            if missing := lost(shot.action, self.compiled(shot, self.card()).text):
                wrong(f"{', '.join(missing)} of the action {shot.action!r} are not in the prompt")

    def test_spoken_words_are_said_to_the_letter_or_told_as_left_out(self) -> None:
        """An actor's line is nobody's to change."""
        silent = attrs.evolve(TALKING, dialogue=())
        for budget in (None, *_BUDGETS):
            card = self.card(budget)
            prompt = self.compiled(TALKING, card)
            missing = [one.line for one in TALKING.dialogue if one.line not in prompt.text]
            if missing and not self._told(TALKING, silent, card):
                wrong(
                    f"the line {missing[0]!r} is not in the prompt to the letter, and dropped "
                    f"does not say that it was left out: {prompt.text!r}"
                )

    def test_a_line_that_a_silent_model_cannot_say_is_told_as_left_out(self) -> None:
        """A model without sound draws the words as lettering, or nothing."""
        card = self.card(audio=Support.NONE)
        prompt = self.compiled(TALKING, card)
        silent = attrs.evolve(TALKING, dialogue=())
        quoted = all(one.line in prompt.text for one in TALKING.dialogue)
        if not quoted and not self._told(TALKING, silent, card):
            wrong(
                "the model has no sound, and dropped does not say that lines are left out: write "
                "one line for each"
            )

    @pytest.mark.parametrize("support", [Support.FULL, Support.NONE])
    def test_what_must_not_be_seen_is_said_or_told_as_left_out(self, support: Support) -> None:
        """It goes into the negative prompt, or it is said otherwise, or dropped tells it."""
        card = self.card(negative_prompt=support)
        prompt = self.compiled(RICH, card)
        for term in RICH.negative:
            without = attrs.evolve(RICH, negative=[n for n in RICH.negative if n != term])
            other = self.compiled(without, card)
            if (prompt.text, prompt.negative, prompt.dropped) == (
                other.text,
                other.negative,
                other.dropped,
            ):
                wrong(f"{term!r} must not be seen, and neither the prompt nor dropped says so")

    def test_a_model_without_a_negative_prompt_is_given_none(self) -> None:
        """Nobody reads it there."""
        prompt = self.compiled(RICH, self.card(negative_prompt=Support.NONE))
        if prompt.negative:
            wrong(
                f"the card says that the model takes no negative prompt, and compile() gave "
                f"negative={prompt.negative!r}: look at card.can(Capability.NEGATIVE_PROMPT)"
            )

    def test_letters_of_every_script_stay_as_they_are(self) -> None:
        """A story is told in any language."""
        prompt = self.compiled(FOREIGN, self.card())
        if missing := lost(FOREIGN.action, prompt.text):
            wrong(f"{', '.join(missing)} of {FOREIGN.action!r} are not in {prompt.text!r}")
        prompt.text.encode("utf-8")

    def test_words_of_the_story_are_no_template(self) -> None:
        """Braces, dollars and percent signs are somebody's words."""
        prompt = self.compiled(TEMPLATES, self.card())
        if missing := lost(TEMPLATES.action, prompt.text):
            wrong(
                f"{', '.join(missing)} of the action {TEMPLATES.action!r} are not in the prompt: "
                "put texts together with join(), and never run a story's words through format(), "
                f"% or a template: {prompt.text!r}"
            )

    @pytest.mark.parametrize("shot", [PLAIN, RICH, TALKING], ids=["plain", "rich", "talking"])
    def test_nothing_stands_in_a_prompt_by_mistake(self, shot: PromptInput) -> None:
        """No None, no empty brackets, no doubled spaces, no Python."""
        for card in cards(self.dialects()[0]):
            prompt = self.compiled(shot, card)
            none_of(
                [
                    f"there is {what} in the prompt: {text!r}"
                    for text in (prompt.text, prompt.negative)
                    for what in slips(text)
                ]
            )

    def test_an_action_alone_is_enough(self) -> None:
        """A shot may say nothing else."""
        for action in ("Go.", "x", "灯"):
            assert self.compiled(PromptInput(action=action), self.card()).text.strip()

    def test_its_parts_are_in_its_text(self) -> None:
        """Whoever asks where a sentence comes from finds it."""
        prompt = self.compiled(RICH, self.card())
        if not prompt.parts:
            pytest.skip("it does not say what its text is made of: parts is empty")
        none_of(
            [
                f"the part {part.label!r} says {part.text!r}, which is not in the text"
                for part in prompt.parts
                if part.text not in prompt.text
            ]
        )

    def _told(self, shot: PromptInput, other: PromptInput, card: ModelCard) -> bool:
        """Whether ``dropped`` tells something of a shot that it does not tell of another."""
        told = self.compiled(shot, card).dropped
        return bool(set(told) - set(self.compiled(other, card).dropped))
