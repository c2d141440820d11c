"""A rowing boat from straight above, around those who are aboard; lengths are frame heights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ministudio_animatic.drawing.canvas import Canvas
    from ministudio_animatic.parts import Part

__all__ = ["draw_boat_from_above"]

_TARRED: Final[Colour] = (104, 76, 56)


def draw_boat_from_above(
    canvas: Canvas, crew: Sequence[Part], lit: Callable[[Colour], Colour]
) -> None:
    """Draw the boat that holds ``crew``, at least one, its bow to the right."""
    head = max(part.head for part in crew)
    left = min(part.box[0] for part in crew) - head * 1.5
    right = max(part.box[2] for part in crew) + head * 1.9
    top = min(part.box[1] for part in crew) - head * 0.35
    low = max(part.box[3] for part in crew) + head * 0.35
    y, half = (top + low) / 2, max((low - top) / 2, head * 1.3)
    wood, pale = lit(_TARRED), lit(lighter(_TARRED, 0.12))

    def hull(grow: float) -> list[tuple[float, float]]:
        a, b, h = left - grow, right + grow * 1.6, half + grow
        return smooth(
            [(a, y - h * 0.6), (a + (b - a) * 0.3, y - h), (a + (b - a) * 0.66, y - h * 0.92),
             (b, y - h * 0.12), (b, y + h * 0.12), (a + (b - a) * 0.66, y + h * 0.92),
             (a + (b - a) * 0.3, y + h), (a, y + h * 0.6)],
            closed=True,
        )  # fmt: skip

    canvas.polygon(hull(head * 0.55), lit((222, 234, 238)), 0.4)
    canvas.polygon(hull(head * 0.22), pale)
    canvas.polygon(hull(head * 0.06), darker(wood, 0.06))
    canvas.polygon(hull(-head * 0.02), wood)
    for share in (0.22, 0.4, 0.6, 0.78):
        x = left + (right - left) * share
        canvas.stroke([(x, y - half * 0.86), (x, y + half * 0.86)], head * 0.06, darker(wood, 0.05))
    for part in crew:
        canvas.box(
            part.x - head * 0.4, y - half * 0.9, part.x + head * 0.4, y + half * 0.9, pale,
        )  # fmt: skip
    x = crew[0].x
    for side in (1, -1):
        oar = [(x, y + side * half * 0.9), (x - head * 0.8, y + side * (half + head * 1.3))]
        canvas.stroke(oar, head * 0.1, pale)
        canvas.limb([oar[1], (oar[1][0] - head * 0.3, oar[1][1] + side * head * 0.5)],
                    [head * 0.16, head * 0.34], pale)  # fmt: skip
