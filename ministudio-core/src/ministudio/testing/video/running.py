"""Checks of how a provider runs: beside others, ended at once, and with nothing left open."""

from __future__ import annotations

import asyncio
import gc
import socket
import threading
import time
import warnings
from typing import TYPE_CHECKING, Any, Final

import pytest

from ministudio.plugin import JobVideoProvider
from ministudio.testing.checks.subject import none_of, said, wrong
from ministudio.testing.service import InProcess
from ministudio.testing.simulator.faults import FaultKind, Operation
from ministudio.testing.video.base import VideoChecks, faulty, jobs_only

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from ministudio.testing.service import VideoService
    from ministudio.testing.video.trial import Trial

__all__ = ["RunningChecks"]

_SLOW: Final = 0.5
_BEAT: Final = 0.01
_BEATS: Final = 10
_GAP: Final = 0.6
_TRIES: Final = 3
_PROMPT: Final = 2.0
_STEPS: Final = ("submit", "poll", "fetch")


class RunningChecks(VideoChecks):
    """A thousand jobs are a thousand polls in one process: nobody may hold up the others."""

    @pytest.mark.parametrize("step", _STEPS)
    def test_others_go_on_while_the_service_takes_its_time(self, trial: Trial, step: str) -> None:
        """The event loop is never blocked: calls are awaited, or run in a thread."""
        for _ in range(_TRIES):
            call = _step(trial, step)
            faulty(trial, "slow", step, seconds=_SLOW)
            beats, gap = trial.run(_beats_during(call))
            # A machine that is busy makes a gap as well, but not each time.
            if beats >= _BEATS and gap < _GAP:
                return
        name = f"{step}()" if isinstance(trial.provider, JobVideoProvider) else "generate()"
        wrong(
            f"{name} of {trial.where} blocks the event loop: the service took {_SLOW} s, and for "
            f"{gap:.1f} s no other work ran. Use an asynchronous client, asyncio.sleep() and not "
            "time.sleep(), and in_thread(call, ...) for a library that blocks"
        )

    def test_others_go_on_while_it_works(self, trial: Trial) -> None:
        """A provider that draws by itself does that in a thread."""
        if not isinstance(trial.service, InProcess) or isinstance(trial.provider, JobVideoProvider):
            pytest.skip("it waits for a service; see the checks of its steps")
        began = time.monotonic()
        request = trial.request()
        call = trial.provider.generate(request, trial.into(), lambda *_, **__: None)
        beats, _ = trial.run(_beats_during(call))
        took = time.monotonic() - began
        if took < _BEATS * _BEAT:
            pytest.skip(f"a clip takes it {took:.2f} s, which is too short to tell")
        # Drawing competes for the interpreter, so a few beats in all that time are enough.
        if beats < min(_BEATS, took / _BEAT / 20):
            wrong(
                f"generate() of {trial.where} blocks the event loop: in {took:.1f} s other work "
                f"ran {beats} times. Inherit from BlockingVideoProvider, or call  await "
                "in_thread(draw, ...)"
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
        call = trial.provider.generate(request, trial.into(), lambda *_, **__: None)
        _ends(trial, call, "generate()")

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

    def test_closing_it_twice_does_no_harm(self, trial: Trial) -> None:
        """A run that ends badly may close it more than once."""
        trial.clip()
        for _ in range(2):
            _closes(trial, "a second time" if _ else "after a clip")

    def test_closing_it_unused_does_no_harm(self, trial: Trial) -> None:
        """It may be made and never asked for anything."""
        _closes(trial, "before it was used")

    def test_closing_it_lets_go_of_everything(self, service: VideoService, tmp_path: Path) -> None:
        """No connection, no thread and no warning is left behind."""
        gc.collect()
        before = set(threading.enumerate())
        sockets = {id(one) for one in _sockets()}
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            where = self._a_whole_life(service, tmp_path)
            gc.collect()
        left = [one for one in _gone_at_last(sockets) if id(one) not in sockets]
        none_of(
            [
                *(f"after aclose() of {where} a connection is open: {_between(one)}. Close the "
                  "client in aclose()" for one in left),
                *(f"after aclose() of {where} the thread {one.name!r} runs: end it in aclose()"
                  for one in set(threading.enumerate()) - before
                  if one.is_alive() and not one.daemon),
                *(f"{where} leaves something open: {one.message}. Close it in aclose()"
                  for one in told if issubclass(one.category, ResourceWarning)),
            ]
        )  # fmt: skip

    def _a_whole_life(self, service: VideoService, folder: Path) -> str:
        with self.on_trial(service, folder) as trial:
            # A provider that is kept alive on purpose: closing must not be left to its end.
            _KEPT.append(trial.provider)
            trial.clip()
            where = trial.where
            _closes(trial, "after a clip")
        return where


_KEPT: list[object] = []


def _step(trial: Trial, step: str) -> Coroutine[Any, Any, object]:
    """Return one step of a job as a call; where there are no jobs, ``generate`` has all of them."""
    provider = trial.provider
    if not trial.service.can(FaultKind.SLOW, Operation(step)):
        pytest.skip("the service of the fixture cannot answer slowly")
    if not isinstance(provider, JobVideoProvider):
        return provider.generate(trial.request(), trial.into(), lambda *_, **__: None)
    if step == "submit":
        return provider.submit(trial.prepared())
    job = trial.done()
    return provider.poll(job) if step == "poll" else provider.fetch(job, trial.into())


async def _beats_during(call: Coroutine[Any, Any, object]) -> tuple[int, float]:
    """Return how often other work ran meanwhile, and the longest time in which none did."""
    beats, gap, last = 0, 0.0, time.monotonic()
    task = asyncio.ensure_future(call)
    while not task.done():
        await asyncio.sleep(_BEAT)
        beats, gap, last = beats + 1, max(gap, time.monotonic() - last), time.monotonic()
    await task
    return beats, gap


def _ends(trial: Trial, call: Coroutine[Any, Any, object], name: str) -> None:
    async def cancelled() -> tuple[bool, float, asyncio.Task[object]]:
        task = asyncio.ensure_future(call)
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


def _closes(trial: Trial, when: str) -> None:
    error = trial.outcome(trial.provider.aclose())
    if isinstance(error, Exception):
        wrong(
            f"aclose() of {trial.where} raised {said(error)} {when}: close what was opened, and "
            "forget it"
        )


def _sockets() -> list[socket.socket]:
    # Asking any object for its class may run code of its own; asking for its type does not.
    found = [one for one in gc.get_objects() if issubclass(type(one), socket.socket)]
    return [one for one in found if one.fileno() != -1]


def _gone_at_last(known: set[int]) -> list[socket.socket]:
    """Return the new sockets, after the other ends had time to hear that they are closed."""
    until = time.monotonic() + _PROMPT
    while (left := [one for one in _sockets() if id(one) not in known]) and (
        time.monotonic() < until
    ):
        time.sleep(_BEAT)
    return left


def _between(one: socket.socket) -> str:
    try:
        return f"{one.getsockname()} to {one.getpeername()}"
    except OSError:
        return repr(one)
