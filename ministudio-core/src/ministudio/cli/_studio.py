"""Opening the studio for a command, and saying aloud what it noticed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ministudio.cli._masking import watch
from ministudio.cli._profile import PROFILE

if TYPE_CHECKING:
    from ministudio.studio import Studio

__all__ = ["open_studio", "open_workspace", "workspace_argument"]

workspace_argument = click.argument(
    "where", metavar="[WHERE]", default=Path(), type=click.Path(path_type=Path, exists=True)
)
"""A folder, or a production in it; the current folder if left out."""


def open_studio(file: Path | None = None) -> Studio:
    """Return the studio of a production file, or of the current folder; print its warnings."""
    from ministudio.studio import Studio  # noqa: PLC0415 - keeps --help quick

    profile = PROFILE.get()
    studio = Studio.beside(file, profile=profile) if file else Studio(profile=profile)
    return _warned(studio)


def open_workspace(where: Path) -> Studio:
    """Return the studio of a folder, or of a production file in one; print its warnings."""
    from ministudio.studio import Studio  # noqa: PLC0415 - keeps --help quick

    if not where.is_dir():
        return open_studio(where)
    return _warned(Studio(where, profile=PROFILE.get()))


def _warned(studio: Studio) -> Studio:
    watch(studio.redactor)
    for warning in studio.warnings:
        click.echo(f"warning: {warning}", err=True)
    return studio
