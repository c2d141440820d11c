"""The compiler that compiles nothing: the action is the prompt, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio.plugin import Capability, CompiledPrompt, Part, PromptUnit, fit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ministudio.plugin import ModelCard, PluginContext, PromptInput

__all__ = ["VerbatimCompiler"]

_WHY: Final = "left out, the action alone is the prompt"


class VerbatimCompiler:
    """Passes the action on as it was written, for prompts composed by hand."""

    def __init__(self, context: PluginContext | None = None) -> None:
        del context

    def compile(self, shot: PromptInput, card: ModelCard) -> CompiledPrompt:
        """Return the action, cut only where the model reads no further.

        What must not be seen is passed on beside it to a model that takes it so.
        """
        fitted = fit([Part(label="action", text=shot.action, priority=0)], card.prompt)
        apart = card.can(Capability.NEGATIVE_PROMPT)
        return CompiledPrompt(
            text=fitted.text,
            negative=", ".join(shot.negative) if apart else "",
            used=fitted.used,
            unit=card.prompt.unit if card.prompt else PromptUnit.CHARACTERS,
            budget=card.prompt.size if card.prompt else None,
            dropped=(*_unsaid(shot, negatives=not apart), *fitted.dropped),
            parts=fitted.parts,
        )


def _unsaid(shot: PromptInput, *, negatives: bool) -> Iterator[str]:
    """What somebody who composed the action may still wonder about: words, sounds, negatives."""
    for number, spoken in enumerate(shot.dialogue, 1):
        name = shot.speakers.get(spoken.speaker, spoken.speaker)
        yield f"line {number} of {name}: {_WHY}"
    if shot.sound:
        yield f"sound: {_WHY}"
    if negatives:
        yield from (f"negative {term!r}: {_WHY}" for term in shot.negative)
