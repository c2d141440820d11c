"""Calling a plugin's code, which raises what it likes, for something that costs money."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, TypeVar

from ministudio.errors import Accepted, MiniStudioError, ProviderError

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

__all__ = ["asking", "to_the_end"]

_T = TypeVar("_T")


@contextlib.contextmanager
def asking(
    provider: str,
    what: str,
    *,
    accepted: Accepted | None = None,
    otherwise: type[ProviderError] = ProviderError,
) -> Iterator[None]:
    """Turn whatever a provider raises into an error of our tree.

    Args:
        provider: Who is asked.
        what: What for, as in "broke while fetching a clip".
        accepted: Whether a job may exist, by how far things have got; None leaves it to the error.
        otherwise: What an error from outside our tree becomes.

    Raises:
        MiniStudioError: The provider's own, or ``otherwise``.
        asyncio.CancelledError: When this task is being stopped.
    """
    try:
        yield
    except ProviderError as error:
        if accepted is not None:
            error.accepted = accepted
        raise
    except MiniStudioError:
        raise
    except (Exception, SystemExit, asyncio.CancelledError) as error:
        task = asyncio.current_task()
        if isinstance(error, asyncio.CancelledError) and task is not None and task.cancelling():
            raise
        # Nobody stops this task: the provider's own cancellation, or its sys.exit(), is its bug.
        raise otherwise(
            f"{provider} broke while {what}: {type(error).__name__}: {error}",
            provider=provider,
            accepted=accepted,
        ) from error


async def to_the_end(work: Coroutine[Any, Any, _T], patience: float | None = None) -> _T:
    """Await ``work``, and when this task is stopped meanwhile, stop only after it is done.

    Args:
        work: What must not be left half done.
        patience: Seconds it is waited for once the task is stopped; then it is stopped, too.

    Raises:
        asyncio.CancelledError: When this task was stopped; the work is done by then.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=patience)
        if not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=1.0)
        if task.done() and not task.cancelled():
            task.exception()  # looked at, or asyncio complains that nobody did
        raise
