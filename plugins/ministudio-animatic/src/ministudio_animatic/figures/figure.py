"""A member of the cast as staging and drawing know it."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from ministudio_animatic.drawing.canvas import Canvas
from ministudio_animatic.drawing.colour import Colour
from ministudio_animatic.figures.overhead import Above
from ministudio_animatic.framing import Body
from ministudio_animatic.parts import Part
from ministudio_animatic.reading.paths import Going

__all__ = ["Drawing", "Figure", "Lit"]

Lit = Callable[[Colour], Colour]
"""How a colour looks in the light of a shot."""

Drawing = Callable[[Canvas, Part, Lit], None]
"""Draws a figure as it is staged."""


@attrs.frozen(kw_only=True)
class Figure:
    """One member of the cast, ready to be staged and drawn.

    Args:
        name: The name people use.
        colour: The colour it is known by.
        body: What staging must know.
        glow: How far its own light reaches, in heads; 0 for most.
        drawing: Draws it.
        spread: How far what it holds reaches beyond its body, in heads; 0 for most.
        pace: Steps a second of somebody who walks or runs; 0 for who does not.
        goings: How it goes about in the shot, in order.
        note: What the words ask for and the picture cannot show.
        above: How it looks from straight above.
        unseated: The same, where nobody in the frame has the place to sit that the words name.
    """

    name: str
    colour: Colour
    body: Body
    drawing: Drawing
    glow: float = 0.0
    spread: float = 0.0
    pace: float = 0.0
    goings: tuple[Going, ...] = ()
    note: str = ""
    unseated: str = ""
    above: Above | None = None

    def draw(self, canvas: Canvas, part: Part, lit: Lit) -> None:
        """Draw the figure as it is staged, each colour as ``lit`` shows it."""
        self.drawing(canvas, part, lit)
