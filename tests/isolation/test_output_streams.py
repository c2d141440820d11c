"""A reader that goes away is no error, and a disk that is full is one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

RUN = "import sys; from ministudio.cli import main; sys.exit(main())"


@pytest.mark.parametrize("command", ["--help", "plugins list", "providers", "models --json"])
def test_a_reader_that_goes_away_ends_the_command_without_a_word(command):
    with subprocess.Popen(
        [sys.executable, "-c", RUN, *command.split()],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"MINISTUDIO_PLUGINS": "core"},
    ) as process:
        process.stdout.close()
        said = process.stderr.read()
    assert said == ""
    assert process.returncode != 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", ["--help", "plugins list", "providers"])
def test_a_full_disk_is_said_once_and_has_its_exit_code(command):
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-c", RUN, *command.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={"MINISTUDIO_PLUGINS": "core"},
            check=False,
        )
    assert done.returncode == 5
    assert done.stderr == "error: No space left on device\n"
