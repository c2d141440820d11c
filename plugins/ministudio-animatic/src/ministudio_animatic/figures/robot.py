"""A robot: a rounded screen for a face, a barrel body, jointed limbs. The measure is one head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Canvas, Fade
from ministudio_animatic.drawing.colour import Colour, darker, lighter
from ministudio_animatic.reading.postures import Arms, Pose

if TYPE_CHECKING:
    from ministudio_animatic.reading.emotions import Face

__all__ = ["TALL", "WIDE", "draw_robot"]

TALL: Final = 5.6
WIDE: Final = 2.5
_LIT: Final = 0.1  # how far open a mouth is when the lights of a voice come on


def draw_robot(
    canvas: Canvas, body: Colour, lamp: Colour, face: Face, pose: Pose, *, facing: int
) -> None:
    """Draw a robot with the top of its head at (0, 0), its antenna included."""
    dark, joint = darker(body, 0.1), darker(body, 0.26)
    for side in (-facing, facing):
        x = side * 0.42
        canvas.stroke([(x, 3.7), (x, 4.5), (x, 5.3)], 0.26, joint)
        canvas.ellipse((x, 4.5), 0.2, 0.2, dark)
        canvas.box(x - 0.34 + 0.06 * facing, 5.28, x + 0.34 + 0.06 * facing, 5.6, dark, radius=0.14)
        raised = pose.arms in {Arms.RAISE, Arms.OPEN, Arms.POINT} and side == facing
        hand = (side * 1.16, 1.5) if raised else (side * 1.04, 3.55)
        elbow = (side * 1.12, 2.2) if raised else (side * 1.14, 2.75)
        canvas.stroke([(side * 0.86, 1.95), elbow, hand], 0.2, joint)
        canvas.ellipse(elbow, 0.17, 0.17, dark)
        canvas.ellipse((side * 0.88, 1.92), 0.26, 0.26, dark)
        canvas.ellipse(hand, 0.23, 0.23, body)
    canvas.box(-0.2, 1.2, 0.2, 1.6, joint)
    canvas.box(-0.86, 1.48, 0.86, 3.7, Fade(lighter(body, 0.04), dark), radius=0.42)
    canvas.box(
        -0.46 + facing * 0.08, 2.0, 0.46 + facing * 0.08, 2.8, darker(body, 0.05), radius=0.16
    )
    for i in range(3):
        canvas.ellipse((-0.22 + facing * 0.08 + i * 0.22, 2.38), 0.065, 0.065, lamp)
    canvas.stroke([(0, 0.3), (0, 0.08)], 0.06, joint)
    canvas.glow((0, 0.06), 0.34, lamp, 0.6 + 0.4 * face.mouth)
    canvas.ellipse((0, 0.08), 0.08, 0.08, lighter(lamp, 0.2) if face.mouth > _LIT else lamp)
    canvas.box(-0.66, 0.28, 0.66, 1.3, Fade(lighter(body, 0.06), body), radius=0.34)
    shift = facing * 0.1
    canvas.box(-0.48 + shift, 0.45, 0.48 + shift, 1.1, (28, 34, 46), radius=0.24)
    _screen(canvas, lamp, face, shift)


def _screen(canvas: Canvas, lamp: Colour, face: Face, shift: float) -> None:
    off = face.eyes <= -1
    tall = 0.025 if off else max(0.03, 0.105 + 0.05 * face.eyes)
    for side in (1, -1):
        x = shift + side * 0.2
        canvas.glow((x, 0.72), 0.24, lamp, 0.1 if off else 0.5)
        canvas.ellipse((x, 0.72), 0.085, tall, lamp)
        if face.tilt:
            lid = 0.72 - tall + 0.03
            inner, outer = x - side * 0.12, x + side * 0.12
            canvas.polygon(
                [(inner, lid - 0.12), (outer, lid - 0.12), (outer, lid - 0.05 * face.tilt),
                 (inner, lid + 0.06 * face.tilt)],
                (28, 34, 46),
            )  # fmt: skip
    bend = 0.05 * face.smile
    mouth = [(shift - 0.13, 0.97 - bend), (shift, 0.97 + bend), (shift + 0.13, 0.97 - bend)]
    if face.mouth > _LIT:
        canvas.ellipse((shift, 0.97), 0.13, 0.03 + 0.07 * face.mouth, lamp)
    else:
        canvas.stroke(mouth, 0.04, lamp)
