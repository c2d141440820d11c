"""However a worker ends, it is an error at worst, and nothing of it is left."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from worker_kit import all_gone, fails, quiet, request, run

from ministudio.contracts.specs import Billing
from ministudio.errors import JobFailed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, groups and FIFOs")


@pytest.fixture
def fifo(tmp_path):
    """A FIFO and its reading end, which ends when all that work on the clip are gone."""
    path = tmp_path / "alive"
    os.mkfifo(path)
    end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    yield str(path), end
    os.close(end)


DEATHS = {
    "segfaults": ("was ended by SIGSEGV", "in segfaults"),
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


def test_half_a_secret_is_not_shown_where_the_kept_lines_begin(tmp_path):
    error = fails(request("floods"), tmp_path, JobFailed)
    assert error.hint == "it wrote last:\n  the end"


def test_a_worker_that_dies_takes_its_programs_along_and_waits_for_no_stray_one(tmp_path, fifo):
    path, end = fifo
    strays = []

    async def scenario(provider):
        with pytest.raises(JobFailed, match="exit code 3"):
            await provider.generate(
                request("dies_with_company", fifo=path),
                tmp_path,
                lambda _, note: strays.append(int(note)),
            )

    run(scenario)
    assert all_gone(end)
    os.kill(strays[0], signal.SIGKILL)


def test_a_dead_worker_of_a_paid_provider_leaves_the_charge_open(tmp_path):
    assert fails(request("is_killed"), tmp_path, JobFailed, billing=Billing.PAID).charged is None


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


@pytest.mark.parametrize("turns", range(6))
def test_cancelling_while_the_worker_starts_leaves_none(tmp_path, turns):
    async def scenario(provider):
        starting = asyncio.create_task(provider.generate(request(), tmp_path, quiet))
        for _ in range(turns):
            await asyncio.sleep(0)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(scenario)


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
        with pytest.raises(JobFailed, match="is closed"):
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
        asked = [
            asyncio.create_task(provider.generate(request(), tmp_path, quiet)) for _ in range(3)
        ]
        await asyncio.sleep(0)
        await provider.aclose()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert [str(task.exception()) for task in asked] == [
            "the worker process of trial is closed"
        ] * 3

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
