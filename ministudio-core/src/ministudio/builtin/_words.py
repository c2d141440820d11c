"""Small English: sentences, lists and articles around words that somebody else chose."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = [
    "ends_well",
    "listed",
    "opening",
    "phrase",
    "possessive",
    "sentence",
    "squeeze",
    "with_article",
]

_DETERMINERS = frozenset(
    "a an the this that these those his her its their my your our one two three no every each "
    "some any many several".split()
)
# "an 85mm lens", "an 11mm lens", "an hour"; "a unicorn", "a one-eyed cat"
_VOWEL_SOUND = re.compile(r"[aeio]|u(?!ni|se|su|ti|r[aeiou])|8|1[18](?!\d)|ho(?:ur|n[eo])", re.I)
_CONSONANT_SOUND = re.compile(r"one\b|once\b|eu", re.I)
_OPENING_ENDS = re.compile(
    r",|;|\b(?:about|above|after|around|as|at|behind|below|beneath|beside|between|but|by|for|from"
    r"|in|into|like|of|on|over|that|to|under|when|where|which|while|who|with|without)\b",
    re.I,
)
_STOPS = (".", "!", "?", "…", "。", "！", "？")
_CLOSING = "\"'”’)]»」』"


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
    return words if ends_well(words) else f"{words.rstrip(' ,;:')}."


def phrase(text: str) -> str:
    """Return the text as it stands inside a sentence: no full stop, no capital article."""
    words = squeeze(text).rstrip(" .,;:")
    first, _, rest = words.partition(" ")
    return f"{first.lower()} {rest}" if first in {"A", "An", "The"} and rest else words


def listed(items: Sequence[str]) -> str:
    """Return ``a, b and c``; with semicolons where an item has commas of its own."""
    said = [item for item in items if item]
    if len(said) < 2:  # noqa: PLR2004 - a list begins at two
        return "".join(said)
    if any("," in item or ";" in item for item in said):
        return f"{'; '.join(said[:-1])}; and {said[-1]}"
    return f"{', '.join(said[:-1])} and {said[-1]}"


def opening(text: str) -> tuple[str, str]:
    """Split a phrase before its first comma or preposition: ``round`` and ``, with a small chin``."""
    end = _OPENING_ENDS.search(text)
    at = end.start() if end else len(text)
    return text[:at].strip(), text[at:] if text[at : at + 1] in {",", ";"} else f" {text[at:]}"


def with_article(text: str) -> str:
    """Return a singular phrase with ``a`` or ``an`` where it has no article or number yet."""
    first = text.split(" ", 1)[0].lower()
    if first in _DETERMINERS or first.endswith(("'s", "’s")):
        return text
    vowel = _VOWEL_SOUND.match(text) and not _CONSONANT_SOUND.match(text)
    return f"{'an' if vowel else 'a'} {text}"


def possessive(name: str) -> str:
    """Return ``Noor's``; a name in -s takes the same ending."""
    return f"{name}’s" if "’" in name else f"{name}'s"
