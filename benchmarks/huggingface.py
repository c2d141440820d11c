"""What a clip through ``ministudio-hf`` takes besides what the SDK itself takes for it.

    python benchmarks/huggingface.py [--clips 40] [--job 30] [--json]

Both order the same clips of the same server in this process, one after another, from fal's
queue; jobs are done at once and polled without a pause, so that only the path is measured. The
SDK hands over bytes. Ours keeps a handle that another process could take up, asks for the result
apart, and writes, hashes and decodes the clip. The exit code is 1 when that adds 2 % or more to a
job of ``--job`` seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

import httpx2
import huggingface_hub
from huggingface_hub import InferenceClient
from huggingface_hub.inference._providers import fal_ai

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "plugins" / "ministudio-hf" / "tests" / "kit"))

from fake_hf import TOKEN, FakeHuggingFace, OnlyHere, OnlyHereAsync  # noqa: E402 - found just now
from hf_kit import WAN, request, router  # noqa: E402 - likewise

MOST = 0.02


def by_sdk(clips: int) -> float:
    """Return the seconds the SDK takes for a clip."""
    client = InferenceClient(provider="fal-ai", token=TOKEN)
    fal_ai._POLLING_INTERVAL = 0.0  # noqa: SLF001 - its half second hides what is measured
    began = time.perf_counter()
    for seed in range(clips):
        assert client.text_to_video("A fox.", model=WAN, num_frames=17, seed=seed)
    return (time.perf_counter() - began) / clips


async def by_us(service: FakeHuggingFace, clips: int, folder: Path) -> float:
    """Return the seconds our path takes for a clip."""
    provider = router(service)
    began = time.perf_counter()
    for seed in range(clips):
        job = await provider.submit(await provider.prepare(request(seed=seed)))
        while not (await provider.poll(job)).state.ended:
            pass
        assert (await provider.fetch(job, folder)).path.stat().st_size
    took = (time.perf_counter() - began) / clips
    await provider.aclose()
    return took


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=40)
    parser.add_argument("--job", type=float, default=30.0)
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    with FakeHuggingFace() as service, tempfile.TemporaryDirectory() as folder:
        service.steps = 0
        huggingface_hub.set_client_factory(
            lambda: httpx2.Client(transport=OnlyHere(service.url), timeout=None)
        )
        huggingface_hub.set_async_client_factory(
            lambda: httpx2.AsyncClient(transport=OnlyHereAsync(service.url), timeout=None)
        )
        by_sdk(2)
        theirs = by_sdk(words.clips)
        ours = asyncio.run(by_us(service, words.clips, Path(folder)))
    share = (ours - theirs) / words.job
    figures = {
        "SDK, ms a clip": round(theirs * 1000, 1),
        "ours, ms a clip": round(ours * 1000, 1),
        "added, ms a clip": round((ours - theirs) * 1000, 1),
        f"added to a job of {words.job:g} s": f"{share:.2%}",
    }
    print(json.dumps(figures) if words.json else "\n".join(f"{k}: {v}" for k, v in figures.items()))
    return int(share >= MOST)


if __name__ == "__main__":
    sys.exit(main())
