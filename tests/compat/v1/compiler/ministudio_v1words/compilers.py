"""The compilers."""

from functools import partial

from ministudio.plugin import (
    Capability,
    CompiledPrompt,
    Dialect,
    DialectCompiler,
    ModelCard,
    Part,
    PromptInput,
    PromptUnit,
    Support,
    fit,
)

tags = partial(
    DialectCompiler,
    Dialect(
        name="v1words-tags",
        order=["style", "action"],
        priorities={"mood": 95},
        leave_out=["persona"],
        lead="A film still.",
        tags=True,
        words=60,
    ),
)


class Words:
    """Says who, what and where, in this order, and the sound where the model has any."""

    def compile(self, shot: PromptInput, card: ModelCard) -> CompiledPrompt:
        """Compile one shot."""
        if card.support(Capability.TEXT) is Support.NONE:
            return CompiledPrompt(text="", dropped=["everything: the model reads no text"])
        names = ", ".join(cast.character.name for cast in shot.cast)
        parts = [
            Part(f"With {names}." if names else "", 80, "cast"),
            Part(shot.action, 100, "action"),
            Part(f"In {shot.place.name}." if shot.place else "", 60, "place"),
            Part(f"Sound: {shot.sound}." if shot.sound and shot.audio else "", 20, "sound"),
        ]
        fitted = fit(parts, card.prompt)
        return CompiledPrompt(
            text=fitted.text,
            used=fitted.used,
            unit=card.prompt.unit if card.prompt else PromptUnit.CHARACTERS,
            budget=card.prompt.size if card.prompt else None,
            dropped=fitted.dropped,
            parts=fitted.parts,
        )
