"""Rooms that people work and are looked after in: office, class, lab, factory, hospital."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places import panes, walls
from ministudio_animatic.places.shells import (
    blocks,
    corners,
    flags,
    floorboards,
    panelled,
    smooth_wall,
    tiled,
)

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["classroom", "corridor", "factory", "hospital", "lab", "office"]

_COOL: Final[Colour] = (226, 240, 250)


def _strips(s: Scene) -> None:
    """Light strips in the ceiling, towards the viewer."""
    c = s.canvas
    ceiling = s.light.inside(mix(s.tones.far, (240, 240, 236), 0.5))
    c.box(s.left - 0.1, -1.2, s.right + 0.1, -0.58, darker(ceiling, 0.05))
    for x in (-0.62, 0.0, 0.62):
        c.glow((x, -0.6), 0.34, _COOL, 0.4)
        c.polygon([(x * 0.96 - 0.1, -0.592), (x * 0.96 + 0.1, -0.592), (x * 1.1 + 0.13, -0.63),
                   (x * 1.1 - 0.13, -0.63)], (246, 250, 252))  # fmt: skip


def office(s: Scene) -> None:
    """Panels, strips of light, blinds over a wide window, a filing cabinet."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall, floor = inside(mix(t.far, (214, 216, 216), 0.45)), inside(mix(t.ground, (112, 116, 122),
                                                                       0.6))  # fmt: skip
    smooth_wall(s, wall, floor)
    panelled(s, wall)
    flags(s, darker(floor, 0.02), floor)
    corners(s, wall)
    _strips(s)
    c.box(-0.52, -0.52, 0.2, -0.22, inside((120, 124, 128)))
    panes.outlook(s, (-0.16, -0.37), (0.345, 0.135))
    for row in range(11):
        y = -0.5 + row * 0.016
        c.box(-0.505, y, 0.185, y + 0.007, inside((232, 234, 232)))
    for x in (-0.28, -0.04):
        c.box(x - 0.006, -0.505, x + 0.006, -0.235, inside((120, 124, 128)))
    metal = inside((138, 146, 152))
    for x in (-0.98, -0.85):
        c.box(x, -0.36, x + 0.125, 0.03, metal, radius=0.004)
        for k in range(3):
            c.box(x + 0.01, -0.35 + k * 0.125, x + 0.115, -0.24 + k * 0.125, lighter(metal, 0.05))
            c.box(x + 0.045, -0.31 + k * 0.125, x + 0.08, -0.3 + k * 0.125, darker(metal, 0.14))


