"""``ministudio resume``: go on with what was stopped, as it was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ministudio.cli._logs import log_options
from ministudio.cli._money import confirmer, yes_option
from ministudio.cli._options import resubmit_option
from ministudio.cli._studio import open_workspace, workspace_argument
from ministudio.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("resume")
@workspace_argument
@resubmit_option
@yes_option
@log_options
def command(*, where: Path, resubmit: tuple[str, ...], yes: bool) -> None:
    """Go on with the films in WHERE that were not finished: a folder, or a production in it.

    Each is made as it was planned when it was begun, whatever its file says today. Jobs that are
    under way are taken up at no new cost.
    """
    import attrs  # noqa: PLC0415 - keeps --help quick

    from ministudio.cli._rendering import finish, watched  # noqa: PLC0415

    studio = open_workspace(where)
    runs = studio.unfinished()
    if not runs:
        click.echo("nothing to go on with: every film that was begun here is finished")
        return
    known = {shot.id for run in runs for shot in run.plan.shots}
    if odd := sorted(set(resubmit) - known):
        raise ConfigError(
            f"no unfinished film has a shot {odd[0]!r}",
            hint="ministudio jobs shows the shots that are open",
        )
    for run in runs:
        click.echo(f"{run.film}: going on", err=True)
        options = attrs.evolve(run.options, confirm_above=None) if yes else run.options
        mine = {shot.id for shot in run.plan.shots}
        progress = watched(run.plan, studio)
        film = studio.resume(
            attrs.evolve(run, options=options),
            resubmit=mine.intersection(resubmit),
            listen=progress,
            confirm=confirmer(),
        )
        finish(film, progress, studio)
