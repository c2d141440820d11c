"""Windows: whatever their shape, the hour and the weather outside are seen in them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Fade, Point
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places.heavens import CLOSED, bolt, crescent

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["barred", "outlook", "pointed", "porthole", "round_window", "tall", "window"]

_CLOUDED: Final = 0.6
_DROPS: Final = 18


def outlook(s: Scene, at: Point, half: Point, *, round_one: bool = False) -> None:
    """Draw what is seen outside through an opening, ``half`` as wide and high as it is."""
    c, weather, hour = s.canvas, s.light.weather, s.light.hour
    (x, y), (w, h) = at, half
    high, low = s.light.sky
    if weather.storm:
        high = darker(high, 0.05)
    if round_one:
        c.ellipse(at, w, h, Fade(high, low))
    else:
        c.box(x - w, y - h, x + w, y + h, Fade(high, low))
        land = s.on((104, 128, 112), 0.45 + 0.5 * weather.fog)
        hill = [(x - w, y + h), (x - w, y + h * 0.75), (x - w * 0.3, y + h * 0.6),
                (x + w * 0.4, y + h * 0.78), (x + w, y + h * 0.52), (x + w, y + h)]  # fmt: skip
        c.polygon(hill, land)
    inner = min(w, h) * (0.62 if round_one else 0.8)
    if weather.clouds < _CLOUDED and not weather.falling:
        if hour.moon:
            r = min(0.026, inner * 0.3)
            c.glow((x + w * 0.3, y - inner * 0.45), r * 3, hour.glow, 0.4)
            crescent(c, (x + w * 0.3, y - inner * 0.45), r, hour.glow)
        if hour.night:
            for dx, dy in ((-0.6, -0.6), (-0.2, 0.2), (-0.75, 0.1), (0.0, -0.75), (0.6, 0.15)):
                c.ellipse((x + dx * inner, y + dy * inner), 0.002, 0.002, (240, 240, 230))
    elif weather.clouds < CLOSED or not weather.falling:
        grey = mix(low, (255, 255, 255), 0.3 if not hour.night else 0.08)
        for dx, dy, r in ((-0.35, -0.35, 0.4), (0.1, -0.45, 0.5), (0.45, -0.2, 0.35)):
            c.ellipse((x + dx * inner, y + dy * inner), r * inner, r * inner * 0.4, grey, 0.7)
    _weather(s, at, half, inner, round_one=round_one)


def _weather(s: Scene, at: Point, half: Point, inner: float, *, round_one: bool) -> None:
    """Fog, lightning, rain and snow in front of the view."""
    c, weather = s.canvas, s.light.weather
    (x, y), (w, h) = at, half
    wide = inner if w < h * 1.5 else w * 0.9
    pale = mix(s.light.haze, (255, 255, 255), 0.45)
    if weather.fog >= 0.3:
        if round_one:
            c.ellipse((x, y + inner * 0.45), wide * 0.95, inner * 0.5, pale, 0.6)
        else:
            for top in (-0.15, 0.2, 0.5):
                c.box(x - w, y + h * top, x + w, y + h, pale, 0.45)
    if weather.storm:
        c.glow((x + wide * 0.4, y), inner, (226, 222, 255), 0.45)
        bolt(c, (x + wide * 0.3, y - inner * 0.7), inner * 1.3, (240, 238, 255))
    if weather.falling:
        slant = -0.16 - 0.55 * weather.wind
        for k in range(round(_DROPS * wide / inner)):
            dx, dy = (((k * 0.755) % 1) * 2 - 1) * wide * 0.86, (((k * 0.57) % 1) * 2 - 1) * inner
            if weather.falling == "rain":
                long = 0.03
                end = (x + dx + slant * long, y + dy * 0.86 + long)
                c.stroke([(x + dx, y + dy * 0.86), end], 0.0025, pale)
            else:
                c.ellipse((x + dx, y + dy * 0.86), 0.004, 0.004, pale, 0.9)


def _halo(s: Scene, at: Point) -> None:
    if s.light.hour.night:
        s.canvas.glow(at, 0.4, mix(s.light.sky[0], (160, 190, 255), 0.5), 0.2)
    else:
        bright = 0.35 * (1 - 0.5 * s.light.weather.clouds)
        s.canvas.glow(at, 0.5, s.light.hour.glow, bright)


def _frame(s: Scene) -> Colour:
    return s.light.inside(lighter(s.tones.far, 0.13))


def window(s: Scene, x: float) -> None:
    """Draw a square window."""
    c, frame = s.canvas, _frame(s)
    y, w, h = -0.37, 0.125, 0.165
    _halo(s, (x, y))
    c.box(x - w - 0.018, y - h - 0.018, x + w + 0.018, y + h + 0.018, frame, radius=0.008)
    outlook(s, (x, y), (w, h))
    c.box(x - 0.006, y - h, x + 0.006, y + h, frame)
    c.box(x - w, y - 0.006, x + w, y + 0.006, frame)
    c.box(x - w - 0.035, y + h + 0.014, x + w + 0.035, y + h + 0.03, lighter(frame, 0.02))


def round_window(s: Scene, x: float) -> None:
    """Draw a round window with a cross."""
    c, frame = s.canvas, _frame(s)
    y = -0.37
    _halo(s, (x, y))
    c.ellipse((x, y), 0.155, 0.155, frame)
    outlook(s, (x, y), (0.135, 0.135), round_one=True)
    c.box(x - 0.006, y - 0.15, x + 0.006, y + 0.15, frame)
    c.box(x - 0.15, y - 0.006, x + 0.15, y + 0.006, frame)


def porthole(s: Scene, x: float) -> None:
    """Draw a small round window in a ring of brass with its bolts."""
    c = s.canvas
    brass = s.light.inside((176, 136, 74))
    at, r = (x, -0.36), 0.1
    _halo(s, at)
    c.ellipse(at, r * 1.34, r * 1.34, darker(brass, 0.08))
    c.ellipse(at, r * 1.2, r * 1.2, brass)
    outlook(s, at, (r, r), round_one=True)
    for k in range(8):
        turn = math.tau * (k + 0.5) / 8
        spot = (at[0] + r * 1.27 * math.cos(turn), at[1] + r * 1.27 * math.sin(turn))
        c.ellipse(spot, 0.008, 0.008, lighter(brass, 0.1))


def tall(s: Scene, x: float) -> None:
    """Draw a window as high as a hall, with many panes and a round head."""
    c, frame = s.canvas, _frame(s)
    top, low, w = -0.6, -0.1, 0.105
    _halo(s, (x, -0.35))
    c.ellipse((x, top), w + 0.02, w + 0.02, frame)
    c.box(x - w - 0.02, top, x + w + 0.02, low + 0.02, frame)
    c.ellipse((x, top), w, w, s.light.sky[0])
    outlook(s, (x, (top + low) / 2), (w, (low - top) / 2))
    for k in range(1, 5):
        level = top + (low - top) * k / 5
        c.box(x - w, level - 0.004, x + w, level + 0.004, frame)
    for across in (-0.33, 0.33):
        c.box(x + w * across * 1.02 - 0.003, top - 0.09, x + w * across * 1.02 + 0.003, low, frame)
    c.box(x - w - 0.04, low + 0.02, x + w + 0.04, low + 0.038, lighter(frame, 0.03))


def pointed(s: Scene, x: float) -> None:
    """Draw a window with a pointed arch and coloured glass, as churches have."""
    c = s.canvas
    stone = s.light.inside(lighter(s.tones.far, 0.05))
    w, low, spring = 0.085, -0.2, -0.5
    _halo(s, (x, -0.4))
    for grow, paint in ((0.024, stone), (0.0, darker(s.light.sky[1], 0.1))):
        c.polygon(_gothic(x, w + grow, low + grow, spring, 0.17 + grow), paint)
    glass = ((176, 58, 62), (66, 96, 168), (214, 170, 74), (84, 140, 104))
    shine = 0.3 if s.light.hour.night else 0.22
    for row in range(6):
        for col in range(3):
            tone = mix(glass[(row * 2 + col) % 4], s.light.sky[1], shine)
            left, top = x - w + 0.008 + col * w * 0.64, spring + 0.008 + row * 0.049
            c.box(left, top, left + w * 0.56, top + 0.042, tone)
    c.ellipse((x, spring - 0.05), 0.036, 0.036, mix(glass[2], s.light.sky[1], shine))


def _gothic(x: float, w: float, low: float, spring: float, rise: float) -> list[Point]:
    left = [(x - w + w * (k / 8) ** 1.6, spring - rise * math.sin(math.pi / 2 * k / 8))
            for k in range(9)]  # fmt: skip
    right = [(2 * x - px, py) for px, py in reversed(left)]
    return [(x - w, low), *left, *right, (x + w, low)]


def barred(s: Scene, x: float) -> None:
    """Draw a small barred window high in the wall, and the light that falls from it."""
    c = s.canvas
    stone = s.light.inside(darker(s.tones.far, 0.12))
    w, y, h = 0.09, -0.5, 0.07
    c.box(x - w - 0.02, y - h - 0.02, x + w + 0.02, y + h + 0.02, stone)
    outlook(s, (x, y), (w, h))
    for k in range(-2, 3):
        c.stroke([(x + k * 0.034, y - h), (x + k * 0.034, y + h)], 0.009, (44, 42, 46))
    if s.light.weather.clouds < _CLOUDED:
        ray = [(x - w, y + h), (x + w, y + h), (x + 0.42, 0.16), (x + 0.12, 0.16)]
        c.soft(ray, s.light.hour.glow, 0.12, 0.04)
