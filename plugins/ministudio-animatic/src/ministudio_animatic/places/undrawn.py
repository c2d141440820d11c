"""What a place always has and no drawing knows: to be noted, and marked where there is room."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ministudio.plugin import PlaceKind
from ministudio_animatic.places.fixtures import FIXTURE_WORDS
from ministudio_animatic.places.indoors import room_of
from ministudio_animatic.places.landmarks import LANDMARK_WORDS
from ministudio_animatic.places.rooms import ROOMS
from ministudio_animatic.places.variants import variant_of
from ministudio_animatic.reading.colours import COLOURS
from ministudio_animatic.reading.words import mentions, tokens

if TYPE_CHECKING:
    from ministudio.plugin import Environment

__all__ = ["undrawn"]

# What every ground or room has, and what a floor or a sky is drawn as anyway.
_ALWAYS: Final = (
    "ground, floor, sky, wall, ceiling, horizon, air, light, shadow, page, paper, index card, "
    "letter, leaflet, star, constellation, earth, soil, moon, sun, cloud"
)
_WITHOUT_LANDMARKS: Final = frozenset({PlaceKind.INTERIOR, PlaceKind.SKY, PlaceKind.SPACE})
# Where the thing ends and what is said of it begins: 'a post by the water', 'a bell that rang'.
_TURN: Final = re.compile(
    r"[,;:(]|\s(?:at|in|on|by|with|without|under|over|above|below|behind|beside|between|near|"
    r"along|across|against|around|from|to|into|for|that|which|who|whose|where|as|like)\s"
)
_MEASURES: Final = "row, pair, pile, stack, set, group, heap, bunch, line, piece, couple, kind"
_LONG: Final = 24  # letters of a tag


def undrawn(place: Environment | None) -> tuple[str, ...]:
    """Return the things a place always has that its drawing does not show, by their nouns."""
    if place is None:
        return ()
    kind = place.identity.kind
    shown = f"{_ALWAYS}, {variant_of(place, kind).shows}"
    if kind is PlaceKind.INTERIOR:
        sort = room_of(place)
        shown += f", {ROOMS[sort].shows}, {FIXTURE_WORDS}"
        if sort == "library":
            shown += f", {LANDMARK_WORDS}"
    elif kind not in _WITHOUT_LANDMARKS:
        shown += f", {LANDMARK_WORDS}"
    nouns = [_noun(text) for text in place.identity.fixed_elements]
    unknown = [noun for noun in nouns if noun and not mentions(noun, shown)]
    return tuple(dict.fromkeys(_last(noun) for noun in unknown))


def _noun(text: str) -> str:
    """The thing itself, with what stands before it: 'a red gate' of 'a red gate in the wall'."""
    thing = _TURN.split(f"{text.strip()} ", maxsplit=1)[0]
    head, _, rest = thing.partition(" of ")
    return rest if rest and mentions(tokens(head)[-1] if tokens(head) else "", _MEASURES) else head


def _last(noun: str) -> str:
    words = tokens(noun) or [noun.strip()]
    # 'A gate painted blue' is a gate.
    named = [word for word in words if word not in COLOURS and not word.endswith("ed")]
    return (named or words)[-1][:_LONG]
