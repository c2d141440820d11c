"""How beings are in a place: in the water or aboard, how large, and on whose heels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ministudio_animatic.reading.words import every, table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LARGEST", "aboard", "glows", "is_under", "order", "rise", "size"]

LARGEST: Final = 12.0
"""How many times its usual size words may make a being."""

_UNDER: Final = re.compile(
    r"\b(?:under ?water|submerged"
    r"|(?:under|below|beneath) the (?:surface|water|waves|sea|river|lake|pond))\b"
)
_SIZES: Final[Mapping[str, float]] = table(
    (0.5, "tiny, minute"),
    (0.8, "small, little"),
    (1.4, "big, large, larger, bigger"),
    (1.5, "great, greater, massive"),
    (2.4, "huge, enormous, giant, gigantic, vast, colossal, towering"),
)
_BUILDINGS: Final = re.compile(
    r"\b(?:as |\w+er than an? |size of an? )(?:\w+ )?(?:as a )?"
    r"(?:house|ship|church|tower|tree|hill|palace|mountain|building)\b"
)
_HOUSE: Final = 10.0
_BEFORE: Final = re.compile(r"\b(?:ahead of|in front of|leads|leading|flees|fleeing|escapes)\b")
_AFTER: Final = re.compile(r"\b(?:follows|following|chases|chasing|behind|at the heels)\b")
_ABOARD: Final = re.compile(
    r"\b(?:aboard|afloat|rows|rowing|in (?:an?|the|his|her|their|its) (?:\w+ )?"
    r"(?:boat|dinghy|canoe|skiff|punt|rowboat|coble))\b"
)
_LIT: Final = re.compile(
    r"\b(?:light of (?:its|their|his|her) own|glow(?:s|ing)?|luminous|phosphorescent|radiant)\b"
)


def aboard(words: str) -> bool:
    """Return whether somebody is in a boat."""
    return _ABOARD.search(words.lower()) is not None


def is_under(posture: str) -> bool:
    """Return whether a posture is one under the surface of the water."""
    return _UNDER.search(posture.lower()) is not None


def rise(posture: str) -> float:
    """Return how much of a swimmer's length stands out of the water, 0 to 1."""
    words = posture.lower()
    if "half" in words:
        return 0.5
    return 0.44 if re.search(r"\b(?:risen|rises|rising|leaps?|breach\w*)\b", words) else 0.36


def size(*texts: str) -> float:
    """Return how many times its usual size a being is, from words such as 'huge'."""
    largest = 1.0
    for text in texts:
        if _BUILDINGS.search(text.lower()):
            return _HOUSE
        for _, times in every(text, _SIZES):
            largest *= times
    return min(LARGEST, max(0.4, largest))


def order(words: str) -> int:
    """Return 1 for somebody who goes before the others, -1 for who comes after, else 0."""
    if _BEFORE.search(words.lower()):
        return 1
    return -1 if _AFTER.search(words.lower()) else 0


def glows(words: str) -> bool:
    """Return whether somebody gives off light."""
    return _LIT.search(words.lower()) is not None
