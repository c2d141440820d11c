"""A service that speaks as the Hub, the router, five providers and an endpoint do.

The forms are those of huggingface_hub 2.4.0's own source, and fal's documents where the SDK is
silent (cancelling, errors of a finished job). Every request is recorded; submits and bills are
counted. What is to go wrong is put into ``faults`` by the kind of request it happens to.
"""

from __future__ import annotations

import base64
import json
import tempfile
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import attrs
import httpx2

from ministudio.testing.clips import make_clip

TOKEN = "hf_abcdefghijklmnopqrstuvwxyz012345"
T2V, I2V = "text-to-video", "image-to-video"
SERVED = {
    "Wan-AI/Wan2.2-T2V-A14B": [
        ("fal-ai", "fal-ai/wan/v2.2-a14b/text-to-video", T2V),
        ("wavespeed", "wavespeed-ai/wan-2.2/t2v-720p", T2V),
        ("together", "Wan-AI/Wan2.2-T2V-A14B", T2V),
        ("replicate", "wan-video/wan-2.2-t2v-fast", T2V),
    ],
    "Wan-AI/Wan2.2-I2V-A14B": [
        ("fal-ai", "fal-ai/wan/v2.2-a14b/image-to-video", I2V),
        ("wavespeed", "wavespeed-ai/wan-2.2/i2v-720p", I2V),
        ("together", "Wan-AI/Wan2.2-I2V-A14B", I2V),
    ],
    "Lightricks/LTX-Video-0.9.8-13B-distilled": [("fal-ai", "fal-ai/ltxv-13b-098-distilled", T2V)],
    "zai-org/CogVideoX-5b": [("fal-ai", "fal-ai/cogvideox-5b", T2V)],
    "Wan-AI/Wan2.1-T2V-14B": [("novita", "wan-t2v", T2V)],
    "me/versioned": [("replicate", "lightricks/ltx-video:8c47da66", T2V)],
}


@attrs.define(kw_only=True)
class Fault:
    """What goes wrong with one request, instead of or after what it would have done."""

    status: int = 0
    body: Any = None
    headers: dict[str, str] = attrs.field(factory=dict)
    drop: bool = False
    after: bool = False
    cut: bool = False
    silent: bool = False


@attrs.define(kw_only=True)
class Seen:
    """One request as it came."""

    kind: str
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: Any


@attrs.define(kw_only=True)
class Job:
    id: str
    provider: str
    order: dict[str, Any]
    polls: int = 0
    cancelled: bool = False


