"""The kits see each mistake they are for: plugins that are right but for one fault are caught.

Each fault is caught by the check that is for it, with a message that names the fault. Every
kit is held against every wrong plugin as well, and no other check fails by the way: that takes
minutes, so `nox -s durability` does it.
"""

from __future__ import annotations

import re

import pytest
from wrongly import WRONGS, judged, lay_out, right

# They are judged together, and once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wrong")]

KITS = sorted({wrong.kit for wrong in WRONGS})
RIGHT = [right(kit) for kit in KITS]
NAMED = [pytest.param(wrong, id=wrong.name) for wrong in WRONGS]

FORETOLD = {
    "double-submit",
    "swallowed-refusal",
    "wrong-duration",
    "blocking-poll",
    "secret-in-a-message",
    "sdk-at-discovery",
    "unbounded-core",
}
"""The faults that the kits were asked to see from the first."""


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    """What became of each check that is for some fault, of the wrong plugins and the right ones."""
    file = lay_out([*WRONGS, *RIGHT], tmp_path_factory.mktemp("wrong"))
    caught = [f"{wrong.cls}::test_{check}" for wrong in WRONGS for check in wrong.caught]
    good = {
        f"{one.cls}::test_{check}"
        for one in RIGHT
        for wrong in WRONGS
        if wrong.kit == one.kit
        for check in wrong.caught
    }
    return judged(file, [*caught, *sorted(good)])


def test_there_are_faults_of_every_kind_and_each_has_a_name_of_its_own():
    names = [wrong.name for wrong in WRONGS]
    assert len(set(names)) == len(names) >= 60
    assert KITS == ["compiler", "described", "provider", "secrets"]
    assert set(names) >= FORETOLD


def test_every_fault_is_a_change_and_is_for_some_check():
    for wrong in WRONGS:
        assert wrong.edits, wrong.name
        assert wrong.caught, wrong.name
        assert all(edit["before"] != edit["after"] for edit in wrong.edits), wrong.name


@pytest.mark.parametrize("wrong", NAMED)
def test_a_wrong_plugin_is_caught_and_told_what_is_wrong(wrong, verdicts):
    for check, says in wrong.caught.items():
        verdict = verdicts[wrong.cls][check]
        assert not verdict.passed, f"{check} does not see {wrong.name}"
        assert re.search(says, verdict.said), f"{check} said of {wrong.name}: {verdict.said}"


@pytest.mark.parametrize("one", RIGHT, ids=lambda one: one.kit)
def test_the_plugin_that_is_right_passes_the_same_checks(one, verdicts):
    failed = {check: v.said for check, v in verdicts[one.cls].items() if not v.passed}
    assert failed == {}


@pytest.mark.durability
def test_no_check_fails_but_those_that_are_for_the_fault(tmp_path):
    file = lay_out([*WRONGS, *RIGHT], tmp_path)
    cases = [f"{wrong.cls}::test_{check}" for wrong in WRONGS for check in wrong.caught]
    # The other cases of a check ask the same of another model or another error.
    few = ["--first-cases", *(f"--case={case}" for case in cases), "-n", "2"]
    verdicts = judged(file, options=few)
    found = {
        wrong.name: {check.partition("[")[0] for check, v in checks.items() if not v.passed}
        for wrong in (*WRONGS, *RIGHT)
        for checks in [verdicts[wrong.cls]]
        if not wrong.nothing_works
    }
    expected = {
        wrong.name: {check.partition("[")[0] for check in wrong.caught} | set(wrong.also)
        for wrong in (*WRONGS, *RIGHT)
        if not wrong.nothing_works
    }
    assert found == expected
