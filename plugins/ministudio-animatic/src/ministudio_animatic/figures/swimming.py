"""People in the water: the crawl, and the hands of those who keep afloat. In heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Canvas, Fade, Point
from ministudio_animatic.drawing.colour import Colour, darker, lighter
from ministudio_animatic.figures.head import HeadDrawing
from ministudio_animatic.reading.postures import Head

if TYPE_CHECKING:
    from ministudio_animatic.reading.emotions import Face
    from ministudio_animatic.reading.traits import Person

__all__ = ["WIDE", "draw_swimming", "draw_treading"]

WIDE: Final = 5.6
"""How wide a swimmer is, from the splash of the feet to the stretched hand and beyond."""

_BACK: Final = ((0.3, 1.02), (-0.3, 0.9), (-1.1, 0.94), (-1.9, 1.12), (-2.3, 1.35), (0.6, 1.5))
_AHEAD: Final = ((0.35, 1.12), (1.15, 0.86), (1.95, 1.12))
_OVER: Final = ((-0.55, 1.0), (-0.95, 0.08), (-1.62, 0.72))
_DROPS: Final = (
    (-2.45, 1.05, 0.13), (-2.62, 0.84, 0.09), (-2.3, 0.78, 0.07), (-2.78, 1.02, 0.1),
    (-2.12, 0.95, 0.06), (2.1, 1.0, 0.07), (2.22, 1.1, 0.09), (-2.55, 0.6, 0.05),
)  # fmt: skip


def draw_swimming(canvas: Canvas, person: Person, face: Face, facing: int, foam: Colour) -> None:
    """Draw a person who swims the crawl, the top of the head at (0, 0)."""

    def at(point: Point) -> Point:
        return facing * point[0], point[1]

    head = HeadDrawing(canvas, person, face, (0.0, 0.0), facing=facing, held=Head.LEVEL)
    sleeve = person.top
    canvas.limb([at(p) for p in _AHEAD], [0.36, 0.3, 0.24], darker(sleeve, 0.07))
    canvas.ellipse(at(_AHEAD[2]), 0.19, 0.11, person.skin)
    canvas.blob([at(p) for p in _BACK], Fade(lighter(sleeve, 0.02), darker(sleeve, 0.1)))
    canvas.limb([(0, 0.8), at((-0.1, 1.2))], [0.34, 0.46], darker(person.skin, 0.075))
    head.front()
    canvas.limb([at(p) for p in _OVER], [0.38, 0.31, 0.24], darker(sleeve, 0.03))
    canvas.ellipse(at(_OVER[2]), 0.15, 0.17, person.skin)
    for x, y, r in _DROPS:
        canvas.ellipse(at((x, y)), r, r * 1.15, foam)


def draw_treading(canvas: Canvas, person: Person, depth: float) -> None:
    """Draw the hands of somebody up to the chest or the neck in the water, at its surface."""
    for side in (1, -1):
        elbow, hand = (side * 0.95, depth + 0.12), (side * 1.45, depth - 0.06)
        canvas.limb([elbow, hand], [0.3, 0.22], darker(person.top, 0.04))
        canvas.ellipse(hand, 0.17, 0.12, person.skin)
