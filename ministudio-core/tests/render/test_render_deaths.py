"""The command line killed at any moment, with a service that counts: resumed, and billed once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import death_trials
import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the trials fork their processes")

SEES = ("simulator", "simulator-idempotent")
BLIND = ("simulator-blind", "simulator-blocking")
SMALL, WHOLE = 3, 12
SEED = 20_261_122


def trials(place: Path, wanted: list[dict]) -> list[dict]:
    done = subprocess.run(
        [sys.executable, death_trials.__file__, place],
        input="".join(json.dumps(one) + "\n" for one in wanted),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def trial(provider: str, shots: int, *moments: object) -> dict:
    return {"provider": provider, "shots": shots, "moments": moments}


def check(undisturbed: dict, one: dict, shots: int, *, sees: bool) -> None:
    assert len(undisturbed["takes"]) == shots, undisturbed["said"]
    assert undisturbed["bills"]
    assert set(undisturbed["bills"].values()) == {1}
    assert one["codes"][-1] == 0, one["said"]
    assert "Traceback" not in one["said"]
    assert (one["takes"], one["film"]) == (undisturbed["takes"], undisturbed["film"])
    assert one["files"] == undisturbed["files"]
    assert one["bills"].keys() == undisturbed["bills"].keys()
    assert one["most_before_asking"] <= 1
    twice = sum(one["bills"].values()) - len(undisturbed["bills"])
    if sees:
        assert (twice, one["asked_again"]) == (0, []), one["said"]
    assert twice <= len(one["asked_again"]), one["said"]


def at_random(shots: int, each: int, providers: tuple[str, ...]) -> list[dict]:
    """Trials that die at one moment, or at up to three: some seconds in, or at a transition."""
    dice = random.Random(SEED)
    last = 9 * shots

    def moment() -> object:
        seconds = round(dice.uniform(0.01, 0.1 + 0.06 * shots), 4)
        sides = dice.choice(["before", "after"])
        return dice.choice([seconds, seconds, [dice.randint(1, last), sides]])

    return [
        trial(provider, shots, *(moment() for _ in range(dice.randint(1, 3))))
        for provider in providers
        for _ in range(each)
    ]


def compare(place: Path, wanted: list[dict], shots: int) -> list[dict]:
    """Run trials beside an undisturbed one of each provider, and check them against it."""
    providers = sorted({one["provider"] for one in wanted})
    whole = trials(place, [trial(provider, shots) for provider in providers] + wanted)
    undisturbed = dict(zip(providers, whole, strict=False))
    disturbed = whole[len(providers) :]
    for asked, one in zip(wanted, disturbed, strict=True):
        name = asked["provider"]
        check(undisturbed[name], one, shots, sees=name in SEES)
    return disturbed


def at_every_transition(place: Path, shots: int) -> None:
    (undisturbed,) = trials(place / "whole", [trial("simulator", shots)])
    numbers = range(1, undisturbed["transitions"] + 1)
    wanted = [
        trial("simulator", shots, (number, side))
        for number in numbers
        for side in ("before", "after")
    ]
    disturbed = compare(place / "killed", [*wanted, trial("simulator", shots, "joining")], shots)
    # A job that is over before it is first polled is never seen running: one transition less.
    deaths = sum(one["deaths"] for one in disturbed)
    assert len(disturbed) - 2 * shots * 2 <= deaths <= len(disturbed)


@pytest.mark.slow
def test_killed_on_either_side_of_every_transition_a_film_is_finished_and_billed_once(tmp_path):
    at_every_transition(tmp_path, SMALL)


@pytest.mark.slow
def test_killed_at_random_moments_nothing_is_billed_twice_unless_the_user_says_so(tmp_path):
    compare(tmp_path, at_random(SMALL, 3, (*SEES, *BLIND)), SMALL)


@pytest.mark.slow
@pytest.mark.durability
def test_killed_at_every_transition_twelve_shots_are_finished_and_billed_once(tmp_path):
    at_every_transition(tmp_path, WHOLE)


@pytest.mark.slow
@pytest.mark.durability
def test_killed_at_200_random_moments_twelve_shots_are_finished_and_billed_once(tmp_path):
    disturbed = compare(tmp_path, at_random(WHOLE, 50, (*SEES, *BLIND)), WHOLE)
    assert sum(one["deaths"] for one in disturbed) >= 200
