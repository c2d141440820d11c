"""The same service under other names, each with a habit that services have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plugin import BaseVideoProvider, Clip, ClipRequest, PluginContext, Progress
from ministudio.testing.simulator.provider import SimulatorProvider

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["BlindProvider", "BlockingProvider", "IdempotentProvider", "SecondProvider"]


class SecondProvider(SimulatorProvider):
    """Orders from the second queue: the one to fall back on."""

    name = "simulator-b"
    queue = "b"


class IdempotentProvider(SimulatorProvider):
    """Orders where a second submit with one key returns the first job, and bills nothing."""

    name = "simulator-idempotent"
    queue = "idempotent"


class BlindProvider(SimulatorProvider):
    """Orders where nobody can look a job up by its key."""

    name = "simulator-blind"
    queue = "blind"


class BlockingProvider(BaseVideoProvider):
    """Makes a clip in one call, as the simplest of providers do; a crash loses what it paid for."""

    name = "simulator-blocking"

    def __init__(self, context: PluginContext | None = None) -> None:
        super().__init__(context)
        self._inner = _Inner(context)

    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Order a clip, wait for it and download it."""
        return await self._inner.generate(request, into, progress)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


class _Inner(SimulatorProvider):
    name = "simulator-blocking"
    queue = "blocking"
