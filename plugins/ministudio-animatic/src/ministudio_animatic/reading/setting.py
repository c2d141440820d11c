"""Which of several sorts of one kind of place is meant: an office or a kitchen, dunes or a park."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.reading.words import every

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.plugin import Environment

__all__ = ["elect"]

# How much a word counts by where it stands: a place is what it is called. A thing in the room
# ('a picture of a ship') makes it no ship, unless it stands there with another.
_NAME: Final = 3.0
_BUILT: Final = 1.5
_SAID: Final = 1.0
_FIXED: Final = 0.5


def elect(place: Environment, table: Mapping[str, str]) -> str:
    """Return the sort that most of a place's words vote for; empty where too few do.

    The words of a shot have no vote: a place is the same place in every shot.

    Args:
        place: The environment.
        table: The sorts, by the words that stand for them.
    """
    identity = place.identity
    votes: dict[str, float] = {}
    for text, weight in (
        (place.name, _NAME),
        (identity.architecture, _BUILT),
        (identity.description, _SAID),
        (" . ".join(identity.fixed_elements), _FIXED),
    ):
        for _, sort in every(text, table):
            votes[sort] = votes.get(sort, 0.0) + weight
    best = max(votes, key=lambda sort: votes[sort], default="")
    return best if best and votes[best] >= _SAID else ""
