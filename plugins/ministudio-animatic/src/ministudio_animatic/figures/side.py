"""A pen for animals seen from the side, in units of the animal's own height."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ministudio_animatic.acting import STILL, Act

if TYPE_CHECKING:
    from ministudio_animatic.drawing.canvas import Canvas, Point
    from ministudio_animatic.drawing.colour import Colour

__all__ = ["Side"]


class Side:
    """Draws in units of the animal's height, looking right; turned round when it faces left.

    Args:
        canvas: Where to draw.
        tall: The animal's height, in heads of a person.
        facing: 1 when it looks to the right, -1 to the left.
        nose_up: By how many radians it is turned upwards about its middle.
        shift: How far everything is moved, in heights.
        act: What sets this drawing apart from others of the same animal.
    """

    def __init__(
        self,
        canvas: Canvas,
        tall: float,
        facing: int,
        nose_up: float = 0.0,
        shift: Point = (0.0, 0.0),
        *,
        act: Act = STILL,
    ) -> None:
        self.act = act
        self.canvas, self.tall, self.facing, self.shift = canvas, tall, facing, shift
        self.cos, self.sin = math.cos(nose_up), math.sin(nose_up)

    @property
    def gape(self) -> float:
        """How far the mouth is open, 0 to 1."""
        return self.act.mouth or 0.0

    def at(self, point: Point) -> Point:
        """Return where a point of the animal lies on the canvas."""
        x, y = point[0], point[1] - 0.5
        across = x * self.cos + y * self.sin + self.shift[0]
        down = y * self.cos - x * self.sin + 0.5 + self.shift[1]
        return across * self.tall * self.facing, down * self.tall

    def blob(self, points: list[Point], colour: Colour) -> None:
        """Draw a rounded shape."""
        self.canvas.blob([self.at(point) for point in points], colour)

    def limb(self, points: list[Point], widths: list[float], colour: Colour) -> None:
        """Draw a line that grows thinner or thicker."""
        course = [self.at(point) for point in points]
        self.canvas.limb(course, [width * self.tall for width in widths], colour)

    def disc(self, at: Point, rx: float, ry: float, colour: Colour) -> None:
        """Draw an ellipse, upright however the animal is turned."""
        self.canvas.ellipse(self.at(at), rx * self.tall, ry * self.tall, colour)
