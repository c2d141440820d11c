"""Clips through the router: submitted once, found again from any process."""

from __future__ import annotations

import asyncio
import contextlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import attrs

from ministudio.plugin import (
    Cancel,
    Clip,
    ClipRequest,
    InvalidRequest,
    JobHandle,
    JobState,
    JobStatus,
    JobVideoProvider,
    PluginContext,
    Prepared,
    ProviderUnavailable,
    Secret,
    clip_from_file,
    safe_address,
    whole_file,
)
from ministudio_hf import _errors
from ministudio_hf._client import Client, NoAnswer, Unreachable
from ministudio_hf._hub import Hub, choose
from ministudio_hf._mapping import ask_of, data_url, refuse_what_is_not_sent
from ministudio_hf._settings import HUB_URL, ROUTER_URL
from ministudio_hf.advice import needs_picture
from ministudio_hf.families import SIBLINGS, size_notes
from ministudio_hf.options import RouterOptions, read_options
from ministudio_hf.routes.fal import Fal
from ministudio_hf.routes.replicate import Replicate
from ministudio_hf.routes.together import Together
from ministudio_hf.routes.wavespeed import WaveSpeed

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.plugin import ProviderError
    from ministudio_hf._client import Answer
    from ministudio_hf.routes.base import Call, Route, View

__all__ = ["RouterProvider", "downloaded"]

_ROUTES: Final[dict[str, Route]] = {
    route.name: route for route in (Fal(), WaveSpeed(), Together(), Replicate())
}
_DOWNLOAD_PATIENCE: Final = 900.0
_GONE: Final = {401, 403, 404, 410}


class _Gone(Exception):
    """An address does not lead to a clip any more."""


class RouterProvider(JobVideoProvider):
    """Orders clips of open models from whoever the Hub routes to.

    Raises:
        ConfigError: When an option or an address is not right.
    """

    name = "hf"

    def __init__(self, context: PluginContext | None = None) -> None:
        super().__init__(context)
        settings = self.context.settings
        token = settings.get("HF_TOKEN")
        secret = token if isinstance(token, Secret) else None
        self._options = read_options(RouterOptions, self.context.options, self.name)
        router, _ = safe_address(str(settings.get("HF_ROUTER_URL", ROUTER_URL)), "HF_ROUTER_URL")
        hub, _ = safe_address(str(settings.get("HF_ENDPOINT", HUB_URL)), "HF_ENDPOINT")
        self._client = Client(router, secret, self._options.bill_to)
        self._hub = Hub(hub, secret, self.name)

    @property
    def poll_every(self) -> float:  # type: ignore[override]  # an option here, so not the class's
        """Seconds between two polls."""
        return self._options.poll_every

    async def prepare(self, request: ClipRequest) -> Prepared:
        """Look up who runs the model, and word the order.

        Raises:
            InvalidRequest: When nobody serves the model, or it cannot do what is asked.
            PermissionDenied: When its licence has not been accepted.
            ProviderError: When the Hub could not be asked.
        """
        model, picture = request.model, request.first_frame
        refuse_what_is_not_sent(request, self.name)
        if picture is not None:
            model = self._options.image_model or SIBLINGS.get(model, model)
        elif needs_picture(model):
            raise InvalidRequest(
                f"{model} begins with a picture, and this shot has none",
                provider=self.name,
                hint="give the shot a first_frame, or choose a model that reads text alone",
            )
        task = "text-to-video" if picture is None else "image-to-video"
        served = await self._hub.who_serves(model, self._options.patience)
        chosen = choose(served, model, task, self._options.route, self.name)
        ask = ask_of(
            request,
            self._options,
            model=model,
            provider_model=chosen.model,
            picture=None if picture is None else await asyncio.to_thread(data_url, picture.path),
            lora=chosen.lora,
        )
        order = _ROUTES[chosen.provider].order(ask)
        return Prepared(request=request, payload=(chosen.provider, model, order))

    async def submit(self, prepared: Prepared) -> JobHandle:
        """Order the clip: one call, one bill."""
        name, model, order = prepared.payload
        try:
            answer = await self._client.ask(
                "POST",
                f"/{name}{order.path}",
                order.body,
                order.headers,
                patience=self._options.patience,
                once=True,
            )
        except (Unreachable, NoAnswer) as trouble:
            raise self._silence(trouble, "while submitting") from trouble
        if not answer.good:
            raise _errors.of_answer(answer, self.name, "to the submit", model)
        job = _ROUTES[name].job(answer.data)
        if job is None:
            raise _errors.no_job(answer, self.name)
        id_, path = job
        return JobHandle(
            provider=self.name,
            model=prepared.request.model,
            id=id_,
            data={"route": name, "path": path, "model": model, "seed": prepared.request.seed},
        )

    async def poll(self, job: JobHandle) -> JobStatus:
        """Say where the job is."""
        view = await self._view(job)
        return JobStatus(
            state=view.state, progress=view.progress, error=view.error, charged=view.charged
        )

    async def fetch(self, job: JobHandle, into: Path) -> Clip:
        """Download the clip; an address that has expired is asked for once more."""
        for _ in range(2):
            view = await self._view(job)
            if view.error is not None:
                raise view.error
            if view.url is None:
                break
            clip = await downloaded(
                self._client,
                view.url,
                into / "clip.mp4",
                self.name,
                silence=self._options.patience,
                seed=_seed(view, job),
                cost_reported=view.cost,
                provider_meta={**view.meta, "route": _route(job).name, "job": job.id},
                notes=_notes(job),
            )
            if clip is not None:
                return clip
        raise _errors.lost(job.id, self.name)

    async def cancel(self, job: JobHandle) -> Cancel:
        """Ask for an end; the next polls say what came of it."""
        route = _route(job)
        call = route.cancel(_path(job))
        if call is None:
            return Cancel.UNSUPPORTED
        answer = await self._ask(job, call, "while cancelling")
        outcome = route.cancelled(answer)
        if outcome is None:
            raise _errors.of_answer(answer, self.name, "to the cancel")
        return outcome

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _view(self, job: JobHandle) -> View:
        """Where a job is, and where it is over, what came of it."""
        route = _route(job)
        view = self._read(await self._ask(job, route.status(_path(job)), "while polling"), job)
        result = route.result(_path(job))
        if view.state is not JobState.SUCCEEDED or result is None:
            return view
        answer = await self._ask(job, result, "while asking for the result")
        if answer.status == HTTPStatus.NOT_FOUND:
            raise _errors.lost(job.id, self.name)
        found = route.result_view(answer, job.id)
        if found is None:
            raise _errors.of_answer(answer, self.name, "to the question for the result")
        return found

    def _read(self, answer: Answer, job: JobHandle) -> View:
        if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            raise _errors.lost(job.id, self.name)
        if not answer.good:
            raise _errors.of_answer(answer, self.name, "to a poll")
        view = _route(job).view(answer, job.id)
        if view is None:
            said = _errors.words_of(answer)
            message = f"{self.name} answered a poll with what is no job: {said}"
            raise ProviderUnavailable(message, provider=self.name)
        return view

    async def _ask(self, job: JobHandle, call: Call, doing: str) -> Answer:
        try:
            return await self._client.ask(
                call.method, f"/{_route(job).name}{call.path}", patience=self._options.patience
            )
        except (Unreachable, NoAnswer) as trouble:
            raise self._silence(trouble, doing) from trouble

    def _silence(self, trouble: Unreachable | NoAnswer, doing: str) -> ProviderError:
        sent = isinstance(trouble, NoAnswer)
        return _errors.of_silence(trouble, self.name, doing, sent=sent)


