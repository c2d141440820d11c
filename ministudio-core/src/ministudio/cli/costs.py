"""``ministudio costs``: what was spent, what is promised, and what was only estimated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ministudio.cli._json import json_text
from ministudio.cli._studio import open_workspace, workspace_argument
from ministudio.cli._table import table

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.render.summing import Sum

__all__ = ["command"]


@click.command("costs")
@workspace_argument
@click.option(
    "--by",
    type=click.Choice(["film", "shot", "provider", "day"]),
    default="film",
    show_default=True,
    help="What the sums are about.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(*, where: Path, by: str, as_json: bool) -> None:
    """Show what paid clips have cost in WHERE: a folder, or a production in it.

    Spent is what is known to have been charged, by the provider's word or by its price list.
    Promised is what jobs under way, or of unknown end, may yet come to.
    """
    from ministudio.render.summing import By, sums  # noqa: PLC0415 - keeps --help quick

    with open_workspace(where).journal() as journal:
        rows = sums(journal.entries(), By(by))
    if as_json:
        click.echo(json_text([_data(row) for row in rows]))
    elif rows:
        headers = (by, "clips", "seconds", "spent", "of that reported", "promised", "unknown")
        click.echo(table(headers, [_row(row) for row in rows]))
    else:
        click.echo("no paid clip was ordered here")


def _row(row: Sum) -> tuple[str, ...]:
    return (
        row.name,
        str(row.clips),
        f"{row.seconds:g}",
        str(row.spent),
        str(row.reported),
        str(row.promised),
        str(row.unknown) if row.unknown else "-",
    )


def _data(row: Sum) -> dict[str, Any]:
    return {
        "name": row.name,
        "currency": row.spent.currency,
        "clips": row.clips,
        "seconds": row.seconds,
        "spent": str(row.spent.amount),
        "reported": str(row.reported.amount),
        "promised": str(row.promised.amount),
        "unknown_prices": row.unknown,
    }