class FakeHuggingFace:
    """Stands the service up on this machine for as long as the block lasts."""

    def __init__(self) -> None:
        self.requests: list[Seen] = []
        self.jobs: dict[str, Job] = {}
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.served = {model: list(rows) for model, rows in SERVED.items()}
        self.outcome: dict[str, Any] = {}
        self.bills = 0
        self.steps = 2
        self.endpoint_states = ["running"]
        self.endpoint_actions: list[str] = []
        self.endpoint_answer: tuple[str, Any] = ("video/mp4", None)
        self._clips: dict[tuple[int, int, int], bytes] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        fake = self

        class Handler(_Handler):
            service = fake

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def of(self, kind: str) -> list[Seen]:
        """Return the requests of one kind, in order."""
        return [seen for seen in self.requests if seen.kind == kind]

    @property
    def submits(self) -> int:
        """How many requests came that order a clip, whatever became of them."""
        return len(self.of("submit"))

    def clip(self, frames: int = 17, fps: int = 16, hue: int = 0) -> bytes:
        """Return a small clip of so many frames, of a colour by number."""
        with self._lock:
            if (frames, fps, hue) not in self._clips:
                with tempfile.TemporaryDirectory() as folder:
                    path = make_clip(
                        Path(folder) / "clip.mp4",
                        seconds=frames / fps,
                        size=(64, 48),
                        fps=fps,
                        hue=(70 + 20 * hue, 180 - 20 * hue),
                    )
                    self._clips[frames, fps, hue] = path.read_bytes()
            return self._clips[frames, fps, hue]

    def order(self, provider: str, body: dict[str, Any]) -> Job:
        """Take a job, and bill it."""
        with self._lock:
            self.bills += 1
            job = Job(id=f"{provider}-{len(self.jobs) + 1:03}", provider=provider, order=body)
            self.jobs[job.id] = job
        return job


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: FakeHuggingFace

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def _serve(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        place = urlsplit(self.path)
        parts = [part for part in place.path.split("/") if part]
        kind, act = _routed(self.command, parts)
        body = json.loads(raw) if raw else None
        self.service.requests.append(
            Seen(
                kind=kind,
                method=self.command,
                path=place.path,
                query=parse_qs(place.query, keep_blank_values=True),
                headers={name.lower(): value for name, value in self.headers.items()},
                body=body,
            )
        )
        waiting = self.service.faults.get(kind)
        fault = waiting.pop(0) if waiting else None
        if fault is not None and not fault.after and not fault.cut:
            self._fail(fault)
            return
        status, answer, headers = act(self.service, parts, body)
        if fault is not None and fault.after:
            self._fail(fault)
            return
        self._answer(status, answer, headers, cut=fault is not None)

    def _fail(self, fault: Fault) -> None:
        if fault.silent:
            threading.Event().wait(1.0)
        if fault.drop or fault.silent:
            self.close_connection = True
            self.connection.close()
            return
        self._answer(fault.status, fault.body, fault.headers)

    def _answer(
        self, status: int, answer: Any, headers: dict[str, str], *, cut: bool = False
    ) -> None:
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        kind = {name.lower(): value for name, value in headers.items()}.pop("content-type", None)
        self.send_response(status)
        self.send_header(
            "Content-Type",
            kind or ("text/html" if isinstance(answer, bytes) else "application/json"),
        )
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            if name.lower() != "content-type":
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if cut else data)
        if cut:
            self.wfile.flush()
            self.close_connection = True


Reply = tuple[int, Any, dict[str, str]]


def _routed(method: str, parts: list[str]) -> tuple[str, Any]:
    """Return what kind of request this is, and what answers it."""
    first, last, post = parts[0] if parts else "", parts[-1] if parts else "", method == "POST"
    if first == "api":
        strays = {
            "agent-harnesses": ("stray", lambda *_: (404, {}, {})),
            "whoami-v2": ("whoami", lambda *_: (200, {"name": "me", "type": "user"}, {})),
        }
        return strays.get(parts[1], ("lookup", _lookup))
    deeds = {
        "files": ("download", _download),
        "v2": ("endpoint", _endpoint),
        "deployed": ("call", _call) if post else ("health", _health),
        "fal-ai": ("submit", _fal_submit) if post else ("result", _fal_result),
        "novita": ("submit", _novita),
        "wavespeed": ("submit" if post else "status", _wavespeed),
        "together": ("submit" if post else "status", _together),
        "replicate": ("submit" if post else "status", _replicate),
    }
    special = {
        ("fal-ai", "status"): ("status", _fal_status),
        ("fal-ai", "cancel"): ("cancel", _fal_cancel),
        ("replicate", "cancel"): ("cancel", _replicate_cancel),
    }
    nothing = ("unknown", lambda *_: (404, {"error": "no such address"}, {}))
    return special.get((first, last)) or deeds.get(first, nothing)


def _lookup(service: FakeHuggingFace, parts: list[str], _: Any) -> Reply:
    model = "/".join(parts[2:])
    if model not in service.served:
        return 404, {"error": "Repository not found"}, {"X-Error-Code": "RepoNotFound"}
    rows = [
        {"provider": provider, "providerId": id_, "status": "live", "task": task}
        for provider, id_, task in service.served[model]
    ]
    return 200, {"id": model, "inferenceProviderMapping": rows}, {}


