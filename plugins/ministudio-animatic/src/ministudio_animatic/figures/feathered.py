"""Birds, hens and fish, seen from the side, in units of their own height."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.acting import STILL, Act
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.figures.side import Side

if TYPE_CHECKING:
    from ministudio_animatic.drawing.canvas import Canvas, Point
    from ministudio_animatic.figures.beast import Beast

__all__ = ["draw_bird", "draw_fish", "draw_hen", "draw_rising", "risen"]

_RISING: Final = math.radians(52)
_NOSE: Final = 0.9  # where a fish's nose is, from its middle, in its own height
_LENGTH: Final = 1.8
_STEPS: Final = (0.0, 0.1, -0.1)  # how far a foot is ahead of where it stands, by drawing


def risen(share: float) -> tuple[float, float]:
    """Return the height and width of what is seen of a fish that lifts ``share`` of its length.

    Both are in heights of the fish.
    """
    return 0.06 + share * _LENGTH * math.sin(_RISING), 1.35


def draw_rising(
    canvas: Canvas, tall: float, coat: Colour, facing: int, share: float, *, act: Act = STILL
) -> None:
    """Draw a fish that rises nose first; the water's surface is at the height ``risen`` says."""
    nose_x, nose_y = _NOSE * math.cos(_RISING), 0.5 - _NOSE * math.sin(_RISING)
    middle = nose_x - share * _LENGTH * 0.5 * math.cos(_RISING)
    pen = Side(canvas, tall, facing, _RISING, (-middle, 0.06 - nose_y), act=act)
    _fish(pen, coat)


def draw_fish(pen: Side, beast: Beast, coat: Colour) -> None:
    """Draw a whole fish."""
    del beast
    _fish(pen, coat)


def _fish(pen: Side, coat: Colour) -> None:
    dark, pale = darker(coat, 0.1), lighter(coat, 0.14)
    pen.blob([(-0.6, 0.5), (-0.92, 0.18), (-0.84, 0.5), (-0.92, 0.82)], dark)
    pen.blob([(-0.2, 0.2), (0.12, 0.02), (0.2, 0.26)], dark)
    pen.blob([(0.9, 0.46), (0.55, 0.16), (0.0, 0.12), (-0.5, 0.42), (-0.66, 0.5), (-0.5, 0.58),
              (0.0, 0.86), (0.55, 0.82)], coat)  # fmt: skip
    pen.blob([(0.78, 0.62), (0.4, 0.78), (0.0, 0.8), (0.3, 0.66)], pale)
    scale = mix(coat, dark, 0.45)
    for row in range(4):
        for col in range(5):
            x, y = 0.24 - 0.15 * col - 0.07 * (row % 2), 0.28 + 0.12 * row
            if abs(y - 0.48) < 0.3 + 0.3 * x + 0.1:
                pen.limb([(x + 0.04, y - 0.05), (x, y), (x + 0.04, y + 0.05)], [0.012] * 3, scale)
    pen.limb([(0.42, 0.22), (0.34, 0.45), (0.4, 0.72)], [0.02, 0.03, 0.02], dark)
    pen.blob([(0.2, 0.55), (0.0, 0.82), (0.28, 0.7)], dark)
    if pen.gape:
        low = 0.54 + 0.1 * pen.gape
        pen.blob([(0.9, 0.475), (0.8, 0.52), (0.7, 0.565), (0.78, low + 0.01), (0.86, low)],
                 darker(dark, 0.3))  # fmt: skip
        lip = [(0.87, low - 0.01), (0.79, low + 0.02), (0.69, 0.57)]
        pen.limb(lip, [0.026, 0.026, 0.014], darker(dark, 0.06))
    else:
        line = [(0.87, 0.52), (0.76, 0.575), (0.68, 0.57)]
        pen.limb(line, [0.022, 0.02, 0.012], darker(dark, 0.1))
    pen.disc((0.62, 0.39), 0.075, 0.078, lighter(pale, 0.1))
    pen.disc((0.625, 0.39), 0.052, 0.056, (28, 26, 30))
    pen.disc((0.642, 0.37), 0.016, 0.017, (250, 248, 240))


