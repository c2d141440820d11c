"""What our path costs over calling a pipeline directly, with a tiny model on the CPU.

    python benchmarks/local.py [--rounds 7] [--model wan-2.1-t2v-1.3b]

Needs torch: run it with the Python of ``nox -s local``. Three steps of a pipeline of diffusers
with random weights:

* ``direct``: calling the pipeline, as its documentation does;
* ``ours``: ``LocalProvider.generate_blocking``, which decides, calls, watches, writes, and then
  decodes and hashes the clip to see that it is whole;
* ``over``: what of ``ours`` is neither the pipeline nor encoding, which any caller has to do.
  It is taken within each run, so that the machine's load counts on both sides;
* ``worker``: what the same takes longer from the core, through the worker process.

The pictures grow from row to row, so that the cost can be told apart: what is the same for every
clip is the constant, what grows with the work is the ratio. One thread, medians.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if importlib.util.find_spec("torch") is None:
    print("torch is not installed here; run this file with the Python of the session local")
    raise SystemExit(0)

os.environ |= {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
sys.path.insert(0, str(Path(__file__).parents[1] / "plugins/ministudio-local/tests/kit"))

import tiny_models
import torch

from ministudio.plugin import ClipRequest, CompiledPrompt, PluginContext
from ministudio.render.worker import WorkerProvider
from ministudio_local import ministudio_video_providers
from ministudio_local._mapping import arguments
from ministudio_local.calling import Output
from ministudio_local.fitting import fit, task_of
from ministudio_local.options import read_options
from ministudio_local.provider import LocalProvider
from ministudio_local.shelf import family_of, model_of
from ministudio_local.writing import write_clip

if TYPE_CHECKING:
    from collections.abc import Callable

SIDES = (32, 64, 128)
FRAMES = 17


def request(model: str, base: Path, side: int) -> ClipRequest:
    family = family_of(model_of(model))
    return ClipRequest(
        model=model,
        prompt=CompiledPrompt(text="a red fox in snow", negative="blurry"),
        seconds=FRAMES / family.fps,
        fps=family.fps,
        seed=7,
        options={
            "model_path": str(base),
            "device": "cpu",
            "threads": 1,
            "steps": 3,
            "size": f"{side}x{side}",
        },
    )


def quiet(fraction: float | None, note: str = "") -> None:
    """Listen to no progress."""


def took(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def direct_call(pipe: Any, asked: ClipRequest) -> Callable[[], Output]:
    """The call that somebody would write by hand: no callback, no check, no file."""
    family = family_of(model_of(asked.model))
    given = arguments(
        asked, family, task_of(asked, family), fit(asked, family, read_options(asked.options))
    )

    def work() -> Output:
        seeded = torch.Generator("cpu").manual_seed(asked.seed)
        return Output(frames=pipe(**given, generator=seeded).frames[0])

    return work


class Timed(LocalProvider):
    """The provider, with a clock beside the pipeline's call."""

    inside = 0.0

    def _call(self, pipe: Any, job: Any, watch: Any) -> Any:
        start = time.perf_counter()
        try:
            return super()._call(pipe, job, watch)
        finally:
            self.inside += time.perf_counter() - start


def compare(model: str, base: Path, side: int, rounds: int, folder: Path) -> tuple[float, ...]:
    asked = request(model, base, side)
    provider = Timed()
    provider.generate_blocking(asked, folder, quiet)
    direct = direct_call(provider._loaded.pipe, asked)  # noqa: SLF001 - the same pipeline for both
    pictures = direct()
    (spec,) = ministudio_video_providers()
    worker = WorkerProvider(spec, PluginContext())
    times: dict[str, list[float]] = {name: [] for name in ("direct", "ours", "over", "worker")}

    async def run() -> None:
        await worker.generate(asked, folder, quiet)
        for _ in range(rounds):
            times["direct"].append(took(direct))
            encode = took(lambda: write_clip(folder / "direct.mp4", pictures, asked.fps))
            provider.inside = 0.0
            ours = took(lambda: provider.generate_blocking(asked, folder, quiet))
            times["ours"].append(ours)
            times["over"].append(ours - provider.inside - encode)
            start = time.perf_counter()
            await worker.generate(asked, folder, quiet)
            times["worker"].append(time.perf_counter() - start - ours)
        await worker.aclose()

    asyncio.run(run())
    return tuple(1000 * statistics.median(values) for values in times.values())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7, help="interleaved rounds")
    parser.add_argument("--model", default="wan-2.1-t2v-1.3b", choices=sorted(tiny_models.TINY))
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(f"{options.model}, tiny, {FRAMES} frames, 3 steps, medians of {options.rounds}, in ms")
    print(f"{'side':>5} {'direct':>8} {'ours':>8} {'over':>8} {'worker':>8}")
    rows = []
    with tempfile.TemporaryDirectory() as name:
        base, folder = Path(name) / "models", Path(name) / "clips"
        base.mkdir()
        folder.mkdir()
        tiny_models.save(options.model, base)
        for side in SIDES:
            direct, ours, over, worker = compare(options.model, base, side, options.rounds, folder)
            rows.append((direct, over))
            print(f"{side:5} {direct:8.1f} {ours:8.1f} {over:8.1f} {worker:+8.1f}")
    (small, first), (large, last) = rows[0], rows[-1]
    ratio = (last - first) / (large - small)
    constant = first - ratio * small
    print(f"over a direct call: {ratio:.2%} of it, and {constant:.1f} ms for each clip")


if __name__ == "__main__":
    main()
