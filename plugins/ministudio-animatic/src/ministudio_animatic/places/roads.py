"""Streets of their own sort: old town, alley, market, bridge, station platform."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Fade, Point
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places.oldtown import roofs

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["alley", "bridge", "market", "old_street", "platform"]

_LAMP: Final[Colour] = (255, 206, 128)


def _cobbles(s: Scene, tone: Colour) -> None:
    """Round stones in rows, larger towards the viewer."""
    rows = [0.02 * 1.22**k for k in range(18)]
    for k, (a, b) in enumerate(pairwise(rows)):
        wide = 0.03 + a * 0.42
        for i in range(-round(1.2 / wide) - 1, round(1.2 / wide) + 2):
            x = (i + 0.5 * (k % 2)) * wide
            shade = darker(tone, 0.03 + 0.02 * ((i * 3 + k) % 3))
            s.canvas.ellipse((x, (a + b) / 2), wide * 0.42, (b - a) * 0.4, shade)


def old_street(s: Scene) -> None:
    """Timbered houses with gables that lean together, cobbles, lanterns, hanging signs."""
    s.sky()
    t, c = s.tones, s.canvas
    s.ground(mix(t.ground, (150, 138, 122), 0.5), 0.0)
    _cobbles(s, s.on(mix(t.ground, (150, 138, 122), 0.5), 0.1))
    roof_, beam = mix((150, 78, 60), t.near, 0.25), mix((84, 58, 44), t.near, 0.3)
    c.box(-0.05, -0.3, 0.03, 0.02, s.on(mix(t.far, (190, 178, 160), 0.5), 0.6))
    c.polygon([(-0.062, -0.3), (-0.01, -0.44), (0.042, -0.3)], s.on((98, 122, 116), 0.6))
    edges = (2.0, 1.1, 0.62, 0.36, 0.21, 0.12)
    for i, (far, near) in reversed(list(enumerate(pairwise(edges)))):
        for side in (-1, 1):
            away = 0.1 * i
            wall = s.on(
                mix((232, 216, 186), (t.middle, t.far, t.accent)[(i + (side > 0)) % 3], 0.3), away
            )
            _timbered(s, side, (near, far), wall, (s.on(roof_, away), s.on(beam, away)))
    for x, y, tall in ((-0.4, 0.1, 0.3), (0.46, 0.12, 0.34)):
        _lantern(s, (x, y), tall)


def _timbered(s: Scene, side: int, span: tuple[float, float], wall: Colour,
              wood: tuple[Colour, Colour]) -> None:  # fmt: skip
    """One house between two distances from the middle of the street, its gable to the front."""
    (near, far), (roof_, beam) = span, wood
    c = s.canvas

    def at(u: float, v: float) -> Point:
        out = near + (far - near) * u
        return side * out, out * 0.24 - v * out * 1.05

    c.polygon([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], wall)
    peak = ((at(0, 1)[0] + at(1, 1)[0]) / 2, (at(0, 1)[1] + at(1, 1)[1]) / 2 - (far - near) * 0.55)
    c.polygon([at(-0.06, 0.97), peak, at(1.06, 0.97)], roof_)
    width = max(0.003, near * 0.02)
    for v in (0.02, 0.36, 0.68, 1.0):
        c.limb([at(0, v), at(1, v)], [width, width * far / near], beam)
    for u in (0.0, 0.33, 0.67, 1.0):
        c.limb([at(u, 0.36), at(u, 1)], [width, width], beam)
    for u in (0.0, 0.67):
        c.limb([at(u, 0.36), at(u + 0.33, 0.68)], [width * 0.8] * 2, beam)
    for u, v in ((0.4, 0.42), (0.06, 0.75), (0.74, 0.75)):
        lit = s.light.hour.lamps and s.dice.random() < 0.6
        pane = _LAMP if lit else s.on((92, 110, 122), 0.2)
        c.polygon([at(u, v), at(u + 0.2, v), at(u + 0.2, v + 0.18), at(u, v + 0.18)], pane)
    c.polygon([at(0.38, 0.0), at(0.64, 0.0), at(0.64, 0.3), at(0.38, 0.3)], darker(beam, 0.03))


def _lantern(s: Scene, foot: Point, tall: float) -> None:
    x, y = foot
    iron = s.on((46, 48, 54), 0.1)
    s.canvas.stroke([(x, y), (x, y - tall)], tall * 0.035, iron)
    if s.light.hour.lamps:
        s.canvas.glow((x, y - tall * 1.06), tall * 0.6, _LAMP, 0.75)
    glass = _LAMP if s.light.hour.lamps else s.on((214, 214, 200), 0.1)
    w = tall * 0.06
    s.canvas.polygon([(x - w * 0.6, y - tall), (x + w * 0.6, y - tall), (x + w, y - tall * 1.14),
                      (x - w, y - tall * 1.14)], glass)  # fmt: skip
    s.canvas.polygon([(x - w * 1.2, y - tall * 1.14), (x, y - tall * 1.22),
                      (x + w * 1.2, y - tall * 1.14)],
                     iron)  # fmt: skip


def alley(s: Scene) -> None:
    """Two brick walls close together, a strip of sky, washing, bins, a fire stair, a puddle."""
    s.sky()
    t, c = s.tones, s.canvas
    brick = mix(t.middle, (132, 78, 66), 0.5)
    s.ground(mix(t.ground, (84, 84, 90), 0.6), 0.0)
    c.box(-0.13, -0.42, 0.13, 0.02, s.on(mix(brick, t.far, 0.4), 0.6))
    for side in (-1, 1):
        wall = [(side * 0.1, 0.02), (side * 0.1, -0.48), (side * 0.8, -1.9), (side * 2.2, -1.9),
                (side * 2.2, 0.7)]  # fmt: skip
        tone = s.on(darker(brick, 0.05 if side > 0 else 0.0), 0.15)
        c.polygon(wall, Fade(darker(tone, 0.04), tone))
        for k in range(18):
            v = k / 17
            a, b = (side * 0.1, 0.02 - 0.5 * v), (side * 2.2, 0.7 - 3.6 * v)
            c.limb([a, b], [0.0012, 0.012], darker(tone, 0.06))
        for u0, u1, v0, v1 in (
            (0.2, 0.27, 0.3, 0.52),
            (0.38, 0.52, 0.26, 0.5),
            (0.78, 1.1, 0.24, 0.48),
        ):
            quad = [(side * u, 0.02 + (u - 0.1) * 0.32 - v * (0.5 + (u - 0.1) * 1.5))
                    for u, v in ((u0, v0), (u1, v0), (u1, v1), (u0, v1))]  # fmt: skip
            lit = s.light.hour.lamps and s.dice.random() < 0.5
            c.polygon(quad, _LAMP if lit else s.on((66, 78, 92), 0.15))
    iron = s.on((48, 50, 56), 0.1)
    for k in range(4):
        y = -0.1 - 0.13 * k
        c.stroke([(0.3, y), (0.52, y - 0.05)], 0.012, iron)
        c.stroke([(0.3, y), (0.3, y - 0.06)], 0.006, iron)
        c.limb([(0.31, y), (0.5, y - 0.18)], [0.008, 0.01], iron)
    c.limb([(-0.34, -0.4), (0.0, -0.36), (0.3, -0.4)], [0.003] * 3, iron)
    for k, tone in enumerate(((232, 228, 216), t.accent, (108, 136, 164), (226, 208, 170))):
        x = -0.26 + 0.14 * k
        hem = x + 0.04 + 0.08 * s.lean
        c.polygon(
            [(x, -0.385), (x + 0.08, -0.38), (hem + 0.05, -0.24), (hem - 0.04, -0.25)],
            s.on(tone, 0.25),
        )
    for x, y, w in ((-0.42, 0.12, 0.07), (-0.58, 0.15, 0.08)):
        metal = s.on((104, 112, 116), 0.1)
        c.box(
            x - w * 0.8,
            y - w * 2.1,
            x + w * 0.8,
            y,
            Fade(lighter(metal, 0.05), darker(metal, 0.06)),
        )
        c.box(x - w, y - w * 2.3, x + w, y - w * 2.05, lighter(metal, 0.03), radius=0.008)
    c.ellipse((0.14, 0.19), 0.2, 0.018, mix(s.light.sky[0], s.light.sky[1], 0.5), 0.6)


def market(s: Scene) -> None:
    """Striped awnings over heaped stalls on both sides, bunting, old roofs behind."""
    s.sky()
    t, c = s.tones, s.canvas
    roofs(s)
    paving = mix(t.ground, (176, 158, 132), 0.5)
    s.ground(paving, 0.03)
    _cobbles(s, s.on(paving, 0.1))
    flags_ = (t.accent, (226, 190, 92), (92, 140, 150), (236, 228, 210))
    for y, bow in ((-0.4, 0.1), (-0.3, 0.07)):
        for k in range(29):
            x = -1.4 + 0.1 * k
            at = y + bow * (1 - ((k % 14) / 7 - 1) ** 2)
            tip = (x + 0.03 + 0.05 * s.lean, at + 0.06)
            c.polygon([(x, at), (x + 0.06, at), tip], s.on(flags_[k % 4], 0.1))
    for x, y, size in ((-0.3, 0.06, 0.16), (0.36, 0.06, 0.16), (-0.58, 0.11, 0.28),
                       (0.66, 0.11, 0.29),
                       (-1.12, 0.2, 0.5), (1.2, 0.2, 0.5)):  # fmt: skip
        _stall(s, (x, y), size)


def _stall(s: Scene, foot: Point, size: float) -> None:
    x, y = foot
    c, away = s.canvas, max(0.02, 0.35 - size)
    wood = s.on(mix((140, 104, 70), s.tones.near, 0.2), away)
    for dx in (-0.48, 0.48):
        c.stroke([(x + dx * size, y), (x + dx * size, y - size * 1.05)], size * 0.04, wood)
    c.box(x - size * 0.52, y - size * 0.36, x + size * 0.52, y, Fade(wood, darker(wood, 0.08)))
    goods = ((196, 72, 58), (226, 170, 70), (108, 140, 78), (150, 92, 130))
    for k in range(9):
        at = (x + size * (-0.44 + 0.11 * k), y - size * (0.38 + 0.03 * (k % 2)))
        c.ellipse(at, size * 0.075, size * 0.07, s.on(goods[(k // 2) % 4], away))
    stripe = s.on(s.dice.choice((s.tones.accent, (92, 132, 148), (188, 84, 72))), away)
    for k in range(8):
        left, right = x + size * (-0.62 + 0.155 * k), x + size * (-0.62 + 0.155 * (k + 1))
        top_l, top_r = x + (left - x) * 0.74, x + (right - x) * 0.74
        tone = stripe if k % 2 else s.on((240, 234, 220), away)
        c.polygon([(top_l, y - size * 1.2), (top_r, y - size * 1.2), (right, y - size * 0.92),
                   (left, y - size * 0.92)], tone)  # fmt: skip
        c.ellipse(((left + right) / 2, y - size * 0.92), size * 0.078, size * 0.05, tone)
    if s.light.hour.lamps:
        c.glow((x, y - size * 0.75), size * 0.8, _LAMP, 0.6)


def bridge(s: Scene) -> None:
    """A deck that runs away between railings, towers with cables over it, water below."""
    s.sky()
    t, c = s.tones, s.canvas
    s.ridge(0.0, 0.08, 0.2, s.on(t.far, 0.7), down=0.01)
    river = mix((84, 128, 150), t.middle, 0.3)
    c.box(s.left - 0.1, 0.0, s.right + 0.1, max(s.bottom, 0.5) + 0.1,
          Fade(s.on(lighter(river, 0.05), 0.4), s.on(darker(river, 0.05))))  # fmt: skip
    for i in range(30):
        y = 0.02 + 0.4 * (i / 30) ** 1.3
        x = s.dice.uniform(-1.6, 1.6)
        c.ellipse((x, y), 0.02 + y * 0.2, 0.001 + y * 0.006, s.on(lighter(river, 0.12), 0.2), 0.6)
    deck, steel = mix(t.ground, (128, 128, 132), 0.5), mix(t.near, (86, 92, 102), 0.5)
    for half, top, away in ((0.06, -0.34, 0.5), (0.24, -0.78, 0.2)):
        tone = s.on(steel, away)
        for side in (-1, 1):
            c.box(side * half - half * 0.13, top, side * half + half * 0.13, half * 0.3,
                  Fade(lighter(tone, 0.04), darker(tone, 0.04)))  # fmt: skip
        for y in (top * 0.96, top * 0.5):
            c.box(-half, y - half * 0.12, half, y + half * 0.1, tone)
    c.polygon(
        [(-0.02, 0.01), (0.02, 0.01), (1.5, 0.7), (-1.5, 0.7)], Fade(s.on(deck, 0.3), s.on(deck))
    )
    rail = s.on(darker(steel, 0.04), 0.08)
    for side in (-1, 1):
        cable = [(side * (0.06 + 0.18 * k / 10),
                  -0.34 - 0.44 * k / 10 + 0.9 * (k / 10) * (1 - k / 10))
                 for k in range(11)]  # fmt: skip
        c.limb(cable, [0.004 + 0.008 * k / 10 for k in range(11)], rail)
        c.limb(
            [(side * 0.24, -0.78), (side * 0.8, -0.3), (side * 1.8, -0.06)],
            [0.012, 0.018, 0.024],
            rail,
        )
        for up in (0.42, 0.2):
            near = (side * 1.62, 0.72 - up * 1.7)
            c.limb([(side * 0.021, 0.012 - up * 0.02), near], [0.002, 0.03], rail)
        for k in range(15):
            u = (k / 14) ** 2.2
            x, y = side * (0.021 + 1.55 * u), 0.012 + 0.69 * u
            c.stroke([(x, y), (x, y - 0.008 - 0.68 * u)], 0.002 + 0.018 * u, rail)
    for k in range(7):
        a, b = 0.02 * 1.75**k, 0.02 * 1.75**k * 1.32
        c.polygon(
            [(-a * 0.06, a), (a * 0.06, a), (b * 0.06, b), (-b * 0.06, b)],
            s.on((230, 222, 200), 0.1),
            0.7,
        )


def platform(s: Scene) -> None:
    """Rails, a train at the far side, a roof on iron posts, a clock, the edge of the platform."""
    s.sky()
    t, c = s.tones, s.canvas
    s.ridge(0.0, 0.08, 0.0, s.on(t.far, 0.7))
    s.ground(mix(t.ground, (112, 106, 100), 0.6), 0.02)
    coat, steel = s.on(mix(t.accent, (150, 52, 50), 0.3), 0.12), s.on((84, 88, 96), 0.1)
    c.box(-1.9, -0.3, 0.78, 0.07, Fade(lighter(coat, 0.03), darker(coat, 0.05)), radius=0.03)
    c.box(-1.9, -0.33, 0.76, -0.29, s.on((206, 202, 194), 0.15), radius=0.015)
    for k in range(10):
        x = -1.5 + 0.24 * k
        pane = _LAMP if s.light.hour.lamps else s.on((150, 182, 200), 0.1)
        c.box(x - 0.09, -0.25, x + 0.09, -0.12, pane, radius=0.012)
    c.box(-1.9, -0.07, 0.78, -0.05, s.on((236, 226, 198), 0.1))
    for k in range(9):
        c.ellipse((-1.4 + 0.25 * k, 0.075), 0.035, 0.03, s.on((48, 50, 54), 0.1))
    for y in (0.095, 0.12):
        c.box(s.left - 0.1, y, s.right + 0.1, y + 0.007, lighter(steel, 0.12))
    edge = 0.15 if s.stand is None else max(0.14, s.stand - 0.01)
    slab = mix(t.ground, (172, 166, 156), 0.6)
    c.box(s.left - 0.1, edge - 0.02, s.right + 0.1, edge, s.on(darker(slab, 0.16)))
    c.box(
        s.left - 0.1,
        edge,
        s.right + 0.1,
        max(s.bottom, 0.6) + 0.1,
        Fade(s.on(slab), s.on(darker(slab, 0.12))),
    )
    c.box(s.left - 0.1, edge + 0.014, s.right + 0.1, edge + 0.026, s.on((236, 214, 128)))
    for x in (-0.78, 0.0, 0.78):
        c.box(x - 0.016, -0.52, x + 0.016, edge + 0.06, steel)
        for side in (-1, 1):
            c.limb([(x, -0.36), (x + side * 0.17, -0.5)], [0.012, 0.016], steel)
    c.box(s.left - 0.1, -1.2, s.right + 0.1, -0.5, s.on(mix((96, 92, 90), t.near, 0.3), 0.15))
    for k in range(-13, 14):
        c.polygon([(k * 0.14, -0.5), (k * 0.14 + 0.07, -0.455), (k * 0.14 + 0.14, -0.5)],
                  s.on(mix((96, 92, 90), t.near, 0.3), 0.1))  # fmt: skip
    c.stroke([(0.38, -0.5), (0.38, -0.42)], 0.01, steel)
    if s.light.hour.lamps:
        for x in (-0.4, 0.38):
            c.glow((x, -0.38), 0.5, _LAMP, 0.45)
    c.ellipse((0.38, -0.36), 0.07, 0.07, steel)
    c.ellipse((0.38, -0.36), 0.058, 0.058, (246, 242, 230))
    c.stroke([(0.38, -0.36), (0.38, -0.405)], 0.006, (40, 40, 46))
    c.stroke([(0.38, -0.36), (0.41, -0.35)], 0.006, (40, 40, 46))
    c.box(-0.56, -0.42, -0.24, -0.34, s.on((52, 84, 128), 0.05), radius=0.006)
    c.box(-0.53, -0.392, -0.27, -0.368, s.on((236, 238, 238), 0.05))
