"""Google as the simulator speaks it: Veo, Omni, Cloud Storage, and a model on an endpoint.

Every fault of the simulator strikes in Google's format, as ``vertex_kit`` has it.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from ministudio.plugin import AspectRatio, JobState, Resolution, frame_size
from ministudio.testing import Call, Fault, FaultKind, Operation, Order, SimulatedService, Wire
from ministudio.testing.simulator.exchange import Reply, Request, said

if TYPE_CHECKING:
    from ministudio.testing import ErrorView, JobView

_CODES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "FAILED_PRECONDITION",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
_REFUSED = "The prompt violates Google's Responsible AI practices. Support codes: 62263041"
_BUCKET = "films"


class GoogleWire(Wire):
    """Errors, and clips in a bucket."""

    def read(self, request: Request) -> Call | None:
        match request.method, *request.path:
            case "GET", "download", "storage", _, "b", _, "o", name:
                return Call("fetch", name.rpartition("/")[2].removesuffix(".mp4"))
        return None

    def error(self, trouble: ErrorView) -> Reply:
        status = {"content": 400, "retired": 404, "expired": 404}.get(trouble.code, trouble.status)
        message = _REFUSED if trouble.code == "content" else trouble.message
        error = {"code": status, "message": message, "status": _CODES.get(status, "UNKNOWN")}
        wait = trouble.retry_after
        headers = {} if wait is None else {"Retry-After": f"{wait:g}"}
        return attrs.evolve(said({"error": error}, status), headers=headers)

    def taken(self, view: JobView) -> Reply:
        return said(self.job(view))

    def stopped(self, view: JobView) -> Reply:
        return said(self.job(view))

    def film(self, view: JobView) -> str:
        return f"gs://{_BUCKET}/out/{view.id}.mp4"

    def ordered(self, prompt: str, shape: str, lines: str, **more: Any) -> Order:
        size = frame_size(AspectRatio(shape), Resolution("2160p" if lines == "4k" else lines))
        return Order(prompt=prompt, width=size.width, height=size.height, **more)


class VeoWire(GoogleWire):
    """Operations: every question is a POST to the model."""

    lacks = ("takes", "cancel-race", "too-late")

    def read(self, request: Request) -> Call | None:
        method = request.path[-1].partition(":")[2]
        if method == "predictLongRunning":
            return Call("submit")
        if method == "fetchPredictOperation":
            return Call("poll", request.json["operationName"].rpartition("/")[2])
        return super().read(request)

    def order(self, request: Request) -> Order:
        body = request.json
        given = body["parameters"]
        return self.ordered(
            body["instances"][0]["prompt"],
            given["aspectRatio"],
            given["resolution"],
            seconds=given.get("durationSeconds", 7),
            seed=given.get("seed"),
            audio=given.get("generateAudio", True),
        )

    def taken(self, view: JobView) -> Reply:
        return said({"name": self._name(view)})

    def job(self, view: JobView) -> dict[str, Any]:
        about: dict[str, Any] = {"name": self._name(view)}
        if not view.state.ended:
            return about
        about["done"] = True
        if view.trouble is None:
            videos = [{"mimeType": "video/mp4", "gcsUri": self.film(view)}]
            return {**about, "response": {"videos": videos, "raiMediaFilteredCount": 0}}
        if view.trouble.code == "content":
            kept = {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": [_REFUSED]}
            return {**about, "response": kept}
        return {**about, "error": {"code": 13, "message": view.trouble.message}}

    def _name(self, view: JobView) -> str:
        model = "projects/film-school/locations/us-central1/publishers/google/models/veo"
        return f"{model}/operations/{view.id}"


class OmniWire(GoogleWire):
    """Interactions, which have addresses of their own."""

    # Of a name that is gone Google says 404, as of one that never was, and this one has no heir.
    lacks = ("retired",)

    def read(self, request: Request) -> Call | None:
        match request.method, *request.path:
            case "POST", *_, "interactions":
                return Call("submit")
            case "GET", *_, "interactions", job:
                return Call("poll", job)
            case "POST", *_, "interactions", job, "cancel":
                return Call("cancel", job)
        return super().read(request)

    def order(self, request: Request) -> Order:
        body = request.json
        given = body["response_format"]
        return self.ordered(
            json.dumps(body["input"]),
            given["aspect_ratio"],
            given["resolution"],
            seconds=float(given["duration"].removesuffix("s")),
            seed=body["generation_config"]["seed"],
            audio=True,
        )

    def job(self, view: JobView) -> dict[str, Any]:
        states = {
            JobState.SUCCEEDED: "completed",
            JobState.FAILED: "failed",
            JobState.CANCELLED: "cancelled",
        }
        said: dict[str, Any] = {
            "id": view.id,
            "status": states.get(view.state, "in_progress"),
            "model": "gemini-omni-1.2-flash",
            "created": "2026-11-22T20:00:00Z",
            "updated": "2026-11-22T20:01:00Z",
        }
        if not view.state.ended:
            return said
        tokens = int(view.seconds * 5792) if view.charged else 0
        rows = [{"modality": "video", "tokens": tokens}]
        said["usage"] = {"total_input_tokens": 100, "output_tokens_by_modality": rows}
        if view.state is JobState.SUCCEEDED:
            video = {"type": "video", "mime_type": "video/mp4", "uri": self.film(view)}
            said["steps"] = [{"type": "model_output", "content": [video]}]
        if view.trouble is not None:
            refused = view.trouble.code == "content"
            words = _REFUSED if refused else view.trouble.message
            said["errors"] = [{"code": "safety" if refused else "internal", "message": words}]
        return said


class EndpointWire(GoogleWire):
    """A model on an endpoint of one's own, whose answer holds the clip."""

    lacks = ("retired", "refuse-late", "fail", "takes", "stuck")

    def read(self, request: Request) -> Call | None:
        if request.path[-1].endswith(":predict"):
            return Call("submit")
        return super().read(request)

    def order(self, request: Request) -> Order:
        body = request.json
        given = body["parameters"]
        return Order(
            prompt=body["instances"][0]["prompt"],
            seconds=given["num_frames"] / given["fps"],
            fps=given["fps"],
            width=given["width"],
            height=given["height"],
            seed=given.get("seed"),
        )

    def job(self, view: JobView) -> dict[str, Any]:
        return {"film": view.id}


