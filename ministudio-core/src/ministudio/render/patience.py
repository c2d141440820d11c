"""Making one call again, as the policy's table allows, while that can cost nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ministudio.contracts.events import EventKind
from ministudio.errors import ProviderError
from ministudio.render.policy import pause

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ministudio.render.order import Order

__all__ = ["patiently", "pause_before_another"]

T = TypeVar("T")


async def patiently(order: Order, call: Callable[[], Awaitable[T]]) -> T:
    """Await ``call()`` until it works or the policy gives up; for calls that are safe to repeat.

    Raises:
        ProviderError: What the last call said.
    """
    failures = 0
    while True:
        try:
            return await call()
        except ProviderError as error:
            failures += 1
            if not await pause_before_another(order, error, failures):
                raise


async def pause_before_another(order: Order, error: ProviderError, failures: int) -> bool:
    """Wait as long as the policy says, and return whether the call is to be made again."""
    context = order.context
    seconds = pause(error, failures, context.jitter())
    if seconds is None:
        return False
    context.emit(
        EventKind.RETRYING,
        f"{error.message}; again in {seconds:.1f} s",
        shot=order.take.shot,
        provider=order.take.provider,
        data={"failures": failures, "seconds": round(seconds, 3)},
    )
    await context.sleep(seconds)
    return True
