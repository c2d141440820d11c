"""What happened to every take, durable before anything depends on it.

One SQLite file per workspace: write-ahead log, ``synchronous=FULL``, each transition whole or not
at all. The handle of a paid job is on disk before the job is first polled.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.render import accounts
from ministudio.render.database import Database
from ministudio.render.rows import COLUMNS, MARKS, row_of, take_of
from ministudio.render.schema import SCHEMA_VERSION
from ministudio.render.takes import FOLLOWS, Take, TakeState

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from ministudio.render.ledger import Entry, Quote
    from ministudio.settings.rendering import Cap

__all__ = ["IN_MEMORY", "SCHEMA_VERSION", "Journal"]

IN_MEMORY: Final = Path(":memory:")
"""In place of a file: an empty journal that is gone when it is closed."""


class Journal:
    """The takes, which of them were selected for which slot, and what they cost.

    Args:
        path: The SQLite file; made when it is missing.
        clock: Gives seconds since the epoch.

    Raises:
        ConfigError: When the file is of a newer MiniStudio, is no journal, or cannot be opened.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self.database = Database(path)
        self.clock = clock

    @property
    def _db(self) -> sqlite3.Connection:
        return self.database.connection

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def take(self, key: str) -> Take | None:
        """Return a take by its key."""
        row = self._db.execute(f"SELECT {COLUMNS} FROM take WHERE key = ?", (key,)).fetchone()  # noqa: S608 - a constant
        return take_of(row) if row else None

    def takes(self, film: str | None = None) -> list[Take]:
        """Return every take, or every one of a film, in the order in which they last changed."""
        where, given = ("", ()) if film is None else (" WHERE film = ?", (film,))
        rows = self._db.execute(
            f"SELECT {COLUMNS} FROM take{where} ORDER BY updated_at, rowid",  # noqa: S608 - constants
            given,
        )
        return [take_of(row) for row in rows]

    def of_intent(self, intent: str) -> list[Take]:
        """Return every take of an intent, whoever made it."""
        rows = self._db.execute(
            f"SELECT {COLUMNS} FROM take WHERE intent = ? ORDER BY rowid",  # noqa: S608 - a constant
            (intent,),
        )
        return [take_of(row) for row in rows]

    def rivals(self, take: Take) -> list[Take]:
        """Return the open takes that would show the same as ``take``, whoever makes them.

        Where one provider goes on from the shot before and another cannot, they see two intents
        in one shot; only two that go on from different pictures are different pictures.
        """
        rows = self._db.execute(
            f"SELECT {COLUMNS} FROM take WHERE intent = ? OR (wish = ? AND wish <> '') "  # noqa: S608 - a constant
            "ORDER BY rowid",
            (take.intent, take.wish),
        )
        found = [other for other in map(take_of, rows) if other.state.open]
        return [o for o in found if o.intent == take.intent or take.wish in {take.intent, o.intent}]

    def was_ordered(self, intent: str) -> bool:
        """Whether there is any take of an intent, or one that would show the same."""
        found = self._db.execute(
            "SELECT 1 FROM take WHERE intent = ? "
            "UNION ALL SELECT 1 FROM take WHERE wish = ? LIMIT 1",
            (intent, intent),
        )
        return found.fetchone() is not None

    def open_takes(self, intent: str) -> list[Take]:
        """Return the takes of an intent that may have a job at a provider, whichever it is."""
        return [take for take in self.of_intent(intent) if take.state.open]

    def record(self, take: Take) -> None:
        """Write a take's new state, and what it does to the ledger, whole and durable.

        Raises:
            ValueError: When the state may not follow the one on disk.
            ConfigError: When the disk does not take it.
        """
        with self.database.transaction() as db:
            self._write(db, take)
            accounts.follow(db, take, self.clock())

    def reserve(self, take: Take, quote: Quote, caps: Sequence[Cap]) -> None:
        """Write that a take is about to be ordered and set its price aside, unless a cap forbids.

        Raises:
            BudgetExceeded: When a cap would be broken; nothing is written then.
            ValueError: When the state may not follow the one on disk.
            ConfigError: When the disk does not take it.
        """
        with self.database.transaction() as db:
            accounts.reserve(db, take, quote, caps, self.clock())
            self._write(db, take)

    def entries(self, run: str | None = None) -> list[Entry]:
        """Return the whole ledger, or that of one run, the oldest entry first."""
        return accounts.entries(self._db, run)

    def sweep(self) -> None:
        """Take back what a killed run had reserved and not yet ordered.

        Call it only while no other run can be under way.
        """
        with self.database.transaction():
            for take in self.takes():
                if take.state is TakeState.RESERVED:
                    self.record(_withdrawn(take))

    def select(self, slot: str, takes: Sequence[str], intent: str = "") -> None:
        """Remember the takes, in order, that a slot is filled with.

        Args:
            slot: The slot.
            takes: Keys of the takes.
            intent: What the slot's shot is to show, whoever makes it.

        Raises:
            ConfigError: When the disk does not take it.
        """
        with self.database.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO selection (slot, takes, updated_at, intent) "
                "VALUES (?, ?, ?, ?)",
                (slot, json.dumps(list(takes)), self.clock(), intent),
            )

    def selected(self, slot: str) -> list[Take]:
        """Return the stored takes a slot is filled with; empty when it is not."""
        return self._stored("SELECT takes FROM selection WHERE slot = ?", slot)

    def selected_for(self, intent: str) -> list[Take]:
        """Return the stored takes that were last selected for an intent, whoever made them."""
        return self._stored(
            "SELECT takes FROM selection WHERE intent = ? ORDER BY updated_at DESC, rowid DESC",
            intent,
        )

    def wish_cancelled(self, shot: str) -> None:
        """Ask whoever renders ``shot`` to cancel it."""
        with self.database.transaction() as db:
            db.execute("INSERT OR REPLACE INTO wish VALUES (?, ?)", (shot, self.clock()))

    def wishes(self) -> frozenset[str]:
        """Return the shots that somebody asked to have cancelled."""
        return frozenset(shot for (shot,) in self._db.execute("SELECT shot FROM wish"))

    def forget_wishes(self, shot: str | None = None) -> None:
        """Forget what was asked about one shot, or about all."""
        where, given = ("", ()) if shot is None else (" WHERE shot = ?", (shot,))
        with self.database.transaction() as db:
            db.execute(f"DELETE FROM wish{where}", given)  # noqa: S608 - constants

    def _write(self, db: sqlite3.Connection, take: Take) -> None:
        row = db.execute("SELECT state FROM take WHERE key = ?", (take.key,)).fetchone()
        if row and take.state not in FOLLOWS[TakeState(row[0])]:
            raise ValueError(f"take {take.key}: {take.state} cannot follow {row[0]}")
        db.execute(
            f"INSERT OR REPLACE INTO take ({COLUMNS}, updated_at) VALUES ({MARKS}, ?)",  # noqa: S608 - constants
            (*row_of(take), self.clock()),
        )

    def _stored(self, query: str, given: str) -> list[Take]:
        row = self._db.execute(query, (given,)).fetchone()
        takes = [self.take(key) for key in json.loads(row[0])] if row else []
        stored = [take for take in takes if take and take.state is TakeState.STORED]
        return stored if len(stored) == len(takes) else []


def _withdrawn(take: Take) -> Take:
    return attrs.evolve(
        take, state=TakeState.CANCELLED, charged=False, error="the run ended before it was ordered"
    )
