"""Which stored files were found whole, and how they looked: an untouched one is not read again.

It is a convenience and no truth: what it does not know, or what looks different, is hashed.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from ministudio.values.files import write_whole
from ministudio.values.hashing import file_sha256

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Checked", "looks"]

_ROOM = 100
"""Lines that may be out of date before the file is written anew."""


class Checked:
    """A file of lines, one for each check: take, how its file looks, and its hash.

    Args:
        path: The file; without it every stored file is hashed once.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, tuple[str, str]] | None = None

    def remember(self, take: str, file: Path, sha256: str) -> None:
        """Remember that a take's file, as it lies there, has this hash."""
        with contextlib.suppress(OSError):
            self._add(take, looks(file), sha256)

    def sha256(self, take: str, file: Path) -> str:
        """Return the hash of a take's file, reading it only when it looks unlike the last time.

        Raises:
            OSError: When it cannot be read.
        """
        # Before it is read: what changes meanwhile looks different the next time.
        now = looks(file)
        known = self._lines().get(take)
        if known is not None and known[0] == now:
            return known[1]
        found = file_sha256(file)
        with contextlib.suppress(OSError):
            self._add(take, now, found)
        return found

    def untouched(self, take: str, file: Path, sha256: str) -> bool:
        """Whether a take's file looks as it did when it was found to have this hash."""
        try:
            return self._lines().get(take) == (looks(file), sha256)
        except OSError:
            return False

    def tidy(self) -> None:
        """Leave out what is no longer so, once that is much; nobody else may be writing."""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            written = self._path.read_text("utf-8").count("\n")
            lines = self._lines()
            if written > len(lines) + _ROOM:
                rows = (f"{take} {look} {sha}\n" for take, (look, sha) in lines.items())
                write_whole(self._path, "".join(rows))

    def _add(self, take: str, look: str, sha256: str) -> None:
        self._lines()[take] = look, sha256
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # One short write at the end of a file: threads and processes do not tear each other's.
        with self._path.open("ab", buffering=0) as file:
            file.write(f"{take} {look} {sha256}\n".encode())

    def _lines(self) -> dict[str, tuple[str, str]]:
        if self._known is None:
            self._known = _read(self._path)
        return self._known


def looks(file: Path) -> str:
    """Return size, times and number of a file: writing, replacing or dating it back shows there.

    Raises:
        OSError: When there is no such file.
    """
    found = file.stat()
    return f"{found.st_size}-{found.st_mtime_ns}-{found.st_ctime_ns}-{found.st_ino}"


def _read(path: Path) -> dict[str, tuple[str, str]]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    rows = (line.split(" ") for line in text.splitlines())
    # The last line may be torn: a process was killed, or the power was.
    return {row[0]: (row[1], row[2]) for row in rows if len(row) == 3 and len(row[2]) == 64}  # noqa: PLR2004 - take, looks, hash
