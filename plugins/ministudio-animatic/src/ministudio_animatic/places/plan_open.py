"""The sea, the sky, space and what has no place, from straight above."""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Fade, smooth
from ministudio_animatic.drawing.colour import darker, lighter, mix
from ministudio_animatic.places.plan import REACH
from ministudio_animatic.places.plan_things import landmarks
from ministudio_animatic.reading.words import mentions

if TYPE_CHECKING:
    from ministudio_animatic.drawing.canvas import Point
    from ministudio_animatic.drawing.colour import Colour
    from ministudio_animatic.places.plan import Plan

__all__ = ["abstract", "debris", "discs", "gulls", "puffs", "sea", "sky", "space"]

_SHORE: Final = 4.2
_ROCK: Final = "rock, rocks, cliff, reef, skerry, ledge, harbour, harbor, quay, pier, deck"


def sea(p: Plan) -> None:
    """Draw water in waves, deeper away from the land, and the land that people stand on."""
    s, c = p.scene, p.canvas
    edge = _SHORE if p.shore is None else p.shore
    deep, near = s.on(s.tones.near), s.on(mix(s.tones.middle, s.tones.far, 0.2))
    open_water = mentions(s.said, "open sea", "open ocean", "underwater", "deck")
    land = edge < s.bottom + 2 and (p.shore is not None or not open_water)
    foot = edge if land else 14.0
    p.fill(deep)
    c.box(-REACH[0], foot - 13.0, REACH[0], foot + 0.5, Fade(deep, near))
    p.mottle(mix(deep, near, 0.5), 140, 3.0, 0.02)
    _waves(p, foot, near)
    _glints(p)
    if land:
        _land(p, edge, rocky=mentions(" . ".join([s.said, *s.elements]), _ROCK))
    landmarks(p)


def gulls(p: Plan) -> None:
    """Draw gulls over the water."""
    s = p.scene
    for x, y, size, turn in ((8.4, -4.2, 1.0, 0.6), (10.8, -5.4, 0.85, 0.8), (-9.6, -3, 0.95, -0.9),
                             (-3.4, -5.8, 0.8, -0.4)):  # fmt: skip
        if p.free(x, y, size * 1.2):
            p.bird((x, y), size, s.on((238, 240, 240)), turn)


def sky(p: Plan) -> None:
    """Draw fields far below, and the cloud that people stand on."""
    s, c = p.scene, p.canvas
    air = mix(s.light.sky[0], s.light.sky[1], 0.35)
    p.fill(air)
    rolls = Random(s.dice.getrandbits(32))  # noqa: S311 - repeatable is what is wanted
    tones = [mix(s.on(tone), air, 0.62) for tone in ((126, 152, 92), (176, 168, 104), (96, 128, 88),
                                                     (150, 128, 96))]  # fmt: skip
    for row in range(-6, 7):
        x = -52.0 + rolls.uniform(0, 4)
        while x < REACH[0]:
            wide = rolls.uniform(5.0, 10.0)
            y = row * 5.6 + 0.9 * math.sin(x * 0.1)
            rim = [(x, y), (x + wide, y + 0.4), (x + wide - 0.5, y + 5.4), (x + 0.3, y + 5.2)]
            c.polygon(rim, rolls.choice(tones))
            x += wide
    river = smooth([(-48.0, -14.0), (-20.0, -4.0), (0.0, 3.0), (18.0, 5.0), (48.0, 16.0)])
    c.stroke(river, 0.8, mix(s.light.sky[1], air, 0.3))
    for x, y, own in p.strewn(26, dice=s.air):
        if math.hypot(x / 8.0, y / 5.0) > 1:
            _cloud(p, (x, y), own.uniform(1.8, 3.6), 0.8, own)
    if p.taken:
        _cloud(p, (0.0, 0.2), 4.4, 1.0, Random(3))  # noqa: S311 - the same cloud in every shot


def puffs(p: Plan) -> None:
    """Draw small clouds between the camera and those who are there."""
    for x, y, rolls in p.strewn(22, dice=p.scene.air):
        if math.hypot(x / 10.0, y / 6.0) > 1 and p.free(x, y, 4.5):
            _cloud(p, (x, y), rolls.uniform(1.2, 2.2), 0.62, rolls)
    gulls(p)


