"""The one module that imports Google's SDK: asking, and checking what comes back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import google_crc32c
import grpc
from google.cloud import secretmanager_v1 as secretmanager
from google.cloud.secretmanager_v1.services.secret_manager_service import transports

from ministudio.plugin import SecretUnavailable, ask_backend
from ministudio_gcp._credentials import access, refreshed
from ministudio_gcp._errors import explain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.plugin import Secret

__all__ = ["Client"]

_PLACE: Final = "Secret Manager"
_HOST: Final = "secretmanager.googleapis.com"
_SIGN_IN_SECONDS: Final = 10.0
"""How long a token may take that has to be asked for first."""
_SECONDS: Final = 2.0
# A connection of its own: those that are shared wait before they try again after a failure.
_CHANNEL: Final = (("grpc.use_local_subchannel_pool", 1),)


class Client:
    """A signed-in client.

    Args:
        settings: The backend's own, for signing in.
        address: Where Secret Manager is, where not at its usual address.
        here: Whether that is on this machine, so that nobody signs in.
        rest: Whether to ask by REST rather than gRPC.

    Attributes:
        project: The project that comes with the credentials.

    Raises:
        SecretDenied: When nobody can sign in.
    """

    def __init__(
        self,
        settings: Mapping[str, str | Secret],
        *,
        address: str | None,
        here: bool,
        rest: bool,
    ) -> None:
        # At DEBUG the SDK logs every answer before anybody can know that it is a secret.
        logging.getLogger("google.cloud.secretmanager_v1").setLevel(logging.INFO)
        self._address = address
        self._here = here
        self._rest = rest
        self._credentials, self.project = ask_backend(
            _PLACE, lambda: access(settings, here=here), explain, within=_SIGN_IN_SECONDS
        )
        self._asker: Any = None

    def ask(self, name: str) -> tuple[bytes, str]:
        """Return the bytes of a version, and its number.

        Raises:
            SecretError: As ``GcpBackend.get`` says.
        """
        if not self._here:
            sign_in = lambda: refreshed(self._credentials)  # noqa: E731 - as short as its name
            ask_backend(_PLACE, sign_in, explain, within=_SIGN_IN_SECONDS)
        if self._asker is None:
            self._asker = self._connected()
        asker = self._asker
        try:
            # Without `retry=None` the SDK asks for a minute, whatever the time-out says.
            return ask_backend(
                _PLACE,
                lambda: _read(asker.access_secret_version(name=name, timeout=_SECONDS, retry=None)),
                explain,
            )
        except SecretUnavailable:
            # A connection that failed holds back for a second; the next question gets a new one.
            self._asker = None
            raise

    def _connected(self) -> Any:
        if self._rest:
            options = {"api_endpoint": self._address} if self._address else None
            return secretmanager.SecretManagerServiceClient(
                transport="rest", credentials=self._credentials, client_options=options
            )
        host = urlsplit(self._address).netloc if self._address else _HOST
        kind = transports.SecretManagerServiceGrpcTransport
        if self._here:
            channel = grpc.insecure_channel(host, options=_CHANNEL)
        else:
            channel = kind.create_channel(host, credentials=self._credentials, options=_CHANNEL)
        return secretmanager.SecretManagerServiceClient(transport=kind(channel=channel))


def _read(answer: Any) -> tuple[bytes, str]:
    payload = answer.payload
    data = bytes(payload.data)
    # The SDK itself does not look whether the bytes are those that were sent.
    if "data_crc32c" in payload and payload.data_crc32c != google_crc32c.value(data):
        raise SecretUnavailable(f"what {_PLACE} answered was damaged on its way", hint="try again")
    number = answer.name.rpartition("/")[2]
    if not number:
        raise ValueError("an answer without a version")
    return data, number
