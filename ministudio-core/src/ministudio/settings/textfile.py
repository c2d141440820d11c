"""Reading a small text file of configuration, and refusing whatever else lies under its name."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MAX_BYTES", "SmallText", "read_small_text"]

MAX_BYTES: Final = 1 << 20
"""The most a file of configuration may hold, in bytes."""


@attrs.frozen
class SmallText:
    """A file's text, its permission bits, its owner's number, and the SHA-256 of its bytes."""

    text: str = attrs.field(repr=False)
    mode: int
    owner: int
    sha256: str


def read_small_text(path: Path) -> SmallText | None:
    """Return the UTF-8 text of a regular file of at most 1 MiB, or None when there is no file.

    Raises:
        ValueError: With the reason, when it is anything else; nothing of the content is in it.
    """
    # Opening a FIFO waits for a writer unless told not to.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as wrong:
        raise ValueError(f"cannot be read: {wrong.strerror}") from None
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise ValueError("is not a regular file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as wrong:
        raise ValueError(f"cannot be read: {wrong.strerror}") from None
    finally:
        os.close(descriptor)
    if len(data) > MAX_BYTES:
        raise ValueError("is larger than 1 MiB")
    if (zero := data.find(b"\0")) >= 0:
        raise ValueError(f"holds a NUL byte in line {_line(data, zero)}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        where = _line(data, wrong.start)
        # The decoder's own message, and the exception's ``object``, hold the bytes.
        raise ValueError(f"is not UTF-8 in line {where}") from None
    digest = hashlib.sha256(data).hexdigest()
    return SmallText(text, stat.S_IMODE(about.st_mode), about.st_uid, digest)


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1
