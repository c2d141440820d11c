"""``ministudio env``: the variables that MiniStudio and the installed plugins read."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ministudio.cli._studio import workspace_argument
from ministudio.errors import ConfigError
from ministudio.kernel.registry import Registry
from ministudio.settings.config import said_by_variables
from ministudio.settings.core import CORE_SETTINGS
from ministudio.settings.dotenv import read_dotenv
from ministudio.settings.example import EXAMPLE_HEAD, env_example, holds_values
from ministudio.settings.textfile import read_small_text
from ministudio.settings.validation import misspelt, problems_with, unread
from ministudio.settings.workspace import find_workspace, folder_workspace
from ministudio.values.files import write_whole

if TYPE_CHECKING:
    from ministudio.contracts.setting import Setting

__all__ = ["command", "described_settings"]

_MAKE = "run: ministudio env example -o"


@click.group("env")
def command() -> None:
    """Show the variables that can be set."""


@command.command("example")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of the terminal.",
)
@click.option(
    "--check",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write nothing; fail unless this file is exactly what would be written.",
)
def example(output: Path | None, check: Path | None) -> None:
    """Print an example .env: every variable, by category, with what it does."""
    if check is not None and output is not None:
        raise ConfigError("--check writes nothing, so -o has no place beside it")
    registry = Registry()
    text = env_example(described_settings(registry))
    for failure in registry.failures:
        click.echo(f"left out: {failure.line}", err=True)
    if check is not None:
        _check(check, text)
        click.echo(f"{check} is up to date.")
    elif output is not None:
        _write(output, text)
        click.echo(f"Wrote {output}.")
    else:
        click.echo(text, nl=False)


@command.command("validate")
@workspace_argument
def validate(where: Path) -> None:
    """Check every variable that is set, in the environment and in the .env of WHERE.

    All problems come at once, and no value of a secret is in any. The exit code is 2 then.
    """
    workspace = folder_workspace(where) if where.is_dir() else find_workspace(where)
    dotenv = read_dotenv(workspace.dotenv)
    registry = Registry()
    settings = described_settings(registry)
    for failure in registry.failures:
        click.echo(f"left out: {failure.line}", err=True)
    for warning in (*dotenv.warnings, *unread(dotenv.values, settings, str(workspace.dotenv))):
        click.echo(f"warning: {warning}", err=True)
    places = {"the environment": os.environ, str(workspace.dotenv): dotenv.values}
    problems = [
        f"{place}: {problem}"
        for place, variables in places.items()
        for problem in (
            *said_by_variables(variables, "")[1],
            *problems_with(settings, variables),
            *misspelt(variables, settings),
        )
    ]
    if problems:
        lines = dict.fromkeys(problem.replace(": : ", ": ") for problem in problems)
        raise ConfigError("\n".join(lines), hint="ministudio env example shows every variable")
    count = len({s.name for s in settings if os.environ.get(s.name) or dotenv.values.get(s.name)})
    told = {0: "no variable is set", 1: "1 variable is set, and it is right"}
    click.echo(told.get(count, f"{count} variables are set, and all of them are right"))


def described_settings(registry: Registry) -> list[Setting]:
    """Return the core's settings and those of every plugin that can be described."""
    declared = [
        *(spec.settings for spec in registry.backends()),
        *(spec.settings for spec in registry.providers()),
        *(spec.settings for spec in registry.speech_providers()),
    ]
    return [*CORE_SETTINGS, *itertools.chain.from_iterable(declared)]


def _check(path: Path, text: str) -> None:
    if _read(path) != text:
        raise ConfigError(f"{path} is not what the declarations give", hint=f"{_MAKE} {path}")


def _write(path: Path, text: str) -> None:
    there = _read(path)
    if there is not None and (not there.startswith(EXAMPLE_HEAD) or holds_values(there)):
        raise ConfigError(
            f"{path} is there already and is not an untouched example; it would be lost",
            hint="name another file with -o, or remove this one yourself",
        )
    try:
        write_whole(path, text)
    except OSError as wrong:
        raise ConfigError(
            f"{path} cannot be written: {wrong.strerror}", hint="name another file with -o"
        ) from wrong


def _read(path: Path) -> str | None:
    try:
        file = read_small_text(path)
    except ValueError as wrong:
        raise ConfigError(f"{path}: {wrong}") from None
    return None if file is None else file.text
