"""What stands in a place, as plain shapes on a floor plan. The measure is one head."""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.reading.colours import first_colour
from ministudio_animatic.reading.words import every, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ministudio_animatic.drawing.canvas import Point
    from ministudio_animatic.places.plan import Plan

__all__ = ["draw_fixture", "landmarks"]

_WOOD: Final[Colour] = (128, 92, 64)
_PAPER: Final[Colour] = (240, 232, 214)
_SLOTS: Final = ((3.6, -4.9), (-8.2, -3.9), (9.6, -3.4), (-11.6, 3.6), (12.0, 3.9))
_LAMPS_LIT: Final = 0.1  # lamps are lit when the sun stands lower


def draw_fixture(p: Plan, name: str, at: Point, paint: Colour | None = None) -> None:
    """Draw the thing of this name with its middle at ``at``; a crate where it is not known."""
    _SHAPES.get(name, _crate)(p, at, paint)


def landmarks(p: Plan) -> None:
    """Draw what the place's fixed elements and props name, in slots around the middle."""
    slots = iter(_SLOTS)
    for text in p.scene.elements:
        found = next(every(text, _LANDMARKS), None)
        at = next(slots, None) if found is not None else None
        if found is not None and at is not None:
            draw_fixture(p, found[1], at, first_colour(text))


def _box(p: Plan, at: Point, half: Point, colour: Colour, tall: float = 1.5) -> None:
    x, y = at
    box = (x - half[0], y - half[1], x + half[0], y + half[1])
    p.block_shade(box, tall)
    p.canvas.box(*box, darker(colour, 0.05), radius=0.1)
    p.canvas.box(box[0] + 0.1, box[1] + 0.1, box[2] - 0.1, box[3] - 0.16, colour, radius=0.08)


def _crate(p: Plan, at: Point, paint: Colour | None) -> None:
    wood = p.lit(paint or lighter(_WOOD, 0.08))
    _box(p, at, (0.9, 0.8), wood)
    for k in (-0.4, 0.0, 0.4):
        x, y = at
        p.canvas.box(x - 0.8, y + k - 0.03, x + 0.8, y + k + 0.03, darker(wood, 0.08))


def _table(p: Plan, at: Point, paint: Colour | None) -> None:
    wood = p.lit(paint or _WOOD)
    _box(p, at, (1.9, 0.85), wood, 2.6)
    x, y = at
    p.canvas.polygon([(x - 0.6, y - 0.45), (x + 0.1, y - 0.5), (x + 0.16, y + 0.3),
                      (x - 0.54, y + 0.35)], p.lit(_PAPER))  # fmt: skip
    p.canvas.ellipse((x + 1.1, y + 0.1), 0.24, 0.24, lighter(wood, 0.25))
    p.canvas.ellipse((x + 1.1, y + 0.1), 0.16, 0.16, darker(wood, 0.2))


def _lamp(p: Plan, at: Point, paint: Colour | None) -> None:
    shade = p.lit(paint or (238, 214, 168))
    p.shade(*at, 0.7, 4.0)
    p.canvas.ellipse(at, 0.85, 0.85, darker(shade, 0.08))
    p.canvas.ellipse(at, 0.78, 0.78, shade)
    light = p.scene.light
    if light.hour.night or light.level < 0.9 or light.hour.sun[1] < _LAMPS_LIT:
        p.canvas.glow(at, 6.0, (255, 206, 132), 0.55)
    p.canvas.ellipse(at, 0.34, 0.34, (255, 240, 200))


def _plant(p: Plan, at: Point, paint: Colour | None) -> None:
    leaf = p.lit(paint or (86, 128, 84))
    p.shade(*at, 0.9, 2.6)
    p.canvas.ellipse(at, 0.55, 0.55, p.lit((170, 104, 76)))
    p.canvas.ellipse(at, 0.44, 0.44, p.lit((70, 54, 46)))
    for k in range(9):
        a = math.tau * k / 9 + 0.2 * (k % 2)
        r = 1.25 if k % 2 else 0.95
        tip = (at[0] + r * math.cos(a), at[1] + r * math.sin(a))
        mid = (at[0] + 0.55 * r * math.cos(a + 0.12), at[1] + 0.55 * r * math.sin(a + 0.12))
        p.canvas.limb([at, mid, tip], [0.12, 0.36, 0.06], lighter(leaf, 0.03 * (k % 3) - 0.03))


def _bed(p: Plan, at: Point, paint: Colour | None) -> None:
    x, y = at[0], at[1] + 1.6
    cloth = p.lit(paint or mix(p.scene.tones.accent, (236, 226, 210), 0.3))
    _box(p, (x, y), (1.9, 2.9), p.lit(_WOOD), 1.5)
    p.canvas.box(x - 1.7, y - 2.6, x + 1.7, y + 2.6, p.lit((236, 230, 220)), radius=0.2)
    for side in (1, -1):
        p.canvas.box(x + side * 0.85 - 0.7, y - 2.4, x + side * 0.85 + 0.7, y - 1.5,
                     p.lit((250, 246, 238)), radius=0.3)  # fmt: skip
    p.canvas.box(x - 1.75, y - 1.2, x + 1.75, y + 2.7, cloth, radius=0.2)
    p.canvas.box(x - 1.75, y - 1.2, x + 1.75, y - 0.8, lighter(cloth, 0.08), radius=0.1)


