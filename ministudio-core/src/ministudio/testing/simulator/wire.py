"""How a service speaks: write one ``Wire``, and the simulator fails in your service's own format.

A wire for a service that takes renders at ``/v1/renders``::

    class PaintboxWire(Wire):
        def read(self, request):
            match request.method, *request.path:
                case "POST", "v1", "renders":
                    return Call("submit", key=request.headers.get("idempotency-key", ""))
                case "GET", "v1", "renders", job:
                    return Call("poll", job)
                case "GET", "v1", "renders", job, "film":
                    return Call("fetch", job)
            return None

        def order(self, request):
            said = request.json
            return Order(prompt=said["prompt"], seconds=said["seconds"])

        def job(self, view):
            return {"id": view.id, "status": view.state, "percent": 100 * view.progress}
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from ministudio.plugin import JobState
from ministudio.testing.simulator.exchange import failed, said
from ministudio.testing.simulator.faults import FaultKind, Operation

if TYPE_CHECKING:
    from ministudio.testing.simulator.exchange import Reply, Request

__all__ = ["Call", "ErrorView", "JobView", "Order", "Wire"]


@attrs.frozen
class Call:
    """What a request asks of the service.

    Args:
        operation: Which operation it is; its name will do.
        job: The job it is about: for polls, downloads and cancels.
        key: The key that a job is submitted with, or looked for by; empty if it has none.
        link: The number of the link that a download goes by; None where a service has no links
            that expire.
        upload: The SHA-256 that an upload claims to have, where it says one.
        queue: The queue it goes to, where a service has several that know nothing of each other.
    """

    operation: Operation = attrs.field(converter=Operation)
    job: str = ""
    key: str = attrs.field(default="", kw_only=True)
    link: str | None = attrs.field(default=None, kw_only=True)
    upload: str = attrs.field(default="", kw_only=True)
    queue: str = attrs.field(default="", kw_only=True)


@attrs.frozen(kw_only=True)
class Order:
    """What a submit asks for; whatever a service does not say has a default.

    Args:
        prompt: The text of the prompt, where faults are looked for.
        seconds: Length of the clip.
        fps: Frames a second.
        width: Width of the frame in pixels, even.
        height: Its height, even.
        seed: The seed, where one was given.
        audio: Whether the clip has sound.
        uploads: The SHA-256 of everything that must have been uploaded before.
        queue: The queue it goes to, where its body says so.
    """

    prompt: str = ""
    seconds: float = 1.0
    fps: int = 24
    width: int = 640
    height: int = 360
    seed: int | None = None
    audio: bool = False
    uploads: Collection[str] = ()
    queue: str = ""


@attrs.frozen(kw_only=True)
class ErrorView:
    """Why the service says no.

    Args:
        status: The HTTP status that goes with it.
        code: What it is: ``key``, ``balance``, ``forbidden``, ``busy``, ``internal``,
            ``overloaded``, ``retired``, ``request``, ``content``, ``job``, ``unknown``,
            ``expired``, ``too_late``, ``unknowable`` or ``path``.
        message: A sentence for people.
        retry_after: Seconds to wait, where it says so.
        reasons: For ``content``: why it was refused.
        charged: For ``content``: whether it was billed all the same.
        replacement: For ``retired``: the model to use instead.
        accepted: False where it says that nothing was taken.
    """

    status: int
    code: str
    message: str
    retry_after: float | None = None
    reasons: Sequence[str] = ()
    charged: bool | None = None
    replacement: str | None = None
    accepted: bool | None = None


@attrs.frozen(kw_only=True)
class JobView:
    """A job as it stands when a client asks.

    Args:
        id: Its id at the service.
        state: Where it is.
        progress: How much of it is done, 0 to 1.
        charged: Whether it costs money, as things stand.
        eta: Seconds still to go, where that is known.
        link: The number of the link that works, once there is a clip.
        expires_at: When that link expires, in seconds since 1970.
        seconds: Length of the clip.
        fps: Its frames a second.
        width: Its width in pixels.
        height: Its height.
        audio: Whether it has sound.
        hue: Which of the simulator's colours it has.
        seed: The seed it was ordered with.
        micros: What it cost, in micro-units of a dollar.
        trouble: Why it failed.
        queue: The queue it was submitted to.
        address: Where the service is reached, for links that are whole addresses.
    """

    id: str
    state: JobState
    progress: float
    charged: bool
    eta: float | None = None
    link: int | None = None
    expires_at: float | None = None
    seconds: float
    fps: int
    width: int
    height: int
    audio: bool
    hue: int
    seed: int | None
    micros: int
    trouble: ErrorView | None = None
    queue: str = ""
    address: str = ""


class Wire(ABC):
    """Reads a service's requests and words its answers; errors have a form that will often do.

    Attributes:
        lacks: The faults that the service has no way of saying; a test of them is skipped.
    """

    lacks: ClassVar[Collection[FaultKind | str]] = ()

    @abstractmethod
    def read(self, request: Request) -> Call | None:
        """Return what a request asks for, or None where there is nothing at its address."""

    @abstractmethod
    def order(self, request: Request) -> Order:
        """Return what a submit asks for.

        Raises:
            ValueError: When it makes no sense; a KeyError or TypeError counts as well.
        """

    @abstractmethod
    def job(self, view: JobView) -> Mapping[str, Any]:
        """Return what a poll answers."""

    def key(self, request: Request) -> str:
        """Return the credentials that a request came with: those after ``Bearer``."""
        return request.headers.get("authorization", "").removeprefix("Bearer ")

    def taken(self, view: JobView) -> Reply:
        """Return the answer to a submit that was taken: 201, and the job."""
        return said(self.job(view), 201)

    def listing(self, views: Sequence[JobView]) -> Mapping[str, Any]:
        """Return what a search by key answers."""
        return {"jobs": [self.job(view) for view in views]}

    def stopped(self, view: JobView) -> Reply:
        """Return the answer to a cancel that was not too late: 202, and the job."""
        return said(self.job(view), 202)

    def uploaded(self, sha256: str) -> Reply:
        """Return the answer to an upload."""
        return said({"upload": sha256}, 201)

    def error(self, trouble: ErrorView) -> Reply:
        """Return a refusal: its status, and ``{"error": {"code": …, "message": …}}``."""
        facts: dict[str, object] = {
            "reasons": trouble.reasons or None,
            "charged": trouble.charged,
            "replacement": trouble.replacement,
            "accepted": trouble.accepted,
            "retry_after": trouble.retry_after
            if trouble.retry_after is None
            else f"{trouble.retry_after:g}",
        }
        known = {name: fact for name, fact in facts.items() if fact is not None}
        return failed(trouble.status, trouble.code, trouble.message, **known)
