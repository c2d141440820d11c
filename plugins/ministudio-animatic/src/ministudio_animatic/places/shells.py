"""What rooms are made of: walls of plaster, boards, tiles, stone, brick or cloth, and floors."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = [
    "blocks", "boarded", "carpet", "corners", "flags", "floorboards", "panelled", "ribs",
    "sloped", "smooth_wall", "striped", "tiled", "vault",
]  # fmt: skip


def smooth_wall(s: Scene, wall: Colour, floor: Colour) -> None:
    """Fill wall and floor, darker towards the ceiling and towards the viewer."""
    c, top, low = s.canvas, min(s.top, -0.75) - 0.1, max(s.bottom, 0.45) + 0.1
    c.box(s.left - 0.1, top, s.right + 0.1, 0.02, Fade(darker(wall, 0.07), wall))
    c.box(s.left - 0.1, 0.0, s.right + 0.1, low, Fade(floor, darker(floor, 0.11)))
    c.box(s.left - 0.1, -0.002, s.right + 0.1, 0.004, darker(floor, 0.1))


def corners(s: Scene, wall: Colour) -> None:
    """Turn the walls towards the viewer at both sides."""
    for flip in (-1, 1):
        side = [(flip * 1.02, -1.2), (flip * 2.2, -1.2), (flip * 2.2, 0.75), (flip * 1.02, 0.0)]
        s.canvas.polygon(side, darker(wall, 0.055))


def floorboards(s: Scene, floor: Colour) -> None:
    """Draw the boards of a floor towards the viewer."""
    for i in range(-22, 23):
        course = [(i * 0.085, 0.0), (i * 0.085 * 3.2, 0.62)]
        s.canvas.limb(course, [0.0015, 0.006], darker(floor, 0.045))


def flags(s: Scene, one: Colour, other: Colour) -> None:
    """Pave the floor with slabs or tiles in two colours, in perspective."""
    rows = (0.0, 0.03, 0.07, 0.125, 0.2, 0.3, 0.44, 0.64)
    for row, (a, b) in enumerate(pairwise(rows)):
        for k in range(-12, 12):
            if (k + row) % 2:
                continue
            wide = (0.13 * (1 + 3.4 * a), 0.13 * (1 + 3.4 * b))
            corners_ = [(k * wide[0], a), ((k + 1) * wide[0], a),
                        ((k + 1) * wide[1], b), (k * wide[1], b)]  # fmt: skip
            s.canvas.polygon(corners_, mix(one, other, 0.9 - 0.05 * row), 0.75)


def boarded(s: Scene, wall: Colour, step: float = 0.075) -> None:
    """Lay planks across the wall, with their joints."""
    c, line = s.canvas, darker(wall, 0.09)
    for row in range(math.ceil((0.95) / step)):
        y = -row * step
        c.box(s.left - 0.1, y - 0.003, s.right + 0.1, y + 0.003, line)
        c.box(s.left - 0.1, y - step + 0.004, s.right + 0.1, y - step * 0.8, lighter(wall, 0.02))
        for k in range(4):
            x = -1.6 + ((row * 0.37 + k * 0.83) % 3.2)
            c.box(x - 0.002, y - step, x + 0.002, y, line)
            for dx in (-0.014, 0.014):
                c.ellipse((x + dx, y - step / 2), 0.003, 0.003, darker(wall, 0.14))


def tiled(s: Scene, wall: Colour, top: float, step: float = 0.058) -> None:
    """Tile the wall from the floor up to ``top``."""
    c, tile = s.canvas, lighter(wall, 0.06)
    c.box(s.left - 0.1, top, s.right + 0.1, 0.0, Fade(lighter(tile, 0.02), darker(tile, 0.03)))
    grout = darker(tile, 0.07)
    x = -1.9
    while x < 1.9:
        c.box(x - 0.0014, top, x + 0.0014, 0.0, grout)
        x += step
    for row in range(math.ceil(-top / step) + 1):
        c.box(s.left - 0.1, top + row * step - 0.0014, s.right + 0.1, top + row * step + 0.0014,
              grout)  # fmt: skip
    c.box(s.left - 0.1, top - 0.014, s.right + 0.1, top, mix(tile, s.light.inside(s.tones.accent),
                                                            0.6))  # fmt: skip


def blocks(s: Scene, wall: Colour, wide: float, high: float) -> None:
    """Build the wall of stones or bricks, some darker and some lighter than the rest."""
    c, joint = s.canvas, darker(wall, 0.09)
    rows = math.ceil(1.0 / high)
    for row in range(rows):
        y = -row * high
        shift = (row % 2) * wide / 2
        for k in range(math.ceil(3.8 / wide)):
            x = -1.9 + shift + k * wide
            tone = (k * 7 + row * 5) % 9
            if tone in {0, 3, 7}:
                shade = lighter(wall, 0.025) if tone == 3 else darker(wall, 0.03)
                c.box(x, y - high, x + wide, y, shade)
            c.box(x - 0.0018, y - high, x + 0.0018, y, joint)
        c.box(s.left - 0.1, y - 0.0022, s.right + 0.1, y + 0.0022, joint)


def panelled(s: Scene, wall: Colour, step: float = 0.3) -> None:
    """Divide the wall into large even panels, as offices and machines have them."""
    c, seam = s.canvas, darker(wall, 0.05)
    for k in range(-7, 8):
        x = (k + 0.5) * step
        c.box(x - 0.002, -1.0, x + 0.002, 0.0, seam)
    for y in (-0.5, -0.2):
        c.box(s.left - 0.1, y - 0.002, s.right + 0.1, y + 0.002, seam)


def striped(s: Scene, wall: Colour) -> None:
    """Paper the wall in stripes over a wainscot."""
    c = s.canvas
    pale = lighter(wall, 0.03)
    for k in range(-20, 21):
        c.box(k * 0.09, -1.0, k * 0.09 + 0.045, -0.12, pale)
    board = lighter(wall, 0.07)
    c.box(s.left - 0.1, -0.12, s.right + 0.1, 0.0, board)
    c.box(s.left - 0.1, -0.132, s.right + 0.1, -0.118, darker(board, 0.06))


def ribs(s: Scene, wood: Colour) -> None:
    """Bend ribs from the floor up to a keel overhead, as inside a hull."""
    c = s.canvas
    for reach in (0.22, 0.52, 0.86, 1.24, 1.66):
        for flip in (-1, 1):
            bend = [
                (flip * reach * (1.02 - 0.9 * (k / 10) ** 2.6),
                 0.01 - 0.95 * math.sin(k / 10 * 1.35))
                for k in range(11)
            ]  # fmt: skip
            wide = 0.022 + 0.014 * reach
            shade = [(x + flip * wide * 0.55, y) for x, y in bend]
            c.limb(shade, [wide * 0.7] * 11, darker(wood, 0.11))
            c.limb(bend, [wide * (1 - 0.03 * k) for k in range(11)], wood)
    c.box(s.left - 0.1, -0.995, s.right + 0.1, -0.9, darker(wood, 0.05))


def sloped(s: Scene, wall: Colour, wood: Colour) -> None:
    """Lean a roof over the room from both sides, boards and rafters and a ridge beam."""
    c, roof = s.canvas, darker(wall, 0.09)
    for flip in (-1, 1):
        c.polygon([(flip * 0.12, -1.1), (flip * 0.14, -0.92), (flip * 1.3, -0.06),
                   (flip * 2.3, -0.06), (flip * 2.3, -1.1)], roof)  # fmt: skip
        for k in range(1, 6):
            out = 0.13 * k
            line = [(flip * (0.14 + out), -0.92 - out * 0.1), (flip * (1.3 + out * 1.2), -0.06)]
            c.limb(line, [0.004, 0.004], darker(roof, 0.07))
        for wide, out in ((0.03, 0.0), (0.024, 0.34)):
            beam = [(flip * (0.14 + out), -0.92), (flip * (1.3 + out), -0.06)]
            c.limb(beam, [wide, wide], wood)
        c.box(min(flip * 0.9, flip * 2.3), -0.07, max(flip * 0.9, flip * 2.3), -0.05, wood)
    c.limb([(-0.4, -0.56), (0.4, -0.56)], [0.026, 0.026], wood)


def vault(s: Scene, stone: Colour) -> None:
    """Span arches of stone over the room, on short piers."""
    c = s.canvas
    for x in (-0.94, 0.0, 0.94):
        for width, tone in ((0.06, darker(stone, 0.07)), (0.036, lighter(stone, 0.02))):
            arch = [(x + 0.47 * math.cos(math.pi * k / 16),
                     -0.4 - 0.26 * math.sin(math.pi * k / 16)) for k in range(17)]  # fmt: skip
            c.limb(arch, [width] * 17, tone)
    for x in (-1.41, -0.47, 0.47, 1.41):
        c.box(x - 0.055, -0.4, x + 0.055, 0.03, Fade(stone, darker(stone, 0.08)))
        c.box(x - 0.078, -0.43, x + 0.078, -0.39, lighter(stone, 0.05))
        c.box(x - 0.078, -0.01, x + 0.078, 0.035, darker(stone, 0.04))


def carpet(s: Scene, cloth: Colour, far: float, near: float) -> None:
    """Lay a long carpet from the far wall to the viewer."""
    edge = mix(cloth, s.light.inside((222, 178, 84)), 0.65)
    for grow, tone in ((1.0, edge), (0.86, cloth)):
        c = [(-far * grow, 0.004), (far * grow, 0.004), (near * grow, 0.66), (-near * grow, 0.66)]
        s.canvas.polygon(c, Fade(tone, darker(tone, 0.06)))
