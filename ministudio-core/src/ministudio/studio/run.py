"""The one door from plain code into coroutines."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

__all__ = ["run"]

T = TypeVar("T")


def run(call: Coroutine[Any, Any, T]) -> T:
    """Run one call to its end and return what it gives.

    ``film = run(studio.render(plan, "film.mp4"))``

    Raises:
        RuntimeError: Inside a running event loop, where the call is awaited instead.
    """
    if _loop_is_running():
        name = getattr(call, "__name__", "call")
        call.close()
        raise RuntimeError(
            f"an event loop is running: await {name}(...) instead of run({name}(...))"
        )
    return asyncio.run(call)


def _loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
