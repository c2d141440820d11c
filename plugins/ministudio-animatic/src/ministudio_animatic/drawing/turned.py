"""Canvases on which everything is turned: for bodies that lie, and for what is seen from above."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Canvas

if TYPE_CHECKING:
    from ministudio_animatic.drawing.canvas import Paint, Point

__all__ = ["Turned", "TurnedCanvas", "turned"]

_CORNER: Final = 6  # points of a turned rounded corner


def turned(point: Point, turn: float) -> Point:
    """Return a point turned clockwise about (0, 0), by ``turn`` in radians; y grows downwards."""
    cos, sin = math.cos(turn), math.sin(turn)
    return point[0] * cos - point[1] * sin, point[0] * sin + point[1] * cos


class _Polygons(Canvas):
    """A canvas that draws round things as polygons, since those can be turned."""

    def ellipse(
        self, centre: Point, rx: float, ry: float, paint: Paint, opacity: float = 1.0
    ) -> None:
        """Fill an ellipse."""
        steps = max(16, min(72, round(6 * math.sqrt(max(1.0, max(rx, ry) * self._scale)))))
        x, y = centre
        rim = (math.tau * step / steps for step in range(steps))
        points = [(x + rx * math.cos(angle), y + ry * math.sin(angle)) for angle in rim]
        self.polygon(points, paint, opacity)

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        paint: Paint,
        opacity: float = 1.0,
        radius: float = 0.0,
    ) -> None:
        """Fill a rectangle, its corners rounded by ``radius``."""
        if right <= left or bottom <= top:
            return
        r = min(radius, (right - left) / 2, (bottom - top) / 2)
        corners = ((right - r, bottom - r), (left + r, bottom - r), (left + r, top + r),
                   (right - r, top + r))  # fmt: skip
        points = [
            (x + r * math.cos(angle), y + r * math.sin(angle))
            for quarter, (x, y) in enumerate(corners)
            for angle in (
                (quarter + step / _CORNER) * math.pi / 2 for step in range(_CORNER + 1 if r else 1)
            )
        ]
        self.polygon(points, paint, opacity)


class Turned(_Polygons):
    """Draws on another canvas, its own zero at ``at`` and its axes turned.

    Args:
        canvas: What is drawn on.
        at: Where the turned zero lies on it.
        angle: By how much, in radians; positive turns the top to the right.
    """

    def __init__(self, canvas: Canvas, at: Point, angle: float) -> None:
        self.width, self.height = canvas.width, canvas.height
        self.origin, self.unit, self.deep = canvas.origin, canvas.unit, canvas.deep
        self._image, self._scale = canvas._image, canvas._scale  # noqa: SLF001 - the same class
        self._base, self._zero, self._angle = canvas, at, angle

    def _at(self, point: Point) -> Point:
        x, y = turned(point, self._angle)
        return self._base._at((x + self._zero[0], y + self._zero[1]))  # noqa: SLF001 - the same class


class TurnedCanvas(_Polygons):
    """A clear canvas whose scene is turned about a point of the picture.

    Args:
        size: Width and height of the finished picture, in pixels.
        middle: Where the scene's (0, 0) lies in it, in pixels.
        unit: Pixels of the finished picture per scene unit.
        turn: How far the scene is turned clockwise, in radians.
    """

    def __init__(self, size: tuple[int, int], middle: Point, unit: float, turn: float) -> None:
        super().__init__(*size, (-middle[0] / unit, -middle[1] / unit), unit)
        self._turn, self._shift = turn, (0.0, 0.0)

    def move(self, across: float, down: float) -> None:
        """Move whatever is drawn from now on, in the scene as it is turned."""
        self._shift = self._shift[0] + across, self._shift[1] + down

    def _at(self, point: Point) -> Point:
        moved = point[0] + self._shift[0], point[1] + self._shift[1]
        return super()._at(turned(moved, self._turn))
