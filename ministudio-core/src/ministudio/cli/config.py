"""``ministudio config``: what is set for a workspace, and who said it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ministudio.cli._json import json_text
from ministudio.cli._studio import open_workspace, workspace_argument
from ministudio.cli._table import clean, table
from ministudio.settings.core import RENDER_SETTINGS
from ministudio.settings.precedence import LADDERS, Rung

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ministudio.settings.config import StudioConfig
    from ministudio.studio import Studio

__all__ = ["command", "config_data"]


@click.group("config")
def command() -> None:
    """Show what is set, and who said it."""


@command.command("show")
@workspace_argument
@click.option("--explain", is_flag=True, help="Show all that was said, not only what counts.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(where: Path, *, explain: bool, as_json: bool) -> None:
    """Show the settings of WHERE: a folder, or a production in it.

    A production may still say something of its own look; the values of secrets are not settings,
    and are never shown.
    """
    data = config_data(open_workspace(where))
    click.echo(json_text(data) if as_json else "\n".join(_lines(data, explain=explain)))


def config_data(studio: Studio) -> dict[str, Any]:
    """Return what is set for a workspace as plain JSON data."""
    config = studio.config
    return {
        "workspace": str(studio.workspace.root),
        "file": str(studio.workspace.config_file) if studio.workspace.config_file else None,
        "profile": config.profile,
        "settings": [_setting(config, key) for key in RENDER_SETTINGS],
        "limits": [
            {
                "span": cap.span,
                "money": str(cap.money) if cap.money else None,
                "seconds": cap.seconds,
                "clips": cap.clips,
            }
            for cap in config.caps
        ],
        "providers": {
            name: {
                "model": one.model_name,
                "endpoint": one.api_endpoint,
                "options": dict(one.options),
                "concurrency": one.limits.concurrency,
                "per_minute": one.limits.per_minute,
            }
            for name, one in config.provider.items()
        },
        "secrets": {
            "chain": list(config.secrets.chain),
            "routes": {name: str(address) for name, address in config.secrets.routes.items()},
            "options": {name: dict(one) for name, one in config.secrets.options.items()},
        },
    }


def _setting(config: StudioConfig, key: str) -> dict[str, Any]:
    setting = RENDER_SETTINGS[key]
    said = [
        {"by": _by(rung, config.profile), "value": _text(values[key])}
        for rung in LADDERS[key]
        if (values := config.said.get(rung, {})).get(key) is not None
    ]
    if setting.default is not None:
        said.append({"by": Rung.DEFAULT.value, "value": setting.default})
    first = said[0] if said else {"by": None, "value": None}
    return {"key": key, "variable": setting.name, **first, "said": said}


def _by(rung: Rung, profile: str) -> str:
    return f"the profile {profile}" if rung is Rung.PROFILE else rung.value


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _lines(data: dict[str, Any], *, explain: bool) -> Iterator[str]:
    yield clean(f"workspace: {data['workspace']}")
    yield f"profile: {data['profile']}"
    yield ""
    yield table(
        ("setting", "value", "said by"),
        [
            (one["key"] if number == 0 else "", said["value"], said["by"])
            for one in data["settings"]
            for number, said in enumerate(one["said"] if explain else one["said"][:1])
        ],
    )
    if not explain:
        silent = [one["key"] for one in data["settings"] if not one["said"]]
        yield f"not set: {', '.join(silent)}"
    yield ""
    for cap in data["limits"]:
        parts = [f"{cap[key]} {unit}".strip() for key, unit in _UNITS.items() if cap[key]]
        yield f"limit for {cap['span']}: {', '.join(parts)}"
    for name, one in data["providers"].items():
        parts = [f"{key} {value}" for key, value in one.items() if value]
        yield clean(f"provider {name}: {', '.join(parts) or 'as it comes'}")
    yield f"secrets: {' > '.join(data['secrets']['chain'])}"
    for name, address in data["secrets"]["routes"].items():
        yield clean(f"secret {name}: {address}")


_UNITS = {"money": "", "seconds": "seconds", "clips": "clips"}