def _job(service: FakeHuggingFace, parts: list[str]) -> Job | None:
    return next((service.jobs[part] for part in parts if part in service.jobs), None)


def _fal_submit(service: FakeHuggingFace, parts: list[str], body: Any) -> Reply:
    job = service.order("fal-ai", body)
    # fal answers with an address on its own host, under the app rather than the endpoint.
    own = f"https://queue.fal.run/{'/'.join(parts[1:3])}/requests/{job.id}"
    return 200, {"request_id": job.id, "response_url": own, "status": "IN_QUEUE"}, {}


def _fal_status(service: FakeHuggingFace, parts: list[str], _: Any) -> Reply:
    job = _job(service, parts)
    if job is None:
        return 404, {"detail": "Request not found"}, {}
    job.polls += 1
    states = ["IN_QUEUE", "IN_PROGRESS"]
    over = job.cancelled or job.polls > service.steps
    state = "COMPLETED" if over else states[min(job.polls - 1, 1)]
    return (200 if over else 202), {"status": state, "request_id": job.id}, {}


def _fal_result(service: FakeHuggingFace, parts: list[str], _: Any) -> Reply:
    job = _job(service, parts)
    if job is None:
        return 404, {"detail": "Request not found"}, {}
    if job.cancelled:
        return 499, {"detail": "Request was cancelled", "error_type": "client_cancelled"}, {}
    if service.outcome:
        return service.outcome["status"], service.outcome["body"], {}
    units = {"X-Fal-Billable-Units": "5.0625"}
    return 200, {"video": {"url": _file(service, job)}, "seed": job.order.get("seed")}, units


def _fal_cancel(service: FakeHuggingFace, parts: list[str], _: Any) -> Reply:
    job = _job(service, parts)
    if job is None:
        return 404, {"status": "NOT_FOUND"}, {}
    if job.polls > service.steps:
        return 400, {"status": "ALREADY_COMPLETED"}, {}
    job.cancelled = True
    return 202, {"status": "CANCELLATION_REQUESTED"}, {}


def _wavespeed(service: FakeHuggingFace, parts: list[str], body: Any) -> Reply:
    if body is not None:
        job = service.order("wavespeed", body)
        own = f"https://api.wavespeed.ai/api/v3/predictions/{job.id}/result"
        return 200, {"code": 200, "data": {"id": job.id, "urls": {"get": own}}}, {}
    job_ = _job(service, parts)
    if job_ is None:
        return 404, {"message": "task not found"}, {}
    state = _next(service, job_, "created", "processing", "completed")
    data: dict[str, Any] = {"id": job_.id, "status": state}
    if state == "completed":
        data |= service.outcome or {"outputs": [_file(service, job_)]}
    return 200, {"code": 200, "data": data}, {}


def _together(service: FakeHuggingFace, parts: list[str], body: Any) -> Reply:
    if body is not None:
        job = service.order("together", body)
        return 200, {"id": job.id, "model": body["model"]}, {}
    job_ = _job(service, parts)
    if job_ is None:
        return 404, {"error": {"message": "video not found"}}, {}
    state = _next(service, job_, "queued", "in_progress", "completed")
    data: dict[str, Any] = {"id": job_.id, "status": state}
    if state == "completed":
        outputs = {"outputs": {"video_url": _file(service, job_), "cost": 0.21}}
        data |= service.outcome or outputs
    return 200, data, {}


def _replicate(service: FakeHuggingFace, parts: list[str], body: Any) -> Reply:
    if body is not None:
        job = service.order("replicate", body["input"])
        return 201, {"id": job.id, "status": "starting", "output": None}, {}
    job_ = _job(service, parts)
    if job_ is None:
        return 404, {"detail": "prediction not found"}, {}
    if job_.cancelled:
        return 200, {"id": job_.id, "status": "canceled"}, {}
    state = _next(service, job_, "starting", "processing", "succeeded")
    data: dict[str, Any] = {"id": job_.id, "status": state}
    if state == "succeeded":
        data |= service.outcome or {"output": _file(service, job_)}
    return 200, data, {}


