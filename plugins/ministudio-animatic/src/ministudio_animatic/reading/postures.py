"""Words of posture and action become a pose: legs, arms and head."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import attrs

from ministudio_animatic.reading.words import first

__all__ = ["Arms", "Head", "Legs", "Pose", "about", "read_pose"]


class Legs(StrEnum):
    """What the lower body does."""

    STAND = "stand"
    WALK = "walk"
    RUN = "run"
    SIT = "sit"
    KNEEL = "kneel"


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
    """A posture in its three parts, and whether there is a desk in front."""

    legs: Legs = Legs.STAND
    arms: Arms = Arms.REST
    head: Head = Head.LEVEL
    desk: bool = False


_LEGS: Final[Mapping[str, Legs]] = {
    **dict.fromkeys(("sit", "sits", "sitting", "seated", "sat", "crouched over"), Legs.SIT),
    **dict.fromkeys(("slumped", "slumps", "perched", "lounging"), Legs.SIT),
    **dict.fromkeys(("walk", "walks", "walking", "strolls", "strides", "wanders"), Legs.WALK),
    **dict.fromkeys(("follows", "enters", "approaches", "steps", "climbs", "leaves"), Legs.WALK),
    **dict.fromkeys(("crosses", "marches", "hikes", "wades", "walked"), Legs.WALK),
    **dict.fromkeys(("run", "runs", "running", "sprints", "races", "chases", "flees"), Legs.RUN),
    **dict.fromkeys(("kneel", "kneels", "kneeling", "crouch", "crouches", "crouching"), Legs.KNEEL),
    **dict.fromkeys(("squats", "bows", "kneels down"), Legs.KNEEL),
    **dict.fromkeys(("stand", "stands", "standing", "upright", "waits", "waiting"), Legs.STAND),
}

_ARMS: Final[Mapping[str, Arms]] = {
    **dict.fromkeys(("points", "pointing", "reaches", "reaching", "stretches"), Arms.POINT),
    **dict.fromkeys(("touches", "offers", "hands over"), Arms.POINT),
    **dict.fromkeys(("arms raised", "cheering", "cheers", "waves", "waving"), Arms.RAISE),
    **dict.fromkeys(("throws", "jumps", "leaps", "celebrates"), Arms.RAISE),
    **dict.fromkeys(("arms crossed", "arms folded", "folded arms", "crossed arms"), Arms.FOLD),
    **dict.fromkeys(("hands on", "akimbo"), Arms.HIPS),
    **dict.fromkeys(("head in", "face in", "covers", "rubs", "clutching", "clutches"), Arms.FACE),
    **dict.fromkeys(("typing", "types", "writes", "writing", "reads", "reading"), Arms.HOLD),
    **dict.fromkeys(("holds", "holding", "carries", "carrying", "cradles", "cupped"), Arms.HOLD),
    **dict.fromkeys(("hands open", "open hands", "arms wide", "shrugs", "arms open"), Arms.OPEN),
    **dict.fromkeys(("embraces", "hugs", "welcomes"), Arms.OPEN),
}

_HEADS: Final[Mapping[str, Head]] = {
    **dict.fromkeys(("looking up", "looks up", "look up", "head back", "gazes up"), Head.UP),
    **dict.fromkeys(("chin up", "face up", "stares up", "upward", "skyward"), Head.UP),
    **dict.fromkeys(("chin down", "looking down", "looks down", "head down"), Head.DOWN),
    **dict.fromkeys(("bent", "bowed", "hunched", "slumped", "stooped", "bends"), Head.DOWN),
    **dict.fromkeys(("leaning over", "asleep", "sleeping", "reads", "reading"), Head.DOWN),
}

_DESKS: Final = dict.fromkeys(("desk", "table", "workbench", "counter", "keyboard"), True)
_NOTHING: Final = dict.fromkeys(("nothing", "none", "no", "empty"), True)
_SENTENCE: Final = re.compile(r"[^.!?;:]+")


def about(name: str, action: str, *, alone: bool) -> str:
    """Return the sentences of ``action`` that speak of ``name``; all of it for somebody alone."""
    if alone:
        return action
    sentences = _SENTENCE.findall(action)
    return " . ".join(part for part in sentences if name.lower() in part.lower())


def read_pose(posture: str, carrying: str, action: str) -> Pose:
    """Return the pose for a posture, what is carried, and what happens."""
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
    return Pose(legs, arms, head, desk)
