"""Credentials: a token, the text of a key, its file, else what gcloud or the machine has."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import attrs
import google.auth
from google.auth import exceptions
from google.oauth2 import credentials as oauth2

from ministudio.plugin import AuthenticationError, Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Access", "access", "text_of"]

_SCOPES: Final = ("https://www.googleapis.com/auth/cloud-platform",)
# Each kind of file by its own door: the common one is on its way out, as it takes any kind.
_KINDS: Final = {
    "service_account": ("google.oauth2.service_account", "from_service_account_info"),
    "authorized_user": ("google.oauth2.credentials", "from_authorized_user_info"),
    "external_account": ("google.auth.identity_pool", "from_info"),
}
_GOOGLE: Final = ".googleapis.com"


@attrs.frozen
class Access:
    """Credentials, and the project that they bring along."""

    credentials: Any = attrs.field(repr=False)
    project: str | None


def access(settings: Mapping[str, str | Secret], provider: str) -> Access:
    """Return credentials from the first place that has any.

    Args:
        settings: The declared settings that have a value.
        provider: The provider's name, for messages.

    Raises:
        AuthenticationError: When there are none, or they cannot be read.
    """
    if token := text_of(settings, "GOOGLE_OAUTH_ACCESS_TOKEN"):
        return Access(oauth2.Credentials(token=token), None)
    text = text_of(settings, "GOOGLE_APPLICATION_CREDENTIALS_JSON")
    path = text_of(settings, "GOOGLE_APPLICATION_CREDENTIALS") or ""
    if text or path:
        try:
            return _from_text(text or Path(path).expanduser().read_text("utf-8"), provider)
        except (exceptions.GoogleAuthError, OSError, ValueError, LookupError, TypeError):
            # The libraries' own words may hold parts of the key, so they are not passed on.
            raise AuthenticationError(
                "the credentials for Google cannot be read: "
                + ("GOOGLE_APPLICATION_CREDENTIALS_JSON" if text else path)
                + " is no key of a service account",
                provider=provider,
                hint="download the key anew, as JSON; set its path, or all of its text",
            ) from None
    try:
        return Access(*google.auth.default(scopes=_SCOPES))
    except exceptions.DefaultCredentialsError as error:
        raise AuthenticationError(
            f"no credentials for Google were found: {str(error).splitlines()[0]}",
            provider=provider,
            hint="run  gcloud auth application-default login , or set "
            "GOOGLE_APPLICATION_CREDENTIALS to a service account's file",
        ) from error


def _from_text(text: str, provider: str) -> Access:
    info = json.loads(text)
    if info["type"] == "external_account" and not _all_at_google(info):
        # Such a file names what is read on this machine, and where it is sent.
        raise AuthenticationError(
            "the credentials for Google would sign in elsewhere than at Google",
            provider=provider,
            hint="look at token_url and the other addresses in them; they end in .googleapis.com",
        )
    module, maker = _KINDS[info["type"]]
    made = getattr(import_module(module).Credentials, maker)(info, scopes=_SCOPES)
    return Access(made, info.get("project_id") or info.get("quota_project_id"))


def _all_at_google(info: Mapping[str, Any]) -> bool:
    places = [urlsplit(str(value)) for name, value in info.items() if name.endswith("_url")]
    return all(
        place.scheme == "https" and (place.hostname or "").endswith(_GOOGLE) for place in places
    )


def text_of(settings: Mapping[str, str | Secret], name: str) -> str | None:
    """Return a setting's text, which any of them may come sealed as a ``Secret``; None for none."""
    value = settings.get(name)
    return (value.reveal() if isinstance(value, Secret) else value) or None
