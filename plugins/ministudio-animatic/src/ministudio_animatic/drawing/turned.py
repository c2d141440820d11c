"""A canvas on which everything is turned about one point, for heads and bodies that lie."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Canvas

if TYPE_CHECKING:
    from ministudio_animatic.drawing.canvas import Paint, Point

__all__ = ["Turned"]

_STEPS: Final = 36  # corners of a turned ellipse
_CORNER: Final = 6  # points of a turned rounded corner


class Turned(Canvas):
    """Draws on another canvas, its own zero at ``at`` and its axes turned.

    Args:
        canvas: What is drawn on.
        at: Where the turned zero lies on it.
        angle: By how much, in radians; positive turns the top to the right.
    """

    def __init__(self, canvas: Canvas, at: Point, angle: float) -> None:
        self.width, self.height = canvas.width, canvas.height
        self.origin, self.unit = canvas.origin, canvas.unit
        self._image, self._scale = canvas._image, canvas._scale  # noqa: SLF001 - the same class
        self._base, self._zero = canvas, at
        self._cos, self._sin = math.cos(angle), math.sin(angle)

    def _at(self, point: Point) -> Point:
        x, y = point
        across = x * self._cos - y * self._sin + self._zero[0]
        return self._base._at((across, x * self._sin + y * self._cos + self._zero[1]))  # noqa: SLF001 - the same class

    def ellipse(
        self, centre: Point, rx: float, ry: float, paint: Paint, opacity: float = 1.0
    ) -> None:
        """Fill an ellipse."""
        x, y = centre
        angles = (math.tau * step / _STEPS for step in range(_STEPS))
        ring = [(x + rx * math.cos(angle), y + ry * math.sin(angle)) for angle in angles]
        self.polygon(ring, paint, opacity)

    def box(  # noqa: PLR0917 - as the canvas has them
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
        soft = min(radius, (right - left) / 2, (bottom - top) / 2)
        corners = ((right, top, -1, 1), (right, bottom, -1, -1),
                   (left, bottom, 1, -1), (left, top, 1, 1))  # fmt: skip
        ring = []
        for number, (x, y, inwards, downwards) in enumerate(corners):
            for step in range(_CORNER + 1):
                angle = math.pi / 2 * (number - 1 + step / _CORNER)
                ring.append(
                    (
                        x + inwards * soft + soft * math.cos(angle),
                        y + downwards * soft + soft * math.sin(angle),
                    )
                )
        self.polygon(ring, paint, opacity)
