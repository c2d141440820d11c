"""Asking Strongbox: the only module that imports an HTTP library."""

import httpx2
from ministudio.plugin import SecretDenied, SecretError, SecretNotFound, SecretUnavailable

SECONDS = 2.0


def read(address: str, token: str, name: str, version: str | None) -> tuple[str, str]:
    """Return the value and the version that Strongbox has of a secret."""
    answer = httpx2.get(
        f"{address}/v1/secrets/{name}",
        params={"version": version} if version else None,
        headers={"Authorization": f"Bearer {token}"},
        timeout=SECONDS,
    )
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found["value"], str):
        raise TypeError("a value is a text")
    return found["value"], str(found["version"])


def explain(error: Exception) -> SecretError | None:
    """Return what the library's exception means; it never repeats what the server said."""
    if isinstance(error, httpx2.HTTPStatusError):
        status = error.response.status_code
        if status == 404:
            return SecretNotFound("Strongbox has no such secret")
        if status in {401, 403}:
            hint = "see that STRONGBOX_TOKEN is the right one, and what it may read"
            return SecretDenied(f"Strongbox says no (HTTP {status})", hint=hint)
        return SecretUnavailable(f"Strongbox cannot answer (HTTP {status})", hint="try again")
    if isinstance(error, httpx2.TransportError):
        hint = "look at the network, at a proxy, and at STRONGBOX_URL"
        return SecretUnavailable("Strongbox cannot be reached", hint=hint)
    return None
