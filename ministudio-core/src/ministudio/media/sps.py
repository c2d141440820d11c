"""Reading an H.264 sequence parameter set: how pixels are stored and colours are meant.

FFmpeg tells the same, but decodes the first key frame for it, which takes longer than all
else that ``probe`` does together. Syntax: ITU-T H.264, 7.3.2.1.1 and E.1.1.
"""

from __future__ import annotations

from typing import Final

import attrs

from ministudio.media.info import Colour

__all__ = ["SequenceFacts", "read_sequence"]

_WITH_CHROMA: Final = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})
_YUV444: Final = 3
_EXPLICIT_ASPECT: Final = 255
_UNSPECIFIED: Final = 2
_LONGEST_CYCLE: Final = 255


@attrs.frozen
class SequenceFacts:
    """What a sequence parameter set says.

    Args:
        pix_fmt: FFmpeg's name of the pixel format.
        colour: How its numbers become colours; ``None`` where it says nothing.
    """

    pix_fmt: str
    colour: Colour | None


def read_sequence(unit: bytes) -> SequenceFacts | None:
    """Read a sequence parameter set of 8-bit 4:2:0 video; None for any other kind."""
    try:
        return _read(_Bits(unit[1:]))
    except ValueError:
        return None


class _Bits:
    """Bits of a unit, first bit first; asking for more than there are is a ``ValueError``."""

    def __init__(self, unit: bytes) -> None:
        # A 3 after two zeros is only there to keep start codes out of the data.
        data = unit.replace(b"\x00\x00\x03", b"\x00\x00")
        self._bits = f"{int.from_bytes(data, 'big'):0{len(data) * 8}b}"
        self._at = 0

    def take(self, count: int) -> int:
        """Read an unsigned number of ``count`` bits."""
        self._at += count
        if self._at > len(self._bits):
            raise ValueError("the parameter set is cut off")
        return int(self._bits[self._at - count : self._at] or "0", 2)

    def golomb(self) -> int:
        """Read an Exp-Golomb number: as many zeros as digits follow the first one."""
        one = self._bits.find("1", self._at)
        if one < 0:
            raise ValueError("the parameter set is cut off")
        zeros, self._at = one - self._at, one
        return self.take(zeros + 1) - 1

    def signed(self) -> int:
        """Read a signed Exp-Golomb number."""
        number = self.golomb()
        return (number + 1) // 2 if number % 2 else -(number // 2)


def _read(bits: _Bits) -> SequenceFacts | None:
    profile = bits.take(8)
    bits.take(16)  # constraints and level
    bits.golomb()  # its number
    if profile in _WITH_CHROMA and not _is_plain_420(bits):
        return None
    bits.golomb()  # frame numbers
    _skip_order_count(bits)
    bits.golomb()  # reference frames
    bits.take(1)  # gaps
    bits.golomb(), bits.golomb()  # width and height in blocks
    if not bits.take(1):  # frames only
        bits.take(1)
    bits.take(1)  # direct inference
    if bits.take(1):  # cropping
        for _ in range(4):
            bits.golomb()
    colour = _colour(bits) if bits.take(1) else None
    full_range = colour is not None and colour.range == _UNSPECIFIED
    return SequenceFacts("yuvj420p" if full_range else "yuv420p", colour)


def _is_plain_420(bits: _Bits) -> bool:
    chroma = bits.golomb()
    if chroma == _YUV444:
        bits.take(1)
    luma_extra, chroma_extra = bits.golomb(), bits.golomb()
    bits.take(1)  # lossless bypass
    if bits.take(1):  # scaling matrices
        large = 6 if chroma == _YUV444 else 2
        for size in (*[16] * 6, *[64] * large):
            if bits.take(1):
                _skip_scaling_list(bits, size)
    return (chroma, luma_extra, chroma_extra) == (1, 0, 0)


def _skip_scaling_list(bits: _Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.signed()) % 256
        last = following or last


def _skip_order_count(bits: _Bits) -> None:
    kind = bits.golomb()
    if kind == 0:
        bits.golomb()
    elif kind == 1:
        bits.take(1)
        bits.signed(), bits.signed()
        cycle = bits.golomb()
        if cycle > _LONGEST_CYCLE:
            raise ValueError("the parameter set makes no sense")
        for _ in range(cycle):
            bits.signed()


def _colour(bits: _Bits) -> Colour | None:
    if bits.take(1) and bits.take(8) == _EXPLICIT_ASPECT:
        bits.take(32)
    if bits.take(1):  # overscan
        bits.take(1)
    if not bits.take(1):  # signal type
        return None
    bits.take(3)
    span = 1 + bits.take(1)
    if not bits.take(1):  # description
        return Colour(span, _UNSPECIFIED, _UNSPECIFIED, _UNSPECIFIED)
    return Colour(span, bits.take(8), bits.take(8), bits.take(8))
