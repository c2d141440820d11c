"""Loose pages that hang in the air of a place: each a small player of its own, that drifts."""

from __future__ import annotations

import functools
import math
import re
from typing import TYPE_CHECKING, Final

import attrs
from PIL import ImageFilter

from ministudio.plugin import CameraAngle
from ministudio_animatic.camera import FAR
from ministudio_animatic.card import level_of
from ministudio_animatic.drawing.canvas import Canvas
from ministudio_animatic.drawing.dice import dice
from ministudio_animatic.goings import Shift
from ministudio_animatic.places.landmarks import Page, draw_page, pages
from ministudio_animatic.places.scene import Scene, read_tones
from ministudio_animatic.planes import cutout
from ministudio_animatic.players import Player
from ministudio_animatic.reading.imagine import place_kind
from ministudio_animatic.reading.light import read_light
from ministudio_animatic.sheet import Piece, bent

if TYPE_CHECKING:
    from ministudio.plugin import PromptInput
    from ministudio_animatic.card import Sheet
    from ministudio_animatic.framing import Backdrop

__all__ = ["Drift", "drifting", "heading_of_pages"]

_MOST: Final = 24  # pages in the air; more are a pattern
_HIGH: Final = -0.6  # how high they rise, in the place's own measure, before they begin again
_LOW: Final = 0.04
_THIN: Final = 0.07  # of that measure, in which they come and go at both ends
_SPEED: Final = 0.05  # a second, in the same measure
_FLUTTER: Final = 2.2  # times a second that a page shows its other drawing
_UP: Final = re.compile(r"\bpages?\b[^.;]*?\b(?:rises?|rising|fly|flies|lift|swirls?)\b")
_DOWN: Final = re.compile(r"\bpages?\b[^.;]*?\b(?:sinks?|sinking|settles?|falls?|falling)\b")


def heading_of_pages(action: str) -> int:
    """Return which way the pages of a shot go: -1 up, 1 down, 0 where they only hang."""
    if _UP.search(action.lower()):
        return -1
    return 1 if _DOWN.search(action.lower()) else 0


@attrs.frozen(kw_only=True)
class Drift:
    """A page's way: up or down, swaying, and from the other end again.

    Args:
        drawn: The height it is drawn at, in the place's own measure.
        start: The height it begins at.
        speed: How fast it goes down, in that measure a second; up where negative.
        phase: Where in its sway it is at the beginning, 0 to 1.
        zoom: Frame heights in one of the place's measure.
    """

    drawn: float
    start: float
    speed: float
    phase: float
    zoom: float

    def at(self, seconds: float) -> Shift:
        """Return where it is at a moment of the shot."""
        over = _LOW - _HIGH
        height = _HIGH + (self.start - _HIGH + self.speed * seconds) % over
        near_end = min(height - _HIGH, _LOW - height) / _THIN
        sway = math.tau * (seconds / 4.5 + self.phase)
        return Shift(
            x=0.014 * math.sin(sway) * self.zoom,
            y=(height - self.drawn + 0.006 * math.cos(sway * 1.7)) * self.zoom,
            shown=min(1.0, max(0.0, near_end)) if self.speed else 1.0,
        )


def drifting(story: PromptInput, behind: Backdrop, sheet: Sheet) -> list[Player]:
    """Return the pages in the air of a shot's place; none where it has none.

    Args:
        story: The shot.
        behind: How the place lies behind the figures.
        sheet: The card of the backdrop.
    """
    if story.camera.angle is CameraAngle.DUTCH:
        return []
    kind = place_kind(story)
    unit = behind.zoom * sheet.unit
    x, y = sheet.upright.corner
    level = level_of(story, behind)
    corner = ((x - sheet.aspect / 2) / behind.zoom, (y - level) / behind.zoom)
    blank = Canvas(2, 2, corner, unit)
    scene = Scene(blank, story, read_light(story), read_tones(story, kind))
    flying = [page for page in pages(scene) if page.flies][:_MOST]
    heading = heading_of_pages(story.action)
    players = []
    for number, page in enumerate(flying):
        player = _player(scene, page, sheet, behind, (corner, number, heading))
        if player is not None:
            players.append(player)
    return players


def _player(
    scene: Scene,
    page: Page,
    sheet: Sheet,
    behind: Backdrop,
    case: tuple[tuple[float, float], int, int],
) -> Player | None:
    (left, top), number, heading = case
    unit = behind.zoom * sheet.unit
    soft = behind.blur * sheet.unit
    half = page.size * 1.75 + 3 * soft / unit
    size = sheet.upright.size
    x, y = page.at
    # Drawn where the card has room for it, wherever it begins.
    drawn = min(max(y, top + 1.1 * half), top + size[1] / unit - 1.1 * half)
    at = (math.floor((x - half - left) * unit), math.floor((drawn - half - top) * unit))
    side = math.ceil(2 * half * unit)
    if min(at) < 0 or at[0] + side > size[0] or at[1] + side > size[1]:
        return None  # cut by the card's edge, it would show the cut
    shows = []
    for fold in (page.fold, 1.35 - page.fold):
        origin = (left + at[0] / unit, top + at[1] / unit)
        scene.canvas = Canvas(side, side, origin, unit)
        draw_page(scene, attrs.evolve(page, at=(x, drawn), fold=fold))
        image = scene.canvas.finish()
        if soft:
            image = image.convert("RGBa").filter(ImageFilter.GaussianBlur(soft)).convert("RGBA")
        seen = bent(Piece(image, *at), sheet)
        shows.append(cutout(seen.image, (seen.left, seen.top), sheet.size))
    chance = dice(f"page/{number}")
    speed = heading * _SPEED * chance.uniform(0.6, 1.3)
    road = Drift(drawn=drawn, start=y, speed=speed, phase=chance.random(), zoom=behind.zoom)
    when = functools.partial(_fluttering, phase=chance.random())
    return Player(shows=shows, when=when, depth=FAR, road=road, unit=sheet.unit)


def _fluttering(seconds: float, phase: float) -> int:
    return math.floor(seconds * _FLUTTER + phase * 2) % 2
