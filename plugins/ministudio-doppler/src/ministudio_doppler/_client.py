"""Doppler's REST interface: the one module that imports an HTTP library."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import attrs
import httpx2

from ministudio.plugin import (
    MiniStudioError,
    SecretDenied,
    SecretError,
    SecretInvalid,
    SecretUnavailable,
)

if TYPE_CHECKING:
    from ministudio_doppler._names import Place

__all__ = ["Client", "Kept"]

_DOWNLOAD: Final = "/v3/configs/config/secrets/download"
_SECONDS: Final = 2.0

_REFUSALS: Final[dict[int, tuple[type[SecretError], str, str]]] = {
    401: (
        SecretDenied,
        "does not accept the token",
        "it may have been revoked, or have expired: make a new one and set DOPPLER_TOKEN to it",
    ),
    403: (
        SecretDenied,
        "does not let this token read the config",
        "give it read access to the config, or use a service token of that config",
    ),
    404: (
        SecretInvalid,
        "knows no such project or config",
        "look at DOPPLER_PROJECT and DOPPLER_CONFIG; a token sees only what it may read",
    ),
    429: (
        SecretUnavailable,
        "has had too many requests for now",
        "wait a minute, then go on",
    ),
}


@attrs.frozen
class Kept:
    """What Doppler said: a config's secrets with their mark, or the status of a refusal."""

    status: int
    mark: str | None = None
    secrets: Mapping[str, str | None] | None = attrs.field(default=None, repr=False)

    def refusal(self, place: Place) -> SecretError:
        """Return the error that a status means."""
        if self.status in _REFUSALS:
            kind, what, hint = _REFUSALS[self.status]
            return kind(f"{place} {what} (HTTP {self.status})", hint=hint)
        return SecretUnavailable(
            f"{place} could not answer (HTTP {self.status})",
            hint="try again; https://www.dopplerstatus.com says whether it is down",
        )


class Client:
    """Asks one address, over connections that are kept.

    Args:
        address: Where Doppler is.
    """

    def __init__(self, address: str) -> None:
        self._http = httpx2.Client(base_url=address, timeout=_SECONDS)
        # A backend is not closed by anybody; its connections end with it.
        weakref.finalize(self, self._http.close)

    def read(self, place: Place, token: str, kept: Kept | None) -> Kept:
        """Return a config as it is now, or the refusal to show it."""
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        if kept is not None and kept.mark is not None:
            headers["If-None-Match"] = kept.mark
        query = {"format": "json", "include_dynamic_secrets": "false", **place.query}
        answer = self._http.get(_DOWNLOAD, params=query, headers=headers)
        if answer.status_code == httpx2.codes.NOT_MODIFIED and kept is not None:
            return kept
        if answer.status_code != httpx2.codes.OK:
            return Kept(answer.status_code)
        return Kept(answer.status_code, answer.headers.get("ETag"), _secrets(answer.json()))

    def explain(self, error: Exception) -> MiniStudioError | None:
        """Return what an exception of the HTTP library means."""
        if not isinstance(error, httpx2.TransportError):
            return None
        return SecretUnavailable(
            f"Doppler cannot be reached ({type(error).__name__})",
            hint="look at the network, at a proxy, and at DOPPLER_API_HOST where it is set",
        )


def _secrets(answer: object) -> Mapping[str, str | None]:
    if not isinstance(answer, dict):
        raise TypeError("no object")
    if not all(isinstance(value, str | None) for value in answer.values()):
        raise TypeError("a value is no text")
    return answer
