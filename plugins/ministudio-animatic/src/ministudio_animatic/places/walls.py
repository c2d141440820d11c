"""What hangs on the walls of a room, drawn around one x of the scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import darker, lighter, mix

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["board", "clock", "door", "picture", "round_window", "window"]


def window(s: Scene, x: float) -> None:
    """Draw a square window on the hour outside."""
    _pane(s, x, round_one=False)


def round_window(s: Scene, x: float) -> None:
    """Draw a round window on the hour outside."""
    _pane(s, x, round_one=True)


def _pane(s: Scene, x: float, *, round_one: bool) -> None:
    c, (high, low) = s.canvas, s.light.sky
    frame = s.light.inside(lighter(s.tones.far, 0.13))
    y, w, h = -0.37, 0.125, 0.165
    if s.light.hour.night:
        c.glow((x, y), 0.4, mix(high, (160, 190, 255), 0.5), 0.2)
    else:
        c.glow((x, y), 0.5, s.light.hour.glow, 0.35)
    if round_one:
        c.ellipse((x, y), 0.155, 0.155, frame)
        c.ellipse((x, y), 0.135, 0.135, Fade(high, low))
    else:
        c.box(x - w - 0.018, y - h - 0.018, x + w + 0.018, y + h + 0.018, frame, radius=0.008)
        c.box(x - w, y - h, x + w, y + h, Fade(high, low))
        hill = [(x - w, y + h), (x - w, y + h * 0.75), (x - w * 0.3, y + h * 0.6),
                (x + w * 0.4, y + h * 0.78), (x + w, y + h * 0.52), (x + w, y + h)]  # fmt: skip
        c.polygon(hill, s.on((104, 128, 112), 0.45))
    if s.light.hour.moon:
        c.glow((x + 0.05, y - 0.06), 0.08, s.light.hour.glow, 0.5)
        c.ellipse((x + 0.05, y - 0.06), 0.022, 0.022, s.light.hour.glow)
    for dx, dy in ((-0.07, -0.08), (-0.02, 0.03), (0.08, 0.04), (-0.09, 0.06), (0.0, -0.11)):
        if s.light.hour.night:
            c.ellipse((x + dx, y + dy), 0.002, 0.002, (240, 240, 230))
    if s.light.weather.falling == "rain":
        for k in range(12):
            dx, dy = ((k * 0.37) % 1 - 0.5) * 0.2, ((k * 0.61) % 1 - 0.5) * 0.2
            c.stroke([(x + dx, y + dy), (x + dx - 0.004, y + dy + 0.024)], 0.002, (206, 218, 232))
    bar = 0.155 if round_one else max(w, h)
    c.box(x - 0.006, y - min(bar, h), x + 0.006, y + min(bar, h), frame)
    c.box(
        x - min(bar, 0.15 if round_one else w),
        y - 0.006,
        x + min(bar, 0.15 if round_one else w),
        y + 0.006,
        frame,
    )
    if not round_one:
        c.box(x - w - 0.035, y + h + 0.014, x + w + 0.035, y + h + 0.03, lighter(frame, 0.02))


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
