"""The way to a provider: how many at a time, how fast, and when it is left alone."""

from __future__ import annotations

import asyncio

import pytest
from render_kit import Clock

from ministudio.errors import (
    Accepted,
    AuthenticationError,
    ContentRefused,
    PermissionDenied,
    PluginError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
    SecretError,
)
from ministudio.render.access import Access, Breaker, LeftAlone
from ministudio.settings.rendering import Limits


def is_open(breaker: Breaker, now: float = 0.0) -> bool:
    try:
        breaker.check("queue", now)
    except LeftAlone:
        return False
    return True


def test_after_five_troubles_in_a_row_a_provider_rests_for_a_minute():
    breaker = Breaker()
    for _ in range(4):
        breaker.failed(ProviderUnavailable("503"), 100.0)
        assert is_open(breaker, 100.0)
    breaker.failed(RateLimited("429"), 100.0)
    assert not is_open(breaker, 159.9)
    assert is_open(breaker, 160.0)


def test_after_its_rest_one_more_trouble_is_enough_and_one_success_forgets_all():
    breaker = Breaker()
    for _ in range(5):
        breaker.failed(ProviderUnavailable("503"), 0.0)
    breaker.failed(ProviderUnavailable("503"), 60.0)
    assert not is_open(breaker, 119.0)
    breaker.worked()
    for _ in range(4):
        breaker.failed(ProviderUnavailable("503"), 200.0)
    assert is_open(breaker, 200.0)


def test_a_success_between_troubles_begins_the_count_anew():
    breaker = Breaker()
    for _ in range(10):
        for _ in range(4):
            breaker.failed(ProviderUnavailable("503"), 0.0)
        breaker.worked()
    assert is_open(breaker)


@pytest.mark.parametrize(
    "error",
    [
        AuthenticationError("401"),
        PermissionDenied("403"),
        QuotaExceeded("402"),
        SecretError("no key"),
        PluginError("broken", plugin="p"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_no_waiting_mends_closes_it_for_the_run(error):
    breaker = Breaker()
    breaker.failed(error, 0.0)
    with pytest.raises(LeftAlone, match="queue is left alone in this run: ") as caught:
        breaker.check("queue", 1e12)
    assert error.message in caught.value.message
    assert caught.value.accepted is Accepted.NO


def test_what_is_wrong_with_one_shot_says_nothing_of_the_provider():
    breaker = Breaker()
    for _ in range(20):
        breaker.failed(ContentRefused("a face"), 0.0)
    assert is_open(breaker)


def test_being_left_alone_is_no_further_trouble():
    clock = Clock()
    access = Access(Limits(), clock, clock.sleep)
    for _ in range(5):
        access.hear(ProviderUnavailable("503"))
    clock.now += 30
    access.hear(LeftAlone("left alone", provider="queue"))
    clock.now += 30
    assert is_open(access.breaker, clock())


async def held(access: Access, shots: int) -> int:
    """How many hold a place at the same moment, at most."""
    now = most = 0

    async def shot() -> None:
        nonlocal now, most
        async with access.place():
            now += 1
            most = max(most, now)
            await asyncio.sleep(0)
            now -= 1

    await asyncio.gather(*[shot() for _ in range(shots)])
    return most


@pytest.mark.parametrize(("limit", "most"), [(1, 1), (3, 3), (None, 10)])
def test_so_many_places_there_are_and_no_more(limit, most):
    clock = Clock()
    access = Access(Limits(concurrency=limit), clock, clock.sleep)
    assert asyncio.run(held(access, 10)) == most


def test_clips_are_ordered_so_many_a_minute_and_the_first_at_once():
    class Standing(Clock):
        """Time that a test moves: those who wait are told how long, and wait apart."""

        def __init__(self) -> None:
            super().__init__()
            self.waits: list[float] = []

        async def sleep(self, seconds: float) -> None:
            self.waits.append(seconds)

    clock = Standing()
    access = Access(Limits(per_minute=30), clock, clock.sleep)

    async def turns(count: int) -> None:
        await asyncio.gather(*[access.turn() for _ in range(count)])

    asyncio.run(turns(4))
    assert clock.waits == [2.0, 4.0, 6.0]
    clock.waits.clear()
    clock.now += 60
    asyncio.run(turns(2))
    assert clock.waits == [2.0]


def test_who_has_no_limit_never_waits():
    async def no_sleep(_: float) -> None:
        raise AssertionError("waited")

    access = Access(Limits(), Clock(), no_sleep)

    async def turns() -> None:
        for _ in range(100):
            await access.turn()

    asyncio.run(turns())
