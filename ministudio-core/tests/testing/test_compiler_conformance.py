"""The tests that compilers inherit: a good compiler passes them all, and each mistake is seen."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from terse_compiler import MISTAKES

from ministudio.testing import PromptCompilerConformance

KIT = Path(__file__).parents[1] / "kit"
METADATA = """Metadata-Version: 2.4
Name: terse-compiler
Version: 1.0
Summary: Says little.
License-Expression: MIT
Requires-Python: >=3.11
Requires-Dist: ministudio-core>=0.1,<1

Makes prompts of a few words, for models that read no more, and leaves the rest to them.

    pip install terse-compiler
"""
SUITE = """
class Test{title}(PromptCompilerConformance):
    plugin = "terse_compiler"
    name = {name!r}
"""


def test_a_sound_compiler_passes_everything(tmp_path):
    said = tried(tmp_path, ["terse"], ["-k", "Terse"])
    assert re.search(r"\n\d\d passed, \d+ skipped", said), said


def test_each_mistake_is_seen(tmp_path):
    names = [f"terse-{wrong}" for wrong in MISTAKES]
    tests = {}
    for wrong, test in MISTAKES.items():
        start, bracket, rest = test.partition("[")
        (found,) = [n for n in dir(PromptCompilerConformance) if start in n]
        tests[f"terse-{wrong}"] = f"{title(f'terse-{wrong}')}::{found}{bracket}{rest}"
    said = tried(tmp_path, names, [f"test_terse.py::Test{test}" for test in tests.values()])
    passed = re.findall(r"^PASSED \S+::(Test\w+)::", said, re.MULTILINE)
    for name in names:
        failed = re.search(rf"^FAILED \S+::Test{title(name)}::", said, re.MULTILINE)
        assert failed, (name, passed, said)


def title(name):
    return name.title().replace("-", "")


def tried(folder, names, words):
    """Try these compilers in a process of its own, where they are installed."""
    info = folder / "terse_compiler-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(METADATA)
    (info / "entry_points.txt").write_text("[ministudio.plugins]\nterse = terse_compiler\n")
    suites = [SUITE.format(title=title(name), name=name) for name in names]
    head = "from ministudio.testing import PromptCompilerConformance\n"
    (folder / "test_terse.py").write_text(head + "".join(suites))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rfp", "-p", "no:cacheprovider", *words],
        cwd=folder,
        env={"PYTHONPATH": f"{folder}:{KIT}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
