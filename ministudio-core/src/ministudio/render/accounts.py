"""The ledger in the journal's file: every change belongs to the transition that caused it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ministudio.errors import BudgetExceeded
from ministudio.render.ledger import Basis, Change, Entry, EntryState, Spent, over
from ministudio.values.money import Money

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from ministudio.render.ledger import Quote
    from ministudio.render.takes import Take
    from ministudio.settings.rendering import Cap

__all__ = ["entries", "follow", "reserve", "spent"]

_COLUMNS = (
    "attempt, take, run, film, shot, provider, model, state, estimate, actual, currency, "
    "basis, seconds, at"
)


def reserve(
    db: sqlite3.Connection, take: Take, quote: Quote, caps: Sequence[Cap], now: float
) -> None:
    """Set the price of an attempt aside, unless a cap forbids it.

    Call it inside the transaction that writes the take, so that no two can see the same room.

    Args:
        db: The journal's connection, in a transaction.
        take: The take, with the attempt's idempotency key.
        quote: What the attempt is expected to cost.
        caps: Every limit that applies.
        now: The time, in seconds since the epoch.

    Raises:
        BudgetExceeded: When a cap would be broken.
    """
    for cap in caps:
        if cap.period is None:
            so_far = spent(db, run=take.run)
        else:
            so_far = spent(db, since=cap.period.start(now))
        if (why := over(cap, so_far, quote)) is not None:
            raise BudgetExceeded(
                f"shot {take.shot!r} is not ordered: {why}",
                hint="raise the budget, choose a cheaper model, or render fewer shots",
            )
    price = quote.price
    db.execute(
        f"INSERT OR REPLACE INTO ledger ({_COLUMNS}, updated_at) "  # noqa: S608 - constants
        f"VALUES ({', '.join('?' * 15)})",
        (
            take.idempotency_key,
            take.key,
            take.run,
            take.film,
            take.shot,
            take.provider,
            take.model,
            EntryState.RESERVED.value,
            price.micros if price else None,
            None,
            price.currency if price else None,
            "",
            quote.seconds,
            now,
            now,
        ),
    )


def follow(db: sqlite3.Connection, take: Take, now: float) -> None:
    """Bring the entry of a take's attempt to where the take is."""
    change = Change.after(take)
    if change is None or not take.idempotency_key:
        return
    db.execute(
        "UPDATE ledger SET state = ?, basis = ?, actual = ?, updated_at = ? WHERE attempt = ?",
        (change.state.value, change.basis or "", change.actual, now, take.idempotency_key),
    )


def spent(db: sqlite3.Connection, *, run: str | None = None, since: float = 0.0) -> Spent:
    """Return what a run, or all runs since a time, have spent or promised."""
    where, given = ("run = ?", run) if run is not None else ("at >= ?", since)
    rows = db.execute(
        "SELECT currency, SUM(COALESCE(actual, estimate, 0)), SUM(seconds), COUNT(*) "  # noqa: S608 - constants
        f"FROM ledger WHERE state <> 'released' AND {where} GROUP BY currency",
        (given,),
    ).fetchall()
    return Spent(
        money={currency: micros for currency, micros, _, _ in rows if currency},
        seconds=sum(seconds for _, _, seconds, _ in rows),
        clips=sum(count for _, _, _, count in rows),
    )


def entries(db: sqlite3.Connection, run: str | None = None) -> list[Entry]:
    """Return every entry, or every one of a run, the oldest first."""
    where, given = ("", ()) if run is None else (" WHERE run = ?", (run,))
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM ledger{where} ORDER BY at, rowid",  # noqa: S608 - constants
        given,
    )
    return [_entry(row) for row in rows]


def _entry(row: Sequence[Any]) -> Entry:
    *facts, state, estimate, actual, currency, basis, seconds, at = row
    names = ("attempt", "take", "run", "film", "shot", "provider", "model")
    return Entry(
        **dict(zip(names, facts, strict=True)),
        state=EntryState(state),
        estimate=None if estimate is None else Money(estimate, currency),
        actual=None if actual is None else Money(actual, currency or "USD"),
        basis=Basis(basis) if basis else None,
        seconds=seconds,
        at=at,
    )
