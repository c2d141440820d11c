"""``ministudio secrets``: where keys come from; no value, nor any part of one, is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ministudio.cli._json import json_text
from ministudio.cli._studio import open_workspace, workspace_argument
from ministudio.cli._table import clean, table
from ministudio.errors import UnknownName
from ministudio.values.names import one_of

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.studio import Studio
    from ministudio.studio.keys import Key, Standing

__all__ = ["BAD", "command"]

BAD = ("missing", "denied", "out of reach", "invalid")
"""States that something has to be done about."""

_NONE = "no plugin that is installed reads a secret"


@click.group("secrets")
def command() -> None:
    """Show where keys come from; no value is shown."""


@command.command("list")
@workspace_argument
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(where: Path, *, as_json: bool) -> None:
    """List the secrets that plugins read, and who would be asked for each. Nobody is asked."""
    from ministudio.studio.keys import declared_keys  # noqa: PLC0415 - keeps --help quick
    from ministudio.studio.secrets import resolver_for_backends, resolver_of  # noqa: PLC0415

    studio = open_workspace(where)
    resolver, routes = resolver_of(studio), studio.config.secrets.routes
    backends = {spec.name for spec in studio.registry.backends()}
    first = resolver_for_backends(studio)
    rows = []
    for key in declared_keys(studio.registry):
        names = (key.setting.name, *key.setting.aliases)
        route = next((str(routes[name]) for name in names if name in routes), None)
        asks = first if backends.issuperset(key.users) else resolver
        rows.append(_listed(key, route, asks.asked(key.setting)))
    if as_json:
        click.echo(json_text(rows))
    elif not rows:
        click.echo(_NONE)
    else:
        columns = ("name", "asked", "used by", "get it at")
        click.echo(table(columns, [_cells(row) for row in rows]))


@command.command("explain")
@click.argument("name")
@workspace_argument
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def explain(name: str, where: Path, *, as_json: bool) -> None:
    """Say where the secret NAME comes from, and where else it is set. Its value is not shown."""
    from ministudio.studio.keys import declared_keys, look_up  # noqa: PLC0415 - keeps --help quick

    studio = open_workspace(where)
    keys = declared_keys(studio.registry)
    wanted = [key for key in keys if name in {key.setting.name, *key.setting.aliases}]
    if not wanted:
        names = [key.setting.name for key in keys]
        raise UnknownName("secret", name, choices=names, hint=one_of(name, names))
    (standing,) = look_up(studio, wanted)
    if as_json:
        click.echo(json_text(_data(standing)))
        return
    click.echo(clean(f"{standing.key.setting.name}: {standing.state.value}"))
    facts = {
        "what it is": standing.key.setting.help,
        "used by": ", ".join(standing.key.users),
        "found": standing.told,
        "hint": standing.hint,
    }
    for what, fact in facts.items():
        if fact:
            click.echo(clean(f"  {what}: {fact}"))


@command.command("check")
@workspace_argument
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def check(ctx: click.Context, where: Path, *, as_json: bool) -> None:
    """Ask for every secret that plugins read, and say how each stands.

    The exit code is 1 when one that is needed is missing, or somebody refuses or cannot be asked.
    """
    standings = _all(open_workspace(where))
    if as_json:
        click.echo(json_text([_data(one) for one in standings]))
    elif not standings:
        click.echo(_NONE)
    else:
        headers = ("name", "state", "from", "used by", "note")
        click.echo(table(headers, [_row(one) for one in standings]))
    if any(one.state.value in BAD for one in standings):
        ctx.exit(1)


def _all(studio: Studio) -> list[Standing]:
    from ministudio.studio.keys import declared_keys, look_up  # noqa: PLC0415 - keeps --help quick

    return look_up(studio, declared_keys(studio.registry))


def _listed(key: Key, route: str | None, asked: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": key.setting.name,
        "aliases": list(key.setting.aliases),
        "route": route,
        "asked": list(asked),
        "used_by": list(key.users),
        "where_to_get": key.setting.where_to_get,
    }


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    asked = row["route"] or " > ".join(row["asked"])
    return row["name"], asked, ", ".join(row["used_by"]), row["where_to_get"] or "-"


def _row(one: Standing) -> tuple[str, ...]:
    note = "; ".join(part for part in (one.told, one.hint or "") if part)
    users = ", ".join(one.key.users)
    return one.key.setting.name, one.state.value, one.source or "-", users, note.replace("\n", "; ")


def _data(one: Standing) -> dict[str, Any]:
    return {
        "name": one.key.setting.name,
        "state": one.state.value,
        "from": one.source or None,
        "told": one.told,
        "hint": one.hint,
        "used_by": list(one.key.users),
    }
