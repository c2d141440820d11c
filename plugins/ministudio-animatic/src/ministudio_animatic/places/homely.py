"""Rooms that people live and trade in: kitchen, bedroom, shop, bar, gallery, stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places.shells import (
    blocks,
    boarded,
    corners,
    flags,
    floorboards,
    smooth_wall,
    striped,
    tiled,
)

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["bar", "bedroom", "gallery", "kitchen", "pendants", "shop", "stage"]

_GLASS: Final = ((96, 134, 92), (172, 112, 52), (150, 60, 54), (120, 150, 168), (214, 188, 120))
_WARM: Final[Colour] = (255, 204, 132)


def pendants(s: Scene, places: tuple[float, ...], low: float = -0.46) -> None:
    """Hang lamps with shades from the ceiling."""
    c = s.canvas
    shade = s.light.inside(mix(s.tones.accent, s.tones.near, 0.3))
    for x in places:
        c.stroke([(x, -1.1), (x, low - 0.05)], 0.005, s.light.inside((52, 46, 46)))
        c.glow((x, low + 0.01), 0.22, _WARM, 0.5)
        c.polygon([(x - 0.02, low - 0.06), (x + 0.02, low - 0.06), (x + 0.07, low),
                   (x - 0.07, low)],
                  shade)  # fmt: skip
        c.ellipse((x, low), 0.022, 0.014, (255, 240, 206))


def kitchen(s: Scene) -> None:
    """Tiles, a counter with its tap and hob along the wall, a shelf of jars, hanging pans."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall, floor = inside(t.far), inside(t.ground)
    smooth_wall(s, wall, floor)
    tiled(s, wall, -0.44)
    flags(s, inside(lighter(t.ground, 0.1)), floor)
    corners(s, wall)
    front, top = inside(mix(t.middle, (228, 220, 204), 0.35)), inside(mix(t.near, t.ground, 0.3))
    c.box(-1.02, -0.2, 1.02, 0.02, Fade(front, darker(front, 0.05)))
    for k in range(-5, 6):
        x = k * 0.19
        c.box(x - 0.085, -0.165, x + 0.085, 0.0, lighter(front, 0.025), radius=0.006)
        c.box(x + 0.04, -0.14, x + 0.07, -0.132, darker(front, 0.2))
    c.box(-1.04, -0.222, 1.04, -0.196, top)
    steel = inside((150, 156, 160))
    c.stroke([(0.42, -0.22), (0.42, -0.3), (0.46, -0.32), (0.5, -0.3)], 0.01, steel)
    c.box(-0.42, -0.232, -0.18, -0.22, (48, 46, 50))
    pot = inside((196, 92, 66))
    c.box(-0.38, -0.3, -0.25, -0.232, pot, radius=0.012)
    c.box(-0.4, -0.308, -0.23, -0.298, darker(pot, 0.06), radius=0.004)
    for k, lift in enumerate((0.0, 0.022, 0.04)):
        c.limb([(-0.31 + 0.012 * k, -0.33 - lift), (-0.3, -0.36 - lift)], [0.012, 0.02],
               mix(wall, (255, 255, 255), 0.4))  # fmt: skip
    rail = inside((92, 84, 80))
    c.stroke([(-0.16, -0.53), (0.24, -0.53)], 0.008, rail)
    for k, size in enumerate((0.042, 0.032, 0.038, 0.026)):
        x = -0.1 + k * 0.098
        copper = inside(mix((184, 106, 62), (90, 88, 92), 0.5 * (k % 2)))
        c.stroke([(x, -0.525), (x, -0.47)], 0.008, rail)
        c.ellipse((x, -0.47 + size), size, size, copper)
        c.ellipse((x, -0.47 + size), size * 0.7, size * 0.7, darker(copper, 0.06))
    c.box(0.36, -0.42, 0.98, -0.405, inside(t.near))
    for k in range(8):
        x, tall = 0.4 + k * 0.072, 0.05 + 0.022 * (k % 3)
        c.box(x, -0.42 - tall, x + 0.046, -0.42, inside(_GLASS[k % 5]), radius=0.008)
        c.box(x + 0.004, -0.428 - tall, x + 0.042, -0.416 - tall, inside((214, 200, 172)))


