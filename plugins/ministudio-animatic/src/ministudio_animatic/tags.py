"""Outlines with a word in them for what nobody can draw, as storyboard artists mark it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
from PIL import ImageDraw

from ministudio.plugin import Hand, Lettering, ShotSize
from ministudio_animatic.parts import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from ministudio_animatic.card import Sheet
    from ministudio_animatic.parts import Part

__all__ = ["Tag", "draw_tags", "place_tags"]

_MOST: Final = 2
_LETTERS: Final = 0.03  # of the frame's height
_TALL: Final = 0.15
_CLEAR: Final = 0.03  # kept free round heads and over the caption band, for the camera's moves
_LOOSE: Final = frozenset(
    {ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.FULL, ShotSize.MEDIUM_WIDE}
)
_SPOTS: Final = (0.86, 0.14, 0.7, 0.3, 0.5)  # across, from the outside in


@attrs.frozen(kw_only=True)
class Tag:
    """One outline: its word, and its left, top, right and bottom in frame heights."""

    word: str
    box: Box


def place_tags(
    words: Sequence[str], parts: Sequence[Part], size: ShotSize, aspect: float, band_top: float
) -> list[Tag]:
    """Return where outlines stand: on the ground, beside everybody, over the caption band.

    Only sizes that show the place have any; a word without room is left to the notes.
    """
    if size not in _LOOSE:
        return []
    taken = [_keep_clear(part, aspect) for part in parts]
    tags: list[Tag] = []
    low = band_top - _CLEAR
    for word in words:
        half = max(0.07, len(word) * _LETTERS * 0.3 + 0.02)
        for share in _SPOTS:
            x = share * aspect
            box = (x - half, low - _TALL, x + half, low)
            inside = box[0] > _CLEAR and box[2] < aspect - _CLEAR and box[1] > _CLEAR
            if inside and not any(_meet(box, other) for other in taken):
                tags.append(Tag(word=word, box=box))
                taken.append(box)
                break
        if len(tags) == _MOST:
            break
    return tags


def draw_tags(image: Image.Image, tags: Sequence[Tag], sheet: Sheet) -> None:
    """Draw the outlines on a card, a thin broken line with the word in the middle."""
    if not tags:
        return
    left, top = sheet.corner
    lettering = Lettering()
    font = lettering.font(Hand.STRONG, max(9, round(_LETTERS * sheet.unit)))
    pen = ImageDraw.Draw(image, "RGBA")
    wide = max(1, round(0.0022 * sheet.unit))
    for tag in tags:
        x0, y0, x1, y1 = (
            round((at - shift) * sheet.unit)
            for at, shift in zip(tag.box, (left, top, left, top), strict=True)
        )
        pen.rectangle((x0, y0, x1, y1), fill=(14, 16, 24, 60))
        step = max(4, round(0.014 * sheet.unit))
        for x in range(x0, x1, step * 2):
            for y in (y0, y1):
                pen.line((x, y, min(x1, x + step), y), fill=(246, 244, 239, 220), width=wide)
        for y in range(y0, y1, step * 2):
            for x in (x0, x1):
                pen.line((x, y, x, min(y1, y + step)), fill=(246, 244, 239, 220), width=wide)
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        pen.text(middle, tag.word, font=font, fill=(246, 244, 239, 235), anchor="mm")


def _keep_clear(part: Part, aspect: float) -> Box:
    left, top, right, bottom = part.visible(aspect)
    return left - _CLEAR, top - _CLEAR, right + _CLEAR, bottom + _CLEAR


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
