"""A new plugin passes its own tests at once, and is clean by the rules that it brings along."""

from __future__ import annotations

import json
import re

import pytest

KINDS = ["provider", "secrets", "compiler"]
LEAST = 30
"""How many tests an author gets, at least."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_plugin_passes_its_own_tests(project, kind):
    done = project("easel", kind).run("-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed, done.stdout
    assert int(passed[1]) >= LEAST, done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_plugin_is_well(project, kind):
    done = project("easel", kind).run("-m", "ministudio", "plugins", "doctor", "easel", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    (report,) = json.loads(done.stdout)["plugins"]
    assert (report["ok"], report["notes"]) == (True, [])
    assert report["distribution"] == "ministudio-easel"


@pytest.mark.parametrize("name", ["easel", "ox", "my-studio"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_plugin_is_clean_in_style(project, kind, name):
    new = project(name, kind)
    for words in (("check", "."), ("format", "--check", ".")):
        done = new.run("-m", "ruff", *words)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_name_breaks_no_rule_but_the_length_of_lines(project, kind):
    done = project("a-name-of-quite-unusual-length", kind).run("-m", "ruff", "check", ".")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_plugin_is_clean_in_its_types(project, kind):
    done = project("easel", kind).run("-m", "mypy", "src", "tests")
    assert done.returncode == 0, done.stdout + done.stderr
