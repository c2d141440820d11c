"""Fishing tackle: a rod as long as rods are, and a line to the water. The measure is one head."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import smooth
from ministudio_animatic.drawing.colour import Colour, darker, mix
from ministudio_animatic.framing import Tackle
from ministudio_animatic.reading.colours import first_colour
from ministudio_animatic.reading.words import first, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio_animatic.drawing.canvas import Canvas, Point
    from ministudio_animatic.parts import Part

__all__ = ["draw_tackle", "read_tackle"]

_TACKLE: Final[Mapping[str, Tackle]] = table(
    (Tackle.ROD, "rod, fishing rod, fishing pole, fishing"),
    (Tackle.LINE, "line, fishing line, handline, hand line"),
)
_OTHER_LINES: Final = re.compile(
    r"\b(?:washing|clothes|bottom|dotted|straight|phone|assembly|power|land|pick.?up) ?lines?\b"
)
_THREAD: Final[Colour] = (238, 238, 230)


def read_tackle(words: str) -> Tackle | None:
    """Return what is carried to fish with, if anything is."""
    said = words.lower()
    return None if _OTHER_LINES.search(said) else first(said, _TACKLE)


def draw_tackle(canvas: Canvas, part: Part, words: str, cane: Colour) -> None:
    """Draw the rod and the line of somebody whose top of the head is at (0, 0).

    Args:
        canvas: Where to draw; its unit is one head.
        part: Who fishes, as staged.
        words: What is carried.
        cane: The colour of a rod in the light of the shot.
    """
    hand = (part.body.hand[0] * part.facing, part.body.hand[1])
    start = hand
    thick = max(1.6 / canvas.unit, 0.035)
    if part.tip is not None:
        start = part.tip
        butt = (hand[0] - (start[0] - hand[0]) * 0.09, hand[1] - (start[1] - hand[1]) * 0.09)
        colour = mix(cane, first_colour(words) or cane, 0.8)
        canvas.limb([butt, start], [max(3.2 / canvas.unit, 0.13), thick], colour)
        grip = (hand[0] + (start[0] - hand[0]) * 0.06, hand[1] + (start[1] - hand[1]) * 0.06)
        canvas.stroke([butt, grip], max(3.6 / canvas.unit, 0.17), darker(colour, 0.1))
    if part.hook is not None:
        tight = re.search(r"\b(?:tight|taut|straining|singing)\b", words.lower()) is not None
        canvas.stroke(_course(start, part.hook, 0.0 if tight else 0.05), thick, _THREAD)


def _course(start: Point, end: Point, sag: float) -> list[Point]:
    """The line from the rod to the water, hanging through by a share of its own length."""
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    return smooth([start, (x - sag * (end[0] - start[0]), y + sag * abs(end[0] - start[0])), end])
