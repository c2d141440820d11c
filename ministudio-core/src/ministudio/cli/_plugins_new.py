"""``ministudio plugins new``: whether the name is free, and what to do once it is written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ministudio._version import __version__
from ministudio.cli._scaffold import (
    PluginKind,
    checked_name,
    core_bounds,
    project_files,
    write_project,
)
from ministudio.kernel.policy import PluginPolicy
from ministudio.kernel.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["new_plugin"]


def new_plugin(
    name: str,
    kind: str,
    folder: Path | None,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Write a new plugin's project, and say what to do with it.

    Args:
        name: The plugin's name.
        kind: What it offers, as ``PluginKind`` has it.
        folder: Where it is written; by default, a folder named after it.
        clock: What time it is; the year stands in the licence.

    Raises:
        ConfigError: When the name cannot be used, or something is in the folder already.
    """
    # What is switched off, or broken, has its name all the same.
    found = Registry(PluginPolicy()).loader.discovery
    checked_name(name, {*found.plugins, *(failure.plugin.id for failure in found.failures)})
    folder = folder or Path(f"ministudio-{name}")
    files = project_files(
        name, PluginKind(kind), year=clock().year, bounds=core_bounds(__version__)
    )
    write_project(files, folder)
    click.echo(f"Wrote {folder} ({len(files)} files).")
    click.echo("Next:")
    if folder != Path():
        click.echo(f"  cd {click.format_filename(folder)}")
    click.echo("  pip install -e '.[test]'")
    click.echo("  pytest")
    click.echo(f"  ministudio plugins doctor {name}")
