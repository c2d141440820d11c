"""A server with secrets in it, as the tests of a backend need one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ministudio.plugin import SecretBackend
    from ministudio.testing.secrets.proxy import FaultProxy
    from ministudio.testing.secrets.trouble import Trouble

__all__ = ["ProxiedStore", "SecretStore"]


class SecretStore(ABC):
    """How to reach a server with secrets from a backend, and to change what is in it.

    Names are those that a chain of backends asks for, such as ``FAL_KEY``.
    """

    @abstractmethod
    def backend(self) -> SecretBackend:
        """Return a new backend that asks this server; it may not ask yet."""

    @abstractmethod
    def put(self, name: str, value: str) -> None:
        """Store a secret, or a new version of it."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Take a secret away, so that it is as if it had never been."""

    @abstractmethod
    def deny(self, name: str) -> None:
        """Forbid the backend to read this secret, or any."""

    @abstractmethod
    def upset(self, trouble: Trouble | None) -> None:
        """Let this happen to every question from now on; None is good weather again."""

    @property
    @abstractmethod
    def asked(self) -> int:
        """How many requests have reached the server, or whoever stands before it."""


class ProxiedStore(SecretStore):
    """A store whose backend asks through a ``FaultProxy``, which makes the trouble.

    Args:
        proxy: Stands before the server; closing it is the author's business.
    """

    def __init__(self, proxy: FaultProxy) -> None:
        self.proxy = proxy

    def upset(self, trouble: Trouble | None) -> None:
        """Tell the proxy."""
        self.proxy.trouble = trouble

    @property
    def asked(self) -> int:
        """How many requests have reached the proxy."""
        return self.proxy.asked
