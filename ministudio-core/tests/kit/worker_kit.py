"""A worker to try: its provider is ``worker_trials.Trial``, which does as the request says."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import select
from pathlib import Path

import pytest

from ministudio.contracts.cards import permissive_card
from ministudio.contracts.clips import ClipRequest
from ministudio.contracts.prompts import CompiledPrompt
from ministudio.contracts.specs import Billing, PluginContext, RunsIn, VideoProviderSpec
from ministudio.render.worker import WorkerProvider
from ministudio.values.secret import Secret

KEY = "sk-trial-0123456789/abc"


def worker(factory="worker_trials:Trial", *, billing=Billing.FREE, options=None, **timing):
    spec = VideoProviderSpec(
        name="trial",
        factory=factory,
        summary="For trials.",
        models=[permissive_card("m")],
        billing=billing,
        runs_in=RunsIn.WORKER,
    )
    settings = {"TRIAL_KEY": Secret(KEY, "TRIAL_KEY"), "TRIAL_REGION": "north"}
    context = PluginContext(options=options or {}, settings=settings, folder=Path("kept"))
    return WorkerProvider(spec, context, **timing)


def request(do="clip", text="a fox", **options):
    return ClipRequest(
        model="m",
        prompt=CompiledPrompt(text=text),
        seconds=1.5,
        options={"do": do, **options},
    )


def quiet(fraction, note=""):
    pass


def run(scenario, **kwargs):
    """Run ``scenario(provider)`` and close the provider, within a minute."""

    async def main():
        async with asyncio.timeout(60), contextlib.aclosing(worker(**kwargs)) as provider:
            return await scenario(provider)

    result = asyncio.run(main())
    # Whatever was left open warns when it is collected, and a warning is an error.
    gc.collect()
    return result


def fails(provider_request, into, error, **kwargs):
    """Return the error of one clip, after checking that the next clip is made all the same."""

    async def scenario(provider):
        with pytest.raises(error) as caught:
            await provider.generate(provider_request, into, quiet)
        assert await provider.generate(request(), into, quiet)
        return caught.value

    return run(scenario, **kwargs)


def born_dead(into, error, **kwargs):
    """Return the error of a provider that could not be made."""

    async def scenario(provider):
        with pytest.raises(error) as caught:
            await provider.generate(request(), into, quiet)
        return caught.value

    return run(scenario, billing=Billing.PAID, **kwargs)


def all_gone(end, within=20):
    """Whether everybody who could write to a FIFO, of which ``end`` is read, ends in time."""
    while select.select([end], [], [], within)[0]:
        if os.read(end, 100) == b"":
            return True
    return False
