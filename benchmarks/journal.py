"""What writing the journal costs a shot, beside a file of one line made durable as often.

    python benchmarks/journal.py [--shots 500] [--json]

A shot's take goes through every state it has to: its price is reserved, it is submitting,
submitted, running, ready and stored, and selected; each is durable before the next. First one
shot after the other, then 100 at once, whose words are committed together.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
import time
from pathlib import Path

import attrs

from ministudio.contracts.clips import Clip
from ministudio.contracts.jobs import JobHandle
from ministudio.contracts.specs import Billing
from ministudio.render.journal import Journal
from ministudio.render.ledger import Quote
from ministudio.render.scribe import Scribe
from ministudio.render.takes import Take, TakeState
from ministudio.settings.rendering import Cap
from ministudio.values.frames import Size
from ministudio.values.money import Money

AFTER = (TakeState.SUBMITTING, TakeState.SUBMITTED, TakeState.RUNNING, TakeState.READY)
STATES = 2 + len(AFTER) + 1
QUOTE = Quote(price=Money.parse("0.50 USD"), seconds=5.0)
CAPS = (Cap(money=Money.parse("100000 USD")),)


async def shot(scribe: Scribe, number: int) -> None:
    """Take one shot through its states."""
    take = Take(
        key=f"{number:032}",
        intent=f"i{number:031}",
        shot=f"s{number}",
        part=1,
        provider="p",
        model="m",
        billing=Billing.PAID,
        asked={"prompt": "A dog runs over a meadow. " * 20},
        state=TakeState.RESERVED,
        idempotency_key=f"k{number}",
        run="benchmark",
    )
    await scribe.write(lambda journal: journal.reserve(take, QUOTE, CAPS))
    job = JobHandle(provider="p", model="m", id=f"job-{number}")
    for state in AFTER:
        now = attrs.evolve(take, state=state, handle=job)
        await scribe.write(lambda journal, now=now: journal.record(now))  # type: ignore[misc]  # bound at once
    clip = Clip(path=Path(), sha256="0" * 64, seconds=5, fps=24, size=Size(1280, 720), audio=True)
    stored = attrs.evolve(take, state=TakeState.STORED, handle=job, clip=clip, charged=True)
    await scribe.write(lambda journal: journal.record(stored))
    await scribe.write(lambda journal: journal.select(take.key, [take.key], take.intent))


async def film(scribe: Scribe, numbers: range, at_once: int) -> float:
    """Return the seconds that some shots take, so many at once."""
    room = asyncio.Semaphore(at_once)

    async def one(number: int) -> None:
        async with room:
            await shot(scribe, number)

    started = time.perf_counter()
    await asyncio.gather(*(one(number) for number in numbers))
    return time.perf_counter() - started


def durable_lines(folder: Path, count: int) -> float:
    """Return the seconds that so many lines take, each made durable before the next."""
    started = time.perf_counter()
    with (folder / "lines").open("wb") as file:
        for _ in range(count):
            file.write(b"x" * 1000)
            file.flush()
            os.fsync(file.fileno())
    return time.perf_counter() - started


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    shots: int = words.shots
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peer = durable_lines(folder, shots * STATES)
        journal = Journal(folder / "journal.sqlite")
        scribe = Scribe(journal)
        alone = asyncio.run(film(scribe, range(shots), 1))
        work = time.process_time()
        together = asyncio.run(film(scribe, range(shots, 2 * shots), 100))
        work = time.process_time() - work
        scribe.close()
        journal.close()
        size = (folder / "journal.sqlite").stat().st_size
    figures = {
        "one at a time, ms a shot": round(alone / shots * 1000, 2),
        "one at a time, to durable lines": round(alone / peer, 2),
        "100 at once, ms a shot": round(together / shots * 1000, 2),
        "100 at once, to durable lines": round(together / peer, 2),
        "100 at once, processor ms a shot": round(work / shots * 1000, 2),
        "bytes a shot": round(size / shots / 2),
    }
    if words.json:
        print(json.dumps(figures))
    else:
        for what, figure in figures.items():
            print(f"{what:34} {figure}")


if __name__ == "__main__":
    main()
