"""Rendering a plan: shots at once where continuity allows, each by its alternatives in order."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ministudio.contracts.events import EventKind
from ministudio.errors import MiniStudioError, UnknownName
from ministudio.render.results import RenderResult, ShotResult
from ministudio.render.shots import render_shot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ministudio.plan.model import Plan, ShotPlan
    from ministudio.render.context import Providers, RenderContext

__all__ = ["render_plan", "with_predecessors"]


def with_predecessors(plan: Plan, wanted: Collection[str]) -> list[ShotPlan]:
    """Return the wanted shots and every shot they go on from, in the order of the film.

    Raises:
        UnknownName: When the plan has no such shot.
    """
    by_id = {shot.id: shot for shot in plan.shots}
    _check_names(wanted, by_id)
    needed: set[str] = set()
    for name in wanted:
        step: str | None = name
        while step is not None and step not in needed:
            needed.add(step)
            step = by_id[step].follows
    return [shot for shot in plan.shots if shot.id in needed]


async def render_plan(
    plan: Plan, providers: Providers, context: RenderContext, wanted: Collection[str] | None = None
) -> RenderResult:
    """Render the wanted shots of a plan, all of them by default.

    After the first shot that cannot be made no new one is begun; those under way are finished
    and kept.

    Args:
        plan: The plan.
        providers: Where providers come from.
        context: Journal, store, options, listeners.
        wanted: Ids of the shots wanted; shots they go on from are rendered too.

    Raises:
        UnknownName: When the plan has no shot that is wanted, or to be resubmitted.
        ConfigError: When another render is under way in the workspace.
        asyncio.CancelledError: When the run is stopped; jobs under way stay in the journal.
    """
    ids = [shot.id for shot in plan.shots]
    shots = with_predecessors(plan, ids if wanted is None else wanted)
    _check_names(context.options.resubmit, ids)
    with context.store.claimed():
        return await _render(plan, shots, providers, context)


async def _render(
    plan: Plan, shots: Sequence[ShotPlan], providers: Providers, context: RenderContext
) -> RenderResult:
    run = _Run(plan, providers, context)
    seconds = sum(shot.seconds for shot in shots)
    context.emit(
        EventKind.RUN_STARTED,
        f"{len(shots)} shots, {seconds:g} s",
        data={"shots": [shot.id for shot in shots]},
    )
    for shot in shots:
        run.tasks[shot.id] = asyncio.create_task(run.shot(shot), name=f"shot {shot.id}")
    try:
        results = await asyncio.gather(*run.tasks.values())
    except BaseException:
        for task in run.tasks.values():
            # A second cancel would break off the cleaning up that the first one began.
            if not task.cancelling():
                task.cancel()
        await asyncio.gather(*run.tasks.values(), return_exceptions=True)
        raise
    done = [result for result in results if result is not None]
    return RenderResult(shots=tuple(done), failures=tuple(run.failures))


class _Run:
    """One run of the engine: its tasks by shot, and what went wrong."""

    def __init__(self, plan: Plan, providers: Providers, context: RenderContext) -> None:
        self.plan = plan
        self.providers = providers
        self.context = context
        self.tasks: dict[str, asyncio.Task[ShotResult | None]] = {}
        self.failures: list[tuple[ShotPlan, MiniStudioError]] = []
        self._room = asyncio.Semaphore(context.options.concurrency)

    async def shot(self, shot: ShotPlan) -> ShotResult | None:
        """Render one shot once the one it goes on from is done; None when it was not made."""
        before = None
        if shot.follows is not None:
            before = await asyncio.shield(self.tasks[shot.follows])
            if before is None:
                return None
        async with self._room:
            if self.failures:
                return None
            try:
                return await render_shot(self.plan, shot, before, self.providers, self.context)
            except MiniStudioError as error:
                self.failures.append((shot, error))
                self.context.emit(EventKind.SHOT_FAILED, error.message, shot=shot.id)
                return None


def _check_names(names: Iterable[str], ids: Collection[str]) -> None:
    for name in names:
        if name not in ids:
            raise UnknownName("shot", name, choices=sorted(ids))
