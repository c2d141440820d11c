"""Errors on the command line: one line that says what happened, one that says what to do."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

import pytest

from ministudio import errors
from ministudio.cli._errors import exit_code, guarded, report
from ministudio.story.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable


def raising(error: BaseException) -> Callable[[], int]:
    def action() -> int:
        raise error

    return action


CODES = [
    (errors.StoryError([Problem(("title",), "is missing")]), 2),
    (errors.ConfigError("x"), 2),
    (errors.UnknownName("provider", "x"), 2),
    (errors.PlanError("x"), 2),
    (errors.SecretNotFound("x"), 2),
    (errors.PluginLoadError("x", plugin="p"), 3),
    (errors.PluginConflict("x", plugin="p"), 3),
    (errors.MissingDependency("x", plugin="p"), 3),
    (errors.AuthenticationError("x"), 4),
    (errors.JobPending("x"), 4),
    (errors.ArtifactError("x"), 5),
    (OSError(errno.ENOSPC, "No space left on device", "film.mp4"), 5),
    (errors.Stopped("x"), 130),
]


@pytest.mark.parametrize(("error", "code"), CODES, ids=lambda value: type(value).__name__)
def test_each_kind_of_error_has_its_exit_code(error: Exception, code: int) -> None:
    assert guarded(raising(error)) == code


def test_every_class_of_the_tree_but_its_root_has_an_exit_code() -> None:
    kinds = [getattr(errors, name) for name in errors.__all__]
    kinds = [kind for kind in kinds if issubclass(kind, errors.MiniStudioError)]
    without = [k for k in kinds if exit_code(k.__new__(k)) is None]
    assert without == [errors.MiniStudioError]


def test_an_error_is_said_in_two_lines_and_without_a_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report(errors.ConfigError("the flag is wrong", hint="set it to 1"))
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "error: the flag is wrong\nhint: set it to 1\n"


def test_an_error_with_many_problems_has_a_line_for_each(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report(errors.ConfigError("a: one\nb: two"))
    assert capsys.readouterr().err == "error: a: one\nerror: b: two\n"


def test_a_file_error_names_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    report(OSError(errno.ENOSPC, "No space left on device", "film.mp4"))
    assert capsys.readouterr().err == "error: film.mp4: No space left on device\n"


def test_what_nobody_foresaw_is_called_a_bug_and_still_has_no_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert guarded(raising(ZeroDivisionError("by zero"))) == 70
    said = capsys.readouterr().err
    assert "this is a bug in MiniStudio: ZeroDivisionError: by zero" in said
    assert "--debug" in said
    assert "Traceback" not in said


def test_debug_shows_where_it_arose(capsys: pytest.CaptureFixture[str]) -> None:
    guarded(raising(errors.ConfigError("x")), debug=True)
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert said.endswith("error: x\n")


def test_ctrl_c_is_quiet_and_has_the_usual_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(raising(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err == "stopped\n"


def test_output_before_an_error_is_not_lost(capsys: pytest.CaptureFixture[str]) -> None:
    def action() -> int:
        sys.stdout.write("first\n")
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "x")

    guarded(action)
    assert capsys.readouterr().out == "first\n"


def test_a_broken_pipe_of_somebody_elses_is_not_taken_for_our_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert guarded(raising(BrokenPipeError(errno.EPIPE, "Broken pipe"))) == 5
    assert capsys.readouterr().err == "error: Broken pipe\n"
    assert sys.stdout.write("") == 0


def test_control_characters_of_a_message_move_no_cursor(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report(errors.ConfigError("bad \x1b[2J name"))
    assert "\x1b" not in capsys.readouterr().err
