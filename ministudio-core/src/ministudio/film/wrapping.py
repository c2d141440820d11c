"""Breaking spoken text into blocks that fit on the screen: two lines of 42 columns."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["COLUMNS", "LINES", "blocks", "columns"]

COLUMNS: Final = 42
"""How wide a line of subtitles may be; East Asian characters are two columns wide."""

LINES: Final = 2
"""How many lines a subtitle may have."""

_SENTENCE_ENDS: Final = ".!?\u3002"
_CLAUSE_ENDS: Final = ",;:\u3001"
_ORPHAN: Final = COLUMNS // 3
_ZERO_WIDTH_JOINER: Final = "\u200d"


def columns(text: str) -> int:
    """Return how many columns ``text`` takes on the screen."""
    return sum(_width(char) for char in text)


def blocks(text: str) -> list[str]:
    """Break ``text`` into blocks of at most two lines of 42 columns each.

    Lines break between words; a word longer than a line is broken inside. Where a sentence or
    a clause ends in the later half of a block, the block ends with it. White space aside,
    nothing is added, and nothing that can be seen is lost.
    """
    words = [piece for word in text.split() for piece in _pieces(word)]
    done: list[str] = []
    while words:
        count = _fitting(words)
        if count < len(words):
            count = _natural_end(words, count)
        done.append(_balanced(words[:count]))
        words = words[count:]
    return done


def _width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _length(words: Sequence[str]) -> int:
    return columns(" ".join(words))


def _pieces(word: str) -> Iterator[str]:
    """Break a word wider than a line; a letter keeps its accents, an emoji its parts."""
    piece, width = "", 0
    for char in word:
        wide = _width(char)
        joined = not wide or piece.endswith(_ZERO_WIDTH_JOINER)
        # A chain of joined characters without end is no letter any more.
        if piece and width + wide > COLUMNS and not (joined and width + wide <= COLUMNS + 2):
            yield piece
            piece, width = "", 0
        if unicodedata.category(char) != "Cc":
            piece, width = piece + char, width + wide
    if piece:
        yield piece


def _fitting(words: Sequence[str]) -> int:
    """How many words fit into one block, lines filled one after the other."""
    lines, width = 1, 0
    for number, word in enumerate(words):
        wide = columns(word)
        if number and width + 1 + wide > COLUMNS:
            lines, width = lines + 1, wide
            if lines > LINES:
                return number
        else:
            width += wide + (1 if number else 0)
    return len(words)


def _natural_end(words: Sequence[str], most: int) -> int:
    """The best place to end a block of at most ``most`` words when more follow."""
    for ends in (_SENTENCE_ENDS, _CLAUSE_ENDS):
        for count in range(most, most // 2, -1):
            if _last_mark(words[count - 1]) in ends:
                return count
    if _length(words[most:]) < _ORPHAN:
        half = _length(words) // 2
        return max(1, sum(_length(words[: n + 1]) <= half for n in range(most)))
    return most


def _last_mark(word: str) -> str:
    """The word's last character, closing quotes and brackets aside, full-width forms made plain."""
    plain = unicodedata.normalize("NFKC", word).rstrip("\"'")
    while len(plain) > 1 and unicodedata.category(plain[-1]) in {"Pe", "Pf"}:
        plain = plain[:-1]
    return plain[-1:] or word[-1:]


def _balanced(words: Sequence[str]) -> str:
    """Set a block that fits as one line, or as two of nearly equal length."""
    if _length(words) <= COLUMNS:
        return " ".join(words)
    cuts = [
        cut
        for cut in range(1, len(words))
        if max(_length(words[:cut]), _length(words[cut:])) <= COLUMNS
    ]
    cut = min(cuts, key=lambda cut: abs(_length(words[:cut]) - _length(words[cut:])))
    return f"{' '.join(words[:cut])}\n{' '.join(words[cut:])}"
