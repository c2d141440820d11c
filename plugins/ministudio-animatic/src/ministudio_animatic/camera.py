"""The camera: each move as an eased path over the drawn card, in pure functions.

A ``View`` is what the lens takes in: where its centre lies, in frame widths and heights away
from the composed frame's centre, and how large it is against that frame. Turning the camera
(pan, tilt) and zooming move near and far alike; carrying it (push, truck, pedestal, crane,
orbit) moves what is near further than what is far, which is how the eye tells them apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

import attrs

from ministudio.plugin import Camera, CameraAngle, CameraMove, Pace
from ministudio_animatic.drawing.dice import dice

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
"""Depth of the figures: they follow the camera's move in full."""

FAR: Final = 0.42
"""Depth of the backdrop: it follows a carried camera by this share."""

FLOOR: Final = 0.88
"""Depth of the ground seen from overhead: hardly farther than who stands on it."""

ABOVE: Final = 1.35
"""Depth of what hangs between an overhead camera and the figures: crowns, eaves, rain."""


@attrs.frozen
class View:
    """What the lens takes in: its centre, in frame widths and heights, and its size (1 = frame)."""

    x: float = 0.0
    y: float = 0.0
    size: float = 1.0


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
        start: The view at the beginning.
        end: The view at the end.
        carried: Whether the camera itself moves, so that near and far move apart.
        opposed: Whether the far moves against the near, as it does around a subject.
        shake: The handheld sway at a time in seconds; None where there is none.
        seconds: Length of the shot.
        follows: Whether it keeps step with somebody: the near then holds its place across the
            frame, and the far slides by.
    """

    start: View = View()
    end: View = View()
    carried: bool = False
    opposed: bool = False
    shake: Callable[[float], View] | None = None
    seconds: float = 4.0
    follows: bool = False

    def seen(self, point: tuple[float, float], seconds: float) -> tuple[float, float]:
        """Return where the frame shows what lies near at ``point``, in widths and heights."""
        view = self.at(seconds)
        x, y = point
        return (x - 0.5 - view.x) / view.size + 0.5, (y - 0.5 - view.y) / view.size + 0.5

    def against(self, point: tuple[float, float], seconds: float) -> tuple[float, float]:
        """Return before which point of the backdrop the frame shows what lies near at ``point``."""
        far = self.at(seconds, FAR)
        x, y = self.seen(point, seconds)
        return (x - 0.5) * far.size + 0.5 + far.x, (y - 0.5) * far.size + 0.5 + far.y

    @property
    def still(self) -> bool:
        """Whether nothing moves."""
        return self.shake is None and self.start == self.end

    def at(self, seconds: float, depth: float = NEAR) -> View:
        """Return the view of what lies at ``depth``, ``seconds`` into the shot."""
        if self.shake is not None:
            return self.shake(seconds)
        t = _eased(seconds / self.seconds)
        view = View(
            self.start.x + (self.end.x - self.start.x) * t,
            self.start.y + (self.end.y - self.start.y) * t,
            self.start.size + (self.end.size - self.start.size) * t,
        )
        if self.follows:
            slide = 0.0 if depth == NEAR else _SLIDE * max(1.0, depth)
            return View(view.x * slide, view.y, view.size)
        if depth == NEAR or not self.carried:
            return view
        across = -depth if self.opposed else depth
        return View(view.x * across, view.y * depth, 1 + (view.size - 1) * depth)


_Ends = tuple[View, View]

_PLAIN: Final[Mapping[CameraMove, _Ends]] = {
    CameraMove.STATIC: (View(), View()),
    CameraMove.PAN_LEFT: (View(0.08), View(-0.08)),
    CameraMove.PAN_RIGHT: (View(-0.08), View(0.08)),
    CameraMove.TILT_UP: (View(0, 0.07), View(0, -0.07)),
    CameraMove.TILT_DOWN: (View(0, -0.07), View(0, 0.07)),
    CameraMove.ZOOM_IN: (View(size=1.24), View()),
    CameraMove.ZOOM_OUT: (View(), View(size=1.24)),
}

# Pedestal and crane go down little: what they push down goes under the caption band.
_CARRIED: Final[Mapping[CameraMove, _Ends]] = {
    CameraMove.PUSH_IN: (View(size=1.24), View()),
    CameraMove.PULL_OUT: (View(), View(size=1.24)),
    CameraMove.TRUCK_LEFT: (View(0.1), View(-0.1)),
    CameraMove.TRUCK_RIGHT: (View(-0.1), View(0.1)),
    CameraMove.PEDESTAL_UP: (View(0, 0.075), View(0, -0.02)),
    CameraMove.PEDESTAL_DOWN: (View(0, -0.02), View(0, 0.075)),
    CameraMove.CRANE_UP: (View(0, 0.07, 1.0), View(0, -0.025, 1.2)),
    CameraMove.CRANE_DOWN: (View(0, -0.025, 1.2), View(0, 0.07, 1.0)),
    CameraMove.ORBIT_LEFT: (View(0.085, 0, 1.08), View(-0.085, 0, 1.0)),
    CameraMove.ORBIT_RIGHT: (View(-0.085, 0, 1.08), View(0.085, 0, 1.0)),
}

# From overhead, up is away from the ground: what rises sees more of it.
_OVERHEAD: Final[Mapping[CameraMove, _Ends]] = {
    CameraMove.PEDESTAL_UP: (View(), View(size=1.18)),
    CameraMove.PEDESTAL_DOWN: (View(size=1.18), View()),
    CameraMove.CRANE_UP: (View(0.035, 0.025, 1.0), View(-0.035, -0.025, 1.32)),
    CameraMove.CRANE_DOWN: (View(-0.035, -0.025, 1.32), View(0.035, 0.025, 1.0)),
    CameraMove.ORBIT_LEFT: (View(0.06, -0.04, 1.06), View(-0.06, 0.04, 1.06)),
    CameraMove.ORBIT_RIGHT: (View(-0.06, -0.04, 1.06), View(0.06, 0.04, 1.06)),
}

_PACE: Final[Mapping[Pace, float]] = {Pace.SLOW: 0.7, Pace.STEADY: 1.0, Pace.FAST: 1.3}
_ORBITS: Final = frozenset({CameraMove.ORBIT_LEFT, CameraMove.ORBIT_RIGHT})
_FULL_MOVE_SECONDS: Final = 2.5  # a shorter shot gets a smaller move, or it would be a jerk
_SLIDE: Final = 1.6  # of a truck's way, what slides by behind somebody it keeps step with
_SWAY: Final = 0.012


def heading(move: CameraMove) -> int:
    """Return which way across a trucking camera goes: 1 to the right, -1 to the left, else 0."""
    return {CameraMove.TRUCK_RIGHT: 1, CameraMove.TRUCK_LEFT: -1}.get(move, 0)


def path(camera: Camera, seconds: float, seed: int = 0, *, walking: bool = False) -> Path:
    """Return the path of one shot's camera.

    Args:
        camera: What the shot asks for.
        seconds: Length of the shot.
        seed: Decides the sway of a handheld camera.
        walking: Whether the subject walks or runs, so that a trucking camera keeps step.
    """
    if camera.move is CameraMove.HANDHELD:
        return Path(shake=_sway(seed, _SWAY * _PACE[camera.pace]), seconds=seconds)
    carried = camera.move in _CARRIED
    start, end = _CARRIED[camera.move] if carried else _PLAIN[camera.move]
    overhead = camera.angle is CameraAngle.OVERHEAD
    if overhead:
        start, end = _OVERHEAD.get(camera.move, (start, end))
    amount = _PACE[camera.pace] * min(1.0, 0.35 + 0.65 * seconds / _FULL_MOVE_SECONDS)
    return Path(
        start=_scaled(start, amount),
        end=_scaled(end, amount),
        carried=carried,
        opposed=camera.move in _ORBITS and not overhead,
        follows=walking and heading(camera.move) != 0,
        seconds=seconds,
    )


def reach(path: Path, depth: float = NEAR) -> Reach:
    """Return how far the path ever sees of what lies at ``depth``."""
    if path.shake is not None:
        most = 0.5 + 2 * _SWAY * max(_PACE.values())
        return Reach(-most, -most, most, most, 1.0)
    views = [path.at(t, depth) for t in (0.0, path.seconds)]
    return Reach(
        min(view.x - view.size / 2 for view in views),
        min(view.y - view.size / 2 for view in views),
        max(view.x + view.size / 2 for view in views),
        max(view.y + view.size / 2 for view in views),
        max(view.size for view in views),
    )


def drift(path: Path) -> tuple[float, float]:
    """Return how far down, and how far up, a path moves people beyond where they are composed.

    Both in frame heights: as much must be left free below their feet and above their heads.
    """
    if path.shake is not None:
        most = _SWAY * max(_PACE.values())
        return most, most
    shown = [
        (path.seen((0.5, low), t)[1] - low, high - path.seen((0.5, high), t)[1])
        for t in (0.0, path.seconds)
        for low, high in ((0.5, 0.5), (0.85, 0.0))
    ]
    return max(0.0, *(down for down, _ in shown)), max(0.0, *(up for _, up in shown))


def _scaled(view: View, amount: float) -> View:
    return View(view.x * amount, view.y * amount, 1 + (view.size - 1) * amount)


def _eased(t: float) -> float:
    """Start and end gently; the middle runs evenly, so that long moves do not seem to rush."""
    t = min(1.0, max(0.0, t))
    ease = 0.3
    top = 1 / (1 - ease)
    if t < ease:
        return top * t * t / (2 * ease)
    if t > 1 - ease:
        return 1 - top * (1 - t) * (1 - t) / (2 * ease)
    return top * (t - ease / 2)


def _sway(seed: int, amount: float) -> Callable[[float], View]:
    rng = dice(f"sway/{seed}")
    waves = [(rng.uniform(0.25, 1.1), rng.uniform(0, math.tau)) for _ in range(6)]

    def sway(seconds: float) -> View:
        x, y, size = (
            sum(math.sin(math.tau * pace * seconds + phase) for pace, phase in waves[k : k + 2]) / 2
            for k in (0, 2, 4)
        )
        return View(amount * x, amount * y, 1 + amount * 0.5 * size)

    return sway
