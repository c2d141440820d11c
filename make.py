#!/usr/bin/env python3
"""One command to a film, one to green tests. Needs Python 3.11 or newer, and nothing else.

    python3 make.py film                  set up, then render the flagship to out/
    python3 make.py test [PYTEST ARGS]    set up, then run the tests (all but the slow ones)
    python3 make.py check [SESSIONS]      set up, then run what CI runs, through nox
    python3 make.py setup                 set up for development, and stop there

Everything is installed into .venv beside this file; the system's Python is left alone.
"""

# Any `python3` must be able to read this file as far as the version check, so its syntax stays
# old: no `from __future__`, no walrus, no match.
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this may have any Python
    sys.exit(
        "MiniStudio needs Python 3.11 or newer; {} is Python {}.{}.\n"
        "Run this file with a newer one, for example:  python3.11 make.py film".format(
            sys.executable, *sys.version_info[:2]
        )
    )

import hashlib
import json
import os
import shutil
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "ministudio-setup.json"
LOG = VENV / "ministudio-setup.log"

CONSTRAINTS = ROOT / "constraints.txt"
PACKAGES = [ROOT / "ministudio-core", ROOT / "plugins" / "ministudio-animatic"]
# A film can do without these, and their own tests cannot: they bring vendors' libraries along.
MORE = [
    ROOT / "plugins" / f"ministudio-{name}"
    for name in ("hf", "vertex", "doppler", "aws", "gcp", "azure")
]
# Developed without what it runs on, which is gigabytes; `nox -s local` runs its models.
BARE = [ROOT / "plugins" / "ministudio-local"]
# Judges of our fakes, packed by third parties: for CI alone, and only what these hashes say.
JUDGES = ROOT / "tools" / "judges.txt"
STORY = ROOT / "examples" / "contextbytes_brand_story" / "production.yaml"
FILM = ROOT / "out" / "contextbytes_brand_story.mp4"

NO_VENV = f"""\
Python at {sys.executable} cannot make a virtual environment: it came without ensurepip,
and there is neither a pip nor uv to stand in for it. On Debian or Ubuntu:

    sudo apt install python3-venv

Elsewhere, install pip for this Python. Then run the same command again."""


def film(arguments: list[str]) -> int:
    """Render the flagship; arguments go to ``ministudio render``."""
    set_up(development=False)
    program = SCRIPTS / "ministudio"
    code = run([program, "render", STORY, "-o", FILM, "--provider", "animatic", *arguments])
    if code == 0:
        print(f"\nYour film: {FILM}")
    return code


def test(arguments: list[str]) -> int:
    """Run the tests; arguments go to pytest."""
    set_up(development=True)
    return run([PYTHON, "-m", "pytest", *(arguments or ["-n", "auto", "--dist", "loadgroup"])])


def check(arguments: list[str]) -> int:
    """Run the nox sessions that CI runs, or those named."""
    set_up(development=True)
    return run([PYTHON, "-m", "nox", *(["-s", *arguments] if arguments else [])])


def setup(_: list[str]) -> int:
    """Set up for development."""
    set_up(development=True)
    print(f"Ready: {SCRIPTS / 'ministudio'}")
    return 0


def set_up(*, development: bool) -> None:
    """Make .venv and install into it, unless that was done and nothing has changed since."""
    if not PYTHON.exists():
        make_environment()
    judged = development and "CI" in os.environ
    wanted = {"digest": digest(), "development": development, "judged": judged}
    done = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    if done.get("digest") == wanted["digest"] and all(
        done.get(step, False) >= wanted[step] for step in ("development", "judged")
    ):
        return
    say("installing MiniStudio" + (" and its development tools" if development else ""))
    command = [*(installer() or sys.exit(NO_VENV)), "-c", str(CONSTRAINTS)]
    for package in [*PACKAGES, *(MORE if development else [])]:
        command += ["-e", str(package)]
    if development:
        command += group("dev")
    trouble = quietly(command)
    if trouble is None and development:
        bare = [word for package in BARE for word in ("-e", str(package))]
        trouble = quietly([*(installer() or []), "--no-deps", *bare])
    if trouble is None and judged:
        bring = ["--no-deps", "--require-hashes", "-r", str(JUDGES)]
        if quietly([*(installer() or []), *bring]) is not None:
            say("going on without what tools/judges.txt names; its tests will be skipped")
    if trouble is not None:
        LOG.write_text(trouble)
        lines = trouble.splitlines()[-25:]
        sys.exit("\n".join([*lines, "", f"Installing failed; all it said is in {LOG}"]))
    STAMP.write_text(json.dumps(wanted))


def digest() -> str:
    """Return a hash of the environment's Python and of everything that says what to install."""
    state = hashlib.sha256((VENV / "pyvenv.cfg").read_bytes())
    projects = [ROOT, *PACKAGES, *MORE, *BARE]
    for path in [CONSTRAINTS, JUDGES, *(project / "pyproject.toml" for project in projects)]:
        state.update(path.read_bytes())
    return state.hexdigest()


def group(name: str) -> list[str]:
    """Return one of the root's dependency groups, includes resolved; pips before 25.1 cannot."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names: list[str] = []
    for item in table["dependency-groups"][name]:
        names += [item] if isinstance(item, str) else group(item["include-group"])
    return names


def make_environment() -> None:
    """Make .venv, without a pip of its own where Python came without ensurepip (as on Debian)."""
    say("making .venv")
    make = [sys.executable, "-m", "venv", "--clear"]
    if quietly([*make, str(VENV)]) is None:
        return
    trouble = quietly([*make, "--without-pip", str(VENV)])
    if trouble is not None or installer() is None:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("\n\n".join(filter(None, [trouble, NO_VENV])))


def installer() -> list[str] | None:
    """Return a command that installs into .venv: its own pip, else ours, else uv."""
    if quietly([str(PYTHON), "-m", "pip", "--version"]) is None:
        return [str(PYTHON), "-m", "pip", "install"]
    # The option came with pip 22.3. It also works where pip refuses to touch the system (PEP 668).
    if quietly([sys.executable, "-m", "pip", "--python", str(PYTHON), "--version"]) is None:
        return [sys.executable, "-m", "pip", "--python", str(PYTHON), "install"]
    uv = shutil.which("uv")
    return [uv, "pip", "install", "--python", str(PYTHON)] if uv else None


def quietly(command: list[str]) -> str | None:
    """Run a command and return None, or all it said where it failed."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return None if done.returncode == 0 else done.stdout


def run(command: list[str | Path]) -> int:
    """Run a command from the root of the repository, in the open; return its exit code."""
    return subprocess.run([str(word) for word in command], cwd=ROOT, check=False).returncode


def say(text: str) -> None:
    """Say what takes a while."""
    print(f"make: {text} …", flush=True)


COMMANDS = {"film": film, "test": test, "check": check, "setup": setup}


def main() -> int:
    """Do what the command line asks."""
    name, *arguments = sys.argv[1:] or ["help"]
    if name not in COMMANDS:
        print((__doc__ or "").strip())
        return 0 if name in {"help", "-h", "--help"} else 2
    try:
        return COMMANDS[name](arguments)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