def _chair(p: Plan, at: Point, paint: Colour | None) -> None:
    cloth = p.lit(paint or mix(p.scene.tones.accent, _WOOD, 0.4))
    _box(p, at, (1.3, 1.1), darker(cloth, 0.05), 2.0)
    x, y = at
    p.canvas.box(x - 0.95, y - 0.6, x + 0.95, y + 0.95, lighter(cloth, 0.05), radius=0.25)
    p.canvas.box(x - 1.2, y - 1.05, x + 1.2, y - 0.55, cloth, radius=0.2)


def _stool(p: Plan, at: Point, paint: Colour | None) -> None:
    wood = p.lit(paint or _WOOD)
    p.shade(*at, 0.7, 1.4)
    p.canvas.ellipse(at, 0.75, 0.75, darker(wood, 0.05))
    p.canvas.ellipse(at, 0.62, 0.62, lighter(wood, 0.04))


def _throne(p: Plan, at: Point, paint: Colour | None) -> None:
    gold = p.lit(paint or (206, 164, 74))
    _box(p, at, (1.4, 1.3), gold, 3.4)
    x, y = at
    p.canvas.box(x - 0.9, y - 0.5, x + 0.9, y + 1.1, p.lit((150, 44, 52)), radius=0.15)


def _bookcase(p: Plan, at: Point, paint: Colour | None) -> None:
    wood = p.lit(paint or p.scene.tones.near)
    _box(p, at, (2.4, 0.55), wood, 4.5)
    x, y = at
    rolls = Random(11)  # noqa: S311 - the same books in every shot
    left = x - 2.2
    while left < x + 1.9:
        thick = rolls.uniform(0.16, 0.34)
        tone = mix(p.lit(p.scene.tones.middle), p.lit(p.scene.tones.accent), rolls.random())
        deep = rolls.uniform(0.1, 0.34)
        p.canvas.box(left, y - 0.3, left + thick - 0.04, y + deep, tone)
        left += thick


def _screens(p: Plan, at: Point, paint: Colour | None) -> None:
    _table(p, at, paint)
    x, y = at
    p.canvas.glow((x, y + 0.6), 2.4, (130, 190, 226), 0.5)
    p.canvas.box(x - 1.1, y - 0.35, x + 1.1, y - 0.15, (44, 48, 58), radius=0.05)
    p.canvas.box(x - 0.8, y + 0.2, x + 0.7, y + 0.6, (62, 66, 78), radius=0.08)


def _stove(p: Plan, at: Point, paint: Colour | None) -> None:
    iron = p.lit(paint or (66, 64, 68))
    _box(p, at, (1.5, 0.9), iron, 3.0)
    x, y = at
    for side in (1, -1):
        p.canvas.ellipse((x + side * 0.65, y), 0.42, 0.42, darker(iron, 0.1))
        p.canvas.ellipse((x + side * 0.65, y), 0.28, 0.28, lighter(iron, 0.05))
    p.canvas.glow((x, y + 1.2), 2.6, (255, 164, 82), 0.5)


def _well(p: Plan, at: Point, paint: Colour | None) -> None:
    stone = p.lit(paint or (158, 150, 140))
    p.shade(*at, 1.6, 1.8)
    p.canvas.ellipse(at, 1.6, 1.6, darker(stone, 0.05))
    for k in range(14):
        a = math.tau * k / 14
        spot = (at[0] + 1.35 * math.cos(a), at[1] + 1.35 * math.sin(a))
        p.canvas.ellipse(spot, 0.26, 0.22, lighter(stone, 0.03 * (k % 3)))
    p.canvas.ellipse(at, 1.08, 1.08, darker(stone, 0.3))
    p.canvas.ellipse((at[0] - 0.2, at[1] + 0.15), 0.5, 0.4, p.lit((70, 110, 130)), 0.6)
    p.canvas.box(at[0] - 1.7, at[1] - 0.14, at[0] + 1.7, at[1] + 0.14, p.lit(_WOOD), radius=0.1)
    p.canvas.ellipse((at[0] + 0.5, at[1] + 0.4), 0.36, 0.36, p.lit(lighter(_WOOD, 0.1)))


def _fire(p: Plan, at: Point, paint: Colour | None) -> None:
    del paint
    p.canvas.glow(at, 6.5, (255, 164, 82), 0.6)
    p.canvas.ellipse(at, 1.1, 1.0, p.lit((56, 48, 46)))
    for k in range(9):
        a = math.tau * k / 9
        spot = (at[0] + 1.15 * math.cos(a), at[1] + 1.1 * math.sin(a))
        p.canvas.ellipse(spot, 0.28, 0.24, p.lit((132, 126, 120)))
    for k in range(4):
        a = math.pi * k / 4 + 0.3
        ends = [(at[0] + s * 0.75 * math.cos(a), at[1] + s * 0.75 * math.sin(a)) for s in (1, -1)]
        p.canvas.stroke(ends, 0.22, p.lit((88, 62, 46)))
    for r, tone in ((0.62, (255, 150, 66)), (0.42, (255, 190, 92)), (0.2, (255, 236, 170))):
        star = [(at[0] + r * (1.25 if k % 2 else 0.7) * math.cos(math.tau * k / 12),
                 at[1] + r * (1.25 if k % 2 else 0.7) * math.sin(math.tau * k / 12))
                for k in range(12)]  # fmt: skip
        p.canvas.blob(star, tone)


