"""Talking to the router: the Hub SDK's own session, and what went wrong on the wire by name."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import attrs
import httpx2
from huggingface_hub import get_async_session
from huggingface_hub.errors import OfflineModeIsEnabled

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.plugin import Secret

__all__ = ["Answer", "Client", "NoAnswer", "Unreachable"]

_OK: Final = 200
_LONGEST_ERROR: Final = 1 << 20
_NEVER_SENT: Final = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)


class Unreachable(Exception):
    """Nothing was sent: no connection could be made, or the SDK is told to stay offline."""


class NoAnswer(Exception):
    """Something may have been sent, and no whole answer came back."""


@attrs.frozen
class Answer:
    """An answer's status, headers (names in lower case) and body, without the token."""

    status: int
    headers: Mapping[str, str]
    body: bytes = attrs.field(default=b"", repr=False)

    @property
    def good(self) -> bool:
        """Whether the answer is a yes."""
        return _OK <= self.status < _OK + 100

    @property
    def data(self) -> dict[str, Any]:
        """The body as a JSON object; empty when it is none."""
        try:
            data = json.loads(self.body)
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}


class Client:
    """Sends requests with the token, to one address and no other.

    Args:
        base: The address; paths are put behind it.
        token: The token.
        bill_to: The organisation that pays, where it is not the token's owner.
    """

    def __init__(self, base: str, token: Secret | None, bill_to: str | None = None) -> None:
        self.base = base
        self._token = token
        self._bill_to = bill_to
        self._kept: httpx2.AsyncClient | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        patience: float,
        once: bool = False,
    ) -> Answer:
        """Send a request and return the whole answer.

        Args:
            method: In capitals.
            path: Behind the base address, with its query.
            body: Sent as JSON.
            headers: Further headers.
            patience: Seconds it may take from beginning to end.
            once: Whether it costs money. It then goes over a connection of its own, since on a
                kept one that has just been closed a request fails that nobody has read, and no
                redirect is followed, which would send it again.

        Raises:
            Unreachable: When nothing was sent.
            NoAnswer: When something may have been sent, and no whole answer came.
        """
        session = get_async_session() if once else self._session()
        try:
            async with asyncio.timeout(patience):
                answer = await session.request(
                    method,
                    f"{self.base}{path}",
                    json=body,
                    headers={**self._headers(), **(headers or {})},
                    timeout=httpx2.Timeout(patience),
                    follow_redirects=not once,
                )
            return self._plain(answer, answer.content)
        except OfflineModeIsEnabled as error:
            raise Unreachable("HF_HUB_OFFLINE tells the SDK to stay offline") from error
        except _NEVER_SENT as error:
            raise Unreachable(_words(error)) from error
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            raise NoAnswer(_words(error) or f"nothing within {patience:g} s") from error
        finally:
            if once:
                await session.aclose()

    async def download(self, url: str, into: Path, *, patience: float, silence: float) -> Answer:
        """Write what an address leads to into a file, and return the answer without it.

        The token goes along only when the address is the router's own.

        Args:
            url: The address.
            into: The file.
            patience: Seconds it may take from beginning to end.
            silence: Seconds in which nothing at all may come.

        Raises:
            Unreachable: When nothing was sent.
            NoAnswer: When no whole answer came.
        """
        mine = urlsplit(url)[:2] == urlsplit(self.base)[:2]
        headers = self._headers() if mine else {}
        try:
            async with (
                asyncio.timeout(patience),
                self._session().stream(
                    "GET", url, headers=headers, timeout=httpx2.Timeout(silence)
                ) as answer,
            ):
                if answer.status_code != _OK:
                    return self._plain(answer, await _some(answer))
                with into.open("wb") as file:
                    async for piece in answer.aiter_bytes():
                        await asyncio.to_thread(file.write, piece)
                return self._plain(answer, b"")
        except OfflineModeIsEnabled as error:
            raise Unreachable("HF_HUB_OFFLINE tells the SDK to stay offline") from error
        except _NEVER_SENT as error:
            raise Unreachable(_words(error)) from error
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            raise NoAnswer(_words(error) or f"nothing within {patience:g} s") from error

    async def aclose(self) -> None:
        """Close the connections that are kept."""
        kept, self._kept = self._kept, None
        if kept is not None and self._loop is asyncio.get_running_loop():
            await kept.aclose()

    def _session(self) -> httpx2.AsyncClient:
        """The kept connections; they belong to the event loop they were made in."""
        loop = asyncio.get_running_loop()
        if self._kept is None or self._loop is not loop:
            self._kept, self._loop = get_async_session(), loop
        return self._kept

    def _headers(self) -> dict[str, str]:
        headers = {"User-Agent": "ministudio-hf"}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token.reveal()}"
        if self._bill_to is not None:
            headers["X-HF-Bill-To"] = self._bill_to
        return headers

    def _plain(self, answer: httpx2.Response, body: bytes) -> Answer:
        """An answer that may be shown: some services repeat the token they were sent."""
        headers = {name.lower(): value for name, value in answer.headers.items()}
        if self._token:
            token = self._token.reveal()
            body = body.replace(token.encode(), b"[token]")
            headers = {name: value.replace(token, "[token]") for name, value in headers.items()}
        return Answer(answer.status_code, headers, body)


async def _some(answer: httpx2.Response) -> bytes:
    """The beginning of an error's body: whatever it is, it need not fill the memory."""
    body = b""
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > _LONGEST_ERROR:
            break
    return body


def _words(error: BaseException) -> str:
    return str(error) or type(error).__name__.removesuffix("Error")
