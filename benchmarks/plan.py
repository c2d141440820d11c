"""Planning a long film: seconds and megabytes, and how they grow with the number of shots.

    python benchmarks/plan.py

Limits: 1,000 shots in under 2 s and 300 MB; 2,000 in at most 2.2 times that. Each size runs in
a process of its own, reading its production from a YAML file first, as a user would.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 3


def film(shots: int) -> str:
    """A production of ``shots`` shots, ten to a scene, in YAML."""
    head = """\
title: A long film
style: cinematic
characters:
  maya: {name: Maya, identity: {age: early twenties, hair: short black hair}}
  leo: {name: Leo, identity: {build: tall, hair: grey beard}}
environments:
  library: {name: Library, identity: {description: A vast library of oak and brass.}}
scenes:
"""
    scenes = []
    for first in range(0, shots, 10):
        scenes.append("  - environment: library\n    characters: [maya, leo]\n    shots:\n")
        scenes += [
            f"      - action: Maya climbs ladder {n} and pulls out a book.\n"
            f"        duration: auto\n"
            f"        camera: {{size: medium, move: push_in}}\n"
            f"        narration: In the {n}th hour she still had not found it.\n"
            for n in range(first, min(first + 10, shots))
        ]
    return head + "".join(scenes)


def child(shots: int) -> None:
    """Plan one film and print seconds and peak megabytes as JSON."""
    from ministudio.studio import Studio  # noqa: PLC0415 - the parent process measures, and imports nothing

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "production.yaml"
        path.write_text(film(shots))
        started = time.perf_counter()
        plan = Studio.beside(path).plan(path)
        seconds = time.perf_counter() - started
    assert len(plan.shots) == shots
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak}))


def measure(shots: int) -> tuple[float, float]:
    """Median seconds and megabytes of a few child processes."""
    runs = [
        json.loads(
            subprocess.run(
                [sys.executable, __file__, str(shots)], check=True, capture_output=True, text=True
            ).stdout
        )
        for _ in range(ROUNDS)
    ]
    return (
        statistics.median(run["seconds"] for run in runs),
        statistics.median(run["peak"] for run in runs),
    )


def main() -> None:
    """Print the figures and their ratios to the limits."""
    one, memory = measure(1000)
    two, _ = measure(2000)
    print(f"1,000 shots, reading included: {one:.2f} s = {one / 2:.2f} of the limit of 2 s")
    print(f"peak memory: {memory:.0f} MB = {memory / 300:.2f} of the limit of 300 MB")
    print(f"2,000 shots to 1,000: {two / one:.2f} times (limit 2.2)")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(int(sys.argv[1]))
    else:
        main()
