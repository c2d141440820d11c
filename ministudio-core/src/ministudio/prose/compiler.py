"""The prompt compiler: a shot as the prose that video models were taught on, in one dialect.

Decisions, and why; a dialect may order and put things otherwise:

- Subject and action come first, then the camera with exactly one move in exact terms.
- Identities and places are functions of the character and the place alone, so that the same
  words stand in every shot.
- Lines are quoted only for a model whose card promises sound and a clip that wants it; any
  other model gets the speaker's moving mouth, since quoted words would end up as lettering in
  the picture. Narration is never in a prompt: the film adds it.
- What must not be seen goes into the negative prompt where the card promises one. Elsewhere it
  is said the other way round where an opposite is known ("sharp focus" for "blurry") and left
  out where none is: naming a thing tends to draw it. Either way it is recorded.
- Of what is before the shot only the last sentence is said, and only where the clip really goes
  on from that picture (``chain`` and ``extend``): a cut shows the model nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio.contracts.budget import fit, measure
from ministudio.contracts.cards import Capability, PromptBudget, PromptUnit, Support
from ministudio.contracts.prompts import CompiledPrompt, Part
from ministudio.prose.dialect import Dialect, Lines, PartKind
from ministudio.prose.negatives import bare, named, opposites
from ministudio.prose.parts import Said, Telling, heard, parts_of
from ministudio.prose.tags import as_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.contracts.cards import ModelCard
    from ministudio.contracts.prompts import PromptInput

__all__ = ["DialectCompiler"]

_WORDS: Final = PromptBudget(0, PromptUnit.WORDS)
# Words that somebody chose to the letter: spoken ones, and the dialect's own.
_AS_WRITTEN: Final = frozenset({PartKind.DIALOGUE, PartKind.LEAD, PartKind.ENDING})


@attrs.frozen
class DialectCompiler:
    """Compiles shots in one dialect, within the budget of the model's card.

    Args:
        dialect: The dialect.
    """

    dialect: Dialect

    def compile(self, shot: PromptInput, card: ModelCard) -> CompiledPrompt:
        """Return the prompt for ``shot``, and what had to be left out for ``card``."""
        negatives, apart = bare(shot.negative), card.can(Capability.NEGATIVE_PROMPT)
        turned = Said(PartKind.NEGATIVES, "", "negatives")
        dropped: list[str] = []
        if not apart:
            turned, dropped = self._within(negatives, empty=not shot.cast)
        silenced = _why_silent(shot, card)
        unspoken = silenced or self._why_unspoken()
        telling = Telling(
            shot=shot,
            dialect=self.dialect,
            spoken=not unspoken,
            sounds=not silenced,
            negatives=turned,
        )
        missed = heard(telling, lines=bool(unspoken), sounds=bool(silenced))
        dropped += [f"{said.label}: left out, {silenced or unspoken}" for said in missed]
        parts, unsaid = self._chosen(telling)
        fitted = fit(parts, card.prompt, separator=self.dialect.separator)
        return CompiledPrompt(
            text=fitted.text,
            negative=", ".join(negatives) if apart else "",
            used=fitted.used,
            unit=card.prompt.unit if card.prompt else PromptUnit.CHARACTERS,
            budget=card.prompt.size if card.prompt else None,
            dropped=(*dropped, *unsaid, *fitted.dropped),
            parts=fitted.parts,
        )

    def _within(self, negatives: Sequence[str], *, empty: bool) -> tuple[Said, list[str]]:
        """What the prompt itself says of what must not be seen, and what it does not."""
        text, turned, left = opposites(negatives, empty=empty)
        if self.dialect.names_negatives:
            text = " ".join(words for words in (text, named(left)) if words)
            return Said(PartKind.NEGATIVES, text, f"not to be seen: {', '.join(negatives)}"), []
        why = "the card promises no negative prompt, and naming a thing tends to draw it"
        said = Said(PartKind.NEGATIVES, text, f"opposite of: {', '.join(turned)}")
        return said, [f"negative {term!r}: left out, {why}" for term in left]

    def _why_unspoken(self) -> str:
        if self.dialect.lines is not Lines.UNHEARD:
            return ""
        return f"the dialect {self.dialect.name!r} puts no spoken words into prompts"

    def _chosen(self, telling: Telling) -> tuple[list[Part], list[str]]:
        """The parts this dialect says, and a line for each that it does not."""
        parts, dropped = [], []
        for said in parts_of(telling):
            tags = self.dialect.tags and said.kind not in _AS_WRITTEN
            text = as_tags(said.text) if tags else said.text
            if not text.strip():
                continue
            if said.kind in self.dialect.leave_out:
                why = f"the dialect {self.dialect.name!r} does not say it"
                dropped.append(f"{said.label}: left out, {why}")
            else:
                parts.append(Part(text, self.dialect.priority(said.kind), said.label))
        return self._advised(parts, dropped)

    def _advised(self, parts: list[Part], dropped: list[str]) -> tuple[list[Part], list[str]]:
        """Leave out whole parts, the least first, down to the length that the guide advises."""
        if self.dialect.words is None:
            return parts, dropped
        over = sum(measure(part.text, _WORDS) for part in parts) - self.dialect.words
        why = f"{self.dialect.words} words are advised for the dialect {self.dialect.name!r}"
        gone = set()
        for i in sorted(range(len(parts)), key=lambda i: (parts[i].priority, -i)):
            # A guide's advice is no reason to change who is in the picture.
            if over <= 0 or parts[i].priority >= self.dialect.priority(PartKind.LOOKS):
                break
            gone.add(i)
            over -= measure(parts[i].text, _WORDS)
            dropped.append(f"{parts[i].label}: left out, {why}")
        return [part for i, part in enumerate(parts) if i not in gone], dropped


def _why_silent(shot: PromptInput, card: ModelCard) -> str:
    if not shot.audio:
        return "the clip is made without sound"
    support = card.support(Capability.AUDIO)
    if support is Support.UNKNOWN:
        return "the model's card does not promise audio"
    return "the model has no audio" if support is Support.NONE else ""
