"""From a reference to a name in a vault; pure, and before anybody is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ministudio.plugin import SecretInvalid, no_such_form

if TYPE_CHECKING:
    from ministudio.plugin import SecretRef

__all__ = ["same_name", "vault_name"]

_NAME: Final = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_-]*")
_LONGEST: Final = 127
_VERSION: Final = re.compile(r"[0-9a-f]{32}")


def vault_name(ref: SecretRef, prefix: str) -> str:
    """Return the name that a reference has in a vault, which knows no ``_``: it becomes ``-``.

    Args:
        ref: The secret; its version is one of the vault's own, 32 digits.
        prefix: What stands before every name.

    Raises:
        SecretInvalid: When there can be no such secret or version.
    """
    name = prefix + ref.path
    if not _NAME.fullmatch(ref.path) or not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise no_such_form(ref, "Key Vault", "a name of letters, digits, '_' and '-'")
    if ref.version is not None and not _VERSION.fullmatch(ref.version):
        raise SecretInvalid(
            f"the version asked of {ref.path} in Key Vault cannot be right",
            hint="a version in Key Vault has 32 digits, 0 to 9 and a to f",
        )
    return name.replace("_", "-")


def same_name(one: str, other: str, name: str) -> SecretInvalid:
    """Return the error for two references that a vault cannot tell apart."""
    return SecretInvalid(
        f"{one} and {other} are both called {name} in Key Vault",
        hint="a vault knows no '_' and does not tell capitals apart: name them differently",
    )
