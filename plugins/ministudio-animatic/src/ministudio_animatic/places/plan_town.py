"""Streets, cities and villages from straight above: paving, kerbs, roofs and lamps."""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places.plan import REACH
from ministudio_animatic.places.plan_things import landmarks

if TYPE_CHECKING:
    from ministudio_animatic.drawing.canvas import Point
    from ministudio_animatic.places.plan import Plan

__all__ = ["city", "roofs", "street", "street_overhang", "village", "village_roofs"]

_KERB: Final = 3.1
_FRONT: Final = -6.2  # where the house fronts of a street are
_LAMPS: Final = ((-7.4, 2.3), (5.0, 2.3), (17.5, 2.3), (-19.8, 2.3))
_GLOW: Final[Colour] = (255, 206, 132)
_BLOCKS: Final = ((-15.5, -8.6, 5.2, 4.6), (15.0, -9.2, 5.6, 5.0), (2.0, -14.5, 6.5, 5.0),
                  (-31.0, -9.0, 7.0, 6.0), (31.0, -8.0, 7.5, 6.0), (-27.0, 14.5, 8.0, 5.5),
                  (28.0, 15.0, 8.0, 6.0), (-18.0, -24.0, 9.0, 6.0), (19.0, -25.0, 9.0, 6.5),
                  (0.0, 20.0, 8.0, 5.0))  # fmt: skip


def street(p: Plan) -> None:
    """Draw a pavement, its kerb, and the road beside it."""
    s, c = p.scene, p.canvas
    road = s.on(darker(mix(s.tones.ground, (70, 72, 80), 0.55), 0.05))
    _wide = REACH[0]
    p.fill(road)
    p.mottle(road, 260, 1.4, 0.015)
    _paving(p, s.on(lighter(mix(s.tones.ground, s.tones.far, 0.35), 0.03)), 1.7, _KERB)
    kerb = s.on(lighter(mix(s.tones.ground, (190, 188, 184), 0.6), 0.02))
    c.box(-_wide, _KERB, _wide, _KERB + 0.42, kerb)
    c.box(-_wide, _KERB + 0.42, _wide, _KERB + 0.8, (14, 14, 26), 0.3)
    for k in range(-20, 21):
        c.box(k * 2.4 - 0.03, _KERB, k * 2.4 + 0.03, _KERB + 0.42, darker(kerb, 0.1))
    paint = s.on((226, 222, 208))
    for k in range(-10, 11):
        c.box(k * 4.8 - 1.3, 8.0, k * 4.8 + 1.3, 8.24, paint)
    for k in range(6):
        x = -16.5 + 1.15 * k
        c.box(x, _KERB + 1.0, x + 0.62, 14.0, paint)
    _manhole(p, (1.4, 5.6), road)
    _car(p, (10.2, 5.7), s.on(s.tones.accent))
    _puddles(p)
    landmarks(p)
    if s.light.hour.night:
        for x, y in _LAMPS:
            c.glow((x, y - 1.0), 7.5, _GLOW, 0.62)


def street_overhang(p: Plan) -> None:
    """Draw the eaves and awnings of the house fronts, and the heads of street lamps."""
    s, c = p.scene, p.canvas
    roof = s.on(darker(s.tones.near, 0.05))
    wide = REACH[0]
    c.box(-wide, -REACH[1], wide, _FRONT - 0.5, roof)
    for k in range(1, 14):
        y = _FRONT - 0.5 - 1.1 * k
        c.box(-wide, y - 0.06, wide, y + 0.06, darker(roof, 0.05))
    c.box(-wide, _FRONT - 0.5, wide, _FRONT - 0.1, lighter(roof, 0.08))
    cloth = (s.on(s.tones.accent), s.on((240, 232, 216)))
    for x, long in ((-13.5, 5.0), (3.0, 4.4), (14.5, 5.6), (-25.0, 5.0), (26.0, 5.0)):
        for k in range(round(long / 0.55)):
            left = x - long / 2 + 0.55 * k
            c.box(left, _FRONT - 0.2, left + 0.55, _FRONT + 1.15, cloth[k % 2])
        c.box(x - long / 2, _FRONT + 1.15, x + long / 2, _FRONT + 1.3, darker(cloth[0], 0.1))
    iron = s.on((58, 62, 70))
    for x, y in _LAMPS:
        if not p.free(x, y, 0.8):
            continue
        c.stroke([(x, y), (x, y - 1.4)], 0.18, iron)
        c.ellipse((x, y), 0.24, 0.24, iron)
        if s.light.hour.night:
            c.glow((x, y - 1.6), 2.2, _GLOW, 0.7)
        c.ellipse((x, y - 1.6), 0.5, 0.62, darker(iron, 0.02))
        c.ellipse((x, y - 1.6), 0.3, 0.4, (255, 236, 190) if s.light.hour.night else iron)


