"""Robots, creatures, orbs and things from straight above. The measure is one head.

The middle of the head is (0, 0), and the being looks up the page.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.drawing.canvas import Canvas, Fade
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.footprint import Footprint
from ministudio_animatic.reading.postures import Arms, Legs, Pose
from ministudio_animatic.reading.words import first, table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CREATURE",
    "ORB",
    "ROBOT",
    "draw_creature_from_above",
    "draw_orb_from_above",
    "draw_robot_from_above",
    "draw_thing_from_above",
    "thing_footprint",
]

ROBOT: Final = Footprint(long=2.9, wide=3.1, middle=0.3, head=1.3, tall=5.4)
CREATURE: Final = Footprint(long=3.3, wide=3.3, middle=-0.2, head=2.4, tall=4.4)
ORB: Final = Footprint(long=1.0, wide=1.0, head=0.9, tall=0.0)
_REACHING: Final = frozenset({Arms.RAISE, Arms.OPEN, Arms.POINT, Arms.HOLD})


def draw_robot_from_above(canvas: Canvas, body: Colour, lamp: Colour, pose: Pose) -> None:
    """Draw a robot: box shoulders, jointed arms, the antenna's lamp on its head."""
    dark, joint = darker(body, 0.1), darker(body, 0.26)
    stride = 0.5 if pose.legs in {Legs.WALK, Legs.RUN} else 0.0
    for side in (1, -1):
        y = -0.62 - side * stride
        canvas.box(side * 0.46 - 0.3, y - 0.32, side * 0.46 + 0.3, y + 0.5, dark, radius=0.16)
        reach = -1.35 if pose.arms in _REACHING else -0.5
        canvas.stroke([(side * 1.05, 0.1), (side * 1.28, -0.2), (side * 1.12, reach)], 0.22, joint)
        canvas.ellipse((side * 1.28, -0.2), 0.18, 0.18, dark)
        canvas.ellipse((side * 1.12, reach), 0.25, 0.25, body)
    canvas.box(-1.12, -0.5, 1.12, 0.72, Fade(lighter(body, 0.05), dark), radius=0.34)
    for side in (1, -1):
        canvas.ellipse((side * 0.96, 0.1), 0.28, 0.3, dark)
        canvas.ellipse((side * 0.96, 0.1), 0.12, 0.12, joint)
    for k in range(3):
        canvas.box(-0.34, 0.36 + 0.1 * k, 0.34, 0.41 + 0.1 * k, joint, radius=0.02)
    canvas.box(-0.66, -0.58, 0.66, 0.42, Fade(lighter(body, 0.1), body), radius=0.3)
    canvas.box(-0.5, -0.66, 0.5, -0.46, (28, 34, 46), radius=0.1)
    canvas.box(-0.4, -0.65, 0.4, -0.57, lamp, radius=0.04)
    canvas.glow((0.0, -0.05), 0.42, lamp, 0.7)
    canvas.ellipse((0.0, -0.05), 0.15, 0.15, joint)
    canvas.ellipse((0.0, -0.05), 0.1, 0.1, lamp)


def draw_creature_from_above(canvas: Canvas, coat: Colour, pose: Pose) -> None:
    """Draw a creature: a round back, two horns, claws and a tail."""
    dark, belly, horn = darker(coat, 0.09), lighter(coat, 0.1), (228, 214, 184)
    canvas.limb([(0.0, 0.8), (0.4, 1.4), (0.1, 1.75)], [0.5, 0.3, 0.1], dark)
    reach = -1.2 if pose.arms in _REACHING else -0.75
    for side in (1, -1):
        canvas.ellipse((side * 0.55, -0.95), 0.36, 0.32, dark)
        canvas.limb([(side * 1.0, 0.1), (side * 1.4, -0.3), (side * 1.2, reach)],
                    [0.44, 0.38, 0.3], dark)  # fmt: skip
    canvas.blob([(0.0, -1.0), (0.75, -0.82), (1.16, -0.1), (1.05, 0.7), (0.0, 1.14),
                 (-1.05, 0.7), (-1.16, -0.1), (-0.75, -0.82)],
                Fade(lighter(coat, 0.03), darker(coat, 0.05)))  # fmt: skip
    for k in range(4):
        canvas.ellipse((0.0, 0.1 + 0.26 * k), 0.16 - 0.02 * k, 0.11, dark)
    for side in (1, -1):
        canvas.limb([(side * 0.5, -0.42), (side * 0.84, -0.5), (side * 0.92, -0.86)],
                    [0.32, 0.22, 0.07], horn)  # fmt: skip
        canvas.ellipse((side * 0.3, -0.78), 0.2, 0.18, (248, 246, 238))
        canvas.ellipse((side * 0.3, -0.87), 0.09, 0.09, (36, 30, 38))
    canvas.ellipse((0.0, -0.3), 0.34, 0.26, mix(coat, belly, 0.5))


