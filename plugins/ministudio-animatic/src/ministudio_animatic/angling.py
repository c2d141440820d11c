"""Where the tip of a fishing rod is in the frame, and where its line meets the water."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.framing import Tackle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio_animatic.framing import Frame
    from ministudio_animatic.parts import Part, Spot

__all__ = ["ROD", "fishing"]

ROD: Final = 9.3
"""How long a rod is, in heads: half as long again as a grown person is tall."""

_SHOULDERED: Final = (-0.64, -0.77)  # from the hand, over the shoulder behind
_RISES: Final = (0.36, 0.55, 0.8, 1.05, 1.25)  # radians above the level, the flattest first
_REACH: Final = 2.4  # heads ahead of the hands, where a line without a rod meets the water
_EDGE: Final = 0.03  # frame heights between the tip and the frame's edge


def fishing(parts: Sequence[Part], frame: Frame, level: float) -> list[Part]:
    """Give everybody who fishes a rod and a line.

    Args:
        parts: Everybody in the frame.
        frame: The frame.
        level: The height of the frame at which the water is.
    """
    swimmers = [part for part in parts if part.afloat and not part.body.sunk]
    return [
        part
        if part.body.tackle is None or part.from_behind
        else _angler(part, swimmers, frame, level)
        for part in parts
    ]


def _angler(part: Part, swimmers: Sequence[Part], frame: Frame, level: float) -> Part:
    catch = min(swimmers, key=lambda one: abs(one.x - part.x), default=None)
    if catch is not None and not part.body.travels:
        part = attrs.evolve(part, facing=1 if catch.x > part.x else -1)
    tip = _tip(part, frame) if part.body.tackle is Tackle.ROD else None
    if part.body.travels or not part.body.by_water or frame.tight:
        return attrs.evolve(part, tip=tip)
    if catch is not None:
        left, top, right, bottom = catch.box
        end = ((left + right) / 2 - 0.2 * (right - left) * part.facing, top * 0.6 + bottom * 0.4)
    else:
        x = part.x + part.facing * part.head * (part.body.hand[0] + _REACH)
        if tip is not None:
            x = part.x + tip[0] * part.head + part.facing * 0.25 * part.head
        end = (min(frame.aspect - _EDGE, max(_EDGE, x)), level)
    hook = ((end[0] - part.x) / part.head, (end[1] - part.top) / part.head)
    return attrs.evolve(part, tip=tip, hook=hook)


def _tip(part: Part, frame: Frame) -> Spot:
    """Return the tip of a rod, in heads from the top of the head: in the frame if it can be."""
    ahead, down = part.body.hand
    if part.body.travels:
        return (ahead + _SHOULDERED[0] * ROD) * part.facing, down + _SHOULDERED[1] * ROD
    to_side = (frame.aspect - part.x if part.facing > 0 else part.x) - _EDGE
    room, over = to_side / part.head - ahead, (part.top - _EDGE) / part.head + down
    # The flattest rod is the best to see; where the frame is narrow, it is held up.
    best = max(_RISES, key=lambda rise: min(_fit(rise, room, over), 0.999) - 0.02 * rise)
    long = ROD * min(1.0, max(0.4, _fit(best, room, over)))
    return (ahead + math.cos(best) * long) * part.facing, down - math.sin(best) * long


def _fit(rise: float, room: float, over: float) -> float:
    """Return what share of a rod held at an angle the frame has room for."""
    return min(room / (math.cos(rise) * ROD), over / (math.sin(rise) * ROD))
