"""The sea: water to the horizon, its weather, and the land that people stand on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import PlaceKind
from ministudio_animatic.drawing.canvas import Fade, Point, smooth
from ministudio_animatic.drawing.colour import darker, lighter, mix
from ministudio_animatic.places.heavens import CLOSED
from ministudio_animatic.reading.words import mentions

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["sail", "sea", "shore", "water"]

_SHORE: Final = 0.2
_VEILED: Final = 0.4  # in such fog nothing glitters
_WHITECAPS: Final = 0.5  # from this much wind on waves break in the open
_ROCK: Final = "rock, rocks, cliff, reef, skerry, ledge, harbour, harbor, quay, pier, deck"


def sea(s: Scene) -> None:
    """Water to the horizon with the light on it, a headland, and the shore."""
    water(s)
    said = " . ".join([s.said, *s.elements])
    if mentions(s.said, "boat", "harbour", "harbor", "fishing", "sail", "ship"):
        sail(s, (0.52, 0.015), 0.16)
    if mentions(said, "lighthouse"):
        _lighthouse(s, (-0.6, 0.03), 0.4)
    shore(s, rocky=mentions(said, _ROCK))


def water(s: Scene, *, land: bool = True) -> None:
    """The sky and the water under it, as rough as the weather makes it."""
    s.sky()
    t, c = s.tones, s.canvas
    if s.kind is not PlaceKind.SEA:  # a town's colours are no colours for water
        blue = mix(t.far, (72, 118, 142), 0.7)
        t = attrs.evolve(t, far=lighter(blue, 0.08), middle=blue)
    if land:
        s.ridge(0.004, 0.07, 0.35, s.on(mix(t.near, t.far, 0.3), 0.6), down=0.004)
    deep = Fade(s.on(mix(t.far, t.middle, 0.4), 0.3), s.on(t.middle))
    c.box(s.left - 0.1, 0.0, s.right + 0.1, max(s.bottom, 0.5) + 0.1, deep)
    if s.light.weather.clouds < CLOSED and s.light.weather.fog < _VEILED:
        _glitter(s)
    for i in range(40):
        y = 0.02 + 0.3 * (i / 40) ** 1.4
        x, half = s.dice.uniform(-1.5, 1.5), s.dice.uniform(0.02, 0.05 + y * 0.3)
        c.ellipse((x, y), half, 0.001 + y * 0.006, s.on(lighter(t.middle, 0.1), 0.2), 0.5)
    if s.light.weather.clouds >= CLOSED or s.light.weather.wind > _WHITECAPS:
        _swell(s)


def _glitter(s: Scene) -> None:
    """The road of light that the sun or the moon lays on the water."""
    shine = mix(s.light.hour.glow, (255, 255, 255), 0.3)
    x0 = s.light.hour.sun[0] * min(1.0, (s.right - s.left) * 0.6)
    for i in range(46):
        y = 0.006 + 0.24 * (i / 46) ** 1.5
        spread = 0.02 + y * 0.5
        x = x0 + s.air.uniform(-spread, spread)
        half = s.air.uniform(0.008, 0.03 + y * 0.12)
        s.canvas.ellipse((x, y), half, 0.0012 + y * 0.008, shine, 0.55)


def _swell(s: Scene) -> None:
    """Waves under a closed sky, higher the nearer they come, and white where it storms."""
    rough = max(1.0 if s.light.weather.falling else 0.45, 1.3 * s.light.weather.wind)
    crest = mix(s.on(lighter(s.tones.far, 0.1), 0.1), (255, 255, 255), 0.25 * rough)
    trough = s.on(darker(s.tones.middle, 0.06))
    for row in range(7):
        y = 0.022 + 0.03 * row + 0.006 * row * row
        long, high = 0.16 + 0.06 * row, (0.004 + 0.0045 * row) * rough
        shift = s.air.uniform(0, long)
        for k in range(math.ceil(3.8 / long)):
            x = -1.9 + shift + k * long
            wave = [(x, y), (x + long * 0.3, y - high), (x + long * 0.42, y - high * 1.15),
                    (x + long * 0.55, y - high * 0.35), (x + long * 0.8, y)]  # fmt: skip
            s.canvas.polygon([*smooth(wave, steps=5)], trough, 0.6)
            if (k + row) % 2 == 0:
                s.canvas.stroke(smooth(wave[1:4], steps=5), 0.0016 + 0.0006 * row, crest)


def shore(s: Scene, *, rocky: bool) -> None:
    """Sand, or a shelf of rock, that begins above where people's feet are."""
    t, c = s.tones, s.canvas
    edge = _SHORE if s.stand is None else s.stand
    low = max(s.bottom, 0.5) + 0.1
    if not rocky:
        shore = [(-1.9, 0.0), (-1.0, 0.035), (-0.3, 0.01), (0.5, 0.045), (1.2, 0.02), (1.9, 0.04)]
        line = smooth([(x, edge - 0.03 + y) for x, y in shore])
        foam = [(x, y - 0.014) for x, y in line]
        s.below(foam, low, s.on(t.accent, 0.05), 0.75)
        sand = Fade(s.on(t.ground), s.on(darker(t.ground, 0.14)))
        s.below(line, low, sand)
        return
    stone = mix(darker(t.near, 0.03), (70, 68, 72), 0.6)
    top = []
    for i in range(39):
        x = -1.9 + 0.1 * i
        top.append((x + s.dice.uniform(-0.03, 0.03), edge + s.dice.uniform(-0.022, 0.012)))
    wet = [(x, y - 0.012) for x, y in top]
    s.below(wet, low, s.on(lighter(t.far, 0.08), 0.1), 0.5)
    lit = Fade(s.on(lighter(stone, 0.07)), s.on(darker(stone, 0.06)))
    s.below(top, low, lit)
    for _ in range(34):
        x, y = s.dice.uniform(-1.7, 1.7), edge + 0.02 + s.dice.random() * 0.3
        half = s.dice.uniform(0.03, 0.1)
        tone = s.on(darker(stone, 0.05) if s.dice.random() < 0.6 else lighter(stone, 0.1))
        c.limb([(x - half, y), (x + half, y + 0.006)], [0.004, 0.002], tone)


