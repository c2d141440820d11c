"""Words of posture and action become a pose: legs, arms and head."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.reading.rest import Rest, lying_at, read_rest, sleeping_at, subject
from ministudio_animatic.reading.words import first, table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Arms", "Head", "Legs", "Pose", "Seat", "about", "on_throne", "read_pose"]


class Legs(StrEnum):
    """What the lower body does."""

    STAND = "stand"
    WALK = "walk"
    RUN = "run"
    SIT = "sit"
    FLOOR = "floor"
    KNEEL = "kneel"
    CROUCH = "crouch"
    CRAWL = "crawl"
    LEAN = "lean"
    JUMP = "jump"
    DANCE = "dance"
    CLIMB = "climb"
    FALL = "fall"
    LIE = "lie"


class Seat(StrEnum):
    """What somebody who sits sits on, or who climbs climbs on."""

    CHAIR = "chair"
    STOOL = "stool"
    THRONE = "throne"
    ROCK = "rock"
    LADDER = "ladder"
    ROPE = "rope"
    TRUNK = "trunk"
    CLIFF = "cliff"


class Arms(StrEnum):
    """What the arms do."""

    REST = "rest"
    HOLD = "hold"
    POINT = "point"
    RAISE = "raise"
    FOLD = "fold"
    HIPS = "hips"
    FACE = "face"
    OPEN = "open"
    DESK = "desk"


class Head(StrEnum):
    """How the head is held."""

    LEVEL = "level"
    UP = "up"
    DOWN = "down"


@attrs.frozen
class Pose:
    """A posture in its three parts, whether there is a desk in front, and what bears it."""

    legs: Legs = Legs.STAND
    arms: Arms = Arms.REST
    head: Head = Head.LEVEL
    desk: bool = False
    seat: Seat = Seat.CHAIR
    rest: Rest = attrs.field(factory=Rest)


_LEGS: Final[Mapping[str, Legs]] = table(
    (Legs.SIT, "sit, sits, sitting, seated, sat, crouched over, slumped, slumps, perched"),
    (Legs.SIT, "lounging, rows, rowing"),
    (Legs.FLOOR, "cross legged, crosslegged, lotus position"),
    (Legs.WALK, "walk, walks, walking, strolls, strides, wanders, follows, enters, approaches"),
    (Legs.WALK, "steps, leaves, crosses, marches, hikes, wades, walked"),
    (Legs.RUN, "run, runs, running, sprints, races, chases, flees"),
    (Legs.KNEEL, "kneel, kneels, kneeling, knelt, bows, kneels down, one knee"),
    (Legs.CROUCH, "crouch, crouches, crouching, crouched, squats, squatting, squat"),
    (Legs.CROUCH, "cowers, cowering, hunkers"),
    (Legs.CRAWL, "crawl, crawls, crawling, all fours, creeps"),
    (Legs.STAND, "leans over, leaning over, leans forward, leaning forward"),
    (Legs.LEAN, "leans, leaning, leant, leaned"),
    (Legs.JUMP, "jump, jumps, jumping, leaps, leap, leaping, hops, hopping"),
    (Legs.DANCE, "dance, dances, dancing, pirouettes, twirls, twirling, waltzes, waltzing"),
    (Legs.CLIMB, "clambers, clambering, climbing"),
    (Legs.STAND, "stand, stands, standing, upright, waits, waiting"),
)

_ARMS: Final[Mapping[str, Arms]] = table(
    (Arms.POINT, "points, pointing, reaches, reaching, stretches, touches, offers, hands over"),
    (Arms.RAISE, "arms raised, cheering, cheers, waves, waving, throws, jumps, leaps, celebrates"),
    (Arms.FOLD, "arms crossed, arms folded, folded arms, crossed arms"),
    (Arms.HIPS, "hands on, akimbo"),
    (Arms.FACE, "head in, face in, covers, rubs, clutching, clutches"),
    (Arms.HOLD, "typing, types, writes, writing, reads, reading, holds, holding, carries"),
    (Arms.HOLD, "carrying, cradles, cupped"),
    (Arms.OPEN, "hands open, open hands, arms wide, shrugs, arms open, embraces, hugs, welcomes"),
)

_HEADS: Final[Mapping[str, Head]] = table(
    (Head.UP, "looking up, looks up, look up, head back, gazes up, chin up, face up, stares up"),
    (Head.UP, "upward, skyward"),
    (Head.DOWN, "chin down, looking down, looks down, head down, bent, bowed, hunched, slumped"),
    (Head.DOWN, "stooped, bends, leaning over, asleep, sleeping, reads, reading"),
)

# 'Climbs the stairs' is walking, 'climbs the rope' is not; 'falls silent' is nothing at all.
_CLIMBED: Final[Mapping[str, Seat]] = table(
    (Seat.LADDER, "ladder"), (Seat.ROPE, "rope, mast"), (Seat.TRUNK, "tree"),
    (Seat.CLIFF, "cliff, rock, wall, fence, trellis"),
)  # fmt: skip
_CLIMBS: Final = dict.fromkeys(("climb", "climbs", "climbing"), True)
_FALLS: Final = (
    r"(?:plunges|plummets|tumbles|tumbling|plummeting|in free ?fall|falling(?! (?:asleep|silent))"
    r"|falls (?:from|off|through|out of|down the|over the|towards?|backwards?|past))"
)
_DESKS: Final = dict.fromkeys(("desk", "table", "workbench", "counter", "keyboard"), True)
_NOTHING: Final = dict.fromkeys(("nothing", "none", "no", "empty"), True)
_HIPS: Final = re.compile(r"\b(?:hips?|waist|akimbo)\b")
_SENTENCE: Final = re.compile(r"[^.!?;:]+")


_SEATS: Final[Mapping[str, Seat]] = table(
    (Seat.THRONE, "throne"),
    (Seat.STOOL, "stool, crate, box"),
    (Seat.CHAIR, "chair, bench, armchair, sofa, desk"),
    (Seat.ROCK, "rock, stone, log, doorstep, shore"),
)
# What is named first is what somebody who sits sits on.
_BORNE: Final[Mapping[str, Legs]] = {
    **dict.fromkeys(_SEATS, Legs.SIT),
    **table((Legs.FLOOR, "floor, ground, grass, sand, rug, carpet, blanket, snow")),
}
_CHAIRS: Final = dict.fromkeys(("chair", "armchair", "stool", "throne", "wheelchair"), True)


def on_throne(posture: str, name: str = "") -> bool:
    """Return whether somebody sits on a throne."""
    sits = _legs(posture, name, posture=True) is Legs.SIT
    return sits and first(posture, _SEATS) is Seat.THRONE


def about(name: str, action: str, *, alone: bool) -> str:
    """Return the sentences of ``action`` that speak of ``name``; all of it for somebody alone."""
    if alone:
        return action
    sentences = _SENTENCE.findall(action)
    return " . ".join(part for part in sentences if name.lower() in part.lower())


def read_pose(
    posture: str, carrying: str, action: str, *, outdoors: bool = False, name: str = ""
) -> Pose:
    """Return the pose for a posture, what is carried, and what happens.

    Where nothing says on what somebody sits ``outdoors``, it is a rock. Of somebody with a
    ``name``, the action says that they lie only where it says so of them.
    """
    legs = _legs(posture, name, posture=True) or _legs(action, name, posture=False) or Legs.STAND
    desk = legs is Legs.SIT and first(f"{posture} . {action}", _DESKS) is not None
    arms = first(posture, _ARMS) or first(action, _ARMS)
    if carrying and not first(carrying, _NOTHING) and arms in {None, Arms.HOLD}:
        arms = Arms.HOLD
    if arms is Arms.HIPS and not _HIPS.search(f"{posture} . {action}".lower()):
        arms = Arms.DESK  # hands on a rail or a sill
    if arms is None or (arms is Arms.RAISE and legs is Legs.JUMP):
        arms = Arms.REST
    if desk and arms is Arms.REST:
        arms = Arms.DESK
    head = first(posture, _HEADS) or first(action, _HEADS) or Head.LEVEL
    usual = Seat.ROCK if outdoors and not desk else Seat.CHAIR
    seat = first(posture, _SEATS) or first(action, _SEATS) or usual
    if legs is Legs.CLIMB:
        seat = first(f"{posture} . {action}", _CLIMBED) or Seat.CLIFF
    rest = read_rest(posture, action) if legs is Legs.LIE else Rest()
    return Pose(legs, arms, head, desk, seat, rest)


def _legs(words: str, name: str, *, posture: bool) -> Legs | None:
    """What one text says of the legs; of lying, standing and the like, what it says first."""
    lying = lying_at(words, name, posture=posture)
    if lying is not None and first(words[:lying], _LEGS) is None:
        return Legs.LIE
    legs = first(words, _LEGS)
    if legs in {Legs.SIT, Legs.LEAN}:
        return _borne(words, legs)
    if legs in {None, Legs.CLIMB} and first(words, _CLIMBS):
        return Legs.CLIMB if first(words, _CLIMBED) else Legs.WALK
    return legs or _helpless(words, name, posture=posture)


def _borne(words: str, legs: Legs) -> Legs:
    """Whether who sits is on the floor, and whether who leans does so in a chair."""
    if legs is Legs.SIT:
        return Legs.FLOOR if first(words, _BORNE) is Legs.FLOOR else Legs.SIT
    return Legs.SIT if first(words, _CHAIRS) else legs


def _helpless(words: str, name: str, *, posture: bool) -> Legs | None:
    """Whether somebody falls, or sleeps; who sleeps lies, but for where one sits."""
    who = r"\b" if posture else rf"{subject(name)} "
    if re.search(who + _FALLS, words.lower()):
        return Legs.FALL
    if sleeping_at(words, name, posture=posture) is None:
        return None
    return Legs.SIT if first(words, _CHAIRS) or first(words, _DESKS) else Legs.LIE
