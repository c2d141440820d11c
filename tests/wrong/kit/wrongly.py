"""Plugins that are right but for one fault, and a conformance kit's judgement of them.

A wrong plugin is a right one with a few words changed, as a file ``tests/wrong/*.toml`` says, and
under a name of its own. All of them are installed into one folder, and judged in one pytest.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import attrs
from projects import put

__all__ = ["WRONGS", "Verdict", "Wrong", "judged", "lay_out", "right"]

HERE = Path(__file__).resolve().parents[1]
SCAFFOLD = HERE.parents[1] / "ministudio-core/src/ministudio/cli/scaffold"
RIGHT = {
    "easel": HERE / "right" / "easel",
    "sketch": HERE / "right" / "sketch",
    "strongbox": SCAFFOLD / "secrets",
}
"""Where each right plugin is."""

KITS = {
    "provider": """\
class {name}(VideoProviderBehaviour):
    plugin = "{module}"
    patience = 2.0

    @pytest.fixture
    def service(self):
        settings = {{"{prefix}_URL": "{{url}}/v1", "{prefix}_API_KEY": VideoService.KEY}}
        options = {{"patience": 0.8}}
        with SimulatedService(wire=PaintboxWire(), settings=settings, options=options) as service:
            yield service
""",
    "described": """\
class {name}(CardChecks, PluginConformance):
    plugin = "{module}"
    kind = VideoProviderSpec
    sdk = ("httpx2",)
""",
    "secrets": """\
class {name}(SecretBackendConformance):
    plugin = "{module}"
    sdk = ("httpx2",)

    @pytest.fixture
    def store(self):
        from {module}.backend import StrongboxBackend

        class Store(FakeStrongbox):
            def backend(self):
                token = Secret("a token", "{prefix}_TOKEN")
                settings = {{"{prefix}_URL": self.proxy.address, "{prefix}_TOKEN": token}}
                return StrongboxBackend(PluginContext(settings=settings))

        store = Store()
        yield store
        store.close()
""",
    "compiler": """\
class {name}(PromptCompilerConformance):
    plugin = "{module}"
""",
}
"""What an author writes, by what of a plugin is judged."""

HEAD = """\
import pytest
from fake_paintbox import PaintboxWire
from fake_strongbox import FakeStrongbox
from ministudio.plugin import PluginContext, Secret, VideoProviderSpec
from ministudio.testing import (
    PluginConformance, PromptCompilerConformance, SecretBackendConformance, SimulatedService,
    VideoProviderBehaviour, VideoService,
)
from ministudio.testing.checks.cards import CardChecks

"""


@attrs.frozen(kw_only=True)
class Wrong:
    """A plugin with one fault.

    Args:
        name: What it is called: words joined by ``-``.
        kit: What of it is judged.
        right: The right plugin.
        edits: The words that are changed: a file of the right plugin, what stands there once,
            and what stands there instead.
        caught: The checks that are for this fault, by name without ``test_``, and what each says.
        also: Checks that fail besides, in consequence.
        nothing_works: Whether the plugin cannot even be described, so that all else fails with it.
    """

    name: str
    kit: str
    right: str
    edits: Sequence[Mapping[str, str]] = ()
    caught: Mapping[str, str] = attrs.field(factory=dict)
    also: Sequence[str] = ()
    nothing_works: bool = False

    @property
    def cls(self) -> str:
        """What its class of tests is called."""
        return f"Test_{self.name.replace('-', '_')}"


class Verdict(NamedTuple):
    """What one check came to."""

    passed: bool
    said: str


def _read(file: Path) -> list[Wrong]:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return [
        Wrong(name=name, kit=data["kit"], right=data["right"], **fault)
        for name, fault in data["faults"].items()
    ]


WRONGS = [wrong for file in sorted(HERE.glob("*.toml")) for wrong in _read(file)]
"""Every wrong plugin."""


def right(kit: str) -> Wrong:
    """Return the plugin that the wrong ones are made of, under a name of its own."""
    model = next(wrong for wrong in WRONGS if wrong.kit == kit)
    return Wrong(name=f"right-{kit}", kit=kit, right=model.right)


def lay_out(wrongs: Iterable[Wrong], folder: Path) -> Path:
    """Install the plugins into ``folder/site``, and return a file of tests of them."""
    tests = [HEAD]
    for wrong in wrongs:
        source = folder / "sources" / wrong.name
        _changed(wrong, source)
        project = put(source, folder / "site")
        prefix = wrong.name.replace("-", "_").upper()
        facts = {"name": wrong.cls, "module": project.module, "prefix": prefix}
        tests.append(KITS[wrong.kit].format(**facts))
    put(SCAFFOLD / "secrets", folder / "site")  # its fake store imports it
    file = folder / "test_wrongs.py"
    file.write_text("\n\n".join(tests), encoding="utf-8")
    return file


def judged(
    file: Path, checks: Iterable[str] = (), *, options: Sequence[str] = ()
) -> dict[str, dict[str, Verdict]]:
    """Run the tests, or only some checks, and return the verdicts by class and check.

    Args:
        file: The tests.
        checks: ``Test_class::test_check``, with or without ``[case]``; none means all.
        options: What else pytest is told.
    """
    report = file.with_suffix(".json")
    fakes = [SCAFFOLD / kind / "tests" for kind in ("provider", "secrets")]
    path = [file.parent / "site", Path(__file__).parent, *fakes]
    environ = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("MINISTUDIO_", "PYTEST_"))},
        "PYTHONPATH": os.pathsep.join(map(str, path)),
        "WRONG_REPORT": str(report),
    }
    nodes = [f"{file.name}::{check}" for check in checks] or [file.name]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "wrong_report", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "--tb=short", *options, *nodes],
        cwd=file.parent,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    verdicts: dict[str, dict[str, Verdict]] = {}
    for node, (outcome, said) in json.loads(report.read_text(encoding="utf-8")).items():
        _, cls, check = node.split("::", 2)
        if outcome != "skipped":
            named = check.removeprefix("test_")
            verdicts.setdefault(cls, {})[named] = Verdict(outcome == "passed", said)
    return verdicts


def _changed(wrong: Wrong, folder: Path) -> None:
    """Write the right plugin's project into ``folder``, with the fault in it and another name."""
    source = RIGHT[wrong.right]
    files = [source / "pyproject.toml", source / "README.md"]
    files += (p for p in source.glob(f"**/ministudio_{wrong.right}/*") if p.is_file())
    assert {edit["file"] for edit in wrong.edits} <= {file.name for file in files}, wrong.name
    for file in files:
        text = file.read_text(encoding="utf-8")
        for edit in (edit for edit in wrong.edits if edit["file"] == file.name):
            before = edit["before"]
            assert text.count(before) == 1, f"{wrong.name}: {before!r} stands once in {file.name}"
            text = text.replace(before, edit["after"])
        to = folder / _renamed(str(file.relative_to(source)), wrong)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(_renamed(text, wrong), encoding="utf-8")


def _renamed(text: str, wrong: Wrong) -> str:
    module = wrong.name.replace("-", "_")
    text = text.replace(f"ministudio_{wrong.right}", f"ministudio_{module}")
    text = text.replace(f"{wrong.right.upper()}_", f"{module.upper()}_")
    return re.sub(rf"\b{wrong.right}\b", wrong.name, text)
