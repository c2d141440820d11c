"""The tests that backends inherit: a good backend passes them all, and each mistake is seen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from toy_vault import ToyStore

from ministudio.testing import SecretBackendConformance
from ministudio.testing.secrets import Case, FaultProxy, Trouble
from ministudio.testing.secrets.matrix import rows

KIT = Path(__file__).parents[1] / "kit"
METADATA = """Metadata-Version: 2.4
Name: toy-vault
Version: 1.0
Summary: Keeps secrets in a toy.
License-Expression: MIT
Requires-Python: >=3.11
Requires-Dist: ministudio-core>=0.1,<1

Keeps the secrets of tests in a server of a few lines, behind a proxy that fails as it is told.

    pip install toy-vault
"""


@pytest.fixture(scope="module", autouse=True)
def installed(tmp_path_factory):
    """The toy is a distribution, for these tests alone."""
    folder = tmp_path_factory.mktemp("installed")
    info = folder / "toy_vault-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(METADATA)
    (info / "entry_points.txt").write_text("[ministudio.plugins]\ntoy = toy_vault\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield


class TestToy(SecretBackendConformance):
    plugin = "toy_vault"

    @pytest.fixture
    def store(self):
        with ToyStore() as running:
            yield running


MISTAKES = {
    "repr": "test_it_is_a_backend_and_its_repr_shows_no_value",
    "keeps": "test_what_was_taken_away_is_missing_though_it_was_read_before",
    "talks": "test_the_most_talkative_logging_shows_no_value",
    "traversal": "test_what_cannot_be_right_is_refused_before_anybody_is_asked",
    "repeats": "test_every_case_is_a_value_or_a_typed_error_in_time[denied]",
    "chained": "test_every_case_is_a_value_or_a_typed_error_in_time[reset]",
    "bare": "test_every_case_is_a_value_or_a_typed_error_in_time[reset]",
    "falls through": "test_every_case_is_a_value_or_a_typed_error_in_time[truncated]",
    "patient": "test_every_case_is_a_value_or_a_typed_error_in_time[hang]",
}
"""A mistake, and the test that must see it."""

HEAD = """
import pytest
from toy_vault import ToyStore
from ministudio.testing import SecretBackendConformance
"""
SUITE = """
class Test{name}(SecretBackendConformance):
    label = {wrong!r}
    plugin = "toy_vault"

    @pytest.fixture
    def store(self):
        with ToyStore({wrong!r}) as running:
            yield running
"""


def test_each_mistake_is_seen(tmp_path):
    quick = {wrong: test for wrong, test in MISTAKES.items() if wrong != "patient"}
    done = tried(tmp_path, quick)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{len(quick)} failed" in done.stdout.splitlines()[-1], done.stdout


@pytest.mark.slow  # it waits as long as the mistake does
def test_a_backend_that_waits_for_a_hang_is_seen(tmp_path):
    done = tried(tmp_path, {"patient": MISTAKES["patient"]})
    assert done.returncode == 1, done.stdout + done.stderr


def test_the_matrix_says_what_came_of_each_case(tmp_path):
    name = "test_every_case_is_a_value_or_a_typed_error_in_time"
    done = tried(tmp_path, {"falls through": f"{name}[html with 200]", "repr": f"{name}[found]"})
    lines = [line for line in done.stdout.splitlines() if "  " in line]
    html = next(line for line in lines if line.startswith("html with 200 "))
    found = next(line for line in lines if line.startswith("found "))
    assert "SecretNotFound FAILED" in html
    assert found.split()[:4] == ["found", "not", "run", "value"]


def test_the_matrix_has_a_row_for_each_case_and_a_column_for_each_backend():
    lines = list(rows({"b": {"found": "value 0.0 s"}, "a": {}}))
    assert lines[0].split() == ["case", "a", "b"]
    assert len(lines) == 1 + len(Case)
    assert lines[1].split("  ")[-1].strip() == "value 0.0 s"


def test_closing_the_proxy_lets_go_of_whoever_was_kept_waiting():
    with ToyStore() as store:
        store.put("A", "v1")
        store.upset(Trouble.HANG)
        assert isinstance(store.proxy, FaultProxy)
    assert store.proxy.closed.is_set()


def tried(folder: Path, mistakes: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run one test on each of these mistakes, in a process of its own."""
    file = folder / "test_toy.py"
    names = {wrong: wrong.title().replace(" ", "") for wrong in mistakes}
    suites = [SUITE.format(name=name, wrong=wrong) for wrong, name in names.items()]
    file.write_text(HEAD + "".join(suites), encoding="utf-8")
    chosen = [f"{file}::Test{names[wrong]}::{test}" for wrong, test in mistakes.items()]
    plugins = ["-p", "no:cacheprovider", "-p", "ministudio.testing.secrets.matrix"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, *chosen],
        cwd=folder,
        env={"PYTHONPATH": str(KIT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
