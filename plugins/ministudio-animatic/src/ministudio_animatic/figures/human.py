"""A person: legs, torso, arms and head, posed and dressed. The measure is one head's height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.acting import STILL, Act
from ministudio_animatic.drawing.canvas import Canvas, Fade, Point, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter
from ministudio_animatic.figures.carried import draw_carried, draw_shouldered, is_long
from ministudio_animatic.figures.climbing import draw_climbed
from ministudio_animatic.figures.head import HeadDrawing
from ministudio_animatic.figures.joints import arm, leg
from ministudio_animatic.figures.sitting import draw_seat
from ministudio_animatic.reading.postures import Arms, Head, Legs, Pose

if TYPE_CHECKING:
    from ministudio_animatic.reading.emotions import Face
    from ministudio_animatic.reading.traits import Person

__all__ = ["HumanDrawing", "heads_tall", "heads_wide"]

_HEIGHTS: Final = {
    Legs.STAND: 6.2, Legs.WALK: 6.15, Legs.RUN: 6.0, Legs.SIT: 4.95, Legs.KNEEL: 4.75,
    Legs.FLOOR: 3.95, Legs.CROUCH: 4.4, Legs.LEAN: 6.2, Legs.JUMP: 6.5, Legs.DANCE: 6.2,
    Legs.CLIMB: 6.5, Legs.FALL: 6.0,
}  # fmt: skip
_CHILD: Final = 0.74
_WIDTHS: Final = {
    Legs.RUN: 2.8, Legs.FLOOR: 2.9, Legs.CROUCH: 2.6, Legs.LEAN: 2.6, Legs.JUMP: 3.0,
    Legs.DANCE: 3.9, Legs.FALL: 3.6, Legs.CLIMB: 3.2,
}  # fmt: skip
_LEANS: Final = {Legs.RUN: 0.14, Legs.LEAN: -0.17, Legs.CROUCH: 0.1}
_SKIRTS: Final = {
    Legs.SIT: 4.1, Legs.KNEEL: 4.6, Legs.FLOOR: 3.75, Legs.CROUCH: 4.1, Legs.JUMP: 4.7,
}  # fmt: skip
_CROSSING: Final = frozenset({Arms.HOLD, Arms.DESK, Arms.FOLD})


def heads_tall(person: Person, pose: Pose) -> float:
    """Return how tall a person is in a pose, in heads of a grown person."""
    whole = _HEIGHTS.get(pose.legs, _HEIGHTS[Legs.STAND])
    return 1 + (whole - 1) * _CHILD if person.child else whole


def heads_wide(person: Person, pose: Pose) -> float:
    """Return how wide a person is in a pose, in heads."""
    wide = {Arms.POINT: 2.7, Arms.OPEN: 2.9, Arms.RAISE: 2.5}.get(pose.arms, 2.15)
    wide = max(wide, _WIDTHS.get(pose.legs, wide))
    if pose.desk:
        wide = 3.7
    return wide * (0.8 if person.child else person.slight**0.5)


class HumanDrawing:
    """Draws one person with the top of the head at (0, 0).

    Args:
        canvas: Where to draw; its unit is one head.
        person: The looks, already in the light of the shot.
        face: The expression.
        pose: The posture.
        facing: 1 when turned to the right, -1 to the left.
        carrying: What is in the hands, in words.
        wood: Colour of a chair or desk, in the light of the shot.
        act: What sets this drawing apart from others of the same person.
    """

    def __init__(
        self,
        canvas: Canvas,
        person: Person,
        face: Face,
        pose: Pose,
        *,
        facing: int,
        carrying: str = "",
        wood: Colour = (122, 88, 62),
        act: Act = STILL,
    ) -> None:
        self.canvas, self.person, self.pose, self.act = canvas, person, pose, act
        self.face = act.on(face)
        self.facing, self.carrying, self.wood = facing, carrying, wood
        self.lean = _LEANS.get(pose.legs, 0.0) * facing
        self.shade = darker(person.top, 0.07)
        self.long = _CHILD if person.child else 1.0
        self.wide = 0.8 if person.child else person.slight
        drop = 0.1 if pose.head is Head.DOWN else 0.0
        self.top = (self.lean * 2.2 + facing * drop * 0.8, drop)

    def draw(self) -> None:
        """Draw the whole person."""
        head = HeadDrawing(
            self.canvas, self.person, self.face, self.top, facing=self.facing, held=self.pose.head
        )
        self._bearing()
        head.behind()
        shouldered = self.pose.arms is Arms.HOLD and is_long(self.carrying)
        if shouldered:
            hand, back = (self.facing * 0.5, 2.7), (-self.facing * 1.5, 0.3)
            draw_shouldered(self.canvas, self.carrying, self._at(hand), self._at(back))
        self._legs()
        far, near = -self.facing, self.facing
        self._arm(far, darker(self.person.top, 0.06), behind=True)
        self._neck()
        self._torso()
        if self.person.apron:
            self._apron(self.person.apron)
        head.front()
        if self.pose.desk:
            self._desk()
        self._arm(near, darker(self.person.top, 0.03))
        if self.pose.arms in _CROSSING:
            self._arm(far, darker(self.person.top, 0.045))
        if self.pose.arms in {Arms.HOLD, Arms.DESK}:
            if not shouldered:
                draw_carried(self.canvas, self.carrying, self._at((self.facing * 0.12, 2.42)))
            for side in (1, -1):
                self._hand(self._hand_at(side))
        elif self.carrying:
            x, y = self._hand_at(near)
            draw_carried(self.canvas, self.carrying, self._at((x, y)))
            self._hand((x, y))

    def _bearing(self) -> None:
        """Draw what the person sits on or climbs."""
        if self.pose.legs is Legs.SIT:
            draw_seat(self.canvas, self.pose.seat, self._at, self.wood)
        elif self.pose.legs is Legs.CLIMB:
            draw_climbed(self.canvas, self.pose.seat, self._at, self.wood)

    def draw_from_behind(self) -> None:
        """Draw head and shoulders as seen from behind, for the foreground of a shot."""
        head = HeadDrawing(
            self.canvas, self.person, self.face, (0.0, 0.0), facing=self.facing, held=Head.LEVEL
        )
        dark = darker(self.person.top, 0.12)
        self.canvas.limb(
            [self._at((0, 0.8)), self._at((0, 1.4))], [0.36, 0.42], darker(self.person.skin, 0.14)
        )
        back = [(0.2, 1.16), (0.62, 1.3), (0.98, 1.5), (1.16, 2.0), (1.22, 4.2), (-1.22, 4.2),
                (-1.16, 2.0), (-0.98, 1.5), (-0.62, 1.3), (-0.2, 1.16)]  # fmt: skip
        self.canvas.blob([self._at(point) for point in back], dark)
        collar = smooth([(-0.3, 1.2), (0.0, 1.27), (0.3, 1.2)])
        self._stroke(collar, 0.1, lighter(self.person.top, 0.1))
        if self.person.cut in {"long", "bob", "ponytail", "curly"}:
            head.behind()
        head.from_behind()

    def _legs(self) -> None:
        colour, skin = self.person.legs, self.person.skin
        shoe = darker(colour, 0.16)
        legs = self.pose.legs
        bare = self.person.dress
        for side in (-self.facing, self.facing):
            tone = darker(colour, 0.05) if side != self.facing else colour
            hip, knee, foot = leg(legs, side, self.facing, self.act.stride)
            joints = [self._at(hip), self._at(knee), self._at(foot)]
            self.canvas.limb(joints, [0.56 * self.wide, 0.42, 0.28], skin if bare else tone)
            if legs is not Legs.KNEEL:
                toe = self.facing * (0.14 if legs is not Legs.SIT else 0.05)
                x, y = self._at(foot)
                self.canvas.limb([(x - toe * 0.2, y + 0.06), (x + toe, y + 0.1)], [0.24, 0.2], shoe)
        if self.person.dress:
            self._skirt()

    def _skirt(self) -> None:
        low = _SKIRTS.get(self.pose.legs, 5.35)
        shape = [(0.5, 2.6), (0.66, 3.3), (0.92, low), (0.0, low + 0.12), (-0.92, low),
                 (-0.66, 3.3), (-0.5, 2.6)]  # fmt: skip
        paint = Fade(self.person.top, self.shade)
        self.canvas.polygon(smooth([self._at(p) for p in shape], closed=True), paint)

    def _torso(self) -> None:
        person, w = self.person, self.wide
        shape = [(0.0, 1.34), (0.14, 1.27), (0.24, 1.14), (0.5, 1.2), (0.74, 1.34), (0.8, 1.62),
                 (0.7, 2.1), (0.59, 2.55), (0.62, 3.05), (0.55, 3.38), (0.0, 3.45), (-0.55, 3.38),
                 (-0.62, 3.05), (-0.59, 2.55), (-0.7, 2.1), (-0.8, 1.62), (-0.74, 1.34),
                 (-0.5, 1.2), (-0.24, 1.14), (-0.14, 1.27)]  # fmt: skip
        points = [self._at(self._leaning((x * w, y))) for x, y in shape]
        plain = person.dress
        self.canvas.blob(
            points, person.top if plain else Fade(lighter(person.top, 0.015), self.shade)
        )
        f = self.facing * 0.1
        if person.coat:
            inner = [(-0.21, 1.17), (-0.12, 1.29), (0.0, 1.35), (0.12, 1.29), (0.21, 1.17),
                     (f + 0.27, 1.9), (f + 0.2, 2.6), (f + 0.27, 3.4), (f - 0.2, 3.4),
                     (f - 0.13, 2.6), (f - 0.2, 1.9)]  # fmt: skip
            self.canvas.polygon([self._at(self._leaning(p)) for p in inner], person.under)
            lapel = darker(person.top, 0.1)
            for side in (1, -1):
                edge = [(side * 0.225, 1.15), (f + side * 0.25, 1.9), (f + side * 0.18, 2.6),
                        (f + side * 0.23, 3.38)]  # fmt: skip
                self._stroke([self._leaning(p) for p in smooth(edge)], 0.045, lapel)
        else:
            collar = [(-0.23, 1.16), (-0.13, 1.28), (0.0, 1.345), (0.13, 1.28), (0.23, 1.16)]
            self._stroke(smooth(collar), 0.055, darker(person.top, 0.1))
        if person.scarf:
            self._stroke(smooth([(-0.3, 1.24), (0, 1.42), (0.3, 1.24)]), 0.26, person.scarf)
            tail = [(f * 2, 1.4), (f * 3.2, 2.0)]
            self._stroke(tail, 0.22, darker(person.scarf, 0.05))

    def _apron(self, colour: Colour) -> None:
        low = 4.6 if self.person.dress else 3.9
        bib = [(-0.34, 1.75), (0.34, 1.75), (0.4, 2.5), (0.56, 2.7), (0.62, low), (-0.62, low),
               (-0.56, 2.7), (-0.4, 2.5)]  # fmt: skip
        self.canvas.polygon([self._at(self._leaning(p)) for p in bib], colour)
        for side in (1, -1):
            self._stroke([(side * 0.3, 1.78), (side * 0.26, 1.2)], 0.07, darker(colour, 0.06))

    def _neck(self) -> None:
        shade = darker(self.person.skin, 0.075)
        x = self.top[0]
        joints = [(x, 0.8 + self.top[1]), (x * 0.5, 1.1), (0.0, 1.3)]
        self.canvas.limb([self._at(p) for p in joints], [0.33, 0.35, 0.44], shade)

    def _arm(self, side: int, sleeve: Colour, *, behind: bool = False) -> None:
        if behind and self.pose.arms in _CROSSING:
            return
        shoulder, elbow, hand = (self._leaning(point) for point in self._reach(side))
        wrist = (hand[0] * 0.86 + elbow[0] * 0.14, hand[1] * 0.86 + elbow[1] * 0.14)
        joints = [self._at(p) for p in (shoulder, elbow, wrist)]
        self.canvas.limb(joints, [0.37 * self.wide**0.5, 0.3, 0.24], sleeve)
        self._hand(hand)

    def _reach(self, side: int) -> tuple[Point, Point, Point]:
        return arm(
            self.pose.arms, self.pose.legs, side, self.facing, self.wide, stride=self.act.stride
        )

    def _hand_at(self, side: int) -> Point:
        return self._leaning(self._reach(side)[2])

    def _hand(self, at: Point) -> None:
        x, y = self._at(at)
        self.canvas.ellipse((x, y), 0.15, 0.16, self.person.skin)

    def _desk(self) -> None:
        top, low = self._at((-1.8, 2.8)), self._at((1.8, 2.98))
        foot = self._at((0, 4.95))[1]
        self.canvas.box(
            top[0] + 0.12,
            low[1],
            low[0] - 0.12,
            foot,
            Fade(darker(self.wood, 0.06), darker(self.wood, 0.13)),
        )
        self.canvas.box(top[0], top[1], low[0], low[1], lighter(self.wood, 0.06), radius=0.05)

    def _leaning(self, point: Point) -> Point:
        return point[0] + self.lean * max(0.0, (3.2 - point[1]) / 1.0), point[1]

    def _at(self, point: Point) -> Point:
        """Shrink everything below the chin for a child."""
        x, y = point
        if self.long == 1.0 or y <= 1:
            return x, y
        return x * 0.84, 1 + (y - 1) * self.long

    def _stroke(self, points: list[Point], width: float, colour: Colour) -> None:
        self.canvas.stroke([self._at(point) for point in points], width, colour)
