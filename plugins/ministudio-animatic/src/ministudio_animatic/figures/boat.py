"""A rowing boat around those who are aboard; lengths are in frame heights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Canvas, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL import Image

    from ministudio_animatic.drawing.canvas import Point
    from ministudio_animatic.parts import Part

__all__ = ["draw_boat"]

_TARRED: Final[Colour] = (104, 76, 56)
_SIDES: Final = 1.9  # heads from the gunwale to the feet


def draw_boat(
    parts: Sequence[Part],
    size: tuple[int, int],
    corner: Point,
    unit: float,
    lit: Callable[[Colour], Colour],
) -> Image.Image:
    """Return a picture of ``size`` with the boat that holds ``parts`` in it.

    Args:
        parts: Those who are aboard, at least one.
        size: Width and height of the card in pixels.
        corner: The card's top left corner, in frame heights.
        unit: Pixels in a frame height.
        lit: How a colour looks in the light of the shot.
    """
    canvas = Canvas(*size, corner, unit)
    head = max(part.head for part in parts)
    left = min(part.box[0] for part in parts) - head * 1.1
    right = max(part.box[2] for part in parts) + head * 1.1
    low = max(part.box[3] for part in parts) + head * 0.1
    high = low - head * _SIDES
    wood, pale = lit(_TARRED), lit(lighter(_TARRED, 0.1))
    hull = [(left - head * 0.5, high - head * 0.35), (left + head * 0.5, high),
            (right - head * 0.5, high), (right + head * 0.5, high - head * 0.35),
            (right - head * 0.4, low), (left + head * 0.4, low)]  # fmt: skip
    canvas.polygon(hull, wood)
    for share in (0.3, 0.6):
        y = high + (low - high) * share
        inset = head * (0.9 * share - 0.25)
        canvas.stroke([(left + inset, y), (right - inset, y)], head * 0.05, darker(wood, 0.06))
    canvas.stroke(hull[:4], head * 0.16, pale)
    ring = [(left - head * 0.3, low - head * 0.15), ((left + right) / 2, low + head * 0.12),
            (right + head * 0.3, low - head * 0.15)]  # fmt: skip
    canvas.stroke(smooth(ring), head * 0.07, lit((226, 236, 238)))
    return canvas.finish()
