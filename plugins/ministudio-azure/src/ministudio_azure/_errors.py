"""What Azure's SDK raises, in our own words; the texts that come with it are left out."""

from __future__ import annotations

from typing import Final

from azure.core import exceptions as azure

from ministudio.plugin import (
    MiniStudioError,
    SecretDenied,
    SecretError,
    SecretInvalid,
    SecretNotFound,
    SecretUnavailable,
)

__all__ = ["explain"]

Words = tuple[type[SecretError], str, str | None]

_SIGN_IN: Final = (
    SecretDenied,
    "nobody could sign in to Azure",
    "run: az login, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET",
)
_DISABLED: Final = (
    SecretInvalid,
    "the secret in Key Vault is disabled, or not valid at this time",
    "az keyvault secret show says its state; enable it, or store a new version",
)
_DOWN: Final = (
    SecretUnavailable,
    "Key Vault could not answer",
    "try again; https://azure.status.microsoft says whether it is down",
)
_NO_SIGN_IN: Final = (
    SecretUnavailable,
    "signing in to Azure did not work, through no fault of the credentials",
    "try again; look at the network, and at https://azure.status.microsoft",
)
_STATUSES: Final[dict[int, Words]] = {
    400: (SecretInvalid, "Key Vault refuses the question", "look at the secret's name"),
    401: _SIGN_IN,
    403: (
        SecretDenied,
        "Azure does not let you read this secret",
        "ask for the role Key Vault Secrets User, and see that the vault's firewall lets you in",
    ),
    404: (SecretNotFound, "Key Vault has no such secret or version", None),
    429: (
        SecretUnavailable,
        "Key Vault has had too many requests for now",
        "wait a few seconds, then go on",
    ),
}
# What Key Vault says below a 403 when it is the secret's own state that stands in the way.
_STATES: Final = {"SecretDisabled", "SecretExpired", "SecretNotYetValid"}
_SERVER: Final = 500


def explain(error: Exception) -> MiniStudioError | None:
    """Return what an exception of the SDK means, or None where it says nothing."""
    match error:
        case azure.HttpResponseError():
            return _refused(error)
        case azure.ServiceRequestError() | azure.ServiceResponseError():
            return SecretUnavailable(
                f"Azure cannot be reached ({type(error).__name__})",
                hint="look at the network, at AZURE_KEY_VAULT_URL, and at a proxy",
            )
    return None


def _refused(error: azure.HttpResponseError) -> MiniStudioError | None:
    status = error.status_code or 0
    if status >= _SERVER:
        words: Words | None = _DOWN
    elif _inner_code(error) in _STATES:
        words = _DISABLED
    elif isinstance(error, azure.ClientAuthenticationError):
        # A refusal stands alone; what the SDK could not do or read, it raises from the cause.
        broken = type(error) is azure.ClientAuthenticationError and error.__cause__ is not None
        words = _NO_SIGN_IN if broken else _SIGN_IN
    else:
        words = _STATUSES.get(status)
    if words is None:
        return None
    kind, what, hint = words
    return kind(f"{what} ({f'HTTP {status}' if status else type(error).__name__})", hint=hint)


def _inner_code(error: azure.HttpResponseError) -> str | None:
    inner = getattr(error.error, "innererror", None)
    return inner.get("code") if isinstance(inner, dict) else None
