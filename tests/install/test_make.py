"""`make.py` in a fresh clone: one command to a film, quick the second time."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import av
import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = [
    ".git",
    ".venv",
    ".nox",
    ".ministudio",
    "out",
    "dist",
    "__pycache__",
    ".*_cache",
    ".hypothesis",
]


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("MINISTUDIO_", "VIRTUAL_"))}
    return subprocess.run(
        [sys.executable, "make.py", *arguments],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.xdist_group("install")
def test_one_command_in_a_fresh_clone_makes_a_film_and_the_second_installs_nothing(tmp_path):
    clone = tmp_path / "clone"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(*HEAVY))
    first = make(clone, "film", "--resolution", "360p")
    assert first.returncode == 0, first.stdout + first.stderr
    film = clone / "out" / "contextbytes_brand_story.mp4"
    assert str(film) in first.stdout
    with av.open(film) as opened:
        assert opened.streams.video
        assert opened.streams.audio
        assert opened.streams.subtitles

    second = make(clone, "film", "--resolution", "360p")
    assert second.returncode == 0, second.stdout + second.stderr
    assert "installing" in first.stdout
    assert "installing" not in second.stdout


def test_a_word_it_does_not_know_shows_what_there_is():
    done = make(ROOT, "filn")
    assert done.returncode == 2
    assert "python3 make.py film" in done.stdout


@pytest.mark.parametrize("version", [(3, 7), (3, 8), (3, 10)])
def test_older_pythons_can_read_it_as_far_as_the_message(version):
    ast.parse((ROOT / "make.py").read_text(encoding="utf-8"), feature_version=version)


def test_every_tool_that_is_installed_has_its_version_in_the_constraints():
    script = "import json, make; print(json.dumps(make.group('dev')))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = {name.partition("[")[0].lower() for name in json.loads(done.stdout)}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().splitlines()
    pinned = {line.partition("==")[0] for line in lines if "==" in line}
    assert names <= pinned
