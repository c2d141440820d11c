"""What is overhead in the open: the sky, its stars, its sun or moon, clouds, lightning, wind."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Fade, Point
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.reading.words import mentions

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from ministudio_animatic.drawing.canvas import Canvas
    from ministudio_animatic.reading.light import Light

__all__ = ["CLOSED", "Heavens", "bolt", "crescent"]

CLOSED: Final = 0.9
"""From this much cloud on the sky is closed: no sun, no moon, no light on the water."""

_VEILED: Final = 0.6  # from this much cloud on stars are hidden and the sun is only a brightness
_WHITE: Final[Colour] = (255, 255, 255)
_BREEZE: Final = 0.3  # from this much wind on it can be seen in the sky


class Heavens:
    """The part of a scene that is above its horizon."""

    canvas: Canvas
    light: Light
    air: random.Random
    left: float
    top: float
    right: float
    bottom: float
    elements: Sequence[str]

    def sky(self) -> None:
        """Fill everything above the horizon (and a little below it) with the sky."""
        high, low = self.light.sky
        top = min(-0.75, self.top)
        c = self.canvas
        c.box(self.left - 0.1, top - 0.1, self.right + 0.1, 0.06, Fade(high, low))
        clouds = self.light.weather.clouds
        if clouds < _VEILED:
            if self.light.hour.night:
                self.stars(140)
            elif mentions(" . ".join(self.elements), "star", "constellation"):
                self.stars(60, -0.2)
        if clouds < CLOSED:
            self.sun()
        self.clouds()
        if self.light.weather.storm:
            self._lightning()
        if self.light.weather.wind >= _BREEZE:
            self._wisps()

    def stars(self, count: int, low: float = -0.02) -> None:
        """Scatter stars over the sky."""
        for _ in range(count):
            x, y = self.air.uniform(-1.6, 1.6), self.air.uniform(-1.1, low)
            size = self.air.choice((0.0011, 0.0014, 0.0018, 0.0026))
            bright = self.air.uniform(0.35, 0.95)
            self.canvas.ellipse((x, y), size, size, (244, 240, 226), bright)

    def sun(self) -> None:
        """Draw the sun or the moon with its glow; behind cloud only the glow."""
        hour = self.light.hour
        veiled = self.light.weather.clouds >= _VEILED or self.light.weather.fog >= _VEILED
        x, up = hour.sun
        x *= min(1.0, (self.right - self.left) * 0.6)
        at = (x, -up)
        if hour.moon:
            self.canvas.glow(at, 0.32, hour.glow, 0.3)
            if not veiled:
                crescent(self.canvas, at, 0.045, mix(hour.glow, self.light.sky[0], 0.04))
            return
        self.canvas.glow(at, 0.75, hour.glow, 0.55)
        self.canvas.glow(at, 0.2, mix(hour.glow, _WHITE, 0.4), 0.4 if veiled else 0.8)
        if not veiled and (up > 0.05 or not hour.night):
            self.canvas.ellipse(at, 0.05, 0.05, mix(hour.glow, _WHITE, 0.55))

    def clouds(self) -> None:
        """Draw as many clouds as the weather says, larger where there are more."""
        cover = self.light.weather.clouds
        if cover >= CLOSED:
            self._ceiling()
            return
        pale = mix(self.light.sky[1], _WHITE, 0.5 if not self.light.hour.night else 0.08)
        many = round(3 + cover * 14) if cover > 0.05 else 0
        for i in range(many if self.light.weather.fog < _VEILED else 0):
            x = -1.5 + 3.0 * ((i * 0.618 + self.air.random() * 0.3) % 1)
            y = -0.1 - 0.36 * ((i * 0.382 + 0.2 * self.air.random()) % 1)
            size = self.air.uniform(0.09, 0.2) * (0.8 + 1.1 * cover) * (0.55 - 1.2 * y)
            self.cloud((x, y), size, pale, 0.4 + 0.4 * cover)

    def cloud(self, at: Point, size: float, colour: Colour, opacity: float) -> None:
        """Draw one cloud, ``size`` from its middle to its end: lit above, shaded and soft below."""
        x, y = at
        shade = mix(darker(colour, 0.07), self.light.sky[0], 0.18)
        puffs = [
            (dx * size, size * lift, size * r * self.air.uniform(0.88, 1.12))
            for dx, lift, r in (
                (-0.72, 0.0, 0.2), (-0.34, 0.05, 0.32), (0.08, 0.08, 0.4),
                (0.48, 0.03, 0.26), (0.76, 0.0, 0.16),
            )
        ]  # fmt: skip
        for tone, down, share in ((shade, 0.08, 1.0), (colour, 0.0, 0.94)):
            top, base = [], []
            for k in range(41):
                across = size * share * (k / 20 - 1)
                rise = max(
                    high + r * 0.85 * math.sqrt(max(0.0, 1 - ((across - mid) / (1.25 * r)) ** 2))
                    for mid, high, r in puffs
                )
                round_off = math.sqrt(max(0.0, 1 - (across / (size * share)) ** 2))
                top.append((x + across, y + (down * size - rise) * round_off))
                base.append((x + across, y + (down + 0.1 * round_off) * size))
            self.canvas.soft([*top, *base[::-1]], tone, opacity, size * 0.04)

    def _ceiling(self) -> None:
        """Close the sky with one grey cloud in banks, darker where rain or snow falls."""
        high, low = self.light.sky
        dark = mix(high, (26, 30, 42), 0.3 if self.light.weather.falling else 0.1)
        if self.light.weather.storm:
            dark = mix(dark, (18, 20, 32), 0.4)
        for row in range(6):
            y = -0.86 + 0.135 * row
            tone = mix(dark, mix(low, dark, 0.25), row / 5)
            for i in range(11):
                x = -1.75 + 0.35 * i + self.air.uniform(-0.1, 0.1)
                wide, tall = self.air.uniform(0.2, 0.36), self.air.uniform(0.06, 0.1)
                self.canvas.ellipse((x, y), wide, tall, mix(tone, low, 0.12 * (i % 3)), 0.55)

    def _lightning(self) -> None:
        """Light one edge of the sky from behind, with a bolt in it."""
        flash = mix(self.light.sky[1], (226, 222, 255), 0.75)
        x = self.left + (self.right - self.left) * 0.8
        for at, r, power in (((x + 0.1, 0.02), 0.85, 0.5), ((x, -0.2), 0.36, 0.55)):
            self.canvas.glow(at, r, flash, power)
        bolt(self.canvas, (x - 0.05, -0.46), 0.44, lighter(flash, 0.2))

    def _wisps(self) -> None:
        """Stretch thin streaks across the sky: the way wind is drawn."""
        pale = mix(self.light.sky[1], _WHITE, 0.6 if not self.light.hour.night else 0.25)
        for i in range(round(6 + 12 * self.light.weather.wind)):
            x, y = self.air.uniform(-1.6, 1.3), self.air.uniform(-0.6, -0.04)
            long, bow = self.air.uniform(0.16, 0.42), self.air.uniform(0.004, 0.016)
            course = [(x + long * k / 6, y + bow * math.sin(math.pi * k / 3 + i)) for k in range(7)]
            lower = [(px, py + 0.006 * math.sin(math.pi * k / 6)) for k, (px, py)
                     in enumerate(course)]  # fmt: skip
            self.canvas.polygon([*course, *lower[::-1]], pale, 0.7)


def crescent(canvas: Canvas, at: Point, r: float, colour: Colour) -> None:
    """Draw a moon in its first quarter, of radius ``r``: only what is lit."""
    x, y = at
    lit = [
        (r * math.cos(a), r * math.sin(a)) for a in (math.pi * (k / 24 - 0.5) for k in range(25))
    ]
    edge = [(px * 0.42, py) for px, py in reversed(lit)]
    cos, sin = math.cos(2.75), math.sin(2.75)
    turned = [(x + px * cos - py * sin, y + px * sin + py * cos) for px, py in (*lit, *edge)]
    canvas.polygon(turned, colour)


def bolt(canvas: Canvas, at: Point, tall: float, colour: Colour) -> None:
    """Draw a flash of lightning that comes down from ``at``."""
    x, y = at
    course = [(0.0, 0.0), (-0.06, 0.24), (0.03, 0.3), (-0.08, 0.62), (0.0, 0.66), (-0.1, 1.0)]
    points = [(x + px * tall, y + py * tall) for px, py in course]
    wide = tall * 0.03
    canvas.limb(points, [wide, wide * 0.9, wide * 0.75, wide * 0.6, wide * 0.4, wide * 0.1], colour)
    branch = [points[1], (x - tall * 0.2, y + tall * 0.42), (x - tall * 0.24, y + tall * 0.56)]
    canvas.limb(branch, [wide * 0.5, wide * 0.35, wide * 0.1], colour)
