"""The flagship in a real browser: it plays at its own speed, and shows the right pictures."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import av
import pytest
import stunts
from PIL import Image, ImageChops, ImageStat

from ministudio.plugin import ClipRequest, CompiledPrompt, MediaFile, Resolution, file_sha256
from ministudio_animatic.provider import AnimaticProvider

ROOT = Path(__file__).resolve().parents[2]
FLAGSHIP = ROOT / "examples" / "contextbytes_brand_story" / "production.yaml"
SIZE = (640, 360)
UNTIL = 3.0
BARS = [(200, 30, 40), (30, 160, 60), (40, 60, 200), (220, 200, 40)]

spec = importlib.util.spec_from_file_location(
    "play_in_browser", ROOT / "tools" / "play_in_browser.py"
)
assert spec is not None
assert spec.loader is not None
play_in_browser = importlib.util.module_from_spec(spec)
spec.loader.exec_module(play_in_browser)


@pytest.fixture
def browser():
    """The tool, where there is a browser for it."""
    try:
        play_in_browser.find_browser()
    except play_in_browser.NoBrowser as error:
        pytest.skip(str(error))
    return play_in_browser


def frame_at(film: Path, seconds: float) -> Image.Image:
    with av.open(str(film)) as container:
        return next(
            frame.to_image(interpolation="BICUBIC")
            for frame in container.decode(video=0)
            if frame.time + 1 / 24 > seconds
        )


@pytest.mark.slow
def test_a_browser_plays_the_flagship_with_sound_and_in_its_colours(tmp_path, environ, browser):
    shutil.copy(FLAGSHIP, tmp_path)
    words = ("render", "production.yaml", "-o", "film.mp4", "--resolution", "360p")
    done = stunts.call(tmp_path, *words, "--provider", "animatic", env=environ)
    assert done.returncode == 0, done.stderr
    film, picture = tmp_path / "film.mp4", tmp_path / "shown.png"
    said = browser.play(film, picture, until=UNTIL, size=SIZE)
    assert said["error"] is None
    assert (said["width"], said["height"], said["duration"]) == (*SIZE, 30)
    assert UNTIL <= said["seconds"] < UNTIL + 2
    assert said["frames"] > 10
    assert said["sound_bytes"] > 0
    shown = Image.open(picture).convert("RGB").crop((0, 0, *SIZE))
    difference = ImageStat.Stat(ImageChops.difference(shown, frame_at(film, said["seconds"])))
    # A frame early or late moves little; a wrong range of brightness moves everything by 5 or 6.
    assert max(difference.mean) < 4


@pytest.mark.slow
def test_a_browser_shows_the_colours_of_the_picture_that_was_given(tmp_path, browser):
    """Bars of pure colours: read with the matrix of older television, red and green are 20 off."""
    bars = Image.new("RGB", SIZE)
    for place, colour in enumerate(BARS):
        bars.paste(colour, (place * 160, 0, (place + 1) * 160, SIZE[1]))
    bars.save(tmp_path / "bars.png")
    request = ClipRequest(
        model="animatic",
        prompt=CompiledPrompt(text="Bars."),
        seconds=1.0,
        resolution=Resolution.P360,
        first_frame=MediaFile(tmp_path / "bars.png", file_sha256(tmp_path / "bars.png")),
    )
    clip = AnimaticProvider().generate_blocking(request, tmp_path, lambda *_: None)
    picture = tmp_path / "shown.png"
    said = browser.play(clip.path, picture, until=0.5, size=SIZE)
    assert said["error"] is None
    shown = Image.open(picture).convert("RGB")
    for place, colour in enumerate(BARS):
        seen = shown.getpixel((place * 160 + 80, 80))
        assert seen == pytest.approx(colour, abs=10)
