"""What hangs on the walls of a room, drawn around one x of the scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import darker, lighter, mix

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["board", "clock", "door", "picture"]


def picture(s: Scene, x: float) -> None:
    """Draw two framed pictures."""
    c, inside = s.canvas, s.light.inside
    for dx, y, w, h in ((-0.05, -0.42, 0.06, 0.075), (0.075, -0.375, 0.042, 0.052)):
        c.box(x + dx - w, y - h, x + dx + w, y + h, inside(darker(s.tones.near, 0.04)))
        c.box(
            x + dx - w * 0.82,
            y - h * 0.84,
            x + dx + w * 0.82,
            y + h * 0.84,
            inside((236, 228, 212)),
        )
        tone = inside(mix(s.tones.accent, s.tones.middle, 0.5))
        c.ellipse((x + dx, y + h * 0.25), w * 0.5, h * 0.3, tone)
        c.ellipse((x + dx + w * 0.2, y - h * 0.25), w * 0.2, w * 0.2, inside(s.tones.accent))


def clock(s: Scene, x: float) -> None:
    """Draw a wall clock."""
    c, inside = s.canvas, s.light.inside
    c.ellipse((x, -0.47), 0.062, 0.062, inside(darker(s.tones.near, 0.08)))
    c.ellipse((x, -0.47), 0.052, 0.052, inside((240, 234, 220)))
    c.stroke([(x, -0.47), (x + 0.002, -0.508)], 0.005, (52, 46, 48))
    c.stroke([(x, -0.47), (x + 0.024, -0.456)], 0.005, (52, 46, 48))


def board(s: Scene, x: float) -> None:
    """Draw a whiteboard with notes."""
    c, inside = s.canvas, s.light.inside
    c.box(x - 0.24, -0.53, x + 0.24, -0.25, inside(darker(s.tones.near, 0.02)), radius=0.006)
    c.box(x - 0.228, -0.518, x + 0.228, -0.262, inside((232, 234, 232)))
    ink = inside(mix(s.tones.near, (60, 90, 120), 0.6))
    for k in range(5):
        y = -0.48 + 0.045 * k
        c.stroke([(x - 0.19, y), (x - 0.19 + 0.12 + 0.11 * ((k * 7) % 3), y)], 0.005, ink)
    c.stroke([(x + 0.1, -0.34), (x + 0.15, -0.4), (x + 0.19, -0.32)], 0.006, inside(s.tones.accent))


def door(s: Scene, x: float) -> None:
    """Draw a panelled door."""
    c, inside = s.canvas, s.light.inside
    wood = inside(s.paint or mix(s.tones.near, s.tones.middle, 0.3))
    c.box(x - 0.135, -0.56, x + 0.135, 0.0, inside(lighter(s.tones.far, 0.1)))
    c.box(x - 0.115, -0.54, x + 0.115, 0.0, Fade(lighter(wood, 0.02), darker(wood, 0.04)))
    for top in (-0.5, -0.24):
        c.box(x - 0.08, top, x + 0.08, top + 0.2, darker(wood, 0.05), radius=0.006)
    c.ellipse((x + 0.09, -0.26), 0.01, 0.01, (216, 178, 104))
