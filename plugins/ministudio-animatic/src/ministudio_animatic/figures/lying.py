"""A person who lies, seen from the side; the face is turned to us. The measure is one head.

A point of the body is (along from the crown to the feet, up from what is lain on).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.drawing.canvas import Canvas, Fade, Point, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter
from ministudio_animatic.drawing.turned import Turned
from ministudio_animatic.figures.bedding import (
    Berth,
    Colours,
    draw_behind,
    draw_blanket,
    draw_under,
)
from ministudio_animatic.figures.carried import draw_carried, is_long
from ministudio_animatic.figures.head import HeadDrawing
from ministudio_animatic.reading.postures import Head
from ministudio_animatic.reading.rest import Lie

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio_animatic.reading.emotions import Face
    from ministudio_animatic.reading.rest import Rest
    from ministudio_animatic.reading.traits import Person

__all__ = ["LyingDrawing", "berth"]

_CHILD: Final = 0.74
_FRONTAL: Final = frozenset({Lie.SIDE, Lie.CURLED})  # the front of the body is turned to us


@attrs.frozen(kw_only=True)
class _Figure:
    """One way to lie: outlines and joints, from the shoulders on, in (along, up)."""

    torso: tuple[Point, ...]
    near: tuple[Point, ...]
    far: tuple[Point, ...]
    arm: tuple[Point, ...]
    other: tuple[Point, ...]
    tilt: float = 82.0
    lift: float = 0.0
    length: float = 6.5


_BACK: Final = _Figure(
    torso=((1.08, 0.62), (1.4, 0.86), (2.0, 0.98), (2.7, 0.84), (3.3, 0.86), (3.75, 0.78),
           (3.8, 0.2), (3.2, 0.04), (2.2, 0.02), (1.3, 0.06), (1.05, 0.28)),
    near=((3.5, 0.4), (4.75, 0.42), (5.95, 0.2)),
    far=((3.5, 0.46), (4.55, 1.12), (5.2, 0.2)),
    arm=((1.55, 0.5), (2.45, 0.3), (3.25, 0.16)),
    other=((1.6, 0.8), (2.3, 0.75), (2.9, 0.95)),
)  # fmt: skip
_SIDE: Final = _Figure(
    torso=((1.08, 0.72), (1.36, 1.22), (1.7, 1.32), (2.5, 1.04), (3.2, 1.22), (3.7, 1.02),
           (3.8, 0.3), (3.2, 0.05), (2.2, 0.03), (1.3, 0.06), (1.05, 0.34)),
    near=((3.45, 0.8), (4.55, 0.62), (5.6, 0.34)),
    far=((3.4, 0.36), (4.8, 0.3), (5.95, 0.2)),
    arm=((1.6, 1.02), (2.3, 0.66), (1.5, 0.3)),
    other=((1.5, 0.3), (2.0, 0.14), (1.15, 0.12)),
    tilt=86.0,
)  # fmt: skip
_FRONT: Final = _Figure(
    torso=((1.05, 0.66), (1.4, 0.88), (2.2, 0.8), (2.8, 0.74), (3.4, 0.98), (3.85, 0.7),
           (3.8, 0.16), (3.0, 0.03), (2.0, 0.02), (1.3, 0.04), (1.05, 0.24)),
    near=((3.55, 0.46), (4.85, 0.26), (6.05, 0.22)),
    far=((3.55, 0.5), (4.85, 0.36), (6.0, 0.34)),
    arm=((1.5, 0.5), (1.25, 0.12), (0.2, 0.1)),
    other=((1.4, 0.3), (0.9, 0.14), (-0.15, 0.12)),
    tilt=76.0,
    lift=0.14,
)  # fmt: skip
_SPRAWLED: Final = attrs.evolve(
    _BACK,
    near=((3.5, 0.4), (4.8, 0.3), (6.05, 0.18)),
    far=((3.5, 0.46), (4.5, 0.86), (5.65, 0.34)),
    arm=((1.55, 0.5), (2.15, 0.14), (2.95, 0.1)),
    other=((1.45, 0.7), (0.75, 1.06), (-0.12, 0.72)),
    tilt=94.0,
)
_CURLED: Final = _Figure(
    torso=((1.05, 0.72), (1.4, 1.2), (2.0, 1.34), (2.8, 1.26), (3.35, 1.0), (3.5, 0.5),
           (3.3, 0.1), (2.6, 0.03), (1.8, 0.03), (1.2, 0.06), (1.0, 0.34)),
    near=((3.1, 0.66), (2.15, 0.46), (3.4, 0.2)),
    far=((3.1, 0.42), (2.3, 0.24), (3.5, 0.16)),
    arm=((1.6, 1.0), (2.05, 0.72), (1.5, 0.34)),
    other=((1.4, 0.4), (1.75, 0.2), (1.2, 0.14)),
    tilt=92.0,
    length=4.2,
)  # fmt: skip
_FIGURES: Final[Mapping[Lie, _Figure]] = {
    Lie.BACK: _BACK,
    Lie.SIDE: _SIDE,
    Lie.FRONT: _FRONT,
    Lie.CURLED: _CURLED,
    Lie.SPRAWLED: _SPRAWLED,
}


def berth(person: Person, rest: Rest) -> Berth:
    """Return what somebody lies on and how long it is, which is what staging must know."""
    length = _FIGURES[rest.lie].length
    return Berth(rest.bed, 1 + (length - 1) * _CHILD if person.child else length)


class LyingDrawing:
    """Draws one person who lies, the highest point at 0 and the middle across at 0.

    Args:
        canvas: Where to draw; its unit is one head.
        person: The looks, already in the light of the shot.
        face: The expression.
        rest: How and on what the person lies.
        facing: 1 when the feet are to the right, -1 to the left.
        carrying: What is in the hand, in words.
        colours: Of what is lain on and under, in the light of the shot.
        limp: Whether no limb is held up, as of somebody asleep.
        lift: How far the head is raised at least, in heads.
    """

    def __init__(
        self,
        canvas: Canvas,
        person: Person,
        face: Face,
        rest: Rest,
        *,
        facing: int,
        carrying: str = "",
        colours: Colours,
        limp: bool = False,
        lift: float = 0.0,
    ) -> None:
        self.canvas, self.person, self.rest, self.facing = canvas, person, rest, facing
        self.carrying, self.colours = carrying, colours
        self.figure, self.berth = _FIGURES[rest.lie], berth(person, rest)
        self.long = _CHILD if person.child else 1.0
        self.high = 0.82 if person.child else person.slight**0.5
        self.bent = not limp
        if limp and rest.lie is Lie.BACK:
            self.figure = attrs.evolve(self.figure, far=_SPRAWLED.far, tilt=84.0)
        raised = self.berth.pillow
        tilt = math.radians(self.figure.tilt - (12 if raised else 0))
        hair = 0.1 if person.cut in {"long", "curly"} else 0.03
        self.up = 0.5 + max(raised, self.figure.lift, hair, lift)
        middle = self._spot((0.5, self.up))
        self.chin = (self.facing * math.sin(tilt), math.cos(tilt))
        crown = (middle[0] - 0.5 * self.chin[0], middle[1] - 0.5 * self.chin[1])
        self.head = HeadDrawing(
            Turned(canvas, crown, -facing * tilt),
            person,
            face,
            (0.0, 0.0),
            facing=facing,
            held=Head.LEVEL,
        )

    def draw(self) -> None:
        """Draw the person and what is lain on."""
        top, pen = self.person.top, self.canvas
        draw_behind(pen, self.berth, self.facing, self.colours)
        draw_under(pen, self.berth, self.facing, self.colours)
        self.head.behind()
        self._arm(self.figure.other, darker(top, 0.07))
        if not self.rest.blanket:
            self._legs()
        self._neck()
        self._torso()
        self.head.front()
        covered = self.rest.blanket and self.rest.lie is not Lie.CURLED
        if covered and self.rest.lie is Lie.BACK:
            self._cover()
            self._arm(((1.6, 0.62), (2.3, 0.86), (3.0, 1.0)), darker(top, 0.03))
        else:
            self._arm(self.figure.arm, darker(top, 0.035))
            if self.rest.blanket:
                self._cover()
        self._carried()

    def _cover(self) -> None:
        """Lay the blanket over the body, from the chest (or the waist) to the feet."""
        hips = max(up for _, up in self.figure.torso)
        knees = 1.18 if self.rest.lie is Lie.BACK and self.bent else 0.74
        ridge = [(1.75, hips * 0.98), (2.6, hips + 0.06), (3.4, hips), (4.55, knees), (5.4, 0.62),
                 (5.95, 0.72), (6.35, 0.5), (6.5, 0.02)]  # fmt: skip
        if self.rest.lie is Lie.CURLED:
            ridge = [(1.9, hips), (2.6, hips + 0.05), (3.3, hips * 0.9), (3.9, 0.6), (4.3, 0.02)]
        draw_blanket(self.canvas, [self._spot(p) for p in ridge], self.berth, self.colours[3])

    def _spot(self, point: Point) -> Point:
        """Where a point of a grown person's body is; a child is shorter from the chin on."""
        along, up = point
        if along > 1:
            along, up = 1 + (along - 1) * self.long, up * self.high
        return self.facing * (along - self.berth.length / 2), self.berth.surface - up

    def _legs(self) -> None:
        person = self.person
        for joints, tone in ((self.figure.far, darker(person.legs, 0.06)),
                             (self.figure.near, person.legs)):  # fmt: skip
            spots = [self._spot(point) for point in joints]
            self.canvas.limb(
                spots, [0.56 * self.high, 0.42, 0.28], person.skin if person.dress else tone
            )
            x, y = spots[2]
            toes = 0.34 if joints[1][1] < 1 and self.rest.lie is not Lie.FRONT else 0.1
            toe = (x + self.facing * (0.2 if toes > 0.2 else 0.34), y - toes)
            self.canvas.limb([(x + self.facing * 0.06, y), toe], [0.26, 0.2], darker(tone, 0.16))
        if person.dress:
            knees = [self._spot(p) for p in (self.figure.near[1], self.figure.far[1])]
            for knee in knees:
                self.canvas.limb(
                    [self._spot(self.figure.near[0]), knee], [0.8, 0.66], darker(person.top, 0.05)
                )

    def _torso(self) -> None:
        person, outline = self.person, self.figure.torso
        spots = [self._spot(point) for point in outline]
        shade = darker(person.top, 0.08)
        self.canvas.blob(spots, Fade(lighter(person.top, 0.02), shade))
        half = len(outline) // 2
        if self.rest.lie in _FRONTAL:
            opening = [(1.25, 0.62), (2.2, 0.56), (3.62, 0.6)]
        else:
            opening = [(along, up - 0.07) for along, up in outline[1 : half - 1]]
        worn = smooth([self._spot(point) for point in opening])
        if person.coat and self.rest.lie is not Lie.FRONT:
            wide = 0.22 if self.rest.lie in _FRONTAL else 0.12
            self.canvas.limb(worn, [wide] * len(worn), person.under)
        if person.apron and self.rest.lie is not Lie.FRONT:
            self.canvas.limb(worn[3:], [0.34] * len(worn[3:]), person.apron)

    def _neck(self) -> None:
        skin = darker(self.person.skin, 0.075)
        under = self._spot((0.5, self.up))
        chin = (under[0] + 0.3 * self.chin[0], under[1] + 0.3 * self.chin[1])
        shoulder = self._spot((1.4, 0.55))
        self.canvas.limb([chin, shoulder], [0.34, 0.42], skin)
        if self.person.scarf:
            self.canvas.limb([self._spot((1.1, 0.2)), self._spot((1.15, 0.75))], [0.3, 0.28],
                             self.person.scarf)  # fmt: skip

    def _arm(self, joints: tuple[Point, ...], sleeve: Colour) -> None:
        shoulder, elbow, hand = (self._spot(point) for point in joints)
        wrist = (hand[0] * 0.86 + elbow[0] * 0.14, hand[1] * 0.86 + elbow[1] * 0.14)
        self.canvas.limb([shoulder, elbow, wrist], [0.4 * self.high, 0.3, 0.24], sleeve)
        self.canvas.ellipse(hand, 0.15, 0.15, self.person.skin)

    def _carried(self) -> None:
        """Lay what is carried by the hand, or on the chest."""
        if not self.carrying:
            return
        if is_long(self.carrying):
            ends = [self._spot((1.5, 0.08)), self._spot((6.0, 0.08))]
            self.canvas.limb(ends, [0.1, 0.08], self.colours[0])
            return
        x, y = self._spot((2.9, 1.15) if self.rest.lie is Lie.BACK else (2.2, 0.5))
        draw_carried(self.canvas, self.carrying, (x, y))
        self.canvas.ellipse((x, y + 0.1), 0.14, 0.14, self.person.skin)
