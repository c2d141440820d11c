"""``ministudio trust``: let a project's own files say where keys come from and go to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from ministudio.cli._studio import workspace_argument
from ministudio.cli._table import clean
from ministudio.errors import ConfigError
from ministudio.settings.claims import claims_in
from ministudio.settings.trust import Trust
from ministudio.settings.workspace import find_workspace, folder_workspace

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("trust")
@workspace_argument
@click.option("--show", is_flag=True, help="Show what would be trusted, and stop.")
@click.option("--revoke", is_flag=True, help="Trust the files no longer.")
def command(where: Path, *, show: bool, revoke: bool) -> None:
    """Trust the ministudio.toml and the .env of WHERE, as they are now.

    A project that somebody else made could send your key elsewhere. So addresses, places of
    secrets and observers count only in files that you have looked at. Their hashes are recorded
    in your own configuration folder; a file that changes is not trusted any more.
    """
    if show and revoke:
        raise ConfigError("--show changes nothing, so --revoke has no place beside it")
    workspace = folder_workspace(where) if where.is_dir() else find_workspace(where)
    trust = Trust.of(os.environ)
    if revoke:
        files = [workspace.config_file, workspace.dotenv]
        gone = [file for file in files if file is not None and trust.revoke(file)]
        for file in gone:
            click.echo(clean(f"{file}: trusted no longer"))
        if not gone:
            click.echo("nothing here was trusted")
        return
    claims = claims_in(workspace)
    for one in claims:
        for line in one.lines:
            click.echo(clean(line))
    if not claims:
        click.echo("nothing here needs to be trusted")
    for one in claims:
        held = trust.holds(one.path, one.sha256)
        if not show and not held:
            trust.record(one.path, one.sha256)
        state = "trusted" if held or not show else "not trusted"
        click.echo(clean(f"{one.path}: {state}"))
