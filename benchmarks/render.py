"""What rendering costs beside the jobs themselves: many at once, and a film that is finished.

    python benchmarks/render.py [--shots 1000] [--at-once 50] [--takes 2] [--json]

Simulated jobs of some seconds each are rendered through the engine, journal and store included;
the simulated service is a process of its own. Then the finished film is rendered again through the
same door. Limits: 1.3 times the ideal (shots / at once * seconds), 250 MB, and 2 s for the second.
The processor time is that of the renderer alone.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MOST_TIMES_IDEAL, MOST_MB, MOST_SECONDS_AGAIN = 1.3, 250.0, 2.0
POLL_EVERY = 0.25


def film(shots: int) -> str:
    """A production of shots of a second each, ten to a scene, in YAML."""
    lines = ["title: A long film", "scenes:"]
    for number in range(shots):
        if number % 10 == 0:
            lines.append("  - shots:")
        lines.append(f"      - {{action: 'Shot {number}.', duration: 1}}")
    return "\n".join([*lines, ""])


def child(folder: Path, at_once: int) -> None:
    """Render the film once, in this process, and print the figures as JSON."""
    began = time.perf_counter()
    from ministudio.contracts.events import Event, EventKind  # noqa: PLC0415 - the parent measures
    from ministudio.settings.video import VideoConfig  # noqa: PLC0415
    from ministudio.studio import Studio, run  # noqa: PLC0415
    from ministudio.values.frames import Resolution  # noqa: PLC0415

    at: dict[EventKind, tuple[float, float]] = {}

    def listen(event: Event) -> None:
        if event.kind in {EventKind.RUN_STARTED, EventKind.FILM_JOINING, EventKind.RUN_DONE}:
            at[event.kind] = time.perf_counter(), time.process_time()

    studio = Studio.beside(folder / "film.yaml")
    look = VideoConfig(resolution=Resolution.P360, fps=12)
    plan = studio.plan(folder / "film.yaml", providers=["simulator"], video=look)
    options = studio.render_options(concurrency=at_once, poll_every=POLL_EVERY)
    film = run(studio.render(plan, folder / "film.mp4", options=options, listen=listen))
    (start, work_start), (end, work_end) = (
        at[EventKind.RUN_STARTED],
        at.get(EventKind.FILM_JOINING, at[EventKind.RUN_DONE]),
    )
    figures = {
        "shots": end - start,
        "processor": work_end - work_start,
        "all": time.perf_counter() - began,
        "work": time.process_time(),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "journal": (folder / ".ministudio" / "journal.sqlite").stat().st_size,
        "reused": sum(shot.reused for shot in film.result.shots),
    }
    print(json.dumps(figures))


def once(folder: Path, words: argparse.Namespace, url: str) -> dict[str, float]:
    """Render in a process of its own and return its figures."""
    variables = {
        "SIMULATOR_URL": url,
        "PYTHONPATH": os.pathsep.join([str(folder / "plugins"), os.environ.get("PYTHONPATH", "")]),
    }
    command = [sys.executable, __file__, "--child", str(folder)]
    command += ["--at-once", str(words.at_once)]
    done = subprocess.run(
        command, env={**os.environ, **variables}, stdout=subprocess.PIPE, check=True, cwd=folder
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def measure(words: argparse.Namespace) -> dict[str, float]:
    """Render, render again, and return the figures."""
    command = [sys.executable, "-m", "ministudio.testing.simulator", "--install", "plugins"]
    command += ["--takes", str(words.takes)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "film.yaml").write_text(film(words.shots))
        (folder / "ministudio.toml").write_text("")
        service = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
        try:
            url = service.stdout.readline().strip() if service.stdout else ""
            first, again = once(folder, words, url), once(folder, words, url)
        finally:
            service.terminate()
            service.wait()
    ideal = words.shots / words.at_once * words.takes
    return {
        "times ideal": round(first["shots"] / ideal, 2),
        "seconds": round(first["shots"], 1),
        "processor ms a shot": round(first["processor"] / words.shots * 1000, 2),
        "peak MB": round(first["peak"]),
        "journal bytes a shot": round(first["journal"] / words.shots),
        "again, seconds": round(again["all"], 2),
        "again, processor seconds": round(again["work"], 2),
        "again, reused": again["reused"],
    }


def main() -> int:
    """Print the figures, and return 1 when one is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=int, default=1000)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--takes", type=float, default=2.0)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.child:
        child(words.child, words.at_once)
        return 0
    figures = measure(words)
    if words.json:
        print(json.dumps(figures))
    else:
        for what, figure in figures.items():
            print(f"{what:22} {figure}")
    return int(
        figures["times ideal"] > MOST_TIMES_IDEAL
        or figures["peak MB"] > MOST_MB
        or figures["again, seconds"] > MOST_SECONDS_AGAIN
    )


if __name__ == "__main__":
    sys.exit(main())
