"""The tables of the journal, as steps from one form of the file to the next.

A form that has been released is never changed: what is new becomes a further step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["SCHEMA_VERSION", "STEPS"]

_FIRST = (
    """
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
    )
    """,
    "CREATE INDEX take_intent ON take (intent)",
    """
    CREATE TABLE selection (
        slot       TEXT PRIMARY KEY,
        takes      TEXT NOT NULL,
        updated_at REAL NOT NULL
    )
    """,
)

_SECOND = (
    "ALTER TABLE take ADD COLUMN film TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE take ADD COLUMN run TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE take ADD COLUMN number INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE take ADD COLUMN wish TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX take_wish ON take (wish)",
    "CREATE INDEX take_shot ON take (film, shot)",
    "ALTER TABLE selection ADD COLUMN intent TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX selection_intent ON selection (intent)",
    # One row for each attempt to buy a clip; whole micro-units, so that sums are exact.
    """
    CREATE TABLE ledger (
        attempt    TEXT PRIMARY KEY,
        take       TEXT NOT NULL,
        run        TEXT NOT NULL,
        film       TEXT NOT NULL,
        shot       TEXT NOT NULL,
        provider   TEXT NOT NULL,
        model      TEXT NOT NULL,
        state      TEXT NOT NULL,
        estimate   INTEGER,
        actual     INTEGER,
        currency   TEXT,
        basis      TEXT NOT NULL,
        seconds    REAL NOT NULL,
        at         REAL NOT NULL,
        updated_at REAL NOT NULL
    )
    """,
    "CREATE INDEX ledger_run ON ledger (run)",
    "CREATE INDEX ledger_at ON ledger (at)",
    # What a run was to make, so that it can be gone on with whatever today's file says.
    """
    CREATE TABLE run (
        id         TEXT PRIMARY KEY,
        film       TEXT NOT NULL,
        target     TEXT NOT NULL,
        plan       BLOB NOT NULL,
        wanted     TEXT NOT NULL,
        options    TEXT NOT NULL,
        state      TEXT NOT NULL,
        started_at REAL NOT NULL,
        ended_at   REAL
    )
    """,
    # What another process asks of the one that renders.
    """
    CREATE TABLE wish (
        shot TEXT PRIMARY KEY,
        at   REAL NOT NULL
    )
    """,
)

STEPS: Final[Mapping[int, Sequence[str]]] = {1: _FIRST, 2: _SECOND}
"""The statements that lead to each form from the one before."""

SCHEMA_VERSION: Final = max(STEPS)
"""The form that this MiniStudio writes."""
