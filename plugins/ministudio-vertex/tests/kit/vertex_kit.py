"""Google on this machine: Veo, Omni, endpoints, Cloud Storage and tokens, as they are on the wire.

It keeps what it was asked, counts what it would bill, and fails as told.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import socket
import struct
import threading
import uuid
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import parse_qs, quote, unquote, urlsplit

import google_crc32c

from ministudio.plugin import (
    ClipRequest,
    CompiledPrompt,
    MediaFile,
    PluginContext,
    Secret,
    file_sha256,
)
from ministudio.testing.clips import make_clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PROJECT = "film-school"
TOKEN = "ya29.fake-token-for-tests"
SIZES = {"360p": (64, 36), "720p": (96, 54), "1080p": (128, 72), "4k": (160, 90)}


class Asked(NamedTuple):
    """One request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any

    @property
    def submits(self) -> bool:
        end = self.path.partition("?")[0]
        ends = (":predictLongRunning", ":predict", "/interactions")
        return self.method == "POST" and end.endswith(ends)


class Answer(NamedTuple):
    """What the service answers instead of doing as it is asked."""

    status: int
    body: Any
    headers: Mapping[str, str] = {}


def said(status: int, message: str, code: str = "", **more: Any) -> Answer:
    """An error in Google's usual form."""
    headers = more.pop("headers", {})
    return Answer(
        status,
        {"error": {"code": status, "message": message, "status": code, **more}},
        headers,
    )


DROP_BEFORE = "drop before"
DROP_AFTER = "drop after"
STALL = "stall"


@lru_cache(maxsize=64)
def clip(seconds: float, size: tuple[int, int] = (96, 54), hue: int = 128) -> bytes:
    """A small MP4."""
    with TemporaryDirectory() as folder:
        path = make_clip(Path(folder) / "clip.mp4", seconds=seconds, size=size, hue=(hue, 128))
        return path.read_bytes()


def crc32c(data: bytes) -> str:
    """The checksum that Cloud Storage sends along."""
    return base64.b64encode(google_crc32c.Checksum(data).digest()).decode()


