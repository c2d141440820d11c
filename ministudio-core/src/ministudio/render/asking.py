"""Calling a plugin's code, which raises what it likes, for something that costs money."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ministudio.errors import Accepted, MiniStudioError, ProviderError, ProviderUnavailable

if TYPE_CHECKING:
    from collections.abc import Coroutine

__all__ = ["ask", "to_the_end"]

T = TypeVar("T")

_GRACE = 5.0
"""Seconds in which a call that is broken off may tidy up after itself."""


async def ask(
    call: Coroutine[Any, Any, T],
    provider: str,
    what: str,
    *,
    within: float,
    accepted: Accepted | None = None,
    otherwise: type[ProviderError] = ProviderError,
) -> T:
    """Await one call of a provider for so long, and raise nothing but errors of our tree.

    Args:
        call: The call.
        provider: Who is asked.
        what: What for, as in "broke while fetching a clip".
        within: Seconds until the call is broken off.
        accepted: Whether a job may exist, by how far things have got; None leaves it to the error.
        otherwise: What an error from outside our tree becomes.

    Raises:
        MiniStudioError: The provider's own, or ``otherwise``.
        ProviderUnavailable: When no answer came in time.
        asyncio.CancelledError: When this task is being stopped.
    """
    try:
        return await _in_time(call, within, provider, what)
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


async def _in_time(call: Coroutine[Any, Any, T], within: float, provider: str, what: str) -> T:
    task = asyncio.ensure_future(_outcome(call))
    try:
        await asyncio.wait({task}, timeout=within)
    except asyncio.CancelledError:
        await _broken_off(task)
        raise
    if not task.done():
        await _broken_off(task)
    if not task.done() or (task.cancelled() and task.cancelling()):
        raise ProviderUnavailable(
            f"{provider} gave no answer within {within:g} s while {what}",
            provider=provider,
            accepted=Accepted.UNKNOWN,
        )
    value, error = task.result()
    if error is not None:
        raise error
    return cast("T", value)


async def _outcome(call: Coroutine[Any, Any, T]) -> tuple[T | None, BaseException | None]:
    """What a call gave or raised; a task that raised SystemExit would end the event loop."""
    try:
        return await call, None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - raised again by whoever waits
        return None, error


async def _broken_off(task: asyncio.Future[Any]) -> None:
    """Cancel a call, and go on without it when it does not listen."""
    task.cancel()
    await asyncio.wait({task}, timeout=_GRACE)
    if task.done() and not task.cancelled():
        task.exception()  # looked at, or asyncio complains that nobody did


async def to_the_end(work: Coroutine[Any, Any, T], patience: float | None = None) -> T:
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
