"""A plain call in a thread that nobody has to wait for."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["in_thread"]

P = ParamSpec("P")
T = TypeVar("T")


async def in_thread(call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a plain call in a thread of its own and return what it returns.

    Unlike ``asyncio.to_thread``, a call that is cancelled holds up neither the end of the event
    loop nor that of the process: a model that draws for minutes cannot keep Ctrl-C waiting.
    The thread itself works on until the call returns or the process ends.

    Raises:
        BaseException: Whatever the call raised.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()
    context = contextvars.copy_context()

    def settle(result: T | None, error: BaseException | None) -> None:
        if answer.done():
            return
        if error is None:
            answer.set_result(result)  # type: ignore[arg-type]  # None only where T allows it
        else:
            answer.set_exception(error)

    def work() -> None:
        result: T | None = None
        raised: BaseException | None = None
        try:
            result = context.run(call, *args, **kwargs)
        except StopIteration as error:
            # A future cannot hold this one.
            raised = RuntimeError("the call raised StopIteration")
            raised.__cause__ = error
        except BaseException as error:  # noqa: BLE001 - it is raised where the call is awaited
            raised = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, raised)

    threading.Thread(target=work, name=getattr(call, "__name__", "call"), daemon=True).start()
    return await answer
