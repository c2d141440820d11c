"""What clips cost: which caps hold, and what every state of a take does to its entry."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ministudio.contracts.clips import Clip
from ministudio.contracts.specs import Billing
from ministudio.errors import BudgetExceeded
from ministudio.render.journal import Journal
from ministudio.render.ledger import Basis, Change, EntryState, Quote, Spent, over
from ministudio.render.takes import Take, TakeState
from ministudio.settings.rendering import Cap, Period
from ministudio.values.frames import Size
from ministudio.values.money import Money

DAY = 86_400.0
NOON = 20_000 * DAY + DAY / 2
USD = Money.of
EUR = Money.of(1, "EUR")


def quote(price: int | Money | None = 1, seconds: float = 4.0) -> Quote:
    return Quote(price=USD(price) if isinstance(price, int) else price, seconds=seconds)


def clip(cost: int | None) -> Clip:
    return Clip(
        path=Path(),
        sha256="0" * 64,
        seconds=4.0,
        fps=24.0,
        size=Size(64, 36),
        audio=False,
        cost_reported=cost,
    )


def take(state: TakeState = TakeState.PLANNED, **more) -> Take:
    facts = {
        "key": "k1",
        "intent": "i1",
        "shot": "opening",
        "part": 1,
        "provider": "queue",
        "model": "queue-1",
        "billing": Billing.PAID,
        "film": "A film",
        "run": "r1",
        "idempotency_key": "a1",
    }
    return Take(**(facts | {"state": state} | more))


@pytest.fixture
def journal(tmp_path):
    with contextlib.closing(Journal(tmp_path / "journal.sqlite", lambda: NOON)) as made:
        yield made


# Caps


@pytest.mark.parametrize(
    ("cap", "spent", "asked", "fits"),
    [
        (Cap(), Spent(money={"USD": 10**15}, seconds=1e9, clips=10**9), quote(10**6), True),
        (Cap(money=USD(3)), Spent(money={"USD": 2_000_000}), quote(1), True),
        (Cap(money=USD(3)), Spent(money={"USD": 2_000_001}), quote(1), False),
        (Cap(money=USD(0)), Spent(), quote(0), True),
        (Cap(money=USD(0)), Spent(), quote(Money(1)), False),
        (Cap(money=USD(3)), Spent(money={"EUR": 10**12}), quote(3), True),
        (Cap(money=USD(3)), Spent(), quote(EUR), False),
        (Cap(money=USD(3)), Spent(), quote(None), True),
        (Cap(seconds=8), Spent(seconds=4), quote(), True),
        (Cap(seconds=8), Spent(seconds=4.1), quote(), False),
        (Cap(seconds=0.3), Spent(seconds=0.1 + 0.1), quote(seconds=0.1), True),
        (Cap(clips=2), Spent(clips=1), quote(), True),
        (Cap(clips=2), Spent(clips=2), quote(None), False),
        (Cap(clips=0), Spent(), quote(), False),
    ],
)
def test_a_cap_holds_to_the_last_micro_unit_second_and_clip(cap, spent, asked, fits):
    assert (over(cap, spent, asked) is None) is fits


@pytest.mark.parametrize(
    ("cap", "says"),
    [
        (Cap(money=USD(3)), "the budget of 3.00 USD for this run does not hold 1.00 USD more"),
        (Cap(money=USD(3), period=Period.MONTH), "for this month does not hold"),
        (Cap(money=EUR), "the budget for this run is in EUR, and a clip costs 1.00 USD"),
        (Cap(seconds=9, period=Period.EVER), "the 9 s allowed for this workspace do not hold 4 s"),
        (Cap(clips=5, period=Period.DAY), "the 5 paid clips allowed for this day are made"),
    ],
)
def test_what_breaks_a_cap_is_said_in_words(cap, says):
    spent = Spent(money={"USD": 2_500_000, "EUR": 0}, seconds=6, clips=5)
    assert says in over(cap, spent, quote())


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**9), max_size=8), st.integers(0, 10**9))
@settings(max_examples=200, deadline=None)
def test_a_cap_on_money_is_plain_arithmetic(cap, spent, price):
    so_far = Spent(money={"USD": sum(spent)})
    fits = over(Cap(money=Money(cap)), so_far, quote(Money(price))) is None
    assert fits == (sum(spent) + price <= cap)


# What a state does to the entry


@pytest.mark.parametrize(
    ("state", "charged", "cost", "change"),
    [
        (TakeState.PLANNED, None, None, None),
        (TakeState.RESERVED, None, None, None),
        (TakeState.SUBMITTING, None, None, None),
        (TakeState.SUBMITTED, None, None, Change(EntryState.COMMITTED)),
        (TakeState.RUNNING, None, None, Change(EntryState.COMMITTED)),
        (TakeState.READY, None, None, Change(EntryState.COMMITTED)),
        (TakeState.UNKNOWN, None, None, Change(EntryState.COMMITTED)),
        (TakeState.CANCELLING, None, None, Change(EntryState.COMMITTED)),
        (TakeState.STORED, True, None, Change(EntryState.SETTLED, Basis.COMPUTED)),
        (TakeState.STORED, True, 70, Change(EntryState.SETTLED, Basis.REPORTED, 70)),
        (TakeState.STORED, True, 0, Change(EntryState.SETTLED, Basis.REPORTED, 0)),
        (TakeState.REFUSED, True, None, Change(EntryState.SETTLED, Basis.COMPUTED)),
        (TakeState.REFUSED, False, None, Change(EntryState.RELEASED)),
        (TakeState.REFUSED, None, None, Change(EntryState.COMMITTED)),
        (TakeState.FAILED, True, None, Change(EntryState.SETTLED, Basis.COMPUTED)),
        (TakeState.FAILED, False, None, Change(EntryState.RELEASED)),
        (TakeState.FAILED, None, None, Change(EntryState.COMMITTED)),
        (TakeState.EXPIRED, True, None, Change(EntryState.SETTLED, Basis.COMPUTED)),
        (TakeState.EXPIRED, False, None, Change(EntryState.RELEASED)),
        (TakeState.EXPIRED, None, None, Change(EntryState.COMMITTED)),
        (TakeState.CANCELLED, True, None, Change(EntryState.SETTLED, Basis.COMPUTED)),
        (TakeState.CANCELLED, False, None, Change(EntryState.RELEASED)),
        (TakeState.CANCELLED, None, None, Change(EntryState.COMMITTED)),
    ],
)
def test_every_state_moves_the_money_where_it_belongs(state, charged, cost, change):
    made = clip(cost) if state is TakeState.STORED else None
    assert Change.after(take(state, charged=charged, clip=made)) == change


def test_only_what_is_known_to_be_uncharged_is_given_back():
    for state in TakeState:
        for charged in (None, True, False):
            change = Change.after(take(state, charged=charged, clip=clip(None)))
            if change and change.state is EntryState.RELEASED:
                assert charged is False


# In the journal's file


def test_a_reservation_that_breaks_a_cap_writes_nothing_at_all(journal):
    with pytest.raises(BudgetExceeded, match=r"shot 'opening' is not ordered: the budget") as said:
        journal.reserve(take(TakeState.RESERVED), quote(2), [Cap(money=USD(1))])
    assert "raise the budget" in said.value.hint
    assert journal.take("k1") is None
    assert journal.entries() == []


def test_the_last_of_several_caps_counts_as_much_as_the_first(journal):
    with pytest.raises(BudgetExceeded, match="paid clips"):
        journal.reserve(take(TakeState.RESERVED), quote(1), [Cap(money=USD(9)), Cap(clips=0)])


def test_one_run_does_not_count_against_another_but_against_the_day(journal):
    journal.reserve(take(TakeState.RESERVED), quote(), [])
    other = take(TakeState.RESERVED, key="k2", idempotency_key="a2", run="r2")
    with pytest.raises(BudgetExceeded, match="this day"):
        journal.reserve(other, quote(), [Cap(clips=1), Cap(clips=1, period=Period.DAY)])
    journal.reserve(other, quote(), [Cap(clips=1)])
    assert len(journal.entries()) == 2


def test_what_was_spent_yesterday_does_not_count_today(tmp_path):
    now = [NOON]
    with contextlib.closing(Journal(tmp_path / "journal.sqlite", lambda: now[0])) as journal:
        today = Cap(clips=1, period=Period.DAY)
        journal.reserve(take(TakeState.RESERVED), quote(), [today])
        second = take(TakeState.RESERVED, key="k2", idempotency_key="a2")
        with pytest.raises(BudgetExceeded):
            journal.reserve(second, quote(), [today])
        now[0] += DAY / 2
        journal.reserve(second, quote(), [today])
        ever = Cap(clips=2, period=Period.EVER)
        with pytest.raises(BudgetExceeded, match="this workspace"):
            journal.reserve(take(TakeState.RESERVED, key="k3"), quote(), [ever])


def test_a_settled_clip_counts_with_what_it_came_to(journal):
    journal.reserve(take(TakeState.RESERVED), quote(5), [])
    journal.record(take(TakeState.SUBMITTING))
    journal.record(take(TakeState.STORED, clip=clip(2_000_000), charged=True))
    (entry,) = journal.entries()
    assert (entry.state, entry.basis) == (EntryState.SETTLED, Basis.REPORTED)
    assert (entry.estimate, entry.actual) == (USD(5), USD(2))
    second = take(TakeState.RESERVED, key="k2", idempotency_key="a2")
    journal.reserve(second, quote(3), [Cap(money=USD(5))])


def test_a_lost_and_a_second_attempt_of_one_take_are_two_entries(journal):
    journal.reserve(take(TakeState.RESERVED), quote(5), [])
    journal.record(take(TakeState.SUBMITTING))
    journal.record(take(TakeState.UNKNOWN))
    journal.record(take(TakeState.PLANNED, idempotency_key=""))
    journal.reserve(take(TakeState.RESERVED, idempotency_key="a2"), quote(5), [])
    assert [entry.state for entry in journal.entries()] == [
        EntryState.COMMITTED,
        EntryState.RESERVED,
    ]


CAPS = (Cap(money=Money(100), period=Period.EVER), Cap(clips=6), Cap(seconds=40))
NEXT = {
    TakeState.RESERVED: [(TakeState.SUBMITTING, None), (TakeState.CANCELLED, False)],
    TakeState.SUBMITTING: [
        (TakeState.SUBMITTED, None),
        (TakeState.UNKNOWN, None),
        (TakeState.REFUSED, None),
        (TakeState.REFUSED, True),
        (TakeState.FAILED, False),
        (TakeState.STORED, True),
    ],
    TakeState.SUBMITTED: [
        (TakeState.READY, None),
        (TakeState.FAILED, True),
        (TakeState.FAILED, None),
        (TakeState.CANCELLED, False),
        (TakeState.EXPIRED, True),
    ],
    TakeState.READY: [(TakeState.STORED, True), (TakeState.EXPIRED, True)],
    TakeState.UNKNOWN: [(TakeState.SUBMITTED, None), (TakeState.FAILED, False)],
}


class Books(RuleBasedStateMachine):
    """Any order of reserving, committing, settling and releasing, against sums kept by hand."""

    def __init__(self):
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.journal = Journal(Path(self.place.name) / "journal.sqlite", lambda: NOON)
        self.journal._db.execute("PRAGMA synchronous=OFF")
        self.takes: dict[str, Take] = {}
        self.prices: dict[str, int] = {}
        self.held: dict[str, tuple[int, float]] = {}

    @rule(price=st.integers(0, 60), seconds=st.sampled_from([2.0, 8.0]))
    def reserve(self, price, seconds):
        key = f"k{len(self.takes)}"
        asked = take(TakeState.RESERVED, key=key, idempotency_key=f"a-{key}")
        fits = (
            sum(money for money, _ in self.held.values()) + price <= 100
            and len(self.held) < 6
            and sum(length for _, length in self.held.values()) + seconds <= 40
        )
        try:
            self.journal.reserve(asked, quote(Money(price), seconds), CAPS)
        except BudgetExceeded:
            assert not fits
            assert self.journal.take(key) is None
        else:
            assert fits
            self.takes[key] = asked
            self.held[key] = (price, seconds)

    @precondition(lambda self: any(t.state in NEXT for t in self.takes.values()))
    @rule(data=st.data(), reported=st.one_of(st.none(), st.integers(0, 60)))
    def go_on(self, data, reported):
        key = data.draw(st.sampled_from([k for k, t in self.takes.items() if t.state in NEXT]))
        state, charged = data.draw(st.sampled_from(NEXT[self.takes[key].state]))
        made = clip(reported) if state is TakeState.STORED else None
        now = attrs.evolve(self.takes[key], state=state, charged=charged, clip=made)
        self.journal.record(now)
        self.takes[key] = now
        if charged is False:
            del self.held[key]
        elif made and reported is not None:
            self.held[key] = (reported, self.held[key][1])

    @invariant()
    def the_ledger_holds_what_was_not_given_back(self):
        held = {
            entry.take: (entry.estimate if entry.actual is None else entry.actual).micros
            for entry in self.journal.entries()
            if entry.state is not EntryState.RELEASED
        }
        assert held == {key: money for key, (money, _) in self.held.items()}

    def teardown(self):
        self.journal.close()
        self.place.cleanup()


TestBooks = Books.TestCase
TestBooks.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
