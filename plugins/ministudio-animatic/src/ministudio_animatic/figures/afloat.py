"""Beings in the water: what the surface hides, and the rings around what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Canvas, smooth

if TYPE_CHECKING:
    from PIL import Image

    from ministudio_animatic.drawing.colour import Colour
    from ministudio_animatic.framing import Body

__all__ = ["afloat"]

_SEEN_BELOW: Final = 0.5  # how much of a shape under the surface the water lets through


def afloat(tile: Image.Image, body: Body, surface: int, unit: float, pale: Colour) -> Image.Image:
    """Return the picture of a being as it lies in the water.

    Args:
        tile: The being out of the water.
        body: What staging knows of it.
        surface: At which row of the picture the water's surface is.
        unit: Pixels in a head.
        pale: Colour of the rings around it.
    """
    seen = tile.copy()
    wide, high = tile.size
    if body.sunk:
        below = tile.getchannel("A").point([round(a * _SEEN_BELOW) for a in range(256)])
        seen.putalpha(below)
        rings = ((0.62, 0.3), (0.42, 0.16))
        surface -= round(body.heads * unit * 0.5)
    else:
        surface = max(1, min(surface, high))
        if surface < high:
            seen.paste((0, 0, 0, 0), (0, surface, wide, high))
        rings = ((0.56, 0.1), (0.44, 0.055))
    water = Canvas(wide, high, (-wide / 2 / unit, -surface / unit), unit)
    for across, down in rings:
        points = [
            (body.width * across * x, body.width * down * y)
            for x, y in ((-1, -0.1), (-0.72, 0.66), (0, 1), (0.72, 0.66), (1, -0.1))
        ]
        water.stroke(smooth(points, steps=6), max(1.3 / unit, body.width * 0.02), pale)
    foam = water.finish()
    foam.putalpha(foam.getchannel("A").point([round(a * 0.7) for a in range(256)]))
    seen.alpha_composite(foam)
    return seen
