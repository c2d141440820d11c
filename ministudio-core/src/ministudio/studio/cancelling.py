"""Cancelling the job of one shot, through whoever renders it or without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.errors import ConfigError, JobCancelled
from ministudio.render.claim import Busy
from ministudio.render.engine import render_plan
from ministudio.render.runs import StoredRun, find_run
from ministudio.settings.rendering import OnFailure
from ministudio.studio.rendering import opened

if TYPE_CHECKING:
    from ministudio.render.journal import Journal
    from ministudio.render.takes import Take
    from ministudio.studio.studio import Studio

__all__ = ["cancel_shot"]


async def cancel_shot(studio: Studio, shot: str) -> str:
    """Ask for the end of a shot's job, and return in a sentence what came of that.

    While another process renders in the workspace, that one is told. Otherwise the provider is
    asked from here, and the job is followed to its end.

    Raises:
        ConfigError: When no job of such a shot is under way.
        MiniStudioError: When the job ended otherwise than by finishing or being cancelled.
    """
    with studio.journal() as journal:
        takes = [take for take in journal.takes() if take.shot == shot and take.state.open]
        if not takes:
            raise ConfigError(
                f"no job of a shot {shot!r} is under way here",
                hint="ministudio jobs shows what is",
            )
        try:
            return await _cancelled(studio, _run_of(journal, takes[-1]), shot)
        except Busy:
            journal.wish_cancelled(shot)
    return f"shot {shot}: asked the process that renders to cancel it"


async def _cancelled(studio: Studio, run: StoredRun, shot: str) -> str:
    # Nothing is ordered here, so nothing stands in for the shot, either.
    options = attrs.evolve(
        run.options, cancel=frozenset({shot}), fresh=frozenset(), on_failure=OnFailure.STOP
    )
    async with opened(studio, attrs.evolve(run, options=options)) as (pool, context):
        result = await render_plan(run.plan, pool, context, [shot])
    for _, error in result.failures:
        if not isinstance(error, JobCancelled):
            raise error
        return f"shot {shot}: {error.message}"
    return f"shot {shot}: it was finished before the cancel arrived; its clip is kept"


def _run_of(journal: Journal, take: Take) -> StoredRun:
    if (run := find_run(journal, take.run)) is not None:
        return run
    raise ConfigError(
        f"the run that ordered shot {take.shot!r} is not stored here",
        hint="render the film again: its jobs are taken up",
    )
