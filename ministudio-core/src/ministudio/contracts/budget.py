"""Making a prompt fit: what matters least goes first, and everything that goes is said."""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.prompts import Part, PromptUnit

if TYPE_CHECKING:
    from ministudio.contracts.cards import PromptBudget

__all__ = ["Fitted", "Part", "fit", "measure"]

# Scripts written without spaces: any two characters may be parted, and each counts as a word.
_IDEOGRAPH = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_IDEOGRAPHS = re.compile(_IDEOGRAPH)
_ABBREVIATION = r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\be\.g)(?<!\bi\.e)"
_SENTENCE_END = re.compile(rf"(?:{_ABBREVIATION}\.|[!?…])[\"'”’)\]]*(?=\s)|[。！？][”」』]?")
_CLAUSE_END = re.compile(r"(?=[,;:](?:\s|$)|\s[—–-]\s|[、，；：])")
_WORD_END = re.compile(rf"(?<=\S)(?=\s)|(?<={_IDEOGRAPH})(?=\w)|(?<=\w)(?={_IDEOGRAPH})")
_STOPS = (".", "!", "?", "…", "。", "！", "？")


@attrs.frozen
class Fitted:
    """What became of the parts of a prompt.

    Args:
        text: The kept parts, joined.
        used: Its length in the budget's unit; in characters where there is no budget.
        dropped: What was left out or cut short, one line each.
        parts: The parts kept, in the order given; one that was cut short has its new text.
    """

    text: str
    used: int
    dropped: Sequence[str]
    parts: Sequence[Part]


def measure(text: str, budget: PromptBudget | None) -> int:
    """Return how much of ``budget`` a text takes, in the budget's unit.

    Tokens are estimated from above: the text's UTF-8 bytes over the budget's characters per
    token, since a tokenizer falls back to bytes for what it does not know. Without a budget
    the answer is in characters.
    """
    if budget is None or budget.unit is PromptUnit.CHARACTERS:
        return len(text)
    if budget.unit is PromptUnit.WORDS:
        return len(_IDEOGRAPHS.sub(" x ", text).split())
    return math.ceil(len(text.encode()) / budget.characters_per_token)


def fit(parts: Iterable[Part], budget: PromptBudget | None, *, separator: str = " ") -> Fitted:
    """Join parts into a prompt within ``budget``, leaving out whole parts from the least on.

    A part is never left out while one of lower priority stays; of equals the later goes first.
    When one part is left and still too long, it is cut at the end of a sentence, else of a
    clause, else of a word. A larger budget never leaves out more.

    Args:
        parts: The parts, in the order they are to be read; those without words are passed over.
        budget: The model's budget; None where no limit is known.
        separator: What stands between two parts.
    """
    said = [part for part in parts if part.text.strip()]
    if budget is None:
        text = separator.join(part.text for part in said)
        return Fitted(text, measure(text, None), (), tuple(said))
    limit = f"the model reads {budget.size} {budget.unit.value}"
    rising = sorted(range(len(said)), key=lambda i: (said[i].priority, -i))
    gone: set[int] = set()
    dropped = []
    while True:
        kept = [part for i, part in enumerate(said) if i not in gone]
        text = separator.join(part.text for part in kept)
        used = measure(text, budget)
        if used <= budget.size or len(kept) <= 1:
            break
        least = rising[len(gone)]
        gone.add(least)
        dropped.append(f"{said[least].label}: left out, {limit}")
    if used > budget.size:
        text = _shortened(text, budget)
        was, used = used, measure(text, budget)
        how = f"cut short, from {was} to {used}" if text else "left out"
        dropped.append(f"{kept[0].label}: {how}, {limit}")
        kept = [attrs.evolve(kept[0], text=text)] if text else []
    return Fitted(text, used, tuple(dropped), tuple(kept))


def _shortened(text: str, budget: PromptBudget) -> str:
    """The longest beginning that fits and ends well; a rounder end may cost half the room."""

    def size(at: int) -> int:
        return measure(_ended(text[:at]), budget)

    best = ""
    cuts: set[int] = set()
    for end in (_SENTENCE_END, _CLAUSE_END, _WORD_END):
        cuts.update(found.end() for found in end.finditer(text))
        rising = sorted(cuts)
        if fitting := bisect.bisect_right(rising, budget.size, key=size):
            best = _ended(text[: rising[fitting - 1]])
        if measure(best, budget) * 2 >= budget.size:
            break
    return best


def _ended(text: str) -> str:
    bare = text.rstrip(" \t\n,;:—–-")
    return bare if bare.rstrip("\"'”’)]」』").endswith(_STOPS) else f"{bare}."