def _replicate_cancel(service: FakeHuggingFace, parts: list[str], _: Any) -> Reply:
    job = _job(service, parts)
    if job is None:
        return 404, {}, {}
    job.cancelled = True
    return 200, {"id": job.id, "status": "canceled"}, {}


def _novita(service: FakeHuggingFace, _: list[str], body: Any) -> Reply:
    job = service.order("novita", body)
    return 200, {"video": {"video_url": _file(service, job)}}, {}


def _next(service: FakeHuggingFace, job: Job, first: str, then: str, last: str) -> str:
    job.polls += 1
    if job.polls > service.steps:
        return last
    return first if job.polls == 1 else then


def _file(service: FakeHuggingFace, job: Job) -> str:
    return f"{service.url.replace('127.0.0.1', 'localhost')}/files/{job.id}.mp4"


def _download(service: FakeHuggingFace, parts: list[str], _: Any) -> Reply:
    job = service.jobs[parts[-1].removesuffix(".mp4")]
    order = job.order
    frames, fps = order.get("num_frames", 17), order.get("frames_per_second", 16)
    hue = list(service.jobs).index(job.id) % 6
    return 200, service.clip(frames, fps, hue), {"content-type": "video/mp4"}


def _endpoint(service: FakeHuggingFace, parts: list[str], _: Any) -> Reply:
    if parts[3:4] != ["my-wan"]:
        return 404, {"error": "endpoint not found"}, {}
    if parts[4:]:
        service.endpoint_actions.append(parts[4])
        if parts[4] == "resume":
            service.endpoint_states = ["initializing", "running"]
        state = "scaledToZero" if parts[4] == "scale-to-zero" else "pending"
    else:
        states = service.endpoint_states
        state = states.pop(0) if len(states) > 1 else states[0]
    made = "2026-11-01T00:00:00.000Z"
    url = f"{service.url}/deployed" if state in {"running", "scaledToZero"} else None
    raw = {
        "name": "my-wan",
        "type": "protected",
        "healthRoute": "/health",
        "model": {"repository": "x/y", "framework": "custom", "revision": "m", "task": "custom"},
        "status": {"state": state, "createdAt": made, "updatedAt": made, "url": url},
    }
    return 200, raw, {}


def _health(*_: Any) -> Reply:
    return 200, {}, {}


def _call(service: FakeHuggingFace, _: list[str], body: Any) -> Reply:
    service.order("endpoint", body)
    kind, answer = service.endpoint_answer
    film = service.clip(body["parameters"]["num_frames"], body["parameters"]["fps"])
    if answer is not None:
        text = base64.b64encode(film).decode()
        return 200, json.loads(json.dumps(answer).replace("FILM", text)), {"content-type": kind}
    return 200, film, {"content-type": kind}


class OnlyHere(httpx2.BaseTransport):
    """Sends whatever is asked of whomever to this machine."""

    def __init__(self, url: str, keep: int | None = None) -> None:
        limits = httpx2.Limits(max_keepalive_connections=keep)
        self._inner = httpx2.HTTPTransport(verify=False, limits=limits)
        self._url = httpx2.URL(url)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.url = _here(request.url, self._url)
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


class OnlyHereAsync(httpx2.AsyncBaseTransport):
    """The same for asynchronous clients."""

    def __init__(self, url: str) -> None:
        self._inner = httpx2.AsyncHTTPTransport(verify=False)
        self._url = httpx2.URL(url)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        request.url = _here(request.url, self._url)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


def _here(asked: httpx2.URL, here: httpx2.URL) -> httpx2.URL:
    """Where an address is served on this machine; any other port of it stays as it is."""
    if asked.host in {"127.0.0.1", "localhost"}:
        return asked
    return asked.copy_with(scheme="http", host=here.host, port=here.port)
