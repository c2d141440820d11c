"""Words of rest: whether somebody lies, how and on what, and whether the eyes are shut."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.reading.words import first, mentions, table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Bed", "Lie", "Rest", "asleep", "lying_at", "read_rest", "sleeping_at", "subject"]


class Lie(StrEnum):
    """How somebody lies."""

    BACK = "back"
    SIDE = "side"
    FRONT = "front"
    CURLED = "curled"
    SPRAWLED = "sprawled"


class Bed(StrEnum):
    """What somebody who lies lies on."""

    GROUND = "ground"
    BED = "bed"
    SOFA = "sofa"
    BENCH = "bench"


@attrs.frozen
class Rest:
    """How somebody lies, on what, and whether under a blanket."""

    lie: Lie = Lie.BACK
    bed: Bed = Bed.GROUND
    blanket: bool = False


_LYING: Final = (
    r"(?:lying|lies|lie|lay(?! (?:the|an?|his|her|their|its|it|hands?)\b)|sprawl(?:s|ed|ing)?"
    r"|curl(?:s|ed|ing) up|reclin(?:es|ed|ing)|collaps(?:es|ed|ing)|supine|prone|faints|fainted"
    r"|passe[sd] out|knocked out|out cold|toppled|topples over|keel(?:s|ed) over|stretched out"
    r"|face ?down|flat on)(?! (?:to|about)\b)"
)
_SLEEP: Final = (
    r"(?:asleep|sleeping|sleeps|slept|doz(?:es|ing)|napping|naps|unconscious|comatose|lifeless"
    r"|in bed|tucked in|bedridden)"
)
_SHUT: Final = re.compile(
    r"\b(?:(?<!half )asleep|sleeping|sleeps|slept|doz(?:es|ing)|napping|naps|unconscious"
    r"|comatose|lifeless|dreaming|passe[sd] out|knocked out|out cold|faint(?:s|ed)"
    r"|eyes (?:closed|shut)|closes (?:his|her|its|their) eyes|powered down|switched off"
    r"|shut down)\b"
)
_AWAKE: Final = re.compile(
    r"\b(?:awake|awoken|wak(?:es|ing)|woken|(?:not|cannot|can't|pretend\w*|trying) (?:to )?"
    r"(?:a?sleep\w*)|eyes (?:wide )?open|opens (?:his|her|its|their) eyes)\b"
)
_ON_A_SIDE: Final = re.compile(
    r"(?:^|[,.;] *)on (?:his|her|its|their) (?:back|side|stomach|belly|front)\b"
)
# 'The sleeping village' and 'a letter that lies there' say nothing of who is spoken of.
_OF_ANOTHER: Final = re.compile(
    rf"\b(?:the|an?|his|her|their|its|this|that) (?:(\w+) )?(?:{_LYING}|{_SLEEP}) (\w+)"
)
_BETWEEN: Final = (
    r"(?:,|(?:who|is|are|was|were|has|have|been|still|now|already|then|finally|just|all|alone|and"
    r"|falls|fast|sound|half|\w+ly)\b)"
)
_LIES: Final[Mapping[str, Lie]] = table(
    (Lie.CURLED, "curled, curls, fetal, foetal, huddled"),
    (Lie.SPRAWLED, "sprawled, sprawls, sprawling, collapsed, collapses, fainted, faints"),
    (Lie.SPRAWLED, "unconscious, lifeless, knocked out, passed out, passes out, out cold"),
    (Lie.FRONT, "stomach, belly, face down, facedown, prone"),
    (Lie.SIDE, "side"),
    (Lie.BACK, "back, supine, face up"),
)
_BEDS: Final[Mapping[str, Bed]] = table(
    (Bed.GROUND, "floor, ground, grass, sand, earth, snow, carpet, rug"),
    (Bed.BED, "bed, mattress, bunk, cot, hammock, tucked in, bedridden"),
    (Bed.SOFA, "sofa, couch, settee, armchair"),
    (Bed.BENCH, "bench, pew, table, altar, slab, stretcher, plank"),
)
_COVERS: Final = "blanket, blankets, quilt, duvet, covers, sheet, sheets, tucked in, eiderdown"


def lying_at(words: str, name: str, *, posture: bool) -> int | None:
    """Return where ``words`` say that somebody lies; None where they do not.

    Args:
        words: What is said.
        name: Of whom.
        posture: Whether the words are of that body's posture, so that no other is meant.
    """
    if posture and (found := _ON_A_SIDE.search(words.lower())):
        return found.start()
    return _said_of(_LYING, words, name, posture=posture)


def sleeping_at(words: str, name: str, *, posture: bool) -> int | None:
    """Return where ``words`` say that somebody sleeps, which most do lying; None if nowhere."""
    return _said_of(_SLEEP, words, name, posture=posture)


def asleep(posture: str, action: str, name: str) -> bool:
    """Return whether somebody's eyes are shut; what happens comes after the posture."""
    if _AWAKE.search(action.lower()):
        return False
    if _SHUT.search(_own(posture.lower(), name.lower())):
        return _AWAKE.search(posture.lower()) is None
    return _said_of(_SHUT.pattern, action, name, posture=False) is not None


def read_rest(posture: str, action: str) -> Rest:
    """Return how and on what somebody lies of whom it is known that they lie."""
    both = f"{posture} . {action}"
    lie = first(posture, _LIES) or first(action, _LIES)
    bed = first(posture, _BEDS) or first(action, _BEDS) or Bed.GROUND
    usual = Lie.SIDE if bed is Bed.SOFA else Lie.BACK
    return Rest(lie or usual, bed, bed is Bed.BED or mentions(both, _COVERS))


def _said_of(pattern: str, words: str, name: str, *, posture: bool) -> int | None:
    said, called = words.lower(), name.lower()
    if posture:
        found = re.search(rf"\b{pattern}\b", _own(said, called))
        return found.start() if found else None
    found = re.search(rf"{subject(called)} ?\b{pattern}\b", said)
    return found.start() if found else None


def subject(name: str) -> str:
    """Return the pattern of somebody as the subject of a verb, in lower case."""
    # 'While he sleeps' may be said of anybody: pronouns count where a sentence begins.
    begins = r"(?:^|(?<=[.;!?] ))(?:(?:then|and|as|while|when) )?(?:he|she|they|both|everybody)\b"
    who = rf"{re.escape(name.lower())}\b|{begins}" if name else begins
    return rf"(?:{who})(?: ?{_BETWEEN}){{0,3}}"


def _own(said: str, called: str) -> str:
    """Blank out what is said of others, every other character staying where it is."""

    def blank(found: re.Match[str]) -> str:
        whole = found.group()
        return whole if called in found.groups() else " " * len(whole)

    return _OF_ANOTHER.sub(blank, said)
