"""Seats of rank and of none, and the iron stove they stand by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import darker, lighter, mix

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["iron_stove", "stool", "throne"]


def throne(s: Scene, x: float) -> None:
    """Draw a throne on its steps, small enough for all of it to be in a full shot."""
    c, inside = s.canvas, s.light.inside
    gold = inside(s.paint or (214, 168, 66))
    cloth = inside(mix(s.tones.accent, (150, 36, 48), 0.6))
    stone = inside(mix(s.tones.far, (214, 206, 196), 0.5))
    for k, half in enumerate((0.22, 0.175, 0.13)):
        c.box(x - half, 0.03 - k * 0.025, x + half, 0.055 - k * 0.025, darker(stone, 0.03 * k))
    c.box(x - 0.085, -0.335, x + 0.085, -0.02, gold, radius=0.02)
    c.box(x - 0.064, -0.305, x + 0.064, -0.11, Fade(lighter(cloth, 0.03), darker(cloth, 0.05)))
    c.polygon([(x - 0.085, -0.32), (x - 0.05, -0.375), (x, -0.34), (x + 0.05, -0.375),
               (x + 0.085, -0.32)], gold)  # fmt: skip
    c.ellipse((x, -0.352), 0.02, 0.02, lighter(gold, 0.08))
    c.box(x - 0.092, -0.12, x + 0.092, -0.09, cloth, radius=0.01)
    for side in (-1, 1):
        arm = x + side * 0.094
        c.box(arm - 0.016, -0.17, arm + 0.016, -0.015, darker(gold, 0.06))
        c.ellipse((arm, -0.173), 0.022, 0.019, gold)


def stool(s: Scene, x: float) -> None:
    """Draw a three-legged stool."""
    c, inside = s.canvas, s.light.inside
    wood = inside(s.paint or mix(s.tones.near, (140, 98, 66), 0.5))
    for dx in (-0.055, 0.0, 0.055):
        c.stroke([(x + dx * 0.7, -0.1), (x + dx * 1.3, 0.045)], 0.013, darker(wood, 0.08))
    c.box(x - 0.085, -0.125, x + 0.085, -0.098, wood, radius=0.01)


def iron_stove(s: Scene, x: float) -> None:
    """Draw a small iron stove with its pipe."""
    c, inside = s.canvas, s.light.inside
    iron = inside((62, 62, 68))
    c.box(x - 0.022, -1.2, x + 0.022, -0.26, darker(iron, 0.03))
    c.box(x - 0.1, -0.26, x + 0.1, 0.0, Fade(lighter(iron, 0.06), iron), radius=0.02)
    c.box(x - 0.125, -0.275, x + 0.125, -0.25, lighter(iron, 0.05), radius=0.006)
    for side in (-1, 1):
        c.stroke([(x + side * 0.08, -0.01), (x + side * 0.095, 0.045)], 0.018, darker(iron, 0.04))
    c.glow((x, -0.12), 0.26, (255, 150, 70), 0.55)
    c.box(x - 0.06, -0.17, x + 0.06, -0.07, (44, 28, 26), radius=0.012)
    for dx in (-0.034, 0.0, 0.034):
        c.box(x + dx - 0.01, -0.155, x + dx + 0.01, -0.085, (255, 166, 78), radius=0.006)
