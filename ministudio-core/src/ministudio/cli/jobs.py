"""``ministudio jobs``: what is under way at providers, also while somebody renders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ministudio.cli._json import json_text
from ministudio.cli._studio import open_workspace, workspace_argument
from ministudio.cli._table import table
from ministudio.cli._when import ago, stamp

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.render.takes import Take

__all__ = ["command"]


@click.command("jobs")
@workspace_argument
@click.option("--all", "everything", is_flag=True, help="Show those that have ended, too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(*, where: Path, everything: bool, as_json: bool) -> None:
    """Show the jobs that may be under way for WHERE: a folder, or a production in it."""
    with open_workspace(where).journal() as journal:
        takes = [take for take in journal.takes() if everything or take.state.open]
        now = journal.clock()
    if as_json:
        click.echo(json_text([_data(take) for take in takes]))
    elif takes:
        click.echo(table(_HEADERS, [_row(take, now) for take in takes]))
    else:
        click.echo("no job is under way")


_HEADERS = ("shot", "film", "made by", "state", "since", "job", "what went wrong")


def _row(take: Take, now: float) -> tuple[str, ...]:
    return (
        take.shot,
        take.film or "-",
        f"{take.provider}/{take.model}#{take.number}",
        take.state.value,
        ago(take.submitted_at, now),
        take.handle.id if take.handle else "-",
        take.error or "-",
    )


def _data(take: Take) -> dict[str, Any]:
    return {
        "take": take.key,
        "film": take.film,
        "shot": take.shot,
        "part": take.part,
        "number": take.number,
        "provider": take.provider,
        "model": take.model,
        "state": take.state.value,
        "submitted": stamp(take.submitted_at),
        "job": take.handle.id if take.handle else None,
        "charged": take.charged,
        "error": take.error or None,
    }
