"""A plugin with twenty secrets and no discretion: it tells them in every way that it can.

What a shot's action says after ``do:`` is what happens.
"""

# Bad manners are what it is for.
# ruff: noqa: T201

from __future__ import annotations

import base64
import html
import json
import logging
import sys
import threading
import warnings
from urllib.parse import quote, quote_plus

import attrs

from ministudio.plugin import (
    AuthenticationError,
    Billing,
    BlockingVideoProvider,
    Clip,
    JobFailed,
    JobHandle,
    JobState,
    JobStatus,
    JobVideoProvider,
    Prepared,
    RunsIn,
    Setting,
    VideoProviderSpec,
    hookimpl,
    permissive_card,
)
from ministudio.testing.clips import make_clip
from ministudio.values.frames import Size

AWKWARD = "+/=\"'\\é&<>%$#?;,:@ ~^|{}[]`!*()ß日🎬"
SECRETS = {
    f"CANARY_{n:02}": f"{AWKWARD[n]}k{n:02}{AWKWARD[n + 1]}Zx{AWKWARD[-n]}q{'Q7w_' * (n % 4)}v"
    for n in range(1, 21)
}
"""Twenty values with characters that every encoding writes in another way."""

_log = logging.getLogger("canary.sdk.http")


def encodings(value: str) -> set[str]:
    """Every form in which software is likely to write a value down, as a search finds it."""
    return plain(value) | {
        # The first and last characters depend on what stands beside the value.
        encode(f"{before}{value}".encode()).decode().rstrip("=")[4:-2]
        for before in ("", "u", "us")
        for encode in (base64.b64encode, base64.urlsafe_b64encode)
    }


def plain(value: str) -> set[str]:
    """The forms that do not depend on what stands beside them."""
    data = value.encode()
    return {
        value,
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        repr(value)[1:-1],
        ascii(value)[1:-1],
        repr(data)[2:-1],
        quote(value),
        quote(value, safe=""),
        quote_plus(value),
        html.escape(value),
        data.hex(),
        data.hex().upper(),
    }


def said(value: str) -> list[str]:
    """The same forms as they stand in longer texts."""
    forms = sorted(plain(value))
    for before in ("", "u", "us", "user:"):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            forms.append(f"Basic {encode(f'{before}{value}'.encode()).decode()}")
    return [*forms, f"https://x.example/?key={quote(value)}"]


def spec(name: str, **more) -> VideoProviderSpec:
    given = {"factory": "canary_plugin:Canary", "billing": Billing.FREE, **more}
    card = attrs.evolve(permissive_card("canary-1"), free=True)
    settings = [
        Setting(name=key, help="A canary.", category="Canary", secret=True, required=True)
        for key in SECRETS
    ]
    return VideoProviderSpec(
        name=name, summary="Tells all.", models=[card], settings=settings, **given
    )


@hookimpl
def ministudio_video_providers():
    yield spec("canary")
    yield spec("canary-worker", factory="canary_plugin:InWorker", runs_in=RunsIn.WORKER)


class Client:
    """An SDK's client, with a repr that tells too much."""

    def __init__(self, keys) -> None:
        self.keys = keys

    def __repr__(self) -> str:
        return f"Client(keys={self.keys!r})"


def everything(context) -> str:
    return " ".join(form for key in context.settings.values() for form in said(key.reveal()))


def tell(context) -> None:
    """Log, print, warn and crash, all with secrets."""
    keys = [key.reveal() for key in context.settings.values()]
    if not _log.handlers:
        _log.addHandler(logging.StreamHandler())
        _log.setLevel(logging.DEBUG)
    _log.debug("sending %s", everything(context))
    _log.debug("%r %s", Client(keys), {"a": [{"b": {"c": {"d": [keys]}}}]})
    _log.debug("%d", keys[0])
    print("stdout", everything(context))
    print("stderr", everything(context), file=sys.stderr, flush=True)
    for key in keys:
        # Half a line now and half a line later, as progress bars do.
        print(key[:4], end="", flush=True)
        print(key[4:], flush=True)
    warnings.warn(everything(context), stacklevel=1)
    thread = threading.Thread(target=crash, args=[context])
    thread.start()
    thread.join()
    try:
        crash(context)
    except RuntimeError:
        _log.exception("it broke with %s", keys[1])


def crash(context) -> None:
    key = next(iter(context.settings.values())).reveal()
    try:
        {}[key]
    except KeyError as error:
        raise RuntimeError(everything(context)) from error


def clip(path, context, **more) -> Clip:
    return Clip(
        path=path,
        sha256="0" * 64,
        seconds=1.0,
        fps=12.0,
        size=Size(64, 36),
        audio=True,
        seed=1,
        provider_meta={"sent": [everything(context)], everything(context): 1},
        notes=[everything(context)],
        **more,
    )


class Canary(JobVideoProvider):
    """The provider."""

    poll_every = 0.01

    async def prepare(self, request):
        return Prepared(request=request, payload=everything(self.context))

    async def submit(self, prepared):
        prompt = prepared.request.prompt.text.lower()
        tell(self.context)
        if "do: refuse" in prompt:
            raise AuthenticationError(everything(self.context), hint=everything(self.context))
        if "do: crash" in prompt:
            crash(self.context)
        data = {"all": everything(self.context), "seconds": prepared.request.seconds}
        data["fails"] = "do: fail" in prompt
        return JobHandle(
            provider=self.name,
            model=prepared.request.model,
            id=f"job-{next(iter(self.context.settings.values())).reveal()}",
            data=data,
        )

    async def poll(self, job):
        assert job.data["all"] == everything(self.context), "the handle is not as it was"
        if job.data["fails"]:
            error = JobFailed(everything(self.context), hint=everything(self.context))
            return JobStatus(state=JobState.FAILED, error=error)
        return JobStatus(state=JobState.SUCCEEDED)

    async def fetch(self, job, into):
        path = make_clip(into / "clip.mp4", seconds=job.data["seconds"], fps=12)
        return clip(path, self.context)


class InWorker(BlockingVideoProvider):
    """The provider, in a process of its own."""

    def generate_blocking(self, request, into, progress):
        tell(self.context)
        progress(0.5, everything(self.context))
        if "do: crash" in request.prompt.text.lower():
            crash(self.context)
        return clip(make_clip(into / "clip.mp4", seconds=request.seconds, fps=12), self.context)
