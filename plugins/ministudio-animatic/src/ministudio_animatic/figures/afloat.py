"""Beings in the water: what the surface hides, and the rings around what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Canvas, smooth

if TYPE_CHECKING:
    from PIL import Image

    from ministudio_animatic.drawing.colour import Colour
    from ministudio_animatic.framing import Body

__all__ = ["afloat"]

_LONG: Final = 3.0  # heads; how long a body may be for its rings to be as deep as it is long
_SOLID: Final = 127  # of 255, from which a pixel belongs to the body
_CLEAR: Final = 0.5  # heads; how far down the water lets a body be seen
_SEEN_BELOW: Final = 0.72  # how much of a shape under the surface the water lets through


def afloat(
    tile: Image.Image, body: Body, at: tuple[int, int], unit: float, pale: Colour
) -> tuple[Image.Image, Image.Image]:
    """Return what is seen of a being that lies in the water, and the rings around it.

    Args:
        tile: The being out of the water.
        body: What staging knows of it.
        at: At which column of the picture its middle is, and at which row the water's surface.
        unit: Pixels in a head.
        pale: Colour of the rings around it.
    """
    seen = tile.copy()
    wide, high = tile.size
    middle, surface = at
    if body.sunk:
        below = tile.getchannel("A").point([round(a * _SEEN_BELOW) for a in range(256)])
        seen.putalpha(below)
        rings = ((0.62, 0.3), (0.42, 0.16))
        surface -= round(body.heads * unit * 0.5)
    elif body.leads:
        surface = max(1, min(surface, high))
        seen = _half_seen(tile, surface, unit)
        rings = ((0.56, 0.1), (0.44, 0.055))
    else:
        surface = max(1, min(surface, high))
        if surface < high:
            seen.paste((0, 0, 0, 0), (0, surface, wide, high))
        rings = ((0.56, 0.1), (0.44, 0.055))
    water = Canvas(wide, high, (-middle / unit, -surface / unit), unit)
    for across, down in rings:
        # The rings of a long body are no rounder than those of a short one.
        flat = min(body.width, _LONG) if body.leads else body.width
        points = [
            (body.width * across * x, flat * down * y)
            for x, y in ((-1, -0.1), (-0.72, 0.66), (0, 1), (0.72, 0.66), (1, -0.1))
        ]
        water.stroke(
            smooth(points, steps=6), max(1.3 / unit, flat * (0.012 if body.leads else 0.02)), pale
        )
    if body.leads and not body.sunk:
        _foam(water, tile, (middle, surface), unit, pale)
    foam = water.finish()
    foam.putalpha(foam.getchannel("A").point([round(a * 0.7) for a in range(256)]))
    return seen, foam


def _half_seen(tile: Image.Image, surface: int, unit: float) -> Image.Image:
    """Return a body whose part under the surface fades away in the water."""
    seen = tile.copy()
    alpha = tile.getchannel("A")
    depth = max(1, round(_CLEAR * unit))
    for row in range(surface, alpha.height):
        share = max(0.0, 1 - (row - surface) / depth) * 0.4
        line = alpha.crop((0, row, alpha.width, row + 1))
        alpha.paste(line.point([round(v * share) for v in range(256)]), (0, row))
    seen.putalpha(alpha)
    return seen


def _foam(water: Canvas, tile: Image.Image, at: tuple[int, int], unit: float, pale: Colour) -> None:
    """Draw a line of foam wherever the surface cuts the body."""
    middle, surface = at
    row = tile.getchannel("A").crop((0, surface - 1, tile.width, surface)).tobytes()
    start = None
    for x, opaque in enumerate((*row, 0)):
        if opaque > _SOLID and start is None:
            start = x
        elif opaque <= _SOLID and start is not None:
            across, half = ((start + x) / 2 - middle) / unit, (x - start) / 2 / unit
            water.ellipse((across, 0.03), half + 0.08, 0.05, pale)
            start = None
