"""HTTP/1.1 on a socket, as little of it as the service needs: kept connections, cheap requests."""

from __future__ import annotations

import asyncio
from http.client import responses
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from ministudio.testing.simulator.exchange import Reply, Request

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Connection"]


class Connection(asyncio.Protocol):
    """One client's connection: a request is answered, then the next is read.

    Args:
        answer: Called with each request, in the event loop's thread.
        everybody: The connections that are open; this one is in it while it is.
    """

    def __init__(self, answer: Callable[[Request], Reply], everybody: set[Connection]) -> None:
        self._answer = answer
        self._everybody = everybody
        self._transport: asyncio.Transport | None = None
        self._unread = bytearray()
        self._busy = False
        self._work: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin with a client."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._everybody.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a client that has gone."""
        del exc
        self._transport = None
        self._everybody.discard(self)
        if self._work is not None:
            self._work.cancel()

    def data_received(self, data: bytes) -> None:
        """Read on, and answer when a request is whole."""
        self._unread += data
        self._go_on()

    def cut(self) -> None:
        """End the connection at once, in the middle of whatever it was."""
        if self._transport is not None:
            self._transport.abort()

    def _go_on(self) -> None:
        while not self._busy and (request := self._next()) is not None:
            reply = self._answer(request)
            if reply.silent:
                self._busy = True
            elif reply.dropped:
                self.cut()
            elif reply.delay or not isinstance(reply.body, bytes):
                self._busy = True
                self._work = asyncio.get_running_loop().create_task(self._later(reply))
            else:
                self._send(reply, reply.body)

    async def _later(self, reply: Reply) -> None:
        body = reply.body
        if not isinstance(body, bytes):
            try:
                body = await asyncio.get_running_loop().run_in_executor(None, body)
            except BaseException:
                # A client that waits for what will never come is a fault nobody ordered.
                self.cut()
                raise
        if reply.delay:
            await asyncio.sleep(reply.delay)
        self._send(reply, body)
        self._busy, self._work = False, None
        self._go_on()

    def _send(self, reply: Reply, body: bytes) -> None:
        if self._transport is None:
            return
        head = [
            f"HTTP/1.1 {reply.status} {responses.get(reply.status, '')}",
            f"Content-Type: {reply.kind}",
            f"Content-Length: {len(body)}",
            *(f"{name}: {value}" for name, value in reply.headers.items()),
        ]
        start = "\r\n".join([*head, "\r\n"]).encode()
        if reply.cut:
            self._transport.write(start + body[: len(body) // 2])
            # An orderly end: what was sent arrives, and the rest never does.
            self._transport.close()
        else:
            self._transport.write(start + body)

    def _next(self) -> Request | None:
        """Take one whole request off what has been read."""
        end = self._unread.find(b"\r\n\r\n")
        if end < 0:
            return None
        first, *lines = self._unread[:end].decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        try:
            method, target, _ = first.split(" ")
            until = end + 4 + int(headers.get("content-length", "0"))
        except ValueError:
            self._send(Reply(400, kind="text/plain"), b"this is no HTTP request")
            self.cut()
            return None
        if len(self._unread) < until:
            return None
        body = bytes(self._unread[end + 4 : until])
        del self._unread[:until]
        url = urlsplit(target)
        return Request(
            method=method,
            path=tuple(unquote(part) for part in url.path.split("/") if part),
            query=dict(parse_qsl(url.query)),
            headers=headers,
            body=body,
        )
