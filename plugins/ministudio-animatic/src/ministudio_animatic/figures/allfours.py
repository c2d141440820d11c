"""A person on hands and knees, seen from the side with the face to us. In heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Canvas, Fade, Point
from ministudio_animatic.drawing.colour import Colour, darker, lighter
from ministudio_animatic.figures.head import HeadDrawing
from ministudio_animatic.reading.postures import Head

if TYPE_CHECKING:
    from ministudio_animatic.reading.emotions import Face
    from ministudio_animatic.reading.traits import Person

__all__ = ["FACE", "HIGH", "LONG", "draw_crawling"]

HIGH: Final = 3.15
"""How high somebody on all fours is."""

LONG: Final = 5.4
"""How long somebody on all fours is."""

_AHEAD: Final = 1.5  # of the middle, to where the head is
FACE: Final = (_AHEAD, 0.5, 1.0)
"""Where the face is: across towards where it looks, down, and how high it is."""

_TORSO: Final = ((1.25, 1.12), (0.7, 1.08), (-0.2, 1.3), (-0.9, 1.18), (-1.45, 1.45), (-1.4, 2.0),
                 (-0.7, 2.1), (0.2, 2.05), (0.9, 2.05), (1.3, 1.7))  # fmt: skip
_ARMS: Final = (((1.1, 1.5), (1.5, 2.2), (1.75, 2.92)), ((0.85, 1.55), (0.8, 2.3), (0.95, 3.0)))
_LEGS: Final = (((-1.0, 1.75), (-0.65, 2.86), (-1.75, 2.94)),
                ((-1.1, 1.75), (-1.25, 2.92), (-2.3, 2.98)))  # fmt: skip


def draw_crawling(canvas: Canvas, person: Person, face: Face, facing: int) -> None:
    """Draw a person on all fours whose head is ahead of the middle, its top at 0."""
    long = 0.8 if person.child else 1.0

    def at(point: Point) -> Point:
        # A child is smaller all round but for the head, which stays above the same ground.
        return facing * (_AHEAD + (point[0] - _AHEAD) * long), HIGH - (HIGH - point[1]) * long

    head = HeadDrawing(canvas, person, face, (facing * _AHEAD, HIGH * (1 - long)),
                       facing=facing, held=Head.LEVEL)  # fmt: skip
    top = person.top
    head.behind()
    _limb(canvas, [at(p) for p in _ARMS[0]], (darker(top, 0.08), person.skin), long)
    _leg(canvas, [at(p) for p in _LEGS[0]], person, darker(person.legs, 0.07), long)
    canvas.limb([at((_AHEAD, 0.85)), at((1.05, 1.45))], [0.34, 0.5], darker(person.skin, 0.075))
    _leg(canvas, [at(p) for p in _LEGS[1]], person, person.legs, long)
    shade = Fade(lighter(top, 0.02), darker(top, 0.09))
    canvas.blob([at(p) for p in _TORSO], shade)
    if person.dress:
        skirt = [(-0.5, 1.3), (-1.4, 1.3), (-1.75, 2.7), (-0.4, 2.75)]
        canvas.blob([at(p) for p in skirt], darker(top, 0.03))
    if person.scarf:
        canvas.limb([at((0.9, 1.15)), at((1.4, 1.5))], [0.26, 0.26], person.scarf)
    _limb(canvas, [at(p) for p in _ARMS[1]], (darker(top, 0.03), person.skin), long)
    head.front()


def _limb(canvas: Canvas, joints: list[Point], colours: tuple[Colour, Colour], long: float) -> None:
    canvas.limb(joints, [0.42 * long, 0.32 * long, 0.25 * long], colours[0])
    x, y = joints[2]
    canvas.ellipse((x, y), 0.17, 0.12, colours[1])


def _leg(canvas: Canvas, joints: list[Point], person: Person, colour: Colour, long: float) -> None:
    tone = person.skin if person.dress else colour
    canvas.limb(joints, [0.66 * long, 0.44 * long, 0.3 * long], tone)
    x, y = joints[2]
    back = 1 if x > joints[1][0] else -1
    canvas.limb([(x, y), (x + back * 0.3 * long, y - 0.02)], [0.26, 0.18], darker(colour, 0.16))
