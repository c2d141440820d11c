"""The one module that imports Azure's SDK: signing in, and asking."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from azure.identity import ClientSecretCredential, DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

from ministudio.plugin import ask_backend
from ministudio_azure._errors import explain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from azure.core.credentials import TokenCredential

    from ministudio.plugin import Secret

__all__ = ["Client"]

_PLACE: Final = "Key Vault"
_SIGN_IN_SECONDS: Final = 10.0
"""How long `az` or a managed identity may take to give a token."""
# One attempt: whoever asks decides whether to ask again, and a second one would not fit the time.
_NETWORK: Final[Mapping[str, Any]] = {
    "connection_timeout": 2,
    "read_timeout": 2,
    "retry_total": 0,
}


class Client:
    """A client of one vault.

    Args:
        vault: Its address.
        fake: Whether it is one on this machine, whose name no challenge can bear.
        authority: Where to sign in, where not at the usual place, and whether that is a fake.
        application: Tenant, id and secret of the application, or what there is of them.
    """

    def __init__(
        self,
        vault: str,
        *,
        fake: bool,
        authority: tuple[str, bool] | None,
        application: Mapping[str, str | Secret],
    ) -> None:
        # A sign-in that fails is logged with what was answered, and that may be half a token.
        logging.getLogger("azure.identity").setLevel(logging.ERROR)
        self._credential, chain = _credential(application, authority)
        # An application answers by network alone; `az` is a program that has to start.
        self._times = {"within": _SIGN_IN_SECONDS} if chain else {}
        self._client = SecretClient(
            vault,
            self._credential,
            verify_challenge_resource=not fake,
            logging_enable=False,
            **_NETWORK,
        )

    def ask(self, name: str, version: str | None) -> tuple[str, str]:
        """Return a secret's text and version.

        Raises:
            SecretError: As ``AzureBackend.get`` says.
        """
        return ask_backend(
            _PLACE,
            lambda: _read(self._client.get_secret(name, version)),
            explain,
            **self._times,
        )


def _credential(
    application: Mapping[str, str | Secret], authority: tuple[str, bool] | None
) -> tuple[TokenCredential, bool]:
    where: dict[str, Any] = {}
    if authority is not None:
        # A fake is in no list of known places, which is what discovery would look at.
        where = {"authority": authority[0], "disable_instance_discovery": authority[1]}
    tenant, client = str(application.get("tenant") or ""), str(application.get("client") or "")
    secret = application.get("secret")
    if tenant and client and secret is not None and not isinstance(secret, str):
        return ClientSecretCredential(tenant, client, secret.reveal(), **where, **_NETWORK), False
    identity = {"managed_identity_client_id": client} if client else {}
    return DefaultAzureCredential(**where, **identity), True


def _read(secret: Any) -> tuple[str, str]:
    value, version = secret.value, secret.properties.version
    if not isinstance(value, str) or not isinstance(version, str):
        raise TypeError("value and version are texts")
    return value, version
