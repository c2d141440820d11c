"""The card: one shot drawn once, larger than the frame, for the camera to move over."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import attrs
from PIL import Image, ImageChops, ImageFilter

from ministudio.plugin import CameraAngle, PlaceKind, PromptInput, ShotSize
from ministudio_animatic.drawing.canvas import Canvas
from ministudio_animatic.drawing.colour import Colour, mix
from ministudio_animatic.drawing.soft import soft_mask
from ministudio_animatic.falling import falling
from ministudio_animatic.figures.afloat import afloat
from ministudio_animatic.figures.boat import draw_boat
from ministudio_animatic.places import GROUNDLESS, draw_place, exposed
from ministudio_animatic.reading.imagine import place_kind
from ministudio_animatic.reading.light import Light, read_light
from ministudio_animatic.reading.waters import Water, water_of
from ministudio_animatic.sheet import TILT_ROOM, Piece, Sheet, bent, tilted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ministudio_animatic.figures import Figure
    from ministudio_animatic.parts import Box
    from ministudio_animatic.staging import Part, Staging

__all__ = ["Piece", "Sheet", "draw_backdrop", "draw_pieces", "edged", "figure_light", "vignette"]

_SHADOW: Final[Colour] = (18, 16, 30)

_WHOLE: Final = frozenset({ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.FULL})
_SOFT_FROM: Final = 0.002  # from this blur on the backdrop may be drawn at half the size
_FEET: Final = 0.9  # a shadow is drawn only where the feet stand above this height


def draw_backdrop(
    story: PromptInput, staging: Staging, sheet: Sheet, heads: Sequence[Box] = ()
) -> Image.Image:
    """Draw the place of a shot as it is staged; an RGB picture of the sheet's size.

    Args:
        story: The shot.
        staging: How it is staged.
        sheet: The size of the card.
        heads: Where heads are against the place, in frame heights: nothing is put behind them.
    """
    light = read_light(story)
    kind = place_kind(story)
    turned = story.camera.angle is CameraAngle.DUTCH
    drawn = sheet.grown(TILT_ROOM) if turned else sheet.upright
    image = bent(Piece(_place(story, light, staging, drawn, heads), 0, 0), sheet).image
    if light.weather.falling and exposed(story, kind):
        image = falling(image, light, sheet.unit, story.shot_id)
    return vignette(tilted(image, sheet.size) if turned else image)


def draw_pieces(
    story: PromptInput, figures: Sequence[Figure], parts: Sequence[Part], sheet: Sheet
) -> list[Piece]:
    """Draw some of the figures of a shot as they are staged, from back to front."""
    light = read_light(story)
    kind = place_kind(story)
    by_index = {figure.body.index: figure for figure in figures}
    turned = story.camera.angle is CameraAngle.DUTCH
    drawn = sheet.grown(TILT_ROOM) if turned else sheet.upright
    pieces = []
    for part in parts:
        piece = _figure(by_index[part.body.index], part, kind, light, drawn)
        if piece is not None:
            if light.weather.falling and exposed(story, kind):
                seed = f"{story.shot_id}/{part.body.index}"
                piece = attrs.evolve(piece, image=falling(piece.image, light, sheet.unit, seed))
            pieces.append(piece)
    crew = [part for part in parts if part.body.aboard and not part.from_behind]
    if crew and story.camera.size in _WHOLE:
        lit = figure_light(kind, light, 0.0)
        pieces.append(Piece(draw_boat(crew, drawn.size, drawn.corner, drawn.unit, lit), 0, 0))
    if not turned:
        return [bent(piece, sheet) for piece in pieces]
    whole = Image.new("RGBA", drawn.size, (0, 0, 0, 0))
    for piece in pieces:
        whole.alpha_composite(piece.image, (piece.left, piece.top))
    return [Piece(tilted(whole, sheet.size), 0, 0)]


def _place(
    story: PromptInput, light: Light, staging: Staging, sheet: Sheet, heads: Sequence[Box]
) -> Image.Image:
    kind = place_kind(story)
    behind = staging.backdrop
    width, height = sheet.size
    coarse = 2 if behind.blur >= _SOFT_FROM else 1
    unit = behind.zoom * sheet.unit / coarse
    x, y = sheet.corner
    # A pool in a floor lies below the horizon like any water, and so must the floor's far end.
    walled = kind is PlaceKind.INTERIOR and water_of(story) is not Water.POND
    level = behind.floor if walled else behind.horizon
    origin = ((x - sheet.aspect / 2) / behind.zoom, (y - level) / behind.zoom)
    moved = (sheet.aspect / 2, level) * 2
    against = [_scaled(box, moved, behind.zoom) for box in heads]
    stand = None if behind.shore is None else (behind.shore - level) / behind.zoom / behind.deep
    size = (width // coarse, height // coarse)
    canvas = Canvas(*size, origin, unit, ground=light.sky[1], deep=behind.deep)
    draw_place(canvas, story, kind, light, stand=stand, heads=against)
    if light.lamp is not None and kind is not PlaceKind.INTERIOR:
        # Redder than the lamp: gold over the blue of the night would be olive.
        ember = mix(light.lamp, (255, 128, 40), 0.45)
        canvas.glow((0.0, 0.06), 0.7, ember, 0.45)
        canvas.glow((0.0, 0.06), 0.3, light.lamp, 0.5)
    image = canvas.finish()
    if behind.blur:
        image = image.filter(ImageFilter.GaussianBlur(behind.blur * sheet.unit / coarse))
    if coarse > 1:
        image = image.resize((width, height), Image.Resampling.BICUBIC)
    return image


def _scaled(box: Box, less: Box, zoom: float) -> Box:
    left, top, right, bottom = ((at - by) / zoom for at, by in zip(box, less, strict=True))
    return left, top, right, bottom


def _corners(distance: float) -> float:
    return 0.28 * math.pow(max(0.0, (distance - 0.5) / 0.91), 1.6)


def vignette(image: Image.Image) -> Image.Image:
    """Darken the corners a little, so that the eye stays in the picture."""
    mask = soft_mask(_corners, image.size)
    image.paste((16, 14, 28), mask=mask)
    return image


def _figure(
    figure: Figure, part: Part, kind: PlaceKind, light: Light, sheet: Sheet
) -> Piece | None:
    """Draw one figure with its shadow; None where the card shows nothing of it."""
    corner_x, corner_y = sheet.corner
    wide, high = sheet.size
    unit = part.head * sheet.unit
    zero_x, zero_y = (part.x - corner_x) * sheet.unit, (part.top - corner_y) * sheet.unit
    around = max(figure.glow, figure.spread)
    beside = part.body.width / 2 + max(0.7, around)
    above, below = max(0.5, around), part.body.heads + max(0.45, around)
    if part.from_behind:
        below = 4.4
    left, top = (max(0, math.floor(v)) for v in (zero_x - beside * unit, zero_y - above * unit))
    right = min(wide, math.ceil(zero_x + beside * unit))
    bottom = min(high, math.ceil(zero_y + below * unit))
    if left >= right or top >= bottom:
        return None
    size, origin = (right - left, bottom - top), ((left - zero_x) / unit, (top - zero_y) / unit)
    canvas = Canvas(*size, origin, unit)
    figure.draw(canvas, part, figure_light(kind, light, part.away))
    tile = canvas.finish()
    if not figure.body.floats:
        tile = edged(tile, light, unit)
    if part.afloat:
        surface = round(-origin[0] * unit), round((part.body.heads - origin[1]) * unit)
        pale = mix(light.haze, (255, 255, 255), 0.3)
        return Piece(afloat(tile, part.body, surface, unit, pale), left, top)
    if part.from_behind:
        tile = _shadowed(tile, unit)
    feet = part.top + part.body.heads * part.head
    lifted = figure.body.floats or part.seated
    if kind not in GROUNDLESS and not lifted and feet < _FEET:
        under = Canvas(*size, origin, unit)
        _cast(under, part)
        shadow = under.finish()
        shadow.alpha_composite(tile)
        tile = shadow
    return Piece(tile, left, top)


def _cast(canvas: Canvas, part: Part) -> None:
    """Lay the shadow of a body on the ground: long where the camera looks down on it."""
    half, y = part.body.width * 0.46, part.body.heads - 0.02
    if part.seen is CameraAngle.HIGH:
        long = min(3.2, 0.52 * part.body.heads)
        outline = ((-0.35, 0.0), (0.3, 0.4), (0.75, 0.86), (1.15, 1.0), (1.5, 0.93), (1.2, 0.6),
                   (0.9, 0.3), (0.5, -0.03))  # fmt: skip
        away = [(x * half, y - up * long) for x, up in outline]
        canvas.blob(away, _SHADOW, 0.34)
    canvas.ellipse((0.1, y), half, 0.15, _SHADOW, 0.22)
    canvas.ellipse((0.05, y), half * 0.7, 0.09, _SHADOW, 0.3)


def figure_light(kind: PlaceKind, light: Light, away: float) -> Callable[[Colour], Colour]:
    """Return how a figure's colours look in a place of this kind, ``away`` from the front."""

    def lit(colour: Colour) -> Colour:
        if kind is PlaceKind.INTERIOR:
            shown = light.inside(colour)
        else:
            shown = light.on(colour, 0.08 * away)
        if light.lamp is not None and kind is not PlaceKind.INTERIOR:
            return mix(shown, light.beside(colour), 0.72)
        # Figures keep some of their own colour in any light, or nobody could tell them apart.
        return mix(shown, colour, 0.52 if light.hour.night else 0.42)

    return lit