def space(p: Plan) -> None:
    """Draw stars all around and a world below, or the deck plates of a ship."""
    s, c = p.scene, p.canvas
    p.fill(s.tones.ground)
    for x, y, rolls in p.strewn(26):
        c.glow((x, y), rolls.uniform(4, 9), rolls.choice((s.tones.middle, s.tones.near)), 0.22)
    for x, y, rolls in p.strewn(900):
        r = rolls.choice((0.0013, 0.0017, 0.0022, 0.0034)) * (s.bottom - s.top)
        c.ellipse((x, y), r, r, mix((244, 240, 226), s.tones.ground, rolls.uniform(0.0, 0.6)))
    if mentions(s.said, "ship", "station", "deck", "corridor", "bridge", "cabin"):
        _plates(p)
        return
    at, r = (8.5, 6.5), 8.0
    c.glow(at, r * 1.25, s.tones.near, 0.7)
    c.ellipse(at, r, r, Fade(mix(s.tones.near, s.tones.far, 0.3), darker(s.tones.far, 0.05)))
    rolls = Random(7)  # noqa: S311 - the same craters in every shot
    for _ in range(14):
        a, d = rolls.uniform(0, math.tau), r * 0.85 * math.sqrt(rolls.random())
        size = rolls.uniform(0.3, 0.9)
        spot = (at[0] + d * math.cos(a), at[1] + d * math.sin(a))
        c.ellipse(spot, size, size * 0.9, darker(s.tones.far, 0.03), 0.6)


def debris(p: Plan) -> None:
    """Draw stones that drift between the camera and those who are there."""
    s = p.scene
    for x, y, rolls in p.strewn(40):
        r = rolls.uniform(0.25, 0.7)
        if math.hypot(x / 7.0, y / 4.6) > 1 and p.free(x, y, 1.5):
            p.patch((x, y), r, darker(s.tones.near, 0.16), rolls)
            p.patch((x - r * 0.15, y - r * 0.15), r * 0.7, darker(s.tones.near, 0.06), rolls)


def abstract(p: Plan) -> None:
    """Draw large calm discs and arcs in the palette."""
    s, c = p.scene, p.canvas
    inside = s.light.inside
    ground = inside(s.tones.ground)
    p.fill(ground)
    for k, r in enumerate((19.0, 15.5, 12.0, 8.5, 5.4, 3.4, 1.8)):
        tone = (s.tones.far, s.tones.ground, s.tones.middle)[k % 3]
        c.ellipse((0.0, 0.4), r, r, mix(ground, inside(tone), 0.35 + 0.1 * (k % 2)))
    for x, y, rolls in p.strewn(34):
        if math.hypot(x / 5.0, y / 3.4) > 1:
            tone = inside(rolls.choice((s.tones.accent, s.tones.middle, s.tones.near)))
            c.ellipse((x, y), *(rolls.uniform(0.3, 1.2),) * 2, mix(ground, tone, 0.7))
    for k in range(6):
        turn = [(math.cos(a) * (9.6 + k), 0.4 + math.sin(a) * (9.6 + k))
                for a in (3.3 + 0.1 * k + 0.06 * i for i in range(12))]  # fmt: skip
        c.stroke(turn, 0.16, inside(s.tones.near))


def discs(p: Plan) -> None:
    """Draw a few shapes above those who are there."""
    s = p.scene
    for x, y, r in ((9.8, -4.6, 1.3), (-10.6, 3.8, 1.0), (12.4, 4.4, 0.7), (-12.8, -5.0, 1.6)):
        if p.free(x, y, r):
            p.canvas.ellipse((x, y), r, r, s.light.inside(s.tones.accent), 0.85)


def _waves(p: Plan, foot: float, near: Colour) -> None:
    """Short curved crests in rows, rougher where something falls from the sky."""
    s, c = p.scene, p.canvas
    rough = 1.5 if s.light.weather.falling else 0.9
    pale = mix(near, s.on(s.tones.accent), 0.35)
    for x, y, rolls in p.strewn(760):
        if y > foot - 0.6:
            continue
        half = rolls.uniform(0.6, 1.7)
        crest = smooth([(x - half, y + 0.16 * rough), (x, y - 0.14 * rough),
                        (x + half, y + 0.12 * rough)], steps=5)  # fmt: skip
        tone = pale if rolls.random() < 0.45 else darker(near, 0.08)
        c.limb(crest, [0.03, *[0.11] * (len(crest) - 2), 0.03], tone)
        if s.light.weather.falling and rolls.random() < 0.3:
            p.patch((x, y - 0.1), half * 0.3, mix(pale, (255, 255, 255), 0.4), rolls, 0.8, flat=0.4)


