"""The tests that every prompt compiler passes; its author inherits them. Needs hypothesis.

A complete test file::

    from ministudio.testing import PromptCompilerConformance

    class TestTerse(PromptCompilerConformance):
        plugin = "ministudio_terse"  # the entry module
        name = "terse"               # may be left out where the plugin has one compiler
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ministudio.plugin import (
    CompiledPrompt,
    ModelCard,
    PromptBudget,
    PromptCompiler,
    PromptInput,
    PromptUnit,
    measure,
)
from ministudio.testing.checks.light import HEAVY
from ministudio.testing.checks.subject import none_of, wrong
from ministudio.testing.plugins import PluginConformance
from ministudio.testing.prompting.checks import PromptChecks
from ministudio.testing.prompting.shots import HUGE, RICH, SHOTS, TALKING
from ministudio.testing.prompts import prompt_budgets, prompt_cards, prompt_inputs

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DataObject

__all__ = ["PromptCompilerConformance"]

_SECONDS: Final = 2.0
_QUICK_SETTINGS: Final = settings(
    max_examples=20,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # making an example smaller takes minutes where compiling is slow
    derandomize=True,  # an author's run fails for what the author changed
    suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
)


def _quick(test: Callable[..., None]) -> Callable[..., None]:
    """Try a few examples; a thread that an earlier test left may throw dice meanwhile."""
    dice = pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
    quick: Callable[..., None] = dice(_QUICK_SETTINGS(test))
    return quick


class PromptCompilerConformance(PromptChecks, PluginConformance):
    """What a prompt compiler promises; a subclass says which one, and needs no fixture."""

    def test_it_is_a_compiler_made_of_nothing(self) -> None:
        """The core calls the factory without arguments."""
        if not isinstance(made := self.compiler(), PromptCompiler):
            wrong(f"{self.spec().factory}() made a {type(made).__name__}, without compile()")

    def test_a_prompt_is_a_prompt(self) -> None:
        """The result is of the types that the core asks for."""
        for shot in SHOTS:
            prompt = self.compiled(shot, self.card())
            odd = [line for line in prompt.dropped if not str(line).strip() or "\n" in str(line)]
            if odd:
                wrong(f"dropped holds {odd[0]!r}: write one line for each thing, with its reason")
            if not prompt.text.strip():
                wrong(f"the prompt for {shot.action!r} is empty")

    def test_every_dialect_it_names_is_compiled(self) -> None:
        """A model is spoken to in its own dialect."""
        for dialect in self.dialects():
            card = attrs.evolve(self.card(), dialect=dialect)
            assert self.compiled(RICH, card).text.strip(), dialect

    @_quick
    @given(prompt_inputs(), prompt_cards())
    def test_asked_twice_it_says_the_same(self, shot: PromptInput, card: ModelCard) -> None:
        """A plan that is made again is the same plan."""
        if self.compiled(shot, card) != self.compiled(shot, card):
            wrong(f"compile() says something else the second time, for {shot}")

    def test_a_compiler_remembers_nothing(self) -> None:
        """Other shots in between change nothing."""
        compiler, card = self.compiler(), self.card()
        before = [compiler.compile(shot, card) for shot in SHOTS]
        after = [compiler.compile(shot, card) for shot in reversed(SHOTS)]
        if before != after[::-1]:
            wrong("compile() says something else after other shots: keep nothing in the compiler")

    def test_eight_threads_compile_with_one_compiler(self) -> None:
        """A plan may be made of many shots at once."""
        compiler, card = self.compiler(), self.card(PromptBudget(300))
        found: list[CompiledPrompt] = []

        def compile_all() -> None:
            found.extend(compiler.compile(shot, card) for shot in SHOTS)

        threads = [threading.Thread(target=compile_all) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert len(found) == 8 * len(SHOTS)
        assert len({repr(prompt) for prompt in found}) == len(SHOTS)

    def test_in_another_process_it_says_the_same(self) -> None:
        """Neither the process nor the seed of its hashes changes a prompt."""
        first, second = self.apart("1"), self.apart("99")
        for one, other in zip(first["prompts"], second["prompts"], strict=True):
            if one != other:
                wrong(
                    "compile() says something else in another process, with another seed for "
                    f"hashes; do not let the order of a set decide:\n  {one}\n  {other}"
                )

    @pytest.mark.parametrize("kind", ["file", "connection", "process", "variable"])
    def test_compiling_touches_nothing(self, kind: str) -> None:
        """A prompt comes from the shot and the card alone."""
        none_of(
            [
                f"compile() touches the {kind} {what} ({where}): take everything from the shot "
                "and the card, and read data of your own when the module is imported"
                for happened, what, where in self.apart("1")["seen"]
                if happened == kind
            ]
        )

    def test_compiling_imports_no_sdk(self) -> None:
        """Plans are made without anybody's library."""
        none_of(
            [
                f"compile() imports {package!r}: compile without it"
                for package in (*self.sdk, *HEAVY)
                if any(f"{m}.".startswith(f"{package}.") for m in self.apart("1")["imported"])
            ]
        )

    @pytest.mark.parametrize("unit", list(PromptUnit))
    @_quick
    @given(data=st.data())
    def test_no_prompt_is_longer_than_its_model_reads(
        self, unit: PromptUnit, data: DataObject
    ) -> None:
        """Whatever the shot, the budget holds, in each unit."""
        shot = data.draw(prompt_inputs())
        card = data.draw(prompt_cards(self.dialects()[0], prompt_budgets(unit)))
        prompt = self.compiled(shot, card)
        if card.prompt and (used := measure(prompt.text, card.prompt)) > card.prompt.size:
            wrong(
                f"the prompt takes {used} {unit.value}, and the model reads {card.prompt.size}: "
                f"fit() leaves out what matters least; for {shot}"
            )

    @_quick
    @given(prompt_inputs(), prompt_cards())
    def test_it_counts_as_the_core_counts(self, shot: PromptInput, card: ModelCard) -> None:
        """What a prompt says of its length is its length."""
        prompt, budget = self.compiled(shot, card), card.prompt
        expected = (
            measure(prompt.text, budget),
            budget.unit if budget else PromptUnit.CHARACTERS,
            budget.size if budget else None,
        )
        if (prompt.used, prompt.unit, prompt.budget) != expected:
            wrong(
                f"used, unit and budget are {(prompt.used, prompt.unit, prompt.budget)}, and "
                f"measure(text, card.prompt) and the card say {expected}"
            )

    @_quick
    @given(prompt_inputs(), prompt_budgets())
    def test_what_is_left_out_for_length_is_told(
        self, shot: PromptInput, budget: PromptBudget
    ) -> None:
        """Nothing is left out silently: each thing is a line of ``dropped``."""
        whole, cut = self.compiled(shot, self.card()), self.compiled(shot, self.card(budget))
        if whole.text != cut.text and not set(cut.dropped) - set(whole.dropped):
            wrong(
                f"with {budget.size} {budget.unit.value} to say it in, the prompt says less than "
                f"without a limit, and dropped does not tell what is missing: {cut.text!r}"
            )

    def test_what_it_is_given_stays_as_it_was(self) -> None:
        """The same shot is compiled for other models afterwards."""
        for shot in (RICH, TALKING):
            card, before = self.card(), repr(shot)
            self.compiled(shot, card)
            if (repr(shot), card) != (before, self.card()):
                wrong("compile() changed the shot or the card that it was given")

    def test_a_huge_shot_is_compiled_at_once(self) -> None:
        """A plan of thousands of shots waits for each."""
        card = self.card(PromptBudget(512, PromptUnit.TOKENS))
        began = time.process_time()
        self.compiled(HUGE, card)
        if (seconds := time.process_time() - began) > _SECONDS:
            wrong(
                f"a shot with 60 characters and 100 lines took {seconds:.1f} s: leave out first, "
                "and count once for each part"
            )