def draw_hen(pen: Side, beast: Beast, coat: Colour) -> None:
    """Draw a hen: round, the tail raised, with comb and wattle."""
    dark, red = darker(coat, 0.08), (198, 58, 52)
    for x, way in () if beast.lies else ((-0.1, 1), (0.08, -1)):
        foot = x + way * _STEPS[pen.act.stride]
        pen.limb([(x, 0.8), (foot + 0.01, 0.965)], [0.035, 0.03], (214, 152, 66))
        pen.limb([(foot - 0.03, 0.97), (foot + 0.1, 0.975)], [0.025, 0.02], (214, 152, 66))
    pen.blob([(-0.3, 0.55), (-0.6, 0.18), (-0.46, 0.17), (-0.36, 0.24), (-0.14, 0.44)], dark)
    pen.blob([(-0.3, 0.5), (-0.5, 0.24), (-0.2, 0.4)], coat)
    pen.blob([(-0.48, 0.5), (-0.22, 0.42), (0.08, 0.4), (0.2, 0.16), (0.38, 0.16), (0.42, 0.5),
              (0.3, 0.78), (0.02, 0.87), (-0.28, 0.8)], coat)  # fmt: skip
    for x, y in ((0.2, 0.09), (0.28, 0.045), (0.36, 0.08)):
        pen.disc((x, y), 0.055, 0.06, red)
    pen.disc((0.42, 0.33), 0.04, 0.07, red)
    pen.disc((0.3, 0.22), 0.135, 0.135, coat)
    pen.blob([(-0.32, 0.56), (-0.06, 0.48), (0.14, 0.58), (0.0, 0.72), (-0.22, 0.72)], dark)
    _beak(pen, (0.4, 0.19), (0.54, 0.24), (232, 170, 70))
    pen.disc((0.33, 0.2), 0.026, 0.006 if beast.sleeps else 0.028, (28, 24, 26))


def draw_bird(pen: Side, beast: Beast, coat: Colour) -> None:
    """Draw a bird."""
    dark = darker(coat, 0.1)
    for x, way in () if beast.lies else ((-0.04, 1), (0.08, -1)):
        foot = x + way * _STEPS[pen.act.stride] * 0.6
        pen.limb(
            [(x, 0.78), (foot + 0.02, 0.96), (foot + 0.1, 0.975)],
            [0.03, 0.025, 0.02],
            (196, 138, 66),
        )
    pen.blob([(-0.55, 0.66), (-0.28, 0.46), (-0.2, 0.6), (-0.46, 0.76)], dark)
    pen.blob([(-0.3, 0.52), (-0.02, 0.34), (0.2, 0.2), (0.34, 0.3), (0.3, 0.6), (0.1, 0.82),
              (-0.16, 0.78)], coat)  # fmt: skip
    pen.disc((0.2, 0.2), 0.19, 0.19, coat)
    pen.blob([(-0.34, 0.6), (-0.06, 0.42), (0.12, 0.5), (0.02, 0.68), (-0.2, 0.7)], dark)
    pen.blob([(0.12, 0.5), (0.3, 0.42), (0.26, 0.66), (0.1, 0.76)], lighter(coat, 0.14))
    _beak(pen, (0.36, 0.15), (0.52, 0.22), (228, 164, 66))
    pen.disc((0.25, 0.16), 0.032, 0.008 if beast.sleeps else 0.036, (28, 24, 26))


def _beak(pen: Side, root: Point, tip: Point, colour: Colour) -> None:
    """Draw a beak from the upper end of its root, the lower half open as far as it speaks."""
    x, low = root[0], root[1] + (tip[1] - root[1]) * 1.7
    if pen.gape:
        drop = 0.12 * pen.gape
        pen.blob([(x, low - 0.02), (tip[0] - 0.02, tip[1] + drop), (x, low + drop * 0.5)],
                 darker(colour, 0.12))  # fmt: skip
    pen.blob([root, tip, (x, low)], colour)
