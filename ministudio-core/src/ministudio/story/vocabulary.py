"""The closed vocabularies of a production: the field's standard terms."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "BeingKind",
    "CameraAngle",
    "CameraMove",
    "Continuity",
    "Pace",
    "PlaceKind",
    "ShotSize",
]


class ShotSize(StrEnum):
    """How much of the subject the frame holds."""

    EXTREME_WIDE = "extreme_wide"
    WIDE = "wide"
    FULL = "full"
    MEDIUM_WIDE = "medium_wide"
    MEDIUM = "medium"
    MEDIUM_CLOSE_UP = "medium_close_up"
    CLOSE_UP = "close_up"
    EXTREME_CLOSE_UP = "extreme_close_up"


class CameraAngle(StrEnum):
    """From where the camera looks."""

    EYE = "eye"
    LOW = "low"
    HIGH = "high"
    OVERHEAD = "overhead"
    OVER_THE_SHOULDER = "over_the_shoulder"
    DUTCH = "dutch"


class CameraMove(StrEnum):
    """One move for one shot: a dolly is not a zoom, and a pan is not a truck."""

    STATIC = "static"
    PUSH_IN = "push_in"
    PULL_OUT = "pull_out"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"
    TRUCK_LEFT = "truck_left"
    TRUCK_RIGHT = "truck_right"
    PEDESTAL_UP = "pedestal_up"
    PEDESTAL_DOWN = "pedestal_down"
    CRANE_UP = "crane_up"
    CRANE_DOWN = "crane_down"
    ORBIT_LEFT = "orbit_left"
    ORBIT_RIGHT = "orbit_right"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    HANDHELD = "handheld"


class Pace(StrEnum):
    """How fast the camera moves."""

    SLOW = "slow"
    STEADY = "steady"
    FAST = "fast"


class Continuity(StrEnum):
    """How a shot follows the one before it.

    ``auto`` picks ``match`` inside a scene and ``cut`` where the place changes.
    """

    AUTO = "auto"
    CUT = "cut"
    MATCH = "match"
    CHAIN = "chain"
    EXTEND = "extend"


class BeingKind(StrEnum):
    """What sort of being a character is; only a human is drawn or described as a person."""

    HUMAN = "human"
    ANIMAL = "animal"
    ROBOT = "robot"
    CREATURE = "creature"
    ORB = "orb"
    OBJECT = "object"


class PlaceKind(StrEnum):
    """What sort of place an environment is."""

    INTERIOR = "interior"
    STREET = "street"
    CITY = "city"
    VILLAGE = "village"
    FOREST = "forest"
    FIELD = "field"
    MOUNTAINS = "mountains"
    DESERT = "desert"
    SEA = "sea"
    SKY = "sky"
    SPACE = "space"
    ABSTRACT = "abstract"
