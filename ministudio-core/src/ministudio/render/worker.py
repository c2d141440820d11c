"""A provider whose work is done in a process of its own, so that its crash is not ours."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING, Final

from ministudio.contracts.providers import BaseVideoProvider
from ministudio.contracts.specs import Billing
from ministudio.errors import (
    Accepted,
    ArtifactError,
    InvalidRequest,
    JobFailed,
    ProviderError,
)
from ministudio.kernel.records import FoundPlugin
from ministudio.render.worker_answers import Failed, Made
from ministudio.render.worker_calls import Call, Hello, pack, pack_context
from ministudio.render.worker_link import WorkerEnded, WorkerLink
from ministudio.values.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from ministudio.contracts.clips import Clip, ClipRequest, Progress
    from ministudio.contracts.specs import PluginContext, VideoProviderSpec
    from ministudio.errors import MiniStudioError

__all__ = ["WorkerProvider"]

_PLAIN: Final = "options may hold text, numbers, lists and mappings only"


class WorkerProvider(BaseVideoProvider):
    """The provider of a spec, run in one long-lived child process.

    The process starts with the first clip and makes one clip after the other, so that a model
    is loaded once. Cancelling ``generate`` kills it, and the next clip starts a fresh one. What
    the provider raises there is raised here: an error of MiniStudio's as itself, any other as
    ``JobFailed``, each with the worker's traceback as a note.

    Secrets reach the process on its standard input and nowhere else, and are masked in all that
    comes back. In ``Clip.provider_meta``, what JSON does not know comes back as text.

    Args:
        spec: The provider.
        context: Its options and declared settings.
        plugin: The plugin that offers it, for messages.
        kill_after: Seconds between asking the process to end and killing it.
        close_within: Seconds that an idle process has for letting go of things in ``aclose``.
    """

    def __init__(
        self,
        spec: VideoProviderSpec,
        context: PluginContext,
        *,
        plugin: FoundPlugin | None = None,
        kill_after: float = 2.0,
        close_within: float = 10.0,
    ) -> None:
        super().__init__(context)
        self.name = spec.name
        self._spec = spec
        self._plugin = plugin or FoundPlugin(spec.name, spec.factory)
        self._kill_after = kill_after
        self._close_within = close_within
        # A worker that dies has not told whether a paid call of its own had arrived.
        self._charged = False if spec.billing is Billing.FREE else None
        self._redactor = Redactor()
        self._one_at_a_time = asyncio.Lock()
        self._link: WorkerLink | None = None
        self._closed = False

    async def generate(self, request: ClipRequest, into: Path, progress: Progress) -> Clip:
        """Have the worker make one clip in the folder ``into`` and return it.

        Raises:
            JobFailed: When the worker dies, has no provider, or raises what is none of ours.
            InvalidRequest: When the request holds something that is no plain data.
            ArtifactError: When the clip lies outside ``into``.
            MiniStudioError: Whatever the provider raised.
        """
        payload = self._call(request, into)
        async with self._one_at_a_time:
            link = await self._ready()
            async with self._guarded(asked=True):
                answer = await link.call(payload, progress)
        match answer:
            case Made(clip):
                return _inside(clip, into)
            case Failed():
                raise self._raised(answer)
        raise self._failed("answered out of turn")

    async def aclose(self) -> None:
        """Let the process clean up and end; one that still works is ended at once."""
        self._closed = True
        link, self._link = self._link, None
        if link is not None:
            await link.close(self._close_within)
        # Whoever was starting a process, or waiting for it, ends before this does.
        async with self._one_at_a_time:
            pass

    async def _ready(self) -> WorkerLink:
        """Return a process that has its provider; what fails here has cost nothing."""
        self._check_open()
        if self._link is not None and self._link.alive:
            return self._link
        await self._drop()
        hello = self._hello()
        try:
            link = await WorkerLink.start(self._kill_after, self._redactor.redact)
        except OSError as error:
            raise self._failed(f"could not be started: {error}", asked=False) from error
        self._link = link
        async with self._guarded(asked=False):
            self._check_open()
            answer = await link.hello(hello)
        if isinstance(answer, Failed):
            await self._drop()
            raised = self._raised(answer)
            if not isinstance(raised, ProviderError):
                what = f"has no provider: {raised}"
                raise self._failed(what, asked=False, hint=raised.hint) from raised
            # Whatever this kind takes for granted, no clip has been asked for.
            raised.accepted, raised.charged = Accepted.NO, False
            raise raised
        return link

    def _check_open(self) -> None:
        if self._closed:
            raise self._failed("is closed", asked=False)

    def _hello(self) -> bytes:
        try:
            return pack(
                Hello(
                    name=self.name,
                    plugin=self._plugin,
                    factory=self._spec.factory,
                    context=pack_context(self.context, self._redactor.register),
                )
            )
        except Exception as error:
            raise self._failed(
                f"cannot be given the provider's options: {error}", asked=False, hint=_PLAIN
            ) from error

    def _call(self, request: ClipRequest, into: Path) -> bytes:
        try:
            return pack(Call(request, into.absolute()))
        except Exception as error:
            raise InvalidRequest(
                f"the request cannot be handed to the worker process of {self.name}: {error}",
                provider=self.name,
                charged=False,
                hint=_PLAIN,
            ) from error

    @contextlib.asynccontextmanager
    async def _guarded(self, *, asked: bool) -> AsyncIterator[None]:
        """End the process when it died, when its work is no longer wanted, or nobody listens."""
        try:
            yield
        except WorkerEnded as ended:
            await self._drop()
            raise self._failed(ended.what, asked=asked, hint=_hint(ended)) from ended
        except BaseException:
            await self._drop()
            raise

    async def _drop(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            await link.stop()

    def _raised(self, failed: Failed) -> MiniStudioError:
        error = failed.error or JobFailed(failed.text, provider=self.name, charged=self._charged)
        error.add_note(f"In the worker process of {self.name}:\n{failed.trace}")
        return error

    def _failed(self, what: str, *, asked: bool = True, hint: str | None = None) -> JobFailed:
        return JobFailed(
            f"the worker process of {self.name} {what}",
            provider=self.name,
            accepted=None if asked else Accepted.NO,
            charged=self._charged if asked else False,
            hint=hint,
        )


def _inside(clip: Clip, into: Path) -> Clip:
    if not clip.path.resolve().is_relative_to(into.resolve()):
        raise ArtifactError(
            f"the provider left its clip outside the folder it was given: {clip.path}"
        )
    return clip


def _hint(ended: WorkerEnded) -> str:
    """What to do about a worker that died, and the last lines it wrote."""
    killed = ended.code == -getattr(signal, "SIGKILL", 9)
    advice = ["if nobody killed it, memory ran out: try a smaller or shorter clip"]
    told = ["it wrote last:", *(f"  {line}" for line in ended.lines)]
    return "\n".join((advice if killed else []) + (told if ended.lines else ["it wrote nothing"]))
