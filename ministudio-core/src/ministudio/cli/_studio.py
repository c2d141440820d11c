"""Opening the studio for a command, and saying aloud what it noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.studio import Studio

__all__ = ["open_studio"]


def open_studio(file: Path | None = None) -> Studio:
    """Return the studio of a production file, or of the current folder; print its warnings."""
    from ministudio.studio import Studio  # noqa: PLC0415 - keeps --help quick

    studio = Studio.beside(file) if file is not None else Studio()
    for warning in studio.warnings:
        click.echo(f"warning: {warning}", err=True)
    return studio
