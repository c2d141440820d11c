"""``ministudio plugins new`` writes a whole project under a name that is free, and nothing else."""

from __future__ import annotations

import ast
import os
import stat
import tomllib
from datetime import UTC, datetime

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio._version import __version__
from ministudio.cli._plugins_new import new_plugin
from ministudio.cli._scaffold import PluginKind, checked_name, core_bounds, project_files
from ministudio.cli.plugins import command
from ministudio.errors import ConfigError
from ministudio.plugin import load_cards

SHARED = {
    ".github/workflows/tests.yml", ".gitignore", "LICENSE", "README.md", "pyproject.toml",
    "tests/test_conformance.py",
}  # fmt: skip
OWN = {
    "provider": {
        "src/ministudio_my_easel/__init__.py", "src/ministudio_my_easel/models.toml",
        "src/ministudio_my_easel/provider.py", "src/ministudio_my_easel/py.typed",
        "tests/fake_my_easel.py",
    },
    "secrets": {
        "src/ministudio_my_easel/__init__.py", "src/ministudio_my_easel/backend.py",
        "src/ministudio_my_easel/client.py", "src/ministudio_my_easel/py.typed",
        "tests/fake_my_easel.py",
    },
    "compiler": {
        "src/ministudio_my_easel/__init__.py", "src/ministudio_my_easel/dialect.py",
        "src/ministudio_my_easel/py.typed",
    },
}  # fmt: skip
KINDS = sorted(OWN)


def new(*words: object):
    return CliRunner().invoke(command, ["new", *map(str, words)])


def files(name="my-easel", kind="provider", **more):
    said = {"year": 2031, "bounds": ">=0.1,<1"} | more
    return project_files(name, PluginKind(kind), **said)


def tree(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_exactly_these_files(kind, tmp_path):
    result = new("my-easel", "--kind", kind, "--path", tmp_path / "p")
    assert result.exit_code == 0, result.output
    assert tree(tmp_path / "p") == SHARED | OWN[kind]
    assert os.listdir(tmp_path) == ["p"]  # noqa: PTH208 - hidden ones as well


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["my-easel", "x", "a1-b2-c3", "oil"])
def test_nothing_is_left_of_the_name_that_the_template_had(kind, name):
    for path, text in files(name, kind).items():
        for made_up in ("paintbox", "strongbox", "painterly", "[year]"):
            assert made_up not in f"{path} {text}".lower(), path


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_can_be_read_as_what_it_is(kind):
    for path, text in files(kind=kind).items():
        if path.endswith(".py"):
            ast.parse(text)
        elif path.endswith(".toml"):
            tomllib.loads(text)
        elif path.endswith(".yml"):
            yaml.safe_load(text)
        assert text == "" or text.endswith("\n"), path


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_bound_to_this_core_below_and_above(kind):
    project = tomllib.loads(files(kind=kind, bounds=core_bounds("3.4.5"))["pyproject.toml"])
    assert "ministudio-core>=3.4,<4" in project["project"]["dependencies"]
    assert project["project"]["entry-points"]["ministudio.plugins"] == {
        "my-easel": "ministudio_my_easel"
    }
    assert core_bounds(__version__) == ">=0.1,<1"


def test_the_licence_names_the_plugins_authors_and_the_year(tmp_path, capsys):
    new_plugin("easel", "compiler", tmp_path / "p", clock=lambda: datetime(2031, 5, 1, tzinfo=UTC))
    licence = (tmp_path / "p" / "LICENSE").read_text()
    assert "Copyright (c) 2031 The authors of ministudio-easel\n" in licence
    assert "pytest" in capsys.readouterr().out


def test_the_models_are_cards_with_a_dated_price():
    card, *_ = load_cards(files()["src/ministudio_my_easel/models.toml"])
    assert card.prices[0].as_of
    assert card.prices[0].source


def test_the_folder_is_named_after_the_plugin_and_the_next_steps_are_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = new("easel", "--kind", "secrets")
    assert result.exit_code == 0
    assert (tmp_path / "ministudio-easel" / "pyproject.toml").exists()
    for said in ("Wrote ministudio-easel (11 files)", "cd ministudio-easel", "pip install -e",
                 "ministudio plugins doctor easel"):  # fmt: skip
        assert said in result.output


def test_an_empty_folder_will_do_and_so_will_the_current_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert new("easel", "--kind", "compiler", "--path", ".").exit_code == 0
    assert "README.md" in tree(tmp_path)
    assert not [path for path in tree(tmp_path) if path.startswith(".ministudio")]


def test_others_may_read_what_was_written(tmp_path):
    mask = os.umask(0o022)
    try:
        new("easel", "--kind", "compiler", "--path", tmp_path / "p")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "p").stat().st_mode) == 0o755


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path):
    mine = tmp_path / "p" / "notes.txt"
    mine.parent.mkdir()
    mine.write_text("mine")
    result = new("easel", "--kind", "provider", "--path", tmp_path / "p")
    assert isinstance(result.exception, ConfigError)
    assert "nothing was written" in str(result.exception)
    assert result.exception.hint
    assert tree(tmp_path) == {"p/notes.txt"}
    assert mine.read_text() == "mine"


def test_a_file_in_the_folders_place_is_left_alone(tmp_path):
    (tmp_path / "p").write_text("mine")
    result = new("easel", "--kind", "provider", "--path", tmp_path / "p")
    assert isinstance(result.exception, ConfigError)
    assert (tmp_path / "p").read_text() == "mine"


def test_when_writing_fails_nothing_is_left(tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", full)
    result = new("easel", "--kind", "provider", "--path", tmp_path / "p")
    assert isinstance(result.exception, ConfigError)
    assert "No space left" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["", "My-Easel", "my_easel", "-easel", "easel-", "my--easel", "3d", "é", "a b", "../up", "a/b",
     "x" * 31, "con.txt", "easel\n"],
)  # fmt: skip
def test_what_is_no_name_is_refused_with_an_example(name):
    with pytest.raises(ConfigError, match="lower-case words") as raised:
        checked_name(name, ())
    assert "my-studio" in str(raised.value.hint)


def test_a_distributions_name_is_not_the_plugins():
    with pytest.raises(ConfigError, match="distribution's name") as raised:
        checked_name("ministudio-easel", ())
    assert raised.value.hint == "ministudio plugins new easel"


@pytest.mark.parametrize("name", ["core", "env", "prose", "vertex"])
def test_a_name_of_our_own_is_refused(name):
    with pytest.raises(ConfigError, match="MiniStudio's own"):
        checked_name(name, ())


def test_the_name_of_an_installed_plugin_is_refused(ministudio, yard):
    code, _, said = ministudio("plugins", "new", "stunt", "--kind", "provider")
    assert code == 2
    assert "'stunt' is installed already" in said
    assert "hint:" in said
    assert list(yard.iterdir()) == []


def test_a_kind_that_is_none_is_a_mistake_of_usage():
    assert new("easel", "--kind", "painter").exit_code == 2
    assert new("easel").exit_code == 2


@settings(max_examples=60, deadline=None)
@given(name=st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True),
       kind=st.sampled_from(KINDS))  # fmt: skip
def test_every_name_makes_files_that_parse(name, kind):
    try:
        checked_name(name, ())
    except ConfigError:
        return
    made = files(name, kind)
    assert len(made) == len(SHARED | OWN[kind])
    for path, text in made.items():
        if path.endswith(".py"):
            ast.parse(text)
            assert path.isascii()
