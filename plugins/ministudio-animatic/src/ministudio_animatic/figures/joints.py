"""Where a person's joints are in each pose: tables, in heads, for a body that looks right.

An arm is an elbow and a hand, each as (outwards on its own side, down from the top of the head,
forwards to where the person looks). A leg is a hip, a knee and a foot as (to the side, down).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.reading.postures import Arms, Legs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio_animatic.drawing.canvas import Point

__all__ = ["arm", "leg"]

_Joint = tuple[float, float, float]
_Arm = tuple[_Joint, _Joint]

_SHOULDER: Final[_Joint] = (0.7, 1.5, 0.0)
_ARMS: Final[Mapping[Arms, _Arm]] = {
    Arms.REST: ((0.9, 2.5, 0.0), (0.82, 3.34, 0.0)),
    Arms.HOLD: ((0.84, 2.42, 0.0), (0.2, 2.62, 0.12)),
    Arms.DESK: ((0.92, 2.4, 0.0), (0.42, 2.86, 0.1)),
    Arms.FOLD: ((0.86, 2.3, 0.0), (-0.34, 2.12, 0.0)),
    Arms.HIPS: ((1.2, 2.35, 0.0), (0.56, 2.9, 0.0)),
    Arms.FACE: ((0.96, 2.25, 0.0), (0.4, 0.86, 0.0)),
    Arms.RAISE: ((1.06, 0.9, 0.0), (0.94, 0.02, 0.0)),
    Arms.OPEN: ((0.98, 2.35, 0.0), (1.34, 2.75, 0.0)),
    Arms.POINT: ((1.0, 1.78, 0.0), (1.45, 1.6, 0.0)),
}
# What resting arms do while the legs are busy: the arm on the side the person looks to, then
# the other. Walkers swing the arm against the leg.
_BUSY: Final[Mapping[Legs, tuple[_Arm, _Arm]]] = {
    Legs.WALK: (
        ((0.86, 2.5, -0.1), (0.82, 3.2, -0.32)),
        ((0.86, 2.5, 0.1), (0.82, 3.2, 0.32)),
    ),
    Legs.RUN: (
        ((0.8, 2.35, -0.19), (0.55, 2.5, -0.82)),
        ((0.8, 2.35, 0.19), (0.55, 2.5, 0.82)),
    ),
    Legs.SIT: (
        ((0.9, 2.5, 0.0), (0.45, 3.12, 0.2)),
        ((0.9, 2.5, 0.0), (0.45, 3.12, 0.2)),
    ),
    Legs.FLOOR: (
        ((1.0, 2.5, 0.0), (0.86, 3.3, 0.15)),
        ((1.0, 2.5, 0.0), (0.86, 3.3, 0.0)),
    ),
    Legs.CROUCH: (
        ((0.98, 2.5, 0.1), (0.5, 3.05, 0.35)),
        ((0.98, 2.5, 0.1), (0.5, 3.05, 0.2)),
    ),
    Legs.LEAN: (_ARMS[Arms.FOLD], _ARMS[Arms.FOLD]),
    Legs.JUMP: (
        ((1.12, 0.95, 0.0), (1.1, 0.05, 0.1)),
        ((1.16, 1.05, 0.0), (1.3, 0.2, -0.1)),
    ),
    Legs.DANCE: (
        ((1.12, 0.95, 0.0), (0.66, 0.02, 0.0)),
        ((1.32, 1.8, 0.0), (2.0, 1.5, 0.0)),
    ),
    Legs.CLIMB: (
        ((1.02, 0.8, 0.0), (0.6, 0.0, 0.0)),
        ((1.14, 1.35, 0.0), (0.62, 0.75, 0.0)),
    ),
    Legs.FALL: (
        ((1.15, 1.0, 0.0), (1.5, 0.2, 0.0)),
        ((1.25, 1.5, 0.0), (1.9, 1.0, 0.0)),
    ),
}
# The leg on the side the person looks to, then the other; across is (own side, forwards).
_LEGS: Final[Mapping[Legs, tuple[tuple[_Joint, _Joint, _Joint], ...]]] = {
    Legs.STAND: (((0.27, 3.1, 0.0), (0.29, 4.6, 0.0), (0.31, 6.0, 0.0)),) * 2,
    Legs.WALK: (
        ((0.24, 3.15, 0.0), (0.0, 4.55, 0.28), (0.0, 5.98, 0.62)),
        ((0.24, 3.15, 0.0), (0.0, 4.6, -0.05), (0.0, 5.86, -0.62)),
    ),
    Legs.RUN: (
        ((0.22, 3.1, 0.0), (0.0, 4.3, 0.66), (0.0, 5.76, 0.74)),
        ((0.22, 3.1, 0.0), (0.0, 4.5, -0.2), (0.0, 5.0, -1.15)),
    ),
    Legs.SIT: (((0.27, 3.1, 0.0), (0.36, 3.5, 0.22), (0.34, 4.76, 0.29)),) * 2,
    Legs.KNEEL: (
        ((0.25, 3.1, 0.0), (0.12, 4.42, 0.5), (0.12, 4.6, -0.55)),
        ((0.25, 3.1, 0.0), (0.12, 4.42, 0.22), (0.12, 4.6, -0.85)),
    ),
    Legs.FLOOR: (
        ((0.3, 3.1, 0.0), (1.12, 3.5, 0.1), (-0.2, 3.72, 0.2)),
        ((0.3, 3.1, 0.0), (1.12, 3.5, -0.1), (-0.1, 3.6, 0.0)),
    ),
    Legs.CROUCH: (
        ((0.27, 3.1, 0.0), (0.72, 3.0, 0.42), (0.42, 4.12, 0.22)),
        ((0.27, 3.1, 0.0), (0.86, 3.1, -0.1), (0.5, 4.2, 0.0)),
    ),
    Legs.LEAN: (
        ((0.22, 3.1, 0.0), (-0.1, 4.55, 0.5), (-0.2, 5.95, 0.55)),
        ((0.26, 3.1, 0.0), (0.1, 4.6, 0.42), (0.0, 5.98, 0.85)),
    ),
    Legs.JUMP: (
        ((0.25, 3.1, 0.0), (0.3, 4.0, 0.5), (0.2, 5.0, 0.0)),
        ((0.25, 3.1, 0.0), (0.3, 4.3, -0.2), (0.2, 5.0, -0.85)),
    ),
    Legs.DANCE: (
        ((0.24, 3.1, 0.0), (0.1, 4.0, 0.8), (0.0, 4.85, 0.2)),
        ((0.24, 3.1, 0.0), (0.1, 4.6, 0.0), (0.04, 6.0, 0.0)),
    ),
    Legs.CLIMB: (
        ((0.27, 3.1, 0.0), (0.72, 3.75, 0.1), (0.36, 4.75, 0.0)),
        ((0.27, 3.1, 0.0), (0.4, 4.55, 0.0), (0.3, 5.9, 0.0)),
    ),
    Legs.FALL: (
        ((0.25, 3.1, 0.0), (0.3, 4.1, 0.5), (0.5, 5.3, 0.2)),
        ((0.25, 3.1, 0.0), (0.5, 4.4, -0.1), (0.5, 5.4, -0.7)),
    ),
}
# The same legs as one passes the other: the first carries, the second swings through.
_PASSING: Final[Mapping[Legs, tuple[tuple[_Joint, _Joint, _Joint], ...]]] = {
    Legs.WALK: (
        ((0.24, 3.15, 0.0), (0.0, 4.6, 0.1), (0.0, 6.04, -0.06)),
        ((0.24, 3.15, 0.0), (0.0, 4.5, 0.34), (0.0, 5.72, -0.2)),
    ),
    Legs.RUN: (
        ((0.22, 3.1, 0.0), (0.0, 4.5, 0.34), (0.0, 5.85, -0.16)),
        ((0.22, 3.1, 0.0), (0.0, 4.2, 0.56), (0.0, 5.2, -0.1)),
    ),
}
_SWING: Final = {0: 1.0, 1: 0.25, 2: -1.0, 3: 0.0}  # of the arms, by stride
_STOPPED: Final = 3  # the stride of somebody who has come to a stand


def arm(
    arms: Arms, legs: Legs, side: int, facing: int, wide: float, *, stride: int = 0
) -> tuple[Point, Point, Point]:
    """Return shoulder, elbow and hand of the arm on one side.

    Args:
        arms: What the arms do.
        legs: What the legs do.
        side: 1 for the right of the picture, -1 for the left.
        facing: 1 for a person who looks to the right, -1 to the left.
        wide: Width of the shoulders, 1 for the average.
        stride: Which drawing of a step it is, as ``Act.stride`` has it.
    """
    near = side == facing
    swing = 1.0
    chosen = _ARMS[Arms.REST if arms is Arms.POINT and not near else arms]
    if chosen == _ARMS[Arms.REST] and legs in _BUSY:
        chosen = _BUSY[legs][0 if near else 1]
        swing = _SWING[stride] if legs in _PASSING else 1.0
    shoulder, elbow, hand = (
        (side * out * wide + facing * ahead * swing, down)
        for out, down, ahead in (_SHOULDER, *chosen)
    )
    return shoulder, elbow, hand


def leg(legs: Legs, side: int, facing: int, stride: int = 0) -> tuple[Point, Point, Point]:
    """Return hip, knee and foot of the leg on one side, in one drawing of a step."""
    # Who lies or crawls has no legs to stand on; where such a body is asked for upright, it stands.
    if stride == _STOPPED or legs not in _LEGS:
        legs = Legs.STAND
    table = _PASSING if stride == 1 and legs in _PASSING else _LEGS
    first = (side == facing) != (stride == 2 and legs in _PASSING)
    joints = table[legs][0 if first else 1]
    hip, knee, foot = ((side * out + facing * ahead, down) for out, down, ahead in joints)
    return hip, knee, foot
