"""The way in which things are retired is gone once for real, in a copy of the core.

The copy retires a hook, an argument of a hook, a field of a spec and a name of
``ministudio.plugin``, each by the recipe of docs/authors/compatibility.md. The frozen plugins go
on working with it, and only the doctor speaks of it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from projects import MINISTUDIO, put, run

import ministudio

ROOT = Path(__file__).resolve().parents[2]
V1 = Path(__file__).with_name("v1")
PAGE = ROOT / "docs" / "authors" / "compatibility.md"
RECIPE = re.compile(r"<!-- recipe: (.+?) -->\n```diff\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STORY = """\
title: Lamp
scenes:
  - shots:
      - {id: one, action: "A lamp goes on.", duration: 1}
      - {id: two, action: "It goes off.", duration: 1}
"""
EXPECTED = {
    "v1voice": "the hook ministudio_speech_providers",
    "v1ears": "the argument event of the hook ministudio_event",
    "v1film": "the field VideoProviderSpec.homepage",
    "v1vault": "the name ministudio.plugin.no_such_form",
}
"""Which plugin is told of what."""


def recipe() -> list[tuple[str, str, str]]:
    """The recipe as the page has it: a file of the core, what stands there, what is to stand."""
    changes = []
    for name, diff in RECIPE.findall(PAGE.read_text(encoding="utf-8")):
        for hunk in diff.split("@@\n"):
            lines = hunk.splitlines(keepends=True)
            before = "".join(line[1:] for line in lines if line[0] != "+")
            after = "".join(line[1:] for line in lines if line[0] != "-")
            changes.append((name, before, after))
    return changes


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with a copy of the core that retires things, and with the frozen plugins."""
    folder = tmp_path_factory.mktemp("retiring")
    core = Path(ministudio.__file__).parent
    shutil.copytree(core, folder / "ministudio", ignore=shutil.ignore_patterns("__pycache__"))
    for name, before, after in recipe():
        file = folder / "ministudio" / name
        source = file.read_text(encoding="utf-8")
        assert source.count(before) == 1, f"the recipe's words for {name} stand there once"
        file.write_text(source.replace(before, after), encoding="utf-8")
    for kind in ("provider", "secrets", "compiler", "observer", "speech"):
        put(V1 / kind, folder)
    return folder


@pytest.fixture
def ministudio_(site, tmp_path):
    (tmp_path / "story.yaml").write_text(STORY, encoding="utf-8")

    def call(command: str) -> tuple[str, str]:
        done = run(
            MINISTUDIO,
            *command.split(),
            site=site,
            cwd=tmp_path,
            MINISTUDIO_PLUGINS="v1film,v1vault,v1words,v1ears,v1voice",
            MINISTUDIO_RESOLUTION="360p",
            MINISTUDIO_OBSERVERS="v1ears",
            V1FILM_API_KEY="not-a-key",
        )
        return done.stdout, done.stderr

    return call


def test_the_copy_is_what_is_run(site, tmp_path):
    done = run("import ministudio; print(ministudio.__file__)", site=site, cwd=tmp_path)
    assert done.stdout.startswith(os.fspath(site))


def test_the_recipe_is_for_every_kind_of_thing_that_an_author_relies_on():
    assert {name for name, *_ in recipe()} == {
        "contracts/hooks.py",
        "contracts/specs.py",
        "plugin.py",
    }


def test_the_doctor_tells_each_plugin_once_what_goes_when_and_what_to_do(ministudio_):
    said, _ = ministudio_("plugins doctor --json")
    reports = {report["id"]: report for report in json.loads(said)["plugins"]}
    for id_, what in EXPECTED.items():
        assert reports[id_]["ok"], reports[id_]["faults"]
        (note,) = [n for n in reports[id_]["notes"] if "deprecated" in n]
        assert note.startswith(f"plugin {id_!r} (ministudio-{id_} 1.0.0) uses {what}, which is ")
        assert re.search(r"deprecated since ministudio-core 0\.\d and goes in 1\.0; \w+", note)
    assert not [n for n in reports["v1words"]["notes"] if "deprecated" in n]
    assert not [n for n in reports["core"]["notes"] if "deprecated" in n]


def test_people_are_told_the_same(ministudio_):
    said, _ = ministudio_("plugins doctor v1voice")
    assert "note: plugin 'v1voice' (ministudio-v1voice 1.0.0) uses the hook" in said


def test_the_plugins_work_as_before_and_no_other_command_says_a_word(ministudio_, tmp_path):
    said = ["".join(ministudio_(c)) for c in ("plugins list", "providers", "models")]
    said += ministudio_("render story.yaml --provider v1film -o film.mp4 --yes")
    assert "v1ears: run_done" in said[-1], "the observer was called"
    assert (tmp_path / "film.mp4").exists()
    assert "v1film-worker" in said[1]
    assert "deprecated" not in "".join(said).lower()


def test_a_program_that_logs_finds_it_in_its_log(site, tmp_path):
    program = """
import logging
logging.basicConfig(level=logging.INFO)
from ministudio.kernel.registry import Registry
Registry().provider("v1film")
"""
    said = run(program, site=site, cwd=tmp_path).stderr
    assert said.count("INFO:ministudio.kernel.notices:plugin 'v1film'") == 1
    assert "uses the field VideoProviderSpec.homepage" in said


def test_the_backend_that_imports_a_name_that_goes_still_answers(site, tmp_path):
    (tmp_path / "vault.json").write_text('{"a": ["1", "7"]}')
    program = """
from ministudio.kernel.registry import Registry
from ministudio.plugin import PluginContext, SecretRef
vault = Registry().create_backend("v1vault", PluginContext(options={"file": "vault.json"}))
assert vault.get(SecretRef(path="a")) == ("1", "7")
"""
    run(program, site=site, cwd=tmp_path)
