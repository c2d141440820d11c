"""The flagship becomes a film, from the command line as a user would type it."""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import av
import pytest
from PIL import ImageChops, ImageStat

from ministudio import Studio, load_production

# The film is rendered once, by whichever worker has them all.
pytestmark = pytest.mark.xdist_group("flagship")

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FILE = EXAMPLES / "contextbytes_brand_story" / "production.yaml"
SECONDS = 30.0


def written_in_python():
    path = EXAMPLES / "contextbytes_brand_story.py"
    spec = importlib.util.spec_from_file_location("flagship_in_python", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.PRODUCTION


def ministudio(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("ministudio")
    environ = {k: v for k, v in os.environ.items() if not k.startswith("MINISTUDIO_")}
    return subprocess.run(
        [str(program), *(str(a) for a in arguments)],
        cwd=cwd,
        env=environ,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy of the flagship's folder with its film rendered at 360p."""
    folder = tmp_path_factory.mktemp("flagship")
    shutil.copy(FILE, folder)
    done = ministudio(
        "render", "production.yaml", "-o", "film.mp4", "--resolution", "360p", cwd=folder
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_film_in_python_equals_the_film_in_yaml():
    assert written_in_python() == load_production(FILE)


def test_the_flagship_is_six_shots_in_three_places_with_narration():
    production = load_production(FILE)
    shots = list(production.shots)
    assert len(shots) == 6
    assert {scene.environment for scene, _ in shots} == set(production.environments)
    assert len(production.environments) == 3
    assert all(4 <= shot.duration <= 6 for _, shot in shots)
    assert sum(shot.duration for _, shot in shots) == SECONDS
    assert all(shot.narration or shot.dialogue for _, shot in shots)


def test_the_plan_has_nothing_to_remark_on_any_shot():
    """No line is too long for its shot, and no picture is missing."""
    plan = Studio.beside(FILE, environ={}).plan(FILE, providers=["animatic"])
    assert {shot.id: list(shot.notes) for shot in plan.shots if shot.notes} == {}


def test_the_film_has_picture_sound_and_subtitles_of_the_right_length(folder):
    with av.open(folder / "film.mp4") as film:
        video = film.streams.video[0]
        assert (video.width, video.height) == (640, 360)
        assert len(film.streams.audio) == 1
        assert len(film.streams.subtitles) == 1
        assert film.duration is not None
        assert film.duration / av.time_base == pytest.approx(SECONDS, abs=0.2)
        frames = sum(1 for _ in film.decode(video))
    assert frames == pytest.approx(SECONDS * 24, abs=6)


def test_no_two_shots_show_the_same_picture(folder):
    middles = [2.5, 7.5, 12.5, 17.5, 22.75, 27.75]
    pictures = []
    with av.open(folder / "film.mp4") as film:
        for frame in film.decode(video=0):
            if len(pictures) < len(middles) and frame.time >= middles[len(pictures)]:
                pictures.append(frame.to_image().convert("L").resize((32, 18)))
    for one, other in itertools.combinations(pictures, 2):
        difference = ImageStat.Stat(ImageChops.difference(one, other)).mean[0]
        assert difference > 1
    assert len(pictures) == 6


def test_the_subtitles_say_every_line_in_order(folder):
    text = (folder / "film.srt").read_text(encoding="utf-8")
    lines = [
        line
        for _, shot in load_production(FILE).shots
        for line in [shot.narration, *(spoken.line for spoken in shot.dialogue)]
        if line
    ]
    flat = " ".join(text.split())
    places = [flat.find(line) for line in lines]
    assert -1 not in places, text
    assert places == sorted(places)


def test_the_record_says_what_was_asked_and_made(folder):
    record = json.loads((folder / "film.json").read_text(encoding="utf-8"))
    assert record["title"] == "ContextBytes: A Small Light"
    assert [shot["id"] for shot in record["shots"]] == [
        shot.id for _, shot in load_production(FILE).shots
    ]


def test_rendering_again_makes_nothing_again(folder):
    done = ministudio(
        "render", "production.yaml", "-o", "again.mp4", "--resolution", "360p", cwd=folder
    )
    assert done.returncode == 0, done.stderr
    first, again = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["shots"]
        for name in ("film", "again")
    )
    assert all(shot["reused"] for shot in again)
    assert [shot["takes"] for shot in again] == [shot["takes"] for shot in first]
