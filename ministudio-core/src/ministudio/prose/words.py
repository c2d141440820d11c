"""Small English: sentences, lists and articles around words that somebody else chose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "ends_well",
    "listed",
    "opening",
    "phrase",
    "possessive",
    "sentence",
    "sentences",
    "squeeze",
    "vocabulary",
    "with_article",
]

_DETERMINERS = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "one", "two", "three", "no", "every"}
    | {"each", "some", "any", "many", "several", "his", "her", "its", "their", "my", "your", "our"}
)
# "an 85mm lens", "an 11mm lens", "an hour"; "a unicorn", "a one-eyed cat"
_VOWEL_SOUND = re.compile(
    r"[aeio]|u(?!ni|se|su|ti|r[aeiou])|8|1[18](?!\d)|ho(?:ur|no|nest)", re.IGNORECASE
)
_CONSONANT_SOUND = re.compile(r"one\b|once\b|eu", re.IGNORECASE)
_OPENING_ENDS = re.compile(
    r",|;|\b(?:about|above|after|around|as|at|behind|below|beneath|beside|between|but|by|for|from"
    r"|in|into|like|of|on|over|that|to|under|when|where|which|while|who|with|without)\b",
    re.IGNORECASE,
)
_WIDE_STOPS = "。！？"  # noqa: RUF001 - full stops of other scripts
_STOPS = (*".!?…", *_WIDE_STOPS)
_SENTENCE_GAP = re.compile(rf"(?<=[.!?…])\s+(?=\S)|(?<=[{_WIDE_STOPS}])\s*")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_CLOSING = "\"'”’)]»」』"  # noqa: RUF001 - closing quotation marks of many languages
_POSSESSIVE = ("'s", "’s")  # noqa: RUF001 - the typographer's apostrophe


def vocabulary(words: str) -> frozenset[str]:
    """Return words written in one text, as a set."""
    return frozenset(words.split())


def squeeze(text: str) -> str:
    """Return the text on one line, with single spaces."""
    return " ".join(text.split())


def ends_well(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip(_CLOSING).endswith(_STOPS)


def sentence(text: str) -> str:
    """Return the text on one line, with a capital and a full stop; empty stays empty."""
    words = squeeze(text)
    if not words:
        return ""
    first = words.split(" ", 1)[0]
    if first.islower() or len(first) == 1:  # an "iPhone" keeps its own spelling
        words = words[0].upper() + words[1:]
    if ends_well(words):
        return words
    stop = "。" if _IDEOGRAPH.match(words[-1]) else "."
    return f"{words.rstrip(' ,;:')}{stop}"


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, each on one line."""
    return [words for words in _SENTENCE_GAP.split(squeeze(text)) if words]


def phrase(text: str) -> str:
    """Return the text as it stands inside a sentence: no full stop, no capital article."""
    words = squeeze(text).rstrip(" .,;:")
    first, _, rest = words.partition(" ")
    return f"{first.lower()} {rest}" if first in {"A", "An", "The"} and rest else words


def listed(items: Sequence[str]) -> str:
    """Return ``a, b and c``; with semicolons where an item has commas of its own."""
    *others, last = [item for item in items if item] or [""]
    if not others:
        return last
    # A comma in the last of two divides nothing, so that pair needs no semicolon.
    counted = others if len(others) == 1 else [*others, last]
    if any("," in item or ";" in item for item in counted):
        return f"{'; '.join(others)}; and {last}"
    return f"{', '.join(others)} and {last}"


def opening(text: str) -> tuple[str, str]:
    """Split a phrase before its first comma or preposition: ``round`` and ``, with a chin``."""
    end = _OPENING_ENDS.search(text)
    at = end.start() if end else len(text)
    return text[:at].strip(), text[at:] if text[at : at + 1] in {",", ";"} else f" {text[at:]}"


def with_article(text: str) -> str:
    """Return a singular phrase with ``a`` or ``an`` where it has no article or number yet."""
    first = text.split(" ", 1)[0].lower()
    if first in _DETERMINERS or first.endswith(_POSSESSIVE):
        return text
    vowel = _VOWEL_SOUND.match(text) and not _CONSONANT_SOUND.match(text)
    return f"{'an' if vowel else 'a'} {text}"


def possessive(name: str) -> str:
    """Return ``Noor's``; a name in -s takes the same ending."""
    return f"{name}'s"
