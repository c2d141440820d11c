"""Words of going: who rises, sinks, enters or turns round, and who does not.

A sentence belongs to whoever it names first, and to those joined to them by 'and'; a clause
that begins anew ('while the pages rise') belongs to whom it names, or to nobody.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ministudio_animatic.reading.words import every, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Going", "clauses_of", "goings"]


class Going(StrEnum):
    """A way of going that can be seen from where the camera is."""

    RISE = "rise"
    SINK = "sink"
    JUMP = "jump"
    FLY = "fly"
    ENTER = "enter"
    LEAVE = "leave"
    CROSS = "cross"
    APPROACH = "approach"
    BACK = "back"
    TURN = "turn"
    AWAY = "away"


_MOST: Final = 2  # more than two moves in one shot are a dance
_GOINGS: Final[Mapping[str, Going]] = table(
    (Going.RISE, "rises, rise, rising, ascends, ascending, emerges, surfaces, lifts off"),
    (Going.RISE, "comes up, come up, coming up, floats up, gets up, stands up, takes off"),
    (Going.SINK, "sinks, sink, sinking, descends, descending, dives, dive, diving, settles"),
    (Going.SINK, "settling, lands, falls, falling, submerges, goes down, go down, going down"),
    (Going.SINK, "goes under, floats down, drifts down, drops down, to rest"),
    (Going.JUMP, "jumps, jump, jumping, leaps, leaping, hops, hopping"),
    (Going.FLY, "flies, fly, flying, glides, gliding, drifts, drifting, swims, swimming"),
    (Going.ENTER, "enters, enter, entering, comes in, walks in, steps in, runs in"),
    (Going.ENTER, "bursts in, comes through"),
    (Going.LEAVE, "exits, departs, flees, and leaves, leaves the, leaves through, walks off"),
    (Going.LEAVE, "walks away, runs off, runs away, goes away, hurries off, hurries away"),
    (Going.CROSS, "crosses, crossing, walks across, runs across, goes across, strides across"),
    (Going.APPROACH, "approaches, approaching, comes closer, comes near, steps forward"),
    (Going.APPROACH, "steps out, step out, steps between, comes towards, comes forward"),
    (Going.BACK, "backs away, backs off, steps back, retreats, recoils, shrinks back"),
    (Going.BACK, "draws back"),
    (Going.TURN, "turns round, turns around, turn round, turn around, turns back"),
    (Going.TURN, "turning round, turning around, turns once, turns from, spins"),
    (Going.AWAY, "turns away, turn away, turning away, turns aside, looks away"),
)
_CLAUSE: Final = re.compile(
    r"[.!?;:]"
    r"|,?\s+\b(?:while|until|when|as|before|after)\b"
    r"|,?\s+\band\b(?=\s+(?:the|a|an|his|her|its|their|all|every|each)\b)"
)
_PRONOUN: Final = re.compile(r"\W*(?:he|she|they|it)\b")
_JOINED: Final = re.compile(r"\W*(?:and\b\W*)?(?:the\b\W*)?")


def goings(name: str, cast: Sequence[str], posture: str, action: str) -> tuple[Going, ...]:
    """Return how somebody goes during a shot, at most two ways, in their order.

    Args:
        name: Who.
        cast: The names of everybody in the shot.
        posture: Their posture, which is about nobody else.
        action: What happens in the shot.
    """
    done = _in(" . ".join(clauses_of(name, cast, action)))
    return (done or _in(posture))[:_MOST]


def clauses_of(name: str, cast: Sequence[str], action: str) -> Iterator[str]:
    """Yield the clauses of ``action`` in which ``name`` is the one who acts."""
    mine = _bare(name)
    names = [_bare(member) for member in cast]
    subjects: list[str] = []
    for clause in _CLAUSE.split(action.lower()):
        found = _subjects(clause, names)
        if found:
            subjects = found
        elif not _PRONOUN.match(clause):
            continue
        if mine in subjects:
            yield clause


def _subjects(clause: str, names: Sequence[str]) -> list[str]:
    """The name that stands first in a clause, and those joined to it."""
    places = [
        (match.start(), match.end(), name)
        for name in names
        for match in re.finditer(rf"\b{re.escape(name)}\b", clause)
        if name
    ]
    found: list[str] = []
    end = 0
    for start, stop, name in sorted(places):
        if found and not _JOINED.fullmatch(clause[end:start]):
            break
        found.append(name)
        end = stop
    return found


def _bare(name: str) -> str:
    return name.lower().removeprefix("the ").strip()


def _in(words: str) -> tuple[Going, ...]:
    ways = [going for _, going in every(words, _GOINGS)]
    return tuple(dict.fromkeys(ways))
