"""A render that is stopped, politely or not: what is done is kept, nothing half-made stays."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest
from stunts import SLOW_JOIN, TINY, call, files, film, interrupt, start, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

QUICK = 3.0
"""Seconds in which a stopped command is gone, on a machine that has other things to do."""


def render(provider):
    return ("render", "film.yaml", "--provider", provider, *TINY)


def running(pid):
    """Whether a process runs; one that has ended and waits for its parent does not."""
    said = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return not said.stdout.strip().startswith(("Z", "X")) and bool(said.stdout.strip())


def gone(pid, within=10.0):
    """Whether a process ends in time."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline and running(pid):
        time.sleep(0.05)
    return not running(pid)


@pytest.mark.parametrize(
    ("provider", "number"),
    [
        ("stunt", signal.SIGINT),
        pytest.param("stunt-thread", signal.SIGINT, marks=pytest.mark.slow),
        pytest.param("stunt-worker", signal.SIGINT, marks=pytest.mark.slow),
        ("stunt-worker", signal.SIGTERM),
        pytest.param("stunt", signal.SIGHUP, marks=pytest.mark.slow),
    ],
)
def test_a_stopped_render_says_what_is_done_and_goes_on_from_there(yard, environ, provider, number):
    (yard / "film.yaml").write_text(film("A hill", "do: wait"))
    process = start(yard, *render(provider), env=environ)
    until(process, "a: done")
    took, err = interrupt(process, number)
    assert process.returncode == 130
    assert took < QUICK
    assert err.splitlines()[-2:] == [
        "stopped: 1 of 2 shots done and kept",
        "hint: give the same command again to go on where it stopped",
    ]
    assert not any("scratch" in name or name.endswith("film.mp4") for name in files(yard))
    (yard / "film.yaml").write_text(film("A hill", "A tree"))
    again = call(yard, *render(provider), env=environ)
    assert again.returncode == 0
    assert "a: unchanged" in again.stderr


def test_stopping_while_drawing_leaves_nothing(yard, environ):
    """The animatic draws in threads, which are told to stop and waited for."""
    (yard / "film.yaml").write_text(film("A hill", "A tree", seconds=30.0))
    process = start(yard, "render", "film.yaml", "--resolution", "1080p", env=environ)
    until(process, "b: begins")
    took, err = interrupt(process)
    assert (process.returncode, took < QUICK) == (130, True), (took, err)
    assert "stopped: 0 of 2 shots" in err
    assert not [name for name in files(yard) if "scratch/" in name or "part" in name]


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGINT, marks=pytest.mark.slow),
        pytest.param(signal.SIGTERM, marks=pytest.mark.slow),
        signal.SIGKILL,
    ],
)
def test_stopping_while_joining_leaves_the_old_film(yard, environ, number):
    (yard / "film.yaml").write_text(film("A hill", "A tree"))
    (yard / "film.mp4").write_bytes(b"the old film")
    words = (*render("stunt"), "-o", "film.mp4")
    process = start(yard, *words, env=environ, program=SLOW_JOIN)
    until(process, "joining has begun")
    took, err = interrupt(process, number)
    assert took < QUICK
    assert (yard / "film.mp4").read_bytes() == b"the old film"
    if number != signal.SIGKILL:
        assert process.returncode == 130
        assert "stopped: 2 of 2 shots done and kept" in err
        assert not list(yard.glob(".film*"))
    again = call(yard, *words, env=environ)
    assert (again.returncode, again.stderr.count("unchanged")) == (0, 2)
    # What a killed join left beside the film is gone with the next one.
    assert not list(yard.glob(".film*"))
    assert (yard / "film.mp4").stat().st_size > 1000


def test_a_killed_render_leaves_no_orphan_and_goes_on(yard, environ):
    (yard / "film.yaml").write_text(film("A hill", "do: wait"))
    process = start(yard, *render("stunt-worker"), env=environ)
    until(process, "a: done")
    said = subprocess.check_output(["ps", "-o", "pid=", "--ppid", str(process.pid)], text=True)
    interrupt(process, signal.SIGKILL)
    workers = [int(pid) for pid in said.split()]
    assert workers
    assert all(gone(pid) for pid in workers)
    (yard / "film.yaml").write_text(film("A hill", "A tree"))
    again = call(yard, *render("stunt-worker"), env=environ)
    assert again.returncode == 0
    assert "a: unchanged" in again.stderr
    assert not any("scratch/" in name for name in files(yard))


def test_two_renders_of_one_folder_do_each_other_no_harm(yard, environ):
    """The second is told to wait, and makes its film when it is asked again."""
    (yard / "film.yaml").write_text(film("A hill", "do: wait"))
    (yard / "other.yaml").write_text(film("A pond"))
    first = start(yard, *render("stunt-worker"), env=environ)
    until(first, "a: done")
    words = ("render", "other.yaml", "--provider", "stunt", *TINY)
    second = call(yard, *words, env=environ)
    assert second.returncode == 2
    assert f"is being rendered in by process {first.pid}" in second.stderr
    interrupt(first)
    assert call(yard, *words, env=environ).returncode == 0


def test_a_reader_that_goes_away_stops_nothing_half(yard, environ):
    (yard / "film.yaml").write_text(film("A hill"))
    process = start(yard, *render("stunt"), env=environ)
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    process.wait()
    assert "Traceback" not in err
    assert (yard / "out" / "film.json").is_file()
