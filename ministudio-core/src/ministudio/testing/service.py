"""What a test of a video provider has to know of the service that it talks to."""

from __future__ import annotations

import base64
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from ministudio.plugin import PluginContext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ministudio.testing.simulator.faults import Fault, FaultKind, Operation

__all__ = ["InProcess", "VideoService", "texts_in"]


class VideoService(ABC):
    """A service on this machine that counts what reaches it, and fails as told.

    ``SimulatedService`` is one, which speaks your format where you give it a ``Wire``. A fake
    service of your own becomes one by these few members.

    Attributes:
        KEY: What to use as a key or token; the tests look for it wherever it must not be.
        elsewhere: Whether another process can reach the service, by the same settings.
    """

    KEY: ClassVar[str] = "canary-7Qk2/+zW9=&%x4"
    elsewhere: bool = True

    @abstractmethod
    def context(self) -> PluginContext:
        """Return what the provider's factory is called with, so that it finds this service."""

    @abstractmethod
    def fault(self, fault: Fault) -> object:
        """Add a fault, to strike as often as it says; of several, the one added first strikes."""

    @abstractmethod
    def be_good(self) -> None:
        """Take every fault back."""

    @abstractmethod
    def can(self, kind: FaultKind, operation: Operation) -> bool:
        """Return whether it can bring a fault about; tests of those it cannot are skipped."""

    @property
    @abstractmethod
    def submits(self) -> int:
        """How many orders reached it, whatever became of them; each might have been billed."""

    @property
    @abstractmethod
    def taken(self) -> int:
        """How many jobs it took."""

    @property
    @abstractmethod
    def orders(self) -> Sequence[object]:
        """The bodies of the submits as they came, the latest last: JSON where they were JSON."""

    def settle(self) -> None:  # noqa: B027 - most services have nothing to make ready
        """Make ready what was ordered, where that takes a while; called once a job has ended.

        A time-out of the provider's is then about the service, and not about a busy machine.
        """

    def received(self, data: bytes) -> bool:
        """Return whether a file's bytes came with an order, as they are or in Base64."""
        coded = base64.b64encode(data).decode().rstrip("=")
        urls = coded.translate({ord("+"): "-", ord("/"): "_"})
        raw = data.decode("utf-8", "replace")
        texts = [text for order in self.orders for text in texts_in(order)]
        return any(form in text for text in texts for form in (coded, urls, raw))


class InProcess(VideoService):
    """The place of a service for a provider that has none, since it draws or infers by itself.

    Args:
        context: What the provider's factory is called with.
    """

    elsewhere = False

    def __init__(self, context: PluginContext | None = None) -> None:
        self._context = context or PluginContext()

    def context(self) -> PluginContext:
        """Return what it was made with."""
        return self._context

    def fault(self, fault: Fault) -> object:
        """Refuse: nothing can go wrong at a service that is not there.

        Raises:
            ValueError: Always.
        """
        raise ValueError(f"there is no service that {fault.kind.value!r} could strike")

    def be_good(self) -> None:
        """Do nothing."""

    def can(self, kind: FaultKind, operation: Operation) -> bool:
        """Return False."""
        del kind, operation
        return False

    @property
    def submits(self) -> int:
        """Zero."""
        return 0

    @property
    def taken(self) -> int:
        """Zero."""
        return 0

    @property
    def orders(self) -> Sequence[object]:
        """None."""
        return ()


def texts_in(data: object) -> Iterator[str]:
    """Yield every text in JSON data, names of fields included."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield str(name)
            yield from texts_in(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from texts_in(value)
