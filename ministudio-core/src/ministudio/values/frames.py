"""Sizes of frames: resolutions by name, aspect ratios, and how they become pixels."""

from __future__ import annotations

from enum import StrEnum

import attrs

__all__ = ["AspectRatio", "Resolution", "Size", "frame_size"]


class AspectRatio(StrEnum):
    """The shape of the frame, width to height."""

    WIDE = "16:9"
    TALL = "9:16"
    SQUARE = "1:1"
    CLASSIC = "4:3"
    CINEMA = "21:9"

    @property
    def terms(self) -> tuple[int, int]:
        """Width and height of the ratio as whole numbers."""
        width, height = self.value.split(":")
        return int(width), int(height)


class Resolution(StrEnum):
    """The length in pixels of the frame's shorter side."""

    P360 = "360p"
    P480 = "480p"
    P540 = "540p"
    P720 = "720p"
    P1080 = "1080p"
    P1440 = "1440p"
    P2160 = "2160p"

    @property
    def lines(self) -> int:
        """The shorter side, in pixels."""
        return int(self.value[:-1])


@attrs.frozen
class Size:
    """A frame's measures in pixels.

    Args:
        width: Its width.
        height: Its height.
    """

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


def frame_size(aspect_ratio: AspectRatio, resolution: Resolution, multiple: int = 2) -> Size:
    """Return the frame's size in pixels, both sides rounded to a multiple of ``multiple``.

    The resolution names the shorter side; 4:2:0 video needs even sides, hence the default.
    """
    across, down = aspect_ratio.terms
    short = resolution.lines
    if across >= down:
        width, height = short * across / down, float(short)
    else:
        width, height = float(short), short * down / across
    return Size(_snap(width, multiple), _snap(height, multiple))


def _snap(pixels: float, multiple: int) -> int:
    return max(multiple, round(pixels / multiple) * multiple)
