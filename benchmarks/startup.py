"""How long the command line takes to start, as ratios to an empty interpreter.

    python benchmarks/startup.py [--runs 31] [--plugins 50] [--json]

A folder is filled with plugins as an installer would leave them, each of which imports an "SDK"
that takes 100 ms. Every command is run with and without that folder on the path, in turn with
`python -c pass`, so that a busy machine slows all of them alike; medians are compared. The exit
code is 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TARGETS = {"--version": 4.0, "plugins list": 8.0, "--help": 4.0}
MOST_WITH_PLUGINS = 1.5
SDK_SECONDS = 0.1

RUN = "import sys; from ministudio.cli import main; sys.exit(main())"


def install(folder: Path, count: int) -> None:
    """Lay out `count` plugins in `folder`, each with its distribution's metadata."""
    for number in range(count):
        name = f"bench{number:02}"
        package = folder / f"ministudio_{name}"
        package.mkdir()
        (package / "__init__.py").write_text(
            f"import {name}_sdk\n"
            "from ministudio.plugin import Billing, VideoProviderSpec, hookimpl, permissive_card\n"
            "@hookimpl\n"
            "def ministudio_video_providers():\n"
            f"    yield VideoProviderSpec(name='{name}', factory='{name}_sdk:Provider',\n"
            f"        summary='', models=[permissive_card('{name}-1')], billing=Billing.FREE)\n"
        )
        (folder / f"{name}_sdk.py").write_text(f"import time\ntime.sleep({SDK_SECONDS})\n")
        info = folder / f"ministudio_{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: ministudio-{name}\nVersion: 1.0\n"
            f"Requires-Dist: ministudio-core>=0.1,<1\n\n{'A long description. ' * 200}\n"
        )
        (info / "RECORD").write_text("")
        (info / "entry_points.txt").write_text(
            f"[ministudio.plugins]\n{name} = ministudio_{name}\n"
        )


def seconds(arguments: list[str], path: Path) -> float:
    """Run Python with `arguments` and `path` on its path; return how long it took."""
    environ = {**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": ""}
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environ, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def measure(runs: int, plugins: int) -> list[dict[str, object]]:
    """Return one row for each command: its ratios, its target, and whether it keeps it."""
    with tempfile.TemporaryDirectory() as root:
        none, many = Path(root, "none"), Path(root, "many")
        none.mkdir()
        many.mkdir()
        install(many, plugins)
        cases = {("pass", none): ["-c", "pass"], ("pass", many): ["-c", "pass"]}
        for command in TARGETS:
            for path in (none, many):
                cases[command, path] = ["-c", RUN, *command.split()]
        times: dict[tuple[str, Path], list[float]] = {case: [] for case in cases}
        for run in range(runs + 1):
            for case, arguments in cases.items():
                took = seconds(arguments, case[1])
                # The first round writes bytecode and fills the disk cache.
                if run:
                    times[case].append(took)
        median = {case: statistics.median(took) for case, took in times.items()}
    rows: list[dict[str, object]] = []
    for command, target in TARGETS.items():
        alone = median[command, none] / median["pass", none]
        crowded = median[command, many] / median["pass", many]
        growth = median[command, many] / median[command, none]
        rows.append(
            {
                "command": f"ministudio {command}",
                "ratio": round(alone, 2),
                "ratio_with_plugins": round(crowded, 2),
                "target": target,
                "with_plugins_to_without": round(growth, 2),
                "ok": alone < target and growth <= MOST_WITH_PLUGINS,
            }
        )
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=31)
    parser.add_argument("--plugins", type=int, default=50)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = measure(options.runs, options.plugins)
    if options.json:
        print(json.dumps(rows, indent=2))
    else:
        print(f"Times `python -c pass` (median of {options.runs}, {options.plugins} plugins)")
        for row in rows:
            print(
                f"  {row['command']:<24} {row['ratio']:>5}  (target < {row['target']:g})"
                f"   with plugins {row['ratio_with_plugins']:>5},"
                f" {row['with_plugins_to_without']} times without"
                f" (target <= {MOST_WITH_PLUGINS})   {'ok' if row['ok'] else 'MISSED'}"
            )
    return 0 if all(row["ok"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
