"""Animals that swim, in the water of their place: a sea, a river, a fountain or a tank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.figures.feathered import draw_rising, risen
from ministudio_animatic.reading.waters import Water
from ministudio_animatic.reading.ways import is_under, rise

if TYPE_CHECKING:
    from ministudio_animatic.drawing.canvas import Canvas
    from ministudio_animatic.figures.beast import Beast
    from ministudio_animatic.figures.figure import Figure, Lit
    from ministudio_animatic.parts import Part

__all__ = ["in_its_water"]

_WOOD: Final[Colour] = (112, 82, 60)
_STONE: Final[Colour] = (166, 160, 150)
_STAND: Final = 1.7  # heads from the floor to the bottom of a tank
_RIM: Final = 1.2  # heads from the ground to the rim of a basin


def in_its_water(figure: Figure, sort: Beast, posture: str, water: Water | None) -> Figure:
    """Put an animal that swims into the water of its place; others are left as they are."""
    if not sort.swims:
        return figure
    if water is None:
        note = f"no water is named where {figure.name} is: drawn without any"
        return attrs.evolve(figure, note=note) if sort.form == "fish" else figure
    if water is Water.TANK:
        return _in_tank(figure)
    floating = _afloat(figure, sort, posture)
    return floating if water.lies else _in_basin(floating)


def _afloat(figure: Figure, sort: Beast, posture: str) -> Figure:
    tall = figure.body.heads
    if sort.form != "fish":
        body = attrs.evolve(figure.body, afloat=(0.8 * tall, figure.body.width))
        return attrs.evolve(figure, body=body)
    if is_under(posture):
        body = attrs.evolve(figure.body, afloat=(tall, figure.body.width), sunk=True)
        return attrs.evolve(figure, body=body)
    share = rise(posture)
    high, wide = (part * tall for part in risen(share))
    coat = figure.colour

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        if part.afloat:
            if figure.glow:
                shine = mix(coat, (255, 240, 200), 0.3)
                canvas.glow((0.0, high / 2), figure.glow, shine, 0.6)
            tint = coat if figure.glow else lit(coat)
            draw_rising(canvas, tall, tint, part.facing, share, act=part.act)
        else:
            figure.draw(canvas, part, lit)

    body = attrs.evolve(figure.body, afloat=(high, wide))
    return attrs.evolve(figure, body=body, drawing=draw)


def _in_tank(figure: Figure) -> Figure:
    """Draw a swimmer in a glass tank on a stand."""
    body = figure.body
    half, over = max(1.3, body.width * 0.75), body.heads * 0.45 + 0.25
    deep = over + body.heads * 1.35 + 0.2

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        wood, glass = lit(_WOOD), lit((74, 84, 90))
        base = deep + _STAND
        canvas.box(-half * 0.94, deep, half * 0.94, base, Fade(wood, darker(wood, 0.07)))
        canvas.box(-half, 0.0, half, deep, mix(lit((212, 232, 236)), (255, 255, 255), 0.2))
        canvas.box(-half, 0.22, half, deep, Fade((146, 204, 214), (74, 148, 170)))
        for at, high in ((-0.72, 0.6), (-0.6, 0.35), (0.74, 0.5)):
            foot = (half * at, deep - 0.05)
            tip = (foot[0] + 0.08, deep - (deep - 0.3) * high)
            canvas.limb([foot, tip], [0.13, 0.05], (70, 126, 90))
        with canvas.lowered(over):
            figure.draw(canvas, part, lit)
        for x in (-half, half):
            canvas.stroke([(x, 0.0), (x, deep)], 0.07, glass)
        canvas.stroke([(-half, deep), (half, deep)], 0.12, glass)
        canvas.stroke([(-half, 0.0), (half, 0.0)], 0.1, glass)
        canvas.stroke([(-half, 0.22), (half, 0.22)], 0.03, (226, 244, 246))

    held = attrs.evolve(body, heads=deep + _STAND, width=2 * half + 0.1, floats=False, face=None)
    return attrs.evolve(figure, body=held, drawing=draw, goings=(), pace=0.0)


def _in_basin(figure: Figure) -> Figure:
    """Draw a swimmer that looks out over the rim of a stone basin."""
    body = figure.body
    high, wide = body.afloat or (body.heads, body.width)
    half = max(1.5, wide * 0.8)

    def draw(canvas: Canvas, part: Part, lit: Lit) -> None:
        stone, wet = lit(_STONE), lit((96, 146, 158))
        canvas.ellipse((0.0, high), half, 0.26, darker(stone, 0.1))
        canvas.ellipse((0.0, high), half * 0.92, 0.2, wet)
        figure.draw(canvas, attrs.evolve(part, afloat=True), lit)
        rim, low, foot = high + 0.02, high + 0.22, high + _RIM
        front = [(-half, rim), (-half * 0.5, low), (half * 0.5, low), (half, rim),
                 (half * 0.86, foot), (-half * 0.86, foot)]  # fmt: skip
        canvas.polygon(front, Fade(lighter(stone, 0.04), darker(stone, 0.08)))

    held = attrs.evolve(
        body, heads=high + _RIM, width=2 * half, floats=False, afloat=None, sunk=False, face=None
    )
    return attrs.evolve(figure, body=held, drawing=draw, goings=(), pace=0.0)
