"""A process killed at any moment: the next one finishes the film, and the bill is the same."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import kill_trials
import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the trials fork their processes")

SCRIPT = Path(kill_trials.__file__)
SHOTS = len(kill_trials.SHOTS)
# Five transitions a shot (submitting, submitted, running, ready, stored), each with two sides.
MOMENTS = SHOTS * 5 * 2


def trials(place: Path, deaths: list[list[int]]) -> list[dict]:
    done = subprocess.run(
        [sys.executable, SCRIPT, place],
        input="".join(json.dumps(moments) + "\n" for moments in deaths),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(undisturbed: dict, disturbed: list[dict]) -> None:
    assert len(undisturbed["takes"]) == undisturbed["billed"] == SHOTS
    for one in disturbed:
        assert one["takes"] == undisturbed["takes"]
        assert (one["billed"], one["failures"], one["left"]) == (SHOTS, [], [])


def test_killed_at_every_transition_a_film_is_finished_and_billed_once(tmp_path):
    deaths = [[moment] for moment in range(1, MOMENTS + 1, 2)]  # before each commit
    deaths += [[moment, moment] for moment in range(2, MOMENTS + 1, 6)]  # after, and again
    undisturbed, *disturbed = trials(tmp_path, [[], *deaths])
    assert all(one["deaths"] for one in disturbed)
    check(undisturbed, disturbed)


@pytest.mark.slow
@pytest.mark.durability
def test_killed_again_and_again_at_any_time_a_film_is_finished_and_billed_once(tmp_path):
    dice = random.Random(20_261_122)
    deaths = [
        [dice.choice([dice.randint(1, MOMENTS), -dice.randint(1, 150_000)]) for _ in range(4)]
        for _ in range(100)
    ]
    undisturbed, *disturbed = trials(tmp_path, [[], *deaths])
    check(undisturbed, disturbed)