def classroom(s: Scene) -> None:
    """A blackboard across the wall, a flag of letters over it, rows of desks."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall, floor = inside(mix(t.far, (226, 222, 196), 0.3)), inside(t.ground)
    smooth_wall(s, wall, floor)
    c.box(s.left - 0.1, -0.17, s.right + 0.1, 0.0, darker(wall, 0.09))
    floorboards(s, floor)
    corners(s, wall)
    frame, slate = inside(mix(t.near, (150, 106, 66), 0.6)), inside((54, 84, 72))
    c.box(-0.6, -0.535, 0.42, -0.19, frame, radius=0.006)
    c.box(-0.58, -0.515, 0.4, -0.21, Fade(lighter(slate, 0.03), slate))
    chalk = inside((222, 228, 220))
    for k, (x, long) in enumerate(((-0.52, 0.36), (-0.52, 0.24), (-0.52, 0.3))):
        c.stroke([(x, -0.46 + 0.07 * k), (x + long, -0.46 + 0.07 * k)], 0.006, chalk)
    c.stroke([(0.06, -0.27), (0.18, -0.45), (0.3, -0.27), (0.06, -0.27)], 0.006, chalk)
    for k in range(15):
        tone = inside((t.accent, (92, 132, 168), (214, 180, 92))[k % 3])
        c.box(-0.6 + k * 0.07, -0.595, -0.545 + k * 0.07, -0.55, tone)
    _globe(s, 0.62)
    for row, y, size in ((0, 0.07, 0.8), (1, 0.17, 1.15)):
        for k in range(-3, 4):
            _pupils_desk(s, (k + 0.5 * row) * 0.4 * size, y, size)


def _globe(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    wood = inside(s.tones.near)
    c.box(x - 0.12, -0.16, x + 0.12, 0.03, wood, radius=0.006)
    c.stroke([(x, -0.16), (x, -0.2)], 0.014, darker(wood, 0.1))
    c.ellipse((x, -0.27), 0.072, 0.072, inside((92, 140, 176)))
    for dx, dy, r in ((-0.024, -0.02, 0.026), (0.024, 0.014, 0.03), (-0.012, 0.04, 0.016)):
        c.ellipse((x + dx, -0.27 + dy), r, r * 0.8, inside((126, 160, 98)))


def _pupils_desk(s: Scene, x: float, y: float, size: float) -> None:
    c = s.canvas
    wood = s.light.inside(mix(s.tones.near, (182, 136, 84), 0.6))
    metal = s.light.inside((88, 92, 98))
    for dx in (-0.09, 0.09):
        c.stroke([(x + dx * size, y), (x + dx * size, y - 0.09 * size)], 0.008, metal)
    c.box(x - 0.115 * size, y - 0.115 * size, x + 0.115 * size, y - 0.088 * size, wood)
    c.box(x - 0.05 * size, y - 0.127 * size, x + 0.02 * size, y - 0.113 * size,
          s.light.inside((236, 230, 214)))  # fmt: skip


def lab(s: Scene) -> None:
    """White panels, cupboards with glass doors, a bench of flasks, a hood."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall, floor = inside(mix(t.far, (232, 238, 240), 0.65)), inside(mix(t.ground, (176, 186, 190),
                                                                       0.6))  # fmt: skip
    smooth_wall(s, wall, floor)
    panelled(s, wall, 0.22)
    flags(s, lighter(floor, 0.03), floor)
    corners(s, wall)
    _strips(s)
    metal = inside((168, 178, 184))
    for x in (-0.62, -0.4, 0.36, 0.58):
        c.box(x, -0.52, x + 0.21, -0.32, metal, radius=0.004)
        c.box(x + 0.012, -0.508, x + 0.198, -0.332, inside((196, 216, 222)))
        for k in range(4):
            tone = inside(((92, 160, 150), (206, 120, 92), (110, 136, 186), t.accent)[k])
            c.box(x + 0.03 + 0.042 * k, -0.4 - 0.02 * (k % 2), x + 0.058 + 0.042 * k, -0.335, tone)
    c.box(-1.0, -0.17, 1.0, -0.145, inside((64, 70, 78)))
    c.box(-1.0, -0.145, 1.0, 0.02, Fade(lighter(wall, 0.02), darker(wall, 0.05)))
    for k in range(-4, 5):
        c.box(k * 0.23 - 0.1, -0.12, k * 0.23 + 0.1, 0.0, darker(wall, 0.03), radius=0.004)
    for x, tone in ((-0.36, (98, 190, 160)), (-0.2, (232, 150, 84)), (0.3, (120, 150, 220))):
        glass = inside(mix(tone, (236, 244, 246), 0.25))
        c.polygon([(x - 0.05, -0.172), (x + 0.05, -0.172), (x + 0.014, -0.25), (x - 0.014, -0.25)],
                  glass)  # fmt: skip
        c.box(x - 0.013, -0.3, x + 0.013, -0.24, inside((222, 232, 236)))
    for k in range(5):
        c.box(0.44 + 0.03 * k, -0.26, 0.455 + 0.03 * k, -0.19, inside((214, 96, 96)), radius=0.006)
    c.box(0.42, -0.21, 0.6, -0.172, inside((150, 116, 82)))


