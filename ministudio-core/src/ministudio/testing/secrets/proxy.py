"""A proxy on this machine that stands before an HTTP server, and can be told to misbehave."""

from __future__ import annotations

import http.client
import os
import socket
import struct
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit

import attrs

from ministudio.testing.secrets.trouble import Trouble

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

__all__ = ["FaultProxy", "Reply"]


@attrs.frozen(kw_only=True)
class Reply:
    """An answer as it goes over the wire."""

    status: int
    body: bytes
    headers: Mapping[str, str] = attrs.field(factory=lambda: {"Content-Type": "application/json"})


_THROTTLED: Final = Reply(
    status=429,
    body=b'{"message": "too many requests"}',
    headers={"Content-Type": "application/json", "Retry-After": "1"},
)
_UNAVAILABLE: Final = Reply(
    status=503, body=b"upstream connect error", headers={"Content-Type": "text/plain"}
)
_SIGN_IN: Final = Reply(
    status=200,
    body=b"<!DOCTYPE html><html><body><h1>Welcome to the hotel. Please sign in.</h1></body></html>",
    headers={"Content-Type": "text/html"},
)
_HOP_BY_HOP: Final = {"connection", "keep-alive", "transfer-encoding", "content-length"}
_DRIP_SECONDS: Final = 0.1


class FaultProxy:
    """Passes requests on to a server, or does what ``trouble`` says instead.

    Args:
        upstream: The server's address, ``http://127.0.0.1:PORT``.
        tls: With it the proxy speaks https on its own side.
        throttled: How the vendor says that there were too many requests.

    Attributes:
        trouble: What happens to every request from now on; None passes them on.
        reply: What every request is answered with from now on, for what a server cannot say.
        asked: How many requests have come.
        headers: The headers of the last one.
    """

    def __init__(
        self, upstream: str, *, tls: ssl.SSLContext | None = None, throttled: Reply = _THROTTLED
    ) -> None:
        self.trouble: Trouble | None = None
        self.reply: Reply | None = None
        self.asked = 0
        self.headers: Mapping[str, str] = {}
        self.closed = threading.Event()
        self._upstream = urlsplit(upstream)
        self._replies = {
            Trouble.THROTTLED: throttled,
            Trouble.UNAVAILABLE: _UNAVAILABLE,
            Trouble.HTML: _SIGN_IN,
        }
        self._scheme, host = ("https", "localhost") if tls else ("http", "127.0.0.1")
        self._server = _Server(self, tls)
        self.address = f"{self._scheme}://{host}:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening, and let go of everybody who was kept waiting."""
        self.closed.set()
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Return what the server answers, or the reply that stands for the present trouble."""
        if self.trouble in self._replies:
            return self._replies[self.trouble]
        if self.reply is not None:
            return self.reply
        connection = http.client.HTTPConnection(
            self._upstream.hostname or "", self._upstream.port, timeout=10
        )
        # In trouble the answer must have a body, so nothing is said of what is known already.
        held = _HOP_BY_HOP | ({"if-none-match", "if-modified-since"} if self.trouble else set())
        passed = {k: v for k, v in headers.items() if k.casefold() not in held}
        try:
            connection.request(method, path, body or None, {**passed, "Connection": "close"})
            response = connection.getresponse()
            return Reply(
                status=response.status,
                body=response.read(),
                headers={k: v for k, v in response.getheaders() if k.casefold() not in _HOP_BY_HOP},
            )
        finally:
            connection.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64  # a client that finds the queue full tries again after a second

    def __init__(self, proxy: FaultProxy, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.proxy = proxy
        self.tls = tls

    def finish_request(self, request: Any, client_address: Any) -> None:
        # In the request's own thread, so that one client's handshake holds up nobody else.
        if self.tls is not None:
            request = self.tls.wrap_socket(request, server_side=True)
        try:
            super().finish_request(request, client_address)
        finally:
            request.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that give up, and connections that break, are what this is for."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    # Head and body go out at once; otherwise the client's delayed acknowledgement costs 40 ms.
    wbufsize = -1

    def do_GET(self) -> None:
        proxy = self.server.proxy
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        proxy.asked += 1
        proxy.headers = dict(self.headers.items())
        trouble = proxy.trouble
        self.close_connection = trouble is not None or self.close_connection
        match trouble:
            case Trouble.RESET:
                self._reset()
            case Trouble.HANG:
                proxy.closed.wait()
            case Trouble.DRIP:
                self._drip()
            case _:
                reply = proxy.answer(self.command, self.path, proxy.headers, body)
                half = len(reply.body) // 2
                if trouble is Trouble.HALVED:
                    reply = attrs.evolve(reply, body=reply.body[:half])
                self._send(reply, half if trouble is Trouble.TRUNCATED else len(reply.body))

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 - as http.server wants them called

    def _send(self, reply: Reply, upto: int) -> None:
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        if self.close_connection:
            # Said, so that the client's next question does not run into the closing.
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(reply.body[:upto])
        self.wfile.flush()

    def _drip(self) -> None:
        self.send_response_only(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        while not self.server.proxy.closed.wait(_DRIP_SECONDS):
            self.wfile.write(b" ")
            self.wfile.flush()

    def _reset(self) -> None:
        # Lingering for no time makes the system send a reset rather than an orderly end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has there
        """Say nothing."""
