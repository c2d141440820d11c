"""The legs of an animal on four: standing, on their way, or folded under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.colour import Colour, darker

if TYPE_CHECKING:
    from ministudio_animatic.figures.side import Side

__all__ = ["draw_folded", "draw_legs"]

_STEPS: Final = (0.0, 0.07, -0.07)  # how far a leg is ahead of where it stands, by drawing


def draw_legs(
    pen: Side, top: float, belly: float, thick: float, *, coats: tuple[Colour, Colour]
) -> None:
    """Draw four legs that carry; legs across from each other go together.

    Args:
        pen: Draws the animal.
        top: Where they begin.
        belly: Where they are seen from.
        thick: How thick they are.
        coats: The colour of those near and of those far.
    """
    coat, dark = coats
    for x, tone, way in ((-0.3, dark, 1), (0.2, dark, -1), (-0.38, coat, -1), (0.3, coat, 1)):
        foot = x + way * _STEPS[pen.act.stride]
        hock = ((x + foot) / 2 + (-0.04 if x < 0 else 0.02), (belly + 1) / 2)
        pen.limb([(x, top), hock, (foot, 0.965)], [thick * 1.7, thick, thick * 0.8], tone)
        pen.limb([(foot, 0.97), (foot + 0.045, 0.972)], [0.055, 0.05], darker(tone, 0.1))


def draw_folded(pen: Side, belly: float, coats: tuple[Colour, Colour]) -> None:
    """The legs of an animal that lies: paws ahead, haunches beside the tail."""
    for shift, tone in ((0.06, coats[1]), (0.0, coats[0])):
        y = belly + 0.03 - shift * 0.5
        pen.limb(
            [(0.2, belly - 0.1), (0.3 + shift, y), (0.52 + shift, y)], [0.16, 0.09, 0.08], tone
        )
    pen.disc((-0.28, belly - 0.08), 0.17, 0.14, coats[1])
    pen.limb([(-0.36, belly + 0.01), (-0.08, belly + 0.025)], [0.1, 0.08], coats[0])
