"""The service itself, free of sockets: requests in, replies out, and everything is counted."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import JobState
from ministudio.testing.simulator.exchange import Reply, Request, said
from ministudio.testing.simulator.faults import FaultKind, Operation, faults_in
from ministudio.testing.simulator.films import Films, Look, content_hash
from ministudio.testing.simulator.jobs import REASONS, Job
from ministudio.testing.simulator.misbehave import instead, spoilt
from ministudio.testing.simulator.own import SimulatorWire
from ministudio.testing.simulator.register import Register
from ministudio.testing.simulator.script import Asked, Script
from ministudio.testing.simulator.terms import Terms
from ministudio.testing.simulator.wire import ErrorView

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.testing.simulator.faults import Fault
    from ministudio.testing.simulator.wire import Call, JobView, Wire

__all__ = ["Desk"]

_BLIND, _IDEMPOTENT = "blind", "idempotent"
_KEPT: Final = 512
_UNKNOWN: Final = ErrorView(status=404, code="unknown", message="there is no such job")
_LATE: Final = ErrorView(status=409, code="too_late", message="it is too late to cancel")
_EXPIRED: Final = ErrorView(status=410, code="expired", message="the link has expired")
_NO_RESULT: Final = attrs.evolve(_UNKNOWN, message="there is no result")
_NO_KEY: Final = ErrorView(status=401, code="key", message="the key is missing or wrong")
_BLIND_QUEUE: Final = ErrorView(
    status=501, code="unknowable", message="this queue cannot look jobs up by key"
)


class Desk:
    """Takes jobs, answers questions about them, and hands out clips.

    Args:
        terms: The terms of business.
        clock: Seconds since 1970; jobs and links go by it.
        wire: How it speaks; the simulator's own way by default.
    """

    def __init__(
        self,
        terms: Terms | None = None,
        clock: Callable[[], float] = time.time,
        wire: Wire | None = None,
    ) -> None:
        self.terms = terms or Terms()
        self.clock = clock
        self.wire = wire or SimulatorWire()
        self.script = Script()
        self.register = Register()
        self.orders: deque[object] = deque(maxlen=_KEPT)
        self._films = Films()

    def answer(self, request: Request) -> Reply:
        """Answer one request of a client."""
        if self.terms.key and self.wire.key(request) != self.terms.key:
            return self.wire.error(_NO_KEY)
        if (call := self.wire.read(request)) is None:
            nothing = f"nothing is at {request.method} /{'/'.join(request.path)}"
            return self.wire.error(ErrorView(status=404, code="path", message=nothing))
        return self._carry_out(call, request, f"http://{request.headers.get('host', '')}")

    def _carry_out(self, call: Call, request: Request, address: str) -> Reply:
        match call.operation:
            case Operation.UPLOAD:
                return self._upload(call.upload, request.body)
            case Operation.SUBMIT:
                return self._submit(call, request, address)
            case Operation.FIND:
                return self._find(call.key, call.queue, address)
            case Operation.POLL:
                return self._about(
                    call, "polls", lambda job, _: said(self.wire.job(self._view(job, address)))
                )
            case Operation.CANCEL:
                return self._about(call, "cancels", lambda job, _: self._stop(job, address))
            case Operation.FETCH:
                return self._about(
                    call, "fetches", lambda job, fault: self._hand_out(job, call.link, fault)
                )

    def _upload(self, claimed: str, body: bytes) -> Reply:
        def keep(_: Fault | None) -> Reply:
            sha256 = hashlib.sha256(body).hexdigest()
            if claimed and sha256 != claimed:
                return self._senseless("the upload is not what its name says")
            self.register.uploads.add(sha256)
            return self.wire.uploaded(sha256)

        self.register.tally.count("uploads")
        return self._faulty(Operation.UPLOAD, None, keep)

    def _submit(self, call: Call, request: Request, address: str) -> Reply:
        tally = self.register.tally
        self.orders.append(_received(request))
        try:
            order = self.wire.order(request)
            faults_in(order.prompt)
            content = content_hash(_received(request))
            look = self._films.look(order, content)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            tally.count("submits")
            return self._senseless(f"this is no request: {type(error).__name__}: {error}")
        tally.count("submits", call.key, content)
        asked = Asked(
            number=tally.total.submits,
            key=call.key,
            queue=order.queue or call.queue,
            content=content,
            prompt=order.prompt,
            seed=order.seed,
        )
        if asked.key:
            self.register.asked[asked.key] = asked
        if missing := set(order.uploads) - self.register.uploads:
            return self._senseless(f"upload first: {', '.join(map(str, missing))}")
        return self._faulty(
            Operation.SUBMIT, asked, lambda fault: self._take(asked, look, fault, address)
        )

    def _take(self, asked: Asked, look: Look, fault: Fault | None, address: str) -> Reply:
        register = self.register
        same = register.with_key(asked.key, asked.queue)
        if same and (self.terms.idempotent or asked.queue == _IDEMPOTENT):
            return self.wire.taken(self._view(same[0], address))
        job = Job(
            id=f"job-{len(register.jobs) + 1:06}",
            asked=asked,
            look=look,
            terms=self.terms,
            accepted=self.clock(),
        )
        if fault and fault.kind is FaultKind.REFUSE:
            charged = self.terms.charges_refusals if fault.charged is None else fault.charged
            if charged:
                register.refusals.append(attrs.evolve(job.bill(), job=""))
            refused = ErrorView(
                status=422, code="content", message="it is refused", reasons=REASONS
            )
            return self.wire.error(attrs.evolve(refused, charged=charged))
        job.fate = self.script.fate(asked)
        register.add(job)
        register.tally.count("accepted", asked.key, asked.content)
        return self.wire.taken(self._view(job, address))

    def _find(self, key: str, queue: str, address: str) -> Reply:
        asked = self.register.asked.get(key)
        self.register.tally.count("finds", key, asked.content if asked else "")
        if queue == _BLIND:
            return self.wire.error(_BLIND_QUEUE)

        def listing(fault: Fault | None) -> Reply:
            now, found = self.clock(), self.register.with_key(key, queue)
            for job in found:
                job.forgotten = fault is not None and fault.kind is FaultKind.FORGET
            since = now - self.terms.lists_after
            known = [job for job in found if not job.forgotten and job.accepted <= since]
            return said(self.wire.listing([job.view(now, address) for job in known]))

        return self._faulty(Operation.FIND, asked, listing)

    def _view(self, job: Job, address: str) -> JobView:
        return job.view(self.clock(), address)

    def _stop(self, job: Job, address: str) -> Reply:
        if not job.cancel(self.clock()):
            return self.wire.error(_LATE)
        return self.wire.stopped(self._view(job, address))

    def _hand_out(self, job: Job, link: str | None, fault: Fault | None) -> Reply:
        now, look, kind = self.clock(), job.look, fault.kind if fault else None
        expired = kind is FaultKind.EXPIRE
        if expired:
            job.expire(now)
        job.gone = job.gone or kind is FaultKind.GONE
        if job.state(now) is not JobState.SUCCEEDED:
            return self.wire.error(_NO_RESULT)
        if link is not None:
            expired = link != f"{job.valid_link(now)}"
        if expired or not job.has_result(now):
            return self.wire.error(_EXPIRED)
        if kind is FaultKind.WRONG_SIZE:
            look = attrs.evolve(look, width=look.height, height=look.width)
        if kind is FaultKind.WRONG_LENGTH:
            look = attrs.evolve(look, seconds=look.seconds * 2)
        return Reply(200, lambda: self._films.clip(look, job.asked.content), kind="video/mp4")

    def make(self, job: Job) -> None:
        """Make a job's clip, so that a download finds it ready; may be called from any thread."""
        self._films.clip(job.look, job.asked.content)

    def _about(self, call: Call, count: str, handle: Callable[[Job, Fault | None], Reply]) -> Reply:
        """Count and answer a request about one job."""
        job = self.register.jobs.get(call.job)
        if job is None:
            self.register.tally.count(count)
            return self.wire.error(_UNKNOWN)

        def answer(fault: Fault | None) -> Reply:
            job.forgotten = job.forgotten or (fault is not None and fault.kind is FaultKind.FORGET)
            return self.wire.error(_UNKNOWN) if job.forgotten else handle(job, fault)

        self.register.tally.count(count, job.asked.key, job.asked.content)
        return self._faulty(call.operation, job.asked, answer)

    def _senseless(self, message: str) -> Reply:
        return self.wire.error(ErrorView(status=400, code="request", message=message))

    def _faulty(
        self, operation: Operation, asked: Asked | None, handle: Callable[[Fault | None], Reply]
    ) -> Reply:
        """Carry a request out, unless a fault strikes."""
        fault = self.script.strike(operation, asked)
        if fault is None:
            return handle(None)
        return instead(fault, self.wire) or spoilt(fault, handle(fault), self.wire)


def _received(request: Request) -> object:
    """Return a submit's body as JSON, else as the text it is."""
    try:
        return request.json
    except ValueError:
        return request.body.decode("utf-8", "replace")
