"""Providers for the tests of the worker: each does what the request's options say."""

# Bad manners are what these providers are for.
# ruff: noqa: ASYNC220, ASYNC221, ASYNC240, ASYNC251, T201

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from ministudio import errors
from ministudio.contracts.clips import Clip
from ministudio.contracts.jobs import JobHandle
from ministudio.contracts.providers import BaseVideoProvider, BlockingVideoProvider
from ministudio.values.frames import Size


def every_provider_error():
    """One of each kind of provider error, with all its fields filled."""
    job = JobHandle(provider="trial", model="m", id="j/1", data={"region": "x", "n": [1, 2]})
    common = {"provider": "trial", "hint": "do this"}
    more = {
        errors.RateLimited: {"retry_after": 12.5},
        errors.ContentRefused: {"reasons": ("violence", "faces")},
        errors.ModelRetired: {"replacement": "m-2"},
    }
    kinds = [errors.ProviderError, *errors.ProviderError.__subclasses__()]
    return [
        kind(f"{kind.__name__} happened", job=job, **common)
        if kind is errors.JobPending
        else kind(
            f"{kind.__name__} happened",
            accepted=errors.Accepted.UNKNOWN,
            charged=True,
            **common,
            **more.get(kind, {}),
        )
        for kind in kinds
    ]


class OwnError(errors.RateLimited):
    """What a plugin derives from ours."""


class Trial(BaseVideoProvider):
    name = "a name that the spec replaces"

    def __init__(self, context=None):
        super().__init__(context)
        self.made = 0
        if self.context.options.get("born") == "refused":
            raise errors.ProviderUnavailable("no licence server", hint="start it")
        if self.context.options.get("born") == "dead":
            os._exit(9)
        if self.context.options.get("born") == "exit":
            sys.exit(4)

    async def generate(self, request, into, progress):
        self.made += 1
        what = request.options.get("do", "clip")
        return await getattr(self, what)(request, into, progress)

    async def aclose(self):
        if mark := self.context.options.get("mark"):
            Path(mark).write_text(self.name)
        if self.context.options.get("never closes"):
            time.sleep(60)

    async def clip(self, request, into, progress):
        path = into / "clip.mp4"
        path.write_bytes(request.prompt.text.encode())
        meta = {"pid": os.getpid(), "made": self.made, "into": into, "name": self.name}
        return clip_at(path, **meta)

    async def tells(self, request, into, progress):
        progress(0.25, "a quarter")
        progress(None, "who knows")
        progress(1, "all")
        self.progress = progress
        return await self.clip(request, into, progress)

    async def tells_late(self, request, into, progress):
        self.progress(0.5, "of the clip before")
        return await self.clip(request, into, progress)

    async def prints(self, request, into, progress):
        print("\0\0\0\1 noise " * 1000)
        os.write(1, b"\0\0\0\2{}")
        subprocess.run(["echo", "more noise"], check=True)
        assert sys.stdin.read() == ""
        return await self.clip(request, into, progress)

    async def knows(self, request, into, progress):
        secret = self.context.settings["TRIAL_KEY"]
        own = Path("/proc/self")
        return clip_at(
            into / "clip.mp4",
            hash=hashlib.sha256(secret.reveal().encode()).hexdigest(),
            shown=f"{secret} {secret!r}",
            options=dict(self.context.options),
            folder=self.context.folder,
            region=self.context.settings["TRIAL_REGION"],
            cmdline=(own / "cmdline").read_bytes().decode(),
            environ=(own / "environ").read_bytes().decode(),
        )

    async def leaks(self, request, into, progress):
        value = self.context.settings["TRIAL_KEY"].reveal()
        progress(0.1, f"with {value}")
        print(f"calling with key {value}")
        raise ValueError(f"illegal header value {value!r}")

    async def leaks_and_dies(self, request, into, progress):
        print(f"calling with key {self.context.settings['TRIAL_KEY'].reveal()}")
        os._exit(3)

    async def raises_all(self, request, into, progress):
        raise every_provider_error()[self.made - 1]

    async def raises_own(self, request, into, progress):
        raise OwnError("slow down", retry_after=3)

    async def raises_foreign(self, request, into, progress):
        raise KeyError("no such layer")

    async def raises_exit(self, request, into, progress):
        sys.exit(7)

    async def returns_nothing(self, request, into, progress):
        return None

    async def goes_astray(self, request, into, progress):
        (into / "link.mp4").symlink_to(request.options["to"])
        return clip_at(into / "link.mp4")

    async def segfaults(self, request, into, progress):
        print("about to read address 0")
        import resource  # not there on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        ctypes.string_at(0)

    async def chatters_and_exits(self, request, into, progress):
        for number in range(500):
            print(f"line {number}")
        os._exit(3)

    async def floods(self, request, into, progress):
        print(self.context.settings["TRIAL_KEY"].reveal() * 4000)
        print("the end")
        os._exit(3)

    async def dies_with_company(self, request, into, progress):
        """Die while one program that it started holds the FIFO, and a stray one the pipes."""
        fifo = os.open(request.options["fifo"], os.O_WRONLY)
        subprocess.Popen(["sleep", "60"], pass_fds=[fifo])
        stray = subprocess.Popen(["sleep", "60"], start_new_session=True)
        progress(0.5, str(stray.pid))
        os._exit(3)

    async def is_killed(self, request, into, progress):
        os.kill(os.getpid(), signal.SIGKILL)

    async def talks_nonsense(self, request, into, progress):
        for number in range(3, 20):
            try:
                os.write(number, b"\0\0\0\2{}")
            except OSError:
                continue

    async def hangs(self, request, into, progress):
        """Work for ever and heed nobody, with a program of its own running beside."""
        if request.options.get("stubborn"):
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        fifo = os.open(request.options["fifo"], os.O_WRONLY)
        subprocess.Popen(["sleep", "60"], pass_fds=[fifo])
        os.write(fifo, b"working\n")
        progress(0.5, str(os.getpid()))
        while True:
            time.sleep(1)


class Plain(BlockingVideoProvider):
    """A provider that works in a thread."""

    def generate_blocking(self, request, into, progress):
        progress(0.5, "halfway")
        return clip_at(into / "clip.mp4", pid=os.getpid())


def not_a_provider(context):
    return object()


def clip_at(path, **meta):
    return Clip(
        path=path,
        sha256="0" * 64,
        seconds=1.5,
        fps=24.0,
        size=Size(640, 360),
        audio=False,
        seed=7,
        cost_reported=12,
        provider_meta=meta,
    )
