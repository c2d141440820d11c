"""Safe-area guides: what every screen shows, drawn as camera monitors draw it.

The shares are those of EBU R 95 and SMPTE ST 2046-1:2009, made for flat screens: action inside
93 % of the frame's width and height, titles inside 90 %. (The 90 % and 80 % of older practice
were for picture tubes.) Both were written for 16:9; other shapes get the same shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image

from ministudio_animatic.planes import Cutout, Picture, picture, stick

if TYPE_CHECKING:
    from ministudio_animatic.drawing.colour import Colour

__all__ = ["ACTION_SAFE", "TITLE_SAFE", "Guides", "safe_area"]

ACTION_SAFE: Final = 0.93
"""Share of the frame's width and height in which everything that matters happens."""

TITLE_SAFE: Final = 0.90
"""Share of the frame's width and height in which everything to be read stands."""

_ACTION: Final[Colour] = (236, 238, 242)
_TITLE: Final[Colour] = (240, 190, 92)
_SHADE: Final[Colour] = (13, 15, 22)
_LINE: Final = 190  # of 255: seen on any picture, which is still seen beneath it
_CROSS: Final = 0.03  # of the frame's shorter side, from the centre to an arm's end


class Guides:
    """The two safe areas and the centre; drawn once, laid over every frame.

    Args:
        width: Width of the frame in pixels, even.
        height: Height of the frame in pixels, even.
    """

    def __init__(self, width: int, height: int) -> None:
        thick = max(2, min(width, height) // 720 * 2)
        boxes = [
            *((_ACTION, side) for side in _sides(safe_area(width, height, ACTION_SAFE), thick)),
            *((_TITLE, side) for side in _sides(safe_area(width, height, TITLE_SAFE), thick)),
            *((_ACTION, arm) for arm in _cross(width, height, thick)),
        ]
        self._lines = [_line(colour, box) for colour, box in boxes]

    @property
    def hides(self) -> tuple[int, int, int, int]:
        """Nothing: lines leave the picture as it is."""
        return 0, 0, 0, 0

    def lay(self, frame: Picture, number: int) -> None:
        """Lay the guides over a frame; they are the same on every one."""
        del number
        for line in self._lines:
            stick(frame, line)


def safe_area(width: int, height: int, share: float) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of a safe area, in even pixels."""
    left, top = (round(side * (1 - share) / 4) * 2 for side in (width, height))
    return left, top, width - left, height - top


def _sides(box: tuple[int, int, int, int], thick: int) -> list[tuple[int, int, int, int]]:
    left, top, right, bottom = box
    return [
        (left, top, right, top + thick),
        (left, bottom - thick, right, bottom),
        (left, top + thick, left + thick, bottom - thick),
        (right - thick, top + thick, right, bottom - thick),
    ]


def _cross(width: int, height: int, thick: int) -> list[tuple[int, int, int, int]]:
    x, y = ((side - thick) // 4 * 2 for side in (width, height))
    arm = round(min(width, height) * _CROSS / 2) * 2
    return [
        (x - arm, y, x + thick + arm, y + thick),
        (x, y - arm, x + thick, y),
        (x, y + thick, x + thick, y + thick + arm),
    ]


def _line(colour: Colour, box: tuple[int, int, int, int]) -> Cutout:
    """A line with a dark half, so that it shows on snow as it does at night."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    bright, blue, red = _levels(colour)
    light = Image.new("L", (wide, high), bright)
    half = (0, high // 2, wide, high) if wide > high else (wide // 2, 0, wide, high)
    light.paste(_levels(_SHADE)[0], half)
    small = (wide // 2, high // 2)
    # Both halves take the line's colour: one sample of colour serves two pixels of brightness.
    colours = Picture(light, Image.new("L", small, blue), Image.new("L", small, red))
    mask = Image.new("L", (wide, high), _LINE)
    return Cutout(colours, mask, Image.new("L", small, _LINE), left, top)


def _levels(colour: Colour) -> tuple[int, int, int]:
    planes = picture(Image.new("RGB", (2, 2), colour))
    return planes.y.tobytes()[0], planes.u.tobytes()[0], planes.v.tobytes()[0]
