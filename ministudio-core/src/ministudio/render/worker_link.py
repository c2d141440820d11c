"""One worker process as its owner sees it: calls go in, notes and answers come out, it ends."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from ministudio.render.wire import Frames, WireError, frame
from ministudio.render.worker_answers import Note, decode
from ministudio.render.worker_calls import CLOSE
from ministudio.render.worker_environment import worker_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ministudio.contracts.clips import Progress
    from ministudio.render.worker_answers import Answer

__all__ = ["WorkerEnded", "WorkerLink"]

_log = logging.getLogger(__name__)

_STDIN, _STDERR = 0, 2
_KEPT: Final = 64 << 10  # bytes of what the worker printed
_LINES: Final = 40  # of which so many lines are shown,
_WIDTH: Final = 300  # and so many characters of each
_DRAIN: Final = 0.5  # seconds for the last bytes of a process that has ended
_KILL: Final = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows knows one way only


class WorkerEnded(Exception):
    """The worker process is no more, or makes no sense any longer.

    Args:
        what: How it ended, as the end of a sentence.
        code: Its exit code, negative for a signal; None while it runs.
        lines: The last lines it wrote, secrets masked.
    """

    def __init__(self, what: str, code: int | None, lines: Sequence[str]) -> None:
        super().__init__(what)
        self.what = what
        self.code = code
        self.lines = lines


class WorkerLink(asyncio.SubprocessProtocol):
    """A running worker process: made by ``start``, ended by ``stop`` or ``close``.

    It leads a process group of its own, so that Ctrl-C at the terminal reaches only the core,
    and so that whatever the provider started ends with it.

    Args:
        kill_after: Seconds between asking the process to end and killing it.
        mask: Takes secrets out of all that the process says.
    """

    def __init__(self, kill_after: float, mask: Callable[[str], str]) -> None:
        self._kill_after = kill_after
        self._mask = mask
        self._loop = asyncio.get_running_loop()
        self._gone: asyncio.Future[None] = self._loop.create_future()
        self._answer: asyncio.Future[Answer] | None = None
        self._progress: Progress | None = None
        self._calls = 0
        self._frames = Frames()
        self._printed = bytearray()
        self._cut = False
        self._exited = False
        self._closing: asyncio.TimerHandle | None = None
        self._transport: asyncio.SubprocessTransport

    @classmethod
    async def start(cls, kill_after: float, mask: Callable[[str], str]) -> WorkerLink:
        """Start a worker process; it waits to be told which provider to make.

        Raises:
            OSError: When the process cannot be started.
        """
        _, link = await asyncio.get_running_loop().subprocess_exec(
            lambda: cls(kill_after, mask),
            sys.executable,
            "-P",
            "-m",
            "ministudio.render.worker_process",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(os.environ),
            start_new_session=True,
        )
        return link

    @property
    def alive(self) -> bool:
        """Whether the process runs, as far as is known."""
        return not self._exited

    async def hello(self, payload: bytes) -> Answer:
        """Tell the worker which provider to make and return its answer.

        Raises:
            WorkerEnded: When the process ends over it.
        """
        return await self._ask(payload)

    async def call(self, payload: bytes, progress: Progress) -> Answer:
        """Have one clip made and return the answer; notes go to ``progress`` meanwhile.

        Raises:
            WorkerEnded: When the process ends over it.
            Exception: Whatever ``progress`` raised.
        """
        self._calls += 1
        self._progress = progress
        return await self._ask(payload)

    async def stop(self) -> None:
        """End the process now: ask, kill when that takes too long, and see it gone."""
        try:
            self._signal(signal.SIGTERM)
            await self._wait(self._kill_after)
        finally:
            self._signal(_KILL)
            await self._wait(self._kill_after)
            if not self._gone.done():
                # Stuck in a driver: not even a kill ends it before the driver lets go.
                self._transport.close()

    async def close(self, within: float) -> None:
        """Give an idle process ``within`` seconds to let go of things; end a busy one now."""
        idle = self.alive and (self._answer is None or self._answer.done())
        try:
            if idle:
                self._write(CLOSE)
                await self._wait(within)
        finally:
            await self.stop()
        ended = self._ended()
        if idle and ended.code != 0:
            told = "\n".join(ended.lines)
            _log.warning("a worker process %s while closing\n%s", ended.what, told)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Tell the process where modules are found; called by the event loop."""
        self._transport = cast("asyncio.SubprocessTransport", transport)
        self._write(json.dumps([str(entry) for entry in sys.path]).encode())

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Take in what the process wrote; called by the event loop."""
        if fd == _STDERR:
            self._printed += data
            self._cut |= len(self._printed) > _KEPT
            del self._printed[:-_KEPT]
            return
        try:
            for payload in self._frames.feed(data):
                self._take(decode(payload, self._mask))
        except WireError as error:
            self._settle(self._ended(f"broke off: {error}"))
        except Exception as error:  # noqa: BLE001 - raised by the caller's own progress
            self._settle(error)

    def process_exited(self) -> None:
        """End what the process had started, too; called by the event loop."""
        self._signal(_KILL)
        self._exited = True
        # What has left the group may hold the pipes open for ever.
        self._closing = self._loop.call_later(_DRAIN, self._transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the process is gone and all it wrote is read; called by the event loop."""
        del exc
        if self._closing is not None:
            self._closing.cancel()
        self._transport.close()
        self._gone.set_result(None)
        self._settle(self._ended())

    async def _ask(self, payload: bytes) -> Answer:
        if self._gone.done():
            raise self._ended()
        self._answer = self._loop.create_future()
        self._write(payload)
        return await self._answer

    def _take(self, answer: Answer) -> None:
        if self._answer is None or self._answer.done():
            return
        if not isinstance(answer, Note):
            self._answer.set_result(answer)
        elif self._progress is not None and answer.call == self._calls:
            self._progress(answer.fraction, answer.text)

    def _settle(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)

    def _ended(self, what: str | None = None) -> WorkerEnded:
        code = self._transport.get_returncode()
        text = self._printed.decode(errors="replace")
        if self._cut:
            # Half a line could show half a secret, which nobody would recognise.
            text = "".join(text.splitlines(keepends=True)[1:])
        # Masked as a whole, as a secret may run over lines.
        lines = [line[:_WIDTH] for line in self._mask(text).splitlines() if line.strip()]
        return WorkerEnded(what or _ending(code), code, lines[-_LINES:])

    def _write(self, payload: bytes) -> None:
        pipe = cast("Any", self._transport.get_pipe_transport(_STDIN))
        pipe.write(frame(payload))

    def _signal(self, number: int) -> None:
        if self._exited:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self._transport.terminate()
            else:
                os.killpg(self._transport.get_pid(), number)

    async def _wait(self, seconds: float) -> None:
        await asyncio.wait([self._gone], timeout=seconds)


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    passed = worker_environment(environ)
    root = str(Path(__file__).parents[2])
    if root != sysconfig.get_path("purelib"):
        # Last, so that nothing beside the package hides a module of the standard library's.
        paths = [*filter(None, [passed.get("PYTHONPATH")]), root]
        passed["PYTHONPATH"] = os.pathsep.join(paths)
    return passed


def _ending(code: int | None) -> str:
    if code is None or code >= 0:
        return f"ended with exit code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