def factory(s: Scene) -> None:
    """Brick, a window of small panes, pipes, a tool wall, wheels with teeth, a hook on a chain."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall, floor = inside(mix(t.middle, (142, 92, 74), 0.4)), inside(mix(t.ground, (112, 108, 104),
                                                                       0.5))  # fmt: skip
    smooth_wall(s, wall, floor)
    blocks(s, wall, 0.1, 0.04)
    corners(s, wall)
    iron = inside((70, 74, 80))
    c.box(-0.54, -0.58, 0.06, -0.28, iron)
    for k in range(5):
        for row in range(2):
            x, y = -0.53 + 0.118 * k, -0.57 + 0.145 * row
            panes.outlook(s, (x + 0.054, y + 0.066), (0.05, 0.062))
    board = inside(mix((176, 140, 98), t.far, 0.3))
    c.box(0.22, -0.54, 0.8, -0.26, board, radius=0.004)
    steel = inside((186, 192, 196))
    for k in range(6):
        x, long = 0.27 + 0.092 * k, 0.13 + 0.03 * (k % 3)
        c.stroke([(x, -0.5), (x, -0.5 + long)], 0.012, inside((176, 74, 58)) if k % 2 else steel)
        if k % 2:
            c.box(x - 0.03, -0.52, x + 0.03, -0.49, steel, radius=0.004)
        else:
            c.ellipse((x, -0.5), 0.022, 0.022, steel)
    for y, wide in ((-0.63, 0.05), (-0.2, 0.026)):
        c.stroke([(s.left - 0.1, y), (s.right + 0.1, y)], wide, darker(iron, 0.02))
        c.stroke([(s.left - 0.1, y - wide * 0.25), (s.right + 0.1, y - wide * 0.25)], wide * 0.2,
                 lighter(iron, 0.1))  # fmt: skip
    _wheel(s, (-0.82, -0.36), 0.15)
    _wheel(s, (-0.98, -0.16), 0.1)
    c.limb([(0.14, -1.0), (0.14, -0.44)], [0.012, 0.012], iron)
    c.stroke([(0.14, -0.44), (0.165, -0.4), (0.14, -0.37), (0.115, -0.39)], 0.014, iron)


def _wheel(s: Scene, at: tuple[float, float], r: float) -> None:
    c, metal = s.canvas, s.light.inside((104, 108, 112))
    x, y = at
    teeth = []
    for k in range(48):
        reach = r * (1.12 if k % 4 in {0, 1} else 0.96)
        teeth.append(
            (x + reach * math.cos(math.tau * k / 48), y + reach * math.sin(math.tau * k / 48))
        )
    c.polygon(teeth, metal)
    c.ellipse(at, r * 0.7, r * 0.7, darker(metal, 0.12))
    for k in range(5):
        end = (x + r * 0.74 * math.cos(math.tau * k / 5), y + r * 0.74 * math.sin(math.tau * k / 5))
        c.stroke([at, end], r * 0.14, metal)
    c.ellipse(at, r * 0.2, r * 0.2, lighter(metal, 0.08))


def hospital(s: Scene) -> None:
    """Tiles below and pale paint above, a curtain on its rail, a monitor, a drip."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall = inside(mix(t.far, (216, 232, 228), 0.6))
    floor = inside(mix(t.ground, (168, 186, 186), 0.65))
    smooth_wall(s, wall, floor)
    tiled(s, wall, -0.2, 0.07)
    flags(s, lighter(floor, 0.03), floor)
    corners(s, wall)
    _strips(s)
    cloth = inside(mix((122, 178, 172), t.accent, 0.15))
    c.stroke([(-1.02, -0.55), (-0.5, -0.55)], 0.01, inside((150, 156, 160)))
    for k in range(8):
        x = -0.98 + 0.062 * k
        fold = [(x - 0.03, -0.545), (x + 0.03, -0.545), (x + 0.034, -0.03), (x - 0.034, -0.03)]
        c.polygon(fold, lighter(cloth, 0.03) if k % 2 else darker(cloth, 0.02))
    c.box(0.1, -0.5, 0.3, -0.35, (44, 52, 60), radius=0.008)
    beat = [(0.115, -0.42), (0.16, -0.42), (0.175, -0.47), (0.195, -0.38), (0.21, -0.42),
            (0.285, -0.42)]  # fmt: skip
    c.stroke(beat, 0.006, (112, 232, 160))
    c.box(0.19, -0.35, 0.21, -0.3, (90, 98, 104))
    metal = inside((176, 184, 188))
    c.stroke([(0.82, 0.04), (0.82, -0.5)], 0.01, metal)
    c.stroke([(0.77, -0.5), (0.87, -0.5)], 0.01, metal)
    c.box(0.75, -0.48, 0.79, -0.37, inside((214, 232, 236)), radius=0.012)
    c.limb([(0.77, -0.37), (0.76, -0.24), (0.7, -0.14)], [0.004] * 3, inside((206, 222, 226)))
    cross = inside((206, 74, 68))
    c.box(-0.06, -0.535, -0.02, -0.415, cross)
    c.box(-0.1, -0.495, 0.02, -0.455, cross)


def corridor(s: Scene) -> None:
    """Walls that run away from the viewer, doors in them, lights overhead, a far end."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall, floor = inside(t.far), inside(t.ground)
    smooth_wall(s, darker(wall, 0.02), floor)
    for flip in (-1, 1):
        c.polygon([(flip * 0.2, -0.34), (flip * 2.0, -1.9), (flip * 2.0, 1.05), (flip * 0.2, 0.0)],
                  Fade(darker(wall, 0.02), darker(wall, 0.09)))  # fmt: skip
        for near, far in ((0.26, 0.34), (0.46, 0.62), (0.84, 1.12)):
            frame = [(flip * near, 0.05 - near * 1.1), (flip * far, 0.05 - far * 1.1),
                     (flip * far, far * 0.52 - 0.1),
                     (flip * near, near * 0.52 - 0.1)]  # fmt: skip
            wood = inside(mix(t.near, t.middle, 0.3))
            c.polygon(frame, darker(wood, 0.02))
            c.ellipse((flip * (near * 0.8 + far * 0.2), near * 0.52 - 0.1 - 0.2 * near),
                      near * 0.014,
                      near * 0.014, (216, 178, 104))  # fmt: skip
    ceiling = darker(wall, 0.05)
    c.polygon([(-0.2, -0.34), (0.2, -0.34), (2.0, -1.9), (-2.0, -1.9)], ceiling)
    for y, half in ((-0.37, 0.05), (-0.44, 0.075), (-0.56, 0.11)):
        c.glow((0.0, y), half * 2.6, (255, 240, 208), 0.5)
        c.ellipse((0.0, y), half, half * 0.16, (255, 248, 228))
    walls.door(s, 0.0)
