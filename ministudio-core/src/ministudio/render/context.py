"""What every step of a render shares, handed in so that tests can hand in their own."""

from __future__ import annotations

import asyncio
import logging
import random
import time
import uuid
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import attrs

from ministudio.contracts.events import Event, EventKind
from ministudio.render.access import Access
from ministudio.render.journal import Journal
from ministudio.render.options import RenderOptions
from ministudio.render.recall import Recall
from ministudio.render.scribe import Scribe
from ministudio.render.store import Store
from ministudio.settings.rendering import Limits

if TYPE_CHECKING:
    from ministudio.contracts.providers import BaseVideoProvider
    from ministudio.contracts.specs import VideoProviderSpec

__all__ = ["Providers", "RenderContext", "nobody_listens"]

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Providers(Protocol):
    """Where the engine gets its providers from."""

    def spec(self, name: str) -> VideoProviderSpec:
        """Return what a provider says of itself."""

    async def get(self, name: str) -> BaseVideoProvider:
        """Return a provider ready for use; the same one each time.

        Raises:
            PluginError: When it cannot be created.
            SecretError: When a declared secret is missing.
        """


def nobody_listens(event: Event) -> None:
    """Hear an event and do nothing: the listener of whoever wants none."""


@attrs.frozen(kw_only=True)
class RenderContext:
    """Journal, store, options, and the outside world: clock, sleep, keys, listeners.

    Args:
        journal: What happened to every take, for reading.
        scribe: Who writes it.
        store: The finished takes.
        options: How to render.
        film: The film's name, as the journal has it.
        run: The run's id: a run that is gone on with keeps its own.
        listen: Called with every event, in order; what it raises is logged and changes nothing.
        clock: Gives seconds since the epoch.
        sleep: Waits some seconds.
        mint: Makes a new idempotency key.
        jitter: Gives a number from 0 to 1, by chance.
    """

    journal: Journal
    scribe: Scribe
    store: Store
    options: RenderOptions = attrs.field(factory=RenderOptions)
    film: str = ""
    run: str = attrs.field(factory=lambda: uuid.uuid4().hex)
    listen: Callable[[Event], None] = nobody_listens
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep
    mint: Callable[[], str] = lambda: uuid.uuid4().hex
    jitter: Callable[[], float] = random.random
    locks: Mapping[str, asyncio.Lock] = attrs.field(
        factory=lambda: defaultdict(asyncio.Lock), init=False, repr=False
    )
    """One lock for each take: shots that are word for word the same share one clip."""
    recall: Recall = attrs.field(
        default=attrs.Factory(lambda self: Recall(self.journal, self.clock), takes_self=True),
        init=False,
        repr=False,
    )
    """What the run knows of the journal: nobody else writes takes while it goes on."""
    _access: dict[str, Access] = attrs.field(factory=dict, init=False, repr=False)

    def access(self, provider: str) -> Access:
        """Return the one way to a provider that all shots of the run share."""
        if provider not in self._access:
            limits = self.options.limits.get(provider, Limits())
            self._access[provider] = Access(limits, self.clock, self.sleep)
        return self._access[provider]

    def emit(
        self,
        kind: EventKind,
        message: str = "",
        *,
        shot: str | None = None,
        provider: str | None = None,
        fraction: float | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Tell everybody who listens what happened."""
        event = Event(
            kind=kind,
            at=self.clock(),
            shot=shot,
            provider=provider,
            fraction=fraction,
            message=message,
            data=data or {},
        )
        try:
            self.listen(event)
        except Exception as error:  # noqa: BLE001 - listeners are anybody's
            # A terminal that has gone away is no reason to lose a render.
            _log.warning("a listener failed: %s: %s", type(error).__name__, error)
