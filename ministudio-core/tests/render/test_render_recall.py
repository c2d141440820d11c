"""What a run remembers of its journal: never anything else than the journal says."""

from __future__ import annotations

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.contracts.specs import Billing
from ministudio.render.journal import IN_MEMORY, Journal
from ministudio.render.recall import Recall
from ministudio.render.takes import FOLLOWS, Take, TakeState

INTENTS = ["i1", "i2", "i3"]


def take(number: int, intent: str, wish: str, state: TakeState = TakeState.PLANNED) -> Take:
    return Take(
        key=f"k{number}",
        intent=intent,
        shot="opening",
        part=1,
        provider="queue",
        model="queue-1",
        billing=Billing.PAID,
        asked={},
        state=state,
        wish=wish,
    )


orders = st.builds(
    take, st.integers(1, 4), st.sampled_from(INTENTS), st.sampled_from([*INTENTS, ""])
)
steps = st.lists(st.tuples(st.booleans(), orders, st.sampled_from(list(TakeState))), max_size=12)


def written(journal: Journal, recall: Recall, one: Take) -> None:
    known = journal.take(one.key)
    if known and one.state not in FOLLOWS[known.state]:
        return
    recall.forget(one)
    journal.record(one)
    recall.wrote(one)


def same(journal: Journal, recall: Recall, one: Take) -> None:
    assert recall.take(one.key) == journal.take(one.key)
    assert recall.rivals(one) == journal.rivals(one)
    for intent in INTENTS:
        assert recall.of_intent(intent) == journal.of_intent(intent)
        assert recall.open_takes(intent) == journal.open_takes(intent)


@settings(max_examples=150)
@given(steps, orders)
def test_it_answers_as_the_journal_does_whatever_is_asked_and_written(todo, other):
    with contextlib.closing(Journal(IN_MEMORY, lambda: 1.0)) as journal:
        journal.record(take(9, "i1", "i2", TakeState.SUBMITTING))
        recall = Recall(journal, lambda: 1.0)
        for writes, one, state in todo:
            if writes:
                new = take(int(one.key[1:]), one.intent, one.wish, state)
                written(journal, recall, new)
            same(journal, recall, one)
        same(journal, recall, other)


def test_a_write_that_was_broken_off_is_looked_up_on_disk():
    with contextlib.closing(Journal(IN_MEMORY, lambda: 1.0)) as journal:
        recall, one = Recall(journal), take(1, "i1", "")
        assert recall.take("k1") is None
        assert recall.of_intent("i1") == []
        recall.forget(one)
        journal.record(one)
        assert recall.take("k1") == one
        assert recall.of_intent("i1") == [one]


def test_what_another_process_wants_cancelled_is_heard_after_some_tenths_of_a_second():
    now = [100.0]
    with contextlib.closing(Journal(IN_MEMORY, lambda: 1.0)) as journal:
        recall = Recall(journal, lambda: now[0])
        assert not recall.wants_cancelled("opening")
        journal.wish_cancelled("opening")
        assert not recall.wants_cancelled("opening")
        now[0] += 0.3
        assert recall.wants_cancelled("opening")


def test_a_clock_that_is_set_back_does_not_make_it_deaf():
    now = [100.0]
    with contextlib.closing(Journal(IN_MEMORY, lambda: 1.0)) as journal:
        recall = Recall(journal, lambda: now[0])
        assert not recall.wants_cancelled("opening")
        journal.wish_cancelled("opening")
        now[0] = 3.0
        assert recall.wants_cancelled("opening")
