"""Caps hold whatever the timing: forty shots at once never buy more than what is allowed."""

from __future__ import annotations

import random

import pytest
from render_kit import Clock, Workshop
from simulated_kit import plan, render

from ministudio.errors import BudgetExceeded
from ministudio.render.ledger import EntryState
from ministudio.settings.rendering import Cap, Period
from ministudio.story import ShotConfig
from ministudio.testing.simulator import SimulatedService, Terms
from ministudio.values.money import Money

SHOTS, ALLOWED, SECONDS = 40, 17, 0.5
CAPS = (
    Cap(clips=ALLOWED),
    Cap(seconds=ALLOWED * SECONDS),
    Cap(money=Money.parse("0.85 USD")),
    Cap(money=Money.parse("0.899 USD"), period=Period.DAY),
    Cap(clips=ALLOWED, period=Period.EVER),
)


@pytest.fixture(scope="module")
def clock():
    return Clock()


@pytest.fixture(scope="module")
def service(clock):
    with SimulatedService(Terms(takes=1.0), clock=clock) as running:
        yield running


def film(dice: random.Random):
    """Forty shots, each answered and made at a pace of its own."""
    shots = []
    for number in range(SHOTS):
        action = f"Shot {number} of {dice.random()}."
        if dice.random() < 0.3:
            action += f" sim:slow={dice.uniform(0, 0.02):.3f}"
        action += f" sim:takes={dice.uniform(0, 3):.2f}"
        shots.append(ShotConfig(id=f"s{number}", action=action, duration=SECONDS))
    return plan(*shots, chain=["simulator"])


def forty_against_a_cap(folder, service, clock, number: int) -> None:
    dice = random.Random(number)
    before = len(service.bills)
    workshop = Workshop(folder / str(number), clock=clock)
    result = render(
        workshop,
        service,
        film(dice),
        concurrency=SHOTS,
        caps=[CAPS[number % len(CAPS)]],
        poll_every=1.0,
    )
    assert len(service.bills) - before == len(result.shots) == ALLOWED
    assert len(result.failures) == SHOTS - ALLOWED
    assert {type(error) for _, error in result.failures} == {BudgetExceeded}
    with workshop.reading() as journal:
        assert [entry.state for entry in journal.entries()] == [EntryState.SETTLED] * ALLOWED


def test_forty_shots_against_a_cap_of_seventeen_bill_exactly_seventeen(tmp_path, service, clock):
    for number in range(10):
        forty_against_a_cap(tmp_path, service, clock, number)


@pytest.mark.slow
@pytest.mark.durability
def test_at_length_forty_shots_against_a_cap_of_seventeen_bill_exactly_seventeen(
    tmp_path, service, clock
):
    for number in range(10, 510):
        forty_against_a_cap(tmp_path, service, clock, number)
