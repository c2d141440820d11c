"""The one door from plain code into coroutines."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

__all__ = ["run"]

T = TypeVar("T")

_GRACE = 2.0  # seconds in which a task that is left over may tidy up after itself


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
    return asyncio.run(_to_its_end(call))


async def _to_its_end(call: Coroutine[Any, Any, T]) -> T:
    try:
        return await call
    finally:
        await _end_others()


async def _end_others() -> None:
    """End what a plugin has left running; who does not listen is left behind.

    ``asyncio.run`` would wait for such a task for ever.
    """
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    if others:
        _, deaf = await asyncio.wait(others, timeout=_GRACE)
        for task in deaf:
            asyncio.tasks._unregister_task(task)  # noqa: SLF001 - documented for extending asyncio
            # As asyncio does itself for those it forgets.
            task._log_destroy_pending = False  # type: ignore[attr-defined]  # noqa: SLF001 - not in the stubs


def _loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
