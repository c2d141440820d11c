"""Rooms that move: a compartment on wheels or wings, and the inside of a spaceship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import darker, lighter, mix
from ministudio_animatic.places import panes
from ministudio_animatic.places.shells import flags, panelled, smooth_wall

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["spaceship", "vehicle"]


def vehicle(s: Scene) -> None:
    """A compartment: a row of rounded windows on what passes outside, seats, a luggage rack."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall, floor = inside(mix(t.far, t.middle, 0.25)), inside(darker(t.ground, 0.08))
    smooth_wall(s, wall, floor)
    c.box(s.left - 0.1, -0.2, s.right + 0.1, 0.0, darker(wall, 0.07))
    for x in (-1.2, -0.6, 0.0, 0.6, 1.2):
        c.box(x - 0.27, -0.53, x + 0.27, -0.2, inside((84, 88, 94)), radius=0.04)
        c.box(x - 0.25, -0.51, x + 0.25, -0.22, s.light.sky[1], radius=0.03)
        panes.outlook(s, (x, -0.365), (0.23, 0.128))
    metal = inside((150, 154, 158))
    for y in (-0.6, -0.575):
        c.stroke([(s.left - 0.1, y), (s.right + 0.1, y)], 0.008, metal)
    for x, tone in ((-0.46, (140, 92, 58)), (0.32, (92, 108, 128)), (0.84, t.accent)):
        case = inside(mix(tone, t.near, 0.2))
        c.box(x - 0.13, -0.72, x + 0.13, -0.61, case, radius=0.014)
        c.box(x - 0.02, -0.61, x + 0.02, -0.6, darker(case, 0.1))
    cloth = inside(mix(t.accent, t.near, 0.25))
    for x in (-0.95, -0.3, 0.3, 0.95):
        back = Fade(lighter(cloth, 0.03), darker(cloth, 0.05))
        c.box(x - 0.19, -0.27, x + 0.19, 0.03, back, radius=0.035)
        c.box(x - 0.1, -0.285, x + 0.1, -0.2, inside((232, 226, 212)), radius=0.012)
        c.box(x - 0.21, -0.05, x + 0.21, 0.06, lighter(cloth, 0.02), radius=0.03)


def spaceship(s: Scene) -> None:
    """Inside a spaceship: ribbed metal, rows of lights, a wide window on the stars."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    hull = inside(mix(t.far, (150, 158, 172), 0.6))
    floor = inside(mix(t.ground, (74, 80, 96), 0.7))
    smooth_wall(s, hull, floor)
    panelled(s, hull, 0.26)
    flags(s, lighter(floor, 0.03), floor)
    c.box(-0.66, -0.56, 0.66, -0.16, darker(hull, 0.12), radius=0.09)
    c.box(-0.63, -0.53, 0.63, -0.19, (10, 12, 26), radius=0.07)
    for k in range(60):
        at = (s.dice.uniform(-0.6, 0.6), s.dice.uniform(-0.51, -0.21))
        c.ellipse(at, 0.0016 + 0.0008 * (k % 2), 0.0016 + 0.0008 * (k % 2), (232, 236, 246), 0.85)
    world = mix(t.accent, t.near, 0.3)
    c.ellipse((0.34, -0.34), 0.1, 0.1, world)
    c.ellipse((0.32, -0.36), 0.08, 0.08, lighter(world, 0.07))
    for x in (-0.22, 0.22):
        c.box(x - 0.012, -0.55, x + 0.012, -0.17, darker(hull, 0.08))
    glow = (126, 214, 232)
    for flip in (-1, 1):
        for k in range(3):
            x = flip * (0.8 + 0.17 * k)
            c.box(x - 0.06, -0.44, x + 0.06, -0.2, darker(hull, 0.14), radius=0.01)
            for row in range(5):
                tone = (240, 178, 82) if (k + row) % 4 == 0 else glow
                c.box(x - 0.045, -0.425 + 0.045 * row, x + 0.01 * (row % 3 + 1),
                      -0.405 + 0.045 * row,
                      tone)  # fmt: skip
    c.box(s.left - 0.1, -0.03, s.right + 0.1, -0.015, glow)
    c.glow((0.0, -0.02), 0.8, glow, 0.2)
