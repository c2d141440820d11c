"""What a worker process does: makes one provider, then clips, one after the other."""

from __future__ import annotations

import asyncio
import functools
import os
import signal
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.contracts.clips import Clip
from ministudio.contracts.providers import BaseVideoProvider
from ministudio.errors import MiniStudioError
from ministudio.kernel.factory import create
from ministudio.render.wire import frame, read_frame
from ministudio.render.worker_answers import Failed, Made, Note, Ready, encode
from ministudio.render.worker_calls import CLOSE, unpack, unpack_context

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["serve"]

# What a provider's code may raise without taking the worker with it: a library that calls
# sys.exit, or a task of its own that it cancelled, leaves a loaded model as good as before.
_SURVIVED = (Exception, SystemExit, asyncio.CancelledError)


def serve(requests: int, answers: int) -> None:
    """Make the provider and its clips as asked, until CLOSE comes.

    When the core is gone, the process and all it started end at once, whatever is under way.

    Args:
        requests: The descriptor to read from.
        answers: The descriptor to write to.
    """
    asyncio.run(_serve(requests, _sender(answers)))


async def _serve(requests: int, send: Callable[[bytes], None]) -> None:
    payloads: asyncio.Queue[bytes] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def deliver(payload: bytes) -> None:
        loop.call_soon_threadsafe(payloads.put_nowait, payload)

    threading.Thread(target=_listen, args=(requests, deliver), daemon=True).start()
    try:
        provider = _provider(await payloads.get())
    except _SURVIVED as error:
        send(_failed(error))
        return
    send(frame(encode(Ready())))
    number = 0
    while (payload := await payloads.get()) != CLOSE:
        number += 1
        send(await _make(provider, payload, number, send))
    await provider.aclose()


def _listen(requests: int, deliver: Callable[[bytes], None]) -> None:
    try:
        while (payload := read_frame(functools.partial(os.read, requests))) is not None:
            deliver(payload)
    finally:
        # Run by hand, the group would be the terminal's.
        if sys.platform != "win32" and os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _sender(answers: int) -> Callable[[bytes], None]:
    lock = threading.Lock()

    def send(framed: bytes) -> None:
        rest = memoryview(framed)
        with lock:
            while rest:
                rest = rest[os.write(answers, rest) :]

    return send


def _provider(payload: bytes) -> BaseVideoProvider:
    hello = unpack(payload)
    kind: Any = BaseVideoProvider  # mypy takes no abstract class for a type[T]
    context = unpack_context(hello.context)
    provider: BaseVideoProvider = create(hello.plugin, hello.factory, kind, context)
    provider.name = hello.name
    return provider


async def _make(
    provider: BaseVideoProvider, payload: bytes, number: int, send: Callable[[bytes], None]
) -> bytes:
    """Make one clip and return the answer, framed."""

    def progress(fraction: float | None, note: str = "") -> None:
        done = None if fraction is None else float(fraction)
        send(frame(encode(Note(number, done, str(note)))))

    try:
        call = unpack(payload)
        clip = await provider.generate(call.request, call.into, progress)
        if not isinstance(clip, Clip):
            raise TypeError(f"generate returned a {type(clip).__name__}, not a Clip")
        return frame(encode(Made(attrs.evolve(clip, path=clip.path.absolute()))))
    except _SURVIVED as error:
        return _failed(error)


def _failed(error: BaseException) -> bytes:
    text = f"{type(error).__name__}: {error}"
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, MiniStudioError):
        try:
            return frame(encode(Failed(error, text, trace)))
        except (TypeError, ValueError):
            trace += "\nIt holds what cannot be sent, so that only its text is known."
    return frame(encode(Failed(None, text, trace)))
