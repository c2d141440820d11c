"""``ministudio providers``: who can make clips."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from ministudio.cli._errors import warn
from ministudio.cli._json import json_text
from ministudio.cli._table import table
from ministudio.kernel.models import default_card
from ministudio.kernel.registry import Registry

if TYPE_CHECKING:
    from ministudio.contracts.specs import VideoProviderSpec

__all__ = ["command"]


@click.command("providers")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List the video providers of all installed plugins.

    No SDK is imported, and nothing is asked of the network.
    """
    registry = Registry()
    rows = [_row(registry, spec) for spec in registry.providers()]
    if as_json:
        click.echo(json_text(rows))
    else:
        columns = ("name", "billing", "default model", "models", "plugin", "summary")
        click.echo(table(columns, [_cells(row) for row in rows]))
    warn(registry.failures, debug=ctx.obj is True)


def _row(registry: Registry, spec: VideoProviderSpec) -> dict[str, Any]:
    plugin = registry.plugin_of(spec.name)
    return {
        "name": spec.name,
        "summary": spec.summary,
        "billing": spec.billing.value,
        "runs_in": spec.runs_in.value,
        "default": default_card(spec, datetime.now(UTC).date()).id,
        "models": [card.id for card in spec.models],
        "settings": [setting.name for setting in spec.settings],
        "compiler": spec.compiler,
        "homepage": spec.homepage,
        "plugin": plugin.id,
        "distribution": plugin.distribution,
        "version": plugin.version,
    }


def _cells(row: dict[str, Any]) -> list[str]:
    origin = f"{row['distribution']} {row['version']}"
    count = str(len(row["models"]))
    return [row["name"], row["billing"], row["default"], count, origin, row["summary"]]
