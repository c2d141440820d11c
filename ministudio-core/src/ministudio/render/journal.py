"""What happened to every take, durable before anything depends on it.

One SQLite file per workspace: write-ahead log, ``synchronous=FULL``, each transition one
transaction. The handle of a paid job is on disk before the job is first polled.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.contracts.clips import Clip
from ministudio.contracts.jobs import JobHandle
from ministudio.contracts.specs import Billing
from ministudio.errors import ConfigError
from ministudio.render.plain import plain_json
from ministudio.render.takes import FOLLOWS, Take, TakeState
from ministudio.values.frames import Size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["SCHEMA_VERSION", "Journal"]

SCHEMA_VERSION = 1

_WRITABLE = "see that the folder can be written, and that the disk is not full"

_SCHEMA = """
CREATE TABLE take (
    key             TEXT PRIMARY KEY,
    intent          TEXT NOT NULL,
    shot            TEXT NOT NULL,
    part            INTEGER NOT NULL,
    provider        TEXT NOT NULL,
    model           TEXT NOT NULL,
    billing         TEXT NOT NULL,
    asked           TEXT NOT NULL,
    state           TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    submitted_at    REAL,
    handle          TEXT,
    clip            TEXT,
    charged         INTEGER,
    error           TEXT NOT NULL,
    updated_at      REAL NOT NULL
);
CREATE INDEX take_intent ON take (intent);
CREATE TABLE selection (
    slot       TEXT PRIMARY KEY,
    takes      TEXT NOT NULL,
    updated_at REAL NOT NULL
);
"""


class Journal:
    """The table of takes, and which takes were selected for which slot.

    Args:
        path: The SQLite file; made when it is missing.
        clock: Gives seconds since the epoch.

    Raises:
        ConfigError: When the file is of a newer MiniStudio, is no journal, or cannot be opened.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=30.0, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise ConfigError(f"{path} cannot be opened: {error}", hint=_WRITABLE) from error
        try:
            self._open(path)
        except BaseException:
            self._db.close()
            raise

    def _open(self, path: Path) -> None:
        try:
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute("BEGIN IMMEDIATE")
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version == 0:
                for statement in _SCHEMA.split(";"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            # No room, no right to write, or somebody else at it: the file itself is sound.
            raise ConfigError(f"{path} cannot be opened: {error}", hint=_WRITABLE) from error
        except sqlite3.DatabaseError as error:
            raise ConfigError(
                f"{path} cannot be used as a journal: {error}",
                hint="move it away; finished takes beside it are kept and looked at again",
            ) from error
        if version > SCHEMA_VERSION:
            raise ConfigError(
                f"{path} was written by a newer MiniStudio (form {version})",
                hint="upgrade ministudio-core, or use another workspace",
            )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def take(self, key: str) -> Take | None:
        """Return a take by its key."""
        row = self._db.execute(f"SELECT {_COLUMNS} FROM take WHERE key = ?", (key,)).fetchone()  # noqa: S608 - a constant
        return _take(row) if row else None

    def open_takes(self, intent: str) -> list[Take]:
        """Return the takes of an intent that may have a job at a provider, whichever it is."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM take WHERE intent = ?", (intent,))  # noqa: S608 - a constant
        return [take for row in rows if (take := _take(row)).state.open]

    def record(self, take: Take) -> None:
        """Write a take's new state, whole and durable.

        Raises:
            ValueError: When the state may not follow the one on disk.
            ConfigError: When the disk does not take it.
        """
        with self._transaction():
            row = self._db.execute("SELECT state FROM take WHERE key = ?", (take.key,)).fetchone()
            if row and take.state not in FOLLOWS[TakeState(row[0])]:
                raise ValueError(f"take {take.key}: {take.state} cannot follow {row[0]}")
            self._db.execute(
                f"INSERT OR REPLACE INTO take ({_COLUMNS}, updated_at) VALUES ({_MARKS}, ?)",  # noqa: S608 - constants
                (*_row(take), self._clock()),
            )

    def select(self, slot: str, takes: Sequence[str]) -> None:
        """Remember the takes, in order, that a slot is filled with.

        Raises:
            ConfigError: When the disk does not take it.
        """
        with self._transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO selection VALUES (?, ?, ?)",
                (slot, json.dumps(list(takes)), self._clock()),
            )

    def selected(self, slot: str) -> list[Take]:
        """Return the stored takes a slot is filled with; empty when it is not."""
        row = self._db.execute("SELECT takes FROM selection WHERE slot = ?", (slot,)).fetchone()
        takes = [self.take(key) for key in json.loads(row[0])] if row else []
        stored = [take for take in takes if take and take.state is TakeState.STORED]
        return stored if len(stored) == len(takes) else []

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT, or ROLLBACK when the block raises."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                # After some errors, a full disk among them, SQLite has rolled back by itself.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise ConfigError(f"{self._path} cannot be written: {error}", hint=_WRITABLE) from error


_NAMES = tuple(f.name for f in attrs.fields(Take))
_COLUMNS = ", ".join(_NAMES)
_MARKS = ", ".join("?" * len(_NAMES))


def _row(take: Take) -> tuple[Any, ...]:
    values: dict[str, Any] = {name: getattr(take, name) for name in _NAMES}
    values["state"] = take.state.value
    values["billing"] = take.billing.value
    values["asked"] = json.dumps(dict(take.asked))
    # What a provider made must never stop the row: the job behind it may be paid for.
    values["handle"] = json.dumps(plain_json(take.handle.to_json())) if take.handle else None
    values["clip"] = json.dumps(_clip_to_json(take.clip)) if take.clip else None
    return tuple(values.values())


def _take(row: Sequence[Any]) -> Take:
    values = dict(zip(_NAMES, row, strict=True))
    values["state"] = TakeState(values["state"])
    values["billing"] = Billing(values["billing"])
    values["asked"] = json.loads(values["asked"])
    values["handle"] = (
        JobHandle.from_json(json.loads(values["handle"])) if values["handle"] else None
    )
    values["clip"] = _clip_from_json(json.loads(values["clip"])) if values["clip"] else None
    values["charged"] = None if values["charged"] is None else bool(values["charged"])
    return Take(**values)


def _clip_to_json(clip: Clip) -> dict[str, Any]:
    # The path is left out: the store knows it from the take's key, wherever the workspace lies.
    return {
        "sha256": clip.sha256,
        "seconds": clip.seconds,
        "fps": clip.fps,
        "size": [clip.size.width, clip.size.height],
        "audio": clip.audio,
        "seed": plain_json(clip.seed),
        "cost_reported": plain_json(clip.cost_reported),
        "provider_meta": plain_json(clip.provider_meta),
        "notes": list(clip.notes),
    }


def _clip_from_json(data: dict[str, Any]) -> Clip:
    # Clips stored before there were notes have none.
    more = {"size": Size(*data["size"]), "notes": tuple(data.get("notes", ()))}
    return Clip(**{**data, **more, "path": Path()})
