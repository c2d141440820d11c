"""Colour arithmetic in OKLab, where equal steps look equal."""

from __future__ import annotations

import functools
import math

__all__ = [
    "Colour", "chroma", "darker", "from_lch", "hex_colour", "lch", "lighter", "lightness", "mix",
    "tinted",
]  # fmt: skip

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""

Lab = tuple[float, float, float]

_LINEAR = tuple(
    v / 255 / 12.92 if v / 255 <= 0.04045 else ((v / 255 + 0.055) / 1.055) ** 2.4
    for v in range(256)
)


def hex_colour(text: str) -> Colour:
    """Return the colour written as ``#rrggbb`` or ``#rgb``.

    Raises:
        ValueError: When the text is no such colour.
    """
    digits = text.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6:
        raise ValueError(f"a colour is written '#rrggbb', not {text!r}")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return ``one`` with ``share`` (0 to 1) of ``other`` in it."""
    a, b = _lab(one), _lab(other)
    return _rgb((_blend(a[0], b[0], share), _blend(a[1], b[1], share), _blend(a[2], b[2], share)))


def lightness(colour: Colour) -> float:
    """Return how light a colour looks, from 0 (black) to 1 (white)."""
    return _lab(colour)[0]


def chroma(colour: Colour) -> float:
    """Return how colourful a colour looks, from 0 (grey) to about 0.3."""
    _, a, b = _lab(colour)
    return math.hypot(a, b)


def lch(colour: Colour) -> Lab:
    """Return lightness, colourfulness, and hue in radians."""
    light, a, b = _lab(colour)
    return light, math.hypot(a, b), math.atan2(b, a)


def from_lch(parts: Lab) -> Colour:
    """Return the colour of a lightness, a colourfulness, and a hue in radians."""
    light, vivid, hue = parts
    return _rgb((light, vivid * math.cos(hue), vivid * math.sin(hue)))


def lighter(colour: Colour, step: float) -> Colour:
    """Return the colour ``step`` lighter, of a lightness that runs from 0 to 1."""
    light, a, b = _lab(colour)
    return _rgb((min(1.0, max(0.0, light + step)), a, b))


def darker(colour: Colour, step: float) -> Colour:
    """Return the colour ``step`` darker, of a lightness that runs from 0 to 1."""
    return lighter(colour, -step)


def tinted(base: Colour, tint: Colour, share: float, keep: float = 0.8) -> Colour:
    """Return ``base`` in the hue of ``tint``.

    Args:
        base: The colour that says how light the result is.
        tint: The colour that says of what hue it is.
        share: How much of the hue to take, 0 to 1.
        keep: How much of the lightness of ``base`` to keep, 0 to 1.
    """
    a, b = _lab(base), _lab(tint)
    light = _blend(b[0], a[0], 1 - share * (1 - keep))
    return _rgb((light, _blend(a[1], b[1], share), _blend(a[2], b[2], share)))


def _blend(one: float, other: float, share: float) -> float:
    return one + (other - one) * share


@functools.lru_cache(maxsize=4096)  # a scene asks for few colours, thousands of times
def _lab(colour: Colour) -> Lab:
    r, g, b = (_LINEAR[value] for value in colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _rgb(lab: Lab) -> Colour:
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _byte(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _byte(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _byte(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def _byte(value: float) -> int:
    value = min(1.0, max(0.0, value))
    encoded = value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(encoded * 255)
