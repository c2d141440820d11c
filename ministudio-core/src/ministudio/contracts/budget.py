"""Making a prompt fit: what matters least goes first, and everything that goes is said."""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.cards import PromptUnit
from ministudio.contracts.prompts import Part

if TYPE_CHECKING:
    from ministudio.contracts.cards import PromptBudget

__all__ = ["Fitted", "Part", "fit", "measure"]

# Scripts written without spaces: any two characters may be parted, and each counts as a word.
_IDEOGRAPH = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_IDEOGRAPHS = re.compile(_IDEOGRAPH)
_ABBREVIATION = r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\be\.g)(?<!\bi\.e)"
_CLOSING = "\"'”’)]」』"  # noqa: RUF001 - quotation marks of many languages
_WIDE_STOPS = "。！？"  # noqa: RUF001 - full stops of other scripts
_STOPS = (*".!?…", *_WIDE_STOPS)
_PAUSES = "、，；："  # noqa: RUF001 - commas of other scripts
_DASHES = "—–-"  # noqa: RUF001 - dashes, long and short
_SENTENCE_END = re.compile(
    rf"(?:{_ABBREVIATION}\.|[!?…])[{re.escape(_CLOSING)}]*(?=\s)|[{_WIDE_STOPS}][”」』]?"
)
_CLAUSE_END = re.compile(rf"(?=[,;:](?:\s|$)|\s[{_DASHES}]\s|[{_PAUSES}])")
_WORD_END = re.compile(rf"(?<=\S)(?=\s)|(?<={_IDEOGRAPH})(?=\w)|(?<=\w)(?={_IDEOGRAPH})")


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
        return len((text if text.isascii() else _IDEOGRAPHS.sub(" x ", text)).split())
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
    falling = sorted(range(len(said)), key=lambda i: (said[i].priority, -i))

    def without(count: int) -> list[Part]:
        gone = set(falling[:count])
        return [part for i, part in enumerate(said) if i not in gone]

    def size(kept: Sequence[Part]) -> int:
        return measure(separator.join(part.text for part in kept), budget)

    # The most important part is never left out for its length; it is cut short below.
    count = bisect.bisect_left(
        range(max(len(said) - 1, 0)), True, key=lambda count: size(without(count)) <= budget.size
    )
    limit = f"the model reads {budget.size} {budget.unit.value}"
    dropped = [f"{said[i].label}: left out, {limit}" for i in falling[:count]]
    kept = without(count)
    if kept and (was := size(kept)) > budget.size:
        (last,) = kept
        text = _shortened(last.text, budget)
        how = f"cut short, from {was} to {measure(text, budget)}" if text else "left out"
        dropped.append(f"{last.label}: {how}, {limit}")
        kept = [attrs.evolve(last, text=text)] if text else []
    text = separator.join(part.text for part in kept)
    return Fitted(text, measure(text, budget), tuple(dropped), tuple(kept))


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
    bare = text.rstrip(f" \t\n,;:{_PAUSES}{_DASHES}")
    if bare.rstrip(_CLOSING).endswith(_STOPS):
        return bare
    return f"{bare}。" if _IDEOGRAPHS.match(bare[-1:]) else f"{bare}."
