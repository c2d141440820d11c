"""Objects that are characters: a kettle, a ship, a key. The measure is one head.

What the table does not know is drawn as a wrapped parcel: a thing, never a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import attrs

from ministudio_animatic.drawing.canvas import Canvas, Fade, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter
from ministudio_animatic.reading.words import first, table

__all__ = ["Thing", "draw_thing", "read_thing"]

_Draw = Callable[[Canvas, Colour], None]


@attrs.frozen
class Thing:
    """One sort of object: its size in heads of a grown person, its colour, and its drawing.

    The drawing has its top at y = 0 and its middle at x = 0.
    """

    tall: float
    wide: float
    colour: Colour
    draw: _Draw


def draw_thing(canvas: Canvas, thing: Thing, colour: Colour) -> None:
    """Draw an object whose top is at y = 0 and whose middle is at x = 0."""
    thing.draw(canvas, colour)


def read_thing(text: str) -> Thing:
    """Return the object that ``text`` names; a parcel where it is not known."""
    return first(text, _THINGS) or _PARCEL


def _parcel(c: Canvas, colour: Colour) -> None:
    c.box(-0.8, 0.2, 0.8, 1.5, Fade(lighter(colour, 0.03), darker(colour, 0.06)), radius=0.08)
    c.box(-0.13, 0.2, 0.13, 1.5, darker(colour, 0.14))
    c.box(-0.8, 0.72, 0.8, 0.94, darker(colour, 0.14))
    for side in (1, -1):
        c.blob(
            [(0, 0.22), (side * 0.2, 0.0), (side * 0.44, 0.06), (side * 0.3, 0.24)],
            darker(colour, 0.18),
        )


def _book(c: Canvas, colour: Colour) -> None:
    c.polygon([(-0.62, 0.08), (0.46, 0.0), (0.56, 1.28), (-0.54, 1.4)], colour)
    c.polygon([(0.46, 0.0), (0.64, 0.06), (0.72, 1.32), (0.56, 1.28)], (238, 228, 206))
    c.polygon([(-0.62, 0.08), (-0.46, 0.07), (-0.38, 1.385), (-0.54, 1.4)], darker(colour, 0.1))
    c.polygon([(-0.26, 0.3), (0.3, 0.26), (0.32, 0.46), (-0.24, 0.5)], lighter(colour, 0.18))


def _lantern(c: Canvas, colour: Colour) -> None:
    c.glow((0, 0.9), 2.2, (255, 210, 120), 0.55)
    c.stroke(smooth([(-0.3, 0.42), (0, 0.04), (0.3, 0.42)]), 0.07, colour)
    c.polygon([(-0.28, 0.36), (0.28, 0.36), (0.46, 0.56), (-0.46, 0.56)], colour)
    c.box(-0.4, 0.56, 0.4, 1.34, (255, 226, 150), radius=0.08)
    c.glow((0, 0.98), 0.5, (255, 250, 220), 0.95)
    for x in (-0.37, 0.0, 0.37):
        c.stroke([(x, 0.56), (x, 1.34)], 0.07, colour)
    c.box(-0.5, 1.32, 0.5, 1.5, darker(colour, 0.05), radius=0.05)


def _kettle(c: Canvas, colour: Colour) -> None:
    c.stroke(smooth([(-0.4, 0.5), (-0.3, 0.08), (0.3, 0.08), (0.4, 0.5)]), 0.1, (60, 54, 54))
    c.limb([(0.4, 0.95), (0.78, 0.72), (0.92, 0.46)], [0.32, 0.2, 0.15], darker(colour, 0.06))
    belly = [(0, 0.4), (0.42, 0.5), (0.66, 0.95), (0.56, 1.36), (0, 1.42), (-0.56, 1.36),
             (-0.66, 0.95), (-0.42, 0.5)]  # fmt: skip
    c.blob(belly, Fade(lighter(colour, 0.06), darker(colour, 0.07)))
    c.ellipse((0, 0.44), 0.36, 0.08, darker(colour, 0.1))
    c.ellipse((0, 0.34), 0.08, 0.08, (60, 54, 54))


def _ship(c: Canvas, colour: Colour) -> None:
    c.stroke([(0.1, 0.2), (0.1, 5.2)], 0.16, darker(colour, 0.12))
    c.blob([(0.2, 0.4), (2.2, 2.6), (2.0, 4.3), (0.2, 4.4)], (240, 232, 214))
    c.blob([(0.0, 0.9), (-1.6, 3.4), (0.0, 4.3)], (228, 216, 194))
    hull = [(-3.0, 4.8), (2.9, 4.8), (3.3, 4.5), (2.5, 6.1), (-2.2, 6.2)]
    c.polygon(hull, Fade(colour, darker(colour, 0.12)))
    c.polygon([(-3.0, 4.8), (3.1, 4.62), (3.0, 4.95), (-2.9, 5.1)], lighter(colour, 0.14))


def _car(c: Canvas, colour: Colour) -> None:
    c.blob(
        [(-2.2, 1.6), (-1.4, 0.5), (-0.2, 0.3), (1.0, 0.42), (1.8, 1.3), (1.6, 1.7), (-1.8, 1.7)],
        darker(colour, 0.03),
    )
    c.blob([(-1.7, 1.35), (-1.15, 0.65), (-0.3, 0.52), (-0.25, 1.32)], (176, 206, 220))
    c.blob([(-0.05, 1.32), (-0.05, 0.52), (0.85, 0.62), (1.4, 1.3)], (160, 194, 212))
    c.box(-2.9, 1.35, 2.9, 2.5, Fade(lighter(colour, 0.03), darker(colour, 0.08)), radius=0.5)
    c.ellipse((2.7, 1.75), 0.18, 0.2, (255, 240, 196))
    for x in (-1.7, 1.7):
        c.ellipse((x, 2.5), 0.62, 0.62, (40, 40, 46))
        c.ellipse((x, 2.5), 0.28, 0.28, (168, 172, 178))


def _key(c: Canvas, colour: Colour) -> None:
    ring = [(0.3, 0.32), (0, 0.62), (-0.3, 0.32), (0, 0.02)]
    course = smooth(ring, closed=True)
    c.stroke([*course, course[0]], 0.14, colour)
    c.stroke([(0, 0.62), (0, 1.5)], 0.15, colour)
    for y in (1.2, 1.44):
        c.stroke([(0, y), (0.28, y)], 0.13, darker(colour, 0.06))


def _tree(c: Canvas, colour: Colour) -> None:
    c.limb([(0, 3.4), (0.05, 7.0)], [0.5, 0.9], (112, 82, 60))
    for x, y, r in ((-1.1, 2.7, 1.3), (1.15, 2.6, 1.35), (0, 1.6, 1.6), (0.1, 3.2, 1.3)):
        c.ellipse((x, y), r, r * 0.95, darker(colour, 0.04))
    for x, y, r in ((-0.8, 2.0, 0.8), (0.6, 1.4, 0.9)):
        c.ellipse((x, y), r, r * 0.9, lighter(colour, 0.05))


def _door(c: Canvas, colour: Colour) -> None:
    c.box(-1.3, 0.0, 1.3, 6.0, darker(colour, 0.16), radius=0.06)
    c.box(-1.1, 0.2, 1.1, 6.0, Fade(lighter(colour, 0.02), darker(colour, 0.05)))
    for y in (0.6, 3.3):
        c.box(-0.8, y, 0.8, y + 2.2, darker(colour, 0.07), radius=0.05)
    c.ellipse((0.86, 3.1), 0.12, 0.12, (222, 180, 96))


def _screen(c: Canvas, colour: Colour) -> None:
    c.box(-0.2, 1.2, 0.2, 1.7, darker(colour, 0.1))
    c.box(-0.6, 1.62, 0.6, 1.78, darker(colour, 0.06), radius=0.05)
    c.box(-1.1, 0.0, 1.1, 1.32, colour, radius=0.08)
    c.box(-1.0, 0.1, 1.0, 1.2, Fade((120, 176, 206), (70, 116, 160)), radius=0.04)
    for i, wide in enumerate((1.2, 0.8, 1.4, 0.6)):
        c.box(-0.8, 0.26 + i * 0.22, -0.8 + wide, 0.34 + i * 0.22, (218, 238, 246), radius=0.03)


_PARCEL: Final = Thing(1.5, 1.6, (186, 148, 104), _parcel)
_THINGS: Final[Mapping[str, Thing]] = table(
    (Thing(1.4, 1.4, (150, 72, 66), _book), "book, diary, notebook, manual, novel"),
    (Thing(1.5, 1.1, (92, 76, 62), _lantern), "lantern, lamp, candle, light"),
    (Thing(1.45, 1.9, (176, 88, 66), _kettle), "kettle, teapot, pot, jug, cauldron"),
    (Thing(6.2, 6.4, (126, 84, 60), _ship), "ship, boat, sailboat, vessel, galleon"),
    (Thing(3.15, 5.9, (186, 70, 62), _car), "car, taxi, van, automobile, truck, bus"),
    (Thing(1.55, 0.8, (212, 168, 78), _key), "key"),
    (Thing(7.0, 5.0, (96, 134, 84), _tree), "tree, oak, willow, pine"),
    (Thing(6.0, 2.6, (136, 92, 66), _door), "door, gate, portal"),
    (Thing(1.78, 2.3, (58, 62, 74), _screen), "computer, screen, monitor, laptop, television"),
)
