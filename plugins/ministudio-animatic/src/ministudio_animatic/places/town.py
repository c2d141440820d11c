"""Where people have built: streets, cities and villages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio_animatic.drawing.canvas import Fade, Point
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places.country import tree
from ministudio_animatic.places.oldtown import is_old, roofs
from ministudio_animatic.places.waters import dry, inland

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["city", "street", "village"]

_LAMP: Colour = (255, 206, 128)


def street(s: Scene) -> None:
    """Two rows of houses that meet at the vanishing point, a road, lamps."""
    s.sky()
    t, c = s.tones, s.canvas
    for x in (-0.2, -0.08, 0.05, 0.16):
        h = s.dice.uniform(0.12, 0.2)
        c.box(x - 0.07, -h, x + 0.07, 0.02, s.on(t.far, 0.7))
    s.ground(t.ground, 0.0)
    kerb = s.on(lighter(t.ground, 0.12), 0.1)
    for side in (-1, 1):
        walk = [(side * 0.05, 0.0), (side * 0.09, 0.0), (side * 2.6, 0.62), (side * 1.35, 0.62)]
        c.polygon(walk, kerb)
    for i in range(7):
        a, b = 0.02 * 1.75**i, 0.02 * 1.75**i * 1.32
        c.polygon(
            [(-a * 0.06, a), (a * 0.06, a), (b * 0.06, b), (-b * 0.06, b)],
            s.on((226, 216, 190), 0.1),
            0.7,
        )
    _houses(s)
    inland(s)
    for x, y, h in (
        (-0.2, 0.06, 0.22),
        (0.215, 0.065, 0.235),
        (-0.55, 0.18, 0.56),
        (0.62, 0.2, 0.62),
    ):
        _street_lamp(s, (x, dry(s, y)), h)
    if s.light.weather.falling == "rain":
        for _ in range(14):
            x, y = s.dice.uniform(-0.8, 0.8), s.dice.uniform(0.12, 0.4)
            c.ellipse((x, y), 0.12 * y, 0.016 * y, mix(s.light.haze, _LAMP, 0.5), 0.4)


def _houses(s: Scene) -> None:
    """Draw the fronts on both sides, from the far end to beside the viewer."""
    t = s.tones
    depths = (0.09, 0.155, 0.26, 0.43, 0.72, 1.25, 2.1)
    for side in (-1, 1):
        for i in range(len(depths) - 1):
            tone = mix(t.middle, (t.far, t.accent, t.near, t.far)[(i + (side > 0)) % 4], 0.45)
            _house(s, side, depths[i], depths[i + 1], tone=tone, tall=s.dice.uniform(0.85, 1.25))
    for side in (-1, 1):
        if max(-s.left, s.right) > depths[-1]:  # a wide frame sees past the last house
            _house(s, side, depths[-1], 2 * depths[-1], tone=t.middle, tall=1.0)


def _house(s: Scene, side: int, near: float, far: float, *, tone: Colour, tall: float) -> None:
    """One front between two depths; a depth is its distance from the middle of the street."""
    c, away = s.canvas, max(0.0, 0.5 - near * 0.5)
    a, b = side * near, side * far
    up_a, up_b = -near * 1.15 * tall, -far * 1.15 * tall
    low_a, low_b = near * 0.235, far * 0.235
    front = s.on(darker(tone, 0.05 if side > 0 else 0.0), away)
    c.polygon([(a, up_a), (b, up_b), (b, low_b), (a, low_a)], front)
    c.polygon([(a, up_a), (b, up_b), (b, up_b * 0.965), (a, up_a * 0.965)], lighter(front, 0.07))
    lit = s.light.hour.lamps
    for row in range(3):
        for col in range(2):
            u0, u1 = 0.16 + col * 0.42, 0.42 + col * 0.42
            v0, v1 = 0.1 + row * 0.25, 0.26 + row * 0.25
            quad = []
            for u, v in ((u0, v0), (u1, v0), (u1, v1), (u0, v1)):
                x = a + (b - a) * u
                top, low = up_a + (up_b - up_a) * u, low_a + (low_b - low_a) * u
                quad.append((x, top + (low - top) * v))
            warm = lit and s.dice.random() < 0.5
            c.polygon(quad, _LAMP if warm else s.on(mix(tone, (62, 84, 108), 0.6), away))
    door = [(a + (b - a) * u, low_a + (low_b - low_a) * u) for u in (0.42, 0.62)]
    rise = [(x, y - abs(x) * 0.3) for x, y in door]
    c.polygon([rise[0], rise[1], door[1], door[0]], s.on(darker(s.tones.near, 0.1), away))


def _street_lamp(s: Scene, foot: Point, h: float) -> None:
    x, y = foot
    side = -1 if x > 0 else 1
    metal = s.on((52, 56, 64), 0.1)
    s.canvas.stroke([(x, y), (x, y - h)], h * 0.028, metal)
    s.canvas.stroke([(x, y - h), (x + side * h * 0.1, y - h * 1.03)], h * 0.024, metal)
    bulb = (x + side * h * 0.12, y - h * 1.0)
    if s.light.hour.lamps or s.light.weather.clouds > 0.9:
        s.canvas.glow(bulb, h * 0.42, _LAMP, 0.75)
    s.canvas.ellipse(
        bulb, h * 0.034, h * 0.026, _LAMP if s.light.hour.lamps else lighter(metal, 0.3)
    )


def city(s: Scene) -> None:
    """Towers, or the roofs of an old city, and a terrace in front."""
    s.sky()
    t, c = s.tones, s.canvas
    if is_old(s):
        roofs(s)
    else:
        _towers(s)
    s.ground(t.ground, 0.11)
    inland(s)
    rail = s.on(darker(t.near, 0.08))
    for i in range(-16, 17) if s.water is None else ():
        c.stroke([(i * 0.11, 0.045), (i * 0.11, 0.15)], 0.006, rail)
    if s.water is None:
        c.box(s.left - 0.1, 0.036, s.right + 0.1, 0.05, rail)
    paved = 0.13 if s.water is None or s.stand is None else max(0.13, s.stand + 0.03)
    for i in range(-7, 8) if paved < 1 else ():
        x = i * 0.16 * (1 + 4 * (paved - 0.13))
        line = [(x, paved), (i * 0.16 * 3.4, 0.8)]
        c.limb(line, [0.002, 0.01], s.on(darker(t.ground, 0.06)))


def _towers(s: Scene) -> None:
    """Draw three rows of towers, lower where the middle of the frame is."""
    t = s.tones
    for tone, away, base, tall, wide in (
        (t.far, 0.72, 0.02, 0.34, 0.05), (t.middle, 0.46, 0.05, 0.46, 0.07),
        (t.near, 0.18, 0.1, 0.5, 0.1),
    ):  # fmt: skip
        x = -1.8
        while x < 1.8:
            w = wide * s.dice.uniform(0.7, 1.5)
            middle = 1 - 0.55 * max(0.0, 1 - abs(x - 0.05) / 0.55) if away < 0.3 else 1.0
            h = tall * s.dice.uniform(0.35, 1.0) * middle
            _tower(s, (x, base), (w, h), s.on(tone, away), away)
            x += w * s.dice.uniform(1.0, 1.25)


def _tower(s: Scene, foot: Point, size: tuple[float, float], colour: Colour, away: float) -> None:
    (x, base), (w, h) = foot, size
    c = s.canvas
    c.box(x, base - h, x + w, base + 0.02, Fade(colour, mix(colour, s.light.haze, 0.25)))
    c.box(x + w * 0.72, base - h, x + w, base + 0.02, darker(colour, 0.04))
    if s.dice.random() < 0.25:
        c.stroke([(x + w / 2, base - h), (x + w / 2, base - h - w * 0.5)], w * 0.04, colour)
    if away > 0.6:
        return
    cols, rows = max(2, round(w / 0.018)), max(3, round(h / 0.028))
    share = 0.5 if s.light.hour.lamps else 0.25
    glass = _LAMP if s.light.hour.lamps else lighter(colour, 0.1)
    for i in range(cols):
        for j in range(rows):
            if s.dice.random() < share:
                left, top = x + w * (i + 0.25) / cols, base - h + h * (j + 0.3) / rows
                c.box(left, top, left + w * 0.5 / cols, top + h * 0.45 / rows, glass)


def village(s: Scene) -> None:
    """Hills, cottages round a green, a lane, a church tower."""
    s.sky()
    t, c = s.tones, s.canvas
    s.ridge(0.0, 0.14, 0.0, s.on(t.far, 0.65))
    s.ridge(0.02, 0.07, 0.0, s.on(mix(t.far, t.ground, 0.5), 0.4))
    c.box(0.27, -0.22, 0.34, 0.03, s.on(t.middle, 0.4))
    c.polygon([(0.262, -0.22), (0.305, -0.34), (0.348, -0.22)], s.on(t.accent, 0.42))
    s.ground(t.ground, 0.03)
    lane = [(0.02, 0.03), (0.07, 0.03), (0.1, 0.14), (0.5, 0.7), (-0.5, 0.7), (-0.02, 0.14)]
    c.polygon(lane, s.on(lighter(t.ground, 0.12), 0.1), 0.75)
    inland(s)
    for x, y, size in ((-0.28, 0.05, 0.1), (0.2, 0.05, 0.09), (0.46, 0.07, 0.13),
                       (-0.5, 0.08, 0.15), (0.82, 0.13, 0.24), (-0.9, 0.15, 0.27)):  # fmt: skip
        _cottage(s, (x, dry(s, y)), size)
    for x, y, size in ((-0.16, 0.06, 0.12), (0.62, 0.1, 0.24), (-0.68, 0.12, 0.26)):
        tree(s, (x, dry(s, y)), size, s.on(mix(t.far, (70, 104, 66), 0.5), 0.2))


def _cottage(s: Scene, foot: Point, size: float) -> None:
    x, y = foot
    c, away = s.canvas, max(0.05, 0.4 - size)
    wall = s.on(mix(s.tones.middle, (238, 226, 204), s.dice.uniform(0.4, 0.75)), away)
    roof = s.on(mix(s.tones.accent, s.tones.near, s.dice.uniform(0.1, 0.6)), away)
    c.box(x + size * 0.32, y - size * 1.5, x + size * 0.48, y - size, s.on(s.tones.near, away))
    c.box(x - size * 0.75, y - size * 0.72, x + size * 0.75, y, wall)
    c.box(x + size * 0.3, y - size * 0.72, x + size * 0.75, y, darker(wall, 0.04))
    c.polygon([(x - size * 0.9, y - size * 0.66), (x - size * 0.55, y - size * 1.3),
               (x + size * 0.55, y - size * 1.3), (x + size * 0.9, y - size * 0.66)],
              roof)  # fmt: skip
    warm = s.light.hour.lamps
    for u in (-0.5, 0.42):
        pane = _LAMP if warm else s.on((92, 112, 126), away)
        c.box(x + size * (u - 0.13), y - size * 0.52, x + size * (u + 0.13), y - size * 0.24, pane)
    c.box(
        x - size * 0.16,
        y - size * 0.48,
        x + size * 0.12,
        y,
        s.on(darker(s.tones.near, 0.08), away),
        radius=size * 0.06,
    )
