"""The card: one shot drawn once, larger than the frame, for the camera to move over."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops, ImageFilter

from ministudio.plugin import CameraAngle, PlaceKind, PromptInput, ShotSize
from ministudio_animatic.drawing.canvas import Canvas
from ministudio_animatic.drawing.colour import Colour, mix
from ministudio_animatic.drawing.soft import soft_mask
from ministudio_animatic.figures.afloat import afloat
from ministudio_animatic.figures.boat import draw_boat
from ministudio_animatic.places import GROUNDLESS, draw_place
from ministudio_animatic.reading.imagine import place_kind
from ministudio_animatic.reading.light import Light, read_light
from ministudio_animatic.reading.waters import Water, water_of
from ministudio_animatic.sheet import TILT_ROOM, Piece, Sheet, bent, tilted, tilted_piece

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ministudio_animatic.backdrops import Backdrop
    from ministudio_animatic.figures import Figure
    from ministudio_animatic.parts import Box
    from ministudio_animatic.staging import Part, Staging

__all__ = [
    "Piece",
    "Sheet",
    "draw_backdrop",
    "draw_crew",
    "draw_part",
    "edged",
    "figure_light",
    "level_of",
    "vignette",
]

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
    image = _place(story, read_light(story), staging, _drawn_on(story, sheet), heads)
    if story.camera.angle is CameraAngle.DUTCH:
        return vignette(tilted(image, sheet.size))
    return vignette(bent(Piece(image, 0, 0), sheet).image)


def draw_part(
    story: PromptInput, figure: Figure, part: Part, sheet: Sheet, *, within: Box | None = None
) -> list[Piece]:
    """Draw one figure of a shot as it is staged: itself first, then its shadow or its rings.

    Args:
        story: The shot.
        figure: The figure.
        part: Where it is, and in which of its drawings.
        sheet: The card.
        within: How much of it to draw, in heads from the top of its head; None for all of it.
    """
    place = (place_kind(story), read_light(story))
    pieces = _figure(figure, part, place, _drawn_on(story, sheet), within)
    return [_placed(story, piece, sheet) for piece in pieces]


def draw_crew(story: PromptInput, parts: Sequence[Part], sheet: Sheet) -> list[Piece]:
    """Draw the boat around those who are aboard; none where nobody is, or where it is not seen."""
    crew = [part for part in parts if part.body.aboard and not part.from_behind]
    if not crew or story.camera.size not in _WHOLE:
        return []
    drawn = _drawn_on(story, sheet)
    lit = figure_light(place_kind(story), read_light(story), 0.0)
    boat = Piece(draw_boat(crew, drawn.size, drawn.corner, drawn.unit, lit), 0, 0)
    return [_placed(story, boat, sheet)]


def level_of(story: PromptInput, behind: Backdrop) -> float:
    """Return at which height of the frame the place's own zero is: its horizon or floor line."""
    # A pool in a floor lies below the horizon like any water, and so must the floor's far end.
    walled = place_kind(story) is PlaceKind.INTERIOR and water_of(story) is not Water.POND
    return behind.floor if walled else behind.horizon


def _drawn_on(story: PromptInput, sheet: Sheet) -> Sheet:
    """Return the sheet that is drawn on before the camera's angle bends or tilts it."""
    dutch = story.camera.angle is CameraAngle.DUTCH
    return sheet.grown(TILT_ROOM) if dutch else sheet.upright


def _placed(story: PromptInput, piece: Piece, sheet: Sheet) -> Piece:
    if story.camera.angle is CameraAngle.DUTCH:
        return tilted_piece(piece, _drawn_on(story, sheet).size, sheet.size)
    return bent(piece, sheet)


def _place(
    story: PromptInput, light: Light, staging: Staging, sheet: Sheet, heads: Sequence[Box]
) -> Image.Image:
    kind = place_kind(story)
    behind = staging.backdrop
    width, height = sheet.size
    coarse = 2 if behind.blur >= _SOFT_FROM else 1
    unit = behind.zoom * sheet.unit / coarse
    x, y = sheet.corner
    level = level_of(story, behind)
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
    figure: Figure,
    part: Part,
    place: tuple[PlaceKind, Light],
    sheet: Sheet,
    within: Box | None,
) -> list[Piece]:
    """Draw one figure and its shadow; nothing where the card shows nothing of it."""
    kind, light = place
    corner_x, corner_y = sheet.corner
    wide, high = sheet.size
    unit = part.head * sheet.unit
    zero_x, zero_y = (part.x - corner_x) * sheet.unit, (part.top - corner_y) * sheet.unit
    around = max(figure.glow, figure.spread)
    beside = part.body.width / 2 + max(0.7, around)
    above, below = max(0.5, around), part.body.heads + max(0.45, around)
    if part.from_behind:
        below = 4.4
    sides = within or (-beside, -above, beside, below)
    left = max(0, math.floor(zero_x + sides[0] * unit))
    top = max(0, math.floor(zero_y + sides[1] * unit))
    right = min(wide, math.ceil(zero_x + sides[2] * unit))
    bottom = min(high, math.ceil(zero_y + sides[3] * unit))
    if left >= right or top >= bottom:
        return []
    size, origin = (right - left, bottom - top), ((left - zero_x) / unit, (top - zero_y) / unit)
    canvas = Canvas(*size, origin, unit)
    figure.draw(canvas, part, figure_light(kind, light, part.away))
    tile = canvas.finish()
    if not figure.body.floats:
        tile = edged(tile, light, unit)
    if part.afloat:
        surface = round(-origin[0] * unit), round((part.body.heads - origin[1]) * unit)
        pale = mix(light.haze, (255, 255, 255), 0.3)
        seen, rings = afloat(tile, part.body, surface, unit, pale)
        return [Piece(seen, left, top), Piece(rings, left, top, "rings")]
    if part.from_behind:
        tile = _shadowed(tile, unit)
    feet = part.top + part.body.heads * part.head
    lifted = figure.body.floats or part.seated
    if within or kind in GROUNDLESS or lifted or feet >= _FEET:
        return [Piece(tile, left, top)]
    under = Canvas(*size, origin, unit)
    _cast(under, part)
    return [Piece(tile, left, top), Piece(under.finish(), left, top, "shadow")]


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
