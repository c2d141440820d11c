"""The command line: ``main`` is the console script ``ministudio``.

Each command is a thin module that is imported when it is called. The few questions that people
and shells ask all the time are answered without importing anything that takes time.
"""

from __future__ import annotations

# ruff: noqa: PLC0415 - each path imports what it needs and no more
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing takes as long as answering --version
    from collections.abc import Sequence

__all__ = ["main"]

_FLAG = "--debug"
_YES = {"1", "true", "yes", "on"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: What follows the program's name; by default, what the process was called with.
    """
    from ministudio.cli._errors import guarded
    from ministudio.cli._masking import release

    words = list(sys.argv[1:] if arguments is None else arguments)
    profile = None
    debug = os.environ.get("MINISTUDIO_DEBUG", "").strip().lower() in _YES
    # --debug may stand anywhere, because it is added to a command that has just failed.
    options = words[: words.index("--")] if "--" in words else words
    if _FLAG in options:
        words = [word for word in options if word != _FLAG] + words[len(options) :]
        debug = True
    if any(word.partition("=")[0] == "--profile" for word in options):
        from ministudio.cli._profile import without_profile

        words, profile = without_profile(words)
    try:
        return guarded(lambda: _run(words, profile, debug=debug), debug=debug)
    finally:
        release()


def _run(words: list[str], profile: str | None, *, debug: bool) -> int:
    match words:
        case [] | ["--help"] | ["-h"]:
            from ministudio.cli._commands import help_text

            print(help_text())  # noqa: T201 - click.echo would import click
        case ["--version"]:
            from ministudio._version import __version__

            print(f"ministudio {__version__}")  # noqa: T201 - click.echo would import click
        case ["plugins", "list"] | ["plugins", "list", "--json"]:
            from ministudio.cli._plugins_list import list_plugins

            list_plugins(as_json=words[-1] == "--json")
        case _:
            from ministudio.cli._app import run

            return run(words, debug=debug, profile=profile)
    return 0
