"""Google's libraries, set up: one client for each place, and Cloud Storage."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

from google import genai
from google.genai import types

from ministudio.plugin import ConfigError
from ministudio_vertex._credentials import Access, access, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from google.cloud.storage import Client

    from ministudio.plugin import Secret

__all__ = ["ANEW", "Google", "check", "operation"]

ANEW: Final = {"Connection": "close"}
"""Asks for a connection of its own. On a kept one that Google has just closed, a request fails
that nobody read, and that cannot be told from one that was taken. Interactions do not take the
client's own headers."""
_NEVER: Final = 418  # "I'm a teapot": a status that Google does not answer with


def operation(name: str) -> types.GenerateVideosOperation:
    """Return the operation of Veo that has a name, to be asked about."""
    made = types.GenerateVideosOperation()
    made.name = name
    return made


def check(call: Mapping[str, Any]) -> None:
    """See that the installed library takes what Veo is to be asked, before anything is sent.

    Raises:
        ValueError: When it does not know a parameter, or not with this value.
    """
    types.GenerateVideosSource.model_validate(call["source"])
    types.GenerateVideosConfig.model_validate(call["config"])


class Google:
    """The clients of one provider, each made when it is first needed, and kept.

    A client of google-genai closes itself when nobody holds it any more.

    Args:
        settings: The declared settings that have a value.
        provider: The provider's name, for messages.
        project: The project that options name.
        location: The region that options name.
        timeout: Seconds that one call may take.
    """

    def __init__(
        self,
        settings: Mapping[str, str | Secret],
        provider: str,
        *,
        project: str | None = None,
        location: str | None = None,
        timeout: float = 180.0,
    ) -> None:
        self._settings = settings
        self._provider = provider
        self._project = project or text_of(settings, "GOOGLE_CLOUD_PROJECT")
        self._timeout = timeout
        self._lock = threading.Lock()
        self._access: Access | None = None
        self._clients: dict[tuple[str, str], genai.Client] = {}
        self._storage: Client | None = None
        self.location = location or text_of(settings, "GOOGLE_CLOUD_LOCATION") or "us-central1"

    @property
    def access(self) -> Access:
        """The credentials.

        Raises:
            AuthenticationError: When there are none.
        """
        with self._lock:
            if self._access is None:
                self._access = access(self._settings, self._provider)
            return self._access

    @property
    def project(self) -> str:
        """The project that is billed.

        Raises:
            AuthenticationError: When there are no credentials to tell it.
            ConfigError: When nobody names one.
        """
        project = self._project or self.access.project
        if not project:
            raise ConfigError(
                "no Google Cloud project is named, and the credentials bring none",
                hint="write GOOGLE_CLOUD_PROJECT=... into the workspace's .env",
            )
        return project

    def genai(self, project: str, location: str) -> genai.Client:
        """Return the client for one project and region; it sends every request once."""
        granted = self.access.credentials
        with self._lock:
            if (project, location) not in self._clients:
                self._clients[project, location] = genai.Client(
                    vertexai=True,
                    project=project,
                    location=location,
                    credentials=granted,
                    http_options=types.HttpOptions(
                        base_url=self.url("VERTEX_BASE_URL"),
                        timeout=round(self._timeout * 1000),
                        headers=dict(ANEW),
                        # 2.x takes attempts for repetitions and sends one more. No status is
                        # left to repeat for, so there is one request on 2.x and 3.x alike.
                        retry_options=types.HttpRetryOptions(
                            attempts=1, http_status_codes=[_NEVER]
                        ),
                    ),
                )
            return self._clients[project, location]

    def storage(self, project: str) -> Client:
        """Return the client of Cloud Storage."""
        from google.cloud.storage import Client  # noqa: PLC0415 - 0.4 s that only gs:// has to pay

        granted = self.access.credentials
        with self._lock:
            if self._storage is None:
                url = self.url("VERTEX_STORAGE_URL")
                self._storage = Client(
                    project=project,
                    credentials=granted,
                    client_options={"api_endpoint": url} if url else None,
                )
            return self._storage

    def url(self, name: str) -> str | None:
        """Return an address from the settings, without a slash at its end."""
        return (text_of(self._settings, name) or "").rstrip("/") or None

    def close(self) -> None:
        """Close every connection; a client is made anew where one is needed again."""
        with self._lock:
            for client in self._clients.values():
                client.close()
            self._clients.clear()
            if self._storage is not None:
                self._storage.close()
                self._storage = None
