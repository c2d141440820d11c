"""People in the water: what they do there, and how much of them is seen, from words."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.reading.rest import subject
from ministudio_animatic.reading.ways import is_under
from ministudio_animatic.reading.words import first, table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Stroke", "Wet", "read_wet"]


class Stroke(StrEnum):
    """What somebody does in the water."""

    SWIM = "swim"
    FLOAT = "float"
    DROWN = "drown"
    STAND = "stand"
    UNDER = "under"


@attrs.frozen
class Wet:
    """What somebody does in the water, and down to where the body stands out of it, in heads."""

    stroke: Stroke
    depth: float = 1.25


_SWIM: Final = Wet(Stroke.SWIM)
_FLOAT: Final = Wet(Stroke.FLOAT)
_DROWN: Final = Wet(Stroke.DROWN, 1.04)
_WADE: Final = Wet(Stroke.STAND, 4.0)
_TREAD: Final = Wet(Stroke.STAND, 1.2)
_DOES: Final[Mapping[str, Wet]] = table(
    (_DROWN, "drowns, drowning, drown, goes under, going under"),
    (_TREAD, "treads water, treading water, bobs, bobbing"),
    (_SWIM, "swims, swimming, swim, swam"),
    (_FLOAT, "floats, floating, float"),
    (_WADE, "wades, wading, wade, waded"),
)
_DEPTHS: Final[Mapping[str, float]] = table(
    (5.5, "ankle"), (4.75, "knee"), (4.0, "thigh"), (3.3, "hip"), (2.9, "waist"),
    (2.0, "chest"), (1.55, "shoulder"), (1.2, "neck, throat"), (1.03, "chin"),
)  # fmt: skip
_DEEP: Final = re.compile(
    r"\bup to (?:his|her|their|the|its)? ?(\w+)|\b(\w+)[- ]deep\b|\bto the (\w+) in\b"
)
_WITHIN: Final = re.compile(
    r"(?:^|\b(?:stand|walk|play|bath|splash)\w* (?:\w+ )?)in(?:to)?"
    r" (?:the |deep |shallow |cold )?(?:\w+ )?(?:water|sea|waves|surf|lake|river)\b"
)


def read_wet(posture: str, action: str, name: str) -> Wet | None:
    """Return what somebody does in the water where they are; None for somebody on dry land."""
    if is_under(posture):
        return Wet(Stroke.UNDER)
    does = first(posture, _DOES) or _acts(action, name)
    deep = _depth(posture)
    if does is not None:
        wades = does.stroke is Stroke.STAND
        return Wet(Stroke.STAND, deep) if wades and deep is not None else does
    if deep is not None:
        return Wet(Stroke.STAND, deep)
    return Wet(Stroke.STAND, 2.9) if _WITHIN.search(posture.lower()) else None


def _depth(posture: str) -> float | None:
    for groups in _DEEP.findall(posture.lower()):
        found = first(" ".join(groups), _DEPTHS)
        if found is not None:
            return found
    return None


def _acts(action: str, name: str) -> Wet | None:
    """What the action says of somebody as its subject."""
    verbs = "|".join(_DOES)
    found = re.search(rf"{subject(name)} ?\b({verbs})\b", action.lower())
    return _DOES[found.group(1)] if found else None
