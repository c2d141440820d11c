"""Sums over the ledger: what was spent, what is promised, and what nobody knows."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.render.ledger import Basis, Entry, EntryState
from ministudio.render.summing import By, sums
from ministudio.values.money import Money


def entry(state: EntryState, estimate: int | None = 100, actual: int | None = None, **more):
    currency = more.pop("currency", "USD")
    facts = {
        "attempt": "a",
        "take": "t",
        "run": "r",
        "film": "A film",
        "shot": "opening",
        "provider": "queue",
        "model": "queue-1",
        "state": state,
        "estimate": None if estimate is None else Money(estimate, currency),
        "actual": None if actual is None else Money(actual, currency),
        "basis": Basis.REPORTED if actual is not None else None,
        "seconds": 4.0,
        "at": datetime(2026, 3, 1, 23, 59, tzinfo=UTC).timestamp(),
    }
    return Entry(**(facts | more))


RESERVED, COMMITTED = EntryState.RESERVED, EntryState.COMMITTED
SETTLED, RELEASED = EntryState.SETTLED, EntryState.RELEASED


def test_spent_promised_and_reported_stand_apart():
    (total,) = sums(
        [
            entry(RESERVED, 1),
            entry(COMMITTED, 20),
            entry(SETTLED, 300, basis=Basis.COMPUTED),
            entry(SETTLED, 9999, actual=4000),
            entry(RELEASED, 50_000),
        ],
        By.FILM,
    )
    assert (total.name, total.clips, total.seconds) == ("A film", 4, 16.0)
    assert total.spent == Money(4300)
    assert total.reported == Money(4000)
    assert total.promised == Money(21)
    assert total.unknown == 0


def test_an_unknown_price_is_counted_and_never_added_as_nothing():
    (total,) = sums([entry(SETTLED, None), entry(COMMITTED, None), entry(SETTLED, 5)], By.FILM)
    assert (total.clips, total.unknown, total.spent) == (3, 2, Money(5))


def test_an_unknown_price_that_the_provider_told_afterwards_is_known():
    (total,) = sums([entry(SETTLED, None, actual=7)], By.FILM)
    assert (total.unknown, total.spent, total.reported) == (0, Money(7), Money(7))


def test_currencies_are_rows_of_their_own():
    rows = sums([entry(SETTLED, 5), entry(SETTLED, 6, currency="EUR")], By.FILM)
    assert [(row.name, row.spent) for row in rows] == [
        ("A film", Money(5)),
        ("A film", Money(6, "EUR")),
    ]


def test_the_rows_are_about_films_shots_makers_or_days():
    later = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
    all_of_it = [entry(SETTLED), entry(SETTLED, film="B", shot="end", model="queue-2", at=later)]
    assert [[row.name for row in sums(all_of_it, by)] for by in By] == [
        ["A film", "B"],
        ["A film: opening", "B: end"],
        ["queue/queue-1", "queue/queue-2"],
        ["2026-03-01", "2026-03-02"],
    ]


ENTRIES = st.builds(
    entry,
    st.sampled_from(EntryState),
    st.one_of(st.none(), st.integers(0, 10**9)),
    film=st.sampled_from("AB"),
    shot=st.sampled_from("ab"),
    at=st.floats(0, 10**9),
)


@given(st.lists(ENTRIES, max_size=12))
@settings(max_examples=100, deadline=None)
def test_every_way_of_summing_comes_to_the_same(entries):
    totals = set()
    for by in By:
        rows = sums(entries, by)
        totals.add(
            (
                sum(row.clips for row in rows),
                sum(row.spent.micros for row in rows),
                sum(row.promised.micros for row in rows),
                sum(row.unknown for row in rows),
            )
        )
    assert len(totals) == 1
    kept = [one for one in entries if one.state is not RELEASED]
    known = sum(one.estimate.micros for one in kept if one.estimate)
    ((clips, spent, promised, unknown),) = totals
    assert (clips, spent + promised) == (len(kept), known)
    assert unknown == sum(one.estimate is None for one in kept)
