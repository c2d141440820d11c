"""A provider without a service passes what applies to it, and says of the rest why it does not."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ministudio.testing import InProcess, VideoProviderBehaviour

# Three classes are tried in a process of their own, once for all that is asked about them.
pytestmark = pytest.mark.xdist_group("alone")

ALONE = """
import pytest
from ministudio.testing import InProcess, VideoProviderBehaviour

class TestOneColour(VideoProviderBehaviour):
    plugin = "one_colour_kit"

    @pytest.fixture
    def service(self):
        return InProcess()

class TestForgotten(VideoProviderBehaviour):
    plugin = "one_colour_kit"

class TestNobody(VideoProviderBehaviour):
    plugin = "no_such_plugin_anywhere"

    @pytest.fixture
    def service(self):
        return InProcess()
"""


class TestOneColour(VideoProviderBehaviour):
    plugin = "one_colour_kit"

    @pytest.fixture
    def service(self):
        return InProcess()


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What came of each check, by class and check: its kind, and what is said."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "test_alone.py").write_text(ALONE)
    report, kit = folder / "report.xml", Path(__file__).parents[1] / "kit"
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder),
         "-o", f"pythonpath={kit}", f"--junitxml={report}", str(folder / "test_alone.py")],
        capture_output=True, check=False, cwd=folder, timeout=120,
    )  # fmt: skip
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for case in ET.parse(report).iter("testcase"):
        said = [(child.tag, child.get("message") or "") for child in case]
        kind = case.get("classname", "").rpartition(".")[2]
        found.setdefault(kind, {})[case.get("name", "")] = (said or [("passed", "")])[0]
    return found


def test_every_check_that_does_not_apply_says_why(outcomes):
    skipped = {
        n: said for n, (kind, said) in outcomes["TestOneColour"].items() if kind == "skipped"
    }
    assert len(skipped) > 30
    assert not [name for name, said in skipped.items() if len(said.split()) < 5]
    assert "makes a clip in one call" in skipped["test_a_handle_is_plain_data"]
    assert "no secret setting" in skipped["test_no_secret_stands_in_its_repr"]


def test_what_applies_is_tried_and_nothing_fails(outcomes):
    kinds = [kind for kind, _ in outcomes["TestOneColour"].values()]
    assert set(kinds) == {"passed", "skipped"}
    assert kinds.count("passed") >= 12


def test_a_forgotten_service_is_asked_for_by_name(outcomes):
    said = {said for _, said in outcomes["TestForgotten"].values()}
    assert all("TestForgotten has no fixture 'service'" in one for one in said)


def test_a_plugin_that_is_not_there_is_told_in_every_check(outcomes):
    told = outcomes["TestNobody"]
    assert len(told) > 60
    assert all("importing 'no_such_plugin_anywhere' failed" in said for _, said in told.values())
