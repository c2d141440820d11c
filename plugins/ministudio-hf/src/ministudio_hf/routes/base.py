"""What a route is: the words of one provider behind the router."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote, urlsplit

import attrs

from ministudio.plugin import Cancel, JobState, ProviderError

if TYPE_CHECKING:
    from ministudio_hf._client import Answer
    from ministudio_hf._mapping import Ask

__all__ = ["Call", "Order", "Route", "View", "path_of", "quoted"]


@attrs.frozen(kw_only=True)
class Order:
    """A request that costs money: where it goes, behind the route's own address, and with what."""

    path: str
    body: Mapping[str, Any]
    headers: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen
class Call:
    """A request that costs nothing."""

    method: str
    path: str


@attrs.frozen(kw_only=True)
class View:
    """A job as an answer shows it.

    Args:
        state: Where it is.
        progress: Fraction done, where the provider says.
        url: Where the clip lies, once there is one.
        error: Why it failed.
        charged: Whether it cost money, where the provider says.
        cost: What it cost in millionths of a dollar, where the provider says.
        seed: The seed it was made with, where the provider says.
        meta: What else is worth keeping.
    """

    state: JobState
    progress: float | None = None
    url: str | None = None
    error: ProviderError | None = None
    charged: bool | None = None
    cost: int | None = None
    seed: int | None = None
    meta: Mapping[str, Any] = attrs.field(factory=dict)


class Route(ABC):
    """The words of one provider; all of it is pure."""

    name: ClassVar[str]
    """The provider's name on the Hub, and in the router's addresses."""

    @abstractmethod
    def order(self, ask: Ask) -> Order:
        """Return what orders a clip.

        Raises:
            InvalidRequest: When the provider cannot do what is asked.
        """

    @abstractmethod
    def job(self, answer: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return a new job's id and the path it is found under; None when it names none."""

    def status(self, path: str) -> Call:
        """Return what asks where a job is."""
        return Call("GET", path)

    @abstractmethod
    def view(self, answer: Answer, job: str) -> View | None:
        """Return what the answer to ``status`` shows; None when it is no job."""

    def result(self, path: str) -> Call | None:
        """Return what asks for the result of a job that is over, where that is another call."""
        del path
        return None

    def result_view(self, answer: Answer, job: str) -> View | None:
        """Return what the answer to ``result`` shows; None when nobody can tell."""
        return self.view(answer, job)

    def cancel(self, path: str) -> Call | None:
        """Return what asks for a job's end; None where there is no such call."""
        del path
        return None

    def cancelled(self, answer: Answer) -> Cancel | None:
        """Return what asking for a cancel came to; None when the answer is an error."""
        if answer.status in {200, 201, 202, 204}:
            return Cancel.REQUESTED
        if answer.status in {400, 404, 409, 410}:
            return Cancel.TOO_LATE
        return Cancel.UNSUPPORTED if answer.status in {405, 501} else None


def path_of(url: object) -> str | None:
    """Return an address's path: the host that an answer names is never asked."""
    if not isinstance(url, str) or not url:
        return None
    path = urlsplit(url).path
    return path if path.startswith("/") and path != "/" else None


def quoted(text: str) -> str:
    """Return a job's id as a part of a path."""
    return quote(text, safe="")
