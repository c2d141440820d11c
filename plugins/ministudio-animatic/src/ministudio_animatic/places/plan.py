"""A place as a floor plan: its scene, who stands where, and what every plan is drawn with.

One unit is a grown person's head; (0, 0) is where people meet, in the middle of the frame.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.drawing.canvas import Canvas, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places.heavens import CLOSED
from ministudio_animatic.places.scene import Scene, read_tones
from ministudio_animatic.reading.imagine import place_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ministudio.plugin import PromptInput
    from ministudio_animatic.drawing.canvas import Paint, Point
    from ministudio_animatic.reading.light import Light

__all__ = ["REACH", "Box", "Plan", "shadow"]

REACH: Final = (48.0, 36.0)
"""How far a plan goes on from its middle, across and down."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in heads."""

_NEAR: Final = 17.0  # heads of ground from top to bottom
_SHADE: Final[Colour] = (16, 16, 32)


def shadow(light: Light, *, indoors: bool) -> tuple[float, float, float]:
    """Return where a shadow falls, across and down for each length of height, and how dark."""
    if indoors:
        return 0.09, 0.15, 0.34
    across, up = light.hour.sun
    if light.weather.clouds >= CLOSED or light.weather.fog >= 0.45:
        return -0.1 * across, 0.12, 0.28
    if light.lamp is not None:
        return -0.1, 0.2, 0.4
    long = min(0.56, 0.15 / (up + 0.16))
    away = math.hypot(across, 0.45)
    dark = 0.34 if light.hour.night else 0.46 - 0.12 * light.weather.clouds
    return -across / away * long, 0.45 / away * long, dark


