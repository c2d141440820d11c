"""A file appears under its name only when it is whole, whatever goes wrong before."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ministudio.values.files import whole_file, write_whole

if TYPE_CHECKING:
    from pathlib import Path

POSIX = pytest.mark.skipif(os.name != "posix", reason="limits and signals of POSIX")


def fail_half_way(target: Path, failure: BaseException | type[BaseException]) -> None:
    with whole_file(target) as part:
        part.write_bytes(b"half")
        raise failure


def test_text_and_bytes_are_written(tmp_path: Path):
    write_whole(tmp_path / "a" / "b" / "notes.txt", "é")
    write_whole(tmp_path / "a" / "raw.bin", b"\0\1")
    assert (tmp_path / "a" / "b" / "notes.txt").read_bytes() == b"\xc3\xa9"
    assert (tmp_path / "a" / "raw.bin").read_bytes() == b"\0\1"


def test_nothing_lies_beside_it_afterwards(tmp_path: Path):
    write_whole(tmp_path / "film.srt", "1")
    assert [path.name for path in tmp_path.iterdir()] == ["film.srt"]


def test_the_name_is_not_there_before_the_block_ends(tmp_path: Path):
    target = tmp_path / "film.mp4"
    with whole_file(target) as part:
        part.write_bytes(b"half")
        assert not target.exists()
        assert part.parent == target.parent
        assert part.suffix == ".mp4"
    assert target.read_bytes() == b"half"


def test_a_file_that_is_there_is_replaced_whole_or_kept(tmp_path: Path):
    target = tmp_path / "film.mp4"
    write_whole(target, "old")
    with pytest.raises(RuntimeError):
        fail_half_way(target, RuntimeError)
    assert target.read_text() == "old"
    write_whole(target, "new")
    assert target.read_text() == "new"


@pytest.mark.parametrize("failure", [OSError(28, "disk full"), KeyboardInterrupt, SystemExit])
def test_a_failing_block_leaves_nothing(tmp_path: Path, failure):
    with pytest.raises((OSError, KeyboardInterrupt, SystemExit)):
        fail_half_way(tmp_path / "film.mp4", failure)
    assert list(tmp_path.iterdir()) == []


def test_a_block_that_removes_the_part_fails_and_leaves_nothing(tmp_path: Path):
    with pytest.raises(FileNotFoundError), whole_file(tmp_path / "film.mp4") as part:
        part.unlink()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way_is_kept_and_nothing_else_left(tmp_path: Path):
    (tmp_path / "film.mp4").mkdir()
    with pytest.raises(OSError, match=r"film\.mp4"):
        write_whole(tmp_path / "film.mp4", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path):
    (tmp_path / "out").write_text("not a folder")
    with pytest.raises(OSError, match="out"):
        write_whole(tmp_path / "out" / "film.mp4", "x")
    assert (tmp_path / "out").read_text() == "not a folder"


@POSIX
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_folder_is_told(tmp_path: Path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(PermissionError):
            write_whole(tmp_path / "film.mp4", "x")
    finally:
        tmp_path.chmod(0o700)
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_a_full_disk_leaves_nothing(tmp_path: Path):
    # The limit on a file's size stands in for a full disk: the system refuses the bytes.
    code = f"""
import resource
from pathlib import Path
from ministudio.values.files import write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
write_whole(Path({str(tmp_path / "film.mp4")!r}), b"x" * 100_000)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "OSError" in done.stderr
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_a_process_that_is_killed_leaves_nothing_under_the_name(tmp_path: Path):
    code = f"""
from pathlib import Path
from ministudio.values.files import whole_file
with whole_file(Path({str(tmp_path / "film.mp4")!r})) as part:
    part.write_bytes(b"half")
    print("writing", flush=True)
    input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"writing"
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert not (tmp_path / "film.mp4").exists()


@POSIX
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_file_gets_the_mode_any_other_would(tmp_path: Path, mask, mode):
    code = f"""
import os
from pathlib import Path
from ministudio.values.files import write_whole
os.umask({mask})
write_whole(Path({str(tmp_path / "film.mp4")!r}), b"x")
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    assert stat.S_IMODE((tmp_path / "film.mp4").stat().st_mode) == mode
