"""Soft round masks without steps: computed in fractions, rounded only once they are large.

Pillow's own radial gradient has 256 levels on 256 pixels; enlarged to a whole card, its steps
show as streaks on a wall.
"""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio_animatic.drawing.canvas import Point

__all__ = ["soft_mask"]

_SIDE = 65  # samples across; the falloff is smooth, so few are enough


def soft_mask(
    profile: Callable[[float], float],
    size: tuple[int, int],
    corners: tuple[Point, Point] = ((-1.0, -1.0), (1.0, 1.0)),
) -> Image.Image:
    """Return a mask of ``size`` that shows part of a round falloff.

    Args:
        profile: Opacity, 0 to 1, by the distance from the middle; beyond the corners of the
            unit square it is not asked. A function at module level, since it is remembered.
        size: Width and height of the mask, in pixels.
        corners: Which part of the unit square to show, from -1 to 1 each way.
    """
    (left, top), (right, bottom) = corners
    scale = _SIDE / 2
    box = (
        max(0.0, (left + 1) * scale),
        max(0.0, (top + 1) * scale),
        min(float(_SIDE), (right + 1) * scale),
        min(float(_SIDE), (bottom + 1) * scale),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return Image.new("L", size, 0)
    return _falloff(profile).resize(size, Image.Resampling.BICUBIC, box).convert("L")


@functools.lru_cache(maxsize=8)
def _falloff(profile: Callable[[float], float]) -> Image.Image:
    middle = (_SIDE - 1) / 2
    image = Image.new("F", (_SIDE, _SIDE))
    image.putdata(
        [
            255 * profile(math.hypot(x - middle, y - middle) / (_SIDE / 2))
            for y in range(_SIDE)
            for x in range(_SIDE)
        ]
    )
    return image
