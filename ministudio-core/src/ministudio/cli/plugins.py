"""``ministudio plugins``: what is installed, what is wrong with it, and a new one to start from."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

import click

from ministudio.cli._doctor import Report, examine, foreign_package, report_data, report_text
from ministudio.cli._json import json_text
from ministudio.kernel.policy import PluginPolicy
from ministudio.kernel.registry import Registry

__all__ = ["command"]


@click.group("plugins")
def command() -> None:
    """List the plugins, find out what is wrong with them, or begin one of your own."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(as_json: bool) -> None:
    """List the installed plugins, without importing any.

    MINISTUDIO_PLUGINS and MINISTUDIO_DISABLE_PLUGINS say which of them may be loaded.
    """
    from ministudio.cli._plugins_list import list_plugins  # noqa: PLC0415 - has no use for click

    list_plugins(as_json=as_json)


@command.command("doctor")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def doctor(ctx: click.Context, name: str | None, as_json: bool) -> None:
    """Load each plugin, or the plugin NAME, and say what is wrong with it.

    Factories are looked up, which imports the SDKs, and nothing is created or paid for. The
    exit code is 1 when anything is broken.
    """
    # A doctor that stops at the first illness is none: strictness is left aside.
    policy = PluginPolicy.from_environ(os.environ)._replace(strict=False)
    reports = examine(Registry(policy), name, today=datetime.now(UTC).date())
    problems = foreign_package()
    if as_json:
        click.echo(json_text(report_data(reports, problems)))
    else:
        click.echo(report_text(reports, problems))
    if ctx.obj is True:
        _print_traces(reports)
    if problems or any(report.faults for report in reports):
        ctx.exit(1)


@command.command("new")
@click.argument("name")
@click.option(
    "--kind",
    required=True,
    type=click.Choice(["provider", "secrets", "compiler"]),
    help="What it offers: a video provider, a secret backend or a prompt compiler.",
)
@click.option(
    "--path",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where it is written; ministudio-NAME, unless named.",
)
def new(name: str, kind: str, folder: Path | None) -> None:
    """Write the plugin NAME, ready to be installed, tested and changed into yours.

    It speaks to a made-up service, and its own tests pass at once: they are the tests that every
    plugin passes, and go on telling you what is wrong while you change it. A folder that has
    anything in it is left alone.
    """
    from ministudio.cli._plugins_new import new_plugin  # noqa: PLC0415 - only this one needs it

    new_plugin(name, kind, folder)


def _print_traces(reports: list[Report]) -> None:
    for report in reports:
        for fault in report.faults:
            click.echo("".join(traceback.format_exception(fault.error)), err=True)
