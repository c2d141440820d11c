"""The worker process: one child per provider, whose death is an error and nothing worse."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import hashlib
import os
import select
import signal
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from worker_trials import every_provider_error

from ministudio.contracts.cards import permissive_card
from ministudio.contracts.clips import Clip, ClipRequest
from ministudio.contracts.prompts import CompiledPrompt
from ministudio.contracts.specs import Billing, PluginContext, RunsIn, VideoProviderSpec
from ministudio.errors import (
    Accepted,
    ArtifactError,
    AuthenticationError,
    ConfigError,
    InvalidRequest,
    JobFailed,
    MiniStudioError,
    RateLimited,
    Stopped,
)
from ministudio.render.worker import WorkerProvider
from ministudio.values.frames import Size
from ministudio.values.secret import Secret

KEY = "sk-trial-0123456789/abc"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, groups and FIFOs")


@pytest.fixture(autouse=True)
def nothing_unclosed():
    yield
    # Whatever was left open warns when it is collected, and a warning is an error.
    gc.collect()


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

    return asyncio.run(main())


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


@pytest.fixture
def fifo(tmp_path):
    """A FIFO and its reading end, which ends when all that work on the clip are gone."""
    path = tmp_path / "alive"
    os.mkfifo(path)
    end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    yield str(path), end
    os.close(end)


def all_gone(end, within=20):
    while select.select([end], [], [], within)[0]:
        if os.read(end, 100) == b"":
            return True
    return False


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
    assert len(expected) == 13
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


DEATHS = {
    "segfaults": ("was ended by SIGSEGV", "about to read address 0"),
    "chatters_and_exits": ("ended with exit code 3", "line 499"),
    "is_killed": ("was ended by SIGKILL", "memory ran out"),
    "talks_nonsense": ("broke off: an answer makes no sense (KeyError)", "it wrote nothing"),
}


def test_each_death_of_the_worker_is_a_failed_uncharged_job_and_the_next_clip_is_made(tmp_path):
    async def scenario(provider):
        for do, (ending, last) in DEATHS.items():
            with pytest.raises(JobFailed) as caught:
                await provider.generate(request(do), tmp_path, quiet)
            error = caught.value
            assert error.message == f"the worker process of trial {ending}"
            assert error.charged is False
            assert last in error.hint
            assert len(error.hint.splitlines()) <= 42
        return await provider.generate(request(), tmp_path, quiet)

    assert run(scenario).provider_meta["made"] == 1


def test_a_dead_worker_of_a_paid_provider_leaves_the_charge_open(tmp_path):
    assert fails(request("is_killed"), tmp_path, JobFailed, billing=Billing.PAID).charged is None


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"factory": "worker_absent:Trial"}, "has no provider"),
        ({"factory": "worker_trials:not_a_provider"}, "made a object, not a"),
        ({"options": {"born": "exit"}}, "has no provider"),
    ],
)
def test_a_provider_that_cannot_be_made_is_a_failed_job_that_cost_nothing(
    tmp_path, kwargs, message
):
    error = born_dead(tmp_path, JobFailed, **kwargs)
    assert message in error.message
    assert (error.charged, error.accepted) == (False, Accepted.NO)


def test_what_a_provider_says_while_it_is_made_is_heard(tmp_path):
    error = born_dead(tmp_path, AuthenticationError, options={"born": "refused"})
    assert (error.message, error.hint) == ("no key", "set TRIAL_KEY")


def test_options_that_are_no_plain_data_are_refused(tmp_path):
    error = born_dead(tmp_path, ConfigError, options={"callback": lambda: 1})
    assert "the options of trial cannot be handed to its worker" in error.message


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


@pytest.mark.parametrize("stubborn", [False, True])
def test_cancelling_kills_the_worker_and_all_it_started(tmp_path, fifo, stubborn):
    path, end = fifo

    async def scenario(provider):
        working = asyncio.Event()
        hanging = asyncio.create_task(
            provider.generate(
                request("hangs", fifo=path, stubborn=stubborn),
                tmp_path,
                lambda *_: working.set(),
            )
        )
        waiting = asyncio.create_task(provider.generate(request(), tmp_path, quiet))
        await working.wait()
        hanging.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hanging
        return await waiting

    assert run(scenario, kill_after=0.2)
    assert all_gone(end)


def test_a_caller_whose_progress_fails_gets_its_own_error_and_no_worker_goes_on(tmp_path, fifo):
    path, end = fifo

    def broken(fraction, note):
        raise LookupError(note)

    async def scenario(provider):
        with pytest.raises(LookupError):
            await provider.generate(request("hangs", fifo=path), tmp_path, broken)

    run(scenario)
    assert all_gone(end)


def test_closing_lets_the_provider_clean_up(tmp_path):
    mark = tmp_path / "closed"

    async def scenario(provider):
        await provider.generate(request(), tmp_path, quiet)
        assert not mark.exists()
        await provider.aclose()
        assert mark.read_text() == "trial"
        with pytest.raises(Stopped):
            await provider.generate(request(), tmp_path, quiet)

    run(scenario, options={"mark": str(mark)})


def test_closing_does_not_wait_for_ever_and_says_so(tmp_path, caplog):
    async def scenario(provider):
        pid = (await provider.generate(request(), tmp_path, quiet)).provider_meta["pid"]
        await provider.aclose()
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

    run(scenario, options={"never closes": True}, close_within=0.1, kill_after=0.2)
    assert "was ended by SIGTERM while closing" in caplog.text


def test_closing_ends_a_worker_that_is_at_work(tmp_path, fifo):
    path, end = fifo

    async def scenario(provider):
        working = asyncio.Event()
        hanging = asyncio.create_task(
            provider.generate(request("hangs", fifo=path), tmp_path, lambda *_: working.set())
        )
        await working.wait()
        await provider.aclose()
        with pytest.raises(JobFailed, match="SIGTERM"):
            await hanging

    run(scenario)
    assert all_gone(end)


def test_closing_while_the_worker_starts_leaves_none(tmp_path):
    async def scenario(provider):
        starting = asyncio.create_task(provider.generate(request(), tmp_path, quiet))
        await asyncio.sleep(0)
        await provider.aclose()
        with pytest.raises(Stopped):
            await starting

    run(scenario)


def test_closing_what_was_never_used_is_nothing():
    run(lambda provider: asyncio.sleep(0))


def descriptors():
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts descriptors in /proc")
def test_no_descriptor_task_or_process_is_left_behind(tmp_path):
    async def scenario(provider):
        before = descriptors()
        pids = [(await provider.generate(request(), tmp_path, quiet)).provider_meta["pid"]]
        with pytest.raises(JobFailed):
            await provider.generate(request("is_killed"), tmp_path, quiet)
        pids.append((await provider.generate(request(), tmp_path, quiet)).provider_meta["pid"])
        await provider.aclose()
        assert descriptors() == before
        assert asyncio.all_tasks() == {asyncio.current_task()}
        for pid in pids:
            with pytest.raises(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)  # noqa: ASYNC222 - WNOHANG does not wait

    run(scenario)


def test_an_interrupt_is_for_the_core_to_act_on(tmp_path):
    async def scenario(provider):
        first = await provider.generate(request(), tmp_path, quiet)
        os.kill(first.provider_meta["pid"], signal.SIGINT)
        second = await provider.generate(request(), tmp_path, quiet)
        return first.provider_meta["pid"], second.provider_meta["pid"]

    first, second = run(scenario)
    assert first == second


SCRIPT = """
import sys
sys.path[:0] = {path!r}
import asyncio
from pathlib import Path
from ministudio.contracts.cards import permissive_card
from ministudio.contracts.clips import ClipRequest
from ministudio.contracts.prompts import CompiledPrompt
from ministudio.contracts.specs import PluginContext, VideoProviderSpec
from ministudio.render.worker import WorkerProvider

