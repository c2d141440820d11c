"""One render at a time in a workspace: two could order the same clip at the same moment."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from ministudio.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Busy", "claim"]


class Busy(ConfigError):
    """Another render holds the workspace."""


@contextlib.contextmanager
def claim(path: Path) -> Iterator[None]:
    """Hold ``path`` for one render until the block ends, or the process does.

    Raises:
        Busy: When another render holds it.
        ConfigError: When the file cannot be locked.
    """
    with contextlib.ExitStack() as held:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # A lock of SQLite's works alike on every system, and dies with its process.
            db = sqlite3.connect(path, timeout=0.0, isolation_level=None)
            held.callback(db.close)
            try:
                db.execute(f"PRAGMA user_version={os.getpid()}")
                db.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                raise _taken(db) from None
        except (OSError, sqlite3.Error) as error:
            raise ConfigError(f"{path} cannot be locked: {error}") from error
        yield


def _taken(db: sqlite3.Connection) -> Busy:
    holder = ""
    # Its holder may be writing its number at this very moment.
    with contextlib.suppress(sqlite3.Error):
        (number,) = db.execute("PRAGMA user_version").fetchone()
        holder = f" by process {number}"
    return Busy(
        f"this workspace is being rendered in{holder}",
        hint="wait until that is done, or stop it; what it has finished is kept",
    )
