"""What the quick commands import: counted in modules, because time on a busy machine lies."""

from __future__ import annotations

import json

import pytest

WATCH = """
import json, sys
from ministudio.cli import main
code = main(sys.argv[1:])
names = sorted({{name.partition(".")[0] for name in sys.modules}})
print(json.dumps([code, names]), file=sys.stderr)
"""
WATCH = WATCH.replace("{{", "{").replace("}}", "}")

HEAVY = {"asyncio", "attr", "attrs", "av", "click", "dotenv", "PIL", "pluggy", "yaml"}


def modules_of(environment, *words):
    done = environment.python(WATCH, *words)
    code, names = json.loads(done.stderr.splitlines()[-1])
    assert code == 0
    return set(names)


@pytest.mark.parametrize("words", [["--version"], ["--help"], []])
def test_version_and_help_import_nothing_that_takes_time(environment, words):
    names = modules_of(environment, *words)
    assert not names & {*HEAVY, "importlib_metadata", "typing", "good_plugin"}


@pytest.mark.parametrize("words", [["plugins", "list"], ["plugins", "list", "--json"]])
def test_listing_plugins_reads_metadata_and_imports_no_plugin(environment, words):
    names = modules_of(environment, *words)
    assert "importlib_metadata" in names
    assert not names & {*HEAVY, "good_plugin"}


def test_listing_providers_imports_plugins_and_nothing_they_make_clips_with(environment):
    names = modules_of(environment, "providers")
    assert "good_plugin" in names
    assert not names & {"av", "PIL", "yaml", "asyncio", "dotenv"}


def test_a_command_of_one_group_imports_no_other(environment):
    done = environment.python(
        "import sys; from ministudio.cli import main; main(['providers'])\n"
        "print(*[m for m in sys.modules if m.startswith('ministudio.cli.')], file=sys.stderr)"
    )
    groups = {name for name in done.stderr.split() if not name.startswith("ministudio.cli._")}
    assert {name for name in groups if name.startswith("ministudio.cli.")} == {
        "ministudio.cli.providers"
    }