def city(p: Plan) -> None:
    """Draw a square paved in rings, with a road at its foot."""
    s, c = p.scene, p.canvas
    stone = s.on(lighter(mix(s.tones.ground, s.tones.far, 0.5), 0.02))
    p.fill(stone)
    _paving(p, stone, 2.6, REACH[1])
    for r, step in ((6.4, -0.05), (6.0, 0.04), (4.3, -0.04), (4.0, 0.06), (1.5, -0.06)):
        c.ellipse((0.0, 0.0), r, r, lighter(stone, step))
    for k in range(16):
        a = math.tau * k / 16
        out = 4.0 if k % 2 else 5.9
        side = [(1.5 * math.cos(a - 0.16), 1.5 * math.sin(a - 0.16)),
                (out * math.cos(a), out * math.sin(a)),
                (1.5 * math.cos(a + 0.16), 1.5 * math.sin(a + 0.16))]  # fmt: skip
        c.polygon(side, mix(stone, s.on(s.tones.accent), 0.28 if k % 2 else 0.45))
    road = s.on(mix(s.tones.ground, (64, 66, 76), 0.6))
    wide = REACH[0]
    c.box(-wide, 7.4, wide, 15.0, road)
    c.box(-wide, 7.1, wide, 7.4, lighter(stone, 0.05))
    for k in range(-10, 11):
        c.box(k * 4.8 - 1.3, 11.0, k * 4.8 + 1.3, 11.2, s.on((230, 214, 140)))
    _car(p, (-9.0, 9.4), s.on((226, 178, 60)))
    for x, y in ((-8.6, -3.4), (8.6, -3.4), (-8.6, 4.2), (8.6, 4.2)):
        c.box(x - 1.1, y - 1.1, x + 1.1, y + 1.1, darker(stone, 0.12), radius=0.2)
        p.shade(x, y, 1.0, 2.5)
        p.crown((x, y), 1.35, s.on((94, 126, 86)), Random(round(x * 7 + y)))  # noqa: S311
    _puddles(p)
    landmarks(p)
    if s.light.hour.night:
        for x in (-8.6, 8.6):
            c.glow((x, 0.4), 8.0, _GLOW, 0.5)


def roofs(p: Plan) -> None:
    """Draw flat city roofs with what stands on them, around the square."""
    for i, (x, y, half, deep) in enumerate(_BLOCKS):
        if p.sees(x, y, half) and p.free(x, y, half * 0.8):
            _flat_roof(p, (x, y), (half, deep), i)


def _flat_roof(p: Plan, at: Point, half: Point, number: int) -> None:
    s, c = p.scene, p.canvas
    (x, y), (wide, deep) = at, half
    tone = mix(s.tones.middle, s.tones.near, (number % 3) / 2)
    roof, edge = s.on(tone), s.on(lighter(tone, 0.1))
    p.block_shade((x - wide, y - deep, x + wide, y + deep), 3.0)
    c.box(x - wide, y - deep, x + wide, y + deep, edge)
    c.box(x - wide + 0.35, y - deep + 0.35, x + wide - 0.35, y + deep - 0.35, roof)
    c.box(x - wide + 0.35, y - deep + 0.35, x + wide - 0.35, y - deep + 0.9, darker(roof, 0.07))
    for k in range(3):
        ax, ay = x - wide * 0.5 + k * wide * 0.42, y + deep * (0.3 if k % 2 else -0.2)
        c.box(ax - 0.9, ay - 0.6, ax + 0.7, ay + 0.6, darker(roof, 0.12))
        c.box(ax - 0.8, ay - 0.7, ax + 0.8, ay + 0.5, lighter(roof, 0.08))
        c.ellipse((ax, ay - 0.1), 0.4, 0.4, darker(roof, 0.1))
    if s.light.hour.night:
        c.ellipse((x + wide - 0.7, y - deep + 0.7), 0.16, 0.16, (240, 84, 72))


