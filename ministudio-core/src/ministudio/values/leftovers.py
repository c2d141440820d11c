"""Telling what is being worked on from what a killed process left behind."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

__all__ = ["claimed", "remove_abandoned"]

_DAY: Final = 24 * 3600.0


@contextlib.contextmanager
def claimed(make: Callable[[], Path]) -> Iterator[Path]:
    """Make a new file, and claim it while the block runs.

    The claim ends with the process, however that ends. On Windows there is none: files are told
    by their age.

    Args:
        make: Makes the file and returns its path, another one at each call.

    Raises:
        OSError: When it cannot be made.
    """
    if sys.platform == "win32":
        yield make()
        return
    import fcntl  # noqa: PLC0415 - not on every system

    while True:
        path = make()
        handle = os.open(path, os.O_RDONLY)
        # A file system without locks refuses them to whoever clears up, too.
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        if path.exists():
            break
        os.close(handle)  # somebody cleared it up in the instant before it was claimed
    try:
        yield path
    finally:
        os.close(handle)


def remove_abandoned(paths: Iterable[Path]) -> None:
    """Remove those files that no living process has claimed; what resists stays."""
    for path in paths:
        with contextlib.suppress(OSError), _abandoned(path) as abandoned:
            if abandoned:
                path.unlink()


@contextlib.contextmanager
def _abandoned(path: Path) -> Iterator[bool]:
    """Whether nobody has claimed a path, nor can while the block runs."""
    if sys.platform == "win32":
        yield time.time() - path.stat().st_mtime > _DAY
        return
    import fcntl  # noqa: PLC0415 - not on every system

    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    finally:
        os.close(handle)
