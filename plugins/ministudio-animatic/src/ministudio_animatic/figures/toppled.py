"""Beings that lie as they stand, turned on their side: robots and creatures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from ministudio_animatic.drawing.turned import Turned

if TYPE_CHECKING:
    from ministudio_animatic.drawing.canvas import Canvas
    from ministudio_animatic.figures.figure import Figure, Lit
    from ministudio_animatic.staging import Part

__all__ = ["toppled"]


def toppled(figure: Figure, face: float) -> Figure:
    """Return a figure that stood, lying on its side.

    Args:
        figure: The figure as it stands.
        face: How far below its top the middle of its face is, in heads.
    """
    long, high = figure.body.heads, figure.body.width
    body = attrs.evolve(
        figure.body,
        heads=high,
        width=long,
        low=True,
        face=(face - long / 2, high / 2, figure.body.bust),
    )

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        crown = (-part.facing * long / 2, high / 2)
        figure.draw(Turned(canvas, crown, -part.facing * math.pi / 2), part, lit)

    return attrs.evolve(figure, body=body, drawing=draw)
