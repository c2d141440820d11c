"""Colours in words: video models were taught names, not hexadecimal numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ministudio.prose.words import listed, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["colour_name", "colours"]

_HEX = re.compile(r"#[0-9a-fA-F]{6}")

_NAMES: Final[Mapping[str, str]] = {
    "black": "000000",
    "near-black blue": "0a0f1e",
    "charcoal": "33373c",
    "slate grey": "5d6b78",
    "dove grey": "9aa3a8",
    "silver": "c4c9cd",
    "white": "ffffff",
    "off-white": "f5f3ee",
    "ivory": "f3ead6",
    "cream": "ece0c5",
    "sand": "d9c6a0",
    "tan": "c8a276",
    "brown": "75512f",
    "dark brown": "3e2a1b",
    "burgundy": "6d1a2d",
    "crimson": "c2253f",
    "scarlet": "e8331c",
    "brick red": "a5493d",
    "coral": "f27f63",
    "peach": "efbd9d",
    "blush pink": "e9b7b4",
    "hot pink": "e0288c",
    "magenta": "c7159a",
    "plum": "70365f",
    "purple": "6c35a8",
    "lavender": "b3a5d8",
    "indigo": "35308a",
    "midnight blue": "17203a",
    "navy blue": "22335a",
    "dark slate blue": "2b3d50",
    "denim blue": "41597a",
    "blue-grey": "62798a",
    "royal blue": "2c54c9",
    "steel blue": "4f7ba3",
    "dusty blue": "7593ad",
    "sky blue": "8bc3ea",
    "pale blue": "c4dcea",
    "petrol blue": "215a70",
    "teal": "1f8080",
    "grey-green": "7f8f82",
    "pale grey-blue": "a6bdc4",
    "turquoise": "2cc4be",
    "cyan": "10d8e4",
    "mint green": "a9dcc0",
    "sage green": "98a684",
    "olive green": "6f7233",
    "moss green": "57703f",
    "forest green": "26502f",
    "dark green": "16301f",
    "green": "3d9155",
    "lime green": "9fd13a",
    "pale yellow": "f4e39b",
    "yellow": "f6d84a",
    "golden yellow": "f2b83f",
    "mustard": "cf9c2c",
    "amber": "d98f32",
    "bronze": "bd874a",
    "orange": "ef8632",
    "rust": "a5532a",
    "terracotta": "c16a4b",
}
_POINTS = {name: tuple(bytes.fromhex(code)) for name, code in _NAMES.items()}


def colours(values: Iterable[str]) -> str:
    """Return a palette in words, each name once: ``navy blue, amber and cream``."""
    names = (colour_name(v) if _HEX.fullmatch(v.strip()) else phrase(v) for v in values)
    return listed(list(dict.fromkeys(name for name in names if name)))


@lru_cache(maxsize=512)
def colour_name(code: str) -> str:
    """Return the nearest colour with a name to ``#rrggbb``."""
    red, green, blue = bytes.fromhex(code.strip()[1:])

    def distance(name: str) -> float:
        r, g, b = _POINTS[name]
        # The eye weighs red and blue by how red the colour is ("redmean").
        mean = (r + red) / 512
        return (2 + mean) * (r - red) ** 2 + 4 * (g - green) ** 2 + (3 - mean) * (b - blue) ** 2

    return min(_POINTS, key=distance)
