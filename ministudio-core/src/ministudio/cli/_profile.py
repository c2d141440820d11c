"""``--profile``: it may stand anywhere on the command line, as it means every command."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PROFILE", "without_profile"]

PROFILE: Final[ContextVar[str | None]] = ContextVar("profile", default=None)
"""The profile that the command under way was given; None where it was given none."""

_OPTION: Final = "--profile"


def without_profile(words: Sequence[str]) -> tuple[list[str], str | None]:
    """Return a command line without ``--profile NAME``, and the last NAME that it says.

    Without a name the option stays, and the command says what is wrong with it.
    """
    kept: list[str] = []
    profile: str | None = None
    waiting = iter(words)
    for word in waiting:
        if word == "--":
            return [*kept, word, *waiting], profile
        option, equals, value = word.partition("=")
        if option != _OPTION:
            kept.append(word)
        elif equals:
            profile = value
        elif (name := next(waiting, None)) is None:
            kept.append(word)
        else:
            profile = name
    return kept, profile
