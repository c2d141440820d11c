"""The boxes of an MP4 file, walked without decoding anything.

An MP4 is a row of boxes, each with its length in front. So a file that was cut off gives itself
away at once: its last box promises more bytes than there are, or the index (``moov``) is missing.
"""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, BinaryIO

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Outline", "outline", "rotations"]

_HEADER = 8
_WIDE_HEADER = 16
_FIRST = frozenset({"ftyp", "styp", "moov", "mdat", "free", "skip", "wide", "pnot", "uuid"})
# Bytes of a tkhd box before its matrix, by version: flags, dates, id, length and volume.
_BEFORE_MATRIX = {0: 40, 1: 52}


@attrs.frozen
class Outline:
    """What the row of boxes says about a file.

    Args:
        kinds: The names of the boxes at the top level, in order.
        size: The file's size in bytes.
        promised: The size in bytes that the boxes promise.
        index: The bytes inside the ``moov`` box; empty when there is none.
    """

    kinds: tuple[str, ...]
    size: int
    promised: int
    index: bytes = attrs.field(repr=False)

    @property
    def whole(self) -> bool:
        """Whether every box is there to its last byte."""
        return self.promised <= self.size

    @property
    def fragmented(self) -> bool:
        """Whether the samples are listed in fragments (``moof``) along the file."""
        return "moof" in self.kinds


def outline(path: Path) -> Outline | None:
    """Return the outline of an MP4 or MOV file, or None when it is not a row of boxes.

    Raises:
        OSError: When the file cannot be read.
    """
    kinds: list[str] = []
    index = b""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        at = 0
        while at + _HEADER <= size:
            box = _header(file, at, size)
            if box is None:
                # Bytes after the index that are no box do no harm: players ignore them.
                if "moov" in kinds:
                    break
                return None
            kind, start, end = box
            kinds.append(kind)
            if kind == "moov" and end <= size:
                file.seek(start)
                index = file.read(end - start)
            at = end
    if not kinds or kinds[0] not in _FIRST:
        return None
    return Outline(tuple(kinds), size, at, index)


def rotations(index: bytes) -> Iterator[int]:
    """Yield for each picture track how far players turn it clockwise: 0, 90, 180 or 270 degrees."""
    for track in _inside(index, b"trak"):
        media = b"".join(_inside(track, b"mdia"))
        if any(handler[8:12] == b"vide" for handler in _inside(media, b"hdlr")):
            for header in _inside(track, b"tkhd"):
                at = _BEFORE_MATRIX.get(header[0], 0) if header else 0
                a = int.from_bytes(header[at : at + 4], "big", signed=True)
                b = int.from_bytes(header[at + 4 : at + 8], "big", signed=True)
                yield round(math.degrees(math.atan2(b, a)) / 90) * 90 % 360


def _header(file: BinaryIO, at: int, size: int) -> tuple[str, int, int] | None:
    """Name, first byte and end of the box at ``at``; None when that is no box."""
    file.seek(at)
    header = file.read(_WIDE_HEADER)
    length, kind = int.from_bytes(header[:4], "big"), header[4:8]
    start = at + _HEADER
    if length == 0:
        length = size - at
    elif length == 1:
        length, start = int.from_bytes(header[8:16], "big"), at + _WIDE_HEADER
    name = kind.decode("latin-1")
    if at + length < start or not name.isprintable():
        return None
    return name, start, at + length


def _inside(data: bytes, wanted: bytes) -> Iterator[bytes]:
    """Yield the contents of the boxes named ``wanted`` directly inside ``data``."""
    at = 0
    while at + _HEADER <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if length < _HEADER:
            return
        if data[at + 4 : at + 8] == wanted:
            yield data[at + _HEADER : at + length]
        at += length
