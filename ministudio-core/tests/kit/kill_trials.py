"""Renders that are killed with SIGKILL and gone on with: run as a script, one trial a line.

Each line of standard input is a JSON list of moments: the first process dies at the first, the
next at the second, and a last one runs to the end. A moment is one side of one transition in the
journal, or a number of microseconds when it is negative. The answers are lines of JSON.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from render_kit import Cast, Queue, Service, Workshop, clip_bytes

from ministudio.contracts.jobs import JobHandle, JobState, JobStatus
from ministudio.render.journal import Journal
from ministudio.story import ShotConfig

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.contracts.clips import Prepared

AT_ONCE = 8
SHOTS = [
    ShotConfig(id="a", action="A", duration=0.5),
    ShotConfig(id="b", action="B", duration=0.5, continuity="chain"),
    ShotConfig(id="c", action="C", duration=0.5),
    ShotConfig(id="d", action="D", duration=0.5, continuity="chain"),
]


@attrs.define
class LastingService(Service):
    """A service whose memory is a file, so that it outlives every process that asks it."""

    book: Path = Path()

    def submit(self, prepared: Prepared) -> JobHandle:
        with self.book.open("a") as book:
            book.write(prepared.idempotency_key + "\n")
        return super().submit(prepared)

    def poll(self, job: JobHandle) -> JobStatus:
        super().poll(job)
        seen = self.book.with_name(f"{job.id}.seen")
        state = JobState.SUCCEEDED if seen.exists() else JobState.RUNNING
        seen.touch()
        return JobStatus(state=state)

    def fetch(self, job: JobHandle, into: Path):
        self._recall()
        return super().fetch(job, into)

    def find(self, prepared: Prepared):
        self._recall()
        return super().find(prepared)

    def _recall(self) -> None:
        if self.book.exists():
            self.jobs |= {key: _Job() for key in self.book.read_text().split()}


@attrs.frozen
class _Job:
    payload: float = 0.5


def film(folder: Path, wait: float) -> None:
    """Render the film in this process."""
    service = LastingService(book=folder / "book")
    cast = Cast(Queue(service))
    keys = (f"{os.getpid()}-{n}" for n in itertools.count())
    workshop = Workshop(folder / "state", keys=keys)
    if wait:
        workshop.clock.sleep = _real_sleep(wait)
    result = workshop.render(cast.plan(*SHOTS), cast, concurrency=2)
    takes = {
        shot.shot.id: [[part.take, part.clip.sha256] for part in shot.parts]
        for shot in result.shots
    }
    failures = [str(error) for _, error in result.failures]
    left = [str(path) for path in workshop.leftovers()]
    text = json.dumps({"takes": takes, "failures": failures, "left": left})
    (folder / "result.json").write_text(text)


def _real_sleep(wait: float):
    import asyncio

    return lambda _: asyncio.sleep(wait)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def mortal(moment: int) -> None:
    """Make this process die at a moment."""
    if moment < 0:
        threading.Thread(target=lambda: (time.sleep(-moment / 1e6), _die()), daemon=True).start()
        return
    record = Journal.record
    moments = itertools.count(1)

    def recorded(self, take):
        if next(moments) == moment:
            _die()
        record(self, take)
        if next(moments) == moment:
            _die()

    Journal.record = recorded


def begin(work: Callable[[], object]) -> int:
    """Run ``work`` in a child process and return its number."""
    if pid := os.fork():
        return pid
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def in_a_child(work: Callable[[], object]) -> int:
    """Run ``work`` in a child process to its end and return its status."""
    return os.waitpid(begin(work), 0)[1]


def trial(folder: Path, moments: list[int]) -> None:
    """Run one film to its end through every death."""
    folder.mkdir()
    wait = 0.002 if any(moment < 0 for moment in moments) else 0.0
    deaths = 0
    for moment in moments:
        status = in_a_child(lambda moment=moment: (mortal(moment), film(folder, wait)))
        deaths += os.WIFSIGNALED(status)
    in_a_child(lambda: film(folder, wait))
    result = json.loads((folder / "result.json").read_text())
    billed = (folder / "book").read_text().split()
    (folder / "trial.json").write_text(
        json.dumps(result | {"billed": len(billed), "deaths": deaths})
    )


def main() -> None:
    """Run the trials of standard input, some at a time: they mostly wait for the disk."""
    place = Path(sys.argv[1])
    clip_bytes(0.5)
    films = [(place / str(number), json.loads(line)) for number, line in enumerate(sys.stdin)]
    for start in range(0, len(films), AT_ONCE):
        batch = films[start : start + AT_ONCE]
        for child in [begin(lambda one=one: trial(*one)) for one in batch]:
            os.waitpid(child, 0)
    for folder, _ in films:
        sys.stdout.write((folder / "trial.json").read_text() + "\n")


if __name__ == "__main__":
    main()
