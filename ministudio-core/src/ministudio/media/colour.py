"""How a frame's luma and chroma become colours, and back.

The wrong matrix shifts every hue a little, and FFmpeg's fast rounding darkens every colour by one
step each way. A shot that starts from the last frame of the one before would drift further with
each link of the chain, so matrix and rounding are always named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from av.video.reformatter import Colorspace, Interpolation

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

__all__ = ["EXACT", "FILTER_MATRICES", "matrix", "matrix_of"]

EXACT: Final = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
"""Conversion that loses no colour: eight times there and back end where they began."""

# H.273 has two code points for the one matrix of standard definition.
_MATRICES: Final = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
}
_HD_LINES = 720

FILTER_MATRICES: Final = {
    Colorspace.ITU709: "bt709",
    Colorspace.FCC: "fcc",
    Colorspace.ITU601: "bt601",
    Colorspace.SMPTE240M: "smpte240m",
    Colorspace.BT2020: "bt2020",
}
"""The matrices by the names FFmpeg's ``scale`` filter has for them."""


def matrix_of(frame: VideoFrame) -> Colorspace:
    """Return the matrix of a decoded frame."""
    return matrix(frame.colorspace, min(frame.width, frame.height))


def matrix(code: int, lines: int) -> Colorspace:
    """Return the matrix a code point of H.273 means, or the custom where it says nothing.

    Untagged frames of 720 lines and more are high definition (BT.709), smaller ones BT.601:
    so players guess, and what they show is what the makers saw.
    """
    return _MATRICES.get(code, Colorspace.ITU709 if lines >= _HD_LINES else Colorspace.ITU601)