spec = VideoProviderSpec(
    name="trial", factory="worker_trials:Trial", summary="", models=[permissive_card("m")]
)

async def main():
    provider = WorkerProvider(spec, PluginContext())
    request = ClipRequest(
        model="m", prompt=CompiledPrompt(text="a fox"), seconds=1, options={options!r}
    )
    tell = lambda *note: print("working", flush=True)
    clip = await provider.generate(request, Path({into!r}), tell)
    print(clip.provider_meta["made"], clip.path)
    await provider.aclose()

asyncio.run(main())
"""


def script(into, **options):
    """A command that makes a clip; only the script itself knows where its modules are."""
    path = into / "film.py"
    path.write_text(SCRIPT.format(path=sys.path, into=str(into), options=options))
    bare_python = getattr(sys, "_base_executable", sys.executable)
    return [bare_python, "-E", "-s", "-W", "error", str(path)]


def test_a_script_needs_no_main_guard(tmp_path):
    done = subprocess.run(
        script(tmp_path, do="clip"), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert done.stdout == f"1 {tmp_path / 'clip.mp4'}\n"


def test_a_worker_does_not_outlive_its_core(tmp_path, fifo):
    path, end = fifo
    command = script(tmp_path, do="hangs", fifo=path)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as core:
        assert core.stdout.readline() == "working\n"
        core.kill()
    assert all_gone(end)
