"""Rooms from straight above: boards, walls, a rug, and what stands along the walls."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.colour import darker, lighter, mix
from ministudio_animatic.places.fixtures import WALL, named
from ministudio_animatic.places.plan_things import draw_fixture
from ministudio_animatic.reading.words import mentions

if TYPE_CHECKING:
    from ministudio_animatic.places.plan import Plan

__all__ = ["interior", "interior_overhang"]

_SIDE, _BACK, _FRONT = 15.0, -6.2, 10.5  # where the walls are
_THICK: Final = 0.8
_BOARD: Final = 0.95
_WALLED: Final = (2.6, -6.8, 8.4, -11.4)  # of windows in the back wall
_ALONG: Final = ((-3.3, -5.3), (6.6, -5.2), (-9.4, -5.2), (11.6, -5.0), (-13.2, 3.2), (13.0, 3.4),
                 (-12.6, -1.2), (13.2, -0.8))  # fmt: skip


def interior(p: Plan) -> None:
    """Draw a room, furnished with what the story names."""
    s, c = p.scene, p.canvas
    said = " . ".join([s.said, *s.elements])
    _floor(p)
    found = named([*s.fixed, s.said, *s.elements])
    aisle = mentions(
        said, "shelves", "library", "archive", "stacks", "server", "warehouse", "aisle"
    )
    if aisle:
        _shelves(p, said)
        found = [f for f in found if f.name not in {"bookcase", "rack"}]
    else:
        _rug(p)
    windows = [f for f in found if f.name == "window"]
    if not windows and not mentions(
        said, "windowless", "basement", "cellar", "bunker", "cave", "vault", "underground"
    ):
        windows = named(["window"])
    _walls(p, len(windows) + 1 if windows else 0)
    standing = [f for f in found if f.stands != WALL and f.name not in s.in_use]
    if len(standing) < 2 and not aisle:
        names = {f.name for f in standing}
        standing += [f for f in named(["bookcase", "plant"]) if f.name not in names]
    for fixture, at in zip(standing, _ALONG, strict=False):
        draw_fixture(p, fixture.name, at, fixture.paint)
    if s.light.hour.night or s.light.level < 0.9:
        c.glow((1.2, 0.4), 11.0, (255, 204, 132), 0.34)


def interior_overhang(p: Plan) -> None:
    """Draw what hangs from the ceiling: a lamp, or the beams of an attic."""
    s, c = p.scene, p.canvas
    wood = p.lit(darker(s.tones.near, 0.06))
    if mentions(s.said, "attic", "loft", "beam", "barn", "cabin", "hut"):
        for y in (-4.9, 8.4):
            c.box(-_SIDE - 1, y - 0.32, _SIDE + 1, y + 0.32, wood)
            c.box(-_SIDE - 1, y - 0.32, _SIDE + 1, y - 0.2, lighter(wood, 0.06))
    at = (5.4, -3.4)
    if not p.free(*at, 1.4):
        return
    shade = p.lit(mix(s.tones.accent, (244, 232, 206), 0.35))
    if s.light.hour.night or s.light.level < 0.9:
        c.glow(at, 4.2, (255, 208, 140), 0.5)
    c.ellipse(at, 1.1, 1.1, darker(shade, 0.08))
    c.ellipse(at, 1.02, 1.02, shade)
    c.ellipse(at, 0.44, 0.44, lighter(shade, 0.1))
    c.ellipse(at, 0.14, 0.14, darker(shade, 0.2))


def _floor(p: Plan) -> None:
    s, c = p.scene, p.canvas
    floor = p.lit(s.tones.ground)
    p.fill(darker(p.lit(s.tones.near), 0.16))
    c.box(-_SIDE, _BACK, _SIDE, _FRONT, floor)
    if mentions(s.said, "kitchen", "bathroom", "tile", "hospital", "laboratory", "lab", "station"):
        _tiles(p)
        return
    rows = math.ceil((_FRONT - _BACK) / _BOARD)
    for row in range(rows):
        y = _BACK + row * _BOARD
        x = -_SIDE - s.dice.uniform(0.0, 6.0)
        while x < _SIDE:
            long = s.dice.uniform(5.0, 8.5)
            tone = mix(floor, darker(floor, 0.06), s.dice.random())
            left, right = max(x, -_SIDE), min(x + long, _SIDE)
            c.box(left, y, right, min(y + _BOARD, _FRONT), tone)
            if right < _SIDE:
                c.box(right - 0.03, y, right + 0.03, y + _BOARD, darker(floor, 0.1))
            grain = y + _BOARD * s.dice.uniform(0.3, 0.7)
            c.box(left + 0.6, grain, right - 0.8, grain + 0.03, darker(tone, 0.03))
            x += long
        c.box(-_SIDE, y - 0.025, _SIDE, y + 0.025, darker(floor, 0.09))


def _tiles(p: Plan) -> None:
    floor, c = p.lit(p.scene.tones.ground), p.canvas
    pale, side = lighter(floor, 0.05), 1.6
    for i in range(round(2 * _SIDE / side) + 1):
        for k in range(round((_FRONT - _BACK) / side) + 1):
            if (i + k) % 2:
                x, y = -_SIDE + i * side, _BACK + k * side
                c.box(x, y, min(x + side, _SIDE), min(y + side, _FRONT), pale)


def _rug(p: Plan) -> None:
    s, c = p.scene, p.canvas
    rug = p.lit(mix(s.tones.accent, s.tones.ground, 0.3))
    wide, high = 7.2, 3.5
    for k in range(-11, 12):
        for side in (1, -1):
            c.stroke([(side * wide, k * 0.3), (side * (wide + 0.35), k * 0.3)], 0.06,
                     lighter(rug, 0.12))  # fmt: skip
    c.box(-wide + 0.1, -high + 0.15, wide + 0.15, high + 0.2, (16, 16, 30), 0.2, radius=0.2)
    c.box(-wide, -high, wide, high, darker(rug, 0.05), radius=0.15)
    c.box(-wide + 0.4, -high + 0.4, wide - 0.4, high - 0.4, lighter(rug, 0.05), radius=0.1)
    c.box(-wide + 0.6, -high + 0.6, wide - 0.6, high - 0.6, rug, radius=0.1)
    for k in range(-4, 5):
        x, r = k * 1.45, 0.5
        tone = lighter(rug, 0.07) if k % 2 else darker(rug, 0.06)
        for y in (-1.9, 0.0, 1.9):
            c.polygon([(x - r, y), (x, y - r * 1.2), (x + r, y), (x, y + r * 1.2)], tone)


def _walls(p: Plan, windows: int) -> None:
    s, c = p.scene, p.canvas
    wall = p.lit(lighter(s.tones.far, 0.05))
    shade = (16, 16, 30)
    c.box(-_SIDE, _BACK, _SIDE, _BACK + 0.5, shade, 0.16)
    c.box(-_SIDE, _BACK, -_SIDE + 0.4, _FRONT, shade, 0.12)
    c.box(-_SIDE - _THICK, _BACK - _THICK, _SIDE + _THICK, _BACK, wall)
    c.box(-_SIDE - _THICK, _FRONT, _SIDE + _THICK, _FRONT + _THICK, wall)
    for side in (1, -1):
        left, right = sorted((side * _SIDE, side * (_SIDE + _THICK)))
        c.box(left, _BACK - _THICK, right, _FRONT + _THICK, wall)
    _doorway(p)
    day = not s.light.hour.night
    for x in _WALLED[:windows]:
        c.box(x - 1.6, _BACK - _THICK, x + 1.6, _BACK, lighter(wall, 0.06))
        glass = mix(s.light.sky[1], (255, 255, 255), 0.35 if day else 0.0)
        c.box(x - 1.5, _BACK - 0.55, x + 1.5, _BACK - 0.25, glass)
        if day:
            slant = -s.light.hour.sun[0] * 3.0
            glow = mix(s.light.hour.glow, (255, 255, 255), 0.2)
            for share in (0.55, 0.8, 1.0):
                low = _BACK + 7.0 * share
                shaft = [(x - 1.4, _BACK), (x + 1.4, _BACK), (x + 1.4 + (0.5 + slant) * share, low),
                         (x - 1.4 + (slant - 0.1) * share, low)]  # fmt: skip
                c.veil(shaft, glow, 0.085)


def _doorway(p: Plan) -> None:
    """A gap in the left wall, and the leaf that stands open."""
    c, y = p.canvas, 5.4
    wood = p.lit(mix((132, 92, 62), p.scene.tones.accent, 0.2))
    c.box(-_SIDE - _THICK, y - 1.9, -_SIDE, y + 1.9, darker(p.lit(p.scene.tones.ground), 0.08))
    c.box(-_SIDE, y - 2.05, -_SIDE + 3.6, y - 1.8, wood, radius=0.05)
    c.ellipse((-_SIDE + 3.2, y - 1.72), 0.14, 0.12, (222, 184, 104))


def _shelves(p: Plan, said: str) -> None:
    """Runs of shelves (or racks) on both sides of a runner."""
    s, c = p.scene, p.canvas
    racks = mentions(said, "server", "rack", "data centre", "data center")
    runner = p.lit(mix(s.tones.accent, s.tones.ground, 0.45))
    c.box(-2.9, _BACK, 2.9, _FRONT, darker(runner, 0.05))
    c.box(-2.6, _BACK, 2.6, _FRONT, runner)
    frame = p.lit(darker(s.tones.near, 0.02))
    for x in (-13.2, -9.4, -5.4, 5.4, 9.4, 13.2):
        p.block_shade((x - 0.75, _BACK, x + 0.75, _FRONT - 1.5), 4.0)
        c.box(x - 0.75, _BACK, x + 0.75, _FRONT - 1.5, frame, radius=0.06)
        y = _BACK + 0.25
        while y < _FRONT - 2.0:
            thick = s.dice.uniform(0.18, 0.42) if not racks else 0.8
            for side in (1, -1):
                tone = mix(p.lit(s.tones.far), p.lit(s.tones.middle), s.dice.random())
                if s.dice.random() < 0.12:
                    tone = p.lit(s.tones.accent)
                if racks:
                    tone = darker(frame, 0.06)
                left, right = sorted((x + side * 0.08, x + side * s.dice.uniform(0.5, 0.68)))
                c.box(left, y, right, y + thick - 0.05, tone)
                if racks:
                    lamp = (126, 226, 168) if s.dice.random() < 0.7 else (240, 178, 82)
                    c.ellipse((x + side * 0.6, y + 0.3), 0.07, 0.07, lamp)
            y += thick