def edged(tile: Image.Image, light: Light, unit: float) -> Image.Image:
    """Give a figure a lit edge towards the light and a shaded one away from it."""
    side = 1 if light.hour.sun[0] >= 0 else -1
    alpha = tile.getchannel("A")
    step = max(1, round(unit * 0.02))
    lit = ImageChops.subtract(alpha, _moved(alpha, -side * step, step))
    soft = _moved(alpha, side * step * 4, -step * 2).filter(ImageFilter.BoxBlur(step * 2))
    dark = ImageChops.subtract(alpha, soft)
    colours = tile.convert("RGB")
    colours.paste((26, 22, 48), mask=dark.point([round(v * 0.2) for v in range(256)]))
    glow = mix(light.lamp or light.hour.glow, (255, 255, 255), 0.2)
    colours.paste(glow, mask=lit.point([round(v * 0.26) for v in range(256)]))
    shown = colours.convert("RGBA")
    shown.putalpha(alpha)
    return shown


def _moved(mask: Image.Image, x: int, y: int) -> Image.Image:
    moved = mask.copy()  # beyond the edge the figure goes on
    moved.paste(mask, (x, y))
    return moved


def _shadowed(tile: Image.Image, unit: float) -> Image.Image:
    """Make a foreground figure dark and a little soft, as what is too near to be in focus."""
    alpha = tile.getchannel("A")
    colours = Image.blend(tile.convert("RGB"), Image.new("RGB", tile.size, (20, 18, 32)), 0.42)
    shadowed = colours.convert("RGBA")
    shadowed.putalpha(alpha)
    return shadowed.convert("RGBa").filter(ImageFilter.BoxBlur(unit * 0.02)).convert("RGBA")
