"""Guessing what somebody meant to type."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["did_you_mean", "one_of"]


def did_you_mean(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice nearest to ``word``, or None when none is near."""
    by_folded = {choice.casefold(): choice for choice in choices}
    near = difflib.get_close_matches(word.casefold(), list(by_folded), n=1, cutoff=0.6)
    return by_folded[near[0]] if near else None


def one_of(word: str, choices: Iterable[str], limit: int = 12) -> str:
    """Return ``did you mean 'x'?`` or, when nothing is near, the list of choices."""
    known = sorted(choices)
    if (near := did_you_mean(word, known)) is not None:
        return f"did you mean {near!r}?"
    if not known:
        return "there is none to choose from"
    shown = ", ".join(known[:limit])
    return f"choose one of: {shown}" + (
        f" and {len(known) - limit} more" if len(known) > limit else ""
    )
