"""A creature of no known kind: soft, horned, big-eyed. The measure is one head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Canvas, Fade, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter
from ministudio_animatic.reading.postures import Arms, Pose

if TYPE_CHECKING:
    from ministudio_animatic.reading.emotions import Face

__all__ = ["TALL", "WIDE", "draw_creature"]

TALL: Final = 4.6
WIDE: Final = 3.2


def draw_creature(canvas: Canvas, coat: Colour, face: Face, pose: Pose, facing: int) -> None:
    """Draw a creature with its horns' tips at the top and its middle at x = 0."""
    dark, belly = darker(coat, 0.1), lighter(coat, 0.14)
    horn = (228, 214, 184)
    tail = [(-facing * 0.9, 4.1), (-facing * 1.45, 3.9), (-facing * 1.5, 3.2)]
    canvas.limb(smooth(tail), [0.4 - 0.012 * i for i in range(21)], dark)
    for side in (1, -1):
        canvas.limb(
            [(side * 0.5, 0.62), (side * 0.78, 0.3), (side * 0.72, 0.04)], [0.3, 0.2, 0.06], horn
        )
        canvas.ellipse((side * 0.5, 4.42), 0.46, 0.2, dark)
        raised = pose.arms in {Arms.RAISE, Arms.OPEN, Arms.POINT}
        hand = (side * 1.45, 1.6) if raised else (side * 1.2, 3.25)
        canvas.limb([(side * 0.95, 2.2), (side * 1.3, 2.5), hand], [0.42, 0.36, 0.34], dark)
    shape = [(0.0, 0.42), (0.62, 0.52), (0.98, 1.05), (1.06, 2.0), (1.22, 3.2), (1.0, 4.3),
             (0.0, 4.5), (-1.0, 4.3), (-1.22, 3.2), (-1.06, 2.0), (-0.98, 1.05),
             (-0.62, 0.52)]  # fmt: skip
    canvas.blob(shape, Fade(lighter(coat, 0.03), darker(coat, 0.06)))
    f = facing * 0.16
    canvas.ellipse((f * 0.6, 3.2), 0.68, 0.95, belly)
    for side in (1, -1):
        x, y = f + side * 0.36, 1.28
        if face.eyes <= -1:
            lid = smooth([(x - 0.27, y), (x, y + 0.12), (x + 0.27, y)])
            canvas.stroke(lid, 0.08, darker(coat, 0.28))
            continue
        canvas.ellipse((x, y), 0.28, max(0.06, 0.3 + 0.06 * face.eyes), (248, 246, 238))
        canvas.ellipse((x + f * 0.35, y + 0.05 * face.gaze), 0.13, 0.15, (36, 30, 38))
        canvas.ellipse(
            (x + f * 0.35 + 0.05, y - 0.06 + 0.05 * face.gaze), 0.042, 0.045, (255, 255, 255)
        )
        brow = [
            (x - side * 0.2, 0.92 + 0.1 * face.tilt - 0.05 * face.lift),
            (x + side * 0.22, 0.92 - 0.06 * face.tilt),
        ]
        canvas.stroke(brow, 0.09, darker(coat, 0.2))
    wide, bend = 0.34, 0.14 * face.smile
    mouth = smooth([(f - wide, 1.86 - bend), (f, 1.86 + bend), (f + wide, 1.86 - bend)])
    if face.mouth > 0.1:
        canvas.ellipse((f, 1.9), 0.22, 0.1 + 0.16 * face.mouth, (92, 40, 48))
    else:
        canvas.stroke(mouth, 0.07, darker(coat, 0.28))
    canvas.polygon([(f - 0.18, 1.88), (f - 0.04, 1.88), (f - 0.11, 2.06)], (250, 246, 236))
