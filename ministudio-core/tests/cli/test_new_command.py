"""``ministudio new`` writes a production that is right as it stands, and overwrites nothing."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from ministudio.cli.new import command, starter_files
from ministudio.errors import ConfigError
from ministudio.settings.project_file import read_project_file
from ministudio.story.load import load_production
from ministudio.story.schema import production_schema


def new(*arguments: object):
    return CliRunner().invoke(command, [str(a) for a in arguments])


def test_the_new_production_is_right_and_small(tmp_path):
    result = new(tmp_path / "film")
    assert result.exit_code == 0, result.output
    production = load_production(tmp_path / "film" / "production.yaml")
    assert 1 <= len(list(production.shots)) <= 4


def test_the_folder_is_called_my_film_unless_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = new()
    assert result.exit_code == 0
    assert (tmp_path / "my-film" / "production.yaml").exists()
    assert "ministudio render my-film" in result.output


def test_the_folder_gets_a_workspace_a_readme_a_schema_and_a_gitignore(tmp_path):
    new(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == set(starter_files())
    assert ".env" in (tmp_path / ".gitignore").read_text().splitlines()


def test_the_new_settings_are_right(tmp_path):
    new(tmp_path)
    assert read_project_file(tmp_path / "ministudio.toml").problems == ()


def test_the_schema_that_the_first_line_names_lies_beside_it(tmp_path):
    new(tmp_path)
    first = (tmp_path / "production.yaml").read_text().splitlines()[0]
    name = first.removeprefix("# yaml-language-server: $schema=")
    assert json.loads((tmp_path / name).read_text()) == production_schema()


@pytest.mark.parametrize("name", sorted(starter_files()))
def test_a_file_that_is_there_is_never_overwritten(tmp_path, name):
    mine = tmp_path / name
    mine.write_text("mine")
    result = new(tmp_path)
    assert isinstance(result.exception, ConfigError)
    assert name in str(result.exception)
    assert mine.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [mine]


def test_a_folder_that_is_a_file_is_an_error_with_a_hint(tmp_path):
    (tmp_path / "film").write_text("a file")
    result = new(tmp_path / "film")
    assert isinstance(result.exception, ConfigError)
    assert result.exception.hint
