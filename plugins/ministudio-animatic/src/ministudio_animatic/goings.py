"""Ways of going as keys: where a figure is at which share of a shot, one function to a way.

Lengths are in frame heights from where staging put the figure.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import BeingKind
from ministudio_animatic.reading.paths import Going

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ministudio_animatic.parts import Part

__all__ = ["Ground", "Keys", "Shift", "inside", "move"]

_FAR: Final = 0.8  # size of somebody who has backed away, or is yet to come near
_CLEAR: Final = 0.02  # kept between a road and the frame's edge


@attrs.frozen(kw_only=True)
class Shift:
    """How a figure differs from where it was staged.

    Args:
        x: To the right.
        y: Down.
        size: How large it is; it grows and shrinks towards the horizon.
        shown: How much of it is to be seen, 1 for all.
    """

    x: float = 0.0
    y: float = 0.0
    size: float = 1.0
    shown: float = 1.0


@attrs.frozen(kw_only=True)
class Ground:
    """What a road must know of the shot.

    Args:
        aspect: Width of the frame over its height.
        seconds: Length of the shot.
        feet: Whether the frame shows whole bodies.
        follows: Whether the camera keeps step with those who walk.
        together: Whether several walk, who then keep their places among each other.
        march: From where to where, from their staged places, those who walk do so together.
        clear: Between which heights of the frame heads and feet are free of its edge and the
            captions, wherever the camera moves.
        beyond: How far beyond the frame's sides the camera sees what is near, in frame heights.
    """

    aspect: float
    seconds: float
    feet: bool = True
    follows: bool = False
    together: bool = False
    march: tuple[float, float] = (0.0, 0.0)
    clear: tuple[float, float] = (0.0, 1.0)
    beyond: float = 0.0


Keys = list[tuple[float, Shift]]
"""Shares of a shot, 0 to 1, and where a figure is then."""


def move(part: Part, going: Going, ground: Ground) -> Keys:
    """Return one way of going as keys over 0 to 1; none for what a body cannot do or show."""
    if going in {Going.TURN, Going.AWAY}:
        return _circle(part, ground) if part.afloat else []
    return _MOVES[going](part, ground)


def _rise(part: Part, ground: Ground) -> Keys:
    return _along((_height(part, ground, -1.0), 1.0), (0.0, 1.0), 0.05, 0.5)


def _sink(part: Part, ground: Ground) -> Keys:
    gone = 0.0 if part.body.sunk else 1.0
    return _along((0.0, 1.0), (_height(part, ground, 1.0), gone), 0.3, 0.95)


def _jump(part: Part, ground: Ground) -> Keys:
    _, top, _, bottom = part.box
    high = Shift(y=-min(0.1, 0.2 * (bottom - top), max(0.0, top - ground.clear[0] - _CLEAR)))
    return [(0.3, Shift()), (0.4, high), (0.5, Shift()), (0.6, high), (0.7, Shift())]


def _enter(part: Part, ground: Ground) -> Keys:
    return [(0.0, Shift(x=_out(part, -part.facing, ground))), (0.55, Shift())]


def _leave(part: Part, ground: Ground) -> Keys:
    return [(0.45, Shift()), (1.0, Shift(x=_out(part, part.facing, ground)))]


def _cross(part: Part, ground: Ground) -> Keys:
    return _over(part, 0.5 * ground.aspect, 0.0, ground)


def _fly(part: Part, ground: Ground) -> Keys:
    grounded = part.body.kind is BeingKind.ANIMAL and not (part.body.floats or part.afloat)
    up = -min(0.2, max(0.0, part.top - ground.clear[0] - _CLEAR)) if grounded else 0.0
    return _over(part, 0.3 * ground.aspect, up, ground)


def _over(part: Part, reach: float, up: float, ground: Ground) -> Keys:
    """Across the frame the way it looks, about where it was staged."""
    half = part.facing * reach / 2
    one, other = inside(part, -half, half, ground)
    return [(0.0, Shift(x=one, y=up)), (1.0, Shift(x=other, y=up))]


def _approach(part: Part, ground: Ground) -> Keys:
    del part, ground
    return [(0.0, Shift(size=_FAR)), (0.75, Shift())]


def _back(part: Part, ground: Ground) -> Keys:
    del part, ground
    return [(0.25, Shift()), (1.0, Shift(size=_FAR))]


def _height(part: Part, ground: Ground, way: float) -> float:
    """How far below its staged height something begins to rise, or ends that sinks."""
    _, top, _, bottom = part.box
    if part.afloat:
        if part.body.sunk:
            return min(0.4 * (bottom - top), max(0.0, ground.clear[1] - bottom))
        return 1.15 * (bottom - top)
    if part.body.floats:
        return min(0.28 if way < 0 else 0.2, max(0.0, ground.clear[1] - _CLEAR - bottom))
    # Who stands with the feet in frame would sink into the ground.
    return 0.0 if ground.feet or not part.body.upright else 0.45 * part.head


def _along(start: tuple[float, float], end: tuple[float, float], first: float, last: float) -> Keys:
    if start == end:
        return []
    one, other = (Shift(y=y, shown=shown) for y, shown in (start, end))
    return [(first, one), (last, other)]


def _circle(part: Part, ground: Ground) -> Keys:
    """Once round a ring that lies flat on the water."""
    wide = min(0.16 * ground.aspect, part.box[2] - part.box[0])
    keys = []
    for step in range(9):
        a = math.tau * step / 8
        x = inside(part, part.facing * wide * math.sin(a), 0.0, ground)[0]
        keys.append((0.05 + 0.9 * step / 8, Shift(x=x, y=0.025 * (1 - math.cos(a)))))
    return keys


def inside(part: Part, one: float, other: float, ground: Ground) -> tuple[float, float]:
    """Return two steps aside, each cut to what keeps the figure in the frame."""
    left, _, right, _ = part.box
    low, high = min(0.0, _CLEAR - left), max(0.0, ground.aspect - _CLEAR - right)
    return min(high, max(low, one)), min(high, max(low, other))


def _out(part: Part, side: int, ground: Ground) -> float:
    """How far it is out of the frame on one side, beyond what a camera sees that moves."""
    left, _, right, _ = part.box
    spare = ground.beyond + 0.05 * ground.aspect
    return ground.aspect - left + spare if side > 0 else -right - spare


_MOVES: Final[Mapping[Going, Callable[[Part, Ground], Keys]]] = {
    Going.RISE: _rise,
    Going.SINK: _sink,
    Going.JUMP: _jump,
    Going.ENTER: _enter,
    Going.LEAVE: _leave,
    Going.CROSS: _cross,
    Going.FLY: _fly,
    Going.APPROACH: _approach,
    Going.BACK: _back,
}
