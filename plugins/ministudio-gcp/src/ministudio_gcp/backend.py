"""The backend: one call of ``AccessSecretVersion`` for each question."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from ministudio.plugin import (
    ConfigError,
    SecretInvalid,
    backend_options,
    json_field,
    safe_address,
)
from ministudio_gcp._names import resource_of

if TYPE_CHECKING:
    from ministudio.plugin import PluginContext, SecretRef
    from ministudio_gcp._client import Client

__all__ = ["GcpBackend"]

_OPTIONS: Final = {
    "project": "GOOGLE_CLOUD_PROJECT",
    "prefix": "MINISTUDIO_GCP_PREFIX",
    "transport": "MINISTUDIO_GCP_TRANSPORT",
    "endpoint": "MINISTUDIO_GCP_ENDPOINT",
}
_TRANSPORTS: Final = ("grpc", "rest")


class GcpBackend:
    """Reads versions of secrets as texts, or a field of one that is a JSON object.

    It signs in with the service account that the settings give; without one it leaves that to
    Google's own order: ``gcloud``'s file, then the machine's service account. It may be used
    from several threads.

    Args:
        context: The options ``project``, ``prefix``, ``transport`` and ``endpoint`` go before
            the settings of the same meaning.

    Raises:
        ConfigError: When an option is not right.
    """

    def __init__(self, context: PluginContext) -> None:
        options = backend_options("gcp", context, _OPTIONS)
        self._settings = context.settings
        self._project = options.get("project")
        self._prefix = options.get("prefix", "")
        self._address: str | None = None
        self._here = False
        if "endpoint" in options:
            self._address, self._here = safe_address(options["endpoint"], "MINISTUDIO_GCP_ENDPOINT")
        transport = options.get("transport", "grpc")
        if transport not in _TRANSPORTS:
            raise ConfigError(
                f"Secret Manager is asked by grpc or by rest, not by {transport!r}",
                hint="set MINISTUDIO_GCP_TRANSPORT to one of them",
            )
        self._rest = transport == "rest"
        self._client: Client | None = None
        self._lock = threading.Lock()

    def get(self, ref: SecretRef) -> tuple[str, str | None]:
        """Return the value of a secret, and the number of its version.

        Raises:
            SecretNotFound: When there is no such secret, version or field.
            SecretDenied: When Google says no, or nobody can sign in.
            SecretUnavailable: When Google cannot be reached, or answers nonsense.
            SecretInvalid: When the reference cannot be right, or the version is disabled.
        """
        # Before anybody signs in; the project may only be known after that.
        resource_of(ref, self._prefix, self._project or "unknown")
        client = self._connected()
        name = resource_of(ref, self._prefix, self._project or client.project)
        data, version = client.ask(name)
        try:
            text: str | None = data.decode()
        except UnicodeDecodeError:
            text = None
        if text is None:
            raise SecretInvalid(
                f"{ref.path} in Secret Manager is binary, and no text",
                hint="store it as a text, such as base64",
            )
        return json_field(text, ref, "Secret Manager"), version

    def _connected(self) -> Client:
        with self._lock:
            if self._client is None:
                from ministudio_gcp._client import Client  # noqa: PLC0415 - imports Google's SDK

                self._client = Client(
                    self._settings, address=self._address, here=self._here, rest=self._rest
                )
            return self._client
