"""Keeping what stands in a place out from behind people's heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Box", "clear_of"]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in the units of the place."""

_STEP: Final = 0.03
_FURTHEST: Final = 0.45  # how far a thing may be moved: the place must stay the same place


def clear_of(heads: Sequence[Box], taken: Sequence[Box], thing: Box) -> float:
    """Return how far across a thing is moved so that no head is in front of it.

    As little as is needed; where there is no room for it, to where it is least in the way.

    Args:
        heads: The heads, wherever the camera sees them against the place.
        taken: What stands there already.
        thing: Where the thing would be.
    """
    if not any(_covered(thing, head) for head in heads):
        return 0.0
    steps = range(1, round(_FURTHEST / _STEP) + 1)
    outwards = 1 if thing[0] + thing[2] >= 0 else -1
    ways = [0.0, *(step * _STEP * side for step in steps for side in (outwards, -outwards))]

    def cost(by: float) -> float:
        left, top, right, bottom = thing
        moved = (left + by, top, right + by, bottom)
        behind = sum(_covered(moved, head) for head in heads)
        among = sum(_covered(moved, other) for other in taken)
        return behind * 4 + among + abs(by) * 1e-3

    return min(ways, key=cost)


def _covered(one: Box, other: Box) -> float:
    """The area two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0
