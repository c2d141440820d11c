"""The providers of ``stunt_plugin``."""

# Bad manners are what these providers are for.
# ruff: noqa: T201

from __future__ import annotations

import asyncio
import os
import re
import sys
import time

import attrs

from ministudio.plugin import (
    ArtifactError,
    AuthenticationError,
    BaseVideoProvider,
    BlockingVideoProvider,
    Clip,
    ContentRefused,
    ProviderUnavailable,
    QuotaExceeded,
)
from ministudio.testing.clips import broken_clips, make_clip
from ministudio.values.frames import Size


class Stunt(BaseVideoProvider):
    async def generate(self, request, into, progress):
        what = told(request)
        if what == "wait":
            progress(0.5, "waiting")
            await asyncio.sleep(20)
        return perform(self, what, request, into)


class StuntInThread(BlockingVideoProvider):
    def generate_blocking(self, request, into, progress):
        what = told(request)
        if what == "wait":
            progress(0.5, "waiting")
            time.sleep(20)
        return perform(self, what, request, into)


def told(request):
    found = re.search(r"(?i)\bdo: ?([a-z-]+)", request.prompt.text)
    return found[1] if found else "clip"


def perform(provider, what, request, into):
    if error := ERRORS.get(what):
        raise error
    if act := ACTS.get(what):
        return act(request, into, provider.context.settings.get("STUNT_API_KEY"))
    return clip(broken_clips(into)[what])


def make(request, into, key, **meta):
    path = into / "clip.mp4"
    return clip(make_clip(path, seconds=request.seconds, fps=12, hue=hue(request)), **meta)


def big(request, into, key):
    """A clip that takes a while to bring to the format of the others."""
    return clip(make_clip(into / "clip.mp4", seconds=60, fps=30, size=(1280, 720)))


def die(request, into, key):
    os._exit(11)


def blow(request, into, key):
    raise RuntimeError("the tube blew")


def leave(request, into, key):
    sys.exit(3)


def stray(request, into, key):
    return clip(make_clip(into.parent / "stray.mp4"))


def nothing(request, into, key):
    return None


def tell(request, into, key):
    raise AuthenticationError(f"the key {key.reveal()} is not known", hint=f"not {key.reveal()}")


def cry(request, into, key):
    try:
        int(key.reveal())
    except ValueError as error:
        raise RuntimeError(f"GET https://stunt.example/?key={key.reveal()}") from error


def shout(request, into, key):
    print("my key is", key.reveal())
    print("my key is", key.reveal(), file=sys.stderr, flush=True)
    return make(request, into, key)


def boast(request, into, key):
    made = make(request, into, key, auth={"sent": [key.reveal()]}, place=into / key.reveal())
    return attrs.evolve(made, notes=[f"made with {key.reveal()}"])


def remark(request, into, key):
    notes = ["the wind blew\x1b[31m", "cut to the second"]
    return attrs.evolve(make(request, into, key), notes=notes)


ACTS = {
    "clip": make,
    "big": big,
    "die": die,
    "raise": blow,
    "exit": leave,
    "stray": stray,
    "nothing": nothing,
    "tell": tell,
    "cry": cry,
    "shout": shout,
    "boast": boast,
    "remark": remark,
}
ERRORS = {
    "refuse": ContentRefused("the prompt shows a cliff", reasons=("heights",)),
    "quota": QuotaExceeded("no credit is left", hint="buy some"),
    "down": ProviderUnavailable("stunt.example does not answer"),
    "artifact": ArtifactError("the download broke off"),
}


def hue(request):
    return 16 + request.seed % 225, 16 + request.seed // 225 % 225


def clip(path, **meta):
    return Clip(
        path=path,
        sha256="0" * 64,
        seconds=1.0,
        fps=12.0,
        size=Size(64, 36),
        audio=True,
        seed=1,
        provider_meta=meta,
    )
