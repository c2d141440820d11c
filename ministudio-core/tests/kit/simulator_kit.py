"""A simulated service to talk to: raw HTTP, and the provider's steps."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from ministudio.plugin import (
    ClipRequest,
    CompiledPrompt,
    JobHandle,
    PluginContext,
    Prepared,
    Resolution,
    Secret,
)
from ministudio.testing.simulator.provider import SimulatorProvider

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ministudio.testing.simulator import SimulatedService

NOW = 1_800_000_000.0
SINCE = datetime.fromtimestamp(NOW, UTC)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> dict[str, Any]:
        return json.loads(self.body)


class Raw:
    """A client that knows nothing but HTTP."""

    def __init__(self, url: str, patience: float = 5.0) -> None:
        self.place = url.removeprefix("http://")
        self.patience = patience

    def __call__(self, method: str, path: str, data: object = None, **headers: str) -> Answer:
        body = data if isinstance(data, bytes) else b"" if data is None else json.dumps(data)
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        line = http.client.HTTPConnection(self.place, timeout=self.patience)
        with contextlib.closing(line):
            line.request(method, path, body, named)
            got = line.getresponse()
            return Answer(got.status, dict(got.getheaders()), got.read())

    def submit(self, prompt: str = "A dog.", key: str = "k1", **more: object) -> Answer:
        return self("POST", "/jobs", order(prompt, **more), Idempotency_Key=key)

    def job(self, prompt: str = "A dog.", key: str = "k1", **more: object) -> str:
        """Submit, and return the job's id."""
        answer = self.submit(prompt, key, **more)
        assert answer.status == 202, answer
        return answer.data["id"]

    def poll(self, job: str) -> dict[str, Any]:
        answer = self("GET", f"/jobs/{job}")
        assert answer.status == 200, answer
        return answer.data

    def fetch(self, job: str) -> Answer:
        return self("GET", self.poll(job)["link"])


def order(prompt: str = "A dog.", **more: object) -> dict[str, object]:
    """The JSON of a small order."""
    return {
        "model": "sim-1",
        "queue": "a",
        "prompt": prompt,
        "seconds": 0.5,
        "aspect_ratio": "16:9",
        "resolution": "360p",
        "fps": 12,
        "seed": 7,
        **more,
    }


def request(prompt: str = "A dog.", **more: object) -> ClipRequest:
    """The same as the core asks for it."""
    given = {"seconds": 0.5, "resolution": Resolution.P360, "fps": 12, "seed": 7, **more}
    return ClipRequest(model="sim-1", prompt=CompiledPrompt(text=prompt), **given)


def provider(url: str, kind: type = SimulatorProvider, key: str = "", **options: float):
    """A provider for the service at an address."""
    settings: dict[str, str | Secret] = {"SIMULATOR_URL": url}
    if key:
        settings["SIMULATOR_API_KEY"] = Secret(key)
    options = {"poll_every": 0.01, "patience": 5.0, **options}
    return kind(PluginContext(options=options, settings=settings))


class Steps:
    """A provider's steps, each as a plain call."""

    def __init__(
        self, service: SimulatedService, folder: Path, run: Callable[..., Any], **how: Any
    ) -> None:
        self.provider = provider(service.url, **how)
        self.folder = folder
        self.run = run

    def prepare(self, prompt: str = "A dog.", key: str = "k1", **more: object) -> Prepared:
        prepared = self.run(self.provider.prepare(request(prompt, **more)))
        return Prepared(request=prepared.request, payload=prepared.payload, idempotency_key=key)

    def submit(self, prompt: str = "A dog.", key: str = "k1", **more: object) -> JobHandle:
        return self.run(self.provider.submit(self.prepare(prompt, key, **more)))

    def poll(self, job: JobHandle):
        return self.run(self.provider.poll(job))

    def fetch(self, job: JobHandle):
        return self.run(self.provider.fetch(job, self.folder))

    def find(self, prompt: str = "A dog.", key: str = "k1"):
        return self.run(self.provider.find(self.prepare(prompt, key), SINCE))

    def cancel(self, job: JobHandle):
        return self.run(self.provider.cancel(job))

    def generate(self, prompt: str = "A dog.", **more: object):
        wanted = request(prompt, **more)
        return self.run(self.provider.generate(wanted, self.folder, lambda *_, **__: None))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
