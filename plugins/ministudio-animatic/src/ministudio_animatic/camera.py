"""The camera: each move as an eased path over the drawn card, in pure functions.

A ``View`` is what the lens takes in: where its centre lies, in frame widths and heights away
from the composed frame's centre, and how large it is against that frame. What a move is, is told
by how near and far things (the figures, the horizon) go through the frame:

==============  =================================================================================
turning         pan, tilt: near and far go across, or up and down, alike
the lens        zoom: near and far grow alike
push in         near grows much faster than far
truck           near and far go across the same way, near faster
pedestal        near sinks or rises faster than far, the ground between opens or closes; no size
crane           the same, and near shrinks as the camera rises, while far keeps its size
orbit           far sweeps across one way, near drifts the other way and shows its other side
handheld        near and far sway alike, unevenly
==============  =================================================================================

Whoever walks along with a pan or a truck is not left behind: see ``Path.follows``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import attrs

from ministudio.plugin import Camera, CameraAngle, CameraMove, Pace
from ministudio_animatic.motion import eased, sway
from ministudio_animatic.moves import (
    CARRIED,
    COMPOSED,
    OVERHEAD,
    PLAIN,
    RISING,
    TURNS,
    View,
    heading,
)

__all__ = [
    "ABOVE",
    "FAR",
    "FLOOR",
    "NEAR",
    "Path",
    "Reach",
    "View",
    "drift",
    "heading",
    "path",
    "reach",
]

NEAR: Final = 1.0
"""Depth of the figures."""

FAR: Final = 0.0
"""Depth of the backdrop and its horizon; the ground lies between."""

FLOOR: Final = 0.88
"""Depth of the ground seen from overhead: hardly farther than who stands on it."""

ABOVE: Final = 1.35
"""Depth of what hangs between an overhead camera and the figures: crowns, eaves, rain."""


@attrs.frozen
class Reach:
    """How far a path goes, in frame widths and heights from the composed frame's centre.

    ``widest`` is the largest view of the path: drawn at one pixel of the card to one of the
    frame there, the card is only ever enlarged, which takes half as long as shrinking it.
    """

    left: float
    top: float
    right: float
    bottom: float
    widest: float = 1.0


@attrs.frozen(kw_only=True)
class Path:
    """One shot's camera path.

    Args:
        start: The view of what is near at the beginning.
        end: The same at the end.
        far: The view of what is far, at the beginning and at the end; None where near and far
            move alike.
        shake: The handheld sway at a time in seconds; None where there is none.
        seconds: Length of the shot.
        follows: Which way somebody walks with whom it keeps step, 1 or -1, else 0: they never
            fall back across the frame.
        ground: At which heights of the frame the ground begins and feet stand, where it opens
            or closes as the camera rises or sinks.
        turns: Which way round its subject it goes: 1 to the right, -1 to the left, else 0.
        overhead: Whether it looks straight down.
    """

    start: View = COMPOSED
    end: View = COMPOSED
    far: tuple[View, View] | None = None
    shake: Callable[[float], View] | None = None
    seconds: float = 4.0
    follows: int = 0
    ground: tuple[float, float] | None = None
    turns: int = 0
    overhead: bool = False

    def against(self, point: tuple[float, float], seconds: float) -> tuple[float, float]:
        """Return before which point of the backdrop the frame shows what lies near at ``point``."""
        far = self.at(seconds, FAR)
        x, y = self.shown(*point, seconds)
        return (x - 0.5) * far.size + 0.5 + far.x, (y - 0.5) * far.size + 0.5 + far.y

    @property
    def still(self) -> bool:
        """Whether nothing moves."""
        return self.shake is None and self.start == self.end

    @property
    def layered(self) -> bool:
        """Whether near and far move apart, so that they must be drawn apart."""
        return self.far is not None or self.follows != 0

    def at(self, seconds: float, depth: float = NEAR) -> View:
        """Return the view of what lies at ``depth``, ``seconds`` into the shot."""
        if self.shake is not None:
            return self.shake(seconds)
        t = self.share(seconds)
        near = _between(self.start, self.end, t)
        if self.overhead:
            return self._from_above(near, depth)
        far = _between(*self.far, t) if self.far else near
        if self.follows:
            # A camera that turns lets them gain a little; one that is carried keeps them there.
            slide = 0.0 if self.far else _GAIN
            far = attrs.evolve(far, x=near.x * (_SLIDE if self.far else 1.0))
            near = attrs.evolve(near, x=-slide * near.x)
        return _between(far, near, (depth - FAR) / (NEAR - FAR))

    def _from_above(self, near: View, depth: float) -> View:
        """Return the view of a layer of a floor plan: it follows the camera by its depth."""
        if self.far is None:
            return near
        if self.follows:
            slide = 0.0 if depth == NEAR else _SLIDE * max(1.0, depth)
            return attrs.evolve(near, x=near.x * slide)
        return _between(COMPOSED, near, depth)

    def share(self, seconds: float) -> float:
        """Return how much of the way is done, 0 to 1."""
        return eased(seconds / self.seconds)

    def shown(self, x: float, y: float, seconds: float, depth: float = NEAR) -> tuple[float, float]:
        """Return where a point of the composed frame is in the frame, in widths and heights."""
        view = self.at(seconds, depth)
        return 0.5 + (x - 0.5 - view.x) / view.size, 0.5 + (y - 0.5 - view.y) / view.size

    def around(self, seconds: float, x: float) -> View:
        """Return the view of a figure that stands ``x`` frame heights right of the middle.

        A camera that goes round comes nearer to those on the side it goes to.
        """
        view = self.at(seconds)
        swing = _SWING * self.turns * x * (1 - 2 * self.share(seconds))
        return attrs.evolve(view, size=view.size * (1 + swing))

    def stretch(self, seconds: float) -> float:
        """Return how far apart the ground lies against how it was drawn; 1 as it was.

        It hangs between the horizon, which is far, and the feet, which are near.
        """
        if self.ground is None:
            return 1.0
        level, feet = self.ground
        begins = self.shown(0.5, level, seconds, FAR)[1]
        stands = self.shown(0.5, feet, seconds, NEAR)[1]
        drawn = (feet - level) / self.at(seconds, FAR).size
        return max(_LEAST_STRETCH, (stands - begins) / drawn)


_PACE: Final[Mapping[Pace, float]] = {Pace.SLOW: 0.7, Pace.STEADY: 1.0, Pace.FAST: 1.3}
_FULL_MOVE_SECONDS: Final = 2.5  # a shorter shot gets a smaller move, or it would be a jerk
_SLIDE: Final = 1.6  # of a truck's way, what slides by behind somebody it keeps step with
_GAIN: Final = 0.35  # of a pan's way, what somebody gains whom it follows
_SWING: Final = 0.22  # by how much nearer a figure comes, for each frame height from the middle
_LEAST_STRETCH: Final = 0.4
_LEAST_GROUND: Final = 0.04  # frame heights: on less there is nothing to open
_SWAY: Final = 0.012


def path(
    camera: Camera,
    seconds: float,
    seed: int = 0,
    *,
    walking: bool = False,
    ground: tuple[float, float] | None = None,
) -> Path:
    """Return the path of one shot's camera.

    Args:
        camera: What the shot asks for.
        seconds: Length of the shot.
        seed: Decides the sway of a handheld camera.
        walking: Whether the subject walks or runs, so that the camera keeps step.
        ground: At which heights of the frame the ground begins and feet stand.
    """
    if camera.move is CameraMove.HANDHELD:
        return Path(shake=sway(seed, _SWAY * _PACE[camera.pace]), seconds=seconds)
    amount = _PACE[camera.pace] * min(1.0, 0.35 + 0.65 * seconds / _FULL_MOVE_SECONDS)
    carried = CARRIED.get(camera.move)
    start, end = carried[0] if carried else PLAIN[camera.move]
    far = (_scaled(carried[1][0], amount), _scaled(carried[1][1], amount)) if carried else None
    follows = heading(camera.move)
    overhead = camera.angle is CameraAngle.OVERHEAD
    if overhead:
        start, end = OVERHEAD.get(camera.move, (start, end))
        follows = follows if carried else 0
    opens = (
        ground and not overhead and camera.move in RISING and ground[1] - ground[0] > _LEAST_GROUND
    )
    return Path(
        start=_scaled(start, amount),
        end=_scaled(end, amount),
        far=far,
        follows=follows if walking else 0,
        ground=ground if opens else None,
        turns=0 if overhead else TURNS.get(camera.move, 0),
        overhead=overhead,
        seconds=seconds,
    )


def reach(path: Path, depth: float = NEAR) -> Reach:
    """Return how far the path ever sees of what lies at ``depth``."""
    if path.shake is not None:
        most = 0.5 + 2 * _SWAY * max(_PACE.values())
        return Reach(-most, -most, most, most, 1.0)
    views = [path.at(t, depth) for t in (0.0, path.seconds)]
    low = max(view.y + view.size / 2 for view in views)
    if path.ground and depth != NEAR:
        low = max(low, *(_lowest(path, t) for t in (0.0, path.seconds)))
    widest = max(view.size for view in views)
    # Whoever is farther away on a way round is seen smaller, and so more of what is beside them.
    more = widest * _SWING / 2 if path.turns and depth == NEAR else 0.0
    return Reach(
        min(view.x - view.size / 2 for view in views) - more,
        min(view.y - view.size / 2 for view in views) - more,
        max(view.x + view.size / 2 for view in views) + more,
        low + more,
        widest,
    )


def _lowest(path: Path, seconds: float) -> float:
    """Return which height of the drawn ground is at the bottom of the frame, from its middle."""
    level = path.ground[0] if path.ground else 1.0
    begins = path.shown(0.5, level, seconds, FAR)[1]
    below = max(0.0, 1.0 - begins) * path.at(seconds, FAR).size
    return level - 0.5 + below / path.stretch(seconds)


def _between(one: View, other: View, t: float) -> View:
    return View(
        one.x + (other.x - one.x) * t,
        one.y + (other.y - one.y) * t,
        one.size + (other.size - one.size) * t,
    )


def drift(path: Path) -> tuple[float, float]:
    """Return how far down, and how far up, a path moves people beyond where they are composed.

    Both in frame heights: as much must be left free below their feet and above their heads.
    """
    if path.shake is not None:
        most = _SWAY * max(_PACE.values())
        return most, most
    shown = [
        (path.shown(0.5, low, t)[1] - low, high - path.shown(0.5, high, t)[1])
        for t in (0.0, path.seconds)
        for low, high in ((0.5, 0.5), (0.85, 0.0))
    ]
    return max(0.0, *(down for down, _ in shown)), max(0.0, *(up for _, up in shown))


def _scaled(view: View, amount: float) -> View:
    return View(view.x * amount, view.y * amount, 1 + (view.size - 1) * amount)
