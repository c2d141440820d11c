"""Open country: fields, mountains, desert and forest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ministudio_animatic.drawing.canvas import Fade, Point, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places.waters import dry, inland
from ministudio_animatic.reading.words import mentions

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["desert", "field", "fir", "forest", "grass", "mountains", "tree"]


def field(s: Scene) -> None:
    """Rolling hills, a meadow with rows running to the horizon, a lone tree."""
    s.sky()
    t = s.tones
    s.ridge(0.0, 0.13, 0.0, s.on(t.far, 0.75))
    s.ridge(0.015, 0.075, 0.0, s.on(mix(t.far, t.middle, 0.5), 0.5))
    s.ground(t.ground, 0.02)
    _rows(s)
    inland(s)
    tree(s, (0.62, dry(s, 0.06)), 0.3, s.on(t.near, 0.15))
    tree(s, (-0.86, dry(s, 0.035)), 0.16, s.on(t.near, 0.35))
    grass(s, 0.3, s.on(t.near))


def _rows(s: Scene) -> None:
    """The rows of a field, from the horizon to the viewer."""
    t = s.tones
    far, near = s.on(t.middle, 0.25), s.on(t.near)
    for i in range(-13, 14):
        x = i * 0.045
        shade = far if i % 2 else s.on(lighter(t.ground, 0.02), 0.15)
        s.canvas.polygon(
            [(x - 0.004, 0.022), (x + 0.004, 0.022), (x * 9 + 0.1, 1.0), (x * 9 - 0.1, 1.0)],
            Fade(shade, near if i % 2 else s.on(t.ground)),
            0.35,
        )


def mountains(s: Scene) -> None:
    """Three ranges, the farthest with snow, and a meadow with firs."""
    s.sky()
    t = s.tones
    edge = s.ridge(-0.02, 0.46, 1.0, s.on(t.far, 0.55))
    snow = s.on(t.accent, 0.3)
    line = -0.27
    cap = [(x, y) for x, y in edge]
    low = [(x, max(y, line + 0.03 * math.sin(x * 41) + 0.02 * math.sin(x * 97))) for x, y in cap]
    s.canvas.polygon([*cap, *low[::-1]], snow, 0.85)
    s.ridge(0.0, 0.2, 0.8, s.on(t.middle, 0.42))
    s.ridge(0.02, 0.09, 0.4, s.on(t.near, 0.22))
    s.ground(t.ground, 0.03)
    inland(s)
    for _ in range(26):
        x = s.dice.uniform(-1.5, 1.5)
        size = s.dice.uniform(0.05, 0.1)
        if abs(x) > 0.18:
            fir(s, (x, dry(s, 0.05 + size * 0.25)), size, s.on(darker(t.near, 0.05), 0.12))
    grass(s, 0.34, s.on(darker(t.ground, 0.1)))


def desert(s: Scene) -> None:
    """Mesas far off and dunes with a lit and a shaded side."""
    s.sky()
    t = s.tones
    for _ in range(4):
        x, w, h = s.dice.uniform(-1.4, 1.4), s.dice.uniform(0.1, 0.24), s.dice.uniform(0.06, 0.14)
        c = s.on(t.accent, 0.6)
        s.canvas.polygon([(x - w, 0.01), (x - w * 0.7, -h), (x + w * 0.66, -h), (x + w, 0.01)], c)
    for base, height, tone, away in (
        (0.03, 0.09, t.far, 0.4), (0.1, 0.11, t.middle, 0.22), (0.22, 0.13, t.ground, 0.06),
    ):  # fmt: skip
        edge = s.ridge(base, height, 0.0, s.on(lighter(tone, 0.05), away))
        lee = [(x + 0.02, y + 0.004) for x, y in edge]
        low = [(x + 0.16, y + 0.05 + height * 0.4) for x, y in edge[::-1]]
        s.canvas.polygon([*lee, *low], s.on(darker(tone, 0.1), away), 0.35)
    inland(s)
    if not mentions(s.said, "dune", "sahara"):
        for x, y, h in ((-0.62, 0.16, 0.15), (0.8, 0.2, 0.2)):
            _cactus(s, (x, dry(s, y)), h)


def forest(s: Scene) -> None:
    """Trunks in four depths with air between them, a path of light, undergrowth."""
    t, c = s.tones, s.canvas
    high = s.on(mix(t.middle, t.far, 0.2), 0.35)
    low = mix(s.on(t.far, 0.6), s.light.hour.glow, 0.22)
    c.box(s.left - 0.1, min(s.top, -0.8) - 0.1, s.right + 0.1, 0.1, Fade(high, low))
    c.glow((0.14, -0.1), 0.7, mix(s.light.hour.glow, s.light.haze, 0.3), 0.5)
    s.ground(t.ground, 0.0)
    path = [(0.08, 0.0), (0.19, 0.0), (0.36, 0.2), (0.9, 0.75), (-0.5, 0.75), (0.0, 0.2)]
    c.polygon(smooth(path, closed=True), s.on(lighter(t.ground, 0.1), 0.1), 0.5)
    inland(s)
    firs = mentions(s.said, "pine", "fir", "spruce", "conifer", "taiga", "northern")
    for count, foot, size, away in (
        (26, 0.01, 0.5, 0.62),
        (15, 0.04, 0.8, 0.4),
        (9, 0.1, 1.2, 0.2),
    ):
        for i in range(count):
            x = -1.7 + 3.4 * (i + s.dice.uniform(0.15, 0.85)) / count
            if abs(x - 0.12) < 0.09 + foot:
                continue
            tone = s.on(mix(t.middle, t.near, 1 - away), away)
            if firs:
                fir(s, (x, dry(s, foot)), size * s.dice.uniform(0.5, 0.75), tone)
            else:
                _trunk(s, (x, dry(s, foot)), size, tone)
        if not firs:
            _canopy(
                s, -0.44 - 0.1 * size * 0.4, size, s.on(mix(t.far, t.middle, 1 - away), away * 0.9)
            )
    if s.light.weather.clouds < 0.7:
        for i in range(4):
            x = -0.35 + i * 0.24
            ray = [(x + 0.3, -0.9), (x + 0.38, -0.9), (x + 0.1, 0.0), (x + 0.0, 0.0)]
            c.soft(ray, s.light.hour.glow, 0.1, 0.03)
    grass(s, 0.2, s.on(darker(t.near, 0.02)))


def tree(s: Scene, foot: Point, size: float, colour: Colour) -> None:
    """Draw a broad tree standing at ``foot``."""
    x, y = foot
    bark = mix(colour, (70, 48, 40), 0.55)
    trunk = [(x, y), (x + 0.01 * size + 0.26 * s.lean * size, y - size * 0.55)]
    s.canvas.limb(trunk, [size * 0.11, size * 0.06], bark)
    for dx, dy, r in ((-0.2, 0.58, 0.22), (0.2, 0.6, 0.21), (0.0, 0.78, 0.24), (0.02, 0.52, 0.2)):
        at = (x + (dx + 0.55 * s.lean * dy) * size, y - dy * size)
        s.canvas.ellipse(at, r * size * (1 - 0.25 * s.lean), r * size * 0.92, colour)
    pale = lighter(colour, 0.05)
    for dx, dy, r in ((-0.12, 0.74, 0.11), (0.1, 0.86, 0.11)):
        at = (x + (dx + 0.55 * s.lean * dy) * size, y - dy * size)
        s.canvas.ellipse(at, r * size, r * size * 0.8, pale, 0.8)


def fir(s: Scene, foot: Point, size: float, colour: Colour) -> None:
    """Draw a fir standing at ``foot``."""
    x, y = foot
    bark = mix(colour, (60, 42, 36), 0.5)
    s.canvas.limb([(x, y), (x, y - size * 0.3)], [size * 0.06, size * 0.05], bark)
    for k in range(4):
        w, base = size * (0.27 - 0.055 * k), y - size * (0.12 + 0.2 * k)
        bent = s.lean * size * 0.05 * (k + 1)
        points = [(x - w + bent * 0.7, base), (x + bent * 1.6, base - size * 0.34),
                  (x + w + bent * 0.7, base), (x + bent, base + size * 0.03)]  # fmt: skip
        s.canvas.polygon(points, lighter(colour, 0.012 * k))


def _trunk(s: Scene, foot: Point, size: float, colour: Colour) -> None:
    x, y = foot
    wide = size * s.dice.uniform(0.03, 0.055)
    lean = s.dice.uniform(-0.03, 0.03) * size
    course = [(x, y), (x + lean * 0.4, y - 0.4), (x + lean, y - 1.1)]
    s.canvas.limb(course, [wide * 1.35, wide, wide * 0.8], colour)
    s.canvas.limb(
        [(x - wide * 0.9, y + 0.006), (x + wide * 0.9, y + 0.006)], [wide * 0.3] * 2, colour
    )
    side = s.dice.choice((-1, 1))
    branch = [(x + lean * 0.5, y - 0.42), (x + side * 0.1 * size, y - 0.56)]
    s.canvas.limb(branch, [wide * 0.5, wide * 0.2], colour)


def _canopy(s: Scene, low: float, size: float, colour: Colour) -> None:
    for i in range(18):
        x = -1.7 + 0.2 * i + s.dice.uniform(-0.06, 0.06)
        r = s.dice.uniform(0.1, 0.17) * (0.6 + size * 0.4)
        s.canvas.ellipse((x, low - 0.12), r, r * 0.75, colour)
    s.canvas.box(s.left - 0.1, min(s.top, -1.0) - 0.1, s.right + 0.1, low - 0.13, colour)


def grass(s: Scene, low: float, colour: Colour) -> None:
    """Tufts towards the viewer, so that the ground has a near end."""
    for _ in range(70):
        y = low + s.dice.random() * 0.3
        x, h = s.dice.uniform(-1.6, 1.6), 0.012 + (y - low + 0.1) * 0.07
        tone = mix(colour, s.on(s.tones.ground), s.dice.uniform(0.2, 0.75))
        for lean in (-0.5, 0.1, 0.6):
            tip = (x + (lean + 1.5 * s.lean) * h, y - h * (1 + 0.35 * s.lean))
            s.canvas.polygon([(x - h * 0.12, y), tip, (x + h * 0.12, y)], tone)


def _cactus(s: Scene, foot: Point, h: float) -> None:
    x, y = foot
    tone = s.on((86, 120, 84), 0.1)
    s.canvas.stroke([(x, y), (x, y - h)], h * 0.2, tone)
    for side, at in ((1, 0.55), (-1, 0.4)):
        arm = [
            (x, y - h * at),
            (x + side * h * 0.3, y - h * at),
            (x + side * h * 0.3, y - h * (at + 0.3)),
        ]
        s.canvas.stroke(arm, h * 0.15, tone)
