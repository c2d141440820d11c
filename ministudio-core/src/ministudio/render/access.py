"""The way to one provider: how many may go at a time, how fast, and whether it is worth going."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import attrs

from ministudio.errors import Accepted, ProviderUnavailable
from ministudio.render.policy import Blame, rule_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from ministudio.errors import MiniStudioError
    from ministudio.settings.rendering import Limits

__all__ = ["Access", "Breaker", "LeftAlone"]

_TROUBLE_IN_A_ROW = 5
_REST = 60.0


class LeftAlone(ProviderUnavailable):
    """A provider is not asked, because it failed too often."""


@attrs.define
class Breaker:
    """Leaves a provider alone that fails again and again.

    After five troubles in a row it rests for a minute; then a single call may try. Credentials
    that are not accepted, or a quota that is used up, close it for the run.
    """

    troubles: int = 0
    resting_until: float = 0.0
    why: str = ""

    def check(self, provider: str, now: float) -> None:
        """Let a call through, or refuse it before anything is asked.

        Raises:
            LeftAlone: While the provider is left alone; nothing was accepted.
        """
        if now < self.resting_until:
            raise LeftAlone(
                f"{provider} is left alone in this run: {self.why}",
                provider=provider,
                accepted=Accepted.NO,
            )

    def worked(self) -> None:
        """Hear that a call worked."""
        self.troubles = 0

    def failed(self, error: MiniStudioError, now: float) -> None:
        """Hear how a call failed, after all that trying again could do."""
        blame = rule_for(error).blame
        if blame is Blame.CLOSED:
            self.resting_until, self.why = float("inf"), error.message
        elif blame is Blame.TROUBLE:
            self.troubles += 1
            if self.troubles >= _TROUBLE_IN_A_ROW:
                self.resting_until = now + _REST
                self.why = f"{self.troubles} failures in a row, the last: {error.message}"


class Access:
    """Order at one provider's door, shared by all shots of a run.

    Args:
        limits: How much may be asked of it.
        clock: Gives seconds since the epoch.
        sleep: Waits some seconds.
    """

    def __init__(
        self, limits: Limits, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self.breaker = Breaker()
        self._clock = clock
        self._sleep = sleep
        self._room = asyncio.Semaphore(limits.concurrency) if limits.concurrency else None
        self._gap = 60.0 / limits.per_minute if limits.per_minute else 0.0
        self._next = 0.0

    @contextlib.asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold one of the places there are for jobs."""
        if self._room is None:
            yield
            return
        async with self._room:
            yield

    async def turn(self) -> None:
        """Wait until one more clip may be ordered."""
        if not self._gap:
            return
        due = max(self._next, self._clock())
        self._next = due + self._gap
        if (wait := due - self._clock()) > 0:
            await self._sleep(wait)

    def hear(self, error: MiniStudioError | None) -> None:
        """Hear how a shot went here: None when it worked."""
        if error is None:
            self.breaker.worked()
        elif not isinstance(error, LeftAlone):
            self.breaker.failed(error, self._clock())
