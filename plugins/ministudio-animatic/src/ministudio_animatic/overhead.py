"""The card of an overhead shot: a floor plan, the cast on it, and what hangs above them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops, ImageFilter

from ministudio.plugin import PlaceKind
from ministudio_animatic.card import Piece, edged, figure_light, vignette
from ministudio_animatic.drawing.canvas import Canvas
from ministudio_animatic.drawing.colour import mix
from ministudio_animatic.drawing.turned import TurnedCanvas
from ministudio_animatic.figures.overhead_boat import draw_boat_from_above
from ministudio_animatic.floorplan import footprint
from ministudio_animatic.places import GROUNDLESS
from ministudio_animatic.places.plan import Plan, shadow
from ministudio_animatic.places.plan_view import draw_ground, draw_overhang
from ministudio_animatic.reading.imagine import place_kind
from ministudio_animatic.reading.light import read_light

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.plugin import PromptInput
    from ministudio_animatic.card import Sheet
    from ministudio_animatic.drawing.canvas import Point
    from ministudio_animatic.drawing.colour import Colour
    from ministudio_animatic.figures import Figure
    from ministudio_animatic.parts import Part
    from ministudio_animatic.reading.light import Light
    from ministudio_animatic.staging import Staging

__all__ = ["draw_cast", "draw_floor", "draw_hanging"]

_SHADOW: Final[Colour] = (16, 16, 32)
_COARSE: Final = 2  # shadows are soft: half the size will do
_MARGIN: Final = 0.6  # heads around a figure, for what its outline leaves out
_SEEN_BELOW: Final = 0.55  # how much of a shape under the surface the water lets through
_MIDDLE: Final = 0.35  # where the middle of the floor plan lies in the frame, from the top


def draw_floor(story: PromptInput, staging: Staging, sheet: Sheet) -> Image.Image:
    """Draw the ground of a place from straight above; an RGB picture of the sheet's size."""
    light, kind = read_light(story), place_kind(story)
    plan = _plan(story, staging, sheet, light, ground=True)
    draw_ground(plan, kind)
    image = plan.scene.canvas.finish()
    if staging.backdrop.blur:
        image = image.filter(ImageFilter.GaussianBlur(staging.backdrop.blur * 0.3 * sheet.unit))
    return vignette(image)