def _bench(p: Plan, at: Point, paint: Colour | None) -> None:
    wood, (x, y) = p.lit(paint or lighter(_WOOD, 0.05)), at
    p.block_shade((x - 2.0, y - 0.6, x + 2.0, y + 0.6), 1.8)
    for k in (-0.5, -0.12, 0.26):
        p.canvas.box(x - 2.0, y + k, x + 2.0, y + k + 0.3, wood, radius=0.06)
    p.canvas.box(x - 2.0, y - 0.8, x + 2.0, y - 0.6, darker(wood, 0.06), radius=0.05)


def _stone(p: Plan, at: Point, paint: Colour | None) -> None:
    grey = p.lit(paint or mix((150, 146, 140), p.scene.tones.near, 0.2))
    p.stone(at, 1.6, grey, Random(5))  # noqa: S311 - the same stone in every shot


def _tent(p: Plan, at: Point, paint: Colour | None) -> None:
    cloth, (x, y) = p.lit(paint or p.scene.tones.accent), at
    p.block_shade((x - 2.2, y - 1.9, x + 2.2, y + 1.9), 3.0)
    p.canvas.polygon([(x - 2.2, y - 1.9), (x, y - 1.7), (x, y + 1.7), (x - 2.2, y + 1.9)],
                     lighter(cloth, 0.04))  # fmt: skip
    p.canvas.polygon([(x + 2.2, y - 1.9), (x, y - 1.7), (x, y + 1.7), (x + 2.2, y + 1.9)],
                     darker(cloth, 0.07))  # fmt: skip
    p.canvas.polygon([(x - 0.5, y + 1.75), (x, y + 0.9), (x + 0.5, y + 1.75)], darker(cloth, 0.2))


def _fence(p: Plan, at: Point, paint: Colour | None) -> None:
    wood, (x, y) = p.lit(paint or lighter(_WOOD, 0.08)), at
    p.block_shade((x - 3.2, y - 0.1, x + 3.2, y + 0.1), 2.4)
    p.canvas.box(x - 3.2, y - 0.1, x + 3.2, y + 0.1, wood, radius=0.05)
    for k in range(-4, 5):
        p.canvas.ellipse((x + k * 0.78, y), 0.2, 0.2, lighter(wood, 0.06))


def _door(p: Plan, at: Point, paint: Colour | None) -> None:
    wood, (x, y) = p.lit(paint or mix(_WOOD, p.scene.tones.accent, 0.4)), at
    p.block_shade((x - 1.5, y - 0.22, x + 1.5, y + 0.22), 5.0)
    p.canvas.box(x - 1.7, y - 0.28, x + 1.7, y + 0.28, darker(wood, 0.14), radius=0.06)
    p.canvas.box(x - 1.4, y - 0.16, x + 1.4, y + 0.16, wood, radius=0.04)
    p.canvas.ellipse((x + 1.1, y + 0.3), 0.16, 0.13, (226, 190, 112))


def _signpost(p: Plan, at: Point, paint: Colour | None) -> None:
    wood, (x, y) = p.lit(paint or _WOOD), at
    p.shade(x, y, 0.25, 5.0)
    for a in (0.2, 2.3, 4.0):
        tip = (x + 1.5 * math.cos(a), y + 1.5 * math.sin(a))
        p.canvas.limb([at, tip], [0.26, 0.2], lighter(wood, 0.05))
    p.canvas.ellipse(at, 0.26, 0.26, darker(wood, 0.08))


_SHAPES: Final[Mapping[str, Callable[[Plan, Point, Colour | None], None]]] = {
    "desk": _table, "table": _table, "lamp": _lamp, "plant": _plant, "bed": _bed,
    "chair": _chair, "stool": _stool, "throne": _throne, "bookcase": _bookcase,
    "screens": _screens, "rack": _bookcase, "stove": _stove, "well": _well, "fire": _fire,
    "bench": _bench, "stone": _stone, "tent": _tent, "fence": _fence, "door": _door,
    "signpost": _signpost,
}  # fmt: skip
_LANDMARKS: Final[Mapping[str, str]] = table(
    ("door", "door, gate, doorway"),
    ("signpost", "signpost, sign, waymarker"),
    ("bench", "bench, pew"),
    ("stone", "stone, rock, boulder, slab"),
    ("tent", "tent, camp, pavilion, stall"),
    ("fire", "fire, campfire, bonfire"),
    ("well", "well, fountain"),
    ("fence", "fence, railing, hedge"),
    ("table", "table, desk, altar"),
    ("lamp", "lamp, lantern, lamppost, streetlamp, street lamp"),
)
