"""Open land that is no farm: meadow, dunes, swamp, snow, park, graveyard, vineyard."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ministudio_animatic.drawing.canvas import Fade, Point, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places.country import fir, grass, tree
from ministudio_animatic.reading.words import mentions

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["dunes", "graveyard", "meadow", "park", "snowfield", "swamp", "vineyard"]


def _hills(s: Scene, ground: Colour) -> None:
    s.sky()
    t = s.tones
    s.ridge(0.0, 0.11, 0.0, s.on(t.far, 0.75))
    s.ridge(0.015, 0.06, 0.0, s.on(mix(t.far, t.middle, 0.5), 0.5))
    s.ground(ground, 0.02)


def meadow(s: Scene) -> None:
    """Low hills, long grass everywhere, flowers, a tree far off: nothing is sown in rows."""
    t = s.tones
    _hills(s, mix(t.ground, (136, 156, 92), 0.3))
    tree(s, (0.62, 0.06), 0.26, s.on(t.near, 0.2))
    tree(s, (-0.86, 0.035), 0.14, s.on(t.near, 0.4))
    for y in sorted(0.03 + 0.42 * s.dice.random() ** 1.5 for _ in range(620)):
        x, h = s.dice.uniform(-1.6, 1.6), 0.014 + y * 0.13
        blade = mix(mix(t.middle, (150, 172, 104), 0.3), t.near, 0.7 * s.dice.random())
        tone = s.on(blade, max(0.02, 0.3 - 0.7 * y))
        lean = s.dice.uniform(-0.5, 0.5) + 1.5 * s.lean
        wide = h * 0.1
        s.canvas.polygon([(x - wide, y), (x + lean * h, y - h), (x + wide, y)], tone)
    blooms = (t.accent, (238, 232, 214), (226, 186, 84), (188, 150, 198))
    for i in range(90):
        y = 0.05 + 0.36 * s.dice.random() ** 1.3
        x, r = s.dice.uniform(-1.6, 1.6), 0.003 + y * 0.017
        s.canvas.ellipse((x, y), r, r * 0.75, s.on(blooms[i % 4], 0.2 - 0.4 * y))


def dunes(s: Scene) -> None:
    """Humps of sand with tufts of marram on their crests, a path between, water beyond."""
    s.sky()
    t, c = s.tones, s.canvas
    said = s.said.lower()
    if mentions(said, "sea, ocean, coast, beach, shore, lagoon"):
        sea = s.on(mix(t.far, (84, 136, 158), 0.75), 0.25)
        side = 1 if "right" in said else -1 if "left" in said else 0
        left, right = (-0.04 if side > 0 else -1.9), (0.04 if side < 0 else 1.9)
        c.box(left, -0.012, right, 0.1, Fade(lighter(sea, 0.04), sea))
        for k in range(9):
            x = left + (right - left) * (k + 0.5) / 9
            c.ellipse((x, 0.004 + 0.004 * (k % 3)), 0.05, 0.0014, lighter(sea, 0.12))
    sand = s.on(lighter(t.ground, 0.03), 0.2)
    s.ground(t.ground, 0.05)
    humps = ((-0.05, 0.078, 0.26, 0.085, 0.5), (-0.5, 0.075, 0.36, 0.1, 0.5),
             (0.62, 0.075, 0.34, 0.085, 0.48), (-0.98, 0.1, 0.5, 0.19, 0.34),
             (1.0, 0.11, 0.46, 0.15, 0.32), (-1.0, 0.25, 0.62, 0.3, 0.1),
             (1.04, 0.27, 0.56, 0.27, 0.08))  # fmt: skip
    for x, y, half, high, away in humps:
        _hump(s, (x, y), half, high, away)
    path = [(0.1, 0.056), (0.13, 0.056), (0.17, 0.11), (0.16, 0.2), (0.55, 0.7), (-0.55, 0.7),
            (-0.12, 0.2), (0.06, 0.11)]  # fmt: skip
    c.polygon(smooth(path, closed=True), lighter(sand, 0.05), 0.75)
    for _ in range(26):
        x, y = s.dice.uniform(-1.5, 1.5), s.dice.uniform(0.1, 0.42)
        c.ellipse((x, y), 0.05 + y * 0.1, 0.0025, s.on(darker(t.ground, 0.05)), 0.6)
    for x, y in ((-0.36, 0.17), (0.46, 0.2), (-0.62, 0.3), (0.8, 0.34)):
        _marram(s, (x, y), 0.05 + y * 0.16)


def _hump(s: Scene, foot: Point, half: float, high: float, away: float) -> None:
    """One dune: its sunny side, its lee, grass along the crest."""
    (x, y), t = foot, s.tones
    peak = 0.16 if x < 0 else -0.16
    crest = [(x - half, y), (x - half * 0.6, y - high * 0.42),
             (x - half * 0.2 + peak * half, y - high),
             (x + half * 0.3 + peak * half, y - high * 0.8), (x + half * 0.72, y - high * 0.3),
             (x + half, y)]  # fmt: skip
    top = smooth(crest, steps=6)
    sun = s.on(lighter(t.ground, 0.06), away)
    s.canvas.polygon([*top, (x + half * 0.5, y + 0.012), (x - half * 0.5, y + 0.012)],
                     Fade(sun, s.on(t.ground, away)))  # fmt: skip
    lee = [point for point in top if point[0] > x + peak * half]
    back = [(px - half * 0.12, py + (y - py) * 0.55) for px, py in reversed(lee)]
    s.canvas.polygon(
        [*lee, *back], s.on(mix(darker(t.ground, 0.1), (120, 112, 130), 0.2), away), 0.6
    )
    for k in range(7, len(top) - 7, 3):
        _marram(s, (top[k][0], top[k][1] + 0.012), high * s.dice.uniform(0.28, 0.5), away)


def _marram(s: Scene, foot: Point, tall: float, away: float = 0.1) -> None:
    x, y = foot
    tone = s.on(mix(s.tones.near, (132, 144, 92), 0.5), away)
    for k in range(7):
        lean = (k - 3) * 0.26 + 1.3 * s.lean
        blade = tall * s.dice.uniform(0.7, 1.1)
        foot_x = x + (k - 3) * tall * 0.07
        tip = (foot_x + lean * blade * 0.7, y - blade * (1 + 0.25 * s.lean))
        bend = (foot_x + lean * blade * 0.2, y - blade * 0.6)
        s.canvas.limb([(foot_x, y), bend, tip], [tall * 0.05, tall * 0.04, tall * 0.01],
                      lighter(tone, 0.03 * (k % 3)))  # fmt: skip


def swamp(s: Scene) -> None:
    """Still water between tussocks, dead trees with moss, reeds, a mist that never goes."""
    s.sky()
    t, c = s.tones, s.canvas
    s.ridge(0.005, 0.08, 0.3, s.on(mix(t.far, (96, 112, 92), 0.5), 0.6))
    water = mix(t.ground, (70, 86, 70), 0.7)
    c.box(s.left - 0.1, 0.015, s.right + 0.1, max(s.bottom, 0.5) + 0.1,
          Fade(s.on(lighter(water, 0.1), 0.35), s.on(darker(water, 0.08))))  # fmt: skip
    for k in range(30):
        y = 0.03 + 0.36 * (k / 30) ** 1.2
        x, half = s.dice.uniform(-1.5, 1.5), 0.04 + y * 0.4
        mud = s.on(mix(t.near, (84, 88, 54), 0.5), 0.3 - y * 0.6)
        c.ellipse((x, y), half, 0.006 + y * 0.05, mud)
        c.ellipse((x, y - 0.004), half * 0.8, 0.004 + y * 0.034, lighter(mud, 0.05))
        for _ in range(4):
            _reed(s, (x + s.dice.uniform(-0.8, 0.8) * half, y), 0.03 + y * 0.3, mud)
    bark = s.on(mix(t.near, (70, 64, 58), 0.6), 0.2)
    for x, y, size in ((-0.8, 0.1, 0.5), (0.72, 0.07, 0.4), (-0.34, 0.04, 0.2), (1.1, 0.15, 0.6)):
        _dead(s, (x, y), size, bark)
    for y in (0.0, 0.09):
        veil = [(-1.9, y - 0.02), (1.9, y - 0.02), (1.9, y + 0.03), (-1.9, y + 0.03)]
        c.soft(veil, mix(s.light.haze, (255, 255, 255), 0.3), 0.4, 0.03)


def _reed(s: Scene, foot: Point, tall: float, tone: Colour) -> None:
    x, y = foot
    tip = (x + tall * (0.08 + 0.5 * s.lean), y - tall)
    s.canvas.limb([foot, tip], [tall * 0.04, tall * 0.025], lighter(tone, 0.08))
    s.canvas.limb([(tip[0], tip[1] + tall * 0.24), tip], [tall * 0.09] * 2, darker(tone, 0.1))


def _dead(s: Scene, foot: Point, size: float, bark: Colour) -> None:
    """A bare trunk with hooked branches and moss hanging from them."""
    x, y = foot
    c = s.canvas
    trunk = [(x, y), (x + size * 0.03, y - size * 0.5), (x - size * 0.02, y - size)]
    c.limb(trunk, [size * 0.13, size * 0.08, size * 0.03], bark)
    for side, at, long in ((1, 0.5, 0.34), (-1, 0.62, 0.3), (1, 0.8, 0.2), (-1, 0.4, 0.16)):
        elbow = (x + side * size * long * 0.6, y - size * (at + 0.05))
        tip = (x + side * size * long, y - size * (at + 0.2))
        c.limb(
            [(x + size * 0.02, y - size * at), elbow, tip], [size * 0.05, size * 0.03, 0.003], bark
        )
        moss = s.on(mix(s.tones.near, (112, 128, 92), 0.7), 0.3)
        for k in range(4):
            hang = (x + side * size * long * (0.3 + 0.14 * k), y - size * (at + 0.04))
            c.limb([hang, (hang[0] + 0.2 * s.lean * size, hang[1] + size * (0.1 + 0.04 * (k % 2)))],
                   [size * 0.02, 0.002], moss)  # fmt: skip


def snowfield(s: Scene) -> None:
    """White to the horizon, blue in its hollows, firs under snow, a track that leads off."""
    s.sky()
    t, c = s.tones, s.canvas
    white = (238, 242, 248)
    s.ridge(0.0, 0.12, 0.1, s.on(mix(t.far, white, 0.6), 0.7))
    s.ridge(0.02, 0.07, 0.0, s.on(mix(t.middle, white, 0.75), 0.45))
    s.ground(mix(t.ground, white, 0.9), 0.03)
    blue = s.on((188, 204, 228), 0.05)
    for _ in range(24):
        x, y = s.dice.uniform(-1.5, 1.5), s.dice.uniform(0.05, 0.42)
        half = 0.08 + y * 0.5
        drift = [(x - half, y), (x - half * 0.3, y - 0.01 - y * 0.04), (x + half, y + 0.004)]
        c.polygon(smooth(drift, steps=5), blue, 0.55)
    for x, y, size in ((-0.78, 0.06, 0.26), (-0.6, 0.05, 0.16), (0.7, 0.06, 0.24),
                       (0.9, 0.09, 0.34),
                       (-1.05, 0.1, 0.36), (0.4, 0.04, 0.1)):  # fmt: skip
        fir(s, (x, y), size, s.on(mix((52, 78, 72), t.near, 0.3), 0.2))
        for k in range(4):
            w, base = size * (0.24 - 0.05 * k), y - size * (0.14 + 0.2 * k)
            c.polygon([(x - w * 0.8, base - 0.01), (x, base - size * 0.3),
                       (x + w * 0.8, base - 0.01),
                       (x, base - size * 0.1)], s.on(white, 0.1))  # fmt: skip
    for k in range(11):
        y = 0.06 + 0.34 * (k / 10) ** 1.4
        x = 0.1 + 0.18 * math.sin(y * 9) + (0.012 + y * 0.05) * (1 if k % 2 else -1)
        c.ellipse((x, y), 0.006 + y * 0.03, 0.003 + y * 0.012, blue)


def park(s: Scene) -> None:
    """Clipped lawns, a gravel walk with benches and lamps, round trees, beds of flowers."""
    t, c = s.tones, s.canvas
    _hills(s, mix(t.ground, (112, 152, 92), 0.6))
    for x, y, size in ((-0.34, 0.035, 0.14), (0.42, 0.035, 0.13), (-0.62, 0.055, 0.26),
                       (0.74, 0.06, 0.3), (-1.05, 0.09, 0.42)):  # fmt: skip
        tree(s, (x, y), size, s.on(mix(t.near, (84, 128, 74), 0.5), 0.35 - size * 0.6))
    walk = [(0.0, 0.03), (0.05, 0.03), (0.16, 0.12), (0.8, 0.7), (-0.5, 0.7), (-0.02, 0.12)]
    c.polygon(smooth(walk, closed=True), s.on((214, 200, 172), 0.1))
    for flip in (-1, 1):
        for k in range(12):
            y = 0.06 + 0.3 * (k / 12) ** 1.3
            x = 0.03 + flip * (0.09 + y * 1.25)
            bush = s.on(mix((74, 116, 68), t.near, 0.3), 0.2)
            c.ellipse((x, y), 0.02 + y * 0.11, 0.012 + y * 0.06, bush)
            bloom = s.on((t.accent, (236, 196, 92), (232, 150, 172))[k % 3], 0.05)
            for dx in (-0.5, 0.1, 0.6):
                at = (x + dx * (0.02 + y * 0.1), y - 0.006 - y * 0.03)
                c.ellipse(at, 0.003 + y * 0.014, 0.003 + y * 0.012, bloom)
    iron = s.on((48, 56, 56), 0.1)
    for x, y, tall in ((-0.3, 0.1, 0.3), (0.5, 0.16, 0.44)):
        c.stroke([(x, y), (x, y - tall)], tall * 0.03, iron)
        if s.light.hour.lamps:
            c.glow((x, y - tall), tall * 0.5, (255, 206, 128), 0.7)
        bulb = (255, 222, 160) if s.light.hour.lamps else s.on((226, 226, 214), 0.1)
        c.ellipse((x, y - tall), tall * 0.06, tall * 0.07, bulb)


def graveyard(s: Scene) -> None:
    """Stones in crooked rows, crosses, a bare tree, railings, a chapel behind."""
    t, c = s.tones, s.canvas
    _hills(s, mix(darker(t.ground, 0.06), (96, 106, 78), 0.5))
    wall = s.on(mix(t.far, (128, 124, 120), 0.6), 0.45)
    c.box(0.36, -0.12, 0.58, 0.04, wall)
    c.polygon([(0.34, -0.12), (0.47, -0.21), (0.6, -0.12)], darker(wall, 0.08))
    c.box(0.44, -0.26, 0.5, -0.16, wall)
    c.polygon([(0.43, -0.26), (0.47, -0.36), (0.51, -0.26)], darker(wall, 0.08))
    _dead(s, (-0.7, 0.1), 0.48, s.on((62, 54, 52), 0.2))
    iron = s.on((52, 54, 58), 0.25)
    for k in range(-26, 27):
        c.stroke([(k * 0.07, 0.065), (k * 0.07, -0.005)], 0.004, iron)
    c.stroke([(-1.9, 0.012), (1.9, 0.012)], 0.005, iron)
    for y, size, step in ((0.085, 0.05, 0.2), (0.15, 0.085, 0.33), (0.26, 0.14, 0.56)):
        for k in range(-6, 7):
            x = (k + s.dice.uniform(-0.25, 0.25)) * step
            if abs(x) > size * 0.9:
                _grave(s, (x, y + s.dice.uniform(-0.01, 0.01)), size * s.dice.uniform(0.8, 1.2))
    grass(s, 0.28, s.on(darker(t.near, 0.02)))


def _grave(s: Scene, foot: Point, size: float) -> None:
    x, y = foot
    c = s.canvas
    stone = s.on(mix((150, 150, 146), s.tones.middle, 0.2), max(0.05, 0.4 - size * 2.4))
    lean = s.dice.uniform(-0.12, 0.12) * size
    c.ellipse((x, y), size * 0.7, size * 0.1, s.on((70, 76, 54)), 0.5)
    if s.dice.random() < 0.3:
        c.limb([(x, y), (x + lean, y - size * 1.5)], [size * 0.17] * 2, stone)
        c.limb([(x - size * 0.36 + lean, y - size * 1.06),
                (x + size * 0.36 + lean, y - size * 1.1)],
               [size * 0.16] * 2, stone)  # fmt: skip
        return
    w = size * 0.42
    head = [(x - w, y), (x - w + lean, y - size * 0.9), (x - w * 0.6 + lean, y - size * 1.18),
            (x + w * 0.6 + lean, y - size * 1.18), (x + w + lean, y - size * 0.9),
            (x + w, y)]  # fmt: skip
    c.polygon(head, Fade(lighter(stone, 0.03), darker(stone, 0.06)))
    for row in (0.85, 0.68, 0.5):
        c.stroke([(x - w * 0.55 + lean, y - size * row), (x + w * 0.5 + lean, y - size * row)],
                 size * 0.03, darker(stone, 0.1))  # fmt: skip


def vineyard(s: Scene) -> None:
    """Rows of vines on their posts up the slopes, grapes, a house on the hill."""
    t, c = s.tones, s.canvas
    _hills(s, mix(t.ground, (158, 126, 84), 0.5))
    wall = s.on(mix(t.far, (236, 222, 196), 0.6), 0.5)
    c.box(-0.5, -0.09, -0.36, -0.02, wall)
    c.polygon([(-0.52, -0.09), (-0.43, -0.14), (-0.34, -0.09)], s.on((176, 96, 72), 0.5))
    leaf = mix((98, 130, 62), t.near, 0.25)
    for k in range(-7, 8):
        x0, x1 = k * 0.1 + 0.03, k * 0.62 + 0.1
        for step in range(14):
            d = (step / 13) ** 1.9
            x, y = x0 + (x1 - x0) * d, 0.04 + 0.5 * d
            size = 0.012 + 0.1 * d
            if abs(x) > 2:
                continue
            c.stroke([(x, y), (x, y - size * 1.3)], size * 0.1, s.on((96, 72, 54), 0.2 - 0.2 * d))
            tone = s.on(lighter(leaf, 0.03 * ((step + k) % 3)), 0.35 * (1 - d))
            c.ellipse((x, y - size * 0.9), size * 0.75, size * 0.55, tone)
            for dx in (-0.3, 0.25):
                grape = s.on((96, 62, 112), 0.1)
                c.ellipse((x + dx * size, y - size * 0.55), size * 0.1, size * 0.16, grape)
