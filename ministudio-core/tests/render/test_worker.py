"""A worker makes clips in a process of its own, and what it says comes back as it was meant."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
import traceback

import pytest
from worker_kit import KEY, born_dead, fails, quiet, request, run
from worker_trials import every_provider_error

from ministudio.contracts.clips import Clip
from ministudio.contracts.specs import Billing
from ministudio.errors import (
    Accepted,
    ArtifactError,
    InvalidRequest,
    JobFailed,
    MiniStudioError,
    ProviderUnavailable,
    RateLimited,
)
from ministudio.values.frames import Size
from ministudio.values.secret import Secret

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, groups and FIFOs")


def test_clips_are_made_one_after_the_other_in_one_process(tmp_path):
    async def scenario(provider):
        asked = [provider.generate(request(text=f"clip {n}"), tmp_path, quiet) for n in range(3)]
        return await asyncio.gather(*asked)

    clips = run(scenario)
    assert {clip.provider_meta["pid"] for clip in clips}.isdisjoint({os.getpid()})
    assert len({clip.provider_meta["pid"] for clip in clips}) == 1
    assert [clip.provider_meta["made"] for clip in clips] == [1, 2, 3]
    assert clips[0] == Clip(
        path=tmp_path / "clip.mp4",
        sha256="0" * 64,
        seconds=1.5,
        fps=24.0,
        size=Size(640, 360),
        audio=False,
        seed=7,
        cost_reported=12,
        provider_meta={**clips[0].provider_meta, "into": str(tmp_path), "name": "trial"},
    )
    assert (tmp_path / "clip.mp4").read_text() == "clip 2"


def test_progress_arrives_while_the_clip_is_made_and_not_after(tmp_path):
    async def scenario(provider):
        told = []
        for do in ("tells", "tells_late"):
            await provider.generate(request(do), tmp_path, lambda *note: told.append(note))
        return told

    assert run(scenario) == [(0.25, "a quarter"), (None, "who knows"), (1.0, "all")]


def test_a_plain_provider_works_in_a_thread_of_the_worker(tmp_path):
    told = []

    async def scenario(provider):
        return await provider.generate(request(), tmp_path, lambda *note: told.append(note))

    assert run(scenario, factory="worker_trials:Plain").provider_meta["pid"] != os.getpid()
    assert told == [(0.5, "halfway")]


def test_what_is_printed_and_read_there_does_not_disturb_the_answers(tmp_path):
    async def scenario(provider):
        return await provider.generate(request("prints"), tmp_path, quiet)

    assert run(scenario).path == tmp_path / "clip.mp4"


def test_secrets_travel_on_standard_input_only(tmp_path, monkeypatch):
    monkeypatch.setenv("TRIAL_KEY", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "aws-secret")
    monkeypatch.setenv("OMP_NUM_THREADS", "3")

    async def scenario(provider):
        return (await provider.generate(request("knows"), tmp_path, quiet)).provider_meta

    nested = {"headers": [Secret("tok-9876543210", "TOK")], "device": "cpu"}
    known = run(scenario, options=nested)
    assert known["hash"] == hashlib.sha256(KEY.encode()).hexdigest()
    assert known["shown"] == "[secret:TRIAL_KEY] Secret('TRIAL_KEY')"
    assert known["options"] == {"headers": ["[secret:TOK]"], "device": "cpu"}
    assert (known["region"], known["folder"]) == ("north", "kept")
    assert "worker_process" in known["cmdline"]
    assert "OMP_NUM_THREADS=3" in known["environ"].split("\0")
    for place in ("cmdline", "environ"):
        assert not any(name in known[place] for name in (KEY, "aws-secret", "secret:", "_KEY"))


def test_secrets_are_masked_in_whatever_comes_back(tmp_path):
    told = []

    async def scenario(provider):
        for do in ("leaks", "leaks_and_dies"):
            with pytest.raises(JobFailed) as caught:
                await provider.generate(request(do), tmp_path, lambda *note: told.append(note))
            yield caught.value

    async def both(provider):
        return [error async for error in scenario(provider)]

    raised, died = run(both)
    assert told == [(0.1, "with [secret:TRIAL_KEY]")]
    assert str(raised) == "ValueError: illegal header value '[secret:TRIAL_KEY]'"
    assert "calling with key [secret:TRIAL_KEY]" in died.hint
    for error in (raised, died):
        assert KEY not in "".join(traceback.format_exception(error)) + repr(vars(error))


def test_every_provider_error_crosses_as_itself(tmp_path):
    expected = every_provider_error()

    async def scenario(provider):
        raised = []
        for _ in expected:
            with pytest.raises(MiniStudioError) as caught:
                await provider.generate(request("raises_all"), tmp_path, quiet)
            raised.append(caught.value)
        return raised

    raised = run(scenario)
    assert len(expected) == 14
    assert [type(error) for error in raised] == [type(error) for error in expected]
    for got, asked in zip(raised, expected, strict=True):
        assert {**vars(got), "__notes__": None} == {**vars(asked), "__notes__": None}
        assert "In the worker process of trial:\nTraceback" in got.__notes__[0]


def test_a_plugins_own_kind_of_error_crosses_as_the_kind_it_derives_from(tmp_path):
    error = fails(request("raises_own"), tmp_path, RateLimited)
    assert (type(error), error.message, error.retry_after) == (RateLimited, "slow down", 3)


OTHER_EXCEPTIONS = {
    "raises_foreign": "KeyError: 'no such layer'",
    "raises_exit": "SystemExit: 7",
    "returns_nothing": "TypeError: generate returned a NoneType, not a Clip",
}


@pytest.mark.parametrize(("billing", "charged"), [(Billing.FREE, False), (Billing.PAID, None)])
def test_any_other_exception_is_a_failed_job_and_the_worker_lives_on(tmp_path, billing, charged):
    async def scenario(provider):
        for do, message in OTHER_EXCEPTIONS.items():
            with pytest.raises(JobFailed) as caught:
                await provider.generate(request(do), tmp_path, quiet)
            error = caught.value
            assert (error.message, error.charged, error.provider) == (message, charged, "trial")
        return await provider.generate(request(), tmp_path, quiet)

    assert run(scenario, billing=billing).provider_meta["made"] == len(OTHER_EXCEPTIONS) + 1


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"factory": "worker_absent:Trial"}, "has no provider"),
        ({"factory": "worker_trials:not_a_provider"}, "made a object, not a"),
        ({"options": {"born": "exit"}}, "has no provider"),
        ({"options": {"born": "dead"}}, "ended with exit code 9"),
        ({"options": {"callback": lambda: 1}}, "cannot be given the provider's options"),
    ],
)
def test_a_provider_that_cannot_be_made_is_a_failed_job_that_cost_nothing(
    tmp_path, kwargs, message
):
    error = born_dead(tmp_path, JobFailed, **kwargs)
    assert message in error.message
    assert (error.charged, error.accepted) == (False, Accepted.NO)


def test_what_a_provider_says_while_it_is_made_is_heard(tmp_path):
    error = born_dead(tmp_path, ProviderUnavailable, options={"born": "refused"})
    assert (error.message, error.hint) == ("no licence server", "start it")
    assert (error.charged, error.accepted) == (False, Accepted.NO)


def test_a_worker_that_cannot_be_started_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    error = born_dead(tmp_path, JobFailed)
    assert "could not be started" in error.message
    assert "no-python" in error.message


@pytest.mark.parametrize("what", [lambda: 1, Secret("hidden-value", "HIDDEN")])
def test_a_request_that_is_no_plain_data_is_refused_before_it_is_sent(tmp_path, what):
    async def scenario(provider):
        with pytest.raises(InvalidRequest) as caught:
            await provider.generate(request(what=what), tmp_path, quiet)
        return caught.value

    error = run(scenario)
    assert (error.charged, error.accepted) == (False, Accepted.NO)
    assert "hidden-value" not in str(error)


def test_a_clip_outside_its_folder_is_refused_even_behind_a_link(tmp_path):
    into = tmp_path / "into"
    into.mkdir()
    outside = tmp_path / "outside.mp4"
    outside.write_bytes(b"film")
    error = fails(request("goes_astray", to=str(outside)), into, ArtifactError)
    assert "outside the folder" in error.message