def draw_cast(
    story: PromptInput, figures: Sequence[Figure], staging: Staging, sheet: Sheet
) -> list[Piece]:
    """Draw the cast from straight above: all shadows, then boats, then everybody."""
    light, kind = read_light(story), place_kind(story)
    by_index = {figure.body.index: figure for figure in figures}
    pieces = []
    shade = Image.new("L", (sheet.size[0] // _COARSE, sheet.size[1] // _COARSE), 0)
    for part in staging.parts:
        piece = _figure(by_index[part.body.index], part, kind, light, sheet)
        if piece is None:
            continue
        if kind not in GROUNDLESS and not (part.afloat or part.body.aboard or part.body.floats):
            _cast_shadow(shade, piece, part, light, sheet, indoors=kind is PlaceKind.INTERIOR)
        pieces.append(piece)
    crew = [part for part in staging.parts if part.body.aboard]
    if crew:
        lit = figure_light(kind, light, 0.0)
        canvas = Canvas(*sheet.size, sheet.corner, sheet.unit)
        draw_boat_from_above(canvas, crew, lit)
        pieces.insert(0, Piece(canvas.finish(), 0, 0))
    shades = _shades(shade, sheet)
    return pieces if shades is None else [shades, *pieces]


def draw_hanging(
    story: PromptInput, staging: Staging, sheet: Sheet, drift: Point = (0.0, 0.0)
) -> list[Piece]:
    """Draw what is between the camera and the cast: crowns, eaves, gulls, rain and snow.

    Args:
        story: The shot.
        staging: Who is where.
        sheet: The size of the card.
        drift: How far it slides over the cast, in frame heights across and down; what would
            cover somebody on the way is left out.
    """
    light, kind = read_light(story), place_kind(story)
    plan = _plan(story, staging, sheet, light, drift, ground=False)
    draw_overhang(plan, kind)
    return [Piece(plan.scene.canvas.finish(), 0, 0)]


def _plan(
    story: PromptInput,
    staging: Staging,
    sheet: Sheet,
    light: Light,
    drift: Point = (0.0, 0.0),
    *,
    ground: bool,
) -> Plan:
    """Open a canvas on the floor plan: one unit is a head, (0, 0) is where people meet."""
    head = staging.backdrop.plan
    x, y = sheet.corner
    origin = ((x - sheet.aspect / 2) / head, (y - _MIDDLE) / head)
    unit = head * sheet.unit
    canvas = Canvas(*sheet.size, origin, unit, ground=(40, 40, 48) if ground else None)
    shore = staging.backdrop.shore
    return Plan.of(
        story,
        canvas,
        light,
        shore=None if shore is None else (shore - _MIDDLE) / head,
        taken=[
            (
                (left - drift[0] - sheet.aspect / 2) / head,
                (top - drift[1] - _MIDDLE) / head,
                (right + drift[0] - sheet.aspect / 2) / head,
                (low + drift[1] - _MIDDLE) / head,
            )
            for left, top, right, low in (part.box for part in staging.parts)
        ],
    )


def _figure(
    figure: Figure, part: Part, kind: PlaceKind, light: Light, sheet: Sheet
) -> Piece | None:
    """Draw one figure; None where the card shows nothing of it."""
    above = figure.above
    if above is None:
        return None
    unit = part.head * sheet.unit
    corner = sheet.corner
    margin = max(_MARGIN, figure.glow) * part.head
    box = part.box
    left, top = (
        max(0, math.floor((edge - margin - at) * sheet.unit))
        for edge, at in zip(box[:2], corner, strict=True)
    )
    right, bottom = (
        min(limit, math.ceil((edge + margin - at) * sheet.unit))
        for edge, at, limit in zip(box[2:], corner, sheet.size, strict=True)
    )
    if left >= right or top >= bottom:
        return None
    dx, dy = footprint(part.body).centre(part.turn)
    head = (
        ((box[0] + box[2]) / 2 - dx * part.head - corner[0]) * sheet.unit - left,
        ((box[1] + box[3]) / 2 - dy * part.head - corner[1]) * sheet.unit - top,
    )
    canvas = TurnedCanvas((right - left, bottom - top), head, unit, part.turn)
    above.draw(canvas, figure_light(kind, light, 0.0))
    tile = canvas.finish()
    if not part.body.floats:
        tile = edged(tile, light, unit)
    if part.body.sunk:
        alpha = tile.getchannel("A")
        tile.putalpha(alpha.point([round(a * _SEEN_BELOW) for a in range(256)]))
    if part.afloat:
        tile = _rippled(tile, light, unit)
    return Piece(tile, left, top)


def _rippled(tile: Image.Image, light: Light, unit: float) -> Image.Image:
    """Lay rings of water around somebody who is in it."""
    alpha = tile.getchannel("A")
    pale = mix(light.haze, (255, 255, 255), 0.45)
    seen = Image.new("RGBA", tile.size, (*pale, 0))
    rings = Image.new("L", tile.size, 0)
    for out, strength in ((0.34, 70), (0.16, 150)):
        wide = alpha.filter(ImageFilter.GaussianBlur(out * unit * 0.75)).point(
            [255 if a > 12 else 0 for a in range(256)]  # noqa: PLR2004 - the foot of the blur
        )
        inner = wide.filter(ImageFilter.GaussianBlur(max(1.0, unit * 0.035)))
        rim = inner.point([round(strength * (1 - abs(a - 128) / 128)) for a in range(256)])
        rings = ImageChops.lighter(rings, rim)
    seen.putalpha(rings)
    seen.alpha_composite(tile)
    return seen


def _cast_shadow(
    shade: Image.Image, piece: Piece, part: Part, light: Light, sheet: Sheet, *, indoors: bool
) -> None:
    """Draw a figure's outline out along the light, from its feet to its head."""
    across, down, strength = shadow(light, indoors=indoors)
    tall = footprint(part.body).tall * part.head * sheet.unit / _COARSE
    mask = piece.image.getchannel("A").reduce(_COARSE)
    drawn = Image.new("L", shade.size, 0)
    drawn.paste(
        mask.point([round(a * strength) for a in range(256)]),
        (round(piece.left / _COARSE), round(piece.top / _COARSE)),
    )
    # Each step doubles what is covered, so that a long shadow takes no more than a few.
    step = 1 / max(1.0, tall * math.hypot(across, down))
    while step < 1:
        moved = Image.new("L", shade.size, 0)
        moved.paste(drawn, (round(across * tall * step), round(down * tall * step)))
        drawn = ImageChops.lighter(drawn, moved)
        step *= 2
    shade.paste(ImageChops.lighter(shade, drawn))


def _shades(shade: Image.Image, sheet: Sheet) -> Piece | None:
    if shade.getbbox() is None:
        return None
    soft = shade.filter(ImageFilter.GaussianBlur(max(1.0, 0.004 * sheet.unit / _COARSE)))
    picture = Image.new("RGBA", sheet.size, (*_SHADOW, 0))
    picture.putalpha(soft.resize(sheet.size, Image.Resampling.BILINEAR))
    return Piece(picture, 0, 0)
