"""One request to the service and one reply, free of sockets."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import attrs

__all__ = ["Reply", "Request", "failed", "said"]


@attrs.frozen(kw_only=True)
class Request:
    """What a client sent.

    Args:
        method: In capitals.
        path: Without the query, its parts unquoted.
        query: The query's values by name.
        headers: By name in lower case.
        body: As it came.
    """

    method: str
    path: tuple[str, ...]
    query: Mapping[str, str] = attrs.field(factory=dict)
    headers: Mapping[str, str] = attrs.field(factory=dict)
    body: bytes = b""

    @property
    def json(self) -> Any:
        """The body as JSON.

        Raises:
            ValueError: When it is none.
        """
        return json.loads(self.body)


@attrs.frozen
class Reply:
    """What the service answers, and how badly.

    Args:
        status: The HTTP status.
        body: The bytes, or what makes them; that may take a while and runs in a thread.
        kind: Its content type.
        headers: Further headers.
        delay: Seconds of real time until it is sent.
        silent: Whether nothing is sent at all, until the client goes.
        dropped: Whether the connection is cut instead of an answer.
        cut: Whether the connection is cut half-way through the body.
    """

    status: int
    body: bytes | Callable[[], bytes] = b""
    kind: str = "application/json"
    headers: Mapping[str, str] = attrs.field(factory=dict)
    delay: float = 0.0
    silent: bool = False
    dropped: bool = False
    cut: bool = False

    def with_body(self, change: Callable[[bytes], bytes]) -> Reply:
        """Return the reply with its body changed, once there is one."""
        body = self.body
        if isinstance(body, bytes):
            return attrs.evolve(self, body=change(body))
        return attrs.evolve(self, body=lambda: change(body()))


def said(data: Mapping[str, Any], status: int = 200) -> Reply:
    """Return JSON as a reply."""
    return Reply(status, json.dumps(data).encode())


def failed(status: int, code: str, message: str, **more: object) -> Reply:
    """Return an error as a reply: a code for programs, a message for people."""
    headers = {"Retry-After": f"{more.pop('retry_after')}"} if "retry_after" in more else {}
    error = {"code": code, "message": message, **more}
    return attrs.evolve(said({"error": error}, status), headers=headers)
