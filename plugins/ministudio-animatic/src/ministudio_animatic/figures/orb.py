"""An orb: a ball of light with a halo and a spark going round. The measure is one head."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.acting import STILL, Act
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix

if TYPE_CHECKING:
    from ministudio_animatic.drawing.canvas import Canvas

__all__ = ["GLOW", "TALL", "WIDE", "draw_orb"]

TALL: Final = 0.72
"""The orb's own height, in heads."""

WIDE: Final = TALL * 1.32
"""Its width with the ring, in heads."""

GLOW: Final = 3.4
"""How far its light reaches, in its own radii."""

_ROUND: Final = 48  # points of the ring


def draw_orb(canvas: Canvas, colour: Colour, facing: int, act: Act = STILL) -> None:
    """Draw an orb whose top is at (0, 0)."""
    r = TALL / 2
    x, y = 0.0, r
    light = mix(lighter(colour, 0.12), (255, 250, 232), 0.35)
    swell = math.sin(math.tau * act.glow) * 0.5 + (act.mouth or 0.0)
    canvas.glow((x, y), r * GLOW, colour, 0.6 + 0.12 * swell)
    canvas.glow((x, y), r * 1.9, light, 0.72 + 0.14 * swell)
    rim = darker(colour, 0.04)
    canvas.ellipse((x, y), r * 0.86, r * 0.86, rim)
    canvas.ellipse((x - facing * 0.02, y - 0.02), r * 0.78, r * 0.78, colour)
    canvas.glow((x - facing * r * 0.16, y - r * 0.2), r * 0.8, (255, 252, 240), 0.95)
    ring = [
        (x + math.cos(a) * r * 1.32, y + math.sin(a) * r * 0.36 + math.cos(a) * r * 0.22)
        for a in (math.tau * step / _ROUND for step in range(_ROUND + 1))
    ]
    # The half of the ring behind the ball is left out, so that it reads as going round it.
    front = [p for p, a in zip(ring, range(_ROUND + 1), strict=True) if a <= _ROUND / 2]
    canvas.stroke(front, 0.018, light)
    start = 9 if facing > 0 else 15
    step = (start + round(act.glow * _ROUND)) % _ROUND
    spark = ring[step]
    if step > _ROUND / 2:
        return  # it is behind the ball
    canvas.glow(spark, r * 0.55, (255, 250, 230), 0.9)
    canvas.ellipse(spark, 0.035, 0.035, (255, 253, 245))
