"""The base classes of video providers: one method to implement, or the four steps of a job."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from ministudio.contracts.jobs import Cancel, Unknowable
from ministudio.contracts.specs import PluginContext
from ministudio.errors import Accepted, ProviderError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from ministudio.contracts.clips import Clip, ClipRequest, Prepared, Progress
    from ministudio.contracts.jobs import Absent, Found, JobHandle, JobStatus

__all__ = ["BaseVideoProvider", "BlockingVideoProvider", "JobVideoProvider"]


class BaseVideoProvider(ABC):
    """A source of clips: give it a ``name``, implement ``generate``, and it is a whole provider.

    A service that takes a job and lets it be found again should be a ``JobVideoProvider``
    instead, so that a crash loses nothing.

    Args:
        context: Options and declared settings; the kernel passes it, a caller may leave it out.
    """

    name: str
    """The spec's name; the kernel sets it on a provider that it creates."""

    def __init__(self, context: PluginContext | None = None) -> None:
        self.context = context or PluginContext()

    @abstractmethod
    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Make one clip in the folder ``into`` and return it.

        Raises:
            ProviderError: Of the kind that says best what went wrong.
        """

    async def aclose(self) -> None:  # noqa: B027 - most providers hold nothing open
        """Let go of connections and processes; called once, when the run is over."""


class BlockingVideoProvider(BaseVideoProvider):
    """A provider whose work is a plain call, ``generate_blocking``; it runs in a thread."""

    @abstractmethod
    def generate_blocking(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Make one clip in the folder ``into`` and return it; ``progress`` may be called from here.

        Raises:
            ProviderError: Of the kind that says best what went wrong.
        """

    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Run ``generate_blocking`` in a thread; a cancel does not wait for it."""
        # Importing asyncio takes 50 ms, which describing a plugin need not pay.
        from ministudio.values.threads import in_thread  # noqa: PLC0415

        return await in_thread(self.generate_blocking, request, into, progress)


class JobVideoProvider(BaseVideoProvider):
    """A provider that takes jobs: prepare, submit once, poll from anywhere, fetch.

    The engine calls the four steps itself and writes the handle to disk between ``submit`` and
    the first ``poll``. ``generate`` is there for callers without an engine, and loses the job
    when the process dies.
    """

    poll_every: ClassVar[float] = 5.0
    """Seconds between two polls, unless the engine is told otherwise."""

    @abstractmethod
    async def prepare(self, request: ClipRequest) -> Prepared:
        """Upload and look up what the job needs; unpaid, and safe to repeat."""

    @abstractmethod
    async def submit(self, prepared: Prepared) -> JobHandle:
        """Make exactly one billable call and nothing else.

        Raises:
            ProviderError: With ``accepted`` saying whether the job may have been taken.
        """

    @abstractmethod
    async def poll(self, job: JobHandle) -> JobStatus:
        """Say where the job is; works from any process, any time.

        Raises:
            ProviderError: When the provider could not be asked; the job is none the worse.
        """

    @abstractmethod
    async def fetch(self, job: JobHandle, into: Path) -> Clip:
        """Download the finished clip into the folder ``into``; safe to repeat.

        Raises:
            JobExpired: When the provider no longer has it.
            ProviderError: When the download failed.
        """

    async def find(self, prepared: Prepared, since: datetime) -> Found | Absent | Unknowable:
        """Look for a job whose submit got no answer; ``since`` is when it was called."""
        del prepared, since
        return Unknowable()

    async def cancel(self, job: JobHandle) -> Cancel:
        """Ask the provider to stop the job; only a poll ends it."""
        del job
        return Cancel.UNSUPPORTED

    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Take the four steps in a row, in this process.

        Raises:
            ProviderError: Of the kind that says best what went wrong.
        """
        job = await self.submit(await self.prepare(request))
        try:
            return await self._followed(job, into, progress)
        except ProviderError as error:
            # There is a job, whatever a poll or a download is told: it must not be ordered again.
            error.accepted = Accepted.UNKNOWN
            raise

    async def _followed(self, job: JobHandle, into: Path, progress: Progress) -> Clip:
        import asyncio  # noqa: PLC0415 - as in BlockingVideoProvider

        while True:
            status = await self.poll(job)
            progress(status.progress, status.state.value)
            if status.error is not None:
                raise status.error
            if status.state.ended:
                return await self.fetch(job, into)
            await asyncio.sleep(self.poll_every)
