"""Talking to the service: kept connections, a limit to patience, and what went wrong by name."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import attrs

from ministudio.plugin import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ministudio.plugin import Secret

__all__ = ["Answer", "Client", "NoAnswer", "Unreachable"]

_PIECE: Final = 1 << 16
_OK: Final = 200
_Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Unreachable(Exception):
    """No connection could be made: nothing was sent."""


class NoAnswer(Exception):
    """Something may have been sent, and no whole answer came back."""


@attrs.frozen
class Answer:
    """An answer's status, headers (names in lower case) and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = attrs.field(default=b"", repr=False)

    @property
    def data(self) -> Mapping[str, Any]:
        """The body as a JSON object; empty when it is none."""
        try:
            data = json.loads(self.body)
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}


class Client:
    """Sends requests; a connection that has served one serves the next.

    Args:
        url: Where the service is.
        key: Sent with each request, where there is one.
        patience: Seconds that one request may take, from connecting to the answer's end.

    Raises:
        ConfigError: When the address is not one.
    """

    def __init__(self, url: str, key: Secret | None, patience: float) -> None:
        place = urlsplit(url)
        if place.scheme != "http" or not place.hostname:
            raise ConfigError(
                f"{url!r} is no address of a simulated service",
                hint="set SIMULATOR_URL to what the service printed, http://127.0.0.1:PORT",
            )
        self._host, self._port = place.hostname, place.port or 80
        self._key = key
        self._patience = patience
        self._idle: list[_Line] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    async def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        anew: bool = False,
        sink: Callable[[bytes], object] | None = None,
    ) -> Answer:
        """Send a request and return the whole answer.

        Args:
            method: In capitals.
            path: With its query, quoted.
            body: What is sent.
            headers: Further headers.
            anew: Whether to connect anew. On a kept connection that the service has just closed,
                a request fails that was never read, and nobody can tell: so what costs money
                goes over a connection of its own.
            sink: Takes the body of an answer with status 200 piece by piece, for big files.

        Raises:
            Unreachable: When nothing was sent.
            NoAnswer: When something may have been sent, and no whole answer came.
        """
        line: _Line | None = None
        try:
            async with asyncio.timeout(self._patience):
                line = await self._connected(anew=anew)
                message = self._head(method, path, len(body), headers or {}) + body
                answer, length = await _exchange(line, message)
                pieces: list[bytes] = []
                take = sink if sink and answer.status == _OK else pieces.append
                while length:
                    take(piece := await _piece(line, length))
                    length -= len(piece)
        except TimeoutError as error:
            _hang_up(line)
            late = f"within {self._patience:g} s"
            if line is None:
                raise Unreachable(f"no connection {late}") from error
            raise NoAnswer(f"no answer {late}") from error
        except BaseException:
            _hang_up(line)
            raise
        self._idle.append(line)
        return attrs.evolve(answer, body=b"".join(pieces))

    async def aclose(self) -> None:
        """Close the connections that are kept."""
        while self._idle:
            writer = self._idle.pop()[1]
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _connected(self, *, anew: bool) -> _Line:
        """Return a connection: a kept one that is still open, or a new one."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            # Connections belong to the event loop they were made in.
            self._idle, self._loop = [], loop
        while self._idle and not anew:
            line = self._idle.pop()
            if not (line[0].at_eof() or line[1].is_closing()):
                return line
            line[1].close()
        try:
            return await asyncio.open_connection(self._host, self._port)
        except OSError as error:
            raise Unreachable(str(error)) from error

    def _head(self, method: str, path: str, length: int, headers: Mapping[str, str]) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}:{self._port}"]
        lines += [f"Content-Length: {length}", *(f"{k}: {v}" for k, v in headers.items())]
        if self._key is not None:
            lines.append(f"Authorization: Bearer {self._key.reveal()}")
        return "\r\n".join([*lines, "\r\n"]).encode()


async def _exchange(line: _Line, message: bytes) -> tuple[Answer, int]:
    """Send a message; return the answer without its body, and the length of that."""
    reader, writer = line
    with _broken_is_no_answer():
        writer.write(message)
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        pairs = (text.partition(":") for text in lines if text)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        return Answer(int(first.split(" ", 2)[1]), headers), int(headers["content-length"])


async def _piece(line: _Line, most: int) -> bytes:
    with _broken_is_no_answer():
        piece = await line[0].read(min(most, _PIECE))
        if not piece:
            raise EOFError(f"{most} bytes are missing")
        return piece


@contextlib.contextmanager
def _broken_is_no_answer() -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, ValueError, LookupError, asyncio.LimitOverrunError) as error:
        raise NoAnswer(f"the connection broke: {error}") from error


def _hang_up(line: _Line | None) -> None:
    if line is not None:
        line[1].transport.abort()