def draw_orb_from_above(canvas: Canvas, colour: Colour) -> None:
    """Draw an orb: a disc of light with a ring around it."""
    light = mix(lighter(colour, 0.12), (255, 250, 232), 0.35)
    r = 0.36
    canvas.glow((0.0, 0.0), r * 3.4, colour, 0.62)
    canvas.glow((0.0, 0.0), r * 1.9, light, 0.75)
    canvas.ellipse((0.0, 0.0), r * 0.86, r * 0.86, darker(colour, 0.04))
    canvas.ellipse((0.0, 0.0), r * 0.76, r * 0.76, colour)
    canvas.glow((0.0, 0.0), r * 0.8, (255, 252, 240), 0.95)
    ring = [(1.32 * r * math.cos(math.tau * k / 48), 1.32 * r * math.sin(math.tau * k / 48))
            for k in range(49)]  # fmt: skip
    canvas.stroke(ring, 0.018, light)
    canvas.glow(ring[40], r * 0.55, (255, 250, 230), 0.9)
    canvas.ellipse(ring[40], 0.04, 0.04, (255, 253, 245))


@attrs.frozen
class _Thing:
    """One sort of thing: half its width, half its length, how high it is, and its drawing."""

    half: float
    deep: float
    tall: float
    draw: Callable[[Canvas, Colour], None]


def thing_footprint(words: str) -> Footprint:
    """Return what the thing that ``words`` name takes of the floor plan."""
    thing = _named(words)
    return Footprint(
        long=2 * thing.deep, wide=2 * thing.half, head=2 * min(thing.deep, thing.half),
        tall=thing.tall,
    )  # fmt: skip


def draw_thing_from_above(canvas: Canvas, words: str, colour: Colour) -> None:
    """Draw the thing that ``words`` name; a parcel where it is not known."""
    _named(words).draw(canvas, colour)


def _named(words: str) -> _Thing:
    return first(words, _THINGS) or _Thing(0.85, 0.85, 1.3, _parcel)


def _parcel(c: Canvas, colour: Colour) -> None:
    c.box(-0.8, -0.8, 0.8, 0.8, Fade(lighter(colour, 0.04), darker(colour, 0.04)), radius=0.06)
    c.box(-0.13, -0.8, 0.13, 0.8, darker(colour, 0.14))
    c.box(-0.8, -0.13, 0.8, 0.13, darker(colour, 0.14))
    for side in (1, -1):
        c.ellipse((side * 0.26, -0.1), 0.26, 0.16, darker(colour, 0.19))


def _book(c: Canvas, colour: Colour) -> None:
    c.box(-0.52, -0.68, 0.6, 0.68, (238, 228, 206), radius=0.03)
    c.box(-0.56, -0.7, 0.5, 0.7, colour, radius=0.04)
    c.box(-0.56, -0.7, -0.4, 0.7, darker(colour, 0.1))
    c.box(-0.24, -0.46, 0.34, -0.2, lighter(colour, 0.18))


def _lantern(c: Canvas, colour: Colour) -> None:
    c.glow((0.0, 0.0), 2.4, (255, 210, 120), 0.6)
    c.box(-0.5, -0.5, 0.5, 0.5, colour, radius=0.1)
    c.box(-0.38, -0.38, 0.38, 0.38, (255, 226, 150), radius=0.06)
    c.stroke([(-0.44, -0.44), (0.44, 0.44)], 0.07, colour)
    c.stroke([(-0.44, 0.44), (0.44, -0.44)], 0.07, colour)
    c.ellipse((0.0, 0.0), 0.16, 0.16, darker(colour, 0.06))


def _kettle(c: Canvas, colour: Colour) -> None:
    c.limb([(0.0, -0.4), (0.0, -0.98)], [0.3, 0.16], darker(colour, 0.06))
    c.ellipse((0.0, 0.0), 0.68, 0.68, Fade(lighter(colour, 0.06), darker(colour, 0.06)))
    c.ellipse((0.0, 0.0), 0.4, 0.4, darker(colour, 0.05))
    c.ellipse((0.0, 0.0), 0.1, 0.1, (60, 54, 54))
    c.stroke([(-0.5, 0.5), (0.0, 0.86), (0.5, 0.5)], 0.1, (60, 54, 54))


def _ship(c: Canvas, colour: Colour) -> None:
    hull = [(0.0, -3.4), (0.9, -2.0), (1.15, 0.2), (0.95, 2.4), (0.6, 2.9), (-0.6, 2.9),
            (-0.95, 2.4), (-1.15, 0.2), (-0.9, -2.0)]  # fmt: skip
    c.blob(hull, darker(colour, 0.1))
    c.blob([(x * 0.82, y * 0.88) for x, y in hull], lighter(colour, 0.1))
    for k in range(-4, 5):
        c.stroke([(k * 0.17, -1.9 + abs(k) * 0.2), (k * 0.17, 2.2)], 0.025, colour)
    c.box(-0.5, 1.0, 0.5, 2.0, darker(colour, 0.02), radius=0.1)
    sail = [(-1.9, -0.55), (0.0, -1.05), (1.9, -0.55), (1.7, -0.3), (0.0, -0.5), (-1.7, -0.3)]
    c.blob(sail, (240, 232, 214))
    c.ellipse((0.0, -0.5), 0.16, 0.16, darker(colour, 0.18))


