"""Woods, rocks and worlds of their own: jungle, winter wood, canyon, volcano, cave, planet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ministudio_animatic.drawing.canvas import Fade, Point, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places.country import grass

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["canyon", "cave", "jungle", "oasis", "planet", "volcano", "winter_wood"]


def _depth(s: Scene, high: Colour, low: Colour) -> None:
    s.canvas.box(s.left - 0.1, min(s.top, -0.8) - 0.1, s.right + 0.1, 0.1, Fade(high, low))


def jungle(s: Scene) -> None:
    """Green in every depth: buttressed trunks, lianas, palm fronds, leaves as large as people."""
    t, c = s.tones, s.canvas
    green = mix(t.middle, (64, 120, 66), 0.65)
    _depth(s, s.on(darker(green, 0.1), 0.35), mix(s.on(lighter(green, 0.12), 0.5),
                                                  s.light.hour.glow,
                                                 0.2))  # fmt: skip
    c.glow((0.1, -0.2), 0.6, mix(s.light.hour.glow, s.light.haze, 0.4), 0.4)
    s.ground(mix(t.ground, (66, 84, 46), 0.6))
    bark = mix(t.near, (72, 60, 44), 0.6)
    for count, foot, size, away in ((12, 0.02, 0.5, 0.6), (7, 0.07, 0.9, 0.3)):
        for i in range(count):
            x = -1.7 + 3.4 * (i + s.dice.uniform(0.1, 0.9)) / count
            if abs(x) < 0.16:
                continue
            wide = 0.05 * size
            tone = s.on(bark, away)
            c.limb([(x, foot), (x, -1.1)], [wide * 1.1, wide], tone)
            for flip in (-1, 1):
                c.polygon(
                    [(x, foot - 0.2 * size), (x + flip * wide * 2, foot + 0.01), (x, foot)], tone
                )
            vine = [(x, -0.6), (x + 0.08 * size, -0.3), (x + 0.2 * size + 0.1 * s.lean, -0.62)]
            c.stroke(smooth(vine), 0.006 * size, s.on(lighter(green, 0.02), away))
        for k in range(round(count * 2.2)):
            at = (-1.6 + 3.2 * (k + s.dice.random()) / (count * 2.2), s.dice.uniform(-0.66, -0.4))
            _fronds(s, at, 0.3 * size, s.on(mix(green, bark, 0.2), away))
        for k in range(round(count * 1.5)):
            x = -1.6 + 3.2 * (k + s.dice.random()) / (count * 1.5)
            shade = s.on(darker(green, s.dice.uniform(-0.03, 0.06)), away)
            _broad(s, (x, foot + 0.02), 0.2 * size * (0.5 if abs(x) < 0.2 else 1.0), shade)
    for x, y, size in ((-0.78, 0.2, 0.34), (0.8, 0.18, 0.36), (-1.15, 0.1, 0.4), (1.2, 0.1, 0.4),
                       (-0.46, 0.1, 0.14), (0.44, 0.09, 0.13)):  # fmt: skip
        _broad(s, (x, y), size, s.on(lighter(green, 0.03)))
    grass(s, 0.18, s.on(darker(green, 0.05)))


def _fronds(s: Scene, at: Point, size: float, tone: Colour) -> None:
    x, y = at
    for turn in (-2.7, -2.1, -1.2, -0.5, 0.2, -3.3):
        end = (x + size * math.cos(turn) + s.lean * size * 0.4,
               y + size * (0.55 * math.sin(turn) + 0.4))  # fmt: skip
        middle = (x + size * 0.5 * math.cos(turn), y + size * 0.55 * math.sin(turn))
        rib = smooth([at, middle, end], steps=5)
        for k, (px, py) in enumerate(rib):
            long = size * 0.2 * (1 - k / len(rib)) + 0.01
            s.canvas.polygon([(px - 0.006, py), (px + 0.006, py), (px + 0.02, py + long)], tone)
        s.canvas.stroke(rib, size * 0.02, darker(tone, 0.03))


def _broad(s: Scene, foot: Point, size: float, tone: Colour) -> None:
    x, y = foot
    for k, turn in enumerate((-2.5, -2.0, -1.57, -1.1, -0.6)):
        tip = (x + size * math.cos(turn) + s.lean * size * 0.4, y + size * math.sin(turn))
        nx, ny = -math.sin(turn) * size * 0.2, math.cos(turn) * size * 0.2
        mid = ((x + tip[0]) / 2, (y + tip[1]) / 2)
        leaf = [foot, (mid[0] + nx, mid[1] + ny), tip, (mid[0] - nx, mid[1] - ny)]
        shade = lighter(tone, 0.02 * k) if k % 2 else darker(tone, 0.03)
        s.canvas.blob(leaf, shade)
        s.canvas.stroke([foot, tip], size * 0.016, darker(shade, 0.06))


def winter_wood(s: Scene) -> None:
    """Bare trunks and branches, snow on the ground and on every bough."""
    t, c = s.tones, s.canvas
    white = (236, 241, 248)
    _depth(s, s.on(mix(t.far, white, 0.3), 0.4), s.on(mix(t.far, white, 0.7), 0.6))
    c.glow((0.14, -0.1), 0.7, mix(s.light.hour.glow, s.light.haze, 0.4), 0.4)
    s.ground(mix(t.ground, white, 0.88), 0.0)
    for count, foot, size, away in (
        (22, 0.01, 0.5, 0.6),
        (13, 0.045, 0.8, 0.4),
        (7, 0.11, 1.2, 0.15),
    ):
        for i in range(count):
            x = -1.7 + 3.4 * (i + s.dice.uniform(0.15, 0.85)) / count
            if abs(x - 0.08) > 0.1 + foot:
                _bare(
                    s,
                    (x, foot),
                    size,
                    s.on(mix(t.near, (62, 58, 62), 0.6), away),
                    s.on(white, away),
                )
    for _ in range(16):
        x, y = s.dice.uniform(-1.5, 1.5), s.dice.uniform(0.06, 0.4)
        half = 0.08 + y * 0.4
        c.ellipse((x, y), half, 0.008 + y * 0.02, s.on((196, 210, 230), 0.05), 0.5)


def _bare(s: Scene, foot: Point, size: float, bark: Colour, snow: Colour) -> None:
    x, y = foot
    c = s.canvas
    wide = size * s.dice.uniform(0.03, 0.05)
    c.limb([(x, y), (x + 0.01, y - 0.5), (x, y - 1.1)], [wide * 1.3, wide, wide * 0.7], bark)
    c.ellipse((x, y + 0.004), wide * 1.6, wide * 0.5, snow)
    for k in range(4):
        side, up = (-1 if k % 2 else 1), 0.2 + 0.13 * k + s.dice.uniform(-0.04, 0.04)
        tip = (x + side * size * 0.24, y - (up + 0.2) * (0.5 + size * 0.4))
        root = (x, y - up * (0.5 + size * 0.4))
        c.limb([root, tip], [wide * 0.45, wide * 0.12], bark)
        c.limb([(root[0], root[1] - wide * 0.2), (tip[0], tip[1] - wide * 0.2)],
               [wide * 0.16, wide * 0.08], snow)  # fmt: skip
        twig = ((root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2)
        c.limb(
            [twig, (twig[0] + side * size * 0.03, twig[1] - size * 0.14)], [wide * 0.2, 0.002], bark
        )


def canyon(s: Scene) -> None:
    """Banded walls to both sides that narrow to a strip of sky, a river on the floor."""
    s.sky()
    t, c = s.tones, s.canvas
    rock = mix(t.near, (178, 96, 62), 0.65)
    s.ground(mix(rock, t.ground, 0.3), 0.0)
    for edge, top, away in ((0.08, -0.24, 0.6), (0.24, -0.42, 0.38), (0.5, -0.7, 0.14)):
        for flip in (-1, 1):
            rim = [(flip * (edge + 0.02), 0.05 + edge * 0.16), (flip * (edge + 0.03), top * 0.5),
                   (flip * (edge + 0.1), top * 0.56), (flip * (edge + 0.13), top * 0.92),
                   (flip * (edge + 0.3), top), (flip * 2.2, top - 0.12),
                   (flip * 2.2, 0.6)]  # fmt: skip
            tone = s.on(lighter(rock, 0.05 if flip > 0 else 0.0), away)
            c.polygon(rim, Fade(lighter(tone, 0.04), darker(tone, 0.05)))
            for k in range(1, 6):
                y = top * k / 6.2
                start = edge + 0.03 + (0.09 if k > 3 else 0.0)
                c.limb([(flip * (start + 0.02), y), (flip * 2.2, y - 0.05)], [0.005, 0.02],
                       darker(tone, 0.05) if k % 2 else lighter(tone, 0.04))  # fmt: skip
    water = s.on(mix((92, 148, 156), s.light.sky[0], 0.3), 0.1)
    river = [(-0.02, 0.03), (0.03, 0.03), (0.07, 0.1), (-0.04, 0.2), (0.3, 0.5), (0.34, 0.7),
             (-0.34, 0.7), (-0.26, 0.4), (-0.2, 0.2), (-0.01, 0.1)]  # fmt: skip
    c.polygon(smooth(river, closed=True), Fade(lighter(water, 0.1), water))


def volcano(s: Scene) -> None:
    """A cone with a glowing mouth, smoke that drifts, streams of lava, black ground."""
    s.sky()
    t, c = s.tones, s.canvas
    s.ridge(0.0, 0.08, 0.6, s.on(mix(t.far, (96, 82, 84), 0.5), 0.7))
    rock, fire = mix(t.near, (66, 56, 58), 0.7), (255, 132, 52)
    c.glow((0.1, -0.44), 0.5, fire, 0.7)
    for k in range(12):
        drift = (k / 11) ** 1.3
        at = (0.1 + (0.16 + 0.5 * s.lean) * drift * 1.3, -0.44 - 0.28 * drift)
        c.ellipse(at, 0.06 + 0.15 * drift, 0.05 + 0.09 * drift,
                  mix(s.on((84, 78, 82), 0.3), fire, 0.3 * (1 - drift)), 0.55)  # fmt: skip
    cone = [(-0.72, 0.03), (-0.3, -0.14), (0.0, -0.42), (0.06, -0.4), (0.12, -0.41), (0.2, -0.42),
            (0.46, -0.16), (0.94, 0.03)]  # fmt: skip
    c.polygon(cone, Fade(s.on(lighter(rock, 0.04), 0.3), s.on(rock, 0.5)))
    c.polygon([(0.2, -0.42), (0.46, -0.16), (0.94, 0.03), (0.4, 0.03), (0.24, -0.18)],
              s.on(darker(rock, 0.06), 0.3), 0.7)  # fmt: skip
    for course in ([(0.08, -0.41), (0.05, -0.28), (-0.04, -0.18), (-0.06, -0.06), (-0.2, 0.04)],
                   [(0.14, -0.41), (0.2, -0.26), (0.17, -0.12), (0.3, 0.03)]):  # fmt: skip
        line = smooth(course)
        c.limb(line, [0.012 + 0.012 * k / len(line) for k in range(len(line))], fire)
        c.limb(line, [0.005] * len(line), (255, 226, 140))
    s.ground(mix(rock, t.ground, 0.15), 0.03)
    for _ in range(40):
        x, y = s.dice.uniform(-1.6, 1.6), s.dice.uniform(0.06, 0.42)
        r = 0.01 + y * 0.1
        c.polygon([(x - r, y), (x - r * 0.4, y - r * 0.7), (x + r * 0.5, y - r * 0.5), (x + r, y)],
                  s.on(lighter(rock, s.dice.uniform(-0.05, 0.05))))  # fmt: skip


def cave(s: Scene) -> None:
    """Dark rock all round, teeth of stone from above and below, daylight in the mouth."""
    t, c = s.tones, s.canvas
    rock = mix(darker(t.near, 0.06), (74, 70, 76), 0.6)
    inner = s.light.inside(rock)
    _depth(s, darker(inner, 0.06), inner)
    c.box(s.left - 0.1, 0.0, s.right + 0.1, max(s.bottom, 0.5) + 0.1,
          Fade(lighter(inner, 0.03), darker(inner, 0.1)))  # fmt: skip
    mouth = smooth([(0.16, 0.03), (0.13, -0.16), (0.24, -0.32), (0.42, -0.36), (0.58, -0.24),
                    (0.64, -0.04), (0.62, 0.03)])  # fmt: skip
    c.glow((0.39, -0.12), 0.8, s.light.hour.glow, 0.35)
    c.polygon(mouth, Fade(*s.light.sky))
    c.polygon([(0.15, 0.03), (0.16, -0.02), (0.34, -0.05), (0.5, -0.01), (0.63, 0.03)],
              s.on(mix(t.far, (120, 140, 110), 0.4), 0.5))  # fmt: skip
    beam = [(0.16, 0.03), (0.62, 0.03), (0.5, 0.5), (-0.5, 0.5)]
    c.soft(beam, s.light.hour.glow, 0.16, 0.05)
    for count, tone, long in ((13, darker(inner, 0.05), 0.22), (9, darker(inner, 0.1), 0.36)):
        for k in range(count):
            x = -1.7 + 3.4 * (k + s.dice.uniform(0.2, 0.8)) / count
            w, reach = s.dice.uniform(0.04, 0.1), long * s.dice.uniform(0.5, 1.2)
            tooth = [(x - w, -1.2), (x - w, -0.58), (x + w * 0.1, -0.58 + reach), (x + w, -0.58),
                     (x + w, -1.2)]  # fmt: skip
            c.polygon(tooth, Fade(darker(tone, 0.04), lighter(tone, 0.05)))
            if abs(x) > 0.3:
                base, up = 0.04 + 0.1 * s.dice.random(), reach * 0.5
                c.polygon([(x - w, base), (x, base - up), (x + w, base)], lighter(tone, 0.03))
    for k in range(5):
        x, y = -0.9 + 0.12 * k, -0.06 - 0.05 * (k % 3)
        glow = mix(t.accent, (120, 220, 214), 0.6)
        c.glow((x, y), 0.1, glow, 0.4)
        c.polygon([(x - 0.014, y + 0.03), (x + 0.004, y - 0.05), (x + 0.018, y + 0.03)], glow)


def oasis(s: Scene) -> None:
    """Dunes, and palms round a pool."""
    s.sky()
    t, c = s.tones, s.canvas
    s.ridge(0.01, 0.1, 0.0, s.on(t.far, 0.4))
    s.ridge(0.05, 0.08, 0.0, s.on(t.middle, 0.25))
    s.ground(t.ground, 0.06)
    water = s.on(mix((74, 146, 164), s.light.sky[0], 0.3), 0.1)
    c.ellipse((0.1, 0.135), 0.62, 0.05, s.on((104, 136, 78), 0.1))
    c.ellipse((0.1, 0.137), 0.56, 0.038, Fade(lighter(water, 0.1), water))
    leaf, bark = s.on((84, 128, 72), 0.1), s.on((124, 92, 62), 0.1)
    for x, y, size in (
        (-0.55, 0.12, 0.42),
        (-0.42, 0.1, 0.3),
        (0.66, 0.12, 0.46),
        (0.8, 0.15, 0.36),
    ):
        top = (x + size * (0.16 + 0.3 * s.lean), y - size)
        trunk = smooth([(x, y), (x + size * 0.04, y - size * 0.5), top], steps=6)
        c.limb(trunk, [size * 0.06] * len(trunk), bark)
        _fronds(s, top, size * 0.6, leaf)


def planet(s: Scene) -> None:
    """The ground of another world: craters, rocks, a ringed neighbour and stars above."""
    t, c = s.tones, s.canvas
    top = min(s.top, -0.8) - 0.1
    c.box(
        s.left - 0.1,
        top,
        s.right + 0.1,
        0.1,
        Fade(darker(t.ground, 0.05), mix(t.ground, t.far, 0.8)),
    )
    s.stars(200, 0.0)
    x, y, r = 0.46, -0.3, 0.16
    c.glow((x, y), r * 2, t.accent, 0.3)
    c.ellipse((x, y), r, r, Fade(lighter(t.accent, 0.05), darker(t.accent, 0.12)))
    for k in range(2):
        ring = [(x + math.cos(a) * r * (1.6 + 0.2 * k),
                 y + math.sin(a) * r * 0.3 + math.cos(a) * r * 0.3)
                for a in (math.pi * j / 20 for j in range(-1, 22))]  # fmt: skip
        c.stroke(ring, r * 0.05, mix(t.accent, (255, 240, 220), 0.6))
    dust = mix(t.near, (188, 112, 82), 0.5)
    s.ridge(0.0, 0.14, 0.9, mix(dust, t.ground, 0.55), down=0.1)
    c.box(
        s.left - 0.1, 0.02, s.right + 0.1, max(s.bottom, 0.5) + 0.1, Fade(dust, darker(dust, 0.2))
    )
    for _ in range(18):
        cx, cy = s.dice.uniform(-1.4, 1.4), 0.05 + 0.36 * s.dice.random() ** 1.2
        half = 0.03 + cy * s.dice.uniform(0.2, 0.5)
        c.ellipse((cx, cy), half, half * 0.26, lighter(dust, 0.05))
        c.ellipse((cx + half * 0.04, cy + half * 0.03), half * 0.86, half * 0.2, darker(dust, 0.12))
    for _ in range(16):
        cx, cy = s.dice.uniform(-1.5, 1.5), s.dice.uniform(0.05, 0.4)
        w = 0.012 + cy * 0.09
        c.polygon([(cx - w, cy), (cx - w * 0.5, cy - w), (cx + w * 0.4, cy - w * 0.8),
                   (cx + w, cy)],
                  darker(dust, 0.06))  # fmt: skip
