"""A person from straight above: cap of hair, shoulders, arms and feet. The measure is one head.

The middle of the head is (0, 0), and the person looks up the page.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.drawing.canvas import Canvas, Fade, Point, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.figures.carried import draw_carried, is_long
from ministudio_animatic.figures.overhead_head import draw_head
from ministudio_animatic.footprint import Footprint
from ministudio_animatic.reading.postures import Arms, Legs, Pose, Seat
from ministudio_animatic.reading.traits import Person
from ministudio_animatic.reading.words import mentions

if TYPE_CHECKING:
    from collections.abc import Mapping


__all__ = ["PlanPerson", "standing_footprint"]

_CHILD: Final = 0.8
_PALE: Final = 0.035
_Arm = tuple[Point, Point]
_SHOULDER: Final[Point] = (0.82, 0.08)
# Elbow and hand of the right arm; the left one is its mirror image.
_ARMS: Final[Mapping[Arms, _Arm]] = {
    Arms.REST: ((1.02, 0.04), (0.98, -0.3)),
    Arms.HOLD: ((1.0, -0.42), (0.3, -0.92)),
    Arms.DESK: ((1.02, -0.5), (0.5, -1.18)),
    Arms.FOLD: ((0.98, -0.42), (-0.34, -0.62)),
    Arms.HIPS: ((1.45, 0.22), (0.94, -0.24)),
    Arms.FACE: ((0.95, -0.5), (0.32, -0.52)),
    Arms.RAISE: ((1.1, -0.42), (0.82, -0.98)),
    Arms.OPEN: ((1.42, -0.1), (1.86, -0.52)),
    Arms.POINT: ((0.84, -0.85), (0.66, -1.72)),
}
_SWING: Final[Mapping[Legs, float]] = {Legs.WALK: 0.62, Legs.RUN: 0.85}
# How far the feet are ahead: of the right leg, then of the left.
_STEP: Final[Mapping[Legs, tuple[float, float]]] = {
    Legs.STAND: (-0.5, -0.44),
    Legs.WALK: (-1.12, 0.72),
    Legs.RUN: (-1.3, 1.35),
}
_HIGH: Final[Mapping[Legs, float]] = {Legs.SIT: 4.2, Legs.KNEEL: 4.0}


def standing_footprint(person: Person, pose: Pose, carrying: str) -> Footprint:
    """Return what somebody upright takes of the floor plan."""
    reach = [point for side in (1, -1) for point in _arm(pose, side)]
    front = min(-0.6, *(y - 0.2 for _, y in reach))
    back = max(0.62, *(y + 0.2 for _, y in reach))
    wide = max(1.06, *(abs(x) + 0.2 for x, _ in reach))
    if pose.legs in _STEP:
        front, back = min(front, *_ends(pose, -0.3)), max(back, *_ends(pose, 0.25))
    elif pose.legs is Legs.SIT:
        front, back = min(front, -1.75), max(back, 1.05)
    else:
        front, back = min(front, -0.95), max(back, 1.35)
    if pose.desk:
        front, wide = min(front, -2.6), max(wide, 1.95)
    if mentions(carrying, "umbrella"):
        front, wide = min(front, -1.45), max(wide, 1.8)
    if is_long(carrying):
        front, back = min(front, -2.4), max(back, 2.0)
    times = _times(person)
    across = wide * (times if person.child else max(person.slight, 0.9))
    return Footprint(
        long=(back - front) * times,
        wide=2 * across,
        middle=-(front + back) / 2 * times,
        tall=_HIGH.get(pose.legs, 6.2) * (0.75 if person.child else 1.0),
    )


def _times(person: Person) -> float:
    return _CHILD if person.child else 1.0


def _ends(pose: Pose, beyond: float) -> list[float]:
    return [end + beyond for end in _STEP[pose.legs]]


def _arm(pose: Pose, side: int) -> tuple[Point, Point]:
    """Return elbow and hand on one side: 1 for the right, -1 for the left."""
    arms = Arms.REST if pose.arms is Arms.POINT and side < 0 else pose.arms
    (ex, ey), (hx, hy) = _ARMS[arms]
    if arms is Arms.REST:
        swing = side * _SWING.get(pose.legs, 0.0)
        ey, hy = ey + 0.3 * swing, hy + swing
        if pose.legs in {Legs.SIT, Legs.KNEEL}:
            hx, hy = 0.5, -0.75
    return (side * ex, ey), (side * hx, hy)


@attrs.frozen(kw_only=True)
class PlanPerson:
    """Draws one person on a floor plan.

    Args:
        canvas: Where to draw; its unit is one head.
        person: The looks, already in the light of the shot.
        pose: The posture.
        carrying: What is in the hands, in words.
        wood: Colour of a chair or desk, in the light of the shot.
        stone: Colour of a rock that is sat on.
        seated: Whether there is a seat to draw under who sits.
    """

    canvas: Canvas
    person: Person
    pose: Pose
    carrying: str = ""
    wood: Colour = (122, 88, 62)
    stone: Colour = (132, 128, 122)
    seated: bool = True

    def draw(self) -> None:
        """Draw the whole person, from the floor up."""
        if self.pose.legs is Legs.SIT and self.seated:
            self._seat()
        self._legs()
        if self.pose.desk:
            self._desk()
        if self.person.dress:
            self._skirt()
        long = is_long(self.carrying)
        if long:
            self.canvas.limb(
                [self._at((0.5, -2.35)), self._at((0.95, 1.95))], [0.12, 0.09], self.wood
            )
        for side in (-1, 1):
            self._arm(side)
        self._torso()
        if self.carrying and not long:
            self._held()
        draw_head(self.canvas, self.person, self.pose.head, _times(self.person))
        if mentions(self.carrying, "umbrella"):
            self._umbrella()

    def _at(self, point: Point) -> Point:
        times = _times(self.person)
        wide = times if self.person.child else self.person.slight
        return point[0] * wide, point[1] * times

    def _legs(self) -> None:
        person, legs = self.person, self.pose.legs
        tone, shoe = person.legs, darker(person.legs, 0.16)
        skin = person.skin if person.dress else tone
        for side in (-1, 1):
            if legs is Legs.SIT:
                course = [(0.36 * side, 0.15), (0.42 * side, -1.12), (0.42 * side, -1.3)]
                self._limb([(0.42 * side, -1.3), (0.43 * side, -1.56)], [0.3, 0.28], shoe)
                self._limb(course, [0.6, 0.46, 0.42], skin)
            elif legs is Legs.KNEEL:
                self._limb([(0.36 * side, 0.5), (0.4 * side, 1.18)], [0.34, 0.26], shoe)
                self._limb([(0.36 * side, 0.1), (0.42 * side, -0.7)], [0.6, 0.46], skin)
            else:
                ahead = _STEP.get(legs, _STEP[Legs.STAND])[0 if side > 0 else 1]
                x = 0.3 * side
                toe = (x + 0.03 * side, ahead - (0.14 if ahead < 0 else -0.05))
                self._limb([(x, ahead * 0.9), toe], [0.3, 0.27], shoe)
                self._limb([(0.32 * side, 0.0), (x, ahead * 0.86)], [0.56, 0.34], skin)

    def _skirt(self) -> None:
        front = -1.1 if self.pose.legs is Legs.SIT else -0.66
        low = darker(self.person.top, 0.05)
        hem = [(0, front), (0.7, front * 0.8), (0.92, 0.1), (0.62, 0.72), (0, 0.84), (-0.62, 0.72),
               (-0.92, 0.1), (-0.7, front * 0.8)]  # fmt: skip
        self._blob(hem, low)
        for x in (-0.5, 0.0, 0.5):
            self._limb([(x * 0.6, 0.3), (x, 0.72)], [0.04, 0.06], darker(low, 0.06))

    def _arm(self, side: int) -> None:
        elbow, hand = _arm(self.pose, side)
        tone = darker(self.person.top, 0.03 + (0.03 if side < 0 else 0.0))
        shoulder = (side * _SHOULDER[0], _SHOULDER[1])
        wrist = (hand[0] * 0.82 + elbow[0] * 0.18, hand[1] * 0.82 + elbow[1] * 0.18)
        x, y = self._at(hand)
        self.canvas.ellipse((x, y), 0.17, 0.17, self.person.skin)
        self._limb([shoulder, elbow, wrist], [0.52, 0.4, 0.3], tone)

    def _torso(self) -> None:
        person = self.person
        shade = Fade(lighter(person.top, 0.03), darker(person.top, 0.05))
        self._blob([(0, -0.36), (0.55, -0.32), (0.98, -0.08), (1.04, 0.14), (0.86, 0.38),
                    (0.4, 0.5), (0, 0.52), (-0.4, 0.5), (-0.86, 0.38), (-1.04, 0.14),
                    (-0.98, -0.08), (-0.55, -0.32)], shade)  # fmt: skip
        seam = darker(person.top, 0.09)
        for side in (1, -1):
            self._limb([(side * 0.3, 0.06), (side * 0.84, 0.12)], [0.05, 0.03], seam)
        if person.coat:
            self._blob([(-0.16, -0.5), (0.16, -0.5), (0.26, -0.2), (-0.26, -0.2)], person.under)
            for side in (1, -1):
                self._limb([(side * 0.2, -0.4), (side * 0.3, 0.1)], [0.09, 0.14], seam)
        if person.apron:
            self._blob([(-0.36, -0.56), (0.36, -0.56), (0.3, -0.24), (-0.3, -0.24)], person.apron)
        if person.scarf:
            ring = [(0.44 * math.cos(a), 0.05 + 0.46 * math.sin(a)) for a in _ROUND]
            self._limb(ring, [0.2] * len(ring), person.scarf)
            self._limb([(0.24, -0.36), (0.34, -0.78)], [0.2, 0.22], darker(person.scarf, 0.05))

    def _held(self) -> None:
        if mentions(self.carrying, "umbrella"):
            return
        right = _arm(self.pose, 1)[1]
        both = self.pose.arms in {Arms.HOLD, Arms.DESK, Arms.FACE}
        at = self._at((0.04, right[1] - 0.12) if both else (right[0], right[1] - 0.1))
        draw_carried(self.canvas, self.carrying, at)
        for side in (1, -1) if both else (1,):
            x, y = self._at(_arm(self.pose, side)[1])
            self.canvas.ellipse((x, y), 0.14, 0.15, self.person.skin)

    def _umbrella(self) -> None:
        """Held to the side, or nobody would see whose it is."""
        colour = mix((176, 72, 68), self.person.top, 0.2)
        x, y = self._at((0.72, -0.42))
        rim = [(x + 1.02 * math.cos(a), y + 1.02 * math.sin(a)) for a in _EIGHT]
        self.canvas.polygon(rim, colour)
        for k in range(0, len(rim), 2):
            wedge = [(x, y), rim[k], rim[(k + 1) % len(rim)]]
            self.canvas.polygon(wedge, darker(colour, 0.05))
        self.canvas.ellipse((x, y), 0.07, 0.07, darker(colour, 0.2))

    def _seat(self) -> None:
        seat, wood = self.pose.seat, self.wood
        if seat is Seat.ROCK:
            self._blob(
                [
                    (-0.9, -0.3),
                    (-0.2, -0.62),
                    (0.8, -0.4),
                    (1.02, 0.4),
                    (0.5, 0.98),
                    (-0.4, 1.0),
                    (-1.0, 0.5),
                ],
                Fade(lighter(self.stone, 0.05), self.stone),
            )
            return  # fmt: skip
        if seat is Seat.STOOL:
            self.canvas.ellipse(self._at((0, 0.2)), 0.78, 0.78, wood)
            return
        gold = (206, 164, 74) if seat is Seat.THRONE else wood
        self.canvas.box(-0.9, -0.66, 0.9, 0.8, lighter(gold, _PALE), radius=0.14)
        self.canvas.box(-0.98, 0.72, 0.98, 1.02, darker(gold, 0.06), radius=0.12)
        if seat is Seat.THRONE:
            for side in (1, -1):
                self.canvas.box(side * 1.0 - 0.12, -0.7, side * 1.0 + 0.12, 0.9, darker(gold, 0.1))

    def _desk(self) -> None:
        wood = self.wood
        self.canvas.box(-1.95, -2.55, 1.95, -0.98, lighter(wood, 0.05), radius=0.08)
        self.canvas.box(-1.95, -1.06, 1.95, -0.98, darker(wood, 0.08))
        if not self.carrying:
            sheet = mix((240, 232, 214), wood, 0.1)
            self.canvas.polygon([(-0.3, -1.3), (0.34, -1.36), (0.4, -2.1), (-0.24, -2.04)], sheet)
        self.canvas.ellipse((1.45, -2.1), 0.2, 0.2, lighter(wood, 0.3))
        self.canvas.ellipse((1.45, -2.1), 0.14, 0.14, darker(wood, 0.18))

    def _limb(self, points: list[Point], widths: list[float], colour: Colour) -> None:
        self.canvas.limb([self._at(point) for point in points], widths, colour)

    def _blob(self, points: list[Point], paint: Colour | Fade) -> None:
        self.canvas.polygon(smooth([self._at(p) for p in points], closed=True), paint)


_ROUND: Final = tuple(math.tau * k / 24 for k in range(25))
_EIGHT: Final = tuple(math.tau * (k + 0.5) / 8 for k in range(8))
