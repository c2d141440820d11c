"""Forests, fields, mountains and deserts from straight above."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places.plan_things import landmarks

if TYPE_CHECKING:
    import random

    from ministudio_animatic.drawing.canvas import Point
    from ministudio_animatic.places.plan import Plan

__all__ = ["birds", "crowns", "desert", "field", "forest", "mountains", "wisps"]

_SHADE: Final[Colour] = (14, 22, 28)
_CLEARING: Final[tuple[float, float]] = (6.0, 4.0)


def forest(p: Plan) -> None:
    """Draw a forest floor: litter, moss, roots, ferns, and a trodden path."""
    s = p.scene
    soil = s.on(mix(s.tones.ground, s.tones.near, 0.3))
    p.fill(soil)
    p.mottle(soil, 300, 2.2, 0.025)
    path = s.on(mix(s.tones.ground, (168, 142, 108), 0.55))
    _path(p, path, 1.9)
    moss = s.on(mix(s.tones.middle, (120, 146, 70), 0.35))
    for x, y, rolls in p.strewn(90):
        p.patch((x, y), rolls.uniform(0.5, 1.3), moss, rolls, 0.75)
    leaves = [s.on(mix(s.tones.accent, s.tones.near, share)) for share in (0.15, 0.45, 0.7)]
    for x, y, rolls in (*p.strewn(2600), *p.gathered(360, (10.0, 7.0))):
        _leaf(p, (x, y), rolls.uniform(0.11, 0.22), rolls.choice(leaves), rolls)
    fern = s.on(mix(s.tones.middle, s.tones.near, 0.25))
    for x, y, rolls in p.strewn(110):
        if math.hypot(x / 5.5, y / 3.4) > 1:
            _fern(p, (x, y), rolls.uniform(0.8, 1.5), fern, rolls)
    for x, y, rolls in p.strewn(26):
        if math.hypot(x / 6.0, y / 4.0) > 1:
            p.stone((x, y), rolls.uniform(0.4, 0.9), s.on((138, 136, 128)), rolls)
    landmarks(p)
    for x, y, rolls in p.strewn(60):
        p.patch((x, y), rolls.uniform(1.6, 3.2), _SHADE, rolls, 0.13)
    _sun_flecks(p)


def crowns(p: Plan) -> None:
    """Draw the crowns of the trees around a clearing."""
    s = p.scene
    for i, (x, y, rolls) in enumerate(p.strewn(420)):
        r = rolls.uniform(2.1, 3.3)
        apart = math.hypot(x / (_CLEARING[0] + r * 0.6), y / (_CLEARING[1] + r * 0.6))
        leaf = s.on(mix(s.tones.middle, s.tones.near, rolls.uniform(0.15, 0.85)))
        if apart > 1 and p.free(x, y, r * 1.05):
            if i % 6 == 0:
                leaf = mix(leaf, s.on(s.tones.accent), 0.3)
            p.crown((x, y), r, leaf, rolls)


def field(p: Plan) -> None:
    """Draw a meadow: bands of grass, tufts, flowers, and a path."""
    s, c = p.scene, p.canvas
    grass = s.on(mix(s.tones.ground, s.tones.near, 0.35))
    p.fill(grass)
    for k in range(-9, 10):
        y = k * 4.0
        edge = smooth([(x, y + 0.7 * math.sin(x * 0.17 + k)) for x in range(-48, 49, 8)], steps=6)
        back = [(x, py + 2.0) for x, py in reversed(edge)]
        c.polygon([*edge, *back], lighter(grass, 0.022))
    p.mottle(grass, 200, 1.8, 0.02)
    _path(p, s.on(mix(s.tones.ground, (176, 148, 110), 0.6)), 1.3)
    for size, spots in ((0.45, p.strewn(1700)), (0.26, p.gathered(1200, (9.0, 6.0)))):
        for x, y, rolls in spots:
            blade = lighter(grass, rolls.uniform(-0.06, 0.05))
            _tuft(p, (x, y), size * rolls.uniform(0.7, 1.3), blade, rolls)
    blooms = [s.on(s.tones.accent), s.on((246, 240, 226)), s.on((240, 204, 92))]
    for x, y, rolls in p.strewn(420):
        tone = rolls.choice(blooms)
        for k in range(5):
            a = math.tau * k / 5
            c.ellipse((x + 0.12 * math.cos(a), y + 0.12 * math.sin(a)), 0.09, 0.09, tone)
        c.ellipse((x, y), 0.07, 0.07, darker(tone, 0.15))
    landmarks(p)


def mountains(p: Plan) -> None:
    """Draw a ledge of rock and turf, and a drop beyond it."""
    s, c = p.scene, p.canvas
    rock = s.on(mix(s.tones.middle, (150, 148, 146), 0.5))
    turf = s.on(mix(s.tones.ground, s.tones.near, 0.2))
    p.fill(turf)
    p.mottle(turf, 240, 2.0, 0.025)
    for x, y, rolls in p.strewn(60):
        p.patch((x, y), rolls.uniform(1.4, 3.4), mix(rock, turf, 0.25), rolls, 0.8)
    edge = [(-48.0, -6.6), (-30.0, -4.4), (-16.0, -5.6), (-4.0, -4.3), (8.0, -5.4), (22.0, -3.8),
            (48.0, -6.2)]  # fmt: skip
    for k, deep in enumerate((0.0, 1.3, 3.0, 5.4)):
        tone = mix(darker(rock, 0.05 + 0.07 * k), s.light.haze, 0.1 + 0.16 * k)
        rim = smooth([(x, y - deep + 0.4 * math.sin(x + k)) for x, y in edge])
        c.polygon([*rim, (48.0, -60.0), (-48.0, -60.0)], tone)
        c.stroke(rim, 0.12, lighter(tone, 0.08))
    grey = s.on((148, 146, 144))
    for x, y, rolls in p.strewn(80):
        if math.hypot(x / 5.0, y / 3.0) > 1 and y > -3.4:
            p.stone((x, y), rolls.uniform(0.35, 1.3), lighter(grey, rolls.uniform(-0.05, 0.05)),
                    rolls)  # fmt: skip
    for size, spots in ((0.12, p.strewn(700)), (0.06, p.gathered(420, (9.0, 6.0)))):
        for x, y, rolls in spots:
            if y > -4.0:
                tone = lighter(grey, rolls.uniform(-0.12, 0.05))
                p.patch((x, y), size * rolls.uniform(0.7, 1.5), tone, rolls)
    snow = s.on(s.tones.accent)
    for x, y, rolls in p.strewn(26):
        if math.hypot(x / 7.0, y / 4.6) > 1:
            p.patch((x, y), rolls.uniform(0.8, 2.2), snow, rolls, 0.9)
    landmarks(p)


def desert(p: Plan) -> None:
    """Draw sand in ripples, the crests of dunes with their shade, stones and thorns."""
    s, c = p.scene, p.canvas
    sand = s.on(mix(s.tones.ground, s.tones.middle, 0.25))
    p.fill(sand)
    p.mottle(sand, 120, 3.5, 0.018)
    for k in range(-46, 47):
        y = k * 0.8
        swing = [(x, y + 0.5 * math.sin(0.32 * x + 0.5 * k) + 0.9 * math.sin(0.09 * x))
                 for x in range(-48, 49, 3)]  # fmt: skip
        c.stroke(smooth(swing, steps=3), 0.07, darker(sand, 0.035))
        c.stroke([(x, py + 0.14) for x, py in smooth(swing, steps=3)], 0.07, lighter(sand, 0.03))
    side = 1 if s.light.hour.sun[0] >= 0 else -1
    for base, lift in ((-7.5, 1.6), (6.6, 1.4), (-22.0, 2.4), (22.0, 2.2)):
        crest = smooth([(x, base + lift * math.sin(0.14 * x + base)) for x in range(-50, 51, 6)])
        lee = [(x - side * 0.6, y + 2.4 + 0.5 * math.sin(0.3 * x)) for x, y in reversed(crest)]
        c.polygon([*crest, *lee], darker(sand, 0.08), 0.75)
        c.stroke(crest, 0.16, lighter(sand, 0.07))
    for x, y, rolls in p.strewn(46):
        if math.hypot(x / 5.0, y / 3.0) > 1:
            p.stone((x, y), rolls.uniform(0.25, 0.7), s.on(s.tones.near), rolls)
    thorn = s.on((112, 132, 92))
    for x, y, rolls in p.strewn(16):
        if math.hypot(x / 7.0, y / 4.6) > 1:
            p.shade(x, y, 0.5, 1.6)
            _fern(p, (x, y), rolls.uniform(0.7, 1.1), thorn, rolls)
    landmarks(p)


def birds(p: Plan) -> None:
    """Draw two or three birds on the wing below the camera."""
    s = p.scene
    for x, y, size, turn in ((10.2, -4.4, 0.9, 0.7), (12.4, -3.2, 0.75, 0.9), (-7.4, 4.6, 0.8, -1),
                             (3.6, -9.4, 0.8, 0.5)):  # fmt: skip
        if p.free(x, y, size * 1.2):
            p.bird((x, y), size, s.on((62, 60, 68)), turn)


def wisps(p: Plan) -> None:
    """Draw scraps of cloud that drift between the camera and the ground."""
    s = p.scene
    pale = mix(s.light.haze, (255, 255, 255), 0.5)
    for x, y, rolls in p.strewn(26, dice=s.air):
        if not p.free(x, y, 4.0) or math.hypot(x / 7.0, y / 4.6) < 1:
            continue
        for k in range(6):
            r = rolls.uniform(1.4, 2.6)
            p.canvas.glow((x + 1.5 * (k - 2.5), y + rolls.uniform(-0.5, 0.5)), r, pale, 0.5)


def _path(p: Plan, colour: Colour, half: float) -> None:
    upper = smooth([(-48.0, 5.0), (-20.0, 1.6), (-6.0, -0.6 - half * 0.1), (6.0, 0.4), (20.0, -2.6),
                    (48.0, -6.0)])  # fmt: skip
    even = [((a[0] + (b[0] - a[0]) * k / 8), (a[1] + (b[1] - a[1]) * k / 8))
            for a, b in pairwise(upper) for k in range(8)]  # fmt: skip
    for grow, opacity in ((0.35, 0.35), (0.0, 0.7)):
        top = [(x, y - half - grow + 0.2 * math.sin(1.3 * x)) for x, y in even]
        low = [(x, y + half + grow + 0.2 * math.sin(1.7 * x)) for x, y in reversed(even)]
        p.canvas.polygon([*top, *low], colour, opacity)


def _leaf(p: Plan, at: Point, size: float, colour: Colour, rolls: random.Random) -> None:
    a = rolls.uniform(0, math.tau)
    dx, dy = size * math.cos(a), size * math.sin(a)
    p.canvas.limb([(at[0] - dx, at[1] - dy), at, (at[0] + dx, at[1] + dy)],
                  [size * 0.2, size * 0.9, size * 0.1], colour)  # fmt: skip


def _fern(p: Plan, at: Point, size: float, colour: Colour, rolls: random.Random) -> None:
    start = rolls.uniform(0, math.tau)
    for k in range(8):
        a = start + math.tau * k / 8
        r = size * rolls.uniform(0.8, 1.1)
        tip = (at[0] + r * math.cos(a), at[1] + r * math.sin(a))
        mid = (at[0] + r * 0.5 * math.cos(a + 0.16), at[1] + r * 0.5 * math.sin(a + 0.16))
        p.canvas.limb([at, mid, tip], [size * 0.06, size * 0.24, size * 0.04],
                      lighter(colour, 0.03 * (k % 3) - 0.03))  # fmt: skip


def _tuft(p: Plan, at: Point, size: float, colour: Colour, rolls: random.Random) -> None:
    for k in (-1, 0, 1):
        a = -math.pi / 2 + 0.6 * k + rolls.uniform(-0.3, 0.3)
        tip = (at[0] + size * math.cos(a), at[1] + size * math.sin(a))
        p.canvas.limb([at, tip], [size * 0.22, size * 0.05], colour)


def _sun_flecks(p: Plan) -> None:
    """Spots of light that the crowns let through by day."""
    s = p.scene
    if s.light.hour.night or s.light.weather.clouds > 0.6:
        return
    for x, y, rolls in p.strewn(80, dice=s.air):
        r = rolls.uniform(0.8, 2.2)
        p.canvas.glow((x, y), r, mix(s.light.hour.glow, (255, 255, 255), 0.2), 0.2)
