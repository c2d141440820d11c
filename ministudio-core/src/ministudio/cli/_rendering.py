"""What ``render`` and ``shot`` have in common: progress while it runs, a summary when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ministudio.cli._progress import Progress, progress_for
from ministudio.errors import Stopped

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from ministudio.plan.model import Plan
    from ministudio.studio.results import Film

__all__ = ["finish", "watched"]


def watched(plan: Plan) -> Progress:
    """Return the progress display for a plan, on standard error."""
    return progress_for(plan)


def finish(call: Coroutine[Any, Any, Film], progress: Progress) -> Film:
    """Run a render to its end and say what came of it.

    Raises:
        Stopped: On Ctrl-C, saying what is done and kept.
    """
    from ministudio.studio import run  # noqa: PLC0415 - keeps --help quick

    try:
        film = run(call)
    except KeyboardInterrupt:
        raise Stopped(
            f"stopped: {progress.done} of {progress.wanted} shots are done and kept",
            hint="give the same command again to go on where it stopped",
        ) from None
    finally:
        progress.close()
    made = sum(not shot.reused for shot in film.result.shots)
    shots = len(film.result.shots)
    click.echo(f"{film.path}: {film.seconds:.1f} s, {shots} shots, {made} of them rendered now")
    if film.subtitles:
        click.echo(f"{film.subtitles}: subtitles")
    click.echo(f"{film.record}: run record")
    return film
