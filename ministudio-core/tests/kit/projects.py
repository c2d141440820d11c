"""Plugins as projects in a folder, installed where fresh interpreters and this one find them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MINISTUDIO", "Project", "put", "run"]

MINISTUDIO = "import sys; from ministudio.cli import main; sys.exit(main())"
"""The command line, as a program for ``run``."""


HEADERS = {
    "description": "Summary",
    "license": "License-Expression",
    "requires-python": "Requires-Python",
}
"""What of a pyproject.toml stands in a distribution's metadata, and under which header."""


class Project(NamedTuple):
    """A plugin that was installed: its id, its entry module, and what its pyproject.toml says."""

    id: str
    module: str
    distribution: str
    requires: list[str]


def put(source: Path, site: Path) -> Project:
    """Install the project in ``source`` into ``site``, a folder for ``PYTHONPATH``.

    It is copied, and gets the metadata that an installer would write.
    """
    said = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ((group, points),) = said["entry-points"].items()
    ((id_, module),) = points.items()
    site.mkdir(parents=True, exist_ok=True)
    if not (site / module).exists():
        package = source / "src" / module if (source / "src").exists() else source / module
        shutil.copytree(package, site / module, ignore=shutil.ignore_patterns("__pycache__"))
    info = site / f"{said['name'].replace('-', '_')}-{said['version']}.dist-info"
    info.mkdir()
    needs = said.get("dependencies", [])
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {said['name']}",
        f"Version: {said['version']}",
        *(f"{head}: {said[key]}" for key, head in HEADERS.items() if key in said),
        *(f"Requires-Dist: {need}" for need in needs),
    ]
    readme = (source / said["readme"]).read_text(encoding="utf-8") if "readme" in said else ""
    (info / "METADATA").write_text("\n".join([*lines, "", readme]), encoding="utf-8")
    entry = f"[{group}]\n{id_} = {module}\n"
    (info / "entry_points.txt").write_text(entry, encoding="utf-8")
    return Project(id_, module, said["name"], needs)


def run(
    program: str, *words: str, site: Path, cwd: Path, fails: bool = False, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a program in a fresh interpreter that finds what is in ``site`` first.

    Nothing that this process has set reaches it but the variables given.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MINISTUDIO_")}
    environ = {**kept, "PYTHONPATH": str(site), "HOME": str(cwd), **variables}
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=cwd,
        env=environ,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    assert (done.returncode != 0) == fails, f"exit {done.returncode}\n{done.stdout}{done.stderr}"
    return done
