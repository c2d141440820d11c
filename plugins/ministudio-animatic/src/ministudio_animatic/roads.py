"""How somebody gets about in the frame: an eased road over the shot, in pure functions.

Lengths are in frame heights from where staging put them, as in ``staging``.
"""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.acting import LIFT, striding
from ministudio_animatic.goings import Ground, Keys, Shift, inside, move
from ministudio_animatic.reading.paths import Going

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio_animatic.parts import Part

__all__ = ["Road", "Shade", "march", "road"]

_HOVER: Final = 0.006  # frame heights that what floats sways up and down
_SOON: Final = 0.03  # seconds before and after, between which a road is seen to lead on
_SWAY: Final = 2.6  # seconds of one such sway
_STRIDE: Final = 4.0  # heads a second that somebody on the way would cover, if there were room
_ROOM: Final = 0.3  # of the frame's width, the most they do

_TIME: Final = operator.itemgetter(0)
_TURNS: Final = frozenset({Going.TURN, Going.AWAY})


@attrs.frozen
class Shade:
    """The way of a shadow: under its figure, and on the ground whatever that does.

    Args:
        road: The figure's own way.
    """

    road: Road

    def at(self, seconds: float) -> Shift:
        """Return where the shadow is at a moment of the shot."""
        return attrs.evolve(self.road.at(seconds), y=0.0)


@attrs.frozen(kw_only=True)
class Road:
    """A figure's way through a shot.

    Args:
        keys: Moments of the shot, 0 to 1, and where it is then.
        seconds: Length of the shot.
        eased: Whether it starts and stops between the keys; who walks does not.
        pace: Steps a second, 0 for who takes none.
        lift: How far a step lifts the body.
        hover: How far it sways up and down.
        turns: The moments, 0 to 1, at which it turns round.
        back: Whether it begins turned, to end as it was staged.
    """

    keys: tuple[tuple[float, Shift], ...] = ()
    seconds: float = 4.0
    eased: bool = True
    pace: float = 0.0
    lift: float = 0.0
    hover: float = 0.0
    turns: tuple[float, ...] = ()
    back: bool = False

    @property
    def still(self) -> bool:
        """Whether it leads nowhere."""
        moves = any(shift != Shift() for _, shift in self.keys)
        return not (moves or self.lift or self.hover)

    @property
    def arrives(self) -> bool:
        """Whether it begins elsewhere than where the figure was staged, out of sight perhaps."""
        return self.eased and bool(self.keys) and self.keys[0][1] != Shift()

    def at(self, seconds: float) -> Shift:
        """Return where the figure is at a moment of the shot."""
        shift = self._between(min(1.0, max(0.0, seconds / self.seconds)))
        steps = self.pace and self.goes(seconds)
        up = self.lift if steps and striding(seconds, self.pace) == 1 else 0.0
        sway = self.hover * math.sin(math.tau * seconds / _SWAY)
        return attrs.evolve(shift, y=shift.y - up + sway)

    @property
    def restless(self) -> bool:
        """Whether it is walked for all of the shot, across the frame or on the spot."""
        return not self.keys or not self.eased

    def goes(self, seconds: float) -> bool:
        """Return whether it is on its way, or treads the spot that the camera keeps."""
        if self.restless:
            return True
        near = (self._between((seconds + step) / self.seconds) for step in (-_SOON, _SOON))
        one, other = near
        return one != other

    def turned(self, seconds: float) -> int:
        """Return 1 while it looks the other way than it was staged, 0 while it does not."""
        return (self.back + sum(seconds >= turn * self.seconds for turn in self.turns)) % 2

    def _between(self, t: float) -> Shift:
        if not self.keys:
            return Shift()
        before = max((key for key in self.keys if key[0] <= t), key=_TIME, default=self.keys[0])
        after = min((key for key in self.keys if key[0] > t), key=_TIME, default=before)
        if after[0] <= before[0]:
            return before[1]
        share = (t - before[0]) / (after[0] - before[0])
        if self.eased:
            share = share * share * (3 - 2 * share)
        return _mixed(before[1], after[1], share)


