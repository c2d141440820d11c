"""Rooms out of stories: throne hall, church, cellar, the hull of a boat, attic, tent."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Fade, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places import panes
from ministudio_animatic.places.shells import (
    blocks,
    boarded,
    carpet,
    corners,
    flags,
    floorboards,
    ribs,
    sloped,
    smooth_wall,
    vault,
)

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["attic", "candles", "cellar", "church", "hall", "hull", "lantern", "tent"]

_GOLD: Final[Colour] = (222, 178, 84)
_FLAME: Final[Colour] = (255, 196, 112)
_COLUMNS: Final = (-1.23, -0.75, -0.27, 0.27, 0.75, 1.23)


def candles(s: Scene, x: float) -> None:
    """Draw a tall candlestick with its candles burning."""
    c = s.canvas
    gold = s.light.inside(_GOLD)
    c.stroke([(x, 0.03), (x, -0.36)], 0.013, gold)
    c.ellipse((x, 0.035), 0.06, 0.014, darker(gold, 0.06))
    c.stroke([(x - 0.08, -0.4), (x - 0.05, -0.36), (x + 0.05, -0.36), (x + 0.08, -0.4)], 0.01, gold)
    for dx, up in ((-0.08, 0.4), (0.0, 0.38), (0.08, 0.4)):
        c.box(x + dx - 0.011, -up - 0.07, x + dx + 0.011, -up, s.light.inside((240, 232, 212)))
        c.glow((x + dx, -up - 0.09), 0.16, _FLAME, 0.5)
        c.ellipse((x + dx, -up - 0.092), 0.009, 0.018, (255, 236, 176))


def lantern(s: Scene, x: float) -> None:
    """Hang a lantern from above."""
    c = s.canvas
    iron = s.light.inside((64, 58, 54))
    c.stroke([(x, -1.0), (x, -0.52)], 0.006, iron)
    c.glow((x, -0.45), 0.42, _FLAME, 0.6)
    c.box(x - 0.042, -0.5, x + 0.042, -0.4, (255, 222, 150), radius=0.01)
    for dx in (-0.042, 0.0, 0.042):
        c.stroke([(x + dx, -0.5), (x + dx, -0.4)], 0.006, iron)
    c.polygon([(x - 0.055, -0.5), (x, -0.54), (x + 0.055, -0.5)], iron)
    c.box(x - 0.052, -0.402, x + 0.052, -0.388, iron, radius=0.004)


def hall(s: Scene) -> None:
    """Columns, arches and a gilded cornice, a floor like water, a long carpet, a chandelier."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall, floor = inside(t.far), inside(mix(t.ground, t.near, 0.25))
    stone = inside(mix(t.far, (236, 226, 210), 0.6))
    gold = inside(_GOLD)
    smooth_wall(s, darker(wall, 0.03), floor)
    flags(s, lighter(floor, 0.05), floor)
    for a, b in pairwise(_COLUMNS):
        mid, half = (a + b) / 2, (b - a) / 2 - 0.07
        c.box(mid - half, -0.52, mid + half, -0.05, darker(wall, 0.03))
        arch = [(mid + half * math.cos(math.pi * k / 20), -0.5 - 0.11 * math.sin(math.pi * k / 20))
                for k in range(21)]  # fmt: skip
        c.polygon(arch, darker(wall, 0.03))
        c.stroke(arch, 0.012, gold)
    for x in _COLUMNS:
        shine = [(x - 0.04, 0.04), (x + 0.04, 0.04), (x + 0.05, 0.24), (x - 0.05, 0.24)]
        c.soft(shine, stone, 0.22, 0.02)
    far, near = (0.17, 0.62) if s.left > -1.5 else (0.2, 0.7)
    carpet(s, inside(mix(t.accent, (150, 30, 40), 0.5)), far, near)
    for x in _COLUMNS:
        c.box(x - 0.044, -1.2, x + 0.044, 0.02, lighter(stone, 0.02))
        c.box(x - 0.044, -1.2, x - 0.024, 0.02, darker(stone, 0.05))
        c.box(x + 0.02, -1.2, x + 0.044, 0.02, darker(stone, 0.09))
        for y, w in ((-0.5, 0.062), (0.005, 0.066)):
            c.box(x - w, y - 0.016, x + w, y + 0.016, gold, radius=0.006)
        c.box(x - 0.07, 0.02, x + 0.07, 0.045, darker(stone, 0.05))
    c.box(s.left - 0.1, -0.66, s.right + 0.1, -0.635, gold)
    c.box(s.left - 0.1, -0.68, s.right + 0.1, -0.66, lighter(stone, 0.03))
    _chandelier(s, gold)


