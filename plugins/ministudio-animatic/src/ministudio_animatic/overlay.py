"""What lies on the lens: the caption band, drawn as it was laid out, and the pinned pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from ministudio_animatic.framing import SHADE
from ministudio_animatic.planes import Cutout, Picture, overlay, picture, stick
from ministudio_animatic.signs import draw_sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.plugin import Lettering
    from ministudio_animatic.captions import Band, Run
    from ministudio_animatic.drawing.colour import Colour

__all__ = ["Overlay"]

_INK: Final[Colour] = (13, 15, 22)
_RULE: Final[Colour] = (240, 190, 92)
_FINE: Final = 4


class Overlay:
    """Lays the caption band over frames; the letters are drawn once per caption, not per frame.

    Args:
        band: The band as laid out.
        width: Width of the frame in pixels.
        height: Height of the frame in pixels.
        lettering: The fonts.
    """

    def __init__(self, band: Band, width: int, height: int, lettering: Lettering) -> None:
        self._band, self._lettering = band, lettering
        self._width, self._height = width, height
        self._top = max(0, round(band.top - SHADE * height) // 2 * 2)
        self._base = self._drawn_base()
        self._shown: tuple[int | None, Cutout | None] = (None, None)
        ink = picture(Image.new("RGB", (2, 2), _RULE))
        self._ink = tuple(plane.tobytes()[0] for plane in (ink.y, ink.u, ink.v))

    @property
    def top(self) -> int:
        """Where it begins to darken the picture, in pixels from the top."""
        return self._top

    @property
    def solid(self) -> int:
        """Where it is as dark as it gets, in pixels from the top."""
        return max(self._top, round(self._band.top))

    def lay(self, frame: Picture, seconds: float, share: float) -> None:
        """Lay the band over a frame: the caption of that moment, the rule filled by ``share``."""
        number = self.caption_at(seconds)
        if self._shown[0] != number or self._shown[1] is None:
            self._shown = (number, self._with_caption(number))
        if self._shown[1] is not None:
            stick(frame, self._shown[1])
        self._fill_rule(frame, share)

    def caption_at(self, seconds: float) -> int | None:
        """Return which caption shows at a moment of the shot."""
        for number, cue in enumerate(self._band.cues):
            if cue.start <= seconds < cue.end:
                return number
        return None

    def _fill_rule(self, frame: Picture, share: float) -> None:
        left, top, right, bottom = self._band.rule
        reached = left + round((right - left) * share / 2) * 2
        if reached <= left:
            return
        y, u, v = self._ink
        half = (left // 2, top // 2, reached // 2, bottom // 2)
        frame.y.paste(y, (left, top, reached, bottom))
        frame.u.paste(u, half)
        frame.v.paste(v, half)

    def _drawn_base(self) -> Image.Image:
        """The darkening, the rule and the letters that stay."""
        height = self._height - self._top
        fade = max(1.0, self._band.top - self._top)
        column = Image.new("L", (1, height))
        column.putdata([round(214 * min(1.0, y / fade) ** 1.3) for y in range(height)])
        image = Image.new("RGBA", (self._width, height), (*_INK, 255))
        image.putalpha(column.resize((self._width, height)))
        pen = ImageDraw.Draw(image)
        left, top, right, bottom = self._band.rule
        rule = (left, top - self._top, right - 1, bottom - self._top - 1)
        pen.rectangle(rule, fill=(92, 96, 106, 255))
        for dot in self._band.dots:
            self._dot(image, dot.x, dot.y, dot.radius, dot.colour)
        if self._band.sign:
            sign = self._band.sign
            drawn = draw_sign(sign.move, sign.side, sign.colour)
            image.alpha_composite(drawn, (round(sign.x), round(sign.y - self._top)))
        self._write(image, self._band.fixed)
        return image

    def _dot(self, image: Image.Image, x: float, y: float, radius: float, colour: Colour) -> None:
        side = round(radius * 2 * _FINE)
        mask = Image.new("L", (side, side), 0)
        ImageDraw.Draw(mask).ellipse((0, 0, side - 1, side - 1), fill=255)
        small = mask.reduce(_FINE)
        at = (round(x - small.width / 2), round(y - self._top - small.height / 2))
        image.paste((*colour, 255), (*at, at[0] + small.width, at[1] + small.height), small)

    def _write(self, image: Image.Image, runs: Sequence[Run]) -> None:
        pen = ImageDraw.Draw(image)
        for run in runs:
            font = self._lettering.font(run.hand, run.size)
            at = (run.x, run.y - self._top)
            pen.text(at, run.text, font=font, fill=(*run.colour, 255), anchor="ls")

    def _with_caption(self, number: int | None) -> Cutout:
        image = self._base
        if number is not None:
            image = image.copy()
            self._write(image, self._band.spoken[number])
        return overlay(image, 0, self._top)