def bedroom(s: Scene) -> None:
    """Striped paper, curtains, a bedside table with its lamp."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall, floor = inside(t.far), inside(t.ground)
    smooth_wall(s, wall, floor)
    striped(s, wall)
    floorboards(s, floor)
    corners(s, wall)
    rug = inside(mix(t.accent, t.ground, 0.45))
    c.ellipse((0.1, 0.13), 0.44, 0.06, rug)
    c.ellipse((0.1, 0.13), 0.37, 0.046, lighter(rug, 0.035))
    cloth = inside(mix(t.accent, t.middle, 0.3))
    for flip in (-1, 1):
        for k in range(4):
            x = -0.3 + flip * (0.15 + 0.026 * k)
            drape = [(x - 0.016, -0.6), (x + 0.016, -0.6), (x + 0.02, -0.05), (x - 0.02, -0.05)]
            c.polygon(drape, lighter(cloth, 0.02) if k % 2 else darker(cloth, 0.03))
    c.stroke([(-0.58, -0.6), (-0.02, -0.6)], 0.012, inside(t.near))
    wood = inside(t.near)
    c.box(0.12, -0.13, 0.25, 0.03, wood, radius=0.006)
    c.box(0.105, -0.145, 0.265, -0.125, lighter(wood, 0.05))
    c.glow((0.185, -0.26), 0.3, _WARM, 0.5)
    c.stroke([(0.185, -0.14), (0.185, -0.22)], 0.012, darker(wood, 0.05))
    c.polygon([(0.15, -0.3), (0.22, -0.3), (0.245, -0.21), (0.125, -0.21)], (255, 226, 172))


def _stocked(s: Scene, left: float, right: float, rows: tuple[float, ...]) -> None:
    """Shelves along the wall, full of jars, boxes and bottles."""
    c, inside = s.canvas, s.light.inside
    wood = inside(s.tones.near)
    for y in rows:
        x = left + 0.015
        while x < right - 0.05:
            wide, tall = s.dice.uniform(0.02, 0.055), s.dice.uniform(0.05, 0.1)
            shade = s.dice.choice((*_GLASS, s.tones.accent, s.tones.middle))
            tone = inside(mix(shade, s.tones.far, 0.2))
            c.box(x, y - tall, x + wide, y, tone, radius=0.006)
            if wide > 0.035:
                c.box(x + 0.006, y - tall * 0.62, x + wide - 0.006, y - tall * 0.3,
                      inside((238, 230, 212)))  # fmt: skip
            x += wide + 0.008
        c.box(left, y, right, y + 0.014, wood)


def shop(s: Scene) -> None:
    """Full shelves to the ceiling, a counter with a till and scales, an awning over it."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall, floor = inside(darker(t.far, 0.05)), inside(t.ground)
    smooth_wall(s, wall, floor)
    floorboards(s, floor)
    _stocked(s, -1.02, 1.02, (-0.22, -0.35, -0.48, -0.61))
    corners(s, wall)
    wood = inside(mix(t.near, (132, 92, 60), 0.3))
    c.box(-0.56, -0.14, 0.66, 0.06, Fade(wood, darker(wood, 0.07)))
    for k in range(6):
        c.box(-0.54 + 0.2 * k, -0.11, -0.36 + 0.2 * k, 0.035, lighter(wood, 0.03), radius=0.004)
    c.box(-0.6, -0.165, 0.7, -0.138, lighter(wood, 0.07))
    brass = inside((190, 150, 84))
    c.box(0.4, -0.25, 0.56, -0.165, brass, radius=0.012)
    c.polygon([(0.42, -0.25), (0.54, -0.25), (0.52, -0.3), (0.44, -0.3)], darker(brass, 0.08))
    c.stroke([(-0.4, -0.165), (-0.4, -0.26)], 0.009, brass)
    c.stroke([(-0.48, -0.25), (-0.32, -0.27)], 0.007, brass)
    for x, y in ((-0.48, -0.2), (-0.32, -0.22)):
        c.ellipse((x, y), 0.04, 0.012, darker(brass, 0.05))
    pendants(s, (-0.62, 0.06, 0.76), -0.5)


