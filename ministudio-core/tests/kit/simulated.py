"""Commands given to a workspace whose films are made by the fault simulator."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import stunts

import ministudio
from ministudio.testing.simulator import SimulatedService, install

if TYPE_CHECKING:
    import subprocess


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


class Place:
    """A folder with a production, and a service that outlives every command given in it."""

    def __init__(self, folder: Path, service: SimulatedService) -> None:
        self.folder = folder / "place"
        self.folder.mkdir()
        self.service = service
        plugins, core = install(folder / "plugins"), Path(ministudio.__file__).parents[1]
        self.env = stunts.environ(
            SIMULATOR_URL=service.url,
            MINISTUDIO_PLUGINS="core,simulator,animatic",
            MINISTUDIO_PROVIDER="simulator",
            MINISTUDIO_RESOLUTION="360p",
            MINISTUDIO_FPS="12",
            PYTHONPATH=os.pathsep.join([str(plugins), str(core), os.environ.get("PYTHONPATH", "")]),
        )
        self.settings("")

    def settings(self, text: str) -> None:
        """Write ``ministudio.toml``."""
        quick = "".join(
            f"[provider.{name}]\noptions.poll_every = 0.05\n"
            for name in ("simulator", "simulator-b", "simulator-blind")
        )
        (self.folder / "ministudio.toml").write_text(f"{quick}{text}", encoding="utf-8")

    def film(self, *actions: str, **more: Any) -> None:
        """Write ``film.yaml`` with a shot for each action, called a, b, c …."""
        (self.folder / "film.yaml").write_text(stunts.film(*actions, **more), encoding="utf-8")

    def start(self, *words: object) -> subprocess.Popen[str]:
        return stunts.start(self.folder, *words, env=self.env)

    def __call__(self, *words: object) -> Said:
        done = stunts.call(self.folder, *words, env=self.env)
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, done.stdout, done.stderr)
