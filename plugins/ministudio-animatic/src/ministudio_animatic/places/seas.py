"""Waters that are no beach: cliffs, a harbour, the open sea, under water, ice."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ministudio_animatic.drawing.canvas import Fade, Point, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places.coast import sail, shore, water

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["cliffs", "harbour", "ice", "open_sea", "quay", "underwater"]


def cliffs(s: Scene) -> None:
    """A wall of rock that falls into the sea, white water at its foot, gulls."""
    water(s, land=False)
    t, c = s.tones, s.canvas
    rock = mix(t.near, (112, 104, 98), 0.55)
    for flip, edge, high, away in (
        (1, 0.72, 0.16, 0.55),
        (1, 0.98, 0.3, 0.3),
        (-1, 0.42, 0.46, 0.16),
    ):
        face = [(flip * (edge - 0.06), 0.05), (flip * (edge - 0.02), -high * 0.4),
                (flip * (edge + 0.05), -high * 0.55), (flip * (edge + 0.04), -high * 0.9),
                (flip * (edge + 0.12), -high), (flip * 2.4, -high * 1.1),
                (flip * 2.4, 0.16)]  # fmt: skip
        tone = s.on(rock, away)
        c.polygon(face, Fade(lighter(tone, 0.05), darker(tone, 0.06)))
        turf = [(flip * (edge + 0.1), -high * 0.98), (flip * (edge + 0.14), -high * 1.05),
                (flip * 2.4, -high * 1.16), (flip * 2.4, -high * 1.02)]  # fmt: skip
        c.polygon(turf, s.on(mix((108, 130, 82), t.ground, 0.3), away))
        for k in range(6):
            x = flip * (edge + 0.1 + 0.17 * k)
            c.limb([(x, -high * 0.92), (x - flip * 0.03, -high * 0.4), (x - flip * 0.01, 0.06)],
                   [0.002, 0.007, 0.003], darker(tone, 0.06))  # fmt: skip
        for k in range(9):
            x = flip * (edge - 0.05 + 0.12 * k)
            c.ellipse((x, 0.055 + 0.008 * k), 0.07, 0.011, s.on((240, 244, 244), 0.2), 0.8)
    for x, y, w in ((-0.1, -0.3, 0.035), (0.06, -0.36, 0.025), (0.28, -0.26, 0.03)):
        _gull(s, (x, y), w)
    if s.stand is not None:
        shore(s, rocky=True)


def _gull(s: Scene, at: Point, w: float) -> None:
    x, y = at
    wings = smooth([(x - w, y - w * 0.3), (x - w * 0.45, y - w * 0.55), (x, y),
                    (x + w * 0.45, y - w * 0.55),
                    (x + w, y - w * 0.3)], steps=5)  # fmt: skip
    s.canvas.stroke(wings, w * 0.12, s.on((236, 238, 240), 0.2))


def harbour(s: Scene) -> None:
    """Boats at their moorings, houses across the basin, a quay of stone with bollards."""
    water(s, land=False)
    t = s.tones
    for k in range(15):
        x, high = -1.5 + 0.21 * k, s.dice.uniform(0.08, 0.15)
        wall = s.on(
            mix(t.far, ((214, 176, 140), (190, 130, 110), (222, 214, 190))[k % 3], 0.6), 0.55
        )
        s.canvas.box(x, -high, x + 0.19, 0.02, wall)
        roof = [(x - 0.01, -high), (x + 0.095, -high - 0.055), (x + 0.2, -high)]
        s.canvas.polygon(roof, s.on(mix((158, 88, 70), t.near, 0.2), 0.5))
        for dx in (0.04, 0.11):
            lit = s.light.hour.lamps and (k * 3 + round(dx * 100)) % 2 == 0
            pane = (255, 206, 128) if lit else darker(wall, 0.15)
            s.canvas.box(x + dx, -high * 0.7, x + dx + 0.03, -high * 0.4, pane)
    quay(s)


def quay(s: Scene) -> None:
    """Boats with bare masts, and the stone edge that people stand on."""
    t, c = s.tones, s.canvas
    for x, y, size in (
        (-0.74, 0.05, 0.16),
        (-0.3, 0.035, 0.1),
        (0.36, 0.045, 0.13),
        (0.86, 0.075, 0.2),
    ):
        _moored(s, (x, y), size)
    edge = 0.17 if s.stand is None else s.stand
    stone = mix(t.ground, (150, 146, 140), 0.6)
    low = max(s.bottom, edge + 0.3) + 0.1
    c.box(s.left - 0.1, edge - 0.022, s.right + 0.1, edge + 0.01, s.on(lighter(stone, 0.07)))
    c.box(s.left - 0.1, edge, s.right + 0.1, low, Fade(s.on(stone), s.on(darker(stone, 0.14))))
    for i in range(-10, 11):
        x = i * 0.17
        line = [(x, edge + 0.01), (x * 2.4, edge + 0.5)]
        c.limb(line, [0.002, 0.008], s.on(darker(stone, 0.08)))
    for y in (0.05, 0.13, 0.25):
        c.box(
            s.left - 0.1,
            edge + y,
            s.right + 0.1,
            edge + y + 0.003 + 0.01 * y,
            s.on(darker(stone, 0.08)),
        )
    for x in (-0.96, -0.48, 0.5, 0.98):
        iron = s.on((58, 58, 62), 0.05)
        c.ellipse((x, edge + 0.035), 0.045, 0.01, (18, 16, 30), 0.3)
        c.box(x - 0.026, edge - 0.05, x + 0.026, edge + 0.035, iron, radius=0.01)
        c.ellipse((x, edge - 0.05), 0.036, 0.016, lighter(iron, 0.06))


def _moored(s: Scene, foot: Point, size: float) -> None:
    x, y = foot
    c = s.canvas
    hull_ = s.on(
        s.dice.choice((s.tones.accent, (70, 104, 140), (226, 222, 210), (92, 72, 62))), 0.2
    )
    c.stroke(
        [(x, y - size * 0.2), (x + 0.02 * s.lean, y - size * 1.7)],
        size * 0.045,
        s.on((96, 74, 58), 0.2),
    )
    c.stroke(
        [(x, y - size * 0.55), (x + size * 0.6, y - size * 0.5)],
        size * 0.04,
        s.on((96, 74, 58), 0.2),
    )
    for dx in (-0.7, 0.72):
        c.limb(
            [(x, y - size * 1.66), (x + dx * size, y - size * 0.3)],
            [0.0015] * 2,
            s.on((80, 76, 74), 0.3),
        )
    c.box(
        x - size * 0.3,
        y - size * 0.44,
        x + size * 0.16,
        y - size * 0.26,
        s.on((232, 226, 212), 0.2),
    )
    shape = [(x - size * 0.78, y - size * 0.3), (x + size * 0.84, y - size * 0.36),
             (x + size * 0.6, y), (x - size * 0.6, y)]  # fmt: skip
    c.polygon(shape, Fade(lighter(hull_, 0.04), darker(hull_, 0.06)))
    c.ellipse((x, y + size * 0.04), size * 0.7, size * 0.06, darker(hull_, 0.1), 0.4)


def open_sea(s: Scene) -> None:
    """Water and nothing else, in long swells; land only where somebody must stand."""
    water(s, land=False)
    t, c = s.tones, s.canvas
    for row in range(7):
        y = 0.03 + 0.012 * row * (row + 2)
        long, high = 0.3 + 0.12 * row, 0.006 + 0.007 * row
        shift = s.dice.uniform(0, long)
        for k in range(math.ceil(4.2 / long)):
            x = -2.0 + shift + k * long
            swell = smooth([(x, y), (x + long * 0.35, y - high), (x + long * 0.55, y - high * 0.9),
                            (x + long, y)], steps=5)  # fmt: skip
            tone = s.on(darker(t.middle, 0.03 + 0.01 * row), 0.3 - 0.04 * row)
            c.polygon([*swell, (x + long, y + high), (x, y + high)], tone, 0.5)
            c.stroke(swell[3:11], 0.0012 + 0.0006 * row, s.on(lighter(t.far, 0.1), 0.1))
    sail(s, (0.62, 0.012), 0.09)
    if s.stand is not None:
        shore(s, rocky=True)


def underwater(s: Scene) -> None:
    """Blue that darkens downwards, rays from the surface, bubbles, weed, coral, a floor of sand."""
    t, c = s.tones, s.canvas
    blue = mix(t.middle, (40, 116, 156), 0.6)
    top = min(s.top, -0.8) - 0.1
    high, deep = s.on(lighter(blue, 0.2), 0.1), s.on(darker(blue, 0.12), 0.05)
    c.box(s.left - 0.1, top, s.right + 0.1, max(s.bottom, 0.5) + 0.1, Fade(high, deep))
    for k in range(6):
        x = -1.0 + 0.4 * k
        ray = [(x, -1.0), (x + 0.1, -1.0), (x + 0.02, 0.25), (x - 0.28, 0.25)]
        c.soft(ray, mix(s.light.hour.glow, high, 0.35), 0.26, 0.03)
    for base, tall, away in ((0.02, 0.22, 0.6), (0.09, 0.12, 0.35)):
        s.ridge(base, tall, 0.7, mix(s.on(darker(blue, 0.2)), high, away), down=0.3)
    sand = mix(mix(t.ground, (206, 196, 150), 0.4), blue, 0.35)
    s.ridge(0.17, 0.04, 0.0, s.on(sand))
    weed, coral = mix((58, 128, 92), blue, 0.2), mix(t.accent, (226, 108, 98), 0.5)
    for k in range(20):
        x, y, tall = (
            s.dice.uniform(-1.4, 1.4),
            s.dice.uniform(0.14, 0.32),
            s.dice.uniform(0.12, 0.34),
        )
        if abs(x) < 0.24:
            continue
        blade = smooth([(x, y), (x + 0.03, y - tall * 0.35), (x - 0.02, y - tall * 0.7),
                        (x + 0.03, y - tall)], steps=5)  # fmt: skip
        c.limb(blade, [0.022 * (1 - i / len(blade)) + 0.003 for i in range(len(blade))],
               s.on(lighter(weed, 0.03 * (k % 3))))  # fmt: skip
    for x, y, size in ((-0.62, 0.22, 0.12), (0.56, 0.2, 0.1), (0.98, 0.26, 0.15)):
        _coral(s, (x, y), size, s.on(coral))
    for k in range(16):
        at = (-0.5 + 0.06 * (k % 5) + 0.9 * (k % 2), 0.1 - 0.045 * k)
        r = 0.006 + 0.0014 * (k % 5)
        c.ellipse(at, r, r, lighter(high, 0.12), 0.55)


def _coral(s: Scene, foot: Point, size: float, tone: Colour) -> None:
    x, y = foot
    for turn in (-2.3, -1.9, -1.5, -1.1, -0.7):
        tip = (x + size * math.cos(turn), y + size * math.sin(turn))
        mid = (x + size * 0.6 * math.cos(turn), y + size * 0.6 * math.sin(turn))
        s.canvas.limb([foot, tip], [size * 0.16, size * 0.1], tone)
        fork = (
            mid[0] + size * 0.26 * math.cos(turn - 0.7),
            mid[1] + size * 0.26 * math.sin(turn - 0.7),
        )
        s.canvas.limb([mid, fork], [size * 0.11, size * 0.08], lighter(tone, 0.04))


def ice(s: Scene) -> None:
    """Floes on dark water, bergs with blue shadows, a shelf of ice to stand on."""
    water(s, land=False)
    c = s.canvas
    white, blue = (236, 243, 248), (150, 192, 216)
    for x, high, wide, away in ((-0.75, 0.24, 0.26, 0.45), (0.55, 0.34, 0.3, 0.3),
                                (-0.2, 0.1, 0.12, 0.6),
                                (1.15, 0.2, 0.24, 0.4)):  # fmt: skip
        berg = [(x - wide, 0.03), (x - wide * 0.7, -high * 0.5), (x - wide * 0.25, -high * 0.62),
                (x - wide * 0.05, -high), (x + wide * 0.3, -high * 0.7),
                (x + wide * 0.6, -high * 0.72),
                (x + wide, 0.03)]  # fmt: skip
        c.polygon(berg, s.on(white, away))
        shade = [(x - wide * 0.05, -high), (x + wide * 0.3, -high * 0.7),
                 (x + wide * 0.6, -high * 0.72),
                 (x + wide, 0.03), (x + wide * 0.1, 0.03),
                 (x + wide * 0.14, -high * 0.4)]  # fmt: skip
        c.polygon(shade, s.on(blue, away), 0.8)
    for k in range(24):
        y = 0.03 + 0.17 * (k / 24) ** 1.2
        x, half = s.dice.uniform(-1.6, 1.6), 0.04 + y * 0.7
        floe = [(x - half, y), (x - half * 0.5, y - half * 0.12), (x + half * 0.6, y - half * 0.1),
                (x + half, y + half * 0.02), (x + half * 0.3, y + half * 0.1)]  # fmt: skip
        c.polygon([(px, py + half * 0.06) for px, py in floe], s.on(blue, 0.1))
        c.polygon(floe, s.on(white, 0.2 - y * 0.5))
    edge = 0.2 if s.stand is None else s.stand
    low = max(s.bottom, edge + 0.3) + 0.1
    rim = [(-1.9 + 0.19 * k, edge + s.dice.uniform(-0.012, 0.014)) for k in range(21)]
    c.polygon([*rim, (1.9, low), (-1.9, low)], Fade(s.on(white), s.on(mix(white, blue, 0.5))))
    for _ in range(9):
        x, y = s.dice.uniform(-1.4, 1.4), edge + s.dice.uniform(0.04, 0.3)
        crack = [(x, y), (x + 0.08, y + 0.012), (x + 0.13, y + 0.006), (x + 0.24, y + 0.03)]
        c.limb(crack, [0.003] * 4, s.on(blue))
