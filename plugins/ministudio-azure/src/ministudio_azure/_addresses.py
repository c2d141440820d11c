"""Where a vault can be, and where one signs in; a token is sent nowhere else. Pure."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from ministudio.plugin import ConfigError, safe_address

__all__ = ["authority", "vault"]

_VAULTS: Final = (".vault.azure.net", ".vault.azure.cn", ".vault.usgovcloudapi.net")
_AUTHORITIES: Final = (
    *("login.microsoftonline.com", "login.chinacloudapi.cn", "login.partner.microsoftonline.cn"),
    "login.microsoftonline.us",
)


def vault(address: str) -> tuple[str, bool]:
    """Return a vault's address, and whether it is a fake on this machine.

    Raises:
        ConfigError: When Azure has no vaults there.
    """
    plain, here = safe_address(address, "AZURE_KEY_VAULT_URL")
    if not here and not (urlsplit(plain).hostname or "").endswith(_VAULTS):
        raise ConfigError(
            "AZURE_KEY_VAULT_URL is no vault of Azure",
            hint="it looks like https://NAME.vault.azure.net, also behind a private endpoint",
        )
    return plain, here


def authority(address: str) -> tuple[str, bool]:
    """Return where one signs in, and whether it is a fake on this machine.

    Raises:
        ConfigError: When nobody signs in to Azure there.
    """
    plain, here = safe_address(address, "AZURE_AUTHORITY_HOST")
    if not here and urlsplit(plain).hostname not in _AUTHORITIES:
        raise ConfigError(
            "AZURE_AUTHORITY_HOST is no place to sign in to Azure",
            hint=f"it is one of https://{', https://'.join(_AUTHORITIES)}",
        )
    return plain, here
