"""What only a camera that looks up or down sees of a place: the ceiling, the near ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.drawing.dice import dice

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["ceiling", "strewn"]

_HIGH: Final = 0.62  # above the floor line, where the far wall ends
_WIDE: Final = 1.02  # from the middle of the far wall to its corner


def ceiling(s: Scene) -> None:
    """Draw a room's ceiling and its beams, which run the way the boards of the floor do."""
    t, c, inside = s.tones, s.canvas, s.light.inside
    wall = inside(t.far)
    near, far = darker(wall, 0.2), darker(wall, 0.11)
    out, up = _WIDE * 3.0, _HIGH + 0.75
    plane = [(-_WIDE, -_HIGH), (_WIDE, -_HIGH), (out, -up), (-out, -up)]
    c.polygon(plane, Fade(near, far))
    beam = inside(mix(t.near, t.far, 0.25))
    for i in range(-3, 4):
        x = i * 0.3
        c.polygon(
            [(x - 0.022, -_HIGH), (x + 0.022, -_HIGH), (x * 3.0 + 0.075, -up),
             (x * 3.0 - 0.075, -up)],
            Fade(darker(beam, 0.06), beam),
        )  # fmt: skip
    corners = [(-out, -up), (-_WIDE, -_HIGH), (_WIDE, -_HIGH), (out, -up)]
    c.stroke(corners, 0.022, inside(lighter(t.far, 0.07)))


def strewn(s: Scene, colour: Colour, top: float) -> None:
    """Strew the ground below ``top`` with what a camera above sees of it, larger when near."""
    strew = dice(f"{s.said}/strewn")  # apart, so that the angle does not move the trees
    tones = [s.on(mix(colour, shade, 0.3)) for shade in ((24, 26, 30), (250, 246, 232))]
    for i in range(160):
        y = 0.02 + 0.6 * (i / 160) ** 1.2
        x, half = strew.uniform(-1.9, 1.9), y * strew.uniform(0.08, 0.2)
        s.canvas.ellipse((x, top + y), half, half * 0.16, tones[i % 2], 0.4)
