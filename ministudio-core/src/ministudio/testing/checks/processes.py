"""Asking other processes: what describing a plugin does, and what the core thinks of it."""

from __future__ import annotations

import functools
import json
import os
import site
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from ministudio.testing.checks.child import MARK
from ministudio.testing.checks.subject import wrong

__all__ = ["Seen", "diagnosed", "elsewhere", "environment", "report_of", "watched"]

_CHILD: Final = "from ministudio.testing.checks.child import main; main()"
_SECONDS: Final = 120.0
_OTHER_LIVES: Final = {
    "HOME": "/nonexistent",
    "LANG": "C",
    "PYTHONHASHSEED": "4711",
    "TZ": "Pacific/Chatham",
    "USER": "somebody-else",
}


@attrs.frozen(kw_only=True)
class Seen:
    """What was seen of a plugin that described itself in a process of its own.

    Args:
        broken: The traceback, where it could not.
        happened: Each thing it did besides: what kind, what exactly, and where.
        imported: Modules it imported, each with where its package was imported first.
        specs: Its specs, as text.
        again: The same, asked a second time.
        planning: What was imported after the functions that planning calls were looked up.
        factories: What is wrong with each dotted name, by what it is; empty for nothing.
        printed: What was printed while it described itself.
    """

    broken: str = ""
    happened: Sequence[tuple[str, str, str]] = ()
    imported: Mapping[str, str] = attrs.field(factory=dict)
    specs: Sequence[str] = ()
    again: Sequence[str] = ()
    planning: Sequence[str] = ()
    factories: Mapping[str, str] = attrs.field(factory=dict)
    printed: str = ""


@functools.cache
def watched(plugin: str) -> Seen:
    """Describe a plugin in a new process, watch it, and then look its factories up there."""
    return _described(plugin, environment(), resolve=True)


@functools.cache
def elsewhere(plugin: str) -> Seen:
    """Describe a plugin as it would on another machine: other variables, another folder."""
    environ = {
        name: value
        for name, value in environment().items()
        if name in {"PATH", "PYTHONPATH", "SYSTEMROOT"} or name.startswith(("LD_", "DYLD_"))
    }
    return _described(plugin, environ | _OTHER_LIVES, resolve=False)


@functools.cache
def diagnosed(plugin_id: str) -> Mapping[str, Any]:
    """Return what ``ministudio plugins doctor`` says of a plugin."""
    command = [sys.executable, "-m", "ministudio", "plugins", "doctor", plugin_id, "--json"]
    environ = {n: v for n, v in environment().items() if not n.startswith("MINISTUDIO_")}
    with tempfile.TemporaryDirectory() as folder:
        done = _run(command, environ, folder)
    try:
        found: Mapping[str, Any] = json.loads(done.stdout)
    except ValueError:
        wrong(f"ministudio plugins doctor {plugin_id} failed:\n{done.stdout}{done.stderr}")
    return found


def environment() -> dict[str, str]:
    """Return this process's variables, with what tests can import on the path of children."""
    installed = {*site.getsitepackages(), site.getusersitepackages()}
    installed |= {sysconfig.get_path(name) for name in ("stdlib", "platstdlib")}
    ours = [p for p in sys.path if p and p not in installed and not p.startswith(sys.base_prefix)]
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    path = dict.fromkeys(str(Path(p).absolute()) for p in (*ours, *given) if p)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path)}


def report_of(
    program: str, order: Mapping[str, object], environ: Mapping[str, str]
) -> tuple[Mapping[str, Any], subprocess.CompletedProcess[str]]:
    """Run a program with an order, and return its report; an empty one where it wrote none."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        words = json.dumps({**order, "report": str(report)})
        done = _run([sys.executable, "-B", "-c", program, words], environ, folder)
        found = json.loads(report.read_text("utf-8")) if report.exists() else {}
    return found, done


def _described(plugin: str, environ: Mapping[str, str], *, resolve: bool) -> Seen:
    found, done = report_of(_CHILD, {"plugin": plugin, "resolve": resolve}, environ)
    if not found:
        return Seen(broken=f"its process ended ({done.returncode}): {done.stderr}")
    return Seen(
        broken=found.get("broken", ""),
        happened=[(kind, what, where) for kind, what, where in found["seen"]],
        imported=found["imported"],
        specs=found["specs"],
        again=found["again"],
        planning=found.get("planning", ()),
        factories=found.get("factories", {}),
        printed="".join(text.partition(MARK)[0] for text in (done.stdout, done.stderr)),
    )


def _run(
    command: Sequence[str], environ: Mapping[str, str], folder: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter, and a plugin's name from a test
        command,
        env=environ,
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_SECONDS,
        check=False,
    )
