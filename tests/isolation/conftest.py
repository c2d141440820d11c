"""An environment with made-up distributions, and the real command line run in it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

RUN = "import sys; from ministudio.cli import main; sys.exit(main())"

GOOD = """
from ministudio.plugin import Billing, VideoProviderSpec, hookimpl, permissive_card

@hookimpl
def ministudio_video_providers():
    yield VideoProviderSpec(
        name="good", factory="good_plugin:Provider", summary="Works.",
        models=[permissive_card("good-1")], billing=Billing.FREE,
    )

class Provider: ...
"""


class Environment:
    """A folder on the path of fresh interpreters, filled with distributions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, id_: str, source: str, *, distribution: str = "", target: str = "") -> None:
        """Install a plugin as an installer would: a module, and a ``*.dist-info``."""
        distribution = distribution or f"{id_}-plugin"
        module = distribution.replace("-", "_")
        (self.folder / f"{module}.py").write_text(textwrap.dedent(source), encoding="utf-8")
        info = self.folder / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n", encoding="utf-8"
        )
        (info / "entry_points.txt").write_text(
            f"[ministudio.plugins]\n{id_} = {target or module}\n", encoding="utf-8"
        )

    def python(self, code: str, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a program in a fresh interpreter."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MINISTUDIO_")}
        environ = {**kept, "PYTHONPATH": str(self.folder), **variables}
        return subprocess.run(
            [sys.executable, "-c", code, *words],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def ministudio(self, command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the command line; other plugins that happen to be installed are switched off."""
        variables.setdefault(
            "MINISTUDIO_DISABLE_PLUGINS", "animatic,aws,azure,doppler,gcp,hf,local,vertex"
        )
        return self.python(RUN, *command.split(), **variables)


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """Return an environment in which one sound plugin, ``good``, is installed."""
    made = Environment(tmp_path)
    made.install("good", GOOD)
    return made
