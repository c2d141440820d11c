"""The backend: one call of ``GetSecret`` for each question."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from ministudio.plugin import ConfigError, SecretInvalid, backend_options, json_field
from ministudio_azure._addresses import authority, vault
from ministudio_azure._names import same_name, vault_name

if TYPE_CHECKING:
    from ministudio.plugin import PluginContext, SecretRef
    from ministudio_azure._client import Client

__all__ = ["AzureBackend"]

_OPTIONS: Final = {
    "vault": "AZURE_KEY_VAULT_URL",
    "prefix": "MINISTUDIO_AZURE_PREFIX",
    "authority": "AZURE_AUTHORITY_HOST",
}
_APPLICATION: Final = {
    "tenant": "AZURE_TENANT_ID",
    "client": "AZURE_CLIENT_ID",
    "secret": "AZURE_CLIENT_SECRET",
}


class AzureBackend:
    """Reads secrets of one vault as texts, or a field of one that is a JSON object.

    It signs in as the application that the settings give; without one it leaves that to Azure's
    own order: workload identity, managed identity, ``az login`` and others. A ``_`` in a name
    becomes ``-``, and two references that would thus be one secret are refused. It may be used
    from several threads.

    Args:
        context: The options ``vault``, ``prefix`` and ``authority`` go before the settings of
            the same meaning.

    Raises:
        ConfigError: When an option is not right.
    """

    def __init__(self, context: PluginContext) -> None:
        options = backend_options("azure", context, _OPTIONS)
        self._prefix = options.get("prefix", "")
        self._vault = vault(options["vault"]) if "vault" in options else None
        self._authority = authority(options["authority"]) if "authority" in options else None
        settings = context.settings
        self._application = {
            part: settings[name] for part, name in _APPLICATION.items() if settings.get(name)
        }
        if "secret" in self._application and len(self._application) < len(_APPLICATION):
            raise ConfigError(
                "AZURE_CLIENT_SECRET is set, and what it belongs to is not",
                hint=f"set all of {', '.join(_APPLICATION.values())}, or not the secret",
            )
        self._asked: dict[str, str] = {}
        self._client: Client | None = None
        self._lock = threading.Lock()

    def get(self, ref: SecretRef) -> tuple[str, str | None]:
        """Return the value of a secret, and its version.

        Raises:
            SecretNotFound: When there is no such secret, version or field.
            SecretDenied: When Azure says no, or nobody can sign in.
            SecretUnavailable: When Azure cannot be reached, or answers nonsense.
            SecretInvalid: When the reference cannot be right, the secret is disabled, or another
                reference has the same name in the vault.
        """
        name = vault_name(ref, self._prefix)
        with self._lock:
            first = self._asked.setdefault(name.casefold(), ref.path)
        if first != ref.path:
            raise same_name(first, ref.path, name)
        value, version = self._connected().ask(name, ref.version)
        return json_field(value, ref, "Key Vault"), version

    def _connected(self) -> Client:
        if self._vault is None:
            raise SecretInvalid(
                "nobody says which vault the secrets are in",
                hint="set AZURE_KEY_VAULT_URL, such as https://my-films.vault.azure.net",
            )
        with self._lock:
            if self._client is None:
                from ministudio_azure._client import Client  # noqa: PLC0415 - imports Azure's SDK

                address, fake = self._vault
                self._client = Client(
                    address,
                    fake=fake,
                    authority=self._authority,
                    application=self._application,
                )
            return self._client