def _chandelier(s: Scene, gold: Colour) -> None:
    c = s.canvas
    c.stroke([(0.0, -1.1), (0.0, -0.6)], 0.008, gold)
    c.glow((0.0, -0.56), 0.42, _FLAME, 0.4)
    bow = smooth([(-0.17, -0.58), (-0.1, -0.535), (0.0, -0.525), (0.1, -0.535), (0.17, -0.58)])
    c.stroke(bow, 0.012, gold)
    for x in (-0.17, -0.085, 0.0, 0.085, 0.17):
        y = -0.58 + 0.05 * (1 - (x / 0.17) ** 2)
        c.box(x - 0.006, y - 0.045, x + 0.006, y, (244, 238, 220))
        c.ellipse((x, y - 0.055), 0.007, 0.014, (255, 238, 184))


def church(s: Scene) -> None:
    """Stone, pointed windows of coloured glass, an altar with a cross, pews to both sides."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    stone = inside(mix(t.far, (196, 190, 178), 0.5))
    floor = inside(mix(t.ground, (142, 134, 124), 0.5))
    smooth_wall(s, stone, floor)
    blocks(s, stone, 0.16, 0.075)
    flags(s, lighter(floor, 0.05), floor)
    for x in (-0.62, -0.34, 0.34, 0.62, 1.0, -1.0):
        panes.pointed(s, x)
    for x in (-0.82, -0.48, 0.48, 0.82):
        c.box(x - 0.03, -1.2, x + 0.03, 0.02, Fade(lighter(stone, 0.04), darker(stone, 0.06)))
    for flip in (-1, 1):
        rib = [(flip * (0.48 - 0.48 * k / 10), -0.6 - 0.2 * math.sin(math.pi / 2 * k / 10))
               for k in range(11)]  # fmt: skip
        c.limb(rib, [0.03] * 11, darker(stone, 0.06))
    c.glow((0.0, -0.32), 0.34, (255, 236, 190), 0.45)
    gold = inside(_GOLD)
    c.box(-0.012, -0.46, 0.012, -0.14, gold)
    c.box(-0.075, -0.385, 0.075, -0.36, gold)
    c.box(-0.2, -0.14, 0.2, 0.01, lighter(stone, 0.06))
    c.box(-0.22, -0.15, 0.22, -0.12, inside((240, 234, 222)))
    for x in (-0.16, 0.16):
        c.box(x - 0.008, -0.21, x + 0.008, -0.15, inside((244, 238, 220)))
        c.ellipse((x, -0.222), 0.007, 0.014, (255, 236, 176))
    carpet(s, inside(mix(t.accent, (140, 40, 44), 0.5)), 0.1, 0.34)
    wood = inside(mix(t.near, (118, 80, 54), 0.6))
    for near, y in ((0.2, 0.07), (0.27, 0.13), (0.36, 0.21), (0.5, 0.33)):
        tall = 0.07 + y * 0.32
        for flip in (-1, 1):
            c.box(min(flip * near, flip * 2.0), y - tall, max(flip * near, flip * 2.0), y,
                  Fade(lighter(wood, 0.03), darker(wood, 0.07)))  # fmt: skip
            end = flip * near
            c.box(
                end - 0.014, y - tall * 1.2, end + 0.014, y + 0.01, darker(wood, 0.05), radius=0.01
            )


def cellar(s: Scene) -> None:
    """Rough blocks under low arches, barrels, a torch on the wall, a ring with its chain."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    stone = inside(mix(darker(t.far, 0.14), (112, 110, 108), 0.45))
    floor = inside(mix(darker(t.ground, 0.08), (84, 80, 76), 0.5))
    smooth_wall(s, stone, floor)
    blocks(s, stone, 0.17, 0.085)
    flags(s, lighter(floor, 0.03), floor)
    vault(s, darker(stone, 0.03))
    for x in (-0.66, 0.3):
        c.stroke([(x, -0.24), (x + 0.03, -0.34)], 0.018, inside((92, 66, 46)))
        c.glow((x + 0.035, -0.38), 0.6, (255, 160, 76), 0.55)
        c.blob([(x + 0.01, -0.34), (x + 0.015, -0.39), (x + 0.035, -0.44), (x + 0.058, -0.385),
                (x + 0.055, -0.34)], (255, 190, 100))  # fmt: skip
    wood = inside((120, 84, 56))
    for x, y, r in ((0.72, -0.02, 0.11), (0.95, -0.02, 0.11), (0.84, -0.18, 0.1)):
        c.ellipse((x, y - r * 0.3), r, r, Fade(lighter(wood, 0.04), darker(wood, 0.06)))
        c.ellipse((x, y - r * 0.3), r * 0.8, r * 0.8, darker(wood, 0.05))
        for k in range(-2, 3):
            c.stroke([(x + k * r * 0.3, y - r), (x + k * r * 0.3, y + r * 0.4)], 0.003,
                     darker(wood, 0.11))  # fmt: skip
    iron = inside((58, 60, 64))
    for k in range(6):
        c.ellipse((-0.24 + 0.003 * k, -0.3 + 0.032 * k), 0.009, 0.018, iron)
    c.ellipse((-0.225, -0.1), 0.026, 0.026, iron)


