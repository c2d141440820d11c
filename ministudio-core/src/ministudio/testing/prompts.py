"""Hypothesis strategies for what prompt compilers are given: any shot, and any card.

Use them in tests of a compiler of your own::

    from hypothesis import given
    from ministudio.testing.prompts import prompt_cards, prompt_inputs

    @given(prompt_inputs(), prompt_cards())
    def test_the_action_comes_first(shot, card): ...

Needs the package ``hypothesis``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from ministudio.plugin import (
    Camera,
    Capability,
    Cast,
    Character,
    CharacterState,
    Continuity,
    Dialogue,
    Environment,
    EnvironmentContext,
    Lighting,
    ModelCard,
    Persona,
    PromptBudget,
    PromptInput,
    PromptUnit,
    Style,
    Support,
    Voice,
)
from ministudio.testing.productions import AWKWARD_TEXTS, parts

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["prompt_budgets", "prompt_cards", "prompt_inputs"]

_IDS = st.sampled_from(("ana", "bo", "cy"))
_WORDS = st.sampled_from([text for text in AWKWARD_TEXTS if text.strip()]) | st.sampled_from(
    ("A grey window. The rain, slow; then none", "holding it - barely", "THE TEA", "wet")
)
_FEW = 3


@st.composite
def prompt_inputs(draw: st.DrawFn) -> PromptInput:
    """Return shots with anything in them that a story's vocabulary allows."""
    cast = draw(
        st.lists(
            st.builds(Cast, id=_IDS, character=parts(Character), state=parts(CharacterState)),
            max_size=_FEW,
            unique_by=lambda one: one.id,
        )
    )
    dialogue = draw(st.lists(parts(Dialogue, speaker=_IDS), max_size=_FEW))
    count = draw(st.integers(1, 3))
    return PromptInput(
        action=draw(_WORDS),
        camera=draw(parts(Camera)),
        style=draw(parts(Style)),
        cast=cast,
        speakers={spoken.speaker: draw(_WORDS) for spoken in dialogue},
        voices={spoken.speaker: draw(parts(Voice)) for spoken in dialogue[:1]},
        place=draw(st.none() | parts(Environment)),
        context=draw(parts(EnvironmentContext)),
        lighting=draw(st.none() | parts(Lighting)),
        persona=draw(st.none() | parts(Persona)),
        mood=draw(_WORDS | st.just("")),
        dialogue=dialogue,
        narration=draw(_WORDS | st.just("")),
        sound=draw(_WORDS | st.just("")),
        audio=draw(st.booleans()),
        notes=draw(_WORDS | st.just("")),
        negative=draw(st.lists(_WORDS, max_size=_FEW)),
        continuity=draw(st.sampled_from(Continuity)),
        previous_action=draw(_WORDS | st.just("")),
        language=draw(st.sampled_from(("en", "en-GB", "ja", "tlh"))),
        part=draw(st.integers(1, count)),
        parts=count,
    )


def prompt_budgets(unit: PromptUnit | None = None) -> SearchStrategy[PromptBudget]:
    """Return budgets from almost nothing to plenty.

    Args:
        unit: What they count; None means anything.
    """
    units = st.sampled_from(PromptUnit) if unit is None else st.just(unit)
    return st.builds(PromptBudget, st.integers(1, 700), units, st.sampled_from((1.0, 3.0, 4.0)))


def prompt_cards(
    dialect: str = "prose", budgets: SearchStrategy[PromptBudget | None] | None = None
) -> SearchStrategy[ModelCard]:
    """Return cards that differ in what matters to a prompt: sound, negatives and the budget.

    Args:
        dialect: The dialect that they name.
        budgets: Their budgets; by default any, or none.
    """
    return st.builds(
        ModelCard,
        id=st.just("model"),
        title=st.just("Model"),
        dialect=st.just(dialect),
        capabilities=st.dictionaries(
            st.sampled_from((Capability.AUDIO, Capability.NEGATIVE_PROMPT)),
            st.sampled_from(Support),
        ),
        prompt=st.none() | prompt_budgets() if budgets is None else budgets,
    )
