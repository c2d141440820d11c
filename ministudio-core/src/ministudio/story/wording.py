"""How values and numbers are named in messages: short, exact, and bounded whatever came in."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from ministudio.values.names import one_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

__all__ = ["described", "number_text", "shown", "suggestion"]

_LONGEST_WORD = 60
_MOST_CHOICES = 100
_MOST_SHOWN = 12


def shown(text: str) -> str:
    """Return a text in quotes for a message, cut when it is long."""
    return repr(text if len(text) <= _LONGEST_WORD else f"{text[: _LONGEST_WORD - 1]}…")


def number_text(number: float) -> str:
    """Return a number as people write it: ``4`` rather than ``4.0``, and never rounded."""
    return repr(number).removesuffix(".0")


def described(value: Any) -> str:
    """Return what a value of the wrong type is, in the words of a file rather than of Python."""
    for kind, words in _KINDS:
        if isinstance(value, kind):
            return words(value)
    return f"an object of type {type(value).__name__}"


_KINDS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (type(None), lambda _: "nothing"),
    (bool, lambda value: str(value).lower()),
    (Enum, lambda value: f"{type(value).__name__}.{value.name}"),
    ((int, float), lambda value: f"the number {number_text(value)}"),
    (str, lambda value: f"the text {shown(value)}"),
    ((list, tuple), lambda _: "a list"),
    (Mapping, lambda _: "a table"),
)


def suggestion(word: str, choices: Collection[str]) -> str:
    """Return ``did you mean 'x'?`` or the choices there are; nothing nearer where that is costly.

    Comparing takes time with the length of the word and the number of choices, and both come
    from the file: a hostile one must not make its own error message slow.
    """
    if len(word) > _LONGEST_WORD or len(choices) > _MOST_CHOICES:
        return f"there are {len(choices)} to choose from"
    if not any(map(str.isalpha, word)) and choices:
        # Codes such as '16:10' look like one another without meaning the same.
        return f"choose one of: {', '.join(sorted(choices)[:_MOST_SHOWN])}"
    return one_of(word, choices)