def bar(s: Scene) -> None:
    """Brick and lit bottles, a counter with taps, lamps over it."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall, floor = inside(mix(t.middle, (150, 84, 66), 0.45)), inside(darker(t.ground, 0.05))
    smooth_wall(s, wall, floor)
    blocks(s, wall, 0.09, 0.036)
    floorboards(s, floor)
    corners(s, wall)
    board = inside(darker(t.near, 0.08))
    c.box(-0.66, -0.58, 0.66, -0.2, board, radius=0.01)
    c.glow((0.0, -0.38), 0.6, _WARM, 0.45)
    _stocked(s, -0.63, 0.63, (-0.26, -0.38, -0.5))
    wood = inside(mix(t.near, (110, 66, 44), 0.5))
    c.box(-0.95, -0.15, 0.95, 0.05, Fade(lighter(wood, 0.02), darker(wood, 0.08)))
    for k in range(-6, 7):
        c.box(k * 0.145 - 0.055, -0.115, k * 0.145 + 0.055, 0.025, darker(wood, 0.04))
    c.box(-0.98, -0.175, 0.98, -0.148, lighter(wood, 0.09))
    brass = inside((206, 164, 90))
    c.stroke([(-0.2, -0.175), (-0.2, -0.26), (-0.08, -0.26), (-0.08, -0.175)], 0.014, brass)
    for x in (-0.18, -0.14, -0.1):
        c.box(x - 0.007, -0.31, x + 0.007, -0.255, inside((48, 40, 40)), radius=0.005)
    pendants(s, (-0.72, -0.24, 0.24, 0.72))


def gallery(s: Scene) -> None:
    """White walls, pictures in a row, each in its own light, a rope before them."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    wall, floor = inside(mix(t.far, (244, 242, 236), 0.7)), inside(lighter(t.ground, 0.05))
    smooth_wall(s, wall, floor)
    floorboards(s, floor)
    corners(s, wall)
    for k, (x, w, h) in enumerate(((-0.72, 0.15, 0.11), (-0.24, 0.11, 0.15), (0.26, 0.17, 0.12),
                                   (0.76, 0.11, 0.14))):  # fmt: skip
        c.glow((x, -0.42), 0.3, (255, 246, 222), 0.5)
        c.box(x - w - 0.02, -0.38 - h - 0.02, x + w + 0.02, -0.38 + h + 0.02,
              inside((168, 130, 72)))  # fmt: skip
        tone = inside(mix((t.accent, t.middle, t.near, t.ground)[k], t.far, 0.25))
        c.box(x - w, -0.38 - h, x + w, -0.38 + h, Fade(lighter(tone, 0.12), tone))
        c.ellipse((x - w * 0.3, -0.38), w * 0.35, h * 0.4, darker(tone, 0.14))
    for k in range(-2, 3):
        x = k * 0.42 + 0.2
        c.stroke([(x, 0.05), (x, -0.1)], 0.012, inside((150, 120, 70)))
        c.ellipse((x, -0.105), 0.014, 0.014, inside((196, 158, 92)))
        rope = [(x + 0.42 * i / 8, -0.08 + 0.045 * (1 - (i / 4 - 1) ** 2)) for i in range(9)]
        c.stroke(rope, 0.012, inside((146, 44, 52)))


def stage(s: Scene) -> None:
    """A proscenium: curtains to both sides, boards, a light from above, the first row."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    back, floor = inside(darker(t.near, 0.1)), inside(mix(t.ground, (140, 98, 66), 0.4))
    smooth_wall(s, back, floor)
    boarded(s, back, 0.2)
    floorboards(s, floor)
    cone = [(-0.06, -1.0), (0.06, -1.0), (0.5, 0.14), (-0.5, 0.14)]
    c.soft(cone, (255, 236, 190), 0.26, 0.05)
    cloth = inside(mix(t.accent, (150, 30, 40), 0.6))
    for flip in (-1, 1):
        for k in range(9):
            x = flip * (0.52 + 0.062 * k)
            fold = [(x - 0.034, -1.0), (x + 0.034, -1.0), (x + 0.038, 0.04), (x - 0.038, 0.04)]
            c.polygon(fold, lighter(cloth, 0.03) if k % 2 else darker(cloth, 0.05))
    for k in range(-9, 10):
        c.ellipse((k * 0.12, -0.56), 0.075, 0.075, darker(cloth, 0.02 + 0.05 * (k % 2)))
    c.box(s.left - 0.1, -1.1, s.right + 0.1, -0.56, darker(cloth, 0.06))
    c.stroke([(s.left - 0.1, -0.565), (s.right + 0.1, -0.565)], 0.01, inside((206, 164, 80)))
