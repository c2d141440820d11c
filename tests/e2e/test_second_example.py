"""The longer example: a folk tale with a cast, a round of places and weather that turns."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import av
import pytest

from ministudio import BeingKind, CameraMove, ShotSize, Studio, load_production

FILE = Path(__file__).resolve().parents[2] / "examples/the_fisherman_and_his_wife/production.yaml"
SECONDS = 182.0


def words_of(subtitles):
    """The words of a subtitle file in one line; a long sentence runs over several cues."""
    rows = subtitles.splitlines()
    return " ".join(row.strip() for row in rows if "-->" not in row and not row.strip().isdigit())


@pytest.fixture(scope="module")
def production():
    return load_production(FILE)


@pytest.fixture(scope="module")
def plan():
    return Studio.beside(FILE, environ={}).plan(FILE, providers=["animatic"])


def test_the_tale_is_three_minutes_in_twenty_eight_shots(production):
    shots = [shot for _, shot in production.shots]
    assert len(shots) == 28
    assert sum(shot.duration for shot in shots) == SECONDS
    assert all(shot.id for shot in shots)


def test_every_character_and_every_place_is_seen(production):
    seen, places = set(), set()
    for scene, shot in production.shots:
        seen |= set(shot.characters or scene.characters)
        places.add(shot.environment or scene.environment)
    assert seen == set(production.characters)
    assert len(seen) == 6
    assert places == set(production.environments)
    assert len(places) == 7


def test_people_are_not_alone_in_it(production):
    kinds = [character.identity.kind for character in production.characters.values()]
    assert kinds.count(BeingKind.ANIMAL) == 2
    assert kinds.count(BeingKind.HUMAN) == 4


def test_it_uses_every_shot_size_and_many_camera_moves(production):
    cameras = [shot.camera for _, shot in production.shots]
    assert {camera.size for camera in cameras} == set(ShotSize)
    moves = {camera.move for camera in cameras}
    assert len(moves) >= 9
    assert moves < set(CameraMove)


def test_weather_hour_and_clothes_change_as_the_tale_goes_on(production):
    contexts = [shot.context for _, shot in production.shots if shot.context]
    assert len({context.weather for context in contexts if context.weather}) >= 5
    assert len({context.time_of_day for context in contexts if context.time_of_day}) >= 5
    worn = {
        shot.characters["ilse"].clothing
        for _, shot in production.shots
        if "ilse" in shot.characters
    }
    assert len(worn - {""}) >= 3


def test_the_plan_adapts_nothing_and_has_nothing_to_remark(plan):
    """No line is too long for its shot, and the animatic can do all that is asked."""
    assert {shot.id: list(shot.notes) for shot in plan.shots if shot.notes} == {}
    assert [(shot.id, adaptation) for shot, adaptation in plan.adaptations] == []


@pytest.mark.slow
def test_it_renders_from_the_command_line_with_every_line_in_the_subtitles(production, tmp_path):
    shutil.copy(FILE, tmp_path)
    program = Path(sys.executable).with_name("ministudio")
    done = subprocess.run(
        [str(program), "render", "production.yaml", "-o", "film.mp4", "--resolution", "360p"],
        cwd=tmp_path,
        env={k: v for k, v in os.environ.items() if not k.startswith("MINISTUDIO_")},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with av.open(tmp_path / "film.mp4") as film:
        assert film.duration is not None
        assert film.duration / av.time_base == pytest.approx(SECONDS, abs=0.2)
        assert len(film.streams.audio) == 1
    flat = words_of((tmp_path / "film.srt").read_text(encoding="utf-8"))
    for _, shot in production.shots:
        for line in [shot.narration, *(spoken.line for spoken in shot.dialogue)]:
            assert " ".join(line.split()) in " ".join(flat.split())
