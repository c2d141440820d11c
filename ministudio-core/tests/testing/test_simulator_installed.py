"""The plugin, installed into a folder: found by the command line, and by nobody who did not ask."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import stunts
from simulator_kit import Raw

import ministudio
from ministudio.kernel.registry import Registry
from ministudio.testing.simulator import SimulatedService, Stats, install
from ministudio.testing.simulator.service import SimulatedService as Same

NAMES = [
    "simulator",
    "simulator-b",
    "simulator-blind",
    "simulator-blocking",
    "simulator-idempotent",
]


@pytest.fixture
def environ(service, tmp_path):
    plugins, core = install(tmp_path / "plugins"), Path(ministudio.__file__).parents[1]
    return stunts.environ(
        SIMULATOR_URL=service.url,
        MINISTUDIO_PLUGINS="core,simulator",
        PYTHONPATH=os.pathsep.join([str(plugins), str(core)]),
    )


@pytest.fixture
def render(tmp_path, environ):
    """Renders a film by the command line."""
    names = ("simulator", "simulator-b")
    options = [f"[provider.{name}]\noptions.poll_every = 0.05\n" for name in names]
    (tmp_path / "ministudio.toml").write_text("".join(options))

    def call(film, chain="simulator"):
        (tmp_path / "film.yaml").write_text(film)
        words = ("render", "film.yaml", "--provider", chain, *stunts.TINY)
        return stunts.call(tmp_path, *words, env=environ)

    return call


def test_nobody_has_it_who_did_not_install_it():
    found = [plugin.id for plugin in Registry().plugins()]
    assert "core" in found
    assert "simulator" not in found


def test_describing_it_imports_neither_the_service_nor_anything_heavy():
    script = """
import sys
import ministudio.testing.simulator.plugin as plugin
specs = list(plugin.ministudio_video_providers())
print(*[spec.name for spec in specs])
heavy = {"av", "PIL", "asyncio", "socket", "ministudio.testing.simulator.service"}
print(*sorted(heavy & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    names, heavy = done.stdout.split("\n")[:2]
    assert sorted(names.split()) == NAMES
    assert heavy == ""


def test_the_front_door_leads_to_the_modules():
    import ministudio.testing.simulator as door

    assert SimulatedService is Same
    assert set(door.__all__) <= set(dir(door))
    assert [name for name in door.__all__ if getattr(door, name) is None] == []
    with pytest.raises(AttributeError, match="Simulater"):
        _ = door.Simulater


def test_a_film_is_rendered_by_the_command_line_and_every_take_is_billed_once(service, render):
    film = stunts.film("A dog barks. sim:500@poll", "A cat sleeps. sim:truncated sim:expire")
    for _ in range(2):
        done = render(film)
        assert done.returncode == 0, done.stderr
        assert (service.stats.total.submits, len(service.bills)) == (2, 2)
        assert set(service.stats.bills_by_content.values()) == {1}


def test_a_chain_and_a_fallback_go_through_it(service, render):
    film = stunts.film("A dog barks. sim:refusex*/a", "It sleeps.")
    film = film.replace("'It sleeps.'", "'It sleeps.', continuity: chain")
    done = render(film, "simulator,simulator-b")
    assert done.returncode == 0, done.stderr
    assert service.bills[0].queue == "b"
    assert (len(service.bills), service.stats.total.uploads) == (2, 1)


def test_a_refusal_everywhere_ends_in_words_and_not_in_a_traceback(service, render):
    done = render(stunts.film("A dog barks. sim:refusex*"))
    assert done.returncode != 0
    assert "refused" in done.stderr
    assert "Traceback" not in done.stderr
    assert service.bills == ()


def test_it_runs_as_a_process_that_remembers_after_a_restart(tmp_path):
    command = [sys.executable, "-m", "ministudio.testing.simulator", "--takes", "0.01"]
    command += ["--state", "state.json", "--install", "plugins"]
    seen = []
    for _ in range(2):
        process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
        try:
            url = process.stdout.readline().strip()
            raw = Raw(url)
            raw.job(key=f"k{len(seen)}")
            seen.append(Stats.from_json(raw("GET", "/stats").data).total.bills)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)
            process.stdout.close()
        assert process.returncode == 0
    assert seen == [1, 2]
    assert len(json.loads((tmp_path / "state.json").read_text())["jobs"]) == 2
    assert (tmp_path / "plugins").is_dir()


def test_as_a_process_it_speaks_the_format_of_a_wire_that_is_named(tmp_path):
    (tmp_path / "easel.py").write_text(EASEL, encoding="utf-8")
    command = [sys.executable, "-m", "ministudio.testing.simulator", "--wire"]
    process = subprocess.Popen(
        [*command, "easel:Easel"], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    try:
        answer = Raw(process.stdout.readline().strip())("POST", "/paintings", b"{}")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        process.stdout.close()
    assert (answer.status, answer.data) == (201, {"painting": "job-000001"})


@pytest.mark.parametrize(
    "name", ["nowhere:Easel", "easel:Missing", "easel:3", "json:dumps", "re:I"]
)
def test_a_wire_that_is_none_is_a_mistake_of_usage(tmp_path, name):
    (tmp_path / "easel.py").write_text(EASEL, encoding="utf-8")
    command = [sys.executable, "-m", "ministudio.testing.simulator", "--wire", name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert name in done.stderr
    assert "Traceback" not in done.stderr


EASEL = """
from ministudio.testing import Call, Order, Wire

class Easel(Wire):
    def read(self, request):
        return Call("submit") if request.path == ("paintings",) else None

    def order(self, request):
        return Order()

    def job(self, view):
        return {"painting": view.id}
"""