def hull(s: Scene) -> None:
    """Planks bent over ribs that meet at the keel, rope and a lantern, light in the cracks."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall = inside(mix(darker(t.middle, 0.02), (112, 84, 62), 0.4))
    floor = inside(mix(t.ground, t.far, 0.2))
    smooth_wall(s, wall, floor)
    boarded(s, wall, 0.082)
    floorboards(s, floor)
    crack = mix(s.light.sky[1], (255, 255, 255), 0.2)
    for k, (x, long) in enumerate(((-0.86, 0.2), (-0.1, 0.16), (0.28, 0.24), (0.78, 0.18))):
        y = -0.082 * (4 + (k * 3) % 4)
        if not s.light.hour.night:
            c.polygon([(x, y), (x + long * 0.6, y - 0.003), (x + long, y),
                       (x + long * 0.5, y + 0.002)],
                      crack, 0.7)  # fmt: skip
    ribs(s, inside(mix(t.near, (82, 60, 46), 0.5)))
    rope = inside((190, 160, 112))
    for k in range(3):
        c.stroke(smooth([(0.62, -0.42), (0.58 - 0.02 * k, -0.3), (0.64, -0.2 + 0.012 * k),
                         (0.7 + 0.02 * k, -0.3), (0.66, -0.42)]), 0.009, rope)  # fmt: skip
    c.stroke([(0.64, -0.44), (0.64, -0.4)], 0.014, inside((70, 60, 54)))
    net = inside((150, 140, 112))
    for k in range(7):
        c.limb([(-1.0 + 0.05 * k, -0.62), (-0.9 + 0.05 * k, -0.3)], [0.003, 0.003], net)
        c.limb([(-0.64 - 0.05 * k, -0.62), (-0.74 - 0.05 * k, -0.3)], [0.003, 0.003], net)


def attic(s: Scene) -> None:
    """A roof that leans in from both sides, boards and beams, trunks that nobody opens."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall, floor = inside(t.far), inside(t.ground)
    smooth_wall(s, wall, floor)
    boarded(s, wall, 0.12)
    floorboards(s, floor)
    sloped(s, wall, inside(t.near))
    rug = inside(mix(t.accent, t.ground, 0.45))
    c.ellipse((0.02, 0.13), 0.5, 0.066, rug)
    c.ellipse((0.02, 0.13), 0.42, 0.05, lighter(rug, 0.035))
    wood = inside(mix(t.near, (112, 82, 58), 0.5))
    c.box(-1.16, -0.12, -0.93, 0.04, wood, radius=0.01)
    c.box(-1.17, -0.16, -0.92, -0.1, lighter(wood, 0.04), radius=0.02)
    c.box(-1.06, -0.115, -1.03, -0.085, inside((190, 156, 92)))


def tent(s: Scene) -> None:
    """Cloth that falls from one pole in folds, carpets, cushions, a lantern."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    cloth, floor = inside(mix(t.far, (222, 196, 152), 0.45)), inside(t.ground)
    smooth_wall(s, cloth, floor)
    for k in range(-9, 10):
        foot = k * 0.2
        fold = [(-0.012 + 0.006 * k, -0.86), (0.012 + 0.006 * k, -0.86), (foot + 0.1, 0.01),
                (foot - 0.1, 0.01)]  # fmt: skip
        c.polygon(fold, lighter(cloth, 0.03) if k % 2 else darker(cloth, 0.05))
    stripe = inside(mix(t.accent, t.far, 0.2))
    hem = [(-1.9, -0.16), *((k * 0.1, -0.15 + 0.014 * (k % 2)) for k in range(-19, 20)),
           (1.9, -0.2),
           (-1.9, -0.2)]  # fmt: skip
    c.polygon(hem, stripe)
    flap = [(-0.16, 0.015), (0.02, -0.5), (0.2, 0.015)]
    c.polygon(flap, Fade(*s.light.sky))
    for side, lean in ((-1, -0.1), (1, 0.12)):
        edge = [(0.02, -0.5), (0.02 + side * 0.18, 0.015), (0.02 + side * 0.18 + lean, 0.015)]
        c.polygon(edge, lighter(cloth, 0.05))
    c.stroke([(0.34, 0.06), (0.3, -0.9)], 0.022, inside(mix(t.near, (120, 84, 56), 0.5)))
    for x, y, half, tone in ((-0.1, 0.16, 0.62, t.accent), (-0.1, 0.16, 0.52, t.middle)):
        c.ellipse((x, y), half, half * 0.12, inside(mix(tone, t.ground, 0.25)))
    for x, tone in ((-0.82, t.accent), (-0.66, t.middle), (0.86, t.accent)):
        c.blob([(x - 0.11, 0.02), (x - 0.09, -0.05), (x, -0.07), (x + 0.09, -0.05),
                (x + 0.11, 0.02), (x, 0.05)], inside(mix(tone, t.near, 0.15)))  # fmt: skip
    corners(s, darker(cloth, 0.04))
    lantern(s, -0.44)
