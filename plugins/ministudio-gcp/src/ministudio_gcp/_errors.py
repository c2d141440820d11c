"""What Google's SDK raises, in our own words; the texts that come with it are left out."""

from __future__ import annotations

from typing import Final

from google.api_core import exceptions as api
from google.auth import exceptions as auth

from ministudio.plugin import (
    MiniStudioError,
    SecretDenied,
    SecretError,
    SecretInvalid,
    SecretNotFound,
    SecretUnavailable,
)

__all__ = ["explain"]

_SIGN_IN: Final = (
    "run: gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS"
)
# The first row that fits counts, so kinds stand before what they are kinds of.
_ROWS: Final[tuple[tuple[type[Exception], type[SecretError], str, str | None], ...]] = (
    (api.NotFound, SecretNotFound, "Secret Manager has no such secret or version", None),
    (
        api.Forbidden,
        SecretDenied,
        "Google does not let you read this secret",
        "ask for the role Secret Manager Secret Accessor on it, and see that the API is enabled",
    ),
    (api.Unauthorized, SecretDenied, "Google does not accept the credentials", _SIGN_IN),
    (
        api.BadRequest,
        SecretInvalid,
        "Secret Manager cannot give this version: it may be disabled or destroyed",
        "gcloud secrets versions list shows the state of each; name an enabled one with #NUMBER",
    ),
    (
        api.TooManyRequests,
        SecretUnavailable,
        "Secret Manager has had too many requests for now",
        "wait a minute, then go on",
    ),
    (
        api.GoogleAPICallError,
        SecretUnavailable,
        "Secret Manager could not answer",
        "try again; https://status.cloud.google.com says whether it is down",
    ),
    (
        auth.TransportError,
        SecretUnavailable,
        "Google could not be reached to sign in",
        "look at the network, and at a proxy",
    ),
    (auth.GoogleAuthError, SecretDenied, "nobody could sign in to Google", _SIGN_IN),
    (
        OSError,
        SecretUnavailable,
        "Secret Manager cannot be reached",
        "look at the network, at a proxy, and at MINISTUDIO_GCP_ENDPOINT where it is set",
    ),
)


def explain(error: Exception) -> MiniStudioError | None:
    """Return what an exception of the SDK means, or None where it says nothing."""
    for raised, kind, what, hint in _ROWS:
        if isinstance(error, raised):
            return kind(f"{what} ({type(error).__name__})", hint=hint)
    return None