def village(p: Plan) -> None:
    """Draw a lane of cobbles between gardens."""
    s, c = p.scene, p.canvas
    grass = s.on(mix(s.tones.ground, s.tones.far, 0.3))
    p.fill(grass)
    p.mottle(grass, 300, 1.8)
    for x, y, rolls in p.strewn(500):
        c.limb([(x, y), (x + rolls.uniform(-0.15, 0.15), y - 0.4)], [0.12, 0.03],
               darker(grass, 0.05))  # fmt: skip
    lane = s.on(mix(s.tones.middle, (190, 176, 152), 0.6))
    upper = smooth([(-48.0, -2.0), (-20.0, -2.9), (-6.0, -2.4), (8.0, -3.0), (22.0, -2.2),
                    (48.0, -3.2)])  # fmt: skip
    lower = smooth([(48.0, 3.0), (20.0, 3.6), (6.0, 2.9), (-9.0, 3.5), (-24.0, 2.8), (-48.0, 3.6)])
    c.polygon([*upper, *lower], darker(lane, 0.08))
    for x, y, rolls in p.strewn(2600, reach=(REACH[0], 2.6)):
        p.patch((x, y + 0.3), rolls.uniform(0.22, 0.36), lighter(lane, rolls.uniform(-0.03, 0.03)),
                rolls, flat=0.85)  # fmt: skip
    for left, top in ((-19.5, -5.2), (13.4, -5.6), (-12.0, 4.6), (8.0, 4.4)):
        _bed(p, left, top)
    _puddles(p)
    landmarks(p)


def village_roofs(p: Plan) -> None:
    """Draw cottage roofs around the lane, two slopes to each."""
    spots = ((-13.6, -7.6), (12.0, -8.4), (-1.2, -10.4), (-14.0, 10.4), (14.8, 11.0),
             (-31.0, -9.0), (31.0, -10.5), (-30.0, 12.0), (31.0, 13.0), (0.0, -26.0))  # fmt: skip
    for i, (x, y) in enumerate(spots):
        if p.sees(x, y, 5.0) and p.free(x, y, 3.6):
            _gabled(p, (x, y), (4.6, 3.0), i)


def _gabled(p: Plan, at: Point, half: Point, number: int) -> None:
    s, c = p.scene, p.canvas
    (x, y), (wide, deep) = at, half
    tile = s.on(mix(s.tones.accent, s.tones.near, 0.15 + 0.25 * (number % 3)))
    p.block_shade((x - wide, y - deep, x + wide, y + deep), 4.0)
    c.box(x - wide, y - deep, x + wide, y, lighter(tile, 0.03))
    c.box(x - wide, y, x + wide, y + deep, darker(tile, 0.07))
    for k in range(1, 6):
        for side in (1, -1):
            level = y + side * deep * k / 6
            tone = darker(tile, 0.11 if side > 0 else 0.03)
            c.box(x - wide, level - 0.04, x + wide, level + 0.04, tone)
    c.box(x - wide, y - 0.14, x + wide, y + 0.14, lighter(tile, 0.1))
    c.box(x + wide * 0.4, y - deep * 0.6, x + wide * 0.4 + 0.9, y - deep * 0.6 + 0.9,
          s.on((150, 120, 104)))  # fmt: skip
    c.box(x + wide * 0.4 + 0.2, y - deep * 0.6 + 0.2, x + wide * 0.4 + 0.7, y - deep * 0.6 + 0.7,
          (40, 34, 36))  # fmt: skip


