"""What a being takes of a floor plan, seen from straight above; lengths are in heads."""

from __future__ import annotations

import math

import attrs

from ministudio_animatic.drawing.turned import turned

__all__ = ["Footprint"]


@attrs.frozen(kw_only=True)
class Footprint:
    """A being on a floor plan that looks up the page, its head at (0, 0).

    Args:
        long: How much it takes along the way it looks.
        wide: How much it takes across.
        middle: How far the middle of that lies ahead of its head.
        head: How wide its head is, for tight sizes.
        tall: How high it rises, which decides its shadow.
        lies: Whether it lies down.
        wet: Whether it lies in the water.
    """

    long: float = 1.5
    wide: float = 2.2
    middle: float = 0.0
    head: float = 0.9
    tall: float = 6.2
    lies: bool = False
    wet: bool = False

    def box(self, turn: float) -> tuple[float, float]:
        """Return its width and height on the page when it is turned clockwise, in radians."""
        cos, sin = abs(math.cos(turn)), abs(math.sin(turn))
        return self.wide * cos + self.long * sin, self.wide * sin + self.long * cos

    def centre(self, turn: float) -> tuple[float, float]:
        """Return where the middle of its box lies, seen from its head."""
        return turned((0.0, -self.middle), turn)
