"""An event loop for steps that may misbehave: none of them can hold up the tests for ever."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

__all__ = ["Loop"]

T = TypeVar("T")

_SOON: Final = 2.0
_ABANDONED: Final[list[asyncio.Runner]] = []


class _Impatient(ThreadPoolExecutor):
    """Threads that nobody waits for: one may hang at a service that is stopped only later."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        del wait
        super().shutdown(wait=False, cancel_futures=cancel_futures)


class Loop:
    """Runs one step after another, each to its end or until nobody waits any longer."""

    def __init__(self) -> None:
        self._runner: asyncio.Runner | None = asyncio.Runner()
        self._runner.get_loop().set_default_executor(_Impatient())

    def run(self, steps: Coroutine[Any, Any, T]) -> T:
        """Run a step, or several of them, to the end."""
        assert self._runner is not None, "the trial is over"
        return self._runner.run(steps)

    def ended(self, step: Coroutine[Any, Any, T], seconds: float) -> asyncio.Task[T] | None:
        """Return a step that has ended, or None if it did not in so many seconds."""

        async def bounded() -> asyncio.Task[T] | None:
            task = asyncio.ensure_future(step)
            done, _ = await asyncio.wait({task}, timeout=seconds)
            return task if done else None

        return self.run(bounded())

    def close(self) -> None:
        """End whatever still runs, and the loop; once is enough."""
        if self._runner is None:
            return
        if self.run(_tasks_that_stay()):
            # Closing the loop would wait for ever for what swallows its cancellation.
            _ABANDONED.append(self._runner)
        else:
            self._runner.close()
        self._runner = None


async def _tasks_that_stay() -> bool:
    """Cancel what is left, and return whether any of it goes on all the same."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    return bool(left and (await asyncio.wait(left, timeout=_SOON))[1])