class Google(SimulatedService):
    """The service of one of the providers.

    Args:
        wire: How it speaks.
    """

    def __init__(self, wire: GoogleWire) -> None:
        settings = {
            "GOOGLE_CLOUD_PROJECT": "film-school",
            "GOOGLE_CLOUD_LOCATION": "us-central1",
            "GOOGLE_OAUTH_ACCESS_TOKEN": self.KEY,
            "VERTEX_BASE_URL": "{url}",
            "VERTEX_STORAGE_URL": "{url}",
        }
        self._endpoint = isinstance(wire, EndpointWire)
        if self._endpoint:
            settings["VERTEX_ENDPOINT_ID"] = "1234567890"
        else:
            settings["VERTEX_OUTPUT"] = f"gs://{_BUCKET}/out"
        options = {"timeout": 2.0} | ({} if self._endpoint else {"poll_every": 0.01})
        super().__init__(wire=wire, settings=settings, options=options)

    def can(self, kind: FaultKind, operation: Operation) -> bool:
        only_call = self._endpoint and operation is not Operation.SUBMIT
        return not only_call and super().can(kind, operation)

    def fault(self, fault: Fault | FaultKind | str, **fields: object) -> Fault:
        made = fault if isinstance(fault, Fault) else Fault.from_json({"kind": fault, **fields})
        if made.charged and made.kind is FaultKind.REFUSE:
            pytest.skip("Google bills no order that it refuses")
        return super().fault(made)

    def answer(self, request: Request) -> Reply:
        if self._endpoint and request.method == "GET" and "endpoints" in request.path:
            return said({"name": "/".join(request.path[1:]), "displayName": "mine"})
        reply = super().answer(request)
        if isinstance(reply.body, bytes) and b'"film"' in reply.body:
            return self._with_film(reply, request)
        return reply

    def _with_film(self, reply: Reply, request: Request) -> Reply:
        assert isinstance(reply.body, bytes)
        name = f"out/{json.loads(reply.body)['film']}.mp4"
        path = ("download", "storage", "v1", "b", _BUCKET, "o", name)
        film = super().answer(attrs.evolve(request, method="GET", path=path, body=b""))
        data = film.body if isinstance(film.body, bytes) else film.body()
        made = {"video": base64.b64encode(data).decode()}
        done = said({"predictions": [made], "deployedModelId": "77"})
        return attrs.evolve(reply, body=done.body)
