"""A stranger's plugin, from built wheels in an empty environment, by what the pages say."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

# One worker for all of them, so that the wheels are built once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("install")]

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "authors" / "tutorial.md"


@pytest.fixture
def snippets():
    """What runs the blocks of a page."""
    place = ROOT / "tests" / "docs" / "test_snippets.py"
    spec = importlib.util.spec_from_file_location("snippets", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def in_shell(command, environment, wheels, folder):
    """Run a line as a stranger would, for whom our wheels are on the package index."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("MINISTUDIO_", "PYTHON"))}
    environ |= {
        "PATH": f"{environment.scripts}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(environment.folder),
        "MINISTUDIO_RESOLUTION": "360p",
        "PIP_FIND_LINKS": str(wheels),
        "PIP_CONSTRAINT": str(ROOT / "constraints.txt"),
        "PIP_NO_CACHE_DIR": "1",
    }
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=600,
        check=False,
    )


@pytest.mark.parametrize("kind", ["provider", "secrets", "compiler"])
def test_a_new_plugin_installs_and_passes_its_own_tests_at_once(
    environment, wheels, tmp_path, kind
):
    folder = tmp_path / "work"
    folder.mkdir()
    environment.install("pip", next(wheels.glob("ministudio_core-*.whl")))

    def run(command, folder=folder):
        done = in_shell(command, environment, wheels, folder)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    said = run(f"ministudio plugins new easel --kind {kind}")
    steps = [line.strip() for line in said.partition("Next:\n")[2].splitlines()]
    assert len(steps) == 4
    place = folder / steps[0].removeprefix("cd ")
    told = [run(step, place) for step in steps[1:]]
    assert int(re.search(r"(\d+) passed", told[1])[1]) >= 30
    assert "plugins: 1 sound" in told[2]
    listed = json.loads(run("ministudio plugins list --json"))
    assert [one["id"] for one in listed["plugins"]] == ["core", "easel"]


def test_the_tutorial_works_literally_in_a_clean_environment(
    environment, wheels, tmp_path, snippets, monkeypatch
):
    folder = tmp_path / "empty"
    folder.mkdir()
    environment.install("pip")

    def run(command, folder, expected, block):
        done = in_shell(command, environment, wheels, folder)
        said = done.stdout + done.stderr
        assert done.returncode == expected, f"{block.place}: {command}\n{said}"
        assert "Traceback" not in said, f"{block.place}: {command}\n{said}"
        return said

    def install(block, folder, where):
        for command in block.text.splitlines():
            run(command, folder, 0, block)

    monkeypatch.setattr(snippets, "run", run)
    monkeypatch.setitem(snippets.SAID, "installs", install)
    (first,) = re.findall(r"`(pip install [^`]+)`", TUTORIAL.read_text("utf-8"))
    assert in_shell(first, environment, wheels, folder).returncode == 0
    try:
        for block in snippets.blocks(TUTORIAL):
            assert not block.say.startswith("not run"), "every step of it can be taken"
            snippets.run_block(block, folder)
    finally:
        for left in folder.glob("*.pid"):
            os.kill(int(left.read_text()), signal.SIGTERM)
