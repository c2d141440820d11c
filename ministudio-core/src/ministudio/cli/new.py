"""``ministudio new``: a small production to start from."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

import click

from ministudio.errors import ConfigError
from ministudio.story.schema import schema_text
from ministudio.values.files import write_whole

__all__ = ["command", "starter_files"]

_STARTER: Final = {
    "production.yaml": "production.yaml",
    "ministudio.toml": "ministudio.toml",
    "README.md": "README.md",
    # Under its real name, a .gitignore would keep files out of our own wheel.
    ".gitignore": "gitignore",
}


def starter_files() -> dict[str, str]:
    """Return the files of a new production, each name with its text."""
    folder = resources.files("ministudio.cli") / "starter"
    files = {name: (folder / kept).read_text(encoding="utf-8") for name, kept in _STARTER.items()}
    files["production.schema.json"] = schema_text()
    return files


@click.command("new")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default="my-film")
def command(folder: Path) -> None:
    """Write a small production to start from into DIR (my-film, unless named).

    It renders as it stands. A file that is there already is never overwritten.
    """
    files = starter_files()
    if taken := [name for name in files if (folder / name).exists()]:
        raise ConfigError(
            f"{folder} has {', '.join(taken)} already; nothing was written",
            hint="name another folder: ministudio new DIR",
        )
    try:
        for name, text in files.items():
            write_whole(folder / name, text)
    except OSError as wrong:
        raise ConfigError(
            f"{folder} cannot be written: {wrong.strerror}",
            hint="name a folder you may write to: ministudio new DIR",
        ) from wrong
    production = folder / "production.yaml"
    click.echo(f"Wrote {production}.")
    click.echo(f"Render it:  ministudio render {click.format_filename(production)}")
