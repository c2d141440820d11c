"""Colours stay what they are, however often one shot begins with the last picture of another."""

from __future__ import annotations

import attrs
import av
import pytest
from animatic_kit import being, quiet, request, story
from av.video.reformatter import Colorspace, Interpolation
from PIL import Image, ImageStat

from ministudio.plugin import Continuity, MediaFile, PlaceKind, file_sha256
from ministudio_animatic.provider import AnimaticProvider

EXACT = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
ABOVE_THE_BAND = 200
LINKS = 20
COLOURS = [
    (200, 30, 40), (20, 160, 60), (30, 60, 220), (240, 200, 60),
    (128, 128, 128), (246, 244, 239), (30, 28, 40), (186, 122, 84),
]  # fmt: skip


def shown(clip, number):
    """One frame of a clip as players show it."""
    with av.open(str(clip.path)) as container:
        frame = list(container.decode(video=0))[number]
    rgb = frame.reformat(format="rgb24", src_colorspace=Colorspace.ITU709, interpolation=EXACT)
    return rgb.to_image()


def mean(image, box):
    return ImageStat.Stat(image.crop(box)).mean


def apart(one, other):
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


@pytest.fixture
def made(tmp_path):
    """Makes a clip of a shot that begins with a picture."""

    def make(shot, picture=None):
        asked = request(shot)
        if picture is not None:
            path = tmp_path / "handed-on.png"
            picture.save(path)
            asked = attrs.evolve(asked, first_frame=MediaFile(path, file_sha256(path)))
        return AnimaticProvider().generate_blocking(asked, tmp_path, quiet)

    return make


def _patches():
    """A picture of flat colours, and where each is, with its edges left out."""
    picture = Image.new("RGB", (640, 360))
    boxes = []
    for number, colour in enumerate(COLOURS):
        left, top = number % 4 * 160, number // 4 * 100
        picture.paste(colour, (left, top, left + 160, top + 100))
        boxes.append((left + 20, top + 20, left + 140, top + 80))
    return picture, boxes


def test_flat_colours_are_the_same_after_twenty_shots(made):
    picture, boxes = _patches()
    for _ in range(LINKS):
        picture = shown(made(story(), picture), -1)
    for box, colour in zip(boxes, COLOURS, strict=True):
        # One level is what 8-bit luma and chroma can tell apart.
        assert apart(mean(picture, box), colour) <= 1.05


def test_a_drawing_keeps_its_colours_over_twenty_shots(made):
    drawn = shown(made(story(being("noor", clothing="a red coat"), place=PlaceKind.FOREST)), -1)
    picture = drawn
    for _ in range(LINKS):
        picture = shown(made(story(), picture), -1)
    box = (0, 0, drawn.width, ABOVE_THE_BAND)
    assert apart(mean(picture, box), mean(drawn, box)) < 0.25


def test_a_shot_begins_in_the_colours_that_it_was_handed(made):
    shot = attrs.evolve(story(being("noor"), time_of_day="night"), continuity=Continuity.CHAIN)
    picture = shown(made(story(being("tom"), place=PlaceKind.DESERT)), -1)
    box = (0, 0, picture.width, ABOVE_THE_BAND)
    assert apart(mean(shown(made(shot, picture), 0), box), mean(picture, box)) < 0.25
