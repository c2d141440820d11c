"""Places without ground: sky, space, and the abstract."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Fade, smooth
from ministudio_animatic.drawing.colour import darker, lighter, mix
from ministudio_animatic.places.heavens import CLOSED
from ministudio_animatic.reading.words import mentions

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["abstract", "sky", "space"]

_BUILT: Final = "tower, terrace, balcony, rail, railing, platform, battlement, parapet, roof"
_EDGE: Final = 0.19  # where the floor of a terrace begins when nobody's feet say it


def sky(s: Scene) -> None:
    """Banks of cloud, nearer and nearer, under a high sky."""
    high, low = s.light.sky
    c = s.canvas
    top, bottom = min(s.top, -0.8), max(s.bottom, 0.5)
    c.box(s.left - 0.1, top - 0.1, s.right + 0.1, bottom + 0.1, Fade(high, mix(low, high, 0.12)))
    if s.light.hour.night:
        s.stars(160, 0.1)
    if s.light.weather.clouds < CLOSED:
        s.sun()
    pale = mix(s.light.sky[1], (255, 255, 255), 0.18 if s.light.hour.night else 0.7)
    for row, (y, size, away) in enumerate(
        ((-0.12, 0.16, 0.6), (0.06, 0.26, 0.35), (0.3, 0.42, 0.1))
    ):
        tone = mix(mix(pale, s.tones.ground, 0.25), s.light.haze, away)
        for i in range(9):
            x = -1.8 + 0.45 * i + s.air.uniform(-0.14, 0.14) + 0.2 * (row % 2)
            lift = s.air.uniform(-0.03, 0.03)
            for dx, r in ((-0.55, 0.55), (0.0, 0.8), (0.5, 0.6)):
                c.ellipse((x + dx * size, y + lift), size * r * 0.75, size * r * 0.5, tone)
        c.box(s.left - 0.1, y + 0.02, s.right + 0.1, bottom + 0.1, Fade(tone, darker(tone, 0.05)))
    if mentions(" . ".join([s.said, *s.elements]), _BUILT):
        _terrace(s)


def _terrace(s: Scene) -> None:
    """A stone floor high up, with a rail along its edge."""
    c = s.canvas
    edge = _EDGE if s.stand is None else s.stand
    low = max(s.bottom, edge + 0.3) + 0.1
    stone = mix(s.tones.far, (222, 218, 210), 0.6)
    pale, dark = mix(s.on(stone), (255, 255, 255), 0.2), s.on(darker(stone, 0.16))
    rim = [
        (-1.9, edge + 0.012),
        (-1.0, edge),
        (0.0, edge - 0.004),
        (1.0, edge),
        (1.9, edge + 0.012),
    ]
    for i in range(-16, 17):
        x = i * 0.12
        c.limb([(x, edge - 0.1), (x, edge - 0.04), (x, edge)], [0.012, 0.026, 0.016], pale)
    c.stroke([(s.left - 0.1, edge - 0.105), (s.right + 0.1, edge - 0.105)], 0.018, pale)
    c.stroke([(s.left - 0.1, edge - 0.094), (s.right + 0.1, edge - 0.094)], 0.005, dark)
    s.below(smooth(rim), low, Fade(pale, dark))
    for i in range(-9, 10):
        line = [(i * 0.16, edge + 0.005), (i * 0.16 * 2.6, edge + 0.5)]
        c.limb(line, [0.002, 0.008], s.on(darker(stone, 0.06)))


def space(s: Scene) -> None:
    """Stars, a nebula, a ringed planet, and the limb of a nearer world."""
    t, c = s.tones, s.canvas
    top, bottom = min(s.top, -0.8), max(s.bottom, 0.6)
    night = Fade(darker(t.ground, 0.03), mix(t.ground, t.far, 0.55))
    c.box(s.left - 0.1, top - 0.1, s.right + 0.1, bottom + 0.1, night)
    for x, y, r, tone, power in (
        (-0.4, -0.28, 0.8, t.middle, 0.5), (0.55, 0.0, 0.7, t.near, 0.28),
        (0.1, -0.5, 0.5, t.accent, 0.16),
    ):  # fmt: skip
        c.glow((x, y), r, tone, power)
    s.stars(320, 0.55)
    x, y, r = 0.46, -0.28, 0.13
    _ring(s, x, y, r, back=True)
    c.glow((x, y), r * 2.2, t.accent, 0.25)
    c.ellipse((x, y), r, r, t.accent)
    c.ellipse((x - r * 0.16, y - r * 0.12), r * 0.82, r * 0.84, lighter(t.accent, 0.06))
    for band, wide in ((-0.3, 0.86), (0.1, 0.9), (0.42, 0.72)):
        c.ellipse((x - r * 0.04, y + r * band), r * wide, r * 0.075, darker(t.accent, 0.08), 0.6)
    _ring(s, x, y, r, back=False)
    if not mentions(s.said, "ship", "station", "deck", "drifting", "void"):
        world = 2.6
        c.glow((0.0, 0.34 + world), world * 1.06, t.near, 0.8)
        c.ellipse(
            (0.0, 0.16 + world), world, world, Fade(mix(t.near, t.far, 0.35), darker(t.far, 0.05))
        )
        for i in range(9):
            cx = -1.1 + 0.27 * i + s.dice.uniform(-0.06, 0.06)
            cy = 0.24 + 0.19 * cx * cx + s.dice.uniform(0.0, 0.16)
            size = s.dice.uniform(0.02, 0.06)
            c.ellipse((cx, cy), size, size * 0.3, darker(t.far, 0.02), 0.6)


def _ring(s: Scene, x: float, y: float, r: float, *, back: bool) -> None:
    first, last = (30, 61) if back else (0, 31)
    points = [
        (x + math.cos(math.tau * k / 60) * r * 1.75, y + math.sin(math.tau * k / 60) * r * 0.4
         + math.cos(math.tau * k / 60) * r * 0.3)
        for k in range(first, last)
    ]  # fmt: skip
    s.canvas.stroke(points, r * 0.09, mix(s.tones.accent, (255, 240, 220), 0.5))


def abstract(s: Scene) -> None:
    """Large calm shapes in the palette: two hills of colour, a disc, arcs of paper."""
    t, c = s.tones, s.canvas
    top, bottom = min(s.top, -0.8), max(s.bottom, 0.6)
    back = Fade(s.light.inside(t.ground), s.light.inside(mix(t.ground, t.far, 0.8)))
    c.box(s.left - 0.1, top - 0.1, s.right + 0.1, bottom + 0.1, back)
    x = 0.36 + s.dice.uniform(-0.06, 0.06)
    for r, share in ((0.34, 0.25), (0.26, 0.5), (0.18, 0.85)):
        c.ellipse((x, -0.2), r, r, s.light.inside(mix(t.ground, t.accent, share)))
    for base, tone, share in ((0.06, t.far, 0.5), (0.16, t.middle, 0.8), (0.28, t.near, 1.0)):
        s.ridge(base, 0.2, 0.0, s.light.inside(mix(t.ground, tone, share)))
    for i in range(5):
        px, py = -0.9 + 0.42 * i + s.dice.uniform(-0.08, 0.08), s.dice.uniform(-0.5, -0.12)
        c.ellipse((px, py), 0.012, 0.012, s.light.inside(t.near), 0.7)
