"""How many jobs the fault simulator serves, and what its provider takes for them.

    python benchmarks/simulator.py [--jobs 1000] [--at-once 100] [--takes 0.01] [--json]

Service and provider run in this one process, each in a thread: the figures are of both together.
Every job is submitted, polled until it is done, and its clip (1 s, 640x360, 12 frames a second)
downloaded. The exit code is 1 when it takes 6 ms a job longer than the jobs themselves do.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from ministudio.plugin import ClipRequest, CompiledPrompt, PluginContext, Resolution
from ministudio.testing.simulator import SimulatedService, Terms
from ministudio.testing.simulator.provider import SimulatorProvider

MOST_SECONDS_FOR_A_THOUSAND = 6.0


def request(number: int) -> ClipRequest:
    """Return a request unlike any other."""
    return ClipRequest(
        model="sim-1",
        prompt=CompiledPrompt(text=f"Shot {number}."),
        seconds=1.0,
        resolution=Resolution.P360,
        fps=12,
        seed=number,
    )


async def order(provider: SimulatorProvider, jobs: int, at_once: int, folder: Path) -> None:
    """Have the provider make so many clips."""
    places = asyncio.Semaphore(at_once)

    async def one(number: int) -> None:
        async with places:
            into = folder / str(number)
            into.mkdir()
            clip = await provider.generate(request(number), into, lambda *_, **__: None)
            assert clip.path.stat().st_size

    await asyncio.gather(*(one(number) for number in range(jobs)))
    await provider.aclose()


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--at-once", type=int, default=100)
    parser.add_argument("--takes", type=float, default=0.01)
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        SimulatedService(Terms(takes=words.takes)) as service,
    ):
        options = {"poll_every": max(words.takes / 4, 0.01)}
        context = PluginContext(options=options, settings={"SIMULATOR_URL": service.url})
        clock, processor = time.perf_counter(), time.process_time()
        asyncio.run(order(SimulatorProvider(context), words.jobs, words.at_once, Path(folder)))
        figures = {
            "seconds": round(time.perf_counter() - clock, 2),
            "processor seconds": round(time.process_time() - processor, 2),
            "polls": service.stats.total.polls,
            "bills": service.stats.total.bills,
            "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    if words.json:
        print(json.dumps(figures))
    else:
        for what, figure in figures.items():
            print(f"{what:18} {figure}")
    ideal = words.jobs / words.at_once * words.takes
    return int(figures["seconds"] > MOST_SECONDS_FOR_A_THOUSAND * words.jobs / 1000 + ideal)


if __name__ == "__main__":
    sys.exit(main())
