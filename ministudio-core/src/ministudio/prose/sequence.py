"""How a clip follows what is before it: the shot before, or the part before of the same shot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.prose.words import sentence, sentences
from ministudio.story.vocabulary import Continuity

if TYPE_CHECKING:
    from ministudio.contracts.prompts import PromptInput

__all__ = ["continuity_text", "part_text"]


def continuity_text(shot: PromptInput) -> str:
    """Return that the clip goes on from the shot before, where it does, and how that one ended."""
    if shot.continuity not in {Continuity.CHAIN, Continuity.EXTEND} or shot.part > 1:
        return ""
    opening = "The shot goes on without a break from the one before"
    before = sentences(shot.previous_action)
    return f"{opening}, which ended like this: {sentence(before[-1])}" if before else f"{opening}."


def part_text(shot: PromptInput) -> str:
    """Return which stretch of the action this clip shows, where a shot is made in parts."""
    if shot.parts <= 1:
        return ""
    if shot.part <= 1:
        return "This clip is the first part of one continuous take: the action only begins here."
    if shot.part < shot.parts:
        return (
            f"This clip is part {shot.part} of {shot.parts} of one continuous take: "
            "the action is under way and goes on."
        )
    return "This clip is the last part of one continuous take: the action comes to its end here."
