"""A provider that never answers, or does not listen when it is told to stop, hangs nobody."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from render_kit import Cast, Draws, Queue, Service

from ministudio.contracts.specs import Billing
from ministudio.errors import JobPending, JobUnknown, ProviderUnavailable
from ministudio.render import asking
from ministudio.render.takes import TakeState
from ministudio.story import ShotConfig

SHOT = ShotConfig(id="a", action="A", duration=0.5)
QUICK = {"call_timeout": 0.05, "transfer_timeout": 0.05, "job_timeout": 20.0}
STEPS = ["prepare", "submit", "poll", "fetch", "find"]


async def never(*_) -> None:
    await asyncio.Event().wait()


async def deaf(*_) -> None:
    """Does not hear the first request to stop."""
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        await asyncio.sleep(0.2)


@pytest.fixture(autouse=True)
def short_grace(monkeypatch):
    monkeypatch.setattr(asking, "_GRACE", 0.05)


def error_of(result):
    ((_, error),) = result.failures
    return error


def hanging(step: str, how) -> type[Queue]:
    return type("Hanging", (Queue,), {step: lambda self, *args: how(*args)})


@pytest.mark.parametrize("how", [never, deaf], ids=["never", "deaf"])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_gives_no_answer_ends_and_the_job_is_taken_up_later(workshop, step, how):
    lost = [ConnectionError("no answer")] if step == "find" else []
    service = Service(on_submit=lost)
    if lost:
        first = Cast(Queue(service))
        workshop.render(first.plan(SHOT), first)
    cast = Cast(hanging(step, how)(service))
    began = time.monotonic()
    error = error_of(workshop.render(cast.plan(SHOT), cast, **QUICK))
    assert time.monotonic() - began < 20
    assert isinstance(error, JobPending if step == "poll" else ProviderUnavailable)
    whole = Cast(Queue(service))
    assert len(workshop.render(whole.plan(SHOT), whole).shots) == service.submits == 1


@pytest.mark.parametrize("how", [never, deaf], ids=["never", "deaf"])
def test_a_cancel_that_gives_no_answer_keeps_the_clip(workshop, how):
    cast = Cast(hanging("cancel", how)(service := Service()))
    result = workshop.render(cast.plan(SHOT), cast, cancel=frozenset("a"), **QUICK)
    # Nothing was ordered yet, so there was nothing to cancel.
    assert service.submits == 0
    service.on_poll = [ProviderUnavailable("503")] * 30
    workshop.render(cast.plan(SHOT), cast, **QUICK)
    service.on_poll.clear()
    result = workshop.render(cast.plan(SHOT), cast, cancel=frozenset("a"), **QUICK)
    assert [shot.shot.id for shot in result.shots] == ["a"]
    said = " ".join(event.message for event in workshop.events if event.kind == "notice")
    assert "the cancel did not get through" in said
    assert "the clip is kept" in said


@pytest.mark.parametrize("how", [never, deaf], ids=["never", "deaf"])
@pytest.mark.parametrize("billing", Billing)
def test_a_one_method_provider_that_never_answers_is_given_up_and_asked_about(
    workshop, how, billing
):
    class Hanging(Draws):
        calls = 0

        async def generate(self, request, into, progress):
            Hanging.calls += 1
            await how()

    cast = Cast(Hanging(), billing=billing)
    error = error_of(workshop.render(cast.plan(SHOT), cast, job_timeout=0.05))
    assert isinstance(error, ProviderUnavailable)
    if billing is Billing.PAID:
        assert Hanging.calls == 1
        assert workshop.states() == {"a": TakeState.UNKNOWN}
        again = error_of(workshop.render(cast.plan(SHOT), cast, job_timeout=0.05))
        assert isinstance(again, JobUnknown)
        assert Hanging.calls == 1


def test_no_answer_to_a_submit_is_looked_for_and_never_paid_twice(workshop):
    class Late(Queue):
        async def submit(self, prepared):
            self.service.submit(prepared)
            await never()

    cast = Cast(Late(service := Service()))
    assert isinstance(
        error_of(workshop.render(cast.plan(SHOT), cast, **QUICK)), ProviderUnavailable
    )
    assert workshop.states() == {"a": TakeState.UNKNOWN}
    assert len(workshop.render(cast.plan(SHOT), cast, **QUICK).shots) == service.submits == 1


STUBBORN = """
import asyncio, sys, pathlib
sys.path.insert(0, {kit!r})
from render_kit import Cast, Draws, Workshop
from ministudio.errors import ProviderUnavailable
from ministudio.render import asking
from ministudio.render.engine import render_plan
from ministudio.story import ShotConfig
from ministudio.studio import run

asking._GRACE = 0.05

class Stubborn(Draws):
    async def generate(self, request, into, progress):
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                pass

cast = Cast(Stubborn())
plan = cast.plan(ShotConfig(id="a", action="A", duration=0.5))
workshop = Workshop(pathlib.Path({folder!r}))
with workshop.rendering(job_timeout=0.05) as context:
    result = run(render_plan(plan, cast, context))
print(type(result.failures[0][1]).__name__)
"""


def test_a_provider_that_never_listens_does_not_keep_the_program_from_ending(tmp_path):
    kit = str(Path(__file__).parents[1] / "kit")
    program = textwrap.dedent(STUBBORN).format(kit=kit, folder=str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "ProviderUnavailable"), done.stderr
    assert done.stderr == ""