def road(part: Part, goings: Sequence[Going], pace: float, ground: Ground) -> Road:
    """Return the road of one figure through a shot.

    Args:
        part: The figure as it is staged.
        goings: How it goes, in order.
        pace: Steps a second, 0 for who takes none.
        ground: The shot.
    """
    if pace and ground.together:
        goings = [going for going in goings if going is not Going.CROSS]
    moves = [keys for going in goings if (keys := move(part, going, ground))]
    lift = part.head * (LIFT if part.body.upright else 0.03 * part.body.heads)
    base = Road(
        seconds=ground.seconds,
        pace=pace,
        lift=lift if pace else 0.0,
        hover=_HOVER if part.body.floats and not part.afloat else 0.0,
    )
    turn = next((going for going in goings if going in _TURNS), None)
    if turn is not None:
        rounds = (0.275, 0.725) if part.afloat else (0.5,)
        share = 1 / max(1, len(goings))
        begin = list(goings).index(turn) * share
        turns = tuple(begin + share * at for at in rounds)
        base = attrs.evolve(base, turns=turns, back=turn is Going.TURN and not part.afloat)
    if moves:
        course = _joined(moves)
        if Going.ENTER not in goings and Going.LEAVE not in goings:
            course = tuple((at, _held(part, shift, ground)) for at, shift in course)
        return attrs.evolve(base, keys=course)
    if pace and not ground.follows:
        one, other = (Shift(x=x) for x in ground.march)
        return attrs.evolve(base, keys=((0.0, one), (1.0, other)), eased=False)
    return base


def march(walkers: Sequence[Part], ground: Ground, *, awaited: bool) -> tuple[float, float]:
    """Return from where to where those on the way go, at one speed, inside the frame.

    Args:
        walkers: Those who walk or run.
        ground: The shot.
        awaited: Whether others are there who stay: then they end where they were staged.
    """
    if not walkers:
        return 0.0, 0.0
    way = walkers[0].facing
    slowest = min(part.head for part in walkers)
    half = way * min(_ROOM * ground.aspect, _STRIDE * slowest * ground.seconds) / 2
    ends = [inside(part, -half, 0.0 if awaited else half, ground) for part in walkers]
    return min((one for one, _ in ends), key=abs), min((other for _, other in ends), key=abs)


def _joined(moves: Sequence[Keys]) -> tuple[tuple[float, Shift], ...]:
    """Put one move after the other, each beginning where the one before has ended."""
    keys: Keys = []
    share = 1 / len(moves)
    for number, way in enumerate(moves):
        start = keys[-1][1] if keys else Shift()
        first = way[0][1] if keys else Shift()
        for at, shift in way:
            onward = Shift(
                x=start.x + shift.x - first.x,
                y=start.y + shift.y - first.y,
                size=start.size * shift.size / first.size,
                shown=min(start.shown, shift.shown),
            )
            keys.append(((number + at) * share, onward))
    return tuple(keys)


def _held(part: Part, shift: Shift, ground: Ground) -> Shift:
    """What two ways of going come to together, kept inside the frame."""
    _, top, _, bottom = part.box
    clear_top, clear_bottom = ground.clear
    under = shift.y if part.afloat and not part.body.sunk else 0.0  # where the water hides it
    low, high = min(0.0, clear_top - top), max(0.0, clear_bottom - bottom, under)
    return attrs.evolve(
        shift, x=inside(part, shift.x, 0.0, ground)[0], y=min(high, max(low, shift.y))
    )


def _mixed(one: Shift, other: Shift, share: float) -> Shift:
    return Shift(
        x=one.x + (other.x - one.x) * share,
        y=one.y + (other.y - one.y) * share,
        size=one.size + (other.size - one.size) * share,
        shown=one.shown + (other.shown - one.shown) * share,
    )
