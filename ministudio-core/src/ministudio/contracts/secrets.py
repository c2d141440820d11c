"""What a secret backend promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["BatchSecretBackend", "SecretBackend", "SecretRef"]


@attrs.frozen(kw_only=True)
class SecretRef:
    """Which secret is meant.

    Args:
        path: Its name, or its path, in the backend.
        key: The field inside it, where it is a JSON object of several.
        version: The version that is wanted; None means the current one.
    """

    path: str
    key: str | None = None
    version: str | None = None


@runtime_checkable
class SecretBackend(Protocol):
    """A place where secrets are kept; a backend may also offer ``get_many``."""

    def get(self, ref: SecretRef) -> tuple[str, str | None]:
        """Return the value and its version, where the backend has versions.

        Raises:
            SecretNotFound: The backend does not know it; the next backend is asked.
            SecretDenied: It knows it and says no; nobody else is asked.
            SecretUnavailable: It cannot be reached, or its answer makes no sense.
            SecretInvalid: The reference or the value cannot be right.
        """


@runtime_checkable
class BatchSecretBackend(SecretBackend, Protocol):
    """A backend that reads many secrets in one call, as a render does before it begins."""

    def get_many(self, refs: Sequence[SecretRef]) -> Mapping[SecretRef, tuple[str, str | None]]:
        """Return what was found, by reference; what is missing is left out.

        Raises:
            SecretDenied: When any of them is refused; each is then asked for alone.
            SecretUnavailable: When it cannot be reached, or its answer makes no sense.
            SecretInvalid: When a reference or a value cannot be right; likewise.
        """
