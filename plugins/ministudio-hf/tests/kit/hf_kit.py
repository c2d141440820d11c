"""Requests, providers and jobs for the tests of the Hugging Face plugin."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from fake_hf import TOKEN, FakeHuggingFace

from ministudio.plugin import (
    AspectRatio,
    Clip,
    ClipRequest,
    CompiledPrompt,
    JobHandle,
    JobStatus,
    PluginContext,
    Resolution,
    Secret,
)
from ministudio_hf.provider import RouterProvider

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

WAN = "Wan-AI/Wan2.2-T2V-A14B"


def request(**changes: Any) -> ClipRequest:
    """Return a request for a short clip of Wan 2.2."""
    asked: dict[str, Any] = {
        "model": WAN,
        "prompt": CompiledPrompt(text="A fox crosses a frozen river.", negative="blurry"),
        "seconds": 1.0625,
        "fps": 16,
        "seed": 7,
        "resolution": Resolution.P480,
        "aspect_ratio": AspectRatio.WIDE,
    }
    return ClipRequest(**{**asked, **changes})


def context(service: FakeHuggingFace, *, endpoint: str = "my-wan", **options: Any) -> PluginContext:
    """Return what the kernel would hand over."""
    return PluginContext(
        options=options,
        settings={
            "HF_TOKEN": Secret(TOKEN, "HF_TOKEN"),
            "HF_ROUTER_URL": service.url,
            "HF_ENDPOINT": service.url,
            "HF_DEDICATED_ENDPOINT": endpoint,
        },
    )


def router(service: FakeHuggingFace, **options: Any) -> RouterProvider:
    """Return the provider, led to the service."""
    return RouterProvider(context(service, **options))


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run one piece of work to its end."""
    return asyncio.run(work)


async def submitted(provider: RouterProvider, **changes: Any) -> JobHandle:
    """Prepare and submit a request."""
    return await provider.submit(await provider.prepare(request(**changes)))


async def ended(provider: RouterProvider, job: JobHandle) -> JobStatus:
    """Poll until a job is over."""
    for _ in range(20):
        status = await provider.poll(job)
        if status.state.ended:
            return status
    raise AssertionError("the job is never over")


async def made(provider: RouterProvider, into: Path, **changes: Any) -> Clip:
    """Take all four steps, and close the provider."""
    try:
        job = await submitted(provider, **changes)
        await ended(provider, job)
        return await provider.fetch(job, into)
    finally:
        await provider.aclose()
