"""The other process: it polls a job and fetches its clip, by what comes on standard input."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ministudio.plugin import JobHandle, PluginContext, Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["main"]

_PAUSE = 0.02


def main() -> None:
    """Read the order, follow its job to the end, and print what came of it as a line of JSON."""
    order = json.loads(sys.stdin.read())
    try:
        answer = asyncio.run(asyncio.wait_for(_followed(order), order["patience"]))
    except Exception as error:  # noqa: BLE001 - the test shows whatever it was
        answer = {"error": "".join(traceback.format_exception(error)[-3:])}
    sys.stdout.write(f"\n{json.dumps(answer)}\n")


async def _followed(order: Mapping[str, Any]) -> dict[str, str]:
    module, _, path = order["factory"].partition(":")
    factory: Any = importlib.import_module(module)
    for name in path.split("."):
        factory = getattr(factory, name)
    settings = {
        name: Secret(value, name) if secret else value
        for name, (secret, value) in order["settings"].items()
    }
    provider = factory(PluginContext(options=order["options"], settings=settings))
    with contextlib.suppress(AttributeError):
        provider.name = order["name"]
    job = JobHandle.from_json(order["handle"])
    try:
        while not (await provider.poll(job)).state.ended:  # noqa: ASYNC110 - the job is elsewhere
            await asyncio.sleep(_PAUSE)
        clip = await provider.fetch(job, Path(order["into"]))
    finally:
        await provider.aclose()
    return {"sha256": clip.sha256}
