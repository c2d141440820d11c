"""People who lie or swim, seen from straight above. The measure is one head.

Whoever lies on the back shows what a standing person shows at eye level, so that drawing is used.
The middle of the head is (0, 0), and points up the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import smooth
from ministudio_animatic.drawing.colour import Colour, darker, mix
from ministudio_animatic.figures.human import HumanDrawing
from ministudio_animatic.figures.overhead_head import draw_head
from ministudio_animatic.figures.reclining import Lying
from ministudio_animatic.footprint import Footprint
from ministudio_animatic.reading.postures import Arms, Head, Legs, Pose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio_animatic.drawing.canvas import Point
    from ministudio_animatic.drawing.turned import TurnedCanvas
    from ministudio_animatic.reading.emotions import Face
    from ministudio_animatic.reading.traits import Person

__all__ = ["draw_lying", "lying_footprint"]

_CHIN: Final = 0.5
_FLAT: Final = 0.7  # heads high
# Ahead of the head's middle, behind it, and to each side of it.
_REACH: Final[Mapping[Lying, tuple[float, float, float]]] = {
    Lying.BACK: (1.0, 5.8, 1.2),
    Lying.SPREAD: (0.85, 5.8, 1.75),
    Lying.CURLED: (0.7, 3.5, 1.35),
    Lying.SWIM: (2.0, 4.6, 1.5),
}
_CHILD: Final = 0.78


def lying_footprint(person: Person, lying: Lying) -> Footprint:
    """Return what somebody who lies takes of the floor plan."""
    ahead, behind, wide = _REACH[lying]
    behind *= _CHILD if person.child else 1.0
    return Footprint(
        long=ahead + behind,
        wide=2 * wide * max(person.slight, 0.9),
        middle=(ahead - behind) / 2,
        head=1.05,
        tall=_FLAT,
        lies=True,
        wet=lying is Lying.SWIM,
    )


def draw_lying(
    canvas: TurnedCanvas, person: Person, face: Face, pose: Pose, lying: Lying, *, carrying: str
) -> None:
    """Draw somebody who lies, already in the light of the shot."""
    if lying is Lying.SWIM:
        _swimming(canvas, person)
    elif lying is Lying.CURLED:
        _curled(canvas, person, asleep=face.eyes < -0.8)
    else:
        if person.cut in {"long", "curly"} and lying is not Lying.SPREAD:
            _fanned(canvas, person)
        flat = _flat(pose, lying)
        canvas.move(0.0, -_CHIN)
        HumanDrawing(canvas, person, face, flat, facing=1, carrying=carrying).draw()
        canvas.move(0.0, _CHIN)


def _flat(pose: Pose, lying: Lying) -> Pose:
    """Return the standing pose that looks, from the front, like this one from above."""
    arms = pose.arms if pose.arms is not Arms.DESK else Arms.REST
    if lying is not Lying.SPREAD:
        return Pose(Legs.STAND, arms, Head.LEVEL)
    # From the front, a stride is legs apart.
    return Pose(Legs.WALK, arms if arms is not Arms.REST else Arms.OPEN, Head.LEVEL)


def _fanned(canvas: TurnedCanvas, person: Person) -> None:
    """Hair that spreads over the ground around the head."""
    hair = darker(person.hair, 0.04)
    fan = [(-0.5, 0.9), (-0.86, 0.66), (-0.84, 0.3), (-0.98, -0.06), (-0.86, -0.36),
           (-0.68, -0.68), (-0.36, -0.78), (0.02, -0.92), (0.36, -0.8), (0.7, -0.7),
           (0.84, -0.36), (0.98, -0.02), (0.86, 0.3), (0.84, 0.68), (0.5, 0.9)]  # fmt: skip
    canvas.blob(fan, hair)
    for tip in fan[1:-1]:
        course = smooth([(tip[0] * 0.5, tip[1] * 0.5), (tip[0] * 0.75 + 0.03, tip[1] * 0.7),
                         (tip[0] * 0.92, tip[1] * 0.92)], steps=5)  # fmt: skip
        canvas.stroke(course, 0.03, darker(hair, 0.05))


def _curled(canvas: TurnedCanvas, person: Person, *, asleep: bool) -> None:
    """On the side, knees drawn up, the back to the right."""
    top, legs, skin = person.top, person.legs, person.skin
    long = _CHILD if person.child else 1.0

    def at(*points: Point) -> list[Point]:
        return [(x, y * long if y > _CHIN else y) for x, y in points]

    shoe, leg = darker(legs, 0.16), skin if person.dress else legs
    canvas.limb(at((-0.95, 2.1), (0.3, 3.05)), [0.42, 0.34], darker(leg, 0.06))
    canvas.limb(at((0.2, 3.0), (-0.05, 3.25)), [0.32, 0.26], shoe)
    canvas.limb(at((0.65, 2.35), (-0.85, 1.9), (0.4, 2.8)), [0.72, 0.52, 0.36], leg)
    canvas.limb(at((0.42, 2.84), (0.12, 3.06)), [0.33, 0.26], darker(shoe, 0.03))
    canvas.blob(at((0.0, 0.5), (0.5, 0.5), (1.02, 1.0), (1.2, 1.75), (1.1, 2.5), (0.6, 2.8),
                   (0.25, 2.3), (0.1, 1.6), (-0.25, 1.0)), top)  # fmt: skip
    canvas.stroke(smooth(at((0.82, 0.8), (1.02, 1.5), (0.95, 2.3))), 0.06, darker(top, 0.06))
    canvas.limb(at((0.35, 0.95), (0.0, 1.65), (-0.55, 0.95)), [0.46, 0.38, 0.26],
                darker(top, 0.05))  # fmt: skip
    canvas.ellipse(at((-0.62, 0.82))[0], 0.17, 0.16, skin)
    _profile(canvas, person, asleep=asleep)


def _profile(canvas: TurnedCanvas, person: Person, *, asleep: bool) -> None:
    """A head from the side, the face to the left."""
    skin, hair = person.skin, person.hair if person.cut != "bald" else darker(person.skin, 0.03)
    if person.cut in {"long", "ponytail", "bob"}:
        canvas.blob([(0.2, -0.3), (0.75, -0.25), (1.0, 0.3), (0.62, 0.5), (0.3, 0.4)],
                    darker(hair, 0.04))  # fmt: skip
    canvas.blob([(0.0, -0.48), (0.36, -0.34), (0.46, 0.05), (0.3, 0.4), (-0.05, 0.52),
                 (-0.3, 0.42), (-0.36, 0.2), (-0.47, 0.08), (-0.36, -0.08), (-0.34, -0.3)],
                skin)  # fmt: skip
    canvas.blob([(-0.3, -0.36), (0.0, -0.56), (0.42, -0.4), (0.53, 0.05), (0.36, 0.4),
                 (0.16, 0.34), (0.1, -0.05), (-0.08, -0.24)], hair)  # fmt: skip
    canvas.ellipse((0.08, 0.1), 0.07, 0.1, darker(skin, 0.06))
    if asleep:
        lid = [(-0.3, -0.02), (-0.24, 0.03), (-0.17, 0.0)]
        canvas.stroke(smooth(lid, steps=4), 0.035, darker(skin, 0.3))
    else:
        canvas.ellipse((-0.24, 0.0), 0.04, 0.05, (40, 28, 30))
    if person.hat:
        canvas.blob([(-0.4, -0.3), (0.0, -0.66), (0.5, -0.5), (0.56, 0.0), (0.3, -0.1),
                     (-0.06, -0.26)], person.hat)  # fmt: skip


def _swimming(canvas: TurnedCanvas, person: Person) -> None:
    """In a crawl, face down; the water takes the colour of what lies deeper."""
    top = person.top
    for side, reach in ((-1, 3.9), (1, 4.3)):
        hip, knee, foot = (0.28 * side, 2.3), (0.4 * side, 3.3), (0.3 * side, reach)
        canvas.limb([hip, knee, foot], [0.56, 0.4, 0.26], _sunk(person.skin, 0.4))
        canvas.limb([foot, (0.32 * side, reach + 0.2)], [0.24, 0.14], _sunk(person.skin, 0.5))
    canvas.blob([(0.0, 0.45), (0.7, 0.5), (0.92, 0.95), (0.66, 1.8), (0.62, 2.5), (0.0, 2.75),
                 (-0.62, 2.5), (-0.66, 1.8), (-0.92, 0.95), (-0.7, 0.5)], top)  # fmt: skip
    canvas.stroke([(0.0, 0.8), (0.0, 2.4)], 0.05, darker(top, 0.06))
    canvas.blob([(0.0, 2.1), (0.62, 2.2), (0.6, 2.75), (0.0, 2.95), (-0.6, 2.75), (-0.62, 2.2)],
                _sunk(person.legs, 0.25))  # fmt: skip
    for elbow, hand in (((1.1, -0.2), (0.62, -1.75)), ((-1.25, 1.3), (-1.2, 2.1))):
        shoulder = (0.74 if elbow[0] > 0 else -0.74, 0.72)
        canvas.limb([shoulder, elbow], [0.5, 0.36], darker(top, 0.03))
        canvas.limb([elbow, hand], [0.34, 0.22], person.skin)
        canvas.ellipse(hand, 0.17, 0.18, person.skin)
    draw_head(canvas, person, Head.LEVEL)
    splash = (226, 238, 242)
    for x, y in ((0.62, -1.9), (0.84, -1.78), (0.4, -1.85), (0.3, 4.5), (-0.3, 4.2), (0.0, 4.45)):
        canvas.ellipse((x, y), 0.14, 0.11, splash, 0.8)


def _sunk(colour: Colour, share: float) -> Colour:
    return mix(colour, (58, 104, 130), share)
