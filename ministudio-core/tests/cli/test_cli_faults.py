"""Trouble at the service, seen from the command line: an exit code, clear words, no traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import stunts

import ministudio
from ministudio.testing.simulator import SimulatedService, install


@pytest.fixture
def service():
    with SimulatedService() as running:
        yield running


@pytest.fixture
def command(tmp_path, service):
    """Runs the command line where the simulator is installed, and checks that it kept its head."""
    plugins, core = install(tmp_path / "plugins"), Path(ministudio.__file__).parents[1]
    environ = stunts.environ(
        SIMULATOR_URL=service.url,
        MINISTUDIO_PLUGINS="core,simulator",
        PYTHONPATH=os.pathsep.join([str(plugins), str(core)]),
    )
    names = ("simulator", "simulator-blind", "simulator-blocking")
    options = [f"[provider.{name}]\noptions.poll_every = 0.05\n" for name in names]
    (tmp_path / "ministudio.toml").write_text("".join(options))
    (tmp_path / "film.yaml").write_text(stunts.film("A dog barks."))

    def call(*words: str):
        done = stunts.call(tmp_path, *words, "--yes", env=environ)
        assert "Traceback" not in done.stderr
        assert "bug in MiniStudio" not in done.stderr
        return done

    return call


def render(command, provider: str, *more: str):
    return command("render", "film.yaml", "--provider", provider, *stunts.TINY, *more)


def test_a_lost_answer_is_looked_for_and_not_paid_again(command, service):
    service.fault("drop-after")
    assert render(command, "simulator").returncode == 4
    assert command("resume").returncode == 0
    assert len(service.bills) == 1


@pytest.mark.slow
@pytest.mark.parametrize("provider", ["simulator-blind", "simulator-blocking"])
def test_where_nobody_can_tell_only_the_user_pays_again(command, service, provider):
    service.fault("drop-after")
    assert render(command, provider).returncode == 4
    asked = command("resume")
    assert asked.returncode == 4
    assert "--resubmit a" in asked.stderr
    assert len(service.bills) == 1
    assert command("resume", "--resubmit", "a").returncode == 0
    assert len(service.bills) == 2


def test_a_job_that_takes_too_long_stays_pending_and_is_taken_up(command, service):
    service.fault("takes", seconds=2)
    pending = render(command, "simulator", "--job-timeout", "1")
    assert pending.returncode == 4
    assert "still running" in pending.stderr
    assert render(command, "simulator").returncode == 0
    assert len(service.bills) == 1


def test_a_wrong_key_costs_nothing_and_says_so(command, service):
    service.fault("401", times=0)
    refused = render(command, "simulator")
    assert refused.returncode == 4
    assert "SIMULATOR_API_KEY" in refused.stderr
    assert service.bills == ()
