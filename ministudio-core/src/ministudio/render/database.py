"""The SQLite file of a workspace's journal: opened, checked, brought to the newest form."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from typing import TYPE_CHECKING

from ministudio.errors import ConfigError
from ministudio.render.schema import SCHEMA_VERSION, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Database"]

_PATIENCE = 30.0
"""Seconds that another process is waited for."""

_PAUSE = 0.01
_WRITABLE = "see that the folder can be written, and that the disk is not full"
_MOVE_AWAY = "move it away; finished takes beside it are kept and looked at again"


class Database:
    """A connection to a journal: write-ahead log, ``synchronous=FULL``, one writer at a time.

    Args:
        path: The SQLite file; made when it is missing, brought up to date when it is older.

    Raises:
        ConfigError: When the file is of a newer MiniStudio, is no journal, or cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # The scribe's thread is not the one that opens and closes.
            self.connection = sqlite3.connect(
                path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as error:
            raise ConfigError(f"{path} cannot be opened: {error}", hint=_WRITABLE) from error
        try:
            self._open()
        except BaseException:
            self.connection.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def check(self) -> None:
        """Read the file through and through.

        Raises:
            ConfigError: When it is damaged.
        """
        try:
            (verdict,) = self.connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            verdict = str(error)
        if verdict != "ok":
            raise ConfigError(f"{self.path} is damaged: {verdict}", hint=_MOVE_AWAY)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """BEGIN IMMEDIATE … COMMIT, or ROLLBACK when the block raises; or a part of another.

        Raises:
            ConfigError: When the disk does not take it.
        """
        nested = self.connection.in_transaction
        begin, commit, undo = _PART if nested else _WHOLE
        try:
            self.connection.execute(begin)
            try:
                yield self.connection
                self.connection.execute(commit)
            except BaseException:
                # After some errors, a full disk among them, SQLite has rolled back by itself.
                if self.connection.in_transaction:
                    for statement in undo:
                        self.connection.execute(statement)
                raise
        except sqlite3.Error as error:
            raise ConfigError(f"{self.path} cannot be written: {error}", hint=_WRITABLE) from error

    def _open(self) -> None:
        db = self.connection
        try:
            _write_ahead(db)
            db.execute("PRAGMA synchronous=FULL")
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version < SCHEMA_VERSION:
                version = self._bring_up_to_date()
        except sqlite3.OperationalError as error:
            # No room, no right to write, or somebody else at it: the file itself is sound.
            raise ConfigError(f"{self.path} cannot be opened: {error}", hint=_WRITABLE) from error
        except sqlite3.DatabaseError as error:
            raise ConfigError(
                f"{self.path} cannot be used as a journal: {error}", hint=_MOVE_AWAY
            ) from error
        if version > SCHEMA_VERSION:
            raise ConfigError(
                f"{self.path} was written by a newer MiniStudio (form {version})",
                hint="upgrade ministudio-core, or use another workspace",
            )

    def _bring_up_to_date(self) -> int:
        """Take every step from the file's form to ours, all of them or none."""
        db = self.connection
        db.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have been quicker.
            (version,) = db.execute("PRAGMA user_version").fetchone()
            for number in range(version + 1, SCHEMA_VERSION + 1):
                for statement in STEPS[number]:
                    db.execute(statement)
                db.execute(f"PRAGMA user_version={number}")
                version = number
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        return int(version)


def _write_ahead(db: sqlite3.Connection) -> None:
    """Switch the write-ahead log on; SQLite does not wait for others in this, so we do.

    Raises:
        sqlite3.OperationalError: When it cannot be done, or others are at it for too long.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            db.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            # The lower byte is the error; the others say more about it.
            busy = error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
            if not busy or time.monotonic() > deadline:
                raise
            # Each at a pace of its own, or they would be in one another's way for ever.
            time.sleep(_PAUSE * (1 + os.getpid() % 16))
        else:
            return


_WHOLE = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_PART = ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))