async def downloaded(
    client: Client, url: str, path: Path, name: str, *, silence: float, **about: Any
) -> Clip | None:
    """Download a clip; None when its address no longer leads to one.

    Args:
        client: Sends the request.
        url: Where the clip is.
        path: Where it is put, once it is whole and a clip.
        name: The provider's name.
        silence: Seconds in which nothing at all may come.
        about: What the clip says besides what is measured.

    Raises:
        ProviderError: When it could not be had for now.
    """
    place = urlsplit(url)
    if place.scheme not in {"http", "https"} or not place.hostname:
        raise ProviderUnavailable(f"{name} gave no address of a clip: {url[:80]!r}", provider=name)
    with contextlib.suppress(_Gone), whole_file(path) as part:
        try:
            answer = await client.download(url, part, patience=_DOWNLOAD_PATIENCE, silence=silence)
        except (Unreachable, NoAnswer) as trouble:
            sent = isinstance(trouble, NoAnswer)
            raise _errors.of_silence(trouble, name, "while downloading", sent=sent) from trouble
        if answer.status in _GONE:
            raise _Gone
        if answer.status != HTTPStatus.OK:
            raise _errors.of_answer(answer, name, "to the download")
        clip = await asyncio.to_thread(clip_from_file, part, **about)
        return attrs.evolve(clip, path=path)
    return None


def _route(job: JobHandle) -> Route:
    name = job.data.get("route")
    if name not in _ROUTES:
        raise InvalidRequest(f"job {job.id} is of the route {name!r}, which is not known here")
    return _ROUTES[name]


def _path(job: JobHandle) -> str:
    path = job.data.get("path")
    if not isinstance(path, str) or not path.startswith("/"):
        raise InvalidRequest(f"job {job.id} has no path: its handle is damaged")
    return path


def _seed(view: View, job: JobHandle) -> int | None:
    asked: Any = job.data.get("seed")
    return view.seed if view.seed is not None else asked


def _notes(job: JobHandle) -> tuple[str, ...]:
    made_by = job.data.get("model")
    lines = [f"made by {made_by}"] if made_by and made_by != job.model else []
    lines += size_notes(str(made_by or job.model))
    if (route := job.data.get("route")) != Fal.name:
        lines.append(f"made by {route}, whose prices are not those on the model's card")
    return tuple(lines)
