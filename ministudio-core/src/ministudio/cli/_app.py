"""The click application: commands are looked up in the table, and imported when called."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NoReturn

import click

from ministudio._version import __version__
from ministudio.cli._commands import COMMANDS, help_text
from ministudio.cli._profile import PROFILE
from ministudio.errors import ConfigError, UnknownName
from ministudio.values.names import one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["app", "run"]


class _LazyGroup(click.Group):
    """A group whose commands are modules that are not imported until they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            raise UnknownName("command", name, choices=list(COMMANDS), hint=one_of(name, COMMANDS))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        formatter.write(f"{help_text()}\n")


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="ministudio %(version)s")
def app() -> None:
    """Films with generative video models, as code."""


def run(words: Sequence[str], *, debug: bool = False, profile: str | None = None) -> int:
    """Run one command; commands find ``debug`` as their context's ``obj``.

    Args:
        words: The command line.
        debug: Whether all is to be told.
        profile: The profile that the command line names.

    Raises:
        MiniStudioError: Whatever the command raised.
        KeyboardInterrupt: When the user stopped it.
    """
    chosen = PROFILE.set(profile)
    try:
        result = app.main(list(words), prog_name="ministudio", standalone_mode=False, obj=debug)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help())
        return 0
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        _refuse(error)
    finally:
        PROFILE.reset(chosen)
    return result if isinstance(result, int) else 0


def _refuse(error: click.ClickException) -> NoReturn:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "ministudio"
    raise ConfigError(error.format_message(), hint=f"see: {path} --help") from error
