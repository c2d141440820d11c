"""What a terminal shows while a film is rendered: one living line, and nothing left of it."""

from __future__ import annotations

import os
import re
import struct
import sys

import pytest
from stunts import PROGRAM, TINY, film

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")


def on_a_terminal(columns, cwd, words, env):
    """Run the command line on a terminal so wide, and return its exit code and all it wrote."""
    import fcntl
    import pty
    import subprocess
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=cwd,
        env=env,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    written = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so when the last writer has gone
            break
        if not piece:
            break
        written += piece
    os.close(ours)
    return process.wait(), written.decode()


def shown(written):
    """The lines that are left to see, and the longest one that ever was."""
    lines, longest = [""], 0
    for piece in re.findall(r"\r\x1b\[K|\r\n|[^\r\x1b]+", written):
        if piece == "\r\x1b[K":
            lines[-1] = ""
        elif piece == "\r\n":
            lines.append("")
        else:
            lines[-1] += piece
            longest = max(longest, len(lines[-1]))
    return lines, longest


@pytest.mark.parametrize("columns", [100, 40])
def test_the_living_line_never_wraps_and_is_wiped(yard, environ, columns):
    (yard / "film.yaml").write_text(film("A hill", "A tree", "A pond"))
    words = ["render", "film.yaml", "--provider", "stunt", *TINY]
    code, written = on_a_terminal(columns, yard, words, {**environ, "NO_COLOR": "1"})
    assert code == 0
    assert "\x1b[K" in written
    assert "3/3 shots" in written
    lines, longest = shown(written)
    assert sorted(lines[:3]) == [
        f"shot {n}/3 {i}: done (stunt/stunt-1)" for n, i in [(1, "a"), (2, "b"), (3, "c")]
    ]
    assert lines[3:] == [
        "out/film.mp4: 1.5 s, 3 shots, 3 rendered now",
        "out/film.json: run record",
        "",
    ]
    assert longest <= max(columns - 1, len(lines[3]))
