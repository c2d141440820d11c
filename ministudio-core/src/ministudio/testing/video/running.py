"""Checks of how a provider runs: beside others, and ended at once."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from typing import TYPE_CHECKING, Any, Final

import pytest

from ministudio.plugin import JobVideoProvider
from ministudio.testing.checks.subject import said, wrong
from ministudio.testing.service import InProcess
from ministudio.testing.simulator.faults import FaultKind, Operation
from ministudio.testing.video.base import VideoChecks, faulty, jobs_only

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from ministudio.testing.video.trial import Trial

__all__ = ["RunningChecks"]

_SLOW: Final = 0.5
_BEAT: Final = 0.01
_TOLERATED: Final = 0.15
_ATTEMPTS: Final = 3
_PROMPT: Final = 2.0
_STEPS: Final = ("submit", "poll", "fetch")


class RunningChecks(VideoChecks):
    """A thousand jobs are a thousand polls in one process: nobody may hold up the others."""

    @pytest.mark.parametrize("step", _STEPS)
    def test_others_go_on_while_the_service_takes_its_time(self, trial: Trial, step: str) -> None:
        """The event loop is never blocked: calls are awaited, or run in a thread."""

        def call() -> Coroutine[Any, Any, object]:
            ready = _step(trial, step)
            faulty(trial, "slow", step, seconds=_SLOW)
            return ready()

        held = _held_up(trial, call)
        if held > _TOLERATED:
            name = f"{step}()" if isinstance(trial.provider, JobVideoProvider) else "generate()"
            wrong(
                f"{name} of {trial.where} blocks the event loop: for {held:.1f} s nothing else "
                "ran. Use an asynchronous client, asyncio.sleep() and not time.sleep(), and "
                "in_thread(call, ...) for a library that blocks"
            )

    def test_others_go_on_while_it_works(self, trial: Trial) -> None:
        """A provider that draws by itself does that in a thread."""
        if not isinstance(trial.service, InProcess) or isinstance(trial.provider, JobVideoProvider):
            pytest.skip("it waits for a service; see the checks of its steps")
        began = time.monotonic()
        held = _held_up(
            trial,
            lambda: trial.provider.generate(trial.request(), trial.into(), lambda *_, **__: None),
        )
        if (took := time.monotonic() - began) < 2 * _TOLERATED:
            pytest.skip(f"a clip takes it {took:.2f} s, which is too short to tell")
        if held > _TOLERATED:
            wrong(
                f"generate() of {trial.where} blocks the event loop: for {held:.1f} s nothing else "
                "ran. Inherit from BlockingVideoProvider, or call  await in_thread(draw, ...)"
            )

    @pytest.mark.parametrize("step", _STEPS)
    def test_a_call_that_is_cancelled_ends_at_once(self, trial: Trial, step: str) -> None:
        """Ctrl-C waits for no service, and is not taken for an error of the service."""
        call = _step(trial, step)
        faulty(trial, "hang", step)
        _ends(trial, call, f"{step}()")

    def test_work_that_is_cancelled_ends_at_once(self, trial: Trial) -> None:
        """Ctrl-C does not wait until a clip is drawn."""
        if not isinstance(trial.service, InProcess) or isinstance(trial.provider, JobVideoProvider):
            pytest.skip("it waits for a service; see the checks of its steps")
        request = trial.request()
        _ends(
            trial,
            lambda: trial.provider.generate(request, trial.into(), lambda *_, **__: None),
            "generate()",
        )

    def test_many_jobs_run_at_once(self, trial: Trial) -> None:
        """One instance serves them all, and mixes none of them up."""
        provider = jobs_only(trial)

        async def one(number: int) -> tuple[str, int]:
            prepared = await provider.prepare(trial.request(seed=number))
            return (await provider.submit(prepared)).id, number

        async def all_of_them() -> list[tuple[str, int]]:
            return await asyncio.gather(*(one(number) for number in range(5)))

        jobs = trial.outcome(all_of_them())
        if isinstance(jobs, Exception):
            wrong(f"five orders at once are too many for {trial.where}: {said(jobs)}")
        assert len({id_ for id_, _ in jobs}) == len(jobs), (
            f"five orders at once gave {trial.where} the jobs {[id_ for id_, _ in jobs]}: keep "
            "nothing of an order in self"
        )


def _step(trial: Trial, step: str) -> Callable[[], Coroutine[Any, Any, object]]:
    """Return one step of a job, ready to be called; where there are no jobs, ``generate``."""
    provider = trial.provider
    if not trial.service.can(FaultKind.SLOW, Operation(step)):
        pytest.skip("the service of the fixture cannot answer slowly")
    if not isinstance(provider, JobVideoProvider):
        request = trial.request()
        return lambda: provider.generate(request, trial.into(), lambda *_, **__: None)
    if step == "submit":
        prepared = trial.prepared()
        return lambda: provider.submit(prepared)
    job = trial.done()
    if step == "poll":
        return lambda: provider.poll(job)
    return lambda: provider.fetch(job, trial.into())


def _held_up(trial: Trial, call: Callable[[], Coroutine[Any, Any, object]]) -> float:
    """Return for how many seconds a call kept the event loop from anything else.

    A machine that is busy holds everybody up. So a thread beats beside the loop, and only its
    beats while the loop stood still are counted; what happens by chance does not happen always.
    """
    held = float("inf")
    for _ in range(_ATTEMPTS):
        held = min(held, trial.run(_standing_still(call())))
        if held <= _TOLERATED:
            break
    return held


async def _standing_still(call: Coroutine[Any, Any, object]) -> float:
    beats: list[float] = []
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(_BEAT):
            beats.append(time.monotonic())

    thread = threading.Thread(target=beat, name="beats", daemon=True)
    thread.start()
    task = asyncio.ensure_future(call)
    turns = [time.monotonic()]
    try:
        while not task.done():
            await asyncio.sleep(_BEAT)
            turns.append(time.monotonic())
        await task
    finally:
        ended.set()
        thread.join()
    gaps = itertools.pairwise(turns)
    return max(sum(_BEAT for at in beats if began < at < over) for began, over in gaps)


def _ends(trial: Trial, call: Callable[[], Coroutine[Any, Any, object]], name: str) -> None:
    async def cancelled() -> tuple[bool, float, asyncio.Task[object]]:
        task = asyncio.ensure_future(call())
        await asyncio.wait({task}, timeout=0.2)
        early = task.done()
        began = time.monotonic()
        task.cancel()
        await asyncio.wait({task}, timeout=_PROMPT)
        return early, time.monotonic() - began, task

    early, took, task = trial.run(cancelled())
    if early:
        task.exception()
        pytest.skip(f"{name} is done before anybody could cancel it")
    if not task.done():
        wrong(
            f"{name} of {trial.where} goes on for more than {took:.0f} s after it was cancelled: "
            "await what takes long, and let asyncio.CancelledError out"
        )
    if not task.cancelled():
        error = task.exception()
        what = f"raised {said(error)}" if error else f"returned {task.result()!r}"
        wrong(
            f"{name} of {trial.where} was cancelled and {what}: catch Exception, not "
            "BaseException, and let asyncio.CancelledError out"
        )
