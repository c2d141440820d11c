"""When joining goes wrong: no half film, no leftovers, a typed error that helps."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

from ministudio.errors import ArtifactError, Stopped
from ministudio.film.join import join
from ministudio.film.layout import lay_out
from ministudio.film.parts import FilmPart
from ministudio.testing.clips import broken_clips, make_clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", seconds=2)


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    return broken_clips(tmp_path_factory.mktemp("broken"))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def run(code, *arguments):
    """Run a script in a process of its own, to be limited or killed."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    "kind", ["missing", "folder", "empty", "html", "cut-in-half", "no-picture"]
)
def test_a_broken_part_is_refused_before_anything_is_written(tmp_path, clip, broken, kind):
    with pytest.raises(ArtifactError, match=kind):
        join([FilmPart(path=clip), FilmPart(path=broken[kind])], tmp_path / "film.mp4")
    assert names(tmp_path) == []


@pytest.mark.parametrize("odd", [{}, {"fps": 30}], ids=["copied", "encoded"])
def test_a_part_that_shrinks_after_it_was_measured_is_named(tmp_path, clip, odd):
    fading = make_clip(tmp_path / "fading.mp4", seconds=2, **odd)
    reel = lay_out([FilmPart(path=clip), FilmPart(path=fading)])
    fading.write_bytes(fading.read_bytes()[:-2000])
    with pytest.raises(
        ArtifactError, match=r"fading\.mp4 broke off while it was joined"
    ) as refusal:
        join(reel, tmp_path / "film.mp4")
    assert refusal.value.hint
    assert names(tmp_path) == ["fading.mp4"]


def test_a_part_that_goes_away_after_it_was_measured_is_named(tmp_path, clip):
    gone = make_clip(tmp_path / "gone.mp4")
    reel = lay_out([FilmPart(path=clip), FilmPart(path=gone)])
    gone.unlink()
    with pytest.raises(ArtifactError, match=r"gone\.mp4 broke off"):
        join(reel, tmp_path / "film.mp4")
    assert names(tmp_path) == []


@pytest.mark.parametrize("kind", ["hole", "damaged"])
def test_damage_in_a_part_that_must_be_encoded_is_named(tmp_path, broken, kind):
    clip = make_clip(tmp_path / "clip.mp4", fps=30, seconds=2)
    with pytest.raises(ArtifactError, match=rf"{kind}\.mp4 broke off"):
        join(
            [FilmPart(path=clip)] * 3 + [FilmPart(path=broken[kind])], tmp_path / "out" / "film.mp4"
        )
    assert names(tmp_path / "out") == []


def test_a_file_in_the_place_of_the_folder_is_explained(tmp_path, clip):
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(ArtifactError, match=r"film\.mp4 cannot be written") as refusal:
        join([FilmPart(path=clip)], tmp_path / "out" / "film.mp4")
    assert "the clips are kept" in refusal.value.hint


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_folder_that_cannot_be_written_is_explained(tmp_path, clip):
    folder = tmp_path / "out"
    folder.mkdir(mode=0o500)
    with pytest.raises(ArtifactError, match="cannot be written") as refusal:
        join([FilmPart(path=clip)], folder / "film.mp4")
    assert "a folder that can be written" in refusal.value.hint


def test_stopping_leaves_nothing(tmp_path, clip):
    asked = iter(range(1000))
    with pytest.raises(Stopped, match="no film was written"):
        join([FilmPart(path=clip)] * 5, tmp_path / "f.mp4", should_stop=lambda: next(asked) > 50)
    assert names(tmp_path) == []


def test_an_interrupt_leaves_nothing_and_goes_on_up(tmp_path, clip):
    def interrupt(fraction, note=""):
        if fraction > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        join([FilmPart(path=clip)] * 5, tmp_path / "film.mp4", progress=interrupt)
    assert names(tmp_path) == []


def test_an_earlier_film_survives_a_failure(tmp_path, clip):
    target = tmp_path / "film.mp4"
    join([FilmPart(path=clip)], target)
    before = target.read_bytes()
    with pytest.raises(Stopped):
        join([FilmPart(path=clip)] * 2, target, should_stop=lambda: True)
    assert target.read_bytes() == before
    assert names(tmp_path) == ["film.mp4"]


FULL_DISK = """
    import resource, signal, sys
    from pathlib import Path
    from ministudio.errors import ArtifactError
    from ministudio.film.join import join
    from ministudio.film.parts import FilmPart

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    clip, folder, whole = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    for limit in (1, whole // 10, whole // 2, whole - 3000, whole - 1000, whole - 1):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            join([FilmPart(path=clip)] * 4, folder / "film.mp4")
        except ArtifactError as error:
            print("refused:", error, "|", error.hint)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no limit on file sizes")
def test_a_full_disk_leaves_no_half_film_wherever_it_strikes(tmp_path, clip):
    whole = join([FilmPart(path=clip)] * 4, tmp_path / "whole.mp4").path.stat().st_size
    (tmp_path / "out").mkdir()
    process = run(FULL_DISK, clip, tmp_path / "out", whole)
    said, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    lines = said.splitlines()
    assert len(lines) == 6
    assert all("film.mp4 cannot be written" in line for line in lines)
    assert all("make room on the disk" in line for line in lines)
    assert names(tmp_path / "out") == []


KILLED = """
    import sys
    from pathlib import Path
    from ministudio.film.join import join
    from ministudio.film.parts import FilmPart

    def wait_at_half(fraction, note=""):
        if fraction >= 0.5:
            print("half", flush=True)
            sys.stdin.readline()

    join([FilmPart(path=Path(sys.argv[1]))] * 4, Path(sys.argv[2]), progress=wait_at_half)
"""


def test_killed_while_joining_no_film_has_the_final_name(tmp_path, clip):
    process = run(KILLED, clip, tmp_path / "film.mp4")
    with process:
        assert process.stdout.readline() == "half\n"
        process.kill()
    assert not (tmp_path / "film.mp4").exists()
    assert all(name.startswith(".film.") for name in names(tmp_path))
