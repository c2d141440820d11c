"""What every step of a render shares, handed in so that tests can hand in their own."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from ministudio.contracts.events import Event, EventKind
from ministudio.render.journal import Journal
from ministudio.render.store import Store

if TYPE_CHECKING:
    from ministudio.contracts.providers import BaseVideoProvider
    from ministudio.contracts.specs import VideoProviderSpec

__all__ = ["Providers", "RenderContext", "RenderOptions"]


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


@attrs.frozen(kw_only=True)
class RenderOptions:
    """How to render.

    Args:
        concurrency: How many shots are made at once.
        job_timeout: Seconds to wait for one job before leaving it pending.
        poll_every: Seconds between polls; the provider's own if None.
        fetches: How often a finished job is fetched before giving up for now.
        resubmit: Ids of shots whose lost jobs the user allows to be submitted again.
    """

    concurrency: int = 4
    job_timeout: float = 3600.0
    poll_every: float | None = None
    fetches: int = 3
    resubmit: frozenset[str] = frozenset()


@attrs.frozen(kw_only=True)
class RenderContext:
    """Journal, store, options, and the outside world: clock, sleep, keys, listeners."""

    journal: Journal
    store: Store
    options: RenderOptions = RenderOptions()
    listen: Callable[[Event], None] = lambda _: None
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep
    mint: Callable[[], str] = lambda: uuid.uuid4().hex

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
        self.listen(
            Event(
                kind=kind,
                at=self.clock(),
                shot=shot,
                provider=provider,
                fraction=fraction,
                message=message,
                data=data or {},
            )
        )
