"""What ordering a clip from Google costs over calling Google's library by hand.

    python benchmarks/vertex.py [--clips 40] [--json]

The service is on this machine and answers at once, so that nothing but our own work and the
library's is measured. By hand: generate_videos, operations.get, bytes to a file. Ours: prepare,
submit, poll, fetch. The exit code is 1 when ours takes 30 ms a clip longer.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "plugins" / "ministudio-vertex" / "tests" / "kit"))

from google import genai  # noqa: E402 - the kit's folder comes first
from google.genai import types  # noqa: E402 - the kit's folder comes first
from google.oauth2.credentials import Credentials  # noqa: E402 - the kit's folder comes first
from vertex_kit import PROJECT, TOKEN, FakeGoogle, context, request  # noqa: E402 - the kit's folder comes first

from ministudio_vertex.provider import VertexAIProvider  # noqa: E402 - the kit's folder comes first

MODEL = "veo-3.1-generate-001"
MOST_MILLISECONDS = 30.0


def by_hand(url: str, clips: int, folder: Path) -> float:
    """Return the seconds that so many clips take with the library alone."""
    client = genai.Client(
        vertexai=True,
        project=PROJECT,
        location="us-central1",
        credentials=Credentials(TOKEN),
        http_options=types.HttpOptions(base_url=url),
    )
    began = time.perf_counter()
    for number in range(clips):
        job = client.models.generate_videos(
            model=MODEL,
            source=types.GenerateVideosSource(prompt="a red fox in snow"),
            config=types.GenerateVideosConfig(duration_seconds=4, resolution="720p"),
        )
        job = client.operations.get(job)
        assert job.response
        assert job.response.generated_videos
        video = job.response.generated_videos[0].video
        assert video
        assert video.video_bytes
        (folder / f"hand-{number}.mp4").write_bytes(video.video_bytes)
    return time.perf_counter() - began


async def by_us(provider: VertexAIProvider, clips: int, folder: Path) -> float:
    """Return the seconds that so many clips take through the provider."""
    began = time.perf_counter()
    for number in range(clips):
        into = folder / str(number)
        into.mkdir()
        job = await provider.submit(await provider.prepare(request(MODEL)))
        status = await provider.poll(job)
        assert status.state.ended
        assert (await provider.fetch(job, into)).path.stat().st_size
    return time.perf_counter() - began


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with FakeGoogle(polls=0) as google, tempfile.TemporaryDirectory() as folder:
        place, provider = Path(folder), VertexAIProvider(context(google))
        (place / "warm").mkdir()
        by_hand(google.url, 2, place)
        asyncio.run(by_us(provider, 2, place / "warm"))
        hand = by_hand(google.url, given.clips, place) * 1000 / given.clips
        ours = asyncio.run(by_us(provider, given.clips, place)) * 1000 / given.clips
    more = ours - hand
    if given.json:
        print(json.dumps({"by_hand_ms": hand, "ours_ms": ours, "more_ms": more}))
    else:
        print(f"a clip by hand {hand:.1f} ms, through MiniStudio {ours:.1f} ms: {more:+.1f} ms")
        print(f"at two minutes a clip that is {more / 120_000:.4%}")
    return int(more > MOST_MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main())
