"""The head of a person: hair behind, face, hair in front. The measure is one head's height."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Canvas, Point, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.reading.postures import Head as Held

if TYPE_CHECKING:
    from ministudio_animatic.reading.emotions import Face
    from ministudio_animatic.reading.traits import Person

__all__ = ["HeadDrawing"]

_DETAIL: Final = 30.0  # pixels a head must be high before eyes get whites and lids
_ROUND: Final = (
    (0.0, 0.0), (0.24, 0.03), (0.38, 0.2), (0.41, 0.42), (0.385, 0.64), (0.27, 0.87), (0.1, 0.99),
)  # fmt: skip


class HeadDrawing:
    """Draws one head with its chin at ``y`` one head below ``top``.

    Args:
        canvas: Where to draw; its unit is one head.
        person: The looks, already in the light of the shot.
        face: The expression.
        at: The top of the head.
        facing: 1 when it is turned to the right, -1 to the left.
        held: How the head is held.
    """

    def __init__(
        self, canvas: Canvas, person: Person, face: Face, at: Point, *, facing: int, held: Held
    ) -> None:
        self.canvas, self.person, self.face = canvas, person, face
        self.x, self.y = at
        self.turn = 0.075 * facing
        self.facing = facing
        self.nod = {Held.UP: -0.07, Held.DOWN: 0.07, Held.LEVEL: 0.0}[held]
        self.fine = canvas.unit >= _DETAIL
        self.line = mix(darker(person.skin, 0.3), (40, 20, 24), 0.35)

    def behind(self) -> None:
        """Draw the hair that lies behind head and shoulders."""
        hair, cut = darker(self.person.hair, 0.05), self.person.cut
        if cut == "long":
            self._blob(
                [(0, -0.06), (0.42, 0.08), (0.52, 0.5), (0.56, 1.0), (0.6, 1.65), (0.34, 1.82),
                 (0, 1.78), (-0.34, 1.82), (-0.6, 1.65), (-0.56, 1.0), (-0.52, 0.5), (-0.42, 0.08)],
                hair,
            )  # fmt: skip
        elif cut == "bob":
            self._blob(
                [(0, -0.07), (0.4, 0.06), (0.53, 0.45), (0.54, 0.86), (0.44, 1.04), (0.2, 0.98),
                 (-0.2, 0.98), (-0.44, 1.04), (-0.54, 0.86), (-0.53, 0.45), (-0.4, 0.06)],
                hair,
            )  # fmt: skip
        elif cut == "bun":
            self._ellipse((-self.facing * 0.12, -0.16), 0.25, 0.22, hair)
        elif cut == "ponytail":
            side = -self.facing
            self._blob(
                [(side * 0.2, 0.1), (side * 0.5, 0.12), (side * 0.66, 0.5), (side * 0.6, 1.1),
                 (side * 0.46, 1.42), (side * 0.42, 0.9), (side * 0.3, 0.5)],
                hair,
            )  # fmt: skip
        elif cut == "curly":
            for x, y, r in (
                (0, 0.02, 0.34), (0.3, 0.1, 0.29), (-0.3, 0.1, 0.29), (0.45, 0.38, 0.24),
                (-0.45, 0.38, 0.24), (0.44, 0.66, 0.2), (-0.44, 0.66, 0.2),
            ):  # fmt: skip
                self._ellipse((x, y), r, r, hair)

    def front(self) -> None:
        """Draw head, face, and the hair and hat in front."""
        skin = self.person.skin
        for side in (1, -1):
            self._ellipse((side * 0.405 - self.turn * 0.5, 0.56), 0.075, 0.115, darker(skin, 0.05))
        self._blob(_mirrored(_ROUND), skin)
        self._cheeks()
        if self.fine:
            self._nose()
            self._eyes()
        else:
            for side in (1, -1):
                self._ellipse((self._across(side * 0.17), 0.53 + self.nod), 0.045, 0.06, self.line)
        self._brows()
        if self.person.beard:
            self._beard()
        self._mouth()
        self._hair()
        if self.person.glasses:
            self._glasses()
        if self.person.hat:
            self._hat(self.person.hat)

    def from_behind(self) -> None:
        """Draw the back of the head."""
        for side in (1, -1):
            self._ellipse((side * 0.44, 0.56), 0.085, 0.13, self.person.skin)
        self._blob(_mirrored(_ROUND), darker(self.person.skin, 0.05))
        if self.person.cut != "bald":
            hair = self.person.hair
            self._blob(
                [(0, -0.06), (0.36, 0.06), (0.46, 0.4), (0.42, 0.72), (0.2, 0.9), (-0.2, 0.9),
                 (-0.42, 0.72), (-0.46, 0.4), (-0.36, 0.06)],
                hair,
            )  # fmt: skip
        if self.person.hat:
            self._hat(self.person.hat)

    def _cheeks(self) -> None:
        blush = mix(self.person.skin, (222, 92, 84), 0.5)
        for side in (1, -1):
            at = self._at((self._across(side * 0.22), 0.69 + self.nod))
            self.canvas.glow(at, 0.17, blush, 0.5)
        if self.person.freckles and self.fine:
            spot = darker(self.person.skin, 0.12)
            for x, y in ((-0.26, 0.66), (-0.19, 0.7), (-0.12, 0.66), (0.12, 0.67), (0.19, 0.7),
                         (0.26, 0.65), (0.0, 0.64), (-0.22, 0.62), (0.2, 0.62)):  # fmt: skip
                self._ellipse((self._across(x), y + self.nod), 0.011, 0.011, spot)

    def _nose(self) -> None:
        tip = self.turn * 1.7
        shade = darker(self.person.skin, 0.09)
        points = [(tip * 0.7, 0.55), (tip + self.facing * 0.045, 0.69), (tip - 0.01, 0.715)]
        self._line([(x, y + self.nod) for x, y in points], 0.026, shade)

    def _eyes(self) -> None:
        skin, opened = self.person.skin, self.face.eyes
        y = 0.535 + self.nod
        lid = y - 0.052 - 0.03 * opened if opened > -0.9 else y + 0.03
        for side in (1, -1):
            x = self._across(side * 0.185)
            wide = 0.092 if side == self.facing else 0.098
            if opened > -0.9:
                self._ellipse((x, y), wide, 0.066 + 0.012 * max(0.0, opened), (246, 243, 238))
                iris = (x + self.turn * 0.35, y + 0.022 * self.face.gaze)
                self._ellipse(iris, 0.053, 0.056, self.person.eyes)
                self._ellipse(iris, 0.027, 0.029, (22, 18, 20))
                self._ellipse((iris[0] + 0.018, iris[1] - 0.022), 0.014, 0.015, (255, 255, 255))
            ends = y + 0.012
            arch = _arc((x - wide - 0.01, ends), (x, 2 * lid - ends), (x + wide + 0.01, ends))
            cover = [*arch, (x + wide + 0.02, y - 0.1), (x, y - 0.12), (x - wide - 0.02, y - 0.1)]
            self.canvas.polygon([self._at(p) for p in cover], darker(skin, 0.02))
            self._line(arch, 0.026, self.line, curved=False)

    def _brows(self) -> None:
        colour = darker(mix(self.person.hair, self.line, 0.3), 0.04)
        if self.person.cut == "bald" and not self.person.beard:
            colour = self.line
        face = self.face
        for side in (1, -1):
            y = 0.415 + self.nod * 0.9 - 0.035 * face.lift
            inner = (self._across(side * 0.085), y + 0.045 * face.tilt + 0.01)
            middle = (self._across(side * 0.2), y - 0.05)
            outer = (self._across(side * 0.285), y + 0.02 - 0.02 * face.tilt)
            width = 0.034 if self.fine else 0.05
            self._line(_arc(inner, middle, outer), width, colour, curved=False)

    def _mouth(self) -> None:
        face = self.face
        x, y = self.turn * 1.25, 0.805 + self.nod * 0.7
        wide = 0.115 + 0.03 * max(0.0, face.smile)
        ends = y - 0.03 * face.smile
        lips = mix(self.line, (176, 74, 74), 0.45)
        if face.mouth > 0.1:
            drop = 0.03 + 0.085 * face.mouth
            low = _arc((x - wide, ends), (x, y + drop * 2), (x + wide, ends))
            points = [*low, (x + wide * 0.5, y - 0.016), (x - wide * 0.5, y - 0.016)]
            self.canvas.polygon([self._at(p) for p in points], (108, 42, 46))
            if face.mouth > 0.4 and face.smile > 0.3:
                teeth = [(x - wide * 0.7, y - 0.006), (x + wide * 0.7, y - 0.006),
                         (x + wide * 0.5, y + 0.022), (x - wide * 0.5, y + 0.022)]  # fmt: skip
                self.canvas.polygon([self._at(p) for p in teeth], (246, 240, 232))
            return
        curve = _arc((x - wide, ends), (x, y + 0.1 * face.smile), (x + wide, ends))
        self._line(curve, 0.03 if self.fine else 0.045, lips, curved=False)
        if self.fine:
            under = darker(self.person.skin, 0.045)
            self._line([(x - 0.04, y + 0.068), (x + 0.04, y + 0.068)], 0.02, under)

    def _beard(self) -> None:
        colour = self.person.hair
        jaw = [(0.4, 0.56), (0.395, 0.72), (0.29, 0.93), (0.1, 1.06), (-0.1, 1.06), (-0.29, 0.93),
               (-0.395, 0.72), (-0.4, 0.56), (-0.3, 0.7), (-0.17, 0.735), (0.0, 0.72),
               (0.17, 0.735), (0.3, 0.7)]  # fmt: skip
        self._blob([(x + self.turn * 0.4, y) for x, y in jaw], colour)
        self._ellipse(
            (self.turn * 1.25, 0.815 + self.nod * 0.5), 0.12, 0.04, self.person.skin, 0.55
        )

    def _hair(self) -> None:
        cut, hair, turn = self.person.cut, self.person.hair, self.turn
        if cut == "bald":
            self._ellipse((-0.13, 0.13), 0.12, 0.07, lighter(self.person.skin, 0.06), 0.6)
            return
        part = -self.facing * 0.14
        cap = [(0.0, -0.085), (0.29, -0.03), (0.45, 0.2), (0.455, 0.47), (0.4, 0.5),
               (0.365, 0.33), (0.24, 0.25), (part + turn, 0.185), (-0.24, 0.25), (-0.365, 0.33),
               (-0.4, 0.5), (-0.455, 0.47), (-0.45, 0.2), (-0.29, -0.03)]  # fmt: skip
        if cut == "cropped":
            cap = [(x * 0.965, y * 0.62 + 0.02 if y < 0.3 else y * 0.8) for x, y in cap]
        elif cut in {"long", "bob"}:
            cap = [(x * 1.04, y + (0.18 if abs(x) > 0.38 and y > 0.4 else 0)) for x, y in cap]
        elif cut == "curly":
            for x, y, r in ((0.0, 0.06, 0.2), (0.22, 0.1, 0.19), (-0.22, 0.1, 0.19),
                            (0.38, 0.26, 0.15), (-0.38, 0.26, 0.15)):  # fmt: skip
                self._ellipse((x, y), r, r * 0.9, hair)
            return
        self._blob(cap, hair)
        if self.fine:
            shine = lighter(hair, 0.075)
            self._line([(part + 0.06, 0.045), (part + 0.2, 0.07), (0.33, 0.17)], 0.022, shine)
        if cut == "ponytail":
            self._ellipse((-self.facing * 0.4, 0.14), 0.07, 0.06, darker(hair, 0.1))

    def _glasses(self) -> None:
        frame = (52, 54, 62)
        wide = 0.03 if self.fine else 0.045
        for side in (1, -1):
            x, y, r = self._across(side * 0.185), 0.54 + self.nod, 0.135
            self._ellipse((x, y), r, r * 0.92, (226, 238, 244), 0.22)
            ring = [
                (x + math.cos(math.tau * k / 28) * r, y + math.sin(math.tau * k / 28) * r * 0.92)
                for k in range(29)
            ]
            self._line(ring, wide, frame, curved=False)
        bridge = [(self._across(-0.05), 0.52 + self.nod), (self._across(0.05), 0.52 + self.nod)]
        self._line(bridge, wide, frame)

    def _hat(self, colour: Colour) -> None:
        if self.person.crown:
            self._crown(colour)
            return
        crown = [(0.0, -0.2), (0.32, -0.14), (0.45, 0.1), (0.46, 0.27), (0, 0.24), (-0.46, 0.27),
                 (-0.45, 0.1), (-0.32, -0.14)]  # fmt: skip
        self._blob(crown, colour)
        brim = [(0.5, 0.27), (0.0, 0.17), (-0.5, 0.27), (-0.42, 0.35), (0.0, 0.27), (0.42, 0.35)]
        self._blob([(x + self.facing * 0.05, y) for x, y in brim], darker(colour, 0.08))

    def _crown(self, colour: Colour) -> None:
        band = [(-0.44, 0.22), (-0.5, -0.24), (-0.27, 0.0), (0.0, -0.34), (0.27, 0.0),
                (0.5, -0.24), (0.44, 0.22), (0.2, 0.27), (-0.2, 0.27)]  # fmt: skip
        self.canvas.polygon([self._at(point) for point in band], colour)
        self._line([(-0.44, 0.17), (0.0, 0.23), (0.44, 0.17)], 0.08, darker(colour, 0.1))
        for x, y in ((-0.5, -0.24), (0.0, -0.34), (0.5, -0.24)):
            self._ellipse((x, y), 0.055, 0.055, lighter(colour, 0.12))
        self._ellipse((self.turn, 0.08), 0.055, 0.06, (176, 46, 62))

    def _across(self, x: float) -> float:
        """Shift a feature with the turn of the head; the far side is a little shorter."""
        return x * 0.97 + self.turn

    def _at(self, point: Point) -> Point:
        return self.x + point[0], self.y + point[1]

    def _blob(self, points: list[Point], colour: Colour) -> None:
        self.canvas.blob([self._at(point) for point in points], colour)

    def _ellipse(
        self, at: Point, rx: float, ry: float, colour: Colour, opacity: float = 1.0
    ) -> None:
        self.canvas.ellipse(self._at(at), rx, ry, colour, opacity)

    def _line(
        self, points: list[Point], width: float, colour: Colour, *, curved: bool = True
    ) -> None:
        course = smooth(points) if curved else points
        self.canvas.stroke([self._at(point) for point in course], width, colour)


def _mirrored(half: tuple[Point, ...]) -> list[Point]:
    return [*half, *((-x, y) for x, y in reversed(half[1:]))]


def _arc(start: Point, pull: Point, end: Point) -> list[Point]:
    """Return the points of a curve from ``start`` to ``end`` that bends towards ``pull``."""
    course = []
    for step in range(13):
        t = step / 12
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        course.append(
            (a * start[0] + b * pull[0] + c * end[0], a * start[1] + b * pull[1] + c * end[1])
        )
    return course
