"""A backend that is made, and whose SDK is imported, when it is first asked."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ministudio.errors import SecretNotFound, SecretUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.contracts.secrets import SecretBackend

__all__ = ["LazyBackend", "made"]


class LazyBackend:
    """Stands for a backend that nobody may ever ask; it may be asked from several threads.

    Args:
        name: The backend's name.
        make: Makes it.
    """

    def __init__(self, name: str, make: Callable[[], SecretBackend]) -> None:
        self._name = name
        self._make = make
        self._made: SecretBackend | None = None
        self._lock = threading.Lock()

    def real(self) -> SecretBackend:
        """Return the backend itself, made at the first call.

        Raises:
            SecretUnavailable: When it lacks credentials of its own; that is no "not found".
            MiniStudioError: When it cannot be made.
        """
        with self._lock:
            if self._made is None:
                try:
                    self._made = self._make()
                except SecretNotFound as wrong:
                    raise SecretUnavailable(
                        f"the secret backend {self._name!r} cannot be asked: {wrong.message}",
                        hint=wrong.hint,
                    ) from None
            return self._made


def made(backend: SecretBackend | LazyBackend) -> SecretBackend:
    """Return the backend itself.

    Raises:
        MiniStudioError: When it has to be made, and cannot be.
    """
    return backend.real() if isinstance(backend, LazyBackend) else backend
