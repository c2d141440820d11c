"""Wheels built once, and empty environments to install them into."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import uv

ROOT = Path(__file__).resolve().parents[2]


class Environment:
    """An empty virtual environment that things are installed into and run in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scripts = folder / ("Scripts" if os.name == "nt" else "bin")
        self._uv("venv", "--python", sys.executable, str(folder))

    def install(self, *what: object) -> None:
        constraints = str(ROOT / "constraints.txt")
        python = str(self.scripts / "python")
        self._uv("pip", "install", "--python", python, "-c", constraints, *(str(w) for w in what))

    def run(self, *command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
        program, *arguments = (str(word) for word in command)
        environ = {k: v for k, v in os.environ.items() if not k.startswith("MINISTUDIO_")}
        environ.pop("PYTHONPATH", None)
        return subprocess.run(
            [str(self.scripts / program), *arguments],
            cwd=cwd,
            env=environ,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    @staticmethod
    def _uv(*arguments: str) -> None:
        done = subprocess.run(
            [uv.find_uv_bin(), *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def wheels(tmp_path_factory):
    """A folder with a wheel of every distribution, built as a release is."""
    folder = tmp_path_factory.mktemp("wheels")
    subprocess.run(
        [sys.executable, ROOT / "tools" / "build_all.py", folder], check=True, capture_output=True
    )
    return folder


@pytest.fixture
def environment(tmp_path):
    return Environment(tmp_path / "venv")


@pytest.fixture
def core(wheels):
    return next(wheels.glob("ministudio_core-*.whl"))


@pytest.fixture
def animatic(wheels):
    return next(wheels.glob("ministudio_animatic-*.whl"))


@pytest.fixture
def hf(wheels):
    return next(wheels.glob("ministudio_hf-*.whl"))