def sail(s: Scene, foot: Point, h: float) -> None:
    """Draw a sailing boat, ``h`` high, standing at ``foot``."""
    x, y = foot
    white, hull = s.on((244, 238, 226), 0.2), s.on(s.tones.near, 0.1)
    s.canvas.polygon([(x, y - h), (x + h * 0.42, y - h * 0.18), (x, y - h * 0.16)], white)
    s.canvas.polygon(
        [(x - 0.01, y - h * 0.85), (x - h * 0.26, y - h * 0.16), (x - 0.01, y - h * 0.15)],
        darker(white, 0.06),
    )
    s.canvas.polygon(
        [
            (x - h * 0.4, y - h * 0.12),
            (x + h * 0.5, y - h * 0.12),
            (x + h * 0.34, y),
            (x - h * 0.28, y),
        ],
        hull,
    )


def _lighthouse(s: Scene, foot: Point, h: float) -> None:
    x, y = foot
    rock = [
        (x - h * 0.5, y),
        (x - h * 0.3, y - h * 0.12),
        (x + h * 0.3, y - h * 0.1),
        (x + h * 0.55, y),
    ]
    s.canvas.polygon(smooth(rock, steps=6), s.on(s.tones.near, 0.15))
    for k in range(5):
        a, b = k / 5, (k + 1) / 5
        w0, w1 = h * (0.1 - 0.045 * a), h * (0.1 - 0.045 * b)
        y0, y1 = y - h * (0.1 + 0.75 * a), y - h * (0.1 + 0.75 * b)
        tone = s.on((232, 226, 214) if k % 2 else (186, 72, 62), 0.12)
        s.canvas.polygon([(x - w0, y0), (x + w0, y0), (x + w1, y1), (x - w1, y1)], tone)
    s.canvas.glow((x, y - h * 0.9), h * 0.5 * (1 + math.log(2)), s.light.hour.glow, 0.6)
    s.canvas.box(x - h * 0.05, y - h * 0.95, x + h * 0.05, y - h * 0.84, (255, 240, 190))
    s.canvas.polygon(
        [(x - h * 0.07, y - h * 0.95), (x, y - h * 1.03), (x + h * 0.07, y - h * 0.95)],
        s.on((90, 60, 60)),
    )
