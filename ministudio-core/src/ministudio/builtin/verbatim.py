"""The compiler that compiles nothing: the action is the prompt, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import CompiledPrompt, Part, PromptUnit, fit

if TYPE_CHECKING:
    from ministudio.plugin import ModelCard, PluginContext, PromptInput

__all__ = ["VerbatimCompiler"]


class VerbatimCompiler:
    """Passes the action on as it was written, for prompts composed by hand."""

    def __init__(self, context: PluginContext | None = None) -> None:
        del context

    def compile(self, shot: PromptInput, card: ModelCard) -> CompiledPrompt:
        """Return the action, cut only where the model reads no further."""
        fitted = fit([Part(label="action", text=shot.action, priority=0)], card.prompt)
        return CompiledPrompt(
            text=fitted.text,
            used=fitted.used,
            unit=card.prompt.unit if card.prompt else PromptUnit.CHARACTERS,
            budget=card.prompt.size if card.prompt else None,
            dropped=fitted.dropped,
            parts=fitted.parts,
        )
