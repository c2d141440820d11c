"""Animals from straight above, heading up the page; lengths are in heights of the animal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.footprint import Footprint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ministudio_animatic.drawing.canvas import Canvas, Point
    from ministudio_animatic.figures.beast import Beast

__all__ = ["beast_footprint", "draw_beast_from_above"]

_TAILS: Final = {"bushy": 0.42, "long": 0.46, "short": 0.12, "thin": 0.36, "tuft": 0.4}
_HUGE: Final = 6.0  # heads: what is as tall as this has ears like sails
_BONE: Final[Colour] = (214, 198, 168)
_DARK: Final[Colour] = (34, 28, 30)


def beast_footprint(beast: Beast, *, flies: bool, wet: bool) -> Footprint:
    """Return what an animal takes of the floor plan."""
    ahead, behind, side, head = {
        "four": (_nose(beast) - _head(beast) + 0.08, _head(beast) + 0.46 + _TAILS[beast.tail],
                 _side(beast), 2.4 * _skull(beast)),
        "bird": (0.36, 0.95, 1.05 if flies else 0.34, 0.42),
        "hen": (0.36, 0.85, 0.42, 0.4),
        "fish": (0.4, 1.5, 0.5, 0.7),
    }[beast.form]  # fmt: skip
    tall = beast.tall
    return Footprint(
        long=(ahead + behind) * tall,
        wide=2 * side * tall,
        middle=(ahead - behind) / 2 * tall,
        head=head * tall,
        tall=0.1 * tall if beast.form == "fish" else tall * (1.6 if flies else 0.8),
        wet=wet,
    )


def draw_beast_from_above(canvas: Canvas, beast: Beast, coat: Colour, *, flies: bool) -> None:
    """Draw an animal, the middle of its head at (0, 0)."""
    pen = _Top(canvas, beast.tall)
    if beast.form == "bird" and flies:
        _flying(pen, coat)
    else:
        _FORMS[beast.form](pen, beast, coat)


class _Top:
    """A pen that takes (to the right, ahead) in heights of the animal."""

    def __init__(self, canvas: Canvas, tall: float) -> None:
        self.canvas, self.tall = canvas, tall

    def at(self, point: Point) -> Point:
        return point[0] * self.tall, -point[1] * self.tall

    def blob(self, points: list[Point], colour: Colour) -> None:
        self.canvas.blob([self.at(point) for point in points], colour)

    def both(self, half: list[Point], colour: Colour) -> None:
        """Draw a blob of a right half and its mirror image."""
        self.blob([*half, *((-x, y) for x, y in reversed(half) if x)], colour)

    def disc(self, at: Point, rx: float, ry: float, colour: Colour) -> None:
        self.canvas.ellipse(self.at(at), rx * self.tall, ry * self.tall, colour)

    def limb(self, points: list[Point], widths: list[float], colour: Colour) -> None:
        course = [self.at(point) for point in points]
        self.canvas.limb(course, [width * self.tall for width in widths], colour)


def _skull(beast: Beast) -> float:
    return 0.17 - 0.05 * beast.neck


def _side(beast: Beast) -> float:
    if beast.horns == "antlers":
        return 0.42
    return 0.36 if beast.tall > _HUGE else 0.27


def _head(beast: Beast) -> float:
    """How far the head is ahead of the middle of the body."""
    return 0.46 + 0.06 * min(beast.snout, 1.0)


def _nose(beast: Beast) -> float:
    return _head(beast) + _skull(beast) * 0.8 + 0.13 * beast.snout


def _four(pen: _Top, beast: Beast, coat: Colour) -> None:
    dark, head, r = darker(coat, 0.08), _head(beast), _skull(beast)
    slim = 0.82 if beast.neck > 0.5 else 1.0

    def y(ahead: float) -> float:
        return ahead - head

    _tail(pen, beast, y(-0.42), coat)
    for x, ahead in ((0.15, 0.3), (-0.15, 0.24), (0.15, -0.3), (-0.15, -0.36)):
        out = x * 1.25 * slim
        pen.limb([(x * 0.8 * slim, y(ahead)), (out, y(ahead + 0.09))], [0.13, 0.09], dark)
        pen.disc((out, y(ahead + 0.12)), 0.045, 0.05, darker(dark, 0.09))
    pen.both([(0.0, y(0.42)), (0.13 * slim, y(0.38)), (0.185 * slim, y(0.2)),
              (0.15 * slim, y(-0.05)), (0.185 * slim, y(-0.3)), (0.1 * slim, y(-0.45)),
              (0.0, y(-0.48))], coat)  # fmt: skip
    pen.limb([(0.0, y(0.3)), (0.0, y(-0.05)), (0.0, y(-0.42))], [0.05, 0.07, 0.04],
             darker(coat, 0.025))  # fmt: skip
    if beast.ears == "flop" and beast.tail == "short":
        _woolly(pen, y, lighter(coat, 0.03))
    pen.limb([(0.0, y(0.32)), (0.0, 0.0)], [0.24 * slim, r * 1.5], coat)
    if beast.mane:
        _mane(pen, beast, y, r, darker(coat, 0.16))
    _face(pen, beast, r, coat)


def _woolly(pen: _Top, y: Callable[[float], float], pale: Colour) -> None:
    for k in range(9):
        a = math.tau * k / 9
        pen.disc((0.11 * math.cos(a), y(-0.06 + 0.26 * math.sin(a))), 0.07, 0.07, pale)


def _mane(pen: _Top, beast: Beast, y: Callable[[float], float], r: float, dark: Colour) -> None:
    if beast.neck < 0.5:
        pen.disc((0.0, -0.02), r * 1.7, r * 1.7, dark)
    else:
        pen.limb([(0.0, 0.04), (0.02, y(0.18))], [0.08, 0.06], dark)


def _tail(pen: _Top, beast: Beast, root: float, coat: Colour) -> None:
    end = root - _TAILS[beast.tail]
    if beast.tail == "bushy":
        pen.blob([(0.0, root + 0.06), (0.09, root - 0.08), (0.19, root - 0.24), (0.17, end + 0.08),
                  (0.1, end), (0.02, end + 0.1), (-0.03, root - 0.18), (-0.05, root)],
                 darker(coat, 0.03))  # fmt: skip
        pen.blob([(0.165, end + 0.1), (0.1, end), (0.035, end + 0.09), (0.1, end + 0.13)],
                 lighter(coat, 0.24))  # fmt: skip
    elif beast.tail == "short":
        pen.disc((0.0, root - 0.07), 0.05, 0.06, lighter(coat, 0.08))
    else:
        course = smooth([(0.0, root), (0.08, (root + end) / 2), (-0.03, end + 0.04)], steps=6)
        pen.limb(course, [0.055] * len(course), darker(coat, 0.04))
        if beast.tail == "tuft":
            pen.disc((-0.03, end + 0.04), 0.05, 0.06, darker(coat, 0.15))


def _face(pen: _Top, beast: Beast, r: float, coat: Colour) -> None:
    nose = _nose(beast) - _head(beast)
    pale = mix(lighter(coat, 0.12), coat, 0.3)
    for side in (1, -1):
        _low_ear(pen, beast, side, r, coat)
    pen.limb([(0.0, 0.0), (0.0, nose - r * 0.2)], [r * 1.7, r * 0.9], coat)
    pen.disc((0.0, 0.0), r * 0.98, r * 1.0, coat)
    for side in (1, -1):
        pen.disc((side * r * 0.42, nose - r * 0.55), r * 0.2, r * 0.42, pale)
    pen.disc((0.0, nose - r * 0.22), r * 0.42, r * 0.4, pale)
    pen.disc((0.0, nose), r * 0.24, r * 0.17, _DARK)
    for side in (1, -1):
        pen.disc((side * r * 0.52, r * 0.5), r * 0.15, r * 0.17, _DARK)
        _high_ear(pen, beast, side, r, coat)
        _horn(pen, beast, side, r)


def _low_ear(pen: _Top, beast: Beast, side: int, r: float, coat: Colour) -> None:
    """An ear that hangs beside the head or lies back over the neck."""
    if beast.tall > _HUGE:
        sail = [(side * r * 0.6, 0.04), (side * 0.34, 0.1), (side * 0.36, -0.1),
                (side * r * 0.7, -0.1)]  # fmt: skip
        pen.blob(sail, darker(coat, 0.05))
    elif beast.ears == "long":
        course = [(side * r * 0.4, 0.0), (side * r * 0.75, -r * 2.2)]
        pen.limb(course, [r * 0.6, r * 0.4], darker(coat, 0.04))
    elif beast.ears == "flop":
        course = [(side * r * 0.75, 0.0), (side * r * 1.3, -r * 0.5)]
        pen.limb(course, [r * 0.5, r * 0.6], darker(coat, 0.08))


def _high_ear(pen: _Top, beast: Beast, side: int, r: float, coat: Colour) -> None:
    """An ear that stands up from the head."""
    if beast.ears == "pointed":
        outer = [(0.2, -0.1), (1.05, -0.75), (0.92, 0.35)]
        inner = [(0.4, -0.1), (0.9, -0.5), (0.8, 0.2)]
        for shape, tone in ((outer, darker(coat, 0.12)), (inner, lighter(coat, 0.1))):
            pen.blob([(side * r * x, r * y) for x, y in shape], tone)
    elif beast.ears == "round":
        pen.disc((side * r * 0.85, -r * 0.2), r * 0.42, r * 0.4, darker(coat, 0.1))


def _horn(pen: _Top, beast: Beast, side: int, r: float) -> None:
    if beast.horns == "antlers":
        beam = [(side * r * 0.4, -r * 0.1), (side * 0.22, -0.1), (side * 0.36, 0.02)]
        pen.limb(beam, [0.035, 0.03, 0.015], _BONE)
        pen.limb([(side * 0.22, -0.1), (side * 0.3, -0.2)], [0.028, 0.012], _BONE)
    elif beast.horns == "horns":
        course = [(side * r * 0.6, -r * 0.1), (side * r * 1.5, r * 0.2), (side * r * 1.6, r * 0.8)]
        pen.limb(course, [r * 0.3, r * 0.22, r * 0.08], _BONE)


def _bird(pen: _Top, beast: Beast, coat: Colour) -> None:
    del beast
    dark = darker(coat, 0.09)
    pen.both([(0.0, -0.5), (0.1, -0.6), (0.13, -0.92), (0.0, -0.88)], dark)
    pen.both([(0.0, 0.05), (0.2, -0.08), (0.26, -0.36), (0.14, -0.66), (0.0, -0.72)], coat)
    for side in (1, -1):
        pen.blob([(side * 0.1, -0.1), (side * 0.29, -0.22), (side * 0.26, -0.6),
                  (side * 0.06, -0.8), (side * 0.1, -0.4)], dark)  # fmt: skip
    _beak(pen, coat)


def _flying(pen: _Top, coat: Colour) -> None:
    dark = darker(coat, 0.08)
    pen.both([(0.0, -0.5), (0.1, -0.62), (0.2, -0.9), (0.0, -0.86)], dark)
    for side in (1, -1):
        pen.blob(
            [
                (side * 0.05, -0.1),
                (side * 0.45, 0.02),
                (side * 1.0, -0.3),
                (side * 0.62, -0.36),
                (side * 0.36, -0.48),
                (side * 0.05, -0.5),
            ],
            coat,
        )
        pen.blob([(side * 0.4, -0.12), (side * 1.02, -0.32), (side * 0.66, -0.36),
                  (side * 0.38, -0.44)], dark)  # fmt: skip
    pen.both([(0.0, 0.08), (0.15, -0.08), (0.16, -0.4), (0.0, -0.68)], coat)
    _beak(pen, coat)


def _beak(pen: _Top, coat: Colour, colour: Colour = (228, 164, 66)) -> None:
    pen.blob([(-0.06, 0.12), (0.0, 0.32), (0.06, 0.12)], colour)
    pen.disc((0.0, 0.0), 0.18, 0.18, lighter(coat, 0.03))
    for side in (1, -1):
        pen.disc((side * 0.1, 0.07), 0.03, 0.035, _DARK)


def _hen(pen: _Top, beast: Beast, coat: Colour) -> None:
    del beast
    dark = darker(coat, 0.08)
    for x in (-0.2, -0.07, 0.07, 0.2):
        pen.limb([(x * 0.5, -0.56), (x, -0.8)], [0.12, 0.07], dark)
    pen.both([(0.0, 0.02), (0.24, -0.1), (0.36, -0.34), (0.26, -0.6), (0.0, -0.7)], coat)
    for side in (1, -1):
        pen.blob([(side * 0.16, -0.14), (side * 0.38, -0.3), (side * 0.22, -0.62),
                  (side * 0.12, -0.36)], dark)  # fmt: skip
    _beak(pen, coat)
    pen.limb([(0.0, 0.12), (0.0, -0.12)], [0.06, 0.07], (198, 58, 52))


def _fish(pen: _Top, beast: Beast, coat: Colour) -> None:
    del beast
    dark, pale = darker(coat, 0.09), lighter(coat, 0.1)
    for side in (1, -1):
        pen.blob([(side * 0.2, -0.12), (side * 0.46, -0.34), (side * 0.22, -0.36)], dark)
        pen.blob([(0.0, -1.12), (side * 0.3, -1.46), (side * 0.06, -1.34)], dark)
    pen.both([(0.0, 0.36), (0.17, 0.22), (0.3, -0.16), (0.24, -0.62), (0.08, -1.06),
              (0.0, -1.2)], coat)  # fmt: skip
    pen.limb([(0.0, 0.1), (0.0, -0.4), (0.0, -1.05)], [0.05, 0.11, 0.03], dark)
    for k in range(5):
        for side in (1, -1):
            pen.disc((side * 0.13, -0.05 - 0.16 * k), 0.035, 0.05, mix(coat, pale, 0.6))
    for side in (1, -1):
        pen.disc((side * 0.16, 0.14), 0.045, 0.055, lighter(pale, 0.1))
        pen.disc((side * 0.175, 0.15), 0.025, 0.03, _DARK)


_FORMS: Final[Mapping[str, Callable[[_Top, Beast, Colour], None]]] = {
    "four": _four,
    "bird": _bird,
    "hen": _hen,
    "fish": _fish,
}
