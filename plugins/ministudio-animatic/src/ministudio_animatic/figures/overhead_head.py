"""A head from straight above: hair, crown or hat, and as much of the face as juts out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Canvas, Point, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.reading.postures import Head

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio_animatic.reading.traits import Person

__all__ = ["draw_head"]

_NOD: Final[Mapping[Head, float]] = {Head.UP: 0.12, Head.DOWN: -0.14, Head.LEVEL: 0.0}


def draw_head(canvas: Canvas, person: Person, held: Head, times: float = 1.0) -> None:
    """Draw a head that looks up the page.

    Args:
        canvas: Where to draw; its unit is one head of a grown person.
        person: The looks, already in the light of the shot.
        held: How the head is held: bowed, it lies further ahead; raised, more face is seen.
        times: How large it is.
    """
    nod = _NOD[held] * times
    size = 0.5 + 0.5 * times
    for draw in (_hanging, _face, _hair):
        draw(_Head(canvas, (0.0, nod), size), person, held)
    if person.hat is not None:
        put = _crown if person.crown else _hat
        put(_Head(canvas, (0.0, nod), size), person.hat)


class _Head:
    """A pen that draws a head of some size at some point."""

    def __init__(self, canvas: Canvas, middle: Point, size: float) -> None:
        self.canvas, self.middle, self.size = canvas, middle, size

    def at(self, point: Point) -> Point:
        x, y = self.middle
        return x + point[0] * self.size, y + point[1] * self.size

    def disc(self, at: Point, rx: float, ry: float, colour: Colour) -> None:
        self.canvas.ellipse(self.at(at), rx * self.size, ry * self.size, colour)

    def blob(self, points: list[Point], colour: Colour) -> None:
        self.canvas.blob([self.at(point) for point in points], colour)

    def line(self, points: list[Point], width: float, colour: Colour) -> None:
        course = smooth([self.at(point) for point in points])
        self.canvas.stroke(course, width * self.size, colour)


def _hanging(pen: _Head, person: Person, held: Head) -> None:
    """Hair that falls over the back."""
    del held
    hair = darker(person.hair, 0.04)
    if person.cut == "long":
        pen.blob([(-0.46, 0.0), (-0.56, 0.5), (-0.3, 0.86), (0.0, 0.92), (0.3, 0.86),
                  (0.56, 0.5), (0.46, 0.0)], hair)  # fmt: skip
        for x in (-0.24, 0.0, 0.24):
            pen.line([(x * 0.7, 0.4), (x, 0.8)], 0.03, darker(hair, 0.06))
    elif person.cut == "bob":
        pen.blob([(-0.5, -0.1), (-0.54, 0.36), (0.0, 0.64), (0.54, 0.36), (0.5, -0.1)], hair)
    elif person.cut == "ponytail":
        pen.blob([(-0.14, 0.36), (-0.2, 0.8), (0.02, 1.12), (0.2, 0.76), (0.14, 0.36)], hair)


def _face(pen: _Head, person: Person, held: Head) -> None:
    skin = person.skin
    ahead = -0.1 if held is Head.UP else 0.0
    for side in (1, -1):
        pen.disc((side * 0.42, 0.02), 0.08, 0.11, darker(skin, 0.05))
    if person.beard:
        pen.disc((0.0, -0.28 + ahead), 0.27, 0.3, person.hair)
    pen.disc((0.0, -0.1 + ahead), 0.37, 0.42, skin)
    pen.blob([(-0.07, -0.46 + ahead), (0.0, -0.61 + ahead), (0.07, -0.46 + ahead)], skin)
    if held is Head.UP:
        for side in (1, -1):
            pen.disc((side * 0.16, -0.38), 0.05, 0.04, (40, 26, 28))
    if person.glasses:
        pen.line([(-0.36, -0.24), (-0.3, -0.46 + ahead), (0.3, -0.46 + ahead), (0.36, -0.24)],
                 0.05, (52, 54, 62))  # fmt: skip


def _hair(pen: _Head, person: Person, held: Head) -> None:
    hair, back = person.hair, 0.08 if held is Head.UP else 0.0
    if person.cut == "bald":
        pen.disc((0.0, 0.03), 0.4, 0.43, person.skin)
        pen.disc((0.0, -0.03), 0.36, 0.4, lighter(person.skin, 0.02))
        pen.disc((-0.1, -0.1), 0.13, 0.12, lighter(person.skin, 0.07))
        return
    if person.cut == "curly":
        for k in range(9):
            a = math.tau * k / 9
            at = (0.34 * math.cos(a), 0.08 + back + 0.34 * math.sin(a))
            pen.disc(at, 0.2, 0.2, darker(hair, 0.03 * (k % 2)))
        pen.disc((0.0, 0.06 + back), 0.38, 0.38, hair)
        for x, y in ((-0.16, -0.06), (0.14, 0.02), (-0.04, 0.22)):
            pen.disc((x, y + back), 0.1, 0.09, lighter(hair, 0.04))
        return
    full = 0.4 if person.cut == "cropped" else 0.44
    pen.disc((0.0, 0.08 + back), full, full, hair)
    # Strands run from the whorl at the back of the crown.
    shade, shine = darker(hair, 0.055), lighter(hair, 0.07)
    for k in range(10):
        a = math.tau * (k + 0.3) / 10
        tip = (0.38 * math.cos(a), 0.08 + back + 0.36 * math.sin(a))
        near = (0.08 * math.cos(a), 0.18 + back + 0.08 * math.sin(a))
        pen.line([near, tip], 0.022, shade)
    pen.line([(-0.26, -0.04 + back), (-0.08, -0.16 + back), (0.16, -0.14 + back)], 0.045, shine)
    if person.cut in {"long", "bob"}:
        pen.line([(0.0, -0.26 + back), (0.0, 0.2 + back)], 0.035, mix(person.skin, hair, 0.5))
    elif person.cut == "bun":
        pen.disc((0.0, 0.26), 0.25, 0.24, darker(hair, 0.05))
        pen.disc((0.0, 0.25), 0.2, 0.19, hair)
        pen.line([(-0.1, 0.22), (0.04, 0.32), (0.1, 0.2)], 0.03, shade)
    elif person.cut == "ponytail":
        pen.disc((0.0, 0.46), 0.1, 0.08, darker(hair, 0.12))


def _hat(pen: _Head, colour: Colour) -> None:
    low = darker(colour, 0.07)
    pen.blob([(-0.46, -0.1), (-0.42, -0.5), (0.0, -0.74), (0.42, -0.5), (0.46, -0.1)], low)
    pen.disc((0.0, 0.04), 0.5, 0.52, darker(colour, 0.03))
    pen.disc((0.0, 0.04), 0.44, 0.46, colour)
    pen.disc((-0.08, -0.04), 0.2, 0.2, lighter(colour, 0.04))
    pen.disc((0.0, 0.04), 0.06, 0.06, low)


def _crown(pen: _Head, colour: Colour) -> None:
    """A ring of points around the hair."""
    for k in range(8):
        a = math.tau * (k + 0.5) / 8
        x, y = math.cos(a), math.sin(a)
        tip = (0.62 * x, 0.04 + 0.62 * y)
        left = (0.46 * math.cos(a - 0.36), 0.04 + 0.46 * math.sin(a - 0.36))
        right = (0.46 * math.cos(a + 0.36), 0.04 + 0.46 * math.sin(a + 0.36))
        pen.canvas.polygon([pen.at(p) for p in (left, tip, right)], lighter(colour, 0.03))
        pen.disc(tip, 0.055, 0.055, lighter(colour, 0.14))
    ring = [(0.46 * math.cos(math.tau * k / 32), 0.04 + 0.46 * math.sin(math.tau * k / 32))
            for k in range(33)]  # fmt: skip
    pen.canvas.stroke([pen.at(point) for point in ring], 0.11 * pen.size, darker(colour, 0.05))
    pen.disc((0.0, -0.46), 0.07, 0.07, (176, 46, 62))
