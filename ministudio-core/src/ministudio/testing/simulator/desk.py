"""The service itself, free of sockets: requests in, replies out, and everything is counted."""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING

import attrs

from ministudio.plugin import JobState
from ministudio.testing.simulator.exchange import Reply, Request, failed, said
from ministudio.testing.simulator.faults import FaultKind, Operation, faults_in
from ministudio.testing.simulator.films import Films, Look, content_hash
from ministudio.testing.simulator.jobs import REASONS, Job
from ministudio.testing.simulator.misbehave import instead, spoilt
from ministudio.testing.simulator.register import Register
from ministudio.testing.simulator.script import Asked, Script
from ministudio.testing.simulator.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.testing.simulator.faults import Fault

__all__ = ["Desk"]

_BLIND, _IDEMPOTENT = "blind", "idempotent"
_UNKNOWN = failed(404, "unknown", "there is no such job")


class Desk:
    """Takes jobs, answers questions about them, and hands out clips.

    Args:
        terms: The terms of business.
        clock: Seconds since 1970; jobs and links go by it.
    """

    def __init__(self, terms: Terms | None = None, clock: Callable[[], float] = time.time) -> None:
        self.terms = terms or Terms()
        self.clock = clock
        self.script = Script()
        self.register = Register()
        self._films = Films()

    def answer(self, request: Request) -> Reply:  # noqa: PLR0911 - one line for each route
        """Answer one request of a client."""
        if self.terms.key and request.headers.get("authorization") != f"Bearer {self.terms.key}":
            return failed(401, "key", "the key is missing or wrong")
        match request.method, *request.path:
            case "PUT", "uploads", sha256:
                return self._upload(sha256, request.body)
            case "POST", "jobs":
                return self._submit(request)
            case "GET", "jobs":
                return self._find(request.query.get("key", ""), request.query.get("queue", ""))
            case "GET", "jobs", id_:
                return self._about(Operation.POLL, "polls", id_, self._view)
            case "DELETE", "jobs", id_:
                return self._about(Operation.CANCEL, "cancels", id_, self._stop)
            case "GET", "files", name:
                link = request.query.get("link", "")
                return self._about(
                    Operation.FETCH,
                    "fetches",
                    name.removesuffix(".mp4"),
                    lambda job, fault: self._hand_out(job, link, fault),
                )
        return failed(404, "path", f"nothing is at {request.method} /{'/'.join(request.path)}")

    def _upload(self, sha256: str, body: bytes) -> Reply:
        def keep(_: Fault | None) -> Reply:
            if hashlib.sha256(body).hexdigest() != sha256:
                return failed(400, "request", "the upload is not what its name says")
            self.register.uploads.add(sha256)
            return said({"upload": sha256}, 201)

        self.register.tally.count("uploads")
        return self._faulty(Operation.UPLOAD, None, keep)

    def _submit(self, request: Request) -> Reply:
        tally = self.register.tally
        try:
            order = json.loads(request.body)
            content = content_hash(order)
            look = self._films.look(order, content)
            faults_in(order["prompt"])
            ends = {order.get("first_frame"), order.get("last_frame")}
            pictures = ends | set(order.get("references", ()))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            tally.count("submits")
            return failed(400, "request", f"this is no request: {type(error).__name__}: {error}")
        key, queue = request.headers.get("idempotency-key", ""), str(order.get("queue", ""))
        tally.count("submits", key, content)
        number = tally.total.submits
        asked = Asked(number=number, key=key, queue=queue, content=content, order=order)
        if key:
            self.register.asked[key] = asked
        if missing := pictures - {None} - self.register.uploads:
            return failed(400, "request", f"upload first: {', '.join(map(str, missing))}")
        return self._faulty(Operation.SUBMIT, asked, lambda fault: self._take(asked, look, fault))

    def _take(self, asked: Asked, look: Look, fault: Fault | None) -> Reply:
        register = self.register
        same = register.with_key(asked.key, asked.queue)
        if same and (self.terms.idempotent or asked.queue == _IDEMPOTENT):
            return said({"id": same[0].id}, 202)
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
            return failed(422, "content", "it is refused", reasons=REASONS, charged=charged)
        job.fate = self.script.fate(asked)
        register.add(job)
        register.tally.count("accepted", asked.key, asked.content)
        return said({"id": job.id}, 202)

    def _find(self, key: str, queue: str) -> Reply:
        asked = self.register.asked.get(key)
        self.register.tally.count("finds", key, asked.content if asked else "")
        if queue == _BLIND:
            return failed(501, "unknowable", "this queue cannot look jobs up by key")

        def listing(fault: Fault | None) -> Reply:
            now, found = self.clock(), self.register.with_key(key, queue)
            for job in found:
                job.forgotten = fault is not None and fault.kind is FaultKind.FORGET
            since = now - self.terms.lists_after
            known = [job for job in found if not job.forgotten and job.accepted <= since]
            return said({"jobs": [job.view(now) for job in known]})

        return self._faulty(Operation.FIND, asked, listing)

    def _view(self, job: Job, _: Fault | None) -> Reply:
        return said(job.view(self.clock()))

    def _stop(self, job: Job, _: Fault | None) -> Reply:
        if not job.cancel(self.clock()):
            return failed(409, "too_late", "it is too late to cancel")
        return said({"cancel": "requested"}, 202)

    def _hand_out(self, job: Job, link: str, fault: Fault | None) -> Reply:
        now, look, kind = self.clock(), job.look, fault.kind if fault else None
        if kind is FaultKind.EXPIRE:
            job.expire(now)
        job.gone = job.gone or kind is FaultKind.GONE
        if job.state(now) is not JobState.SUCCEEDED:
            return failed(404, "unknown", "there is no result")
        if not job.has_result(now) or link != f"{job.valid_link(now)}":
            return failed(410, "expired", "the link has expired")
        if kind is FaultKind.WRONG_SIZE:
            look = attrs.evolve(look, width=look.height, height=look.width)
        if kind is FaultKind.WRONG_LENGTH:
            look = attrs.evolve(look, seconds=look.seconds * 2)
        return Reply(200, lambda: self._films.clip(look, job.asked.content), kind="video/mp4")

    def _about(
        self,
        operation: Operation,
        count: str,
        id_: str,
        handle: Callable[[Job, Fault | None], Reply],
    ) -> Reply:
        """Count and answer a request about one job."""
        job = self.register.jobs.get(id_)
        if job is None:
            self.register.tally.count(count)
            return _UNKNOWN

        def answer(fault: Fault | None) -> Reply:
            job.forgotten = job.forgotten or (fault is not None and fault.kind is FaultKind.FORGET)
            return _UNKNOWN if job.forgotten else handle(job, fault)

        self.register.tally.count(count, job.asked.key, job.asked.content)
        return self._faulty(operation, job.asked, answer)

    def _faulty(
        self, operation: Operation, asked: Asked | None, handle: Callable[[Fault | None], Reply]
    ) -> Reply:
        """Carry a request out, unless a fault strikes."""
        fault = self.script.strike(operation, asked)
        if fault is None:
            return handle(None)
        return instead(fault) or spoilt(fault, handle(fault))
