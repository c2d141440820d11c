"""The running slate along the top: what the clapperboard says, and where in the shot we are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
from PIL import Image, ImageDraw

from ministudio.plugin import Hand, Lettering, shortened
from ministudio_animatic.guides import TITLE_SAFE, safe_area
from ministudio_animatic.planes import Cutout, Picture, overlay, stick

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ministudio_animatic.drawing.colour import Colour

__all__ = ["Board", "Clap", "Field", "board_fields"]

_INK: Final[Colour] = (13, 15, 22)
_LABEL: Final[Colour] = (168, 174, 186)
_VALUE: Final[Colour] = (246, 244, 238)
_OPAQUE: Final = 226  # of 255
_DIGITS: Final = "0123456789./"
_NARROW: Final = 1.2  # width to height: below, the slate takes two rows
_PAD: Final = 0.6  # of the letters' size, around every field


@attrs.frozen(kw_only=True)
class Clap:
    """What a shot's slate says.

    Args:
        scene: The scene's title.
        shot: The shot's id, with the part of a split shot.
        frames: How many frames the shot has.
        fps: Frames a second.
        take: The number of the take, from 1.
    """

    scene: str
    shot: str
    frames: int
    fps: int
    take: int = 1

    def seconds_at(self, number: int) -> str:
        """Return the seconds that have passed when a frame begins, and those of the shot."""
        whole = f"{self.frames / self.fps:05.2f}"
        return f"{number / self.fps:0{len(whole)}.2f}/{whole}"

    def frame_at(self, number: int) -> str:
        """Return a frame's number, counted from 1 as an editor does, and how many there are."""
        wide = max(3, len(str(self.frames)))
        return f"{number + 1:0{wide}}/{self.frames:0{wide}}"


@attrs.frozen(kw_only=True)
class Field:
    """One field of the slate, in pixels of the frame; one without ``text`` runs.

    Args:
        label: What it tells.
        text: What it says.
        left: Its left edge.
        top: Its top edge.
        width: Its width.
    """

    label: str
    text: str
    left: int
    top: int
    width: int


class Board:
    """Lays the slate over frames: drawn once, but for the digits that run.

    Args:
        clap: What it says.
        width: Width of the frame in pixels, even.
        height: Height of the frame in pixels, even.
        lettering: The fonts.

    Attributes:
        fields: Its fields, by name.
        hides: The part of the frame it covers: left, top, right, bottom, in even pixels.
    """

    def __init__(self, clap: Clap, width: int, height: int, lettering: Lettering) -> None:
        self._clap, self._lettering = clap, lettering
        self._size = _letters(width, height)
        self.fields = board_fields(clap, width, height, lettering)
        left, top, right, _ = safe_area(width, height, TITLE_SAFE)
        row = _row(self._size)
        bottom = max(field.top for field in self.fields.values()) + row
        self.hides = (left, top, right, bottom)
        self._plate = overlay(self._drawn(), left, top)
        self._step = _step(self._size, lettering)
        self._digits = {letter: self._digit(letter) for letter in _DIGITS}

    def lay(self, frame: Picture, number: int) -> None:
        """Lay the slate over the frame with this number, counted from 0."""
        stick(frame, self._plate)
        self._run(frame, self.fields["seconds"], self._clap.seconds_at(number))
        self._run(frame, self.fields["frame"], self._clap.frame_at(number))

    def _run(self, frame: Picture, field: Field, text: str) -> None:
        left = field.left + _pad(self._size)
        top = field.top + _value_top(self._size)
        for place, letter in enumerate(text):
            digit = self._digits[letter]
            stick(frame, attrs.evolve(digit, left=left + place * self._step, top=top))

    def _drawn(self) -> Image.Image:
        left, top, right, bottom = self.hides
        image = Image.new("RGBA", (right - left, bottom - top), (*_INK, _OPAQUE))
        pen = ImageDraw.Draw(image)
        small = self._lettering.font(Hand.PLAIN, _small(self._size))
        large = self._lettering.font(Hand.STRONG, self._size)
        for field in self.fields.values():
            x = field.left - left + _pad(self._size)
            y = field.top - top
            label = (x, y + _value_top(self._size) - 1)
            pen.text(label, field.label, font=small, fill=(*_LABEL, 255), anchor="ls")
            baseline = y + _value_top(self._size) + self._size
            pen.text((x, baseline), field.text, font=large, fill=(*_VALUE, 255), anchor="ls")
        return image

    def _digit(self, letter: str) -> Cutout:
        """A digit on clear ground, in a cell as wide as the widest: numbers do not tremble."""
        high = self._size // 2 * 2 + 4
        mask = Image.new("L", (self._step, high), 0)
        font = self._lettering.font(Hand.STRONG, self._size)
        ImageDraw.Draw(mask).text(
            (self._step / 2, self._size), letter, font=font, fill=255, anchor="ms"
        )
        image = Image.new("RGBA", mask.size, (*_VALUE, 255))
        image.putalpha(mask)
        return overlay(image, 0, 0)


def board_fields(clap: Clap, width: int, height: int, lettering: Lettering) -> Mapping[str, Field]:
    """Return the fields of a slate by name: in one row, or in two where the frame is narrow.

    What runs has the room its digits need; scene and shot share what is left.
    """
    size = _letters(width, height)
    left, top, right, _ = safe_area(width, height, TITLE_SAFE)
    step, pad = _step(size, lettering), _pad(size)
    last = clap.frames - 1
    fixed = {
        "take": _even(max(lettering.measure(str(clap.take), Hand.STRONG, size), 2.6 * size)),
        "seconds": len(clap.seconds_at(last)) * step,
        "frame": len(clap.frame_at(last)) * step,
    }
    fixed = {name: wide + 2 * pad for name, wide in fixed.items()}
    narrow = width / height < _NARROW
    room = right - left - (0 if narrow else sum(fixed.values()))
    scene = round(room * 0.54 / 2) * 2
    texts = {"scene": clap.scene, "shot": clap.shot, "take": str(clap.take)}
    fields: dict[str, Field] = {}
    x, y = left, top
    for name, wide in {"scene": scene, "shot": room - scene, **fixed}.items():
        if narrow and name == "take":
            x, y = left, top + _row(size)
        fits = _fitting(wide - 2 * pad, size, lettering)
        text = shortened(texts.get(name, ""), fits)
        fields[name] = Field(label=name.upper(), text=text, left=x, top=y, width=wide)
        x += wide
    return fields


def _fitting(room: int, size: int, lettering: Lettering) -> Callable[[str], bool]:
    return lambda text: lettering.measure(text, Hand.STRONG, size) <= room


def _letters(width: int, height: int) -> int:
    return max(11, round(min(width, height) * 0.027))


def _small(size: int) -> int:
    return max(8, round(size * 0.62))


def _pad(size: int) -> int:
    return _even(size * _PAD)


def _value_top(size: int) -> int:
    """How far below a field's top the letters of its value begin; even, as colours are."""
    return _even(size * 0.4 + _small(size) * 0.9)


def _row(size: int) -> int:
    return _even(_value_top(size) + size * 1.55)


def _step(size: int, lettering: Lettering) -> int:
    widest = max(lettering.measure(letter, Hand.STRONG, size) for letter in _DIGITS)
    return _even(widest)


def _even(length: float) -> int:
    return max(2, -int(-length // 2) * 2)
