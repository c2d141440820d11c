"""What people lie on, seen from the side: beds, sofas, benches; and blankets. In heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.drawing.canvas import Fade, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter
from ministudio_animatic.reading.rest import Bed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio_animatic.drawing.canvas import Canvas, Point

__all__ = ["Berth", "Colours", "draw_behind", "draw_blanket", "draw_under"]

Colours = tuple[Colour, Colour, Colour, Colour]
"""Of the wood, of a sofa, of linen and of a blanket."""

_ABOVE: Final = {Bed.GROUND: 1.5, Bed.BED: 1.95, Bed.SOFA: 1.95, Bed.BENCH: 1.5}
_UNDER: Final = {Bed.GROUND: 0.0, Bed.BED: 1.5, Bed.SOFA: 1.25, Bed.BENCH: 1.35}
_PILLOWS: Final = {Bed.GROUND: 0.0, Bed.BED: 0.34, Bed.SOFA: 0.3, Bed.BENCH: 0.0}
_BEYOND: Final = {Bed.GROUND: 0.25, Bed.BED: 0.7, Bed.SOFA: 0.7, Bed.BENCH: 0.4}


@attrs.frozen
class Berth:
    """Where somebody lies: what it is, and how long a body lies on it, in heads."""

    bed: Bed
    length: float

    @property
    def surface(self) -> float:
        """How far below the figure's highest point the surface is."""
        return _ABOVE[self.bed]

    @property
    def heads(self) -> float:
        """How high body and bed are together."""
        return _ABOVE[self.bed] + _UNDER[self.bed]

    @property
    def width(self) -> float:
        """How wide body and bed are together."""
        return self.length + 2 * _BEYOND[self.bed]

    @property
    def pillow(self) -> float:
        """How far the head is raised."""
        return _PILLOWS[self.bed]

    @property
    def face(self) -> tuple[float, float, float]:
        """Where the face is: across towards the feet, down, and how high it is."""
        return 0.52 - self.length / 2, self.surface - 0.5 - self.pillow, 1.0


def draw_behind(canvas: Canvas, berth: Berth, facing: int, colours: Colours) -> None:
    """Draw what stands behind the body: a headboard and a footboard, or the back of a sofa."""
    wood, cloth, _, _ = colours
    half, level, low = berth.width / 2, berth.surface, berth.heads
    if berth.bed is Bed.BED:
        for side, up in ((-facing, 1.9), (facing, 0.7)):
            x = side * (half - 0.16)
            canvas.box(x - 0.15, level - up, x + 0.15, low, darker(wood, 0.04), radius=0.12)
    elif berth.bed is Bed.SOFA:
        back = Fade(lighter(cloth, 0.01), darker(cloth, 0.06))
        canvas.box(-half + 0.1, level - 1.75, half - 0.1, low - 0.3, back, radius=0.35)


def draw_under(canvas: Canvas, berth: Berth, facing: int, colours: Colours) -> None:
    """Draw what bears the body, and the pillow."""
    wood, cloth, linen, _ = colours
    half, level, low = berth.width / 2, berth.surface, berth.heads
    if berth.bed is Bed.BED:
        canvas.box(-half + 0.2, level + 0.5, half - 0.2, level + 0.95, wood, radius=0.06)
        sheet = Fade(linen, darker(linen, 0.09))
        canvas.box(-half + 0.28, level - 0.06, half - 0.28, level + 0.62, sheet, radius=0.16)
    elif berth.bed is Bed.SOFA:
        for x in (-half + 0.5, half - 0.5):
            canvas.box(x - 0.1, low - 0.3, x + 0.1, low, darker(wood, 0.08))
        canvas.box(-half + 0.1, level, half - 0.1, low - 0.2, darker(cloth, 0.03), radius=0.2)
        for x in (-half + 0.32, half - 0.32):
            canvas.box(x - 0.32, level - 0.62, x + 0.32, low - 0.2, darker(cloth, 0.08), radius=0.3)
    elif berth.bed is Bed.BENCH:
        for x in (-half + 0.6, half - 0.6):
            canvas.box(x - 0.12, level + 0.1, x + 0.12, low, darker(wood, 0.1))
        canvas.box(-half, level - 0.03, half, level + 0.2, wood, radius=0.05)
        canvas.box(-half, level + 0.2, half, level + 0.3, darker(wood, 0.07))
    if berth.pillow:
        _pillow(canvas, berth, facing, linen if berth.bed is Bed.BED else lighter(cloth, 0.1))


def _pillow(canvas: Canvas, berth: Berth, facing: int, colour: Colour) -> None:
    level, zero = berth.surface, -berth.length / 2
    shape = [(-0.42, 0.0), (-0.46, 0.5), (-0.1, 0.66), (0.5, 0.52), (1.1, 0.56), (1.42, 0.4),
             (1.4, 0.1), (1.2, -0.04)]  # fmt: skip
    points = [(facing * (zero + along), level - up) for along, up in shape]
    canvas.blob(points, Fade(lighter(colour, 0.02), darker(colour, 0.08)))
    fold = [(facing * (zero + along), level - up) for along, up in ((-0.3, 0.3), (0.1, 0.2))]
    canvas.stroke(fold, 0.035, darker(colour, 0.1))


def draw_blanket(canvas: Canvas, ridge: Sequence[Point], berth: Berth, colour: Colour) -> None:
    """Draw a blanket whose upper edge runs along ``ridge``, from the chest to the feet."""
    first, last = ridge[0], ridge[-1]
    on = 1 if last[0] > first[0] else -1
    hang = berth.surface + (0.34 if berth.bed is not Bed.GROUND else -0.02)
    edge = smooth(ridge, steps=8)
    low = [(last[0] + on * 0.06, hang), *_waves((last[0], hang), (first[0] - on * 0.1, hang))]
    canvas.polygon([*edge, *low], Fade(lighter(colour, 0.03), darker(colour, 0.07)))
    for share in (0.3, 0.5, 0.72):
        x, y = edge[round(share * (len(edge) - 1))]
        crease = [(x, y + 0.14), (x + on * 0.1, (y + hang) / 2), (x + on * 0.05, hang - 0.12)]
        canvas.stroke(smooth(crease), 0.045, darker(colour, 0.09))
    hem = [first, (first[0] - on * 0.06, (first[1] + hang) / 2), (first[0] - on * 0.1, hang)]
    canvas.stroke(smooth(hem), 0.26, lighter(colour, 0.13))


def _waves(start: Point, end: Point) -> list[Point]:
    """The scalloped lower edge of hanging cloth."""
    steps = 14
    return [
        (start[0] + (end[0] - start[0]) * k / steps, start[1] + (0.06 if k % 2 else 0.0))
        for k in range(steps + 1)
    ]
