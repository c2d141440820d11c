"""The provider for the simulated service, as a provider for a real one should be."""

from __future__ import annotations

import asyncio
import contextlib
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

import attrs

from ministudio.plugin import (
    Absent,
    Cancel,
    Clip,
    ClipRequest,
    Found,
    JobHandle,
    JobStatus,
    JobVideoProvider,
    PluginContext,
    Prepared,
    Secret,
    Unknowable,
    clip_from_file,
    in_thread,
    whole_file,
)
from ministudio.testing.simulator import _errors, _mapping
from ministudio.testing.simulator.client import Answer, Client, NoAnswer, Unreachable
from ministudio.testing.simulator.options import read_options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from ministudio.plugin import MediaFile

__all__ = ["SimulatorProvider"]


class SimulatorProvider(JobVideoProvider):
    """Orders clips from a simulated service.

    Raises:
        ConfigError: When an option or the service's address is not right.
    """

    name = "simulator"
    queue: ClassVar[str] = "a"
    """The service has several queues, which know nothing of each other."""

    def __init__(self, context: PluginContext | None = None) -> None:
        super().__init__(context)
        options, settings = read_options(self.context.options), self.context.settings
        key = settings.get("SIMULATOR_API_KEY")
        self._poll_every = options.poll_every
        self._client = Client(
            str(settings.get("SIMULATOR_URL", "")),
            key if isinstance(key, Secret) else None,
            options.patience,
        )
        self._uploaded: set[str] = set()

    @property
    def poll_every(self) -> float:  # type: ignore[override]  # an option here, so not the class's
        """Seconds between two polls."""
        return self._poll_every

    async def prepare(self, request: ClipRequest) -> Prepared:
        """Upload the pictures that the service has not seen yet, and word the order."""
        for media in _mapping.uploads_of(request):
            if media.sha256 not in self._uploaded:
                await self._upload(media)
        return Prepared(request=request, payload=_mapping.order_of(request, self.queue))

    async def submit(self, prepared: Prepared) -> JobHandle:
        """Order the clip: one call, one bill."""
        answer = await self._ask(
            "while submitting",
            "POST",
            "/jobs",
            json.dumps(prepared.payload).encode(),
            {"Idempotency-Key": prepared.idempotency_key},
            anew=True,
        )
        if answer.status != HTTPStatus.ACCEPTED or "id" not in answer.data:
            raise _errors.of_answer(answer, self.name, "to the submit")
        return self._handle(prepared.request.model, answer.data)

    async def poll(self, job: JobHandle) -> JobStatus:
        """Say where the job is."""
        return _mapping.status_of(await self._view(job), self.name)

    async def fetch(self, job: JobHandle, into: Path) -> Clip:
        """Download the clip; a link that has expired is asked for once more."""
        path = into / f"{quote(job.id, safe='')}.mp4"
        for _ in range(2):
            view = await self._view(job)
            if "link" not in view:
                break
            with contextlib.suppress(_LinkExpired):
                return _mapping.clip_of(view, await self._downloaded(view["link"], path))
        raise _errors.lost(job.id, self.name)

    async def find(self, prepared: Prepared, since: datetime) -> Found | Absent | Unknowable:
        """Look for a job by the idempotency key that its submit was sent with."""
        del since
        query = f"key={quote(prepared.idempotency_key, safe='')}&queue={self.queue}"
        answer = await self._ask("while looking for a job", "GET", f"/jobs?{query}")
        if answer.status == HTTPStatus.NOT_IMPLEMENTED:
            return Unknowable()
        if answer.status != HTTPStatus.OK or "jobs" not in answer.data:
            raise _errors.of_answer(answer, self.name, "to a search")
        jobs = answer.data["jobs"]
        return Found(self._handle(prepared.request.model, jobs[0])) if jobs else Absent()

    async def cancel(self, job: JobHandle) -> Cancel:
        """Ask for an end; the next polls say what came of it."""
        answer = await self._ask("while cancelling", "DELETE", _path(job))
        if answer.status == HTTPStatus.ACCEPTED:
            return Cancel.REQUESTED
        if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}:
            return Cancel.TOO_LATE
        raise _errors.of_answer(answer, self.name, "to the cancel")

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _upload(self, media: MediaFile) -> None:
        body = await asyncio.to_thread(media.path.read_bytes)
        answer = await self._ask("while uploading", "PUT", f"/uploads/{media.sha256}", body)
        if answer.status != HTTPStatus.CREATED:
            raise _errors.of_answer(answer, self.name, "to an upload")
        self._uploaded.add(media.sha256)

    async def _view(self, job: JobHandle) -> Mapping[str, Any]:
        answer = await self._ask("while polling", "GET", _path(job))
        if answer.status == HTTPStatus.NOT_FOUND:
            raise _errors.lost(job.id, self.name)
        if answer.status != HTTPStatus.OK or "state" not in answer.data:
            raise _errors.of_answer(answer, self.name, "to a poll")
        return answer.data

    async def _downloaded(self, link: str, path: Path) -> Clip:
        """Return what a link leads to, measured; the file has its name once it is a whole clip."""
        with whole_file(path) as part:
            with part.open("wb") as file:
                answer = await self._ask("while downloading", "GET", link, sink=file.write)
                size = file.tell()
            if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
                raise _LinkExpired
            if answer.status != HTTPStatus.OK:
                raise _errors.of_answer(answer, self.name, "to the download")
            # Expired and refused downloads like to come as a web page with status 200.
            kind = answer.headers.get("content-type", "something")
            if not kind.startswith("video/"):
                raise _errors.no_clip(kind)
            if not size:
                raise _errors.no_clip("nothing")
            clip = await in_thread(clip_from_file, part)
        return attrs.evolve(clip, path=path)

    async def _ask(
        self,
        doing: str,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        anew: bool = False,
        sink: Callable[[bytes], object] | None = None,
    ) -> Answer:
        try:
            return await self._client.ask(method, path, body, headers, anew=anew, sink=sink)
        except (Unreachable, NoAnswer) as trouble:
            raise _errors.of_silence(trouble, self.name, doing) from trouble

    def _handle(self, model: str, said: Mapping[str, Any]) -> JobHandle:
        return JobHandle(provider=self.name, model=model, id=said["id"], data={"queue": self.queue})


class _LinkExpired(Exception):
    """A link that no longer leads anywhere; a poll gives another, where there still is a clip."""


def _path(job: JobHandle) -> str:
    return f"/jobs/{quote(job.id, safe='')}"
