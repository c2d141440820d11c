"""What every step of a render shares, handed in so that tests can hand in their own."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from ministudio.contracts.events import Event, EventKind
from ministudio.errors import ConfigError
from ministudio.render.journal import Journal
from ministudio.render.store import Store

if TYPE_CHECKING:
    from ministudio.contracts.providers import BaseVideoProvider
    from ministudio.contracts.specs import VideoProviderSpec

__all__ = ["Providers", "RenderContext", "RenderOptions", "nobody_listens"]

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


def _at_least(low: float) -> Callable[[object, attrs.Attribute[Any], float | None], None]:
    def check(_: object, field: attrs.Attribute[Any], value: float | None) -> None:
        if value is not None and not value >= low:
            raise ConfigError(f"{field.name} is at least {low:g}, not {value}")

    return check


@attrs.frozen(kw_only=True)
class RenderOptions:
    """How to render.

    Args:
        concurrency: How many shots are made at once.
        job_timeout: Seconds to wait for one job before leaving it pending.
        poll_every: Seconds between polls; the provider's own if None.
        fetches: How often a finished job is fetched before giving up for now.
        resubmit: Ids of shots whose lost jobs or clips the user allows to be paid for again.

    Raises:
        ConfigError: When a number is too small to render anything.
    """

    concurrency: int = attrs.field(default=4, validator=_at_least(1))
    job_timeout: float = attrs.field(default=3600.0, validator=_at_least(0))
    poll_every: float | None = attrs.field(default=None, validator=_at_least(0.01))
    fetches: int = attrs.field(default=3, validator=_at_least(1))
    resubmit: frozenset[str] = frozenset()


def nobody_listens(event: Event) -> None:
    """Hear an event and do nothing: the listener of whoever wants none."""


@attrs.frozen(kw_only=True)
class RenderContext:
    """Journal, store, options, and the outside world: clock, sleep, keys, listeners.

    Args:
        journal: What happened to every take.
        store: The finished takes.
        options: How to render.
        listen: Called with every event, in order; what it raises is logged and changes nothing.
        clock: Gives seconds since the epoch.
        sleep: Waits some seconds.
        mint: Makes a new idempotency key.
    """

    journal: Journal
    store: Store
    options: RenderOptions = RenderOptions()
    listen: Callable[[Event], None] = nobody_listens
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep
    mint: Callable[[], str] = lambda: uuid.uuid4().hex
    locks: Mapping[str, asyncio.Lock] = attrs.field(
        factory=lambda: defaultdict(asyncio.Lock), init=False, repr=False
    )
    """One lock for each take: shots that are word for word the same share one clip."""

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