def _car(c: Canvas, colour: Colour) -> None:
    for x, y in ((1, -1.7), (-1, -1.7), (1, 1.6), (-1, 1.6)):
        c.box(x * 1.2 - 0.16, y - 0.45, x * 1.2 + 0.16, y + 0.45, (36, 36, 42), radius=0.1)
    c.box(-1.25, -2.85, 1.25, 2.75, Fade(lighter(colour, 0.03), darker(colour, 0.05)), radius=0.6)
    c.polygon([(-1.0, -1.25), (1.0, -1.25), (0.84, -0.65), (-0.84, -0.65)], (150, 186, 204))
    c.polygon([(-0.84, 1.35), (0.84, 1.35), (0.98, 1.85), (-0.98, 1.85)], (128, 164, 184))
    c.box(-0.86, -0.7, 0.86, 1.4, lighter(colour, 0.05), radius=0.2)
    for side in (1, -1):
        c.box(side * 1.02 - 0.1, -0.6, side * 1.02 + 0.1, 1.3, (120, 154, 172), radius=0.06)
        c.ellipse((side * 0.85, -2.7), 0.24, 0.12, (255, 240, 196))
        c.ellipse((side * 0.9, 2.66), 0.2, 0.09, (206, 62, 54))


def _key(c: Canvas, colour: Colour) -> None:
    ring = [(0.3 * math.cos(math.tau * k / 24), 0.3 * math.sin(math.tau * k / 24) - 0.42)
            for k in range(25)]  # fmt: skip
    c.stroke(ring, 0.14, colour)
    c.stroke([(0.0, -0.1), (0.0, 0.76)], 0.15, colour)
    for y in (0.48, 0.7):
        c.stroke([(0.0, y), (0.28, y)], 0.13, darker(colour, 0.06))


def _tree(c: Canvas, colour: Colour) -> None:
    for k in range(9):
        a = math.tau * k / 9
        at = (1.75 * math.cos(a), 1.75 * math.sin(a))
        c.ellipse(at, 0.95, 0.95, darker(colour, 0.05 + 0.02 * (k % 2)))
    c.ellipse((0.0, 0.0), 2.1, 2.1, colour)
    for x, y, r in ((-0.7, -0.6, 0.8), (0.7, -0.3, 0.7), (-0.1, 0.8, 0.75)):
        c.ellipse((x, y), r, r, lighter(colour, 0.04))
    c.ellipse((-0.5, -0.7), 0.4, 0.4, lighter(colour, 0.08))


def _door(c: Canvas, colour: Colour) -> None:
    c.box(-1.45, -0.2, 1.45, 0.2, darker(colour, 0.16), radius=0.05)
    c.box(-1.2, -0.1, 1.2, 0.1, colour)
    c.ellipse((0.95, -0.22), 0.12, 0.1, (222, 180, 96))
    c.ellipse((0.95, 0.22), 0.12, 0.1, (222, 180, 96))


def _screen(c: Canvas, colour: Colour) -> None:
    c.box(-0.5, -0.1, 0.5, 0.5, darker(colour, 0.06), radius=0.1)
    c.box(-1.1, -0.2, 1.1, 0.06, colour, radius=0.05)
    c.glow((0.0, -0.5), 1.0, (120, 176, 206), 0.6)
    c.box(-1.0, -0.26, 1.0, -0.16, (150, 206, 232))


_THINGS: Final[Mapping[str, _Thing]] = table(
    (_Thing(0.66, 0.76, 0.3, _book), "book, diary, notebook, manual, novel"),
    (_Thing(0.6, 0.6, 1.4, _lantern), "lantern, lamp, candle, light"),
    (_Thing(0.74, 1.08, 1.2, _kettle), "kettle, teapot, pot, jug, cauldron"),
    (_Thing(2.0, 3.5, 3.0, _ship), "ship, boat, sailboat, vessel, galleon"),
    (_Thing(1.45, 3.0, 2.4, _car), "car, taxi, van, automobile, truck, bus"),
    (_Thing(0.45, 0.85, 0.1, _key), "key"),
    (_Thing(2.8, 2.8, 6.0, _tree), "tree, oak, willow, pine"),
    (_Thing(1.5, 0.4, 5.0, _door), "door, gate, portal"),
    (_Thing(1.2, 0.8, 1.5, _screen), "computer, screen, monitor, laptop, television"),
)
