"""One job: where it is and what it costs follow from the clock alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ministudio.plugin import JobState
from ministudio.testing.simulator.faults import Fault, FaultKind
from ministudio.testing.simulator.films import Look
from ministudio.testing.simulator.script import Asked
from ministudio.testing.simulator.tally import Bill
from ministudio.testing.simulator.terms import Terms
from ministudio.testing.simulator.wire import ErrorView, JobView

if TYPE_CHECKING:
    from collections.abc import Mapping


__all__ = ["REASONS", "Job"]

REASONS = ("violence", "likeness")
"""Why content is refused, always."""

_QUEUED = 0.1


@attrs.define(kw_only=True)
class Job:
    """A job that was taken.

    Args:
        id: Its id at the service.
        asked: What it was asked for.
        look: How its clip looks.
        terms: What held when it was taken.
        accepted: When it was taken, in seconds since 1970, as are all times here.
        fate: The faults that befall it.
        cancelled: When it was cancelled.
        link: Which of its links is the valid one.
        linked: When that was given out.
        gone: Whether its result is deleted.
        forgotten: Whether the service no longer knows it; what it cost stays billed.
    """

    id: str
    asked: Asked
    look: Look
    terms: Terms
    accepted: float
    fate: tuple[Fault, ...] = ()
    cancelled: float | None = None
    link: int = 1
    linked: float | None = None
    gone: bool = False
    forgotten: bool = False

    @property
    def takes(self) -> float:
        """How many seconds it takes from its acceptance to its end."""
        if self._fate(FaultKind.STUCK):
            return float("inf")
        slow = self._fate(FaultKind.TAKES)
        whole = self.terms.takes if slow is None or slow.seconds is None else slow.seconds
        return whole / 2 if self._fate(FaultKind.FAIL) else whole

    @property
    def bad_end(self) -> Fault | None:
        """The fault that it ends with, if it does not succeed."""
        return self._fate(FaultKind.FAIL) or self._fate(FaultKind.REFUSE_LATE)

    def state(self, now: float) -> JobState:
        """Return where the job is."""
        if self.cancelled is not None:
            return JobState.CANCELLED
        done = now - self.accepted
        if done >= self.takes:
            return JobState.FAILED if self.bad_end else JobState.SUCCEEDED
        return JobState.QUEUED if done < self.takes * _QUEUED else JobState.RUNNING

    def charged(self, now: float) -> bool:
        """Return whether it costs money, as things stand."""
        state, end = self.state(now), self.bad_end
        if state is JobState.CANCELLED:
            return not self.terms.refunds_cancels
        if state is JobState.FAILED and end is not None:
            refused = end.kind is FaultKind.REFUSE_LATE
            usual = self.terms.charges_refusals if refused else self.terms.charges_failures
            return usual if end.charged is None else end.charged
        return state is JobState.SUCCEEDED or self.terms.bills == "accepted"

    def cancel(self, now: float) -> bool:
        """Ask for an end, and return whether it is not too late for that."""
        if self.state(now).ended:
            return False
        if not self._fate(FaultKind.CANCEL_RACE):
            self.cancelled = now
        return True

    def has_result(self, now: float) -> bool:
        """Return whether its clip can still be had."""
        until = self.accepted + self.takes + self.terms.results_live
        return self.state(now) is JobState.SUCCEEDED and not self.gone and now < until

    def valid_link(self, now: float) -> int:
        """Return the number of a link that works; an expired one is replaced."""
        if self.linked is None:
            self.linked = now
        elif now >= self.linked + self.terms.links_live:
            self.expire(now)
        return self.link

    def expire(self, now: float) -> None:
        """Let the link expire, so that the next poll gives another."""
        self.link, self.linked = self.link + 1, now

    def bill(self) -> Bill:
        """Return the bill for it."""
        asked, micros = self.asked, self.terms.price(self.look.seconds)
        return Bill(
            job=self.id,
            key=asked.key,
            content=asked.content,
            queue=asked.queue,
            prompt=asked.prompt,
            micros=micros,
        )

    def view(self, now: float, address: str = "") -> JobView:
        """Return what a poll is told, at a service that is reached at an address."""
        state, takes, look = self.state(now), self.takes, self.look
        known = 0 < takes < float("inf")
        done = 1.0 if state is JobState.SUCCEEDED else (now - self.accepted) / takes if known else 0
        link = self.valid_link(now) if self.has_result(now) else None
        return JobView(
            id=self.id,
            state=state,
            progress=min(done, 1.0),
            charged=self.charged(now),
            eta=max(0.0, self.accepted + takes - now) if known and not state.ended else None,
            link=link,
            expires_at=None if link is None else (self.linked or now) + self.terms.links_live,
            seconds=look.seconds,
            fps=look.fps,
            width=look.width,
            height=look.height,
            audio=look.sound,
            hue=look.hue,
            seed=self.asked.seed,
            micros=self.terms.price(look.seconds),
            trouble=self._trouble() if state is JobState.FAILED else None,
            queue=self.asked.queue,
            address=address,
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any], terms: Terms) -> Job:
        """Return the job that ``attrs.asdict`` wrote, under terms that may be new."""
        made = {
            "asked": Asked(**data["asked"]),
            "look": Look(**data["look"]),
            "fate": tuple(Fault.from_json(fault) for fault in data["fate"]),
            "terms": terms,
        }
        return cls(**{**data, **made})

    def _fate(self, kind: FaultKind) -> Fault | None:
        return next((fault for fault in self.fate if fault.kind is kind), None)

    def _trouble(self) -> ErrorView | None:
        if self.bad_end is None:
            return None
        if self.bad_end.kind is FaultKind.REFUSE_LATE:
            return ErrorView(status=422, code="content", message="it was refused", reasons=REASONS)
        return ErrorView(status=500, code="job", message="a machine broke down")
