"""What people sit on, drawn behind them. The measure is one head's height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.reading.postures import Seat

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio_animatic.drawing.canvas import Canvas, Point

__all__ = ["draw_seat"]

_GOLD: Final[Colour] = (210, 166, 70)
_VELVET: Final[Colour] = (134, 34, 48)
_STONE: Final[Colour] = (112, 108, 108)


def draw_seat(canvas: Canvas, seat: Seat, at: Callable[[Point], Point], wood: Colour) -> None:
    """Draw a seat for somebody whose top of the head is at (0, 0).

    Args:
        canvas: Where to draw.
        seat: What it is.
        at: Where a point of a grown person is on this one.
        wood: The colour of wood in the light of the shot.
    """
    if seat is Seat.ROCK:
        _rock(canvas, at, wood)
    elif seat is Seat.THRONE:
        _throne(canvas, at, wood)
    elif seat is Seat.STOOL:
        dark = darker(wood, 0.08)
        for x in (-0.5, 0.0, 0.5):
            canvas.stroke([at((x * 0.7, 3.4)), at((x * 1.2, 4.9))], 0.11, dark)
        canvas.box(*at((-0.74, 3.3)), *at((0.74, 3.52)), wood, radius=0.09)
    else:
        _chair(canvas, at, wood)


def _chair(canvas: Canvas, at: Callable[[Point], Point], wood: Colour) -> None:
    dark = darker(wood, 0.08)
    for x in (-0.98, 0.98):
        canvas.stroke([at((x, 1.0)), at((x, 4.9))], 0.13, dark)
    for top in (1.15, 1.75, 2.35):
        canvas.box(*at((-0.98, top)), *at((0.98, top + 0.26)), wood, radius=0.08)
    canvas.box(*at((-1.06, 3.3)), *at((1.06, 3.5)), dark, radius=0.08)


def _throne(canvas: Canvas, at: Callable[[Point], Point], wood: Colour) -> None:
    gold, velvet = mix(_GOLD, wood, 0.2), mix(_VELVET, wood, 0.2)
    back = [(-0.98, 0.5), (-0.6, -0.1), (0.0, 0.2), (0.6, -0.1), (0.98, 0.5), (0.98, 4.8),
            (-0.98, 4.8)]  # fmt: skip
    canvas.polygon([at(point) for point in back], Fade(lighter(gold, 0.04), darker(gold, 0.06)))
    canvas.box(*at((-0.76, 0.5)), *at((0.76, 3.4)), velvet, radius=0.1)
    canvas.box(*at((-1.0, 3.3)), *at((1.0, 3.65)), velvet, radius=0.08)
    for x in (-0.98, 0.98):
        canvas.stroke([at((x, 2.5)), at((x, 4.9))], 0.2, darker(gold, 0.05))
        canvas.ellipse(at((x, 2.45)), 0.16, 0.15, lighter(gold, 0.06))


def _rock(canvas: Canvas, at: Callable[[Point], Point], wood: Colour) -> None:
    grey = mix(_STONE, wood, 0.35)
    shape = [(-1.02, 4.92), (-0.95, 3.75), (-0.6, 3.3), (0.2, 3.24), (0.8, 3.4), (1.02, 4.0),
             (1.06, 4.92)]  # fmt: skip
    canvas.polygon([at(point) for point in shape], Fade(lighter(grey, 0.05), darker(grey, 0.08)))
