"""A plain call in a thread that nobody has to wait for."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time

import pytest

from ministudio.values.threads import in_thread

VARIABLE: contextvars.ContextVar[int] = contextvars.ContextVar("VARIABLE", default=0)


def test_it_gives_what_the_call_gives():
    VARIABLE.set(7)

    def call(a, *, b):
        return a, b, VARIABLE.get(), threading.current_thread() is threading.main_thread()

    assert asyncio.run(in_thread(call, 1, b=2)) == (1, 2, 7, False)


@pytest.mark.parametrize("error", [ValueError("bad"), SystemExit(3)])
def test_it_raises_what_the_call_raises(error):
    def call():
        raise error

    async def main():
        with pytest.raises(type(error)) as caught:
            await in_thread(call)
        return caught.value

    assert asyncio.run(main()) is error


def test_a_call_that_is_given_up_holds_nobody_up():
    release = threading.Event()

    async def main():
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(in_thread(release.wait, 30), 0.05)

    began = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - began < 10
    release.set()
