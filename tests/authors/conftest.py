"""New plugins as ``ministudio plugins new`` writes them, installed on a path and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_BUILD = "import sys, hatchling.build as b; print(b.build_wheel(sys.argv[1]))"


class Project:
    """A new plugin in a folder, and its wheel unpacked where what is run in it finds it."""

    def __init__(self, root: Path, name: str, kind: str) -> None:
        self.folder, self.site = root / f"ministudio-{name}", root / "site"
        self.site.mkdir()
        self.name = name
        made = self.run("-m", "ministudio", "plugins", "new", name, "--kind", kind, cwd=root)
        assert made.returncode == 0, made.stderr
        built = self.run("-c", _BUILD, str(root))
        assert built.returncode == 0, built.stderr
        with zipfile.ZipFile(root / built.stdout.split()[-1]) as wheel:
            wheel.extractall(self.site)

    def run(self, *words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run Python with these words."""
        environ = {k: v for k, v in os.environ.items() if not k.startswith("MINISTUDIO_")}
        path = [str(self.site), environ.get("PYTHONPATH", "")]
        environ["PYTHONPATH"] = os.pathsep.join(part for part in path if part)
        return subprocess.run(
            [sys.executable, *words],
            cwd=cwd or self.folder,
            env=environ,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Makes a new plugin of a kind, once for each name and kind."""
    made = {}

    def make(name: str, kind: str) -> Project:
        if (name, kind) not in made:
            made[name, kind] = Project(tmp_path_factory.mktemp(f"{kind}-{name}"), name, kind)
        return made[name, kind]

    return make