class FakeGoogle:
    """The service; ``with FakeGoogle() as google:`` starts and stops it."""

    def __init__(self, *, polls: int = 1) -> None:
        self.asked: list[Asked] = []
        self.bills: list[str] = []
        self.polls = polls
        self.jobs: dict[str, dict[str, Any]] = {}
        self.objects: dict[str, bytes] = {}
        self.outcome: Callable[[dict[str, Any]], dict[str, Any]] | None = None
        self.joined = 0.0
        self.connections = 0
        self._faults: list[tuple[str, Answer | str]] = []
        self._lock = threading.Lock()

    def fail(self, pattern: str, *answers: Answer | str) -> None:
        """Answer the next requests whose ``METHOD path`` fits with these, one after another."""
        self._faults += [(pattern, answer) for answer in answers]

    @property
    def submits(self) -> list[Asked]:
        return [one for one in self.asked if one.submits]

    def __enter__(self) -> Self:
        fake = self

        class Handler(_Handler):
            google = fake

        class Server(ThreadingHTTPServer):
            request_queue_size = 64
            daemon_threads = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that hangs up is no news."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.daemon = True
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def fault_for(self, line: str) -> Answer | str | None:
        with self._lock:
            for index, (pattern, answer) in enumerate(self._faults):
                if re.search(pattern, line):
                    del self._faults[index]
                    return answer
        return None

    # Each of the following does what one kind of request asks for.

    def answer(self, asked: Asked) -> Answer:  # noqa: PLR0911 - a line a service
        path, _, query = asked.path.partition("?")
        if path == "/token":
            return Answer(200, {"access_token": "ya29.minted", "expires_in": 3600})
        if asked.headers.get("authorization", "") not in {
            f"Bearer {TOKEN}",
            "Bearer ya29.minted",
        }:
            return said(401, "Request had invalid authentication credentials.", "UNAUTHENTICATED")
        if path.startswith(("/storage", "/download/storage", "/upload/storage")):
            return self._storage(asked, path, parse_qs(query))
        if path.endswith(":predictLongRunning"):
            return self._veo(asked, path)
        if path.endswith(":fetchPredictOperation"):
            return self._operation(asked)
        if path.endswith("/interactions"):
            return self._create(asked)
        if "/interactions/" in path:
            return self._interaction(asked, path)
        if "/endpoints/" in path:
            return self._endpoint(asked, path)
        return said(404, "no such method", "NOT_FOUND")

    def _veo(self, asked: Asked, path: str) -> Answer:
        name = path.partition("/v1beta1/")[2].removesuffix(":predictLongRunning")
        name = f"{name}/operations/{uuid.uuid4()}"
        given = asked.body["parameters"]
        seconds = given.get("durationSeconds", 7) + self.joined
        data = self._film(seconds, given.get("resolution", "720p"), asked.body)
        video: dict[str, Any] = {"mimeType": "video/mp4"}
        if output := given.get("storageUri"):
            uri = f"{output}{uuid.uuid4().hex[:8]}/sample_0.mp4"
            self.objects[uri] = data
            video["gcsUri"] = uri
        else:
            video["bytesBase64Encoded"] = base64.b64encode(data).decode()
        done = {"videos": [video], "raiMediaFilteredCount": 0}
        job = {"name": name, "done": True, "response": done}
        return self._take(name, job, {"name": name})

    def _create(self, asked: Asked) -> Answer:
        id_ = uuid.uuid4().hex[:22]
        wanted = asked.body["response_format"]
        length = float(wanted["duration"].removesuffix("s"))
        data = self._film(length + self.joined, wanted["resolution"], asked.body)
        video = {"type": "video", "mime_type": "video/mp4"}
        if wanted.get("delivery") == "uri":
            video["uri"] = f"{wanted['gcs_uri']}{id_}.mp4"
            self.objects[video["uri"]] = data
        else:
            video["data"] = base64.b64encode(data).decode()
        job = {
            "id": id_,
            "status": "completed",
            "model": asked.body["model"],
            "created": "2026-11-22T20:00:00Z",
            "updated": "2026-11-22T20:01:00Z",
            "steps": [{"type": "model_output", "content": [video]}],
            "usage": {
                "total_input_tokens": 100,
                "output_tokens_by_modality": [{"modality": "video", "tokens": int(length * 5792)}],
            },
        }
        return self._take(id_, job, {"id": id_, "status": "in_progress"})

    def _take(self, name: str, job: dict[str, Any], answer: dict[str, Any]) -> Answer:
        if self.outcome is not None:
            job = self.outcome(job)
        self.jobs[name] = {"left": self.polls, "job": job}
        self.bills.append(name)
        return Answer(200, answer)

    def _operation(self, asked: Asked) -> Answer:
        name = asked.body["operationName"]
        if name not in self.jobs:
            return said(404, f"operation {name} was not found", "NOT_FOUND")
        return Answer(200, self._now(name, {"name": name}))

    def _interaction(self, asked: Asked, path: str) -> Answer:
        id_ = path.partition("/interactions/")[2]
        id_, _, verb = id_.partition("/")
        if id_ not in self.jobs:
            return said(404, "Invalid interaction name", "NOT_FOUND")
        if verb == "cancel":
            self.jobs[id_] = {"left": 0, "job": {"id": id_, "status": "cancelled"}}
            return Answer(200, {"id": id_, "status": "cancelled"})
        return Answer(200, self._now(id_, {"id": id_, "status": "in_progress"}))

    def _now(self, name: str, meanwhile: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            held = self.jobs[name]
            if held["left"] > 0:
                held["left"] -= 1
                return meanwhile
            job: dict[str, Any] = held["job"]
            return job

    def _endpoint(self, asked: Asked, path: str) -> Answer:
        name = path.partition("/v1/")[2].removesuffix(":predict")
        if asked.method == "GET":
            return Answer(200, {"name": name, "displayName": "wan"})
        self.bills.append(name)
        given = asked.body["parameters"]
        data = self._film(given["num_frames"] / given.get("fps", 24), "720p", asked.body)
        prediction: Any = {"video": base64.b64encode(data).decode()}
        if self.outcome is not None:
            prediction = self.outcome(prediction)
        return Answer(200, {"predictions": [prediction], "deployedModelId": "77"})

    def _storage(self, asked: Asked, path: str, query: Mapping[str, list[str]]) -> Answer:
        found = re.search(r"/b/([^/]+)/o(?:/(.+))?$", path)
        assert found, path
        bucket, name = found[1], unquote(found[2] or "")
        if asked.method == "GET":
            data = self.objects.get(f"gs://{bucket}/{name}")
            if data is None:
                return said(404, "No such object", "NOT_FOUND")
            headers = {"x-goog-hash": f"crc32c={crc32c(data)}", "content-type": "video/mp4"}
            return Answer(200, data, headers)
        if query.get("uploadType") == ["resumable"]:
            return self._resumable(asked, bucket, query)
        _, _, rest = asked.body.partition(b"\r\n\r\n")
        meta, _, _ = rest.partition(b"\r\n--")
        name = json.loads(meta)["name"]
        uri = f"gs://{bucket}/{name}"
        if uri in self.objects:
            return said(412, "there is one already", "conditionNotMet")
        self.objects[uri] = asked.body
        return Answer(200, {"name": name, "bucket": bucket})

    def _resumable(self, asked: Asked, bucket: str, query: Mapping[str, list[str]]) -> Answer:
        """What is big comes in two steps: its name, then its bytes."""
        if asked.method == "POST":
            name = asked.body["name"]
            if f"gs://{bucket}/{name}" in self.objects:
                return said(412, "there is one already", "conditionNotMet")
            at = f"{self.url}{asked.path}&name={quote(name, safe='')}&upload_id=1"
            return Answer(200, {}, {"location": at})
        name = query["name"][0]
        self.objects[f"gs://{bucket}/{name}"] = asked.body
        return Answer(200, {"name": name, "bucket": bucket, "crc32c": crc32c(asked.body)})

    def _film(self, seconds: float, resolution: str, body: Any) -> bytes:
        words = json.dumps(body, sort_keys=True).encode()
        hue = 20 + int.from_bytes(hashlib.sha256(words).digest()[:1], "big") % 200
        return clip(seconds, SIZES[resolution], hue)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    google: FakeGoogle

    def setup(self) -> None:
        super().setup()
        self.google.connections += 1

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        plain = self.headers.get("content-type", "").startswith("application/json")
        self._do(json.loads(raw) if plain and raw else raw)

    do_PUT = do_POST  # noqa: N815 - http.server's name

    def do_GET(self) -> None:
        self._do(None)

    def _do(self, body: Any) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        path = urlsplit(self.path)
        asked = Asked(self.command, f"{path.path}?{path.query}".rstrip("?"), headers, body)
        self.google.asked.append(asked)
        fault = self.google.fault_for(f"{asked.method} {asked.path}")
        if fault == DROP_BEFORE:
            self._hang_up()
            return
        answer = fault if isinstance(fault, Answer) else self.google.answer(asked)
        if fault == STALL:
            threading.Event().wait(1.5)
        if fault in (DROP_AFTER, STALL):
            self._hang_up()
        else:
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        raw = answer.body
        if not isinstance(raw, bytes):
            raw = raw.encode() if isinstance(raw, str) else json.dumps(raw).encode()
        kind = "text/html" if isinstance(answer.body, str) else "application/json"
        self.send_response(answer.status)
        headers = {"content-type": kind, "content-length": str(len(raw)), **answer.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def _hang_up(self) -> None:
        self.close_connection = True
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()


def settings(google: FakeGoogle, **more: str | Secret) -> dict[str, str | Secret]:
    """Settings that lead to the fake service."""
    return {
        "GOOGLE_CLOUD_PROJECT": PROJECT,
        "GOOGLE_CLOUD_LOCATION": "us-central1",
        "GOOGLE_OAUTH_ACCESS_TOKEN": Secret(TOKEN),
        "VERTEX_BASE_URL": google.url,
        "VERTEX_STORAGE_URL": google.url,
        **more,
    }


def context(google: FakeGoogle, *, options: Mapping[str, object] | None = None, **more: Any) -> Any:
    return PluginContext(settings=settings(google, **more), options=options or {})


def request(model: str = "gemini-omni-1.2-flash", **more: Any) -> ClipRequest:
    """A request; what is not said is as plain as it can be."""
    text = more.pop("text", "a red fox in snow")
    negative = more.pop("negative", "")
    defaults = {"seconds": 4.0, "seed": 7, "audio": True}
    prompt = CompiledPrompt(text=text, negative=negative)
    return ClipRequest(model=model, prompt=prompt, **(defaults | more))


def media(path: Path) -> MediaFile:
    return MediaFile(path, file_sha256(path))


@contextmanager
def no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> Any:
        host = address[0] if isinstance(address, tuple) else ""
        assert host in {"127.0.0.1", "localhost", "::1", ""}, f"a test reached for {address}"
        return real(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign]  # put back below
    try:
        yield
    finally:
        socket.socket.connect = real  # type: ignore[method-assign]  # as it was
