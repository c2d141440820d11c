"""Which water there is in a place: the sea, a river, a pond, a fountain, a tank."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ministudio.plugin import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.plugin import PromptInput

__all__ = ["Water", "water_of"]


class Water(StrEnum):
    """A sort of water that beings swim in and boats float on."""

    SEA = "sea"
    RIVER = "river"
    POND = "pond"
    BASIN = "basin"
    TANK = "tank"

    @property
    def lies(self) -> bool:
        """Whether it lies open in the land or in a floor, and is not held in a vessel."""
        return self in {Water.SEA, Water.RIVER, Water.POND}


_WORDS: Final[Mapping[Water, str]] = {
    Water.RIVER: r"rivers?|riverbank|riverside|lakes?|lakeside|lakeshore|loch|canals?|streams?"
    r"|brook|creek|lagoon|moat|fjord|harbou?r|quay(?:side)?|marina|waterfront|estuary|reservoir",
    Water.POND: r"ponds?|(?:swimming |paddling )?pools?|poolside|lido|oasis|waterhole",
    Water.TANK: r"aquariums?|(?:fish |water |glass )?tanks?|(?:gold)?fish ?bowl",
    Water.BASIN: r"fountains?|basin|trough|bird ?bath|(?:bath)?tub|bath",
}
_NEVER: Final = re.compile(
    r"\b(?:pool (?:table|of (?:light|shadow|blood))s?|car ?pool|streams? of (?:people|light|cars"
    r"|traffic|data)|fountain pen|think ?tank|tank top|(?:dry|dried.up|frozen|empty|no|without an?)"
    r" (?:\w+ )?(?:river|lake|canal|stream|brook|creek|pond|pool|fountain|tank|basin|oasis)\w*"
    r"|(?:painting|picture|photograph|map|poster|print|drawing) of (?:an?|the) (?:\w+ )?\w+)\b"
)
_IN: Final = r"\b(?:in|into|on|onto|across|under|out of) (?:an?|the|its|his|her|their) (?:\w+ )?"
_NOWHERE: Final = frozenset({PlaceKind.SKY, PlaceKind.SPACE, PlaceKind.ABSTRACT})


def water_of(story: PromptInput) -> Water | None:
    """Return the water of a shot's place: by its kind, by its own words, or by what happens.

    A room has the water that rooms have; a lake seen from its window is none.
    """
    place = story.place
    if place is None or place.identity.kind in _NOWHERE:
        return None
    kind, identity = place.identity.kind, place.identity
    if kind is PlaceKind.SEA:
        return Water.SEA
    indoors = kind is PlaceKind.INTERIOR
    there = (place.name, identity.description, identity.architecture, *identity.fixed_elements)
    words = " . ".join((*there, *story.context.props))
    doing = " . ".join((*(member.state.posture for member in story.cast), story.action))
    return _named(words, "", indoors=indoors) or _named(doing, _IN, indoors=indoors)


def _named(words: str, before: str, *, indoors: bool) -> Water | None:
    said = _NEVER.sub(" ", words.lower())
    for water, names in _WORDS.items():
        if indoors and water is Water.RIVER:
            continue
        if re.search(rf"{before}\b(?:{names})\b", said):
            return water
    return None
