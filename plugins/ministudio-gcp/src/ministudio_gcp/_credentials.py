"""Signing in to Google: with what the settings give, else with what the machine has."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import google.auth
import google.auth.transport.requests
from google.auth.credentials import AnonymousCredentials

from ministudio.plugin import Secret, SecretDenied

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["access", "refreshed"]

_SCOPES: Final = ("https://www.googleapis.com/auth/cloud-platform",)
# Each kind of file by its own door; the common one takes any kind, and is on its way out.
_KINDS: Final = {
    "service_account": ("google.oauth2.service_account", "from_service_account_info"),
    "authorized_user": ("google.oauth2.credentials", "from_authorized_user_info"),
    "external_account": ("google.auth.identity_pool", "from_info"),
}
_GOOGLE: Final = ".googleapis.com"
_NO_KIND: Final = "what is set to sign in to Google with is not of a kind that is known"


def access(settings: Mapping[str, str | Secret], *, here: bool) -> tuple[Any, str | None]:
    """Return credentials, and the project that comes with them.

    Args:
        settings: The backend's own.
        here: Whether an emulator on this machine is asked, which wants none.

    Raises:
        SecretDenied: When what is set is no file that Google has written.
        GoogleAuthError: When nothing is set, and the machine has nothing.
    """
    if here:
        nobody: Any = AnonymousCredentials
        return nobody(), None
    text = settings.get("GOOGLE_APPLICATION_CREDENTIALS_JSON")
    if isinstance(text, Secret):
        return _from_text(text.reveal())
    file = settings.get("GOOGLE_APPLICATION_CREDENTIALS")
    if isinstance(file, str):
        try:
            return _from_text(Path(file).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            said = SecretDenied(
                f"the file {file} cannot be read, so nobody can sign in to Google",
                hint="set GOOGLE_APPLICATION_CREDENTIALS to the file that Google gave you",
            )
        raise said
    credentials, project = google.auth.default(scopes=_SCOPES)
    return credentials, project


def refreshed(credentials: Any) -> None:
    """Get a token where there is none that still holds."""
    if not credentials.valid:
        credentials.refresh(google.auth.transport.requests.Request())


def _from_text(text: str) -> tuple[Any, str | None]:
    try:
        info = json.loads(text)
    except ValueError:
        info = None
    if not isinstance(info, dict) or info.get("type") not in _KINDS:
        kinds = ", ".join(_KINDS)
        raise SecretDenied(_NO_KIND, hint=f"it must be JSON, as Google writes it, of type {kinds}")
    if info["type"] == "external_account" and not _all_at_google(info):
        # Such a file names what is read on this machine, and where it is sent.
        raise SecretDenied(
            "a federated identity is set that would sign in elsewhere than at Google",
            hint="look at token_url and the other addresses in it; they end in .googleapis.com",
        )
    module, maker = _KINDS[info["type"]]
    kind: Any = importlib.import_module(module)
    credentials = getattr(kind.Credentials, maker)(info, scopes=_SCOPES)
    project = info.get("project_id") or info.get("quota_project_id")
    return credentials, project if isinstance(project, str) else None


def _all_at_google(info: Mapping[str, Any]) -> bool:
    addresses = [str(value) for name, value in info.items() if name.endswith("_url") and value]
    return all(
        urlsplit(address).scheme == "https" and (urlsplit(address).hostname or "").endswith(_GOOGLE)
        for address in addresses
    )
