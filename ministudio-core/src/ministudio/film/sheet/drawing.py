"""Drawing a page that is set: rules, frames of the film, letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageStat

from ministudio.film.sheet.setting import Frame, Rule, Text
from ministudio.values.frames import Size

if TYPE_CHECKING:
    from ministudio.film.sheet.facts import ShotFacts
    from ministudio.film.sheet.setting import Page
    from ministudio.media.lettering import Lettering
    from ministudio.media.stills import Stills

__all__ = ["draw_page", "telling_frame"]

_WHITE: Final = "#ffffff"
# Past the middle an action has happened and the picture is not yet leaving.
_MOMENTS: Final = (0.6, 0.5, 0.75, 0.35, 0.88, 0.2)
_BLANK: Final = 6.0  # standard deviation of brightness, of 255


def draw_page(
    page: Page, shots: tuple[ShotFacts, ...], stills: Stills, letters: Lettering
) -> Image.Image:
    """Return a page as a picture.

    Raises:
        ArtifactError: When a frame of the film cannot be decoded.
    """
    picture = Image.new("RGB", (page.size.width, page.size.height), _WHITE)
    pen = ImageDraw.Draw(picture)
    for item in page.items:
        match item:
            case Rule(box, tone):
                pen.rectangle((box.x, box.y, box.right - 1, box.bottom - 1), fill=tone.value)
            case Frame(shot, box):
                still = telling_frame(stills, shots[shot], Size(box.width, box.height))
                picture.paste(still, (box.x, box.y))
            case Text():
                font = letters.font(item.hand, item.size)
                at = (item.x, item.baseline)
                pen.text(at, item.words, fill=item.tone.value, font=font, anchor="ls")
    return picture


def telling_frame(stills: Stills, shot: ShotFacts, size: Size) -> Image.Image:
    """Return a frame that says what a shot is about: late in it, and not black or blank.

    Raises:
        ArtifactError: When the film cannot be decoded there.
    """
    tried: list[tuple[float, Image.Image]] = []
    for moment in _MOMENTS:
        still = stills.at(shot.start + shot.seconds * moment, size)
        (contrast,) = ImageStat.Stat(still.convert("L")).stddev
        if contrast >= _BLANK:
            return still
        tried.append((contrast, still))
    return max(tried, key=lambda one: one[0])[1]
