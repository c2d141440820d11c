"""``ministudio cancel``: ask for the end of a shot's job, whoever renders it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ministudio.cli._studio import open_workspace, workspace_argument

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("cancel")
@click.argument("shot")
@workspace_argument
def command(*, shot: str, where: Path) -> None:
    """Cancel the job of a SHOT, by its id, in WHERE: a folder, or a production in it.

    While another process renders, that one is asked to cancel. A clip that is finished before
    the cancel arrives is kept.
    """
    from ministudio.studio import run  # noqa: PLC0415 - keeps --help quick
    from ministudio.studio.cancelling import cancel_shot  # noqa: PLC0415

    click.echo(run(cancel_shot(open_workspace(where), shot)))
