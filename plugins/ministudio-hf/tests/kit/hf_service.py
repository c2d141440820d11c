"""Hugging Face as the simulator speaks it: the Hub, fal behind the router, Novita, an endpoint.

Every fault of the simulator strikes in the format of the real ones, as ``fake_hf`` has it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import attrs
import pytest

import ministudio_hf
from ministudio.plugin import AspectRatio, JobState, Resolution, Size, frame_size
from ministudio.testing import Call, Fault, FaultKind, Operation, Order, SimulatedService, Wire
from ministudio.testing.simulator.exchange import Reply, Request, said
from ministudio_hf.advice import needs_picture
from ministudio_hf.families import SIBLINGS

if TYPE_CHECKING:
    from ministudio.plugin import ModelCard
    from ministudio.testing import ErrorView, JobView

CARDS: dict[str, dict[str, ModelCard]] = {
    spec.name: {card.id: card for card in spec.models}
    for spec in ministudio_hf.ministudio_video_providers()
}
_STATES = {JobState.QUEUED: "IN_QUEUE", JobState.RUNNING: "IN_PROGRESS"}
_SAYS_NO = {"content": "the prompt was flagged by our content policy", "too_late": "too late"}


def slug(model: str) -> str:
    """A model's name at a provider."""
    return re.sub("[^a-z0-9]+", "-", model.lower())


def served(model: str, provider: str) -> dict[str, Any]:
    """What the Hub says of who serves a model."""
    task = "image-to-video" if needs_picture(model) else "text-to-video"
    id_ = f"fal-ai/{slug(model)}" if provider == "fal-ai" else slug(model)
    row = {"provider": provider, "providerId": id_, "status": "live", "task": task}
    return {"id": model, "inferenceProviderMapping": [row]}


class HubWire(Wire):
    """What the three have in common: errors, and clips at an address of their own."""

    def __init__(self, spec: str) -> None:
        self.models = {slug(model): card for model, card in CARDS[spec].items()}

    def key(self, request: Request) -> str:
        if request.path[:1] == ("files",):
            return SimulatedService.KEY  # a storage of somebody else's, which wants no token
        return super().key(request)

    def error(self, trouble: ErrorView) -> Reply:
        body: dict[str, Any] = {"error": trouble.message}
        if trouble.code == "content":
            body = {"detail": [{"type": "content_policy_violation", "msg": _SAYS_NO["content"]}]}
        if trouble.code == "overloaded":
            body = {"error": "Model is currently loading", "estimated_time": 20.0}
        wait = trouble.retry_after
        headers = {} if wait is None else {"Retry-After": f"{wait:g}"}
        return attrs.evolve(said(body, trouble.status), headers=headers)

    def ordered(self, body: dict[str, Any], model: str) -> Order:
        """What an order with these parameters comes to, where the model leaves a choice."""
        card = self.models.get(slug(model)) or next(iter(self.models.values()))
        fps = body.get("frames_per_second") or card.fps[0]
        seconds = body["num_frames"] / fps if "num_frames" in body else card.durations[0]
        ratio = AspectRatio(body.get("aspect_ratio") or card.aspect_ratios[0])
        lines = Resolution(body.get("resolution") or card.resolutions[0])
        size = frame_size(ratio, lines, card.frames.size)
        if "cogvideo" in model.lower():
            size = Size(720, 480)
        return Order(
            prompt=body["prompt"],
            seconds=seconds,
            fps=fps,
            width=size.width,
            height=size.height,
            seed=body.get("seed"),
        )

    def job(self, view: JobView) -> dict[str, Any]:
        return {"video": {"video_url": self.film(view)}}

    def film(self, view: JobView) -> str:
        place = view.address.replace("127.0.0.1", "localhost")
        return f"{place}/files/{quote(view.id)}.mp4?link={view.link}"


class FalWire(HubWire):
    """fal's queue: status, result and cancel are calls of their own."""

    asks_for_result = False

    def read(self, request: Request) -> Call | None:
        self.asks_for_result = False
        match request.method, *request.path:
            case "POST", "fal-ai", *_:
                return Call("submit")
            case "GET", "fal-ai", *_, job, "status":
                return Call("poll", job)
            case "PUT", "fal-ai", *_, job, "cancel":
                return Call("cancel", job)
            case "GET", "fal-ai", *_, job:
                self.asks_for_result = True
                return Call("poll", job)
            case "GET", "files", name:
                return Call("fetch", name.removesuffix(".mp4"), link=request.query.get("link"))
        return None

    def order(self, request: Request) -> Order:
        return self.ordered(request.json, request.path[-1])

    def taken(self, view: JobView) -> Reply:
        own = f"https://queue.fal.run/fal-ai/any/requests/{view.id}"
        return said({"request_id": view.id, "response_url": own, "status": "IN_QUEUE"})

    def job(self, view: JobView) -> dict[str, Any]:
        if not self.asks_for_result:
            return {"status": _STATES.get(view.state, "COMPLETED"), "request_id": view.id}
        if view.state is JobState.CANCELLED:
            return {"status": 499, "error_type": "client_cancelled", "detail": "it was cancelled"}
        if view.trouble is not None:
            words = _SAYS_NO.get(view.trouble.code, view.trouble.message)
            return {"status": 422, "detail": [{"type": "generation_failed", "msg": words}]}
        return {"video": {"url": self.film(view)}, "seed": view.seed}

    def stopped(self, view: JobView) -> Reply:
        del view
        return said({"status": "CANCELLATION_REQUESTED"}, 202)

    def error(self, trouble: ErrorView) -> Reply:
        if trouble.code == "too_late":
            return said({"status": "ALREADY_COMPLETED"}, 400)
        return super().error(trouble)


