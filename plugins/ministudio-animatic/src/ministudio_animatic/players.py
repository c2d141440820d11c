"""What is laid over the backdrop frame by frame: held drawings, when each shows, and where."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

import attrs

from ministudio_animatic.acting import Schedule
from ministudio_animatic.camera import FAR, NEAR
from ministudio_animatic.planes import Cutout, Picture, lay, stick, upto

if TYPE_CHECKING:
    from ministudio_animatic.goings import Shift
    from ministudio_animatic.planes import Box

__all__ = ["Player", "Way", "settled"]

_FAINT: Final = 0.02  # what is shown less than this is not laid at all


class Way(Protocol):
    """Says where a figure is, at a moment of the shot, against where it was drawn."""

    def at(self, seconds: float) -> Shift:
        """Return where it is ``seconds`` into the shot."""


def _first(seconds: float) -> int:
    del seconds
    return 0


@attrs.frozen(kw_only=True)
class Player:
    """One figure, or a part of its face: drawings that take turns on the same spot of the card.

    Args:
        shows: The drawings; None where nothing is laid over what lies below.
        when: Which of them shows at a moment.
        depth: How far it follows a carried camera.
        road: Where it goes; None where it stays.
        unit: Pixels of the card in one height of the frame.
        towards: The point of the card that it shrinks towards, in pixels.
        surface: The row of the card under which the water hides it; None on land.
        below: How many rows under that it is seen to fade away, before it sinks.
        foot: The column and the row of the card where it meets the ground or the water.
    """

    shows: Sequence[Cutout | None]
    when: Schedule = _first
    depth: float = NEAR
    road: Way | None = None
    unit: float = 1.0
    towards: tuple[float, float] = (0.0, 0.0)
    surface: int | None = None
    below: float = 0.0
    foot: tuple[float, float] | None = None

    @property
    def still(self) -> bool:
        """Whether it is one drawing that stays where it is."""
        return self.road is None and len(self.shows) == 1

    def lay(
        self, frame: Picture, seconds: float, box: Box, size: tuple[int, int], share: float = 1.0
    ) -> None:
        """Lay what shows at a moment over the frame that shows the ``box`` of the card.

        Args:
            frame: The frame, which is drawn on.
            seconds: The moment.
            box: What the frame shows of the card.
            size: Width and height of the frame.
            share: How much of it is seen, 1 for all.
        """
        drawing = self.shows[self.when(seconds)]
        if drawing is None:
            return
        if self.road is not None:
            shift = self.road.at(seconds)
            share *= shift.shown
            if share < _FAINT:
                return
            if self.surface is not None:
                sunk = shift.y * self.unit
                below = max(0.0, self.below - max(0.0, sunk))
                cut = upto(drawing, self.surface + math.floor(below - sunk))
                if cut is None:
                    return
                drawing = cut
            box = self._seen_from(box, shift.x, shift.y, shift.size)
        lay(frame, drawing, box, *size, share=share)

    def _seen_from(self, box: Box, x: float, y: float, size: float) -> Box:
        """Return the window moved the other way: that moves the drawing in it."""
        (over, down), unit = self.towards, self.unit
        left, top, right, bottom = (
            centre + (edge - shift * unit - centre) / size
            for edge, shift, centre in zip(box, (x, y, x, y), (over, down) * 2, strict=True)
        )
        return left, top, right, bottom


def settled(far: Picture, players: Sequence[Player], *, layered: bool) -> tuple[Player, ...]:
    """Lay the players that never move on the backdrop for good; return the others.

    Args:
        far: The backdrop, which is drawn on.
        players: All of them, from back to front.
        layered: Whether near and far move apart, so that only the far can be laid on it.
    """
    moving: list[Player] = []
    for player in players:
        apart = layered and player.depth != FAR
        drawing = player.shows[0]
        if not player.still or apart or _covers(drawing, moving):
            moving.append(player)
        elif drawing is not None:
            stick(far, drawing)
    return tuple(moving)


def _covers(drawing: Cutout | None, moving: Sequence[Player]) -> bool:
    """Whether a drawing lies over one that moves."""
    if drawing is None:
        return False
    for player in moving:
        if player.road is not None:
            return True
        if any(show is not None and _overlap(show, drawing) for show in player.shows):
            return True
    return False


def _overlap(one: Cutout, other: Cutout) -> bool:
    across = one.left < other.left + other.mask.width and other.left < one.left + one.mask.width
    down = one.top < other.top + other.mask.height and other.top < one.top + one.mask.height
    return across and down
