"""``ministudio schema`` gives editors the JSON Schema of a production."""

from __future__ import annotations

import json

from click.testing import CliRunner

from ministudio.cli.schema import command
from ministudio.errors import ConfigError
from ministudio.story.schema import production_schema


def schema(*arguments: object):
    return CliRunner().invoke(command, [str(a) for a in arguments])


def test_the_schema_is_printed():
    result = schema()
    assert result.exit_code == 0
    assert json.loads(result.output) == production_schema()


def test_the_schema_is_written_to_a_file_and_replaces_an_old_one(tmp_path):
    file = tmp_path / "production.schema.json"
    file.write_text("old")
    result = schema("-o", file)
    assert result.exit_code == 0
    assert json.loads(file.read_text()) == production_schema()


def test_a_file_that_cannot_be_written_is_an_error_with_a_hint(tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    result = schema("-o", tmp_path / "taken" / "schema.json")
    assert isinstance(result.exception, ConfigError)
    assert result.exception.hint
