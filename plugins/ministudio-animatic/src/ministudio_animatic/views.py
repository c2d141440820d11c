"""Frames cut from a card in two parts: the ground below the horizon, or what captions darken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from ministudio_animatic.planes import Picture, look

if TYPE_CHECKING:
    from ministudio_animatic.planes import Box

__all__ = ["dimmed", "opened"]


def opened(card: Picture, box: Box, size: tuple[int, int], level: float, stretch: float) -> Picture:
    """Return a frame as ``look`` does, with the ground below ``level`` drawn apart.

    Args:
        card: The picture to cut from.
        box: What the frame would show of it.
        size: Width and height of the frame.
        level: The row of the card at which the ground begins.
        stretch: How many times further apart it lies.
    """
    width, height = size
    scale = (box[3] - box[1]) / height
    begins = (level - box[1]) / scale
    split = min(height, max(0, round(begins / 2) * 2))
    top, low = (level + (row - begins) * scale / stretch for row in (split, height))
    frame = _blank(width, height)
    if split:
        above = (box[0], box[1], box[2], box[1] + split * scale)
        _put(frame, look(card, above, width, split), 0)
    if split < height:
        _put(frame, look(card, (box[0], top, box[2], low), width, height - split), split)
    return frame


def dimmed(card: Picture, box: Box, size: tuple[int, int], row: int) -> Picture:
    """Return a frame as ``look`` does, but in a hurry from an even ``row`` on: it is dark there."""
    width, height = size
    split = box[1] + row * (box[3] - box[1]) / height
    frame = _blank(width, height)
    clear, dark = (box[0], box[1], box[2], split), (box[0], split, box[2], box[3])
    _put(frame, look(card, clear, width, row), 0)
    _put(frame, look(card, dark, width, height - row, Image.Resampling.NEAREST), row)
    return frame


def _blank(width: int, height: int) -> Picture:
    half = (width // 2, height // 2)
    return Picture(Image.new("L", (width, height)), Image.new("L", half), Image.new("L", half))


def _put(frame: Picture, part: Picture, row: int) -> None:
    frame.y.paste(part.y, (0, row))
    frame.u.paste(part.u, (0, row // 2))
    frame.v.paste(part.v, (0, row // 2))
