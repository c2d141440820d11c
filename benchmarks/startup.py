"""How long the command line takes to start, as ratios to an empty interpreter.

    python benchmarks/startup.py [--runs 31] [--plugins 50] [--json]

A folder is filled with plugins as an installer would leave them, each of which imports an "SDK"
that takes 100 ms. Every command runs with and without that folder on the path, in turn with
`python -c pass`; each round gives one ratio, and medians are printed. Both times are measured:
the clock's, and the processor's, which a busy machine leaves alone and which decides. The exit
code is 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

TARGETS = {"--version": 4.0, "plugins list": 8.0, "--help": 4.0}
MOST_WITH_PLUGINS = 1.5

RUN = "import sys; from ministudio.cli import main; sys.exit(main())"
SDK = "import time\nend = time.process_time() + 0.1\nwhile time.process_time() < end: pass\n"
PLUGIN = """
import {name}_sdk
from ministudio.plugin import VideoProviderSpec, hookimpl, permissive_card

@hookimpl
def ministudio_video_providers():
    yield VideoProviderSpec(
        name="{name}", factory="{name}_sdk:Provider", summary="", models=[permissive_card("m")]
    )
"""


class Took(NamedTuple):
    """Seconds by the clock and by the processor."""

    clock: float
    processor: float

    def times(self, other: Took) -> Took:
        """Return how many times `other` this is."""
        return Took(self.clock / other.clock, self.processor / other.processor)


def install(folder: Path, count: int) -> None:
    """Lay out `count` plugins in `folder`, each with its distribution's metadata."""
    for number in range(count):
        name = f"bench{number:02}"
        package = folder / f"ministudio_{name}"
        package.mkdir()
        (package / "__init__.py").write_text(PLUGIN.format(name=name))
        (folder / f"{name}_sdk.py").write_text(SDK)
        info = folder / f"ministudio_{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: ministudio-{name}\nVersion: 1.0\n"
            f"Requires-Dist: ministudio-core>=0.1,<1\n\n{'A long description. ' * 200}\n"
        )
        (info / "entry_points.txt").write_text(
            f"[ministudio.plugins]\n{name} = ministudio_{name}\n"
        )


def run(arguments: list[str], path: Path) -> Took:
    """Run Python with `arguments`, and `path` on its path."""
    environ = {**os.environ, "PYTHONPATH": str(path)}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environ, check=True, stdout=subprocess.DEVNULL)
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def median(ratios: list[Took]) -> Took:
    """Return the median of each of the two measures."""
    clock, processor = zip(*ratios, strict=True)
    return Took(round(statistics.median(clock), 2), round(statistics.median(processor), 2))


def measure(rounds: int, plugins: int) -> list[dict[str, Any]]:
    """Return one row for each command: its ratios, its target, and whether it keeps it."""
    with tempfile.TemporaryDirectory() as root:
        none, many = Path(root, "none"), Path(root, "many")
        none.mkdir()
        many.mkdir()
        install(many, plugins)
        alone: dict[str, list[Took]] = {command: [] for command in TARGETS}
        growth: dict[str, list[Took]] = {command: [] for command in TARGETS}
        for number in range(rounds + 1):
            empty = run(["-c", "pass"], none)
            for command in TARGETS:
                words = ["-c", RUN, *command.split()]
                without, with_plugins = run(words, none), run(words, many)
                # The first round writes bytecode and fills the disk's cache.
                if number:
                    alone[command].append(without.times(empty))
                    growth[command].append(with_plugins.times(without))
    return [row(command, median(alone[command]), median(growth[command])) for command in TARGETS]


def row(command: str, ratio: Took, growth: Took) -> dict[str, Any]:
    """Return what was found out about one command."""
    return {
        "command": f"ministudio {command}",
        "times_pass": ratio._asdict(),
        "target": TARGETS[command],
        "with_plugins_times_without": growth._asdict(),
        "target_with_plugins": MOST_WITH_PLUGINS,
        "ok": ratio.processor < TARGETS[command] and growth.processor <= MOST_WITH_PLUGINS,
    }


def table(rows: list[dict[str, Any]], rounds: int, plugins: int) -> str:
    """Return the rows as lines for people."""
    lines = [f"{f'medians of {rounds} rounds':<41}processor   clock  target"]
    for found in rows:
        ratio, growth = found["times_pass"], found["with_plugins_times_without"]
        for what, took, target in (
            (f"{found['command']} / python -c pass", ratio, f"< {found['target']:g}"),
            (f"  with {plugins} plugins / with none", growth, f"<= {MOST_WITH_PLUGINS:g}"),
        ):
            lines.append(f"{what:<44}{took['processor']:>6.2f}{took['clock']:>8.2f}  {target}")
        lines[-1] += "   ok" if found["ok"] else "   MISSED"
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=31)
    parser.add_argument("--plugins", type=int, default=50)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = measure(options.runs, options.plugins)
    print(
        json.dumps(rows, indent=2) if options.json else table(rows, options.runs, options.plugins)
    )
    return 0 if all(row["ok"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
