"""The signs of camera moves, as storyboards draw them: an arrow, a bow, corners that close in.

A sign is drawn in a square of side 1. A camera that turns is a bow with a point, one that is
carried a straight arrow; a zoom is a frame in a frame, a push four arrows that meet.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio.plugin import CameraMove
from ministudio_animatic.drawing.canvas import Canvas, Point, smooth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PIL import Image

    from ministudio_animatic.drawing.colour import Colour

__all__ = ["SIGNED", "draw_sign"]

_LINE: Final = 0.1  # thickness
_POINT: Final = 0.24  # length of an arrow's point

_Pen = tuple[Canvas, "Colour"]


def draw_sign(move: CameraMove, side: int, colour: Colour) -> Image.Image:
    """Return the sign of a move as an RGBA picture, ``side`` pixels high and wide."""
    canvas = Canvas(side, side, (0.0, 0.0), float(side))
    _SIGNS[move]((canvas, colour))
    return canvas.finish()


def _arrow(pen: _Pen, points: Sequence[Point], thick: float = _LINE) -> None:
    """Draw a line with a point at its last end."""
    canvas, colour = pen
    (ax, ay), (x, y) = points[-2], points[-1]
    long = math.hypot(x - ax, y - ay)
    dx, dy = (x - ax) / long * _POINT, (y - ay) / long * _POINT
    canvas.stroke([*points[:-1], (x - dx * 0.6, y - dy * 0.6)], thick, colour)
    wing = 0.62
    head = [
        (x, y),
        (x - dx - dy * wing, y - dy + dx * wing),
        (x - dx + dy * wing, y - dy - dx * wing),
    ]
    canvas.polygon(head, colour)


def _straight(x: int, y: int) -> Callable[[_Pen], None]:
    """A carried camera: a straight arrow."""

    def draw(pen: _Pen) -> None:
        _arrow(pen, [(0.5 - x * 0.44, 0.5 - y * 0.44), (0.5 + x * 0.46, 0.5 + y * 0.46)])

    return draw


def _bow(x: int, y: int) -> Callable[[_Pen], None]:
    """A camera that turns where it stands: a bow."""

    def draw(pen: _Pen) -> None:
        along = (-0.44, -0.24, 0.0, 0.24, 0.46)
        bent = (0.2, -0.06, -0.15, -0.06, 0.22)
        points = [
            (0.5 + (x * a if x else b), 0.5 + (y * a if y else b))
            for a, b in zip(along, bent, strict=True)
        ]
        _arrow(pen, smooth(points, steps=4))

    return draw


def _crane(y: int) -> Callable[[_Pen], None]:
    """A crane: an arrow that leaves the ground in a sweep, or comes down to it."""

    def draw(pen: _Pen) -> None:
        canvas, colour = pen
        sweep = smooth([(0.14, 0.8), (0.5, 0.66), (0.74, 0.38), (0.8, 0.02)], steps=4)
        _arrow(pen, sweep if y < 0 else [*sweep[::-1][:-1], (0.1, 0.78)])
        canvas.stroke([(0.05, 0.96), (0.95, 0.96)], 0.07, colour)

    return draw


def _corners(inward: int) -> Callable[[_Pen], None]:
    """A push or a pull: four arrows that meet in the middle, or leave it."""

    def draw(pen: _Pen) -> None:
        for x in (-1, 1):
            for y in (-1, 1):
                far, near = (0.5 + x * 0.48, 0.5 + y * 0.48), (0.5 + x * 0.1, 0.5 + y * 0.1)
                _arrow(pen, [far, near] if inward > 0 else [near, far], 0.08)

    return draw


def _frames(inward: int) -> Callable[[_Pen], None]:
    """A zoom: a frame in a frame, the one it goes to drawn bold."""

    def draw(pen: _Pen) -> None:
        canvas, colour = pen
        for half, bold in ((0.46, inward < 0), (0.2, inward > 0)):
            low, high = 0.5 - half, 0.5 + half
            ring = [(low, low), (high, low), (high, high), (low, high), (low, low)]
            canvas.stroke(ring, 0.13 if bold else 0.06, colour)

    return draw


def _ring(way: int) -> Callable[[_Pen], None]:
    """A way round somebody: a dot, and most of a ring around it with a point."""

    def draw(pen: _Pen) -> None:
        canvas, colour = pen
        turns = [math.radians(205 - 275 * k / 14) for k in range(15)]
        points = [(0.5 + way * 0.4 * math.cos(a), 0.5 - 0.36 * math.sin(a)) for a in turns]
        _arrow(pen, [points[0], *points[1:-1:2], points[-1]])
        canvas.ellipse((0.5, 0.5), 0.11, 0.11, colour)

    return draw


def _wave(pen: _Pen) -> None:
    """A camera in the hand: an uneven line."""
    canvas, colour = pen
    points = [(0.05, 0.55), (0.22, 0.25), (0.42, 0.7), (0.6, 0.35), (0.78, 0.75), (0.95, 0.4)]
    canvas.stroke(smooth(points, steps=5), _LINE, colour)


_SIGNS: Final[Mapping[CameraMove, Callable[[_Pen], None]]] = {
    CameraMove.PAN_LEFT: _bow(-1, 0),
    CameraMove.PAN_RIGHT: _bow(1, 0),
    CameraMove.TILT_UP: _bow(0, -1),
    CameraMove.TILT_DOWN: _bow(0, 1),
    CameraMove.TRUCK_LEFT: _straight(-1, 0),
    CameraMove.TRUCK_RIGHT: _straight(1, 0),
    CameraMove.PEDESTAL_UP: _straight(0, -1),
    CameraMove.PEDESTAL_DOWN: _straight(0, 1),
    CameraMove.CRANE_UP: _crane(-1),
    CameraMove.CRANE_DOWN: _crane(1),
    CameraMove.PUSH_IN: _corners(1),
    CameraMove.PULL_OUT: _corners(-1),
    CameraMove.ZOOM_IN: _frames(1),
    CameraMove.ZOOM_OUT: _frames(-1),
    CameraMove.ORBIT_LEFT: _ring(-1),
    CameraMove.ORBIT_RIGHT: _ring(1),
    CameraMove.HANDHELD: _wave,
}

SIGNED: Final = frozenset(_SIGNS)
"""The moves that have a sign; a camera that stands still has none."""
