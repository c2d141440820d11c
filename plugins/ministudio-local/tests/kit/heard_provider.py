"""The provider that ``heard_plugin`` describes."""

from __future__ import annotations

import json
import os
import signal
from hashlib import sha256

from ministudio_local.provider import LocalProvider


def plainly(value):
    """A picture by its size and the colour in its middle; a list by its length and ends."""
    if hasattr(value, "getpixel"):
        middle = value.getpixel((value.width // 2, value.height // 2))
        return {"size": value.size, "colour": middle, "hash": sha256(value.tobytes()).hexdigest()}
    if isinstance(value, list):
        return [plainly(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else type(value).__name__


class Ear:
    """A pipeline that is listened to."""

    def __init__(self, pipe, path):
        self.__dict__.update(_pipe=pipe, _path=path)

    def __getattr__(self, name):
        return getattr(self._pipe, name)

    def __setattr__(self, name, value):
        setattr(self._pipe, name, value)

    def __call__(self, **given):
        generator = given["generator"].initial_seed()
        said = {name: plainly(value) for name, value in given.items()}
        said |= {"class": type(self._pipe).__name__, "seed": generator, "pid": os.getpid()}
        with self._path.open("a") as log:
            log.write(json.dumps(said) + "\n")
        return self._pipe(**given)


class Heard(LocalProvider):
    name = "heard"

    def _call(self, pipe, job, watch):
        folder = self.context.folder
        folder.mkdir(parents=True, exist_ok=True)
        die = folder / "die"

        def watched(done, steps):
            if done == 2 and die.exists() and die.read_text() in job.request.prompt.text:
                die.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
            watch(done, steps)

        return super()._call(Ear(pipe, folder / "given.jsonl"), job, watched)
