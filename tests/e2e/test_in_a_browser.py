"""The flagship in a real browser: it plays at its own speed, and shows the right pictures."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import av
import pytest
import stunts
from PIL import Image, ImageChops, ImageStat

ROOT = Path(__file__).resolve().parents[2]
FLAGSHIP = ROOT / "examples" / "contextbytes_brand_story" / "production.yaml"
SIZE = (640, 360)
UNTIL = 3.0

spec = importlib.util.spec_from_file_location(
    "play_in_browser", ROOT / "tools" / "play_in_browser.py"
)
assert spec is not None
assert spec.loader is not None
play_in_browser = importlib.util.module_from_spec(spec)
spec.loader.exec_module(play_in_browser)


def frame_at(film: Path, seconds: float) -> Image.Image:
    with av.open(str(film)) as container:
        return next(
            frame.to_image(interpolation="BICUBIC")
            for frame in container.decode(video=0)
            if frame.time + 1 / 24 > seconds
        )


@pytest.mark.slow
def test_a_browser_plays_the_flagship_with_sound_and_in_its_colours(tmp_path, environ):
    try:
        play_in_browser.find_browser()
    except play_in_browser.NoBrowser as error:
        pytest.skip(str(error))
    shutil.copy(FLAGSHIP, tmp_path)
    words = ("render", "production.yaml", "-o", "film.mp4", "--resolution", "360p")
    done = stunts.call(tmp_path, *words, "--provider", "animatic", env=environ)
    assert done.returncode == 0, done.stderr
    film, picture = tmp_path / "film.mp4", tmp_path / "shown.png"
    said = play_in_browser.play(film, picture, until=UNTIL, size=SIZE)
    assert said["error"] is None
    assert (said["width"], said["height"], said["duration"]) == (*SIZE, 30)
    assert UNTIL <= said["seconds"] < UNTIL + 2
    assert said["frames"] > 10
    assert said["sound_bytes"] > 0
    shown = Image.open(picture).convert("RGB").crop((0, 0, *SIZE))
    difference = ImageStat.Stat(ImageChops.difference(shown, frame_at(film, said["seconds"])))
    # A frame early or late moves little; a wrong colour matrix or range moves everything by 5-20.
    assert max(difference.mean) < 4
