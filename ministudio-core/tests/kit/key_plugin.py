"""A plugin whose provider sends its key to a service over HTTP, and a store that holds keys.

``KEYED_URL`` says where requests go; the service is on this machine and knows which keys are good.
"""

from __future__ import annotations

import asyncio
import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from ministudio.plugin import (
    AuthenticationError,
    Billing,
    Clip,
    JobHandle,
    JobState,
    JobStatus,
    JobVideoProvider,
    Prepared,
    SecretBackendSpec,
    SecretNotFound,
    Setting,
    SettingKind,
    VideoProviderSpec,
    hookimpl,
    permissive_card,
)
from ministudio.testing.clips import make_clip
from ministudio.values.frames import Size

TOKEN = Setting(
    name="KEYED_TOKEN",
    help="Opens the service.",
    category="Keyed",
    secret=True,
    required=True,
    aliases=["KEYED_KEY"],
    where_to_get="https://keyed.example/keys",
)
URL = Setting(name="KEYED_URL", help="Where it is.", category="Keyed", kind=SettingKind.URL)
DOOR = Setting(
    name="KEYED_VAULT_TOKEN", help="Opens the vault.", category="Keyed", secret=True, required=True
)
VAULT: dict[str, object] = {}
"""What the store holds, by path; an exception is raised."""


@hookimpl
def ministudio_video_providers():
    yield VideoProviderSpec(
        name="keyed",
        factory="key_plugin:Keyed",
        summary="Sends its key.",
        models=[permissive_card("keyed-1")],
        settings=[TOKEN, URL],
        billing=Billing.PAID,
    )


@hookimpl
def ministudio_secret_backends():
    yield SecretBackendSpec(
        name="keyed-vault", factory="key_plugin:Vault", summary="Holds keys.", settings=[DOOR]
    )
    yield SecretBackendSpec(name="keyed-never", factory="no_such_sdk:X", summary="Never asked.")


class Vault:
    """The store."""

    def __init__(self, context) -> None:
        self.door = context.settings["KEYED_VAULT_TOKEN"]

    def get(self, ref):
        answer = VAULT.get(ref.path, SecretNotFound(ref.path))
        if isinstance(answer, BaseException):
            raise answer
        return answer, ref.version


class Keyed(JobVideoProvider):
    """The provider."""

    poll_every = 0.01

    async def prepare(self, request):
        return Prepared(request=request, payload=self._token)

    async def submit(self, prepared):
        assert prepared.payload == self._token, "what was prepared is another key's"
        answer = await self._call("POST", "/jobs")
        data = {"seconds": prepared.request.seconds}
        if self.context.options.get("leak"):
            basic = base64.b64encode(f"user:{self._token}".encode()).decode()
            data |= {"links": [f"{self._url}/?key={self._token}"], "basic": basic}
        return JobHandle(
            provider=self.name, model=prepared.request.model, id=answer["id"], data=data
        )

    async def poll(self, job):
        answer = await self._call("GET", f"/jobs/{job.id}", job)
        return JobStatus(state=JobState(answer["state"]))

    async def fetch(self, job, into):
        await self._call("GET", f"/jobs/{job.id}/clip", job)
        path = make_clip(into / "clip.mp4", seconds=job.data["seconds"], fps=12)
        return Clip(
            path=path,
            sha256="0" * 64,
            seconds=1.0,
            fps=12.0,
            size=Size(64, 36),
            audio=True,
            seed=1,
        )

    @property
    def _token(self):
        return self.context.settings["KEYED_TOKEN"].reveal()

    @property
    def _url(self):
        return self.context.settings.get("KEYED_URL") or self.context.options["base_url"]

    async def _call(self, method, path, job=None):
        headers = {"Authorization": f"Bearer {self._token}"}
        if job is not None:
            headers["X-Job"] = json.dumps(dict(job.data))
        request = Request(self._url + path, method=method, headers=headers)
        try:
            with await asyncio.to_thread(urlopen, request, timeout=10) as answer:
                return json.loads(answer.read())
        except HTTPError as error:
            error.close()
            raise AuthenticationError("the key is not known", provider=self.name) from None


class Service:
    """Knows which keys are good, and remembers what it was sent."""

    def __init__(self, *good: str) -> None:
        self.good = set(good)
        self.sent: list[tuple[str, str, str]] = []
        self.jobs = 0
        self.refused = lambda: None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                outer.answer(self)

            do_GET = do_POST = answer  # noqa: N815 - the standard library names them

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=[0.01], daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, asked) -> None:
        key = asked.headers["Authorization"].removeprefix("Bearer ")
        self.sent.append((asked.command, key, asked.headers.get("X-Job", "")))
        code, said = 200, {"state": "succeeded"}
        if key not in self.good:
            code, said = 401, {}
            self.refused()
        elif asked.command == "POST":
            self.jobs += 1
            said = {"id": str(self.jobs)}
        data = json.dumps(said).encode()
        asked.send_response(code)
        asked.send_header("Content-Length", str(len(data)))
        asked.end_headers()
        asked.wfile.write(data)
