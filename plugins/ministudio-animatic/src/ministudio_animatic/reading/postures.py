"""Words of posture and action become a pose: legs, arms and head."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

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
    KNEEL = "kneel"


class Seat(StrEnum):
    """What somebody who sits sits on."""

    CHAIR = "chair"
    STOOL = "stool"
    THRONE = "throne"
    ROCK = "rock"


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
    """A posture in its three parts, whether there is a desk in front, and what is sat on."""

    legs: Legs = Legs.STAND
    arms: Arms = Arms.REST
    head: Head = Head.LEVEL
    desk: bool = False
    seat: Seat = Seat.CHAIR


_LEGS: Final[Mapping[str, Legs]] = table(
    (Legs.SIT, "sit, sits, sitting, seated, sat, crouched over, slumped, slumps, perched"),
    (Legs.SIT, "lounging, rows, rowing"),
    (Legs.WALK, "walk, walks, walking, strolls, strides, wanders, follows, enters, approaches"),
    (Legs.WALK, "steps, climbs, leaves, crosses, marches, hikes, wades, walked"),
    (Legs.RUN, "run, runs, running, sprints, races, chases, flees"),
    (Legs.KNEEL, "kneel, kneels, kneeling, crouch, crouches, crouching, squats, bows, kneels down"),
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

_DESKS: Final = dict.fromkeys(("desk", "table", "workbench", "counter", "keyboard"), True)
_NOTHING: Final = dict.fromkeys(("nothing", "none", "no", "empty"), True)
_SENTENCE: Final = re.compile(r"[^.!?;:]+")


_SEATS: Final[Mapping[str, Seat]] = table(
    (Seat.THRONE, "throne"),
    (Seat.STOOL, "stool, crate, box"),
    (Seat.CHAIR, "chair, bench, armchair, sofa, desk"),
    (Seat.ROCK, "rock, ground, grass, stone, sand, log, step, shore"),
)


def on_throne(posture: str) -> bool:
    """Return whether somebody sits on a throne."""
    return first(posture, _LEGS) is Legs.SIT and first(posture, _SEATS) is Seat.THRONE


def about(name: str, action: str, *, alone: bool) -> str:
    """Return the sentences of ``action`` that speak of ``name``; all of it for somebody alone."""
    if alone:
        return action
    sentences = _SENTENCE.findall(action)
    return " . ".join(part for part in sentences if name.lower() in part.lower())


def read_pose(posture: str, carrying: str, action: str, *, outdoors: bool = False) -> Pose:
    """Return the pose for a posture, what is carried, and what happens.

    Where nothing says on what somebody sits ``outdoors``, it is a rock.
    """
    legs = first(posture, _LEGS) or first(action, _LEGS) or Legs.STAND
    desk = legs is Legs.SIT and first(f"{posture} . {action}", _DESKS) is not None
    arms = first(posture, _ARMS) or first(action, _ARMS)
    if carrying and not first(carrying, _NOTHING) and arms in {None, Arms.HOLD}:
        arms = Arms.HOLD
    if arms is None:
        arms = Arms.REST
    if desk and arms is Arms.REST:
        arms = Arms.DESK
    head = first(posture, _HEADS) or first(action, _HEADS) or Head.LEVEL
    usual = Seat.ROCK if outdoors and not desk else Seat.CHAIR
    seat = first(posture, _SEATS) or first(action, _SEATS) or usual
    return Pose(legs, arms, head, desk, seat)
