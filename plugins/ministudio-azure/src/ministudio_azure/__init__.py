"""Reads secrets from Azure Key Vault.

Only the description lives here; Azure's SDK is imported when the first secret is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import SecretBackendSpec, Setting, SettingKind, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ministudio_secret_backends"]

_CATEGORY = "Secret managers: Azure"
_APPS = "https://entra.microsoft.com, under App registrations"
_SETTINGS = (
    Setting(
        name="AZURE_KEY_VAULT_URL",
        aliases=("AZURE_KEYVAULT_URL",),
        help="The vault that the secrets are in, such as https://my-films.vault.azure.net.",
        category=_CATEGORY,
        kind=SettingKind.URL,
        where_to_get="https://portal.azure.com, on the vault's page",
    ),
    Setting(
        name="AZURE_TENANT_ID",
        help="The tenant of the application to sign in as.",
        category=_CATEGORY,
        pattern=r"[0-9A-Za-z.-]+",
        where_to_get=_APPS,
    ),
    Setting(
        name="AZURE_CLIENT_ID",
        help="The application to sign in as; without a secret, the managed identity to use.",
        category=_CATEGORY,
        where_to_get=_APPS,
    ),
    Setting(
        name="AZURE_CLIENT_SECRET",
        help="The secret of the application; without one, what the machine offers is tried.",
        category=_CATEGORY,
        secret=True,
        where_to_get=_APPS,
    ),
    Setting(
        name="AZURE_AUTHORITY_HOST",
        help="Where to sign in, in a cloud of its own such as https://login.chinacloudapi.cn.",
        category=_CATEGORY,
        kind=SettingKind.URL,
    ),
    Setting(
        name="MINISTUDIO_AZURE_PREFIX",
        help="What stands before the names of all secrets in the vault, such as ministudio-.",
        category=_CATEGORY,
    ),
)


@hookimpl
def ministudio_secret_backends() -> Iterable[SecretBackendSpec]:
    """Describe Key Vault."""
    yield SecretBackendSpec(
        name="azure",
        factory="ministudio_azure.backend:AzureBackend",
        summary="Azure Key Vault.",
        settings=_SETTINGS,
        homepage="https://learn.microsoft.com/azure/key-vault/secrets",
    )