def _glints(p: Plan) -> None:
    s = p.scene
    if s.light.weather.clouds >= 0.9:
        return
    shine = mix(s.light.hour.glow, (255, 255, 255), 0.35)
    x0 = s.light.hour.sun[0] * 16
    for x, y, rolls in p.strewn(260, dice=s.air, reach=(9.0, 9.0)):
        p.canvas.ellipse((x + x0, y - 5.0), rolls.uniform(0.1, 0.4), 0.06, shine, 0.6)


def _land(p: Plan, edge: float, *, rocky: bool) -> None:
    """Sand or rock below ``edge``, with foam along it."""
    s, c = p.scene, p.canvas
    low = max(s.bottom, edge) + 4.0
    span = range(-52, 53, 4) if not rocky else range(-50, 51, 2)
    uneven = (0.25, 0.34) if rocky else (0.12, 0.1)
    line: list[Point] = []
    for x in span:
        roll = s.dice.uniform(-uneven[0], uneven[1])
        line.append((float(x), edge - 0.25 + 0.4 * math.sin(0.21 * x + 1) + roll))
    rim = smooth(line)
    foam = s.on(s.tones.accent)
    for out, opacity in ((1.7, 0.22), (0.95, 0.45), (0.35, 0.9)):
        lace = [(x, y - out - 0.18 * math.sin(1.3 * x + out)) for x, y in rim]
        c.polygon([*lace, (52.0, low), (-52.0, low)], foam, opacity)
    ground = s.on(mix(s.tones.near, (112, 108, 108), 0.7) if rocky else s.tones.ground)
    c.polygon([*rim, (52.0, low), (-52.0, low)], darker(ground, 0.07))
    c.polygon([*((x, y + 0.6) for x, y in rim), (52.0, low), (-52.0, low)], ground)
    own = Random(s.dice.getrandbits(32))  # noqa: S311 - repeatable is what is wanted
    for _ in range(260 if rocky else 420):
        at = own.uniform(-REACH[0], REACH[0]), edge + 1.0 + own.random() * (low - edge)
        if not p.sees(*at, 2.0):
            continue
        if rocky:
            p.patch(at, own.uniform(0.4, 1.5), lighter(ground, own.uniform(-0.06, 0.05)), own,
                    0.8)  # fmt: skip
        else:
            c.ellipse(at, 0.08, 0.06, lighter(ground, own.uniform(-0.1, 0.08)))
    if rocky:
        for _ in range(60):
            left, y = own.uniform(-30, 30), edge + 1.0 + own.random() * 9
            crack = [(left, y), (left + own.uniform(0.5, 1.4), y + 0.3), (left + 1.9, y + 0.1)]
            c.limb(crack, [0.09, 0.06, 0.03], darker(ground, 0.14))


def _cloud(p: Plan, at: Point, size: float, opacity: float, rolls: Random) -> None:
    s, c = p.scene, p.canvas
    white = mix(s.on((246, 246, 250)), s.light.haze, 0.12)
    spots = [(at[0] + size * rolls.uniform(-1.1, 1.1), at[1] + size * rolls.uniform(-0.5, 0.5),
              size * rolls.uniform(0.45, 0.75)) for _ in range(9)]  # fmt: skip
    for x, y, r in spots:
        c.ellipse((x + 0.12 * r, y + 0.2 * r), r, r * 0.9, darker(white, 0.07), opacity)
    for x, y, r in spots:
        c.ellipse((x, y), r * 0.92, r * 0.82, white, opacity)
        c.glow((x - r * 0.2, y - r * 0.25), r * 0.8, (255, 255, 255), 0.4 * opacity)


def _plates(p: Plan) -> None:
    """Deck plates with rivets and a lit strip on each side."""
    s, c = p.scene, p.canvas
    steel = s.light.inside(mix(s.tones.middle, (150, 156, 168), 0.75))
    c.box(-REACH[0], -6.0, REACH[0], 6.4, darker(steel, 0.12))
    for i in range(-12, 13):
        for k in range(-3, 3):
            x, y = i * 4.0, k * 2.1 + 0.15
            tone = lighter(steel, s.dice.uniform(-0.025, 0.025))
            c.box(x + 0.06, y + 0.06, x + 3.94, y + 2.04, tone, radius=0.12)
            for dx, dy in ((0.3, 0.3), (3.7, 0.3), (0.3, 1.8), (3.7, 1.8)):
                c.ellipse((x + dx, y + dy), 0.08, 0.08, darker(tone, 0.08))
    for y in (-6.2, 6.6):
        c.box(-REACH[0], y - 0.12, REACH[0], y + 0.12, s.tones.accent)
        for x in range(-45, 46, 6):
            c.glow((x, y), 3.0, s.tones.accent, 0.35)
