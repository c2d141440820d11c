"""What an exception of Google's libraries says, whichever of them raised it; pure.

Each library has a tree of its own (google-genai two of them), and google-genai 2 and 3 stand on
different HTTP libraries. So exceptions are read by what they carry, and none of the libraries is
imported here.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.plugin import retry_after

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Trouble", "read"]

_HTTP: Final = frozenset({"httpx", "httpx2", "httpcore", "httpcore2", "requests", "urllib3"})
_UNSENT: Final = (
    *("ConnectError", "ConnectTimeout", "ConnectTimeoutError", "NewConnectionError"),
    *("NameResolutionError", "ProxyError", "UnsupportedProtocol", "InvalidURL"),
)
_DEDICATED: Final = re.compile(r"Status code: ?(\d{3}), response: ?(.*)", re.DOTALL)
_NOISE: Final = re.compile(r"<[^>]+>|\s+")
_LONGEST: Final = 400


@attrs.frozen(kw_only=True)
class Trouble:
    """What went wrong, in one form.

    Args:
        status: The HTTP status, where there was an answer.
        code: Google's word for it, such as ``RESOURCE_EXHAUSTED`` or ``safety``.
        reason: The more exact word in the details, such as ``SERVICE_DISABLED``.
        message: What was said, in one line.
        retry_after: Seconds to wait, where they were named.
        credentials: Whether it was about getting credentials: nothing was sent.
        unsent: Whether no connection could be made: nothing was sent.
    """

    status: int | None = None
    code: str = ""
    reason: str = ""
    message: str = ""
    retry_after: float | None = None
    credentials: bool = False
    unsent: bool = False


def read(error: BaseException) -> Trouble:
    """Return what ``error`` says."""
    module = type(error).__module__
    if module.startswith("google.auth"):
        # A refused token and a token service out of reach look alike but for their names.
        away = any(type(one).__name__ == "TransportError" for one in _chain(error))
        return Trouble(message=_line(str(error)), credentials=not away, unsent=True)
    status = _status(error)
    if status is not None and status < 400:  # noqa: PLR2004 - an answer, and no error
        status = None
    if status is None and (found := _DEDICATED.search(str(error))):
        return _answered(int(found[1]), found[2], None)
    if status is None:
        return Trouble(message=_line(_said(error)), unsent=_was_unsent(error))
    body = getattr(error, "body", None) or getattr(error, "details", None)
    if not _is_json(body):
        body = getattr(error, "message", None) or body or str(error)
    return _answered(status, body, getattr(error, "response", None))


def _answered(status: int, body: Any, response: Any) -> Trouble:
    inner = _error_of(body)
    details = [one for one in inner.get("details") or () if isinstance(one, Mapping)]
    code = inner.get("status") or inner.get("code") or ""
    headers = getattr(response, "headers", None) or {}
    return Trouble(
        status=status,
        code=code if isinstance(code, str) else "",
        reason=next((str(one["reason"]) for one in details if "reason" in one), ""),
        message=_line(str(inner.get("message") or "no reason given")),
        retry_after=_retry_after(str(headers.get("retry-after", "")), details),
    )


def _is_json(body: Any) -> bool:
    """Whether it is an answer's body; google-api-core keeps messages of protobuf there."""
    return isinstance(body[0] if isinstance(body, list) and body else body, Mapping)


def _error_of(body: Any) -> Mapping[str, Any]:
    if isinstance(body, list):
        body = body[0] if body else {}
    if not isinstance(body, Mapping):
        return {"message": str(body)}
    inner = body.get("error", body)
    return inner if isinstance(inner, Mapping) else {"message": str(inner)}


def _status(error: BaseException) -> int | None:
    for name in ("status_code", "code"):
        value = getattr(error, name, None)
        if isinstance(value, int) and 100 <= value < 600:  # noqa: PLR2004 - HTTP's own range
            return int(value)
    return None


def _retry_after(header: str, details: list[Mapping[str, Any]]) -> float | None:
    delays = [str(one["retryDelay"]).removesuffix("s") for one in details if "retryDelay" in one]
    now = time.time()
    waits = (retry_after(text, now) for text in (header, *delays))
    return next((wait for wait in waits if wait is not None), None)


def _was_unsent(error: BaseException) -> bool:
    return any(
        type(one).__name__ in _UNSENT and type(one).__module__.partition(".")[0] in _HTTP
        for one in _chain(error)
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and all that led to it; requests keeps the cause among the arguments."""
    seen: set[int] = set()
    waiting: list[Any] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]


def _said(error: BaseException) -> str:
    """An error's words; where it has none of its own, those of what led to it."""
    for one in (error, error.__cause__, error.__context__):
        if one is not None and str(one).strip(" ."):
            return f"{type(one).__name__}: {one}"
    return type(error).__name__


def _line(text: str) -> str:
    text = _NOISE.sub(" ", text).strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