def _bed(p: Plan, left: float, top: float) -> None:
    """A bed of flowers in rows."""
    s, c = p.scene, p.canvas
    c.box(left, top, left + 5.0, top + 1.7, s.on((110, 84, 64)), radius=0.2)
    rolls = Random(round(left * 13 + top))  # noqa: S311 - the same flowers in every shot
    for row in range(3):
        for k in range(11):
            at = (left + 0.3 + 0.44 * k, top + 0.35 + 0.5 * row)
            c.ellipse(at, 0.2, 0.18, s.on((92, 128, 78)))
            tone = s.tones.accent if rolls.random() < 0.6 else (244, 226, 150)
            c.ellipse((at[0] + 0.04, at[1] - 0.04), 0.11, 0.11, s.on(tone))


def _paving(p: Plan, stone: Colour, side: float, low: float) -> None:
    """Slabs in staggered rows, down to ``low``."""
    s, c = p.scene, p.canvas
    top = -REACH[1]
    c.box(-REACH[0], top, REACH[0], low, darker(stone, 0.06))
    rows = round((low - top) / side)
    for row in range(rows + 1):
        y = low - (row + 1) * side
        for k in range(-round(REACH[0] / side), round(REACH[0] / side) + 1):
            tone = lighter(stone, s.dice.uniform(-0.022, 0.022))
            x = k * side + (side / 2 if row % 2 else 0.0)
            if p.sees(x, y, side * 2):
                c.box(x + 0.035, y + 0.035, x + side - 0.035, y + side - 0.035, tone)


def _manhole(p: Plan, at: Point, road: Colour) -> None:
    c = p.canvas
    c.ellipse(at, 0.95, 0.95, darker(road, 0.08))
    c.ellipse(at, 0.82, 0.82, lighter(road, 0.05))
    for k in (-0.45, -0.15, 0.15, 0.45):
        c.box(at[0] - 0.55, at[1] + k - 0.05, at[0] + 0.55, at[1] + k + 0.05, darker(road, 0.05))


def _car(p: Plan, at: Point, colour: Colour) -> None:
    """A parked car, its front to the left."""
    c, (x, y) = p.canvas, at
    if not p.free(x, y, 3.0):
        return
    p.block_shade((x - 3.4, y - 1.4, x + 3.4, y + 1.4), 2.2)
    c.box(x - 3.5, y - 1.45, x + 3.5, y + 1.45, darker(colour, 0.05), radius=0.7)
    c.box(x - 3.4, y - 1.38, x + 3.4, y + 1.3, colour, radius=0.65)
    glass = p.scene.on((92, 120, 138))
    c.polygon([(x - 1.7, y - 1.15), (x - 1.7, y + 1.15), (x - 0.95, y + 0.95),
               (x - 0.95, y - 0.95)], glass)  # fmt: skip
    c.polygon([(x + 2.2, y - 1.1), (x + 2.2, y + 1.1), (x + 1.65, y + 0.95),
               (x + 1.65, y - 0.95)], darker(glass, 0.05))  # fmt: skip
    c.box(x - 1.0, y - 1.0, x + 1.7, y + 1.0, lighter(colour, 0.06), radius=0.25)
    for side in (1, -1):
        c.box(x - 1.2, y + side * 1.18 - 0.1, x + 1.9, y + side * 1.18 + 0.1, glass)
        lamp = (255, 240, 196) if p.scene.light.hour.night else (236, 230, 212)
        c.ellipse((x - 3.25, y + side * 0.95), 0.16, 0.28, lamp)


def _puddles(p: Plan) -> None:
    """Where it rains, water that shows the sky and rings where drops fall."""
    s, c = p.scene, p.canvas
    if s.light.weather.falling != "rain":
        return
    sky = mix(s.light.sky[1], (255, 255, 255), 0.1)
    for x, y, rolls in p.strewn(60, dice=s.air):
        p.patch((x, y), rolls.uniform(0.6, 1.7), sky, rolls, 0.34, flat=0.6)
        if s.light.hour.night:
            c.ellipse((x + 0.2, y - 0.1), 0.3, 0.12, _GLOW, 0.35)
