"""What a prompt is made of and what it leaves out, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.contracts.budget import Part
from ministudio.contracts.cards import PromptUnit

if TYPE_CHECKING:
    from ministudio.contracts.prompts import CompiledPrompt

__all__ = ["Explanation", "explain"]


@attrs.frozen(kw_only=True)
class Explanation:
    """One prompt, taken apart.

    Args:
        text: The prompt.
        parts: What it says, in order, each with what it was made from.
        negative: The negative prompt, where the model has one.
        used: How much of the budget it takes; tokens are estimated.
        unit: What is counted.
        budget: How much the model reads; None where no limit is known.
        dropped: What was left out, each as one line that says what and why.
    """

    text: str
    parts: Sequence[Part]
    negative: str
    used: int
    unit: PromptUnit
    budget: int | None
    dropped: Sequence[str]

    @property
    def size(self) -> str:
        """Its length in words, such as ``182 of 2,000 characters``."""
        about = "about " if self.unit is PromptUnit.TOKENS else ""
        limit = "" if self.budget is None else f" of {self.budget:,}"
        return f"{about}{self.used:,}{limit} {self.unit.value}"

    def data(self) -> dict[str, Any]:
        """Return everything as plain JSON data."""
        return {
            "text": self.text,
            "negative": self.negative,
            "used": self.used,
            "unit": self.unit.value,
            "budget": self.budget,
            "parts": [
                {"from": part.label, "text": part.text, "priority": part.priority}
                for part in self.parts
            ],
            "dropped": list(self.dropped),
        }


def explain(prompt: CompiledPrompt) -> Explanation:
    """Return a compiled prompt taken apart.

    A compiler that does not say what its prompt is made of gets one part, the whole.
    """
    return Explanation(
        text=prompt.text,
        parts=tuple(prompt.parts) or (Part(prompt.text, 0, "the prompt"),),
        negative=prompt.negative,
        used=prompt.used,
        unit=prompt.unit,
        budget=prompt.budget,
        dropped=tuple(prompt.dropped),
    )
