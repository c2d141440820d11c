"""The program itself: help, version, and the table of commands."""

from __future__ import annotations

import importlib

import click
import pytest

import ministudio
from ministudio.cli import main
from ministudio.cli._commands import COMMANDS, help_text


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["--debug"], ["--debug", "--help"]])
def test_help_names_every_command_with_what_it_is_for(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 0
    said = capsys.readouterr().out
    assert said == f"{help_text()}\n"
    for name, (_, summary) in COMMANDS.items():
        assert f"  {name} " in said
        assert summary in said


def test_click_gives_the_same_help(capsys: pytest.CaptureFixture[str]) -> None:
    from ministudio.cli._app import run

    assert run(["--help"]) == 0
    assert capsys.readouterr().out == f"{help_text()}\n"


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"ministudio {ministudio.__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_is_there_and_has_help(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = importlib.import_module(COMMANDS[name][0]).command
    assert isinstance(command, click.Command)
    assert command.name == name
    assert main([name, "--help"]) == 0
    assert f"Usage: ministudio {name}" in capsys.readouterr().out


def test_a_misspelt_command_is_bad_input_with_the_right_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["rendr"]) == 2
    assert (
        capsys.readouterr().err == "error: unknown command 'rendr'\nhint: did you mean 'render'?\n"
    )


def test_a_wrong_option_is_bad_input_that_points_to_the_commands_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["providers", "--jsn"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "error: No such option '--jsn'" in said.err
    assert "hint: see: ministudio providers --help" in said.err


def test_a_group_without_a_command_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plugins"]) == 0
    assert "doctor" in capsys.readouterr().out


@pytest.mark.parametrize("value", ["1", "true", "YES"])
def test_the_environment_can_ask_for_tracebacks(
    value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MINISTUDIO_DEBUG", value)
    assert main(["rendr"]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_debug_after_two_dashes_is_the_commands_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rendr", "--", "--debug"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_wrong_policy_is_bad_input_on_the_quick_way_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MINISTUDIO_STRICT_PLUGINS", "perhaps")
    assert main(["plugins", "list"]) == 2
    assert "MINISTUDIO_STRICT_PLUGINS must be 1 or 0" in capsys.readouterr().err
