"""Trying the command line with the stunt plugin installed, in this process or in one of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

# Whoever runs the tests may have a signal ignored, as nohup does, and children inherit that.
_HEARING = """
import signal
for name in ("SIGINT", "SIGHUP"):
    if signal.getsignal(number := getattr(signal, name)) is signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)
"""
PROGRAM = _HEARING + "import sys; from ministudio.cli import main; sys.exit(main())"
SLOW_JOIN = f"""
{_HEARING}
import sys, time
import ministudio.film.join as joining
from ministudio.cli import main

class Slow:
    def merge(*streams, key):
        print("joining has begun", file=sys.stderr, flush=True)
        for packet in merge(*streams, key=key):
            time.sleep(0.2)
            yield packet

merge = joining.heapq.merge
joining.heapq = Slow
sys.exit(main())
"""
"""The command line, joining a few packets a second."""

TINY = ("--resolution", "360p", "--fps", "12")


def install(folder: Path, *, id_: str = "stunt", module: str = "stunt_plugin") -> Path:
    """Install a plugin module into ``folder`` as an installer would, and return the folder."""
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir(parents=True)
    name = module.replace("_", "-")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[ministudio.plugins]\n{id_} = {module}\n")
    return folder


def environ(plugins: Path | None = None, **variables: str) -> dict[str, str]:
    """The variables of a fresh process, in which the plugins of a folder are installed."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MINISTUDIO_", "STUNT_"))}
    paths = [str(Path(__file__).parent)]
    if plugins is not None:
        paths.insert(0, str(plugins))
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), **variables}


def start(
    cwd: Path, *words: object, env: dict[str, str], program: str = PROGRAM, **more
) -> subprocess.Popen[str]:
    """Start the command line as the leader of a process group, as a shell does."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **more,
    )


def call(
    cwd: Path, *words: object, env: dict[str, str], **more
) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end."""
    with start(cwd, *words, env=env, **more) as process:
        out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def until(process: subprocess.Popen[str], word: str) -> None:
    """Read what a process says on standard error up to the first line with ``word`` in it."""
    assert process.stderr is not None
    heard = []
    for line in process.stderr:
        heard.append(line)
        if word in line:
            return
    raise AssertionError(f"it never said {word!r}, but: {''.join(heard)}")


def files(folder: Path) -> list[str]:
    """Every file in a folder, and every folder left in scratch, by its path."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() or path.parent.name == "scratch"
    )


def interrupt(process: subprocess.Popen[str], number: int = signal.SIGINT) -> tuple[float, str]:
    """Send a signal as a terminal does, to the whole group; return how long it took to end."""
    began = time.monotonic()
    os.killpg(process.pid, number)
    _, err = process.communicate(timeout=60)
    return time.monotonic() - began, err


def film(*actions: str, seconds: float = 0.5, head: str = "title: Stunts") -> str:
    """Return a production of one scene with a shot for each action, called a, b, c …."""
    shots = [
        f"      - {{id: {chr(97 + n)}, action: {action!r}, duration: {seconds}}}"
        for n, action in enumerate(actions)
    ]
    return "\n".join([head, "scenes:", "  - title: Yard", "    shots:", *shots, ""])
