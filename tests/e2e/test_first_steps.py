"""The first things anyone tries, and plugins that are broken beside the one that is used."""

from __future__ import annotations

import json

import av
import pytest
from PIL import Image, ImageStat
from stunts import TINY, call, environ, files, film, install

SHOT = ("shot", "A fox crosses a frozen river", "--seconds", "1", *TINY)


def middle(path):
    """The average colour in the middle of a clip's first frame."""
    with av.open(path) as clip:
        frame = next(clip.decode(video=0)).to_image()
    width, height = frame.size
    part = frame.crop((width // 3, height // 3, width * 2 // 3, height * 2 // 3))
    return [round(value) for value in ImageStat.Stat(part).mean]


def test_a_shot_in_an_empty_folder_makes_a_clip(yard):
    done = call(yard, *SHOT, env=environ())
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("out/a-fox-crosses-a-frozen-river.mp4: 1.0 s, 1 shot, 1 rendered")
    clip = yard / "out" / "a-fox-crosses-a-frozen-river.mp4"
    with av.open(clip) as found:
        assert (found.streams.video[0].width, found.streams.video[0].height) == (640, 360)
        assert len(found.streams.audio) == 1


def test_a_shot_begins_with_the_picture_it_is_given(yard):
    Image.new("RGB", (640, 360), (200, 60, 20)).save(yard / "first.png")
    done = call(yard, *SHOT, "--image", "first.png", "-o", "fox.mp4", env=environ())
    assert done.returncode == 0, done.stderr
    assert all(
        abs(a - b) < 30 for a, b in zip(middle(yard / "fox.mp4"), (200, 60, 20), strict=True)
    )


@pytest.fixture
def broken_beside(tmp_path, environ):
    """The stunt plugin, and one beside it that breaks as soon as it is imported."""
    (tmp_path / "smashed_plugin.py").write_text("raise RuntimeError('smashed')\n")
    folder = install(tmp_path, id_="smashed", module="smashed_plugin")
    paths = f"{folder}:{environ['PYTHONPATH']}"
    return {**environ, "PYTHONPATH": paths}


def test_a_broken_plugin_stops_no_other(yard, broken_beside):
    (yard / "film.yaml").write_text(film("A hill"))
    words = ("render", "film.yaml", "--provider", "stunt", *TINY)
    done = call(yard, *words, env=broken_beside)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads((yard / "out" / "film.json").read_text())["shots"][0]["provider"] == "stunt"


def test_a_broken_plugin_that_is_asked_for_is_named(yard, broken_beside):
    (yard / "film.yaml").write_text(film("A hill"))
    done = call(yard, "render", "film.yaml", "--provider", "smashed", env=broken_beside)
    assert done.returncode == 3
    assert "plugin 'smashed' (smashed-plugin 1.0) is broken at import" in done.stderr
    assert "RuntimeError: smashed" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(yard) == ["film.yaml"]


def test_strict_plugins_make_a_broken_one_an_error(yard, broken_beside):
    strict = {**broken_beside, "MINISTUDIO_STRICT_PLUGINS": "1"}
    done = call(yard, "models", env=strict)
    assert done.returncode == 3
    assert "'smashed'" in done.stderr
