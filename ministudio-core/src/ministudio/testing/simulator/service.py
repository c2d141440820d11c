"""The service as a test holds it: started in a thread, told how to fail, asked what it counted."""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
import time
from typing import TYPE_CHECKING, Final, Self

from ministudio.plugin import PluginContext, Secret
from ministudio.testing.service import VideoService
from ministudio.testing.simulator.connection import Connection
from ministudio.testing.simulator.desk import Desk
from ministudio.testing.simulator.exchange import Reply, Request, failed, said
from ministudio.testing.simulator.faults import FAULTS, Fault, FaultKind
from ministudio.testing.simulator.register import Register
from ministudio.testing.simulator.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from ministudio.testing.simulator.faults import Operation
    from ministudio.testing.simulator.tally import Bill, Stats
    from ministudio.testing.simulator.wire import Wire

__all__ = ["SimulatedService"]

_PATIENCE: Final = 10.0
_SETTINGS: Final = {"SIMULATOR_URL": "{url}", "SIMULATOR_API_KEY": VideoService.KEY}
_OPTIONS: Final = {"poll_every": 0.01, "patience": 2.0}


class SimulatedService(VideoService):
    """A video service on this machine's own network, with a memory and a bad temper.

    It can be stopped and started again: it keeps its port and remembers everything.

    Args:
        terms: The terms of business. Without them a service with settings of its own wants the
            key ``VideoService.KEY``, and any other takes every key, or none.
        clock: Seconds since 1970; jobs and links go by it.
        port: The port to listen on; 0 finds a free one.
        wire: How it speaks; by default in the simulator's own format.
        settings: What the provider is told, by the names of its settings: ``{url}`` becomes the
            service's address, and what holds ``VideoService.KEY`` is handed over as a secret.
        options: The options the provider is told.

    Example::

        with SimulatedService() as service:
            service.fault("429", times=2, seconds=0.1, prompt="the dog barks")
            assert set(service.stats.bills_by_content.values()) == {1}

    In your own service's format, for a provider of yours::

        settings = {"PAINTBOX_URL": "{url}", "PAINTBOX_API_KEY": VideoService.KEY}
        with SimulatedService(wire=PaintboxWire(), settings=settings) as service:
            provider = PaintboxProvider(service.context())
    """

    def __init__(
        self,
        terms: Terms | None = None,
        *,
        clock: Callable[[], float] = time.time,
        port: int = 0,
        wire: Wire | None = None,
        settings: Mapping[str, str] | None = None,
        options: Mapping[str, object] | None = None,
    ) -> None:
        if terms is None and settings is not None:
            terms = Terms(key=self.KEY)
        self._settings = _SETTINGS if settings is None else settings
        self._options = _OPTIONS if options is None and wire is None else options or {}
        self._desk = Desk(terms, clock, wire)
        self._port = port
        # Requests come in one thread, and a test asks from another.
        self._lock = threading.Lock()
        self._connections: set[Connection] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where it listens; fit for ``SIMULATOR_URL``."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def stats(self) -> Stats:
        """What it has counted so far, and the bills that stand."""
        with self._lock:
            register = self._desk.register
            return register.tally.stats(register.bills(self._desk.clock()))

    @property
    def submits(self) -> int:
        """How many orders reached it, whatever became of them."""
        return self._desk.register.tally.total.submits

    @property
    def taken(self) -> int:
        """How many jobs it took."""
        return self._desk.register.tally.total.accepted

    @property
    def orders(self) -> Sequence[object]:
        """The latest submits' bodies as they came."""
        with self._lock:
            return tuple(self._desk.orders)

    @property
    def bills(self) -> tuple[Bill, ...]:
        """The bills that stand."""
        return self.stats.bills

    def start(self) -> None:
        """Listen, and return when it does.

        Raises:
            OSError: When the port is taken.
        """
        ready: list[OSError | int] = []
        started = threading.Event()
        self._thread = threading.Thread(
            target=self._serve, args=(ready, started), name="simulated service", daemon=True
        )
        self._thread.start()
        started.wait(_PATIENCE)
        if not ready or isinstance(ready[0], OSError):
            raise ready[0] if ready and isinstance(ready[0], OSError) else OSError("it hangs")
        self._port = ready[0]

    def stop(self) -> None:
        """Cut every connection and listen no more; nothing is forgotten."""
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_PATIENCE)
        self._loop = self._thread = None

    def context(self) -> PluginContext:
        """Return the options and settings by which a provider finds this service."""
        said = {name: text.replace("{url}", self.url) for name, text in self._settings.items()}
        return PluginContext(
            options=dict(self._options),
            settings={
                name: Secret(text, name) if self.KEY in text else text
                for name, text in said.items()
            },
        )

    def can(self, kind: FaultKind, operation: Operation) -> bool:
        """Return whether a fault may strike there, and its wire can say so."""
        return operation in FAULTS[kind][1] and kind not in self._desk.wire.lacks

    def settle(self) -> None:
        """Make the clips of the jobs that were taken; each is made once."""
        with self._lock:
            desk, jobs = self._desk, list(self._desk.register.jobs.values())
        for job in jobs:
            desk.make(job)

    def received(self, data: bytes) -> bool:
        """Return whether a file's bytes were uploaded, or came with an order."""
        known = hashlib.sha256(data).hexdigest() in self._desk.register.uploads
        return known or super().received(data)

    def fault(self, fault: Fault | FaultKind | str, **fields: object) -> Fault:
        """Add a fault, given whole or by its kind and fields, and return it.

        Raises:
            ValueError: When it is no fault.
        """
        made = fault if isinstance(fault, Fault) else Fault.from_json({"kind": fault, **fields})
        with self._lock:
            self._desk.script.add(made)
        return made

    def be_good(self) -> None:
        """Take every fault back."""
        with self._lock:
            self._desk.script.clear()

    def forget(self) -> None:
        """Forget every job and upload, as a service does whose disk is lost; bills stand."""
        with self._lock:
            self._desk.register.forget()

    def load(self, state: Path) -> None:
        """Remember what ``save`` wrote; a file that does not exist is no memory."""
        if state.exists():
            data = json.loads(state.read_text("utf-8"))
            with self._lock:
                self._desk.register = Register.from_json(data, self._desk.terms)

    def save(self, state: Path) -> None:
        """Write everything it remembers to a file; faults that are still to come are left out."""
        with self._lock:
            data = self._desk.register.to_json()
        state.write_text(json.dumps(data), "utf-8")

    def answer(self, request: Request) -> Reply:
        """Answer a request: of a test in another process, or of a client."""
        try:
            match request.method, *request.path:
                case "GET", "stats":
                    return said(self.stats.to_json())
                case "POST", "faults":
                    self.fault(Fault.from_json(json.loads(request.body)))
                    return said({}, 201)
                case "DELETE", "faults":
                    self.be_good()
                    return said({})
                case "POST", "forget":
                    self.forget()
                    return said({})
        except (ValueError, TypeError) as error:
            return failed(400, "request", str(error))
        with self._lock:
            return self._desk.answer(request)

    def _serve(self, ready: list[OSError | int], started: threading.Event) -> None:
        loop = asyncio.new_event_loop()
        listening = loop.create_server(
            lambda: Connection(self.answer, self._connections),
            "127.0.0.1",
            self._port,
            backlog=1024,
        )
        try:
            server = loop.run_until_complete(listening)
        except OSError as error:
            ready.append(error)
            loop.close()
            started.set()
            return
        ready.append(server.sockets[0].getsockname()[1])
        self._loop = loop
        started.set()
        loop.run_forever()
        server.close()
        loop.run_until_complete(self._hang_up())
        loop.run_until_complete(server.wait_closed())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    async def _hang_up(self) -> None:
        for connection in self._connections:
            connection.cut()
        late = asyncio.all_tasks() - {asyncio.current_task()}
        for answer in late:
            answer.cancel()
        await asyncio.gather(*late, return_exceptions=True)
