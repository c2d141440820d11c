"""The thread that writes the journal: in order, together, and never half."""

from __future__ import annotations

import asyncio
import contextlib
import threading

import pytest

from ministudio.contracts.specs import Billing
from ministudio.errors import BudgetExceeded
from ministudio.render.journal import Journal
from ministudio.render.ledger import Quote
from ministudio.render.scribe import Scribe
from ministudio.render.takes import Take, TakeState
from ministudio.settings.rendering import Cap
from ministudio.values.money import Money


def take(key: str, state: TakeState = TakeState.PLANNED, **more) -> Take:
    return Take(
        key=key,
        intent="i",
        shot=key,
        part=1,
        provider="queue",
        model="queue-1",
        billing=Billing.PAID,
        state=state,
        **more,
    )


@pytest.fixture
def journal(tmp_path):
    with contextlib.closing(Journal(tmp_path / "journal.sqlite")) as opened:
        yield opened


@pytest.fixture
def scribe(journal):
    with contextlib.closing(Scribe(journal)) as writing:
        yield writing


class Held:
    """Keeps the scribe at a word until the test lets it go on."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.go_on = threading.Event()

    def __call__(self, journal: Journal) -> None:
        self.reached.set()
        assert self.go_on.wait(30)


async def said_while_busy(scribe: Scribe, *words):
    """Say words while the scribe is at another, so that they come in one batch."""
    held = Held()
    first = asyncio.create_task(scribe.write(held))
    await asyncio.to_thread(held.reached.wait, 30)
    tasks = [asyncio.create_task(scribe.write(word)) for word in words]
    await asyncio.sleep(0)
    held.go_on.set()
    await first
    return await asyncio.gather(*tasks, return_exceptions=True)


def commits(scribe: Scribe) -> list[str]:
    """The transactions that the scribe ends from now on."""
    seen: list[str] = []

    def trace(statement: str) -> None:
        if statement == "COMMIT":
            seen.append(statement)

    scribe._journal.database.connection.set_trace_callback(trace)
    return seen


def test_a_word_is_on_disk_for_every_reader_once_it_is_answered(journal, scribe):
    asyncio.run(scribe.write(lambda writing: writing.record(take("a"))))
    assert journal.take("a").state is TakeState.PLANNED


def test_a_word_gives_back_what_it_found(scribe):
    assert asyncio.run(scribe.write(lambda writing: len(writing.takes()))) == 0


def test_words_are_written_in_the_order_in_which_they_are_said(scribe):
    order = []
    words = [lambda _, number=number: order.append(number) for number in range(100)]
    asyncio.run(said_while_busy(scribe, *words))
    assert order == list(range(100))


def test_what_is_said_while_the_disk_is_busy_is_committed_once(journal, scribe):
    seen = commits(scribe)
    words = [lambda writing, n=n: writing.record(take(f"k{n}")) for n in range(50)]
    asyncio.run(said_while_busy(scribe, *words))
    assert len(journal.takes()) == 50
    assert len(seen) == 2


def test_a_word_that_fails_loses_nothing_but_itself(journal, scribe):
    def refused(writing: Journal) -> None:
        writing.record(take("a", TakeState.RUNNING))

    answers = asyncio.run(
        said_while_busy(
            scribe,
            lambda writing: writing.record(take("a")),
            refused,
            lambda writing: writing.record(take("b")),
        )
    )
    assert [type(answer) for answer in answers] == [type(None), ValueError, type(None)]
    assert {one.key: one.state for one in journal.takes()} == {
        "a": TakeState.PLANNED,
        "b": TakeState.PLANNED,
    }


def test_of_a_word_that_fails_half_way_nothing_is_written(journal, scribe):
    def half(writing: Journal) -> None:
        writing.record(take("a"))
        writing.select("slot", ["a"])
        raise KeyError("half way")

    with pytest.raises(KeyError):
        asyncio.run(scribe.write(half))
    answers = asyncio.run(said_while_busy(scribe, half, lambda writing: writing.record(take("b"))))
    assert type(answers[0]) is KeyError
    assert [one.key for one in journal.takes()] == ["b"]
    assert journal.database.connection.execute("SELECT * FROM selection").fetchall() == []


def test_reservations_of_one_batch_see_one_another(journal, scribe):
    def word(number: int):
        asked = take(f"k{number}", TakeState.RESERVED, idempotency_key=f"a{number}", run="r")
        quote = Quote(price=Money.of(1), seconds=1)
        return lambda writing: writing.reserve(asked, quote, [Cap(money=Money.of(17))])

    answers = asyncio.run(said_while_busy(scribe, *[word(number) for number in range(40)]))
    refused = [answer for answer in answers if isinstance(answer, BudgetExceeded)]
    assert (len(refused), len(journal.entries()), len(journal.takes())) == (23, 17, 17)


def test_a_task_that_is_stopped_stops_only_after_its_word_is_written(journal, scribe):
    async def stopped() -> None:
        held = Held()
        first = asyncio.create_task(scribe.write(held))
        await asyncio.to_thread(held.reached.wait, 30)
        second = asyncio.create_task(scribe.write(lambda writing: writing.record(take("a"))))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.sleep(0)
        assert not second.done()
        held.go_on.set()
        await first
        with pytest.raises(asyncio.CancelledError):
            await second
        assert journal.take("a") is not None

    asyncio.run(stopped())


def test_closing_writes_what_was_said_before(journal):
    scribe = Scribe(journal)

    async def leave() -> None:
        held = Held()
        tasks = [asyncio.create_task(scribe.write(held))]
        await asyncio.to_thread(held.reached.wait, 30)
        tasks += [
            asyncio.create_task(scribe.write(lambda writing, n=n: writing.record(take(f"k{n}"))))
            for n in range(5)
        ]
        await asyncio.sleep(0)
        closing = asyncio.create_task(asyncio.to_thread(scribe.close))
        held.go_on.set()
        await closing
        assert len(journal.takes()) == 5
        await asyncio.gather(*tasks)

    asyncio.run(leave())


def test_the_event_loop_goes_on_while_the_disk_is_slow(scribe):
    async def alive() -> None:
        held = Held()
        slow = asyncio.create_task(scribe.write(held))
        await asyncio.to_thread(held.reached.wait, 30)
        for _ in range(10):
            await asyncio.sleep(0)
        assert not slow.done()
        held.go_on.set()
        await slow

    asyncio.run(alive())
