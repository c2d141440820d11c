"""The page of the command line: what `--help` says, command by command, and the exit codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ministudio.cli._app import app

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["cli_page"]

EXIT_CODES = {
    0: "it worked",
    1: "`doctor`, `plugins doctor` or `secrets check` found something wrong",
    2: "the call, a production or a setting is wrong",
    3: "a plugin is missing or broken",
    4: "a provider could not make a clip, or not yet",
    5: "a file could not be read or written, or is no good",
    6: "money forbids it: a limit, an unknown price, or nobody said yes",
    70: "a bug in MiniStudio",
    130: "it was stopped",
}


def cli_page() -> str:
    """Return the page."""
    return "".join(_cli())


def _cli() -> Iterator[str]:
    yield "# The command line\n\n"
    yield "Everything `ministudio` can be asked, as `--help` says it.\n\n"
    yield "| exit code | means |\n| --- | --- |\n"
    yield "".join(f"| {code} | {meaning} |\n" for code, meaning in EXIT_CODES.items())
    yield "\n"
    yield from _command(app, click.Context(app, info_name="ministudio", **app.context_settings))


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    depth = context.command_path.count(" ")
    # The terminal's width must not decide what the page says.
    context.max_content_width = context.terminal_width = 96
    yield f"{'#' * (depth + 2)} `{context.command_path}`\n\n"
    yield f"```text\n{command.get_help(context)}\n```\n\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                settings = inner.context_settings
                yield from _command(
                    inner, click.Context(inner, info_name=name, parent=context, **settings)
                )
