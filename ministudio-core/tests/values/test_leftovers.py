"""What a killed process leaves is removed; what a living one works on is not."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ministudio.values.files import whole_file, write_whole
from ministudio.values.leftovers import remove_abandoned

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files are told by age there")

KILLED = """
import os, pathlib, sys
from ministudio.values.files import whole_file
with whole_file(pathlib.Path(sys.argv[1])) as part:
    part.write_bytes(b"half")
    os._exit(9)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_next_write_removes_what_a_killed_one_left(tmp_path: Path):
    target = tmp_path / "film [1].mp4"
    subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False)
    assert len(names(tmp_path)) == 1
    write_whole(target, "whole")
    assert names(tmp_path) == ["film [1].mp4"]


def test_two_writers_do_not_disturb_each_other(tmp_path: Path):
    target = tmp_path / "film.mp4"
    with whole_file(target) as first:
        first.write_bytes(b"first")
        write_whole(target, "second")
        assert first.exists()
    assert target.read_bytes() == b"first"


def test_other_files_beside_it_stay(tmp_path: Path):
    for name in (".film.txt", ".other.12345678.part.mp4", "film.12345678.part.mp4"):
        (tmp_path / name).touch()
    write_whole(tmp_path / "film.mp4", "whole")
    assert len(names(tmp_path)) == 4


def test_what_cannot_be_removed_is_left(tmp_path: Path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    remove_abandoned([*tmp_path.iterdir(), tmp_path / "gone"])
    assert names(tmp_path) == ["folder", "link"]