class NovitaWire(HubWire):
    """One call that orders, waits and answers."""

    lacks = ("refuse-late", "fail", "takes", "stuck")

    def read(self, request: Request) -> Call | None:
        match request.method, *request.path:
            case "POST", "novita", *_:
                return Call("submit")
            case "GET", "files", name:
                return Call("fetch", name.removesuffix(".mp4"), link=request.query.get("link"))
        return None

    def order(self, request: Request) -> Order:
        return self.ordered(request.json, request.path[-1])


class EndpointWire(NovitaWire):
    """An endpoint of one's own, which answers with the film itself."""

    def read(self, request: Request) -> Call | None:
        if (request.method, request.path) == ("POST", ("deployed",)):
            return Call("submit")
        if request.path[:1] == ("films",):
            return Call("fetch", request.path[1])
        return None

    def order(self, request: Request) -> Order:
        body = request.json
        given = body["parameters"]
        return Order(
            prompt=given.get("prompt") or body["inputs"],
            seconds=given["num_frames"] / given["fps"],
            fps=given["fps"],
            width=given["width"],
            height=given["height"],
            seed=given.get("seed"),
        )

    def job(self, view: JobView) -> dict[str, Any]:
        return {"film": view.id}


class HuggingFace(SimulatedService):
    """The service of one of the three providers.

    Args:
        spec: The provider's name.
    """

    def __init__(self, spec: str) -> None:
        self._spec = spec
        self._hub = {"hf": ("fal-ai", FalWire), "hf-novita": ("novita", NovitaWire)}
        self._provider, wire = self._hub.get(spec, ("", EndpointWire))
        options: dict[str, object] = {"patience": 2.0}
        options |= {"hf": {"poll_every": 0.01}, "hf-endpoint": {"refresh_every": 0.01}}.get(
            spec, {}
        )
        settings = {"HF_TOKEN": self.KEY, "HF_ENDPOINT": "{url}"}
        if spec == "hf-endpoint":
            settings["HF_DEDICATED_ENDPOINT"] = "me/my-wan"
        else:
            settings["HF_ROUTER_URL"] = "{url}"
        super().__init__(wire=wire(spec), settings=settings, options=options)

    def can(self, kind: FaultKind, operation: Operation) -> bool:
        only_call = self._spec == "hf-endpoint" and operation is not Operation.SUBMIT
        return not only_call and super().can(kind, operation)

    def fault(self, fault: Fault | FaultKind | str, **fields: object) -> Fault:
        made = fault if isinstance(fault, Fault) else Fault.from_json({"kind": fault, **fields})
        if made.charged:
            pytest.skip("fal bills clips alone, and the others do not say what a refusal costs")
        return super().fault(made)

    def answer(self, request: Request) -> Reply:
        match request.path:
            case ("api", "models", *parts):
                return self._served("/".join(parts))
            case ("v2", "endpoint", *_):
                return said(self._deployed())
            case ("deployed", "health"):
                return said({})
        reply = super().answer(request)
        if b'"status": 4' in _body(reply):
            reply = attrs.evolve(reply, status=json.loads(_body(reply))["status"])
        elif b'"film"' in _body(reply) and reply.status == 201:
            reply = self._with_film(reply, request)
        return reply

    def _served(self, model: str) -> Reply:
        if model in CARDS[self._spec] or model in SIBLINGS.values():
            return said(served(model, self._provider))
        reply = said({"error": "Repository not found"}, 404)
        return attrs.evolve(reply, headers={"X-Error-Code": "RepoNotFound"})

    def _deployed(self) -> dict[str, Any]:
        made = "2026-11-01T00:00:00.000Z"
        state = {"state": "running", "createdAt": made, "updatedAt": made}
        return {
            "name": "my-wan",
            "type": "protected",
            "healthRoute": "/health",
            "model": {"repository": "x", "framework": "custom", "revision": "m", "task": "custom"},
            "status": {**state, "url": f"{self.url}/deployed"},
        }

    def _with_film(self, reply: Reply, request: Request) -> Reply:
        path = ("films", json.loads(_body(reply))["film"])
        film = super().answer(attrs.evolve(request, method="GET", path=path, body=b""))
        return attrs.evolve(reply, status=200, body=film.body, kind=film.kind)


def _body(reply: Reply) -> bytes:
    return reply.body if isinstance(reply.body, bytes) else b""
