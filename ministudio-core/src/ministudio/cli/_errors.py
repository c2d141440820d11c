"""The one place where an error becomes lines on standard error and an exit code.

A line ``error:`` says what happened, a line ``hint:`` what to do; a traceback is shown only with
``--debug``. Importing this module is free; what it needs, it imports when something is wrong.
"""

from __future__ import annotations

# ruff: noqa: PLC0415 - importing this module is free, see above
import os
import sys

from ministudio.cli._masking import mask, traceback_text

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing takes as long as answering --version
    from collections.abc import Callable, Iterable

    from ministudio.kernel.records import PluginFailure

__all__ = ["BUG", "STOPPED", "exit_code", "guarded", "report", "warn"]

STOPPED = 130
"""Exit code of a command that the user stopped."""

BUG = 70
"""Exit code of a command that failed in a way nobody foresaw."""

_PIPE_CLOSED = 141


def guarded(action: Callable[[], int], *, debug: bool = False) -> int:
    """Run ``action`` and return its exit code, or the one of what it raised.

    A reader that goes away, as ``head`` does, ends the command without a word.
    """
    try:
        code = action()
        sys.stdout.flush()
    except KeyboardInterrupt:
        _settle_stdout()
        _say("stopped")
        return STOPPED
    except Exception as error:  # noqa: BLE001 - nobody sees a traceback who has not asked for one
        if not _settle_stdout() and isinstance(error, BrokenPipeError):
            return _PIPE_CLOSED
        return report(error, debug=debug)
    return code


def exit_code(error: BaseException) -> int | None:
    """Return the exit code for an error's kind, or None for one that nobody foresaw."""
    from ministudio import errors

    codes: dict[type[BaseException], int] = {
        errors.Stopped: STOPPED,
        errors.StoryError: 2,
        errors.ConfigError: 2,
        errors.SecretError: 2,
        errors.PluginError: 3,
        errors.ProviderError: 4,
        errors.ArtifactError: 5,
        errors.BudgetError: 6,
        OSError: 5,
    }
    return next((code for kind, code in codes.items() if isinstance(error, kind)), None)


def report(error: BaseException, *, debug: bool = False) -> int:
    """Say what went wrong on standard error, and return the exit code."""
    if debug:
        sys.stderr.write(traceback_text(error))
    code = exit_code(error)
    if code is None:
        _say(f"error: this is a bug in MiniStudio: {type(error).__name__}: {error}")
        if not debug:
            _say("hint: run it again with --debug, and report what that prints")
        return BUG
    # Whoever pressed Ctrl-C knows that it was no error.
    label = "" if code == STOPPED else "error: "
    for line in _message(error).splitlines():
        _say(f"{label}{line}")
    for line in (getattr(error, "hint", None) or "").splitlines():
        _say(f"hint: {line}")
    return code


def warn(failures: Iterable[PluginFailure], *, debug: bool = False) -> None:
    """Print one line for each plugin that failed while a command asked for it.

    For commands that go on without it; one that cannot raises the failure instead.
    """
    for failure in failures:
        if debug:
            sys.stderr.write(traceback_text(failure.error))
        _say(f'{failure.line}; run "ministudio plugins doctor {failure.plugin.id}"')


def _message(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror}"
    return str(error) or type(error).__name__


def _say(line: str) -> None:
    from ministudio.cli._table import clean

    print(clean(mask(line)), file=sys.stderr)  # noqa: T201 - click.echo would import click


def _settle_stdout() -> bool:
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        # Python flushes once more at exit, and would complain a second time.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True
