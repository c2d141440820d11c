"""The provider of Google's own models: one job a clip, found again by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

import attrs

from ministudio.plugin import (
    Accepted,
    Cancel,
    Clip,
    ClipRequest,
    InvalidRequest,
    JobHandle,
    JobStatus,
    JobVideoProvider,
    MiniStudioError,
    PluginContext,
    Prepared,
    cards_beside,
    in_thread,
)
from ministudio_vertex import _errors, _mapping, _media, _omni, _storage, _veo
from ministudio_vertex._clients import ANEW, Google, check, operation
from ministudio_vertex._errors import Doing, Where
from ministudio_vertex._fetching import Answers, fetched
from ministudio_vertex._limits import Family, family_of, fit
from ministudio_vertex.options import VertexOptions, read_options

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.plugin import MediaFile

__all__ = ["VertexAIProvider"]

_INLINE: Final = 7 * 2**20  # bytes of one file that may travel inside a request
_REQUEST: Final = 18 * 2**20  # bytes of all of them: a request may hold 20 MB, base64 adds a third


class VertexAIProvider(JobVideoProvider):
    """Orders clips from Gemini Omni and Veo on Vertex AI.

    Raises:
        ConfigError: When an option is not right.
    """

    name = "vertex"

    def __init__(self, context: PluginContext | None = None) -> None:
        super().__init__(context)
        self._options = read_options(self.context.options, VertexOptions)
        self._google = Google(
            self.context.settings,
            self.name,
            project=self._options.project,
            location=self._options.location,
            timeout=self._options.timeout,
        )
        self._cards = {card.id: card for card in cards_beside(__file__)}
        self._answers = Answers()

    @property
    def poll_every(self) -> float:  # type: ignore[override]  # an option here, so not the class's
        """Seconds between two polls."""
        return self._options.poll_every

    async def prepare(self, request: ClipRequest) -> Prepared:
        """Find credentials, read what is sent along, and put into a bucket what is too big.

        Raises:
            ConfigError: When no project is named.
            ProviderError: When there are no credentials, or a file cannot be sent.
        """
        return Prepared(request=request, payload=await in_thread(self._ordered, request))

    async def submit(self, prepared: Prepared) -> JobHandle:
        """Order the clip: one request, one bill."""
        return await in_thread(self._submit, prepared.request.model, prepared.payload)

    async def poll(self, job: JobHandle) -> JobStatus:
        """Say where the job is."""
        return await in_thread(self._poll, job)

    async def fetch(self, job: JobHandle, into: Path) -> Clip:
        """Take the clip out of the answer, or out of the bucket that it was delivered to."""
        return await in_thread(self._fetch, job, into)

    async def cancel(self, job: JobHandle) -> Cancel:
        """Ask Omni to stop, which Google may not heed; Veo cannot be asked at all."""
        if family_of(job.model) is Family.VEO:
            return Cancel.UNSUPPORTED
        return await in_thread(self._cancel, job)

    async def aclose(self) -> None:
        """Close the connections."""
        await in_thread(self._google.close)

    def _ordered(self, request: ClipRequest) -> _mapping.Order:
        options = read_options({**self.context.options, **request.options}, VertexOptions)
        where = self._where(request.model, Doing.PREPARING)
        family = self._family(request.model)
        project, location = self._google.project, self._location(family)
        self._google.genai(project, location)
        output = options.output or self._google.url("VERTEX_OUTPUT")
        fitted = fit(request, audio=options.audio)
        files = _mapping.media_of(request, fitted)
        sent = {place: _media.read(media, self.name) for place, media in files.items()}
        sent = self._lightened(files, sent, project, output, where)
        sending = _mapping.Sending(
            request=request,
            fit=fitted,
            first=sent.get("first"),
            last=sent.get("last"),
            extend=sent.get("extend"),
            references=[one for place, one in sent.items() if place.startswith("reference")],
            output=f"{output.rstrip('/')}/" if output else None,
        )
        if family is Family.VEO:
            return self._checked(_veo.order(sending, options, project, location))
        return _omni.order(sending, options, project)

    def _checked(self, order: _mapping.Order) -> _mapping.Order:
        """An order that the library takes: a fault of ours must not look like a lost job."""
        try:
            check(order.call)
        except ValueError as error:
            raise InvalidRequest(
                f"the installed google-genai does not take this request: {error}",
                provider=self.name,
                hint="pip install --upgrade ministudio-vertex google-genai",
            ) from error
        return order

    def _lightened(
        self,
        files: dict[str, MediaFile],
        sent: dict[str, _media.Sent],
        project: str,
        output: str | None,
        where: Where,
    ) -> dict[str, _media.Sent]:
        """What goes along, with big files by name where there is a bucket to put them in."""
        if output is not None:
            for place, one in sent.items():
                if len(one.data) > _INLINE:
                    sha256 = files[place].sha256
                    sent[place] = self._uploaded(one, sha256, project, output, where)
        if (total := sum(len(one.data) for one in sent.values())) > _REQUEST * 3 // 4:
            raise InvalidRequest(
                f"{total / 2**20:.0f} MB of pictures and clips are too much for one request",
                provider=self.name,
                hint="set VERTEX_OUTPUT to a folder gs://bucket/folder: big files go through it",
            )
        return sent

    def _uploaded(
        self, sent: _media.Sent, sha256: str, project: str, output: str, where: Where
    ) -> _media.Sent:
        try:
            store = self._google.storage(project)
            return _storage.upload(store, output, sent, sha256, self._options.timeout)
        except Exception as error:  # noqa: BLE001 - several libraries, each with its own tree
            self._fail(error, attrs.evolve(where, storage=True))

    def _submit(self, model: str, order: _mapping.Order) -> JobHandle:
        job, call = order.job, dict(order.call)
        where = self._where(model, Doing.SUBMITTING, job.location)
        try:
            client = self._google.genai(job.project, job.location)
            if self._family(model) is Family.VEO:
                id_ = client.models.generate_videos(**call).name
            else:
                id_ = client.interactions.create(**call, extra_headers=ANEW).id
        except Exception as error:  # noqa: BLE001 - several libraries, each with its own tree
            self._fail(error, where)
        if not id_:
            self._fail(ValueError("the answer names no job"), where)
        return _mapping.handle_of(self.name, model, id_, job)

    def _poll(self, handle: JobHandle) -> JobStatus:
        answer = self._ask(handle, Doing.POLLING)
        where = self._where(handle.model, Doing.POLLING, _mapping.job_of(handle).location)
        if family_of(handle.model) is Family.VEO:
            status = _veo.status(answer, where)
        else:
            status = _omni.status(answer, where)
        if status.state.ended and status.error is None:
            # The answer holds the clip: it need not come over the line again.
            self._answers.keep(handle.id, answer)
        return status

    def _fetch(self, handle: JobHandle, into: Path) -> Clip:
        answer = self._answers.take(handle.id) or self._ask(handle, Doing.FETCHING)
        job = _mapping.job_of(handle)
        where = self._where(handle.model, Doing.FETCHING, job.location)
        try:
            return fetched(
                handle,
                answer,
                into,
                where=where,
                store=lambda: self._google.storage(job.project),
                timeout=self._options.timeout,
            )
        except Exception as error:  # noqa: BLE001 - several libraries, each with its own tree
            self._fail(error, attrs.evolve(where, storage=True))

    def _ask(self, handle: JobHandle, doing: Doing) -> object:
        """Return Google's whole answer about a job, whoever submitted it."""
        job = _mapping.job_of(handle)
        where = self._where(handle.model, doing, job.location)
        try:
            client = self._google.genai(job.project, job.location)
            if self._family(handle.model) is Family.VEO:
                return client.operations.get(operation(handle.id))
            return client.interactions.get(handle.id)
        except Exception as error:  # noqa: BLE001 - several libraries, each with its own tree
            self._fail(error, where)

    def _cancel(self, handle: JobHandle) -> Cancel:
        job = _mapping.job_of(handle)
        try:
            client = self._google.genai(job.project, job.location)
            client.interactions.cancel(handle.id)
        except Exception as error:  # noqa: BLE001 - several libraries, each with its own tree
            # Vertex has been seen to know no such method; that says nothing about the job.
            match getattr(error, "status_code", None):
                case 404 | 405 | 501:
                    return Cancel.UNSUPPORTED
                case 400 | 409:
                    return Cancel.TOO_LATE
            self._fail(error, self._where(handle.model, Doing.CANCELLING, job.location))
        return Cancel.REQUESTED

    def _where(self, model: str, doing: Doing, location: str = "") -> Where:
        return Where(
            provider=self.name,
            model=model,
            location=location,
            doing=doing,
            card=self._cards.get(model),
        )

    def _location(self, family: Family) -> str:
        return self._google.location if family is Family.VEO else _omni.LOCATION

    def _family(self, model: str) -> Family:
        family = family_of(model)
        if family is None:
            raise InvalidRequest(
                f"vertex does not know how to speak to a model called {model!r}",
                provider=self.name,
                accepted=Accepted.NO,
                hint="a model's name holds 'veo' or 'omni'",
            )
        return family

    @staticmethod
    def _fail(error: Exception, where: Where) -> NoReturn:
        if isinstance(error, MiniStudioError):
            raise error
        raise _errors.of_exception(error, where) from error
