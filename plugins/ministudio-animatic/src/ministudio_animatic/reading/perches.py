"""Where a small animal sits: on a stool, in a cap, on somebody's shoulder or lap."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.reading.words import table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Perch", "Thing", "read_perch"]


class Thing(StrEnum):
    """A thing that a small animal may sit on or in."""

    STOOL = "stool"
    CHAIR = "chair"
    CRATE = "crate"
    BARREL = "barrel"
    STONE = "stone"
    POST = "post"
    TABLE = "table"
    CUSHION = "cushion"
    BASKET = "basket"
    CAP = "cap"


@attrs.frozen(kw_only=True)
class Perch:
    """Where words put a small animal.

    Args:
        words: The words themselves, such as 'on the stool'.
        noun: What it sits on, in one word.
        thing: The thing it sits on; None where it is no thing that can be drawn.
        spot: The part of somebody it sits on: shoulder, head, lap or arms; empty where it is none.
        whose: Whose that is, as the words say it: a name, or his, her, their.
    """

    words: str
    noun: str
    thing: Thing | None = None
    spot: str = ""
    whose: str = ""


_THINGS: Final[Mapping[str, Thing]] = table(
    (Thing.STOOL, "stool, footstool"),
    (Thing.CHAIR, "chair, armchair, bench, sofa, seat, throne"),
    (Thing.CRATE, "crate, box, chest, trunk, suitcase"),
    (Thing.BARREL, "barrel, cask, bollard, bucket, pot"),
    (Thing.STONE, "stone, rock, boulder, step"),
    (Thing.POST, "post, stump, log, pole, pile"),
    (Thing.TABLE, "table, desk, counter"),
    (Thing.CUSHION, "cushion, pillow, mat, rug, blanket"),
    (Thing.BASKET, "basket, nest"),
    (Thing.CAP, "cap, hat, bonnet, beret"),
)
_SPOTS: Final[Mapping[str, str]] = table(
    ("shoulder", "shoulder, back"),
    ("head", "head"),
    ("lap", "lap, knee, knees, thigh"),
    ("arms", "arm, arms, hands, hand, elbow"),
)
_ELSEWHERE: Final = (
    "roof|tree|branch|bough|wall|fence|gate|window ?sill|sill|ledge|shelf|bed|mast|mantelpiece"
    "|stove|chimney|beam|rafter|statue|well|ladder|wire|balustrade|rail|railing|cart|car|wagon"
)
_NOUNS: Final = "|".join((*_THINGS, *_SPOTS))
_WHERE: Final = re.compile(
    r"\b(?:on|upon|onto|in|into|inside|atop) (?:top of )?"
    r"(?:(?P<name>[\w-]+)['\u2019]s |(?P<whose>the|an?|his|her|their|its|one) )"
    rf"(?:[\w-]+ ){{0,2}}?(?P<what>{_NOUNS}|{_ELSEWHERE})s?\b",
    re.IGNORECASE,
)
_SITS: Final = re.compile(
    r"\b(?:sit|sits|sat|sitting|perch\w*|settl\w*|asleep|sleep\w*|slept|rests?|resting|curl\w*|lies|"
    r"lying|roost\w*|stands?|standing|hops?|jumps?|leaps?|lands?|climbs?|crouch\w*|nestl\w*) "
    r"(?:[\w-]+ ){0,3}?$",
    re.IGNORECASE,
)


def read_perch(posture: str, action: str) -> Perch | None:
    """Return where a small animal sits, by its posture or by what is said of it; None if nowhere.

    What happens counts only where it says that the animal sits, lies or lands there.
    """
    found = _WHERE.search(posture)
    if found is None:
        said = (m for m in _WHERE.finditer(action) if _SITS.search(action[: m.start()]))
        found = next(said, None)
    if found is None:
        return None
    what = found["what"].lower()
    whose = found["name"] or found["whose"]
    spot = _SPOTS.get(what, "")
    if spot and whose.lower() in {"the", "a", "an", "one", "its"}:
        spot, what = "", ""
    return Perch(
        words=found.group(0), noun=found["what"], thing=_THINGS.get(what), spot=spot, whose=whose
    )
