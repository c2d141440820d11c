"""What may be spent holds for a whole run, whatever the timing."""

from __future__ import annotations

import asyncio
import random

import pytest
from render_kit import Cast, Queue, Service, priced

from ministudio.errors import BudgetExceeded, PriceUnknown
from ministudio.render.ledger import EntryState
from ministudio.settings.rendering import Cap, OnFailure, Period
from ministudio.story import ShotConfig
from ministudio.values.money import Money


class Jittery(Queue):
    """Answers in any order."""

    def __init__(self, service: Service, seed: int) -> None:
        super().__init__(service)
        self.chance = random.Random(seed)

    async def _a_while(self) -> None:
        for _ in range(self.chance.randrange(6)):
            await asyncio.sleep(0)

    async def prepare(self, request):
        await self._a_while()
        return await super().prepare(request)

    async def submit(self, prepared):
        await self._a_while()
        return await super().submit(prepared)


def shots(count: int) -> list[ShotConfig]:
    return [ShotConfig(id=f"s{n}", action=f"Action {n}", duration=0.5) for n in range(count)]


CAPS = [
    Cap(money=Money.of("8.50")),
    Cap(clips=17),
    Cap(seconds=8.5),
    Cap(money=Money.of("8.99"), period=Period.DAY),
]


@pytest.mark.parametrize("cap", CAPS, ids=["money", "clips", "seconds", "a day"])
@pytest.mark.parametrize("seed", [1, 2])
def test_of_forty_shots_at_once_exactly_seventeen_are_billed(workshop, cap, seed):
    cast = Cast(Jittery(service := Service(), seed), **priced("1.00"))
    how = {"caps": [cap], "on_failure": OnFailure.SKIP}
    result = workshop.render(cast.plan(*shots(40)), cast, concurrency=40, **how)
    assert service.submits == len(result.shots) == 17
    assert {type(error) for _, error in result.failures} == {BudgetExceeded}
    with workshop.reading() as journal:
        assert [entry.state for entry in journal.entries()] == [EntryState.SETTLED] * 17


def test_after_a_budget_is_used_up_no_new_shot_is_begun(workshop):
    cast = Cast(Queue(service := Service()), **priced("1.00"))
    result = workshop.render(cast.plan(*shots(9)), cast, concurrency=1, caps=[Cap(clips=2)])
    assert (service.submits, service.prepared) == (2, 3)
    ((shot, error),) = result.failures
    assert (shot.id, type(error)) == ("s2", BudgetExceeded)
    assert error.hint


def test_a_run_that_is_gone_on_with_still_counts_what_it_spent(workshop):
    cast = Cast(Queue(service := Service()), **priced("1.00"))
    plan = cast.plan(*shots(4))
    workshop.render(plan, cast, concurrency=1, caps=[Cap(clips=2)])
    workshop.render(plan, cast, concurrency=1, caps=[Cap(clips=3)])
    assert service.submits == 3
    workshop.run = "another run"
    workshop.render(plan, cast, concurrency=1, caps=[Cap(clips=3)])
    assert service.submits == 4


def test_an_unknown_price_is_refused_and_is_never_nothing(workshop):
    cast = Cast(Queue(service := Service()))
    ((_, error),) = workshop.render(cast.plan(*shots(1)), cast, allow_unknown_price=False).failures
    assert isinstance(error, PriceUnknown)
    assert "--allow-unknown-price" in error.hint
    assert "queue/queue-1" in error.message
    assert service.submits == 0
    with workshop.reading() as journal:
        assert journal.entries() == []
    result = workshop.render(cast.plan(*shots(1)), cast, allow_unknown_price=True)
    assert len(result.shots) == service.submits == 1
    with workshop.reading() as journal:
        ((estimate, actual),) = [(one.estimate, one.actual) for one in journal.entries()]
    assert (estimate, actual) == (None, None)


def test_an_unknown_price_still_counts_as_a_clip_and_as_seconds(workshop):
    cast = Cast(Queue(service := Service()))
    caps = [Cap(clips=1, period=Period.EVER)]
    workshop.render(cast.plan(*shots(3)), cast, concurrency=1, caps=caps)
    assert service.submits == 1


def test_a_free_provider_needs_no_budget(workshop):
    from render_kit import Draws

    cast = Cast(Draws())
    result = workshop.render(cast.plan(*shots(3)), cast, caps=[Cap(clips=0)])
    assert len(result.shots) == 3
    with workshop.reading() as journal:
        assert journal.entries() == []


def test_a_price_in_another_currency_than_the_budget_is_refused_aloud(workshop):
    cast = Cast(Queue(service := Service()), **priced("1.00", "EUR"))
    ((_, error),) = workshop.render(
        cast.plan(*shots(1)), cast, caps=[Cap(money=Money.of(9))]
    ).failures
    assert "is in USD, and a clip costs 0.50 EUR" in error.message
    assert service.submits == 0
