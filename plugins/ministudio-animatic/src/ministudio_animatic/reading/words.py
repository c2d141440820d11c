"""Looking words up in tables: case, plurals and phrases of two words are taken care of."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["every", "first", "hashed", "mentions", "table", "tokens"]

T = TypeVar("T")

_WORD = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|[^\W_]+(?:'[^\W_]+)?")
_LONG_ENOUGH = 4  # below this a final 's' is rarely a plural: 'gas', 'bus'


def tokens(text: str) -> list[str]:
    """Return the words of ``text`` in lower case; hex colours stay whole."""
    return [word.lower() for word in _WORD.findall(text)]


def table(*rows: tuple[T, str]) -> dict[str, T]:
    """Return a table from words to values, each row a value and its words, split by commas."""
    return {word.strip(): value for value, words in rows for word in words.split(",")}


def every(text: str, table: Mapping[str, T]) -> Iterator[tuple[str, T]]:
    """Yield each entry of ``table`` that ``text`` mentions, in the order of the text.

    A key is a word, or two words joined by a space; where both would match, two words win.
    """
    words = tokens(text)
    at = 0
    while at < len(words):
        pair = " ".join(words[at : at + 2])
        for key in (*_forms(pair), *_forms(words[at])):
            if key in table:
                yield key, table[key]
                at += key.count(" ")
                break
        at += 1


def first(text: str, table: Mapping[str, T]) -> T | None:
    """Return the value of the first entry of ``table`` that ``text`` mentions."""
    return next((value for _, value in every(text, table)), None)


def mentions(text: str, *words: str) -> bool:
    """Return whether ``text`` mentions one of ``words``; each may be several, split by commas."""
    return first(text, table(*((True, group) for group in words))) is not None


def hashed(seed: str, choices: Sequence[T]) -> T:
    """Return one of ``choices``, always the same for the same ``seed`` on every machine."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")
    return choices[number % len(choices)]


def _forms(word: str) -> tuple[str, ...]:
    if len(word) >= _LONG_ENOUGH and word.endswith("es"):
        return word, word[:-1], word[:-2]
    if len(word) >= _LONG_ENOUGH and word.endswith("s"):
        return word, word[:-1]
    return (word,)
