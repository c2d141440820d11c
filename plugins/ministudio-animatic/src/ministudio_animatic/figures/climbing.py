"""What people climb, drawn behind them. The measure is one head's height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.reading.postures import Seat

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio_animatic.drawing.canvas import Canvas, Point

__all__ = ["draw_climbed"]

_STONE: Final[Colour] = (112, 108, 108)
_TRUNK: Final = ((-0.75, 6.45), (-0.5, 4.0), (-0.55, -0.45), (0.6, -0.45), (0.5, 4.0), (0.85, 6.45))
_FACE: Final = (
    (-1.5, 6.5), (-1.25, 4.6), (-1.45, 3.2), (-1.15, 1.6), (-1.3, -0.1), (-0.7, -0.48),
    (0.6, -0.4), (1.5, -0.48), (1.75, 1.2), (1.5, 2.9), (1.8, 4.8), (1.65, 6.5),
)  # fmt: skip
_CRACKS: Final = (
    (-0.9, 0.7, 0.7), (0.5, 1.1, 0.9), (-1.0, 2.9, 0.5), (0.8, 3.6, 0.7), (-0.8, 4.9, 0.9),
    (0.4, 5.7, 1.0),
)  # fmt: skip


def draw_climbed(canvas: Canvas, climbed: Seat, at: Callable[[Point], Point], wood: Colour) -> None:
    """Draw what somebody climbs whose top of the head is at (0, 0).

    Args:
        canvas: Where to draw.
        climbed: What it is.
        at: Where a point of a grown person is on this one.
        wood: The colour of wood in the light of the shot.
    """
    if climbed is Seat.LADDER:
        for x in (-0.62, 0.62):
            canvas.stroke([at((x, -0.45)), at((x, 6.45))], 0.13, darker(wood, 0.04))
        for rung in range(9):
            y = -0.1 + 0.8 * rung
            canvas.stroke([at((-0.62, y)), at((0.62, y))], 0.11, wood)
    elif climbed is Seat.ROPE:
        rope = [at((0.62, -0.45)), at((0.4, 3.0)), at((0.1, 6.45))]
        canvas.stroke(rope, 0.14, lighter(wood, 0.1))
    elif climbed is Seat.TRUNK:
        bark = Fade(lighter(wood, 0.02), darker(wood, 0.1))
        canvas.polygon([at(point) for point in _TRUNK], bark)
    else:
        grey = mix(_STONE, wood, 0.2)
        face = Fade(lighter(grey, 0.07), darker(grey, 0.05))
        canvas.polygon([at(point) for point in _FACE], face)
        for x, y, wide in _CRACKS:
            canvas.stroke([at((x, y)), at((x + wide, y + 0.09))], 0.06, darker(grey, 0.1))