@attrs.frozen(kw_only=True)
class Plan:
    """One place from straight above, being drawn.

    Args:
        scene: The place, its light and its dice.
        shore: Where land begins in a place of water; None for where it always does.
        taken: Left, top, right and bottom of everybody who is there.
    """

    scene: Scene
    shore: float | None = None
    taken: Sequence[Box] = ()

    @classmethod
    def of(
        cls,
        story: PromptInput,
        canvas: Canvas,
        light: Light,
        *,
        shore: float | None,
        taken: Sequence[Box],
    ) -> Plan:
        """Return the plan of a shot's place on a canvas."""
        scene = Scene(canvas, story, light, read_tones(story, place_kind(story)))
        return cls(scene=scene, shore=shore, taken=taken)

    @property
    def canvas(self) -> Canvas:
        """Where to draw."""
        return self.scene.canvas

    def lit(self, colour: Colour) -> Colour:
        """Return a colour in the light there is here."""
        return self.scene.lit(colour)

    def sees(self, x: float, y: float, r: float) -> bool:
        """Return whether anything within ``r`` of a point is on the canvas."""
        s = self.scene
        return s.left - r < x < s.right + r and s.top - r < y < s.bottom + r

    def free(self, x: float, y: float, r: float) -> bool:
        """Return whether nobody is within ``r`` of a point."""
        return not any(
            box[0] - r < x < box[2] + r and box[1] - r < y < box[3] + r for box in self.taken
        )

    def strewn(
        self, count: int, *, dice: random.Random | None = None, reach: Point = REACH
    ) -> Iterator[tuple[float, float, random.Random]]:
        """Yield points strewn over the plan, each with dice of its own."""
        rolls = dice or self.scene.dice
        for _ in range(count):
            x, y = rolls.uniform(-reach[0], reach[0]), rolls.uniform(-reach[1], reach[1])
            own = random.Random(rolls.getrandbits(32))  # noqa: S311 - repeatable is what is wanted
            if self.sees(x, y, 6.0):
                yield x, y, own

    def gathered(self, count: int, reach: Point) -> Iterator[tuple[float, float, random.Random]]:
        """Yield points around the middle, for what is seen only from near by."""
        rolls, near = self.scene.dice, self.scene.bottom - self.scene.top < _NEAR
        for _ in range(count):
            x, y = rolls.gauss(0.0, reach[0] / 2), rolls.gauss(0.0, reach[1] / 2)
            own = random.Random(rolls.getrandbits(32))  # noqa: S311 - as above
            if near and self.sees(x, y, 1.0):
                yield x, y, own

    def fill(self, paint: Paint) -> None:
        """Fill the whole canvas."""
        s = self.scene
        self.canvas.box(s.left - 1, s.top - 1, s.right + 1, s.bottom + 1, paint)

    def mottle(self, base: Colour, count: int, size: float, step: float = 0.02) -> None:
        """Break up a ground of one colour with wide faint patches."""
        for x, y, rolls in self.strewn(count):
            tone = lighter(base, step) if rolls.random() < 0.5 else darker(base, step)
            self.patch((x, y), rolls.uniform(0.5, 1.0) * size, tone, rolls, 0.7)

    def patch(
        self,
        at: Point,
        size: float,
        paint: Paint,
        rolls: random.Random,
        opacity: float = 1.0,
        *,
        flat: float = 0.75,
    ) -> None:
        """Draw an uneven round patch, ``size`` from its middle to its edge."""
        turn = rolls.uniform(0, math.tau)
        cos, sin = math.cos(turn), math.sin(turn)
        rim = []
        for k in range(8):
            a = math.tau * k / 8
            r = size * rolls.uniform(0.78, 1.12)
            x, y = r * math.cos(a), r * math.sin(a) * flat
            rim.append((at[0] + x * cos - y * sin, at[1] + x * sin + y * cos))
        self.canvas.polygon(smooth(rim, closed=True, steps=6), paint, opacity)

    def shade(self, x: float, y: float, r: float, tall: float, opacity: float = 1.0) -> None:
        """Draw the shadow of something round that rises ``tall`` above the ground."""
        across, down, dark = shadow(self.scene.light, indoors=self.scene.indoors)
        for share in (0.35, 0.7, 1.0):
            at = (x + across * tall * share, y + down * tall * share)
            self.canvas.ellipse(at, r, r, _SHADE, dark * opacity * 0.55)

    def block_shade(self, box: Box, tall: float) -> None:
        """Draw the shadow of something square that rises ``tall`` above the ground."""
        left, top, right, low = box
        across, down, dark = shadow(self.scene.light, indoors=self.scene.indoors)
        dx, dy = across * tall, down * tall
        near, far = (left, right) if dx >= 0 else (right, left)
        rim = [(near, low), (near + dx, low + dy), (far + dx, low + dy), (far + dx, top + dy),
               (far, top), (far, low)]  # fmt: skip
        self.canvas.polygon(rim, _SHADE, dark * 0.9)

    def stone(self, at: Point, size: float, colour: Colour, rolls: random.Random) -> None:
        """Draw a stone with its lit side and its shadow."""
        sun = 1 if self.scene.light.hour.sun[0] >= 0 else -1
        self.shade(at[0], at[1] + size * 0.1, size * 0.85, size * 1.1)
        self.patch(at, size, darker(colour, 0.06), rolls)
        lit = (at[0] + sun * size * 0.16, at[1] - size * 0.16)
        self.patch(lit, size * 0.72, colour, rolls)
        self.patch((lit[0] + sun * size * 0.12, lit[1] - size * 0.1), size * 0.36,
                   lighter(colour, 0.05), rolls)  # fmt: skip

    def crown(self, at: Point, r: float, leaf: Colour, rolls: random.Random) -> None:
        """Draw the crown of a tree: clusters of leaves, lighter towards the light."""
        sun = 1 if self.scene.light.hour.sun[0] >= 0 else -1
        c = self.canvas
        for k in range(11):
            a = math.tau * k / 11 + rolls.uniform(-0.15, 0.15)
            d = r * rolls.uniform(0.68, 0.82)
            x, y = at[0] + d * math.cos(a), at[1] + d * math.sin(a)
            c.ellipse((x, y), r * 0.3, r * 0.3, darker(leaf, 0.07 - 0.03 * math.cos(a) * sun))
        c.ellipse(at, r * 0.8, r * 0.8, darker(leaf, 0.03))
        for _ in range(16):
            a, d = rolls.uniform(0, math.tau), r * math.sqrt(rolls.random()) * 0.72
            x, y = d * math.cos(a), d * math.sin(a)
            high = (x * sun - y) / r * 0.05
            size = r * rolls.uniform(0.16, 0.27)
            c.ellipse((at[0] + x, at[1] + y), size, size, lighter(leaf, high))
        tip = (at[0] + sun * r * 0.22, at[1] - r * 0.25)
        for dx, dy in ((0.0, 0.0), (0.2, 0.12), (-0.15, 0.18)):
            spot = (tip[0] + dx * r, tip[1] + dy * r)
            c.ellipse(spot, r * 0.14, r * 0.13, lighter(leaf, 0.07))

    def bird(self, at: Point, size: float, colour: Colour, turn: float) -> None:
        """Draw a bird on the wing."""
        cos, sin = math.cos(turn), math.sin(turn)

        def put(*points: Point) -> list[Point]:
            return [(at[0] + size * (x * cos - y * sin), at[1] + size * (x * sin + y * cos))
                    for x, y in points]  # fmt: skip

        for side in (1, -1):
            wing = put((0.0, -0.1), (side * 0.5, -0.3), (side * 1.15, 0.05), (side * 0.55, 0.0),
                       (0.0, 0.2))  # fmt: skip
            self.canvas.blob(wing, colour)
            tip = put((side * 0.75, -0.18), (side * 1.18, 0.06), (side * 0.78, 0.0))
            self.canvas.blob(tip, darker(colour, 0.25))
        self.canvas.blob(put((0.0, -0.45), (0.14, -0.1), (0.08, 0.4), (-0.08, 0.4), (-0.14, -0.1)),
                         mix(colour, (255, 255, 255), 0.2))  # fmt: skip
