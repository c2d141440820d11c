"""Rendering a plan: shots at once where continuity allows, each by its alternatives in order."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ministudio.contracts.events import EventKind
from ministudio.errors import JobCancelled, MiniStudioError, UnknownName
from ministudio.render.results import RenderResult, ShotResult
from ministudio.render.shots import Maker, render_shot, stand_in
from ministudio.render.standing import standings
from ministudio.settings.rendering import FallbackScope, OnFailure
from ministudio.values.names import one_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from ministudio.plan.model import Plan, ShotPlan
    from ministudio.render.context import Providers, RenderContext
    from ministudio.render.journal import Journal

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
    plan: Plan,
    providers: Providers,
    context: RenderContext,
    wanted: Collection[str] | None = None,
    *,
    begin: Callable[[Journal], None] | None = None,
) -> RenderResult:
    """Render the wanted shots of a plan, all of them by default.

    After the first shot that cannot be made no new one is begun, unless the options say that
    such a shot is left out or stood in for; those under way are finished and kept.

    Args:
        plan: The plan.
        providers: Where providers come from.
        context: Journal, store, options, listeners.
        wanted: Ids of the shots wanted; shots they go on from are rendered too.
        begin: Writes down that the run has begun, once the workspace is its own.

    Raises:
        UnknownName: When the plan has no shot that is wanted, or that the options name.
        ConfigError: When another render is under way in the workspace.
        asyncio.CancelledError: When the run is stopped; jobs under way stay in the journal.
    """
    ids = [shot.id for shot in plan.shots]
    shots = with_predecessors(plan, ids if wanted is None else wanted)
    _check_names(context.options.resubmit | context.options.fresh | context.options.cancel, ids)
    with context.store.claimed():
        await context.scribe.write(lambda journal: _begin(journal, context.options.cancel))
        if begin is not None:
            await context.scribe.write(begin)
        run = _Run(plan, shots, providers, context)
        seconds = sum(shot.seconds for shot in shots)
        context.emit(
            EventKind.RUN_STARTED,
            f"{len(shots)} shots, {seconds:g} s",
            data={"shots": [shot.id for shot in shots], "run": context.run},
        )
        await run.all()
        return run.result()


class _Run:
    """One run of the engine: its tasks by shot, and what went wrong."""

    def __init__(
        self, plan: Plan, shots: Sequence[ShotPlan], providers: Providers, context: RenderContext
    ) -> None:
        self.plan = plan
        self.shots = shots
        self.providers = providers
        self.context = context
        self.done: dict[str, ShotResult] = {}
        self.failures: dict[str, MiniStudioError] = {}
        self._tasks: dict[str, asyncio.Task[ShotResult | None]] = {}
        self._barred: dict[object, set[Maker]] = {}
        self._room = asyncio.Semaphore(context.options.concurrency)
        self._stopped = False

    def result(self) -> RenderResult:
        """What came of it, in the order of the film."""
        return RenderResult(
            shots=tuple(self.done[shot.id] for shot in self.shots if shot.id in self.done),
            failures=tuple(
                (shot, self.failures[shot.id]) for shot in self.shots if shot.id in self.failures
            ),
        )

    async def all(self) -> None:
        """Render every shot, and those again that must look like another that fell back."""
        self._remember()
        todo: Sequence[ShotPlan] = self.shots
        while todo:
            await self._some(todo)
            todo = [] if self._stopped else self._mixed()
            for shot in todo:
                del self.done[shot.id]
                self.context.emit(
                    EventKind.SHOT_FALLBACK,
                    f"made again with the next provider: one {self.context.options.fallback_scope}"
                    " has one look",
                    shot=shot.id,
                )

    def _remember(self) -> None:
        """Bar who failed a group in an earlier run: what it made since is by somebody else."""
        options = self.context.options
        if options.fallback_scope is FallbackScope.SHOT:
            return
        known = standings(self.plan, self.shots, self.context.journal, reuse=options.reuse)
        for standing in known:
            shot = standing.shot
            if not standing.selected or shot.id in options.fresh:
                continue
            first = standing.selected[0]
            ways = [(way.provider, way.model) for way in shot.alternatives]
            if (maker := (first.provider, first.model)) in ways:
                barred = self._barred.setdefault(self._group(shot), set())
                barred.update(ways[: ways.index(maker)])

    async def _some(self, shots: Sequence[ShotPlan]) -> None:
        self._tasks = {
            shot.id: asyncio.create_task(self._shot(shot), name=f"shot {shot.id}") for shot in shots
        }
        try:
            await asyncio.gather(*self._tasks.values())
        except BaseException:
            for task in self._tasks.values():
                # A second cancel would break off the cleaning up that the first one began.
                if not task.cancelling():
                    task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
            raise

    async def _shot(self, shot: ShotPlan) -> ShotResult | None:
        """Render one shot once the one it goes on from is done; None when there is none."""
        before = None
        if shot.follows is not None:
            task = self._tasks.get(shot.follows)
            before = await asyncio.shield(task) if task else self.done.get(shot.follows)
        async with self._room:
            if self._stopped:
                return None
            result: ShotResult | None
            try:
                result = await self._made(shot, before)
            except MiniStudioError as error:
                result = await self._failed(shot, error)
            if result is not None:
                self.done[shot.id] = result
            return result

    async def _made(self, shot: ShotPlan, before: ShotResult | None) -> ShotResult:
        if shot.follows is not None and (before is None or before.placeholder):
            raise MiniStudioError(
                f"shot {shot.id!r} goes on from {shot.follows!r}, which could not be made"
            )
        barred = self._barred.setdefault(self._group(shot), set())
        result = await render_shot(
            self.plan, shot, before, self.providers, self.context, barred=frozenset(barred)
        )
        barred |= {(attempt.provider, attempt.model) for attempt in result.attempts}
        return result

    async def _failed(self, shot: ShotPlan, error: MiniStudioError) -> ShotResult | None:
        """What becomes of a shot that cannot be made."""
        policy = self.context.options.on_failure
        if isinstance(error, JobCancelled):
            # It is fulfilled; a placeholder is not what the user wanted cancelled.
            await self.context.scribe.write(lambda journal: journal.forget_wishes(shot.id))
        if policy is OnFailure.PLACEHOLDER:
            try:
                return await stand_in(self.plan, shot, error, self.providers, self.context)
            except MiniStudioError as also:
                error = also
        self.failures[shot.id] = error
        left_out = policy is OnFailure.SKIP
        # The user cancelled this one shot, not the film.
        self._stopped |= not left_out and not isinstance(error, JobCancelled)
        kind = EventKind.SHOT_LEFT_OUT if left_out else EventKind.SHOT_FAILED
        self.context.emit(kind, error.message, shot=shot.id)
        return None

    def _group(self, shot: ShotPlan) -> object:
        """What a shot falls back together with."""
        scope = self.context.options.fallback_scope
        if scope is FallbackScope.SCENE:
            return shot.scene
        return shot.id if scope is FallbackScope.SHOT else None

    def _mixed(self) -> list[ShotPlan]:
        """The shots made by somebody who failed another of their group, and all that follows."""
        again: set[str] = set()
        for shot in self.shots:
            made = self.done.get(shot.id)
            if made is None or made.placeholder:
                continue
            barred = self._barred.get(self._group(shot), set())
            if (made.provider, made.model) in barred or shot.follows in again:
                again.add(shot.id)
        return [shot for shot in self.shots if shot.id in again]


def _begin(journal: Journal, cancel: Collection[str]) -> None:
    """Clear away what a killed run had asked for and not yet ordered."""
    journal.sweep()
    journal.forget_wishes()
    for shot in cancel:
        journal.wish_cancelled(shot)


def _check_names(names: Iterable[str], ids: Collection[str]) -> None:
    for name in names:
        if name not in ids:
            raise UnknownName("shot", name, choices=sorted(ids), hint=one_of(name, ids))
