"""Frames: how a message keeps its edges on a pipe between the core and a worker process.

Standard library only, as a worker reads its first frame before it can import anything else.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["LIMIT", "Frames", "WireError", "frame", "read_frame"]

LIMIT: Final = 64 << 20
"""The longest payload, in bytes."""

_HEADER = struct.Struct(">I")


class WireError(ValueError):
    """Bytes that are no message of ours."""


def frame(payload: bytes) -> bytes:
    """Return ``payload`` with its length before it.

    Raises:
        WireError: When it is longer than ``LIMIT``.
    """
    return _HEADER.pack(_checked(len(payload))) + payload


def read_frame(read: Callable[[int], bytes]) -> bytes | None:
    """Return the next payload from ``read``, or None when the other end is gone.

    Args:
        read: Returns up to so many bytes, and none at the end.
    """
    header = _exactly(read, _HEADER.size)
    return None if header is None else _exactly(read, *_HEADER.unpack(header))


class Frames:
    """Cuts a stream that arrives in pieces of any size into payloads."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take in ``data`` and yield every payload that is now whole.

        Raises:
            WireError: When a payload would be longer than ``LIMIT``.
        """
        self._buffer += data
        while len(self._buffer) >= _HEADER.size:
            (length,) = _HEADER.unpack_from(self._buffer)
            end = _HEADER.size + _checked(length)
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[_HEADER.size : end])
            del self._buffer[:end]
            yield payload


def _checked(length: int) -> int:
    if length > LIMIT:
        raise WireError(f"a message of {length} bytes is too long")
    return length


def _exactly(read: Callable[[int], bytes], size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        piece = read(size - len(data))
        if not piece:
            return None
        data += piece
    return bytes(data)
