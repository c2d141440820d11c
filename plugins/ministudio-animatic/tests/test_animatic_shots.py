"""Whole shots, drawn small: whatever a story says, a picture comes out."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import attrs
import pytest
from animatic_kit import being, brightness, request, shades, story
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from ministudio.plugin import (
    AspectRatio,
    BeingKind,
    Camera,
    CameraAngle,
    CameraMove,
    Continuity,
    Dialogue,
    InvalidRequest,
    Lighting,
    MediaFile,
    Pace,
    PlaceKind,
    Reference,
    ReferenceRole,
    ShotSize,
    Style,
)
from ministudio_animatic.camera import View
from ministudio_animatic.shot import draw_shot

if TYPE_CHECKING:
    from ministudio_animatic.planes import Picture

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60)
POSTURES = st.sampled_from(
    ["lying on the floor", "asleep in bed", "curled up on the sofa", "crawling", "falling",
     "swimming", "up to the waist in the water", "drowning", "floating on the back", "wading",
     "crouching", "sitting on the floor", "climbing a rope", "dancing", "jumping", "leaning on it"]
)  # fmt: skip
SPOKEN = WORDS.filter(lambda text: text.strip())


@st.composite
def beings(draw):
    """Any being, described in any words."""
    words = {
        name: draw(WORDS)
        for name in ("description", "hair", "skin", "clothing", "carrying", "emotion")
    }
    words["posture"] = draw(WORDS | POSTURES)
    return being(
        draw(st.sampled_from(["noor", "elias", "byte"])), draw(st.sampled_from(BeingKind)), **words
    )


@st.composite
def stories(draw):
    """Any shot."""
    return story(
        *draw(st.lists(beings(), max_size=4)),
        action=draw(SPOKEN),
        camera=draw(
            st.builds(
                Camera,
                size=st.sampled_from(ShotSize),
                angle=st.sampled_from(CameraAngle),
                move=st.sampled_from(CameraMove),
                pace=st.sampled_from(Pace),
            )
        ),
        place=draw(st.sampled_from([None, *PlaceKind])),
        time_of_day=draw(st.sampled_from(["", "night", "dawn", "noon", "dusk"])),
        weather=draw(st.sampled_from(["", "rain", "snow", "fog", "dust"])),
        style=draw(st.builds(Style, palette=st.lists(st.sampled_from(["teal", "#102030", "odd"])))),
        lighting=draw(st.none() | st.builds(Lighting, colour=WORDS, contrast=WORDS)),
        dialogue=draw(
            st.lists(st.builds(Dialogue, speaker=st.just("noor"), line=SPOKEN), max_size=2)
        ),
        narration=draw(WORDS),
        shot_id=draw(WORDS),
        scene_title=draw(WORDS),
    )


def _rgb(planes: Picture) -> Image.Image:
    full = [planes.y, *(plane.resize(planes.y.size) for plane in (planes.u, planes.v))]
    return Image.merge("YCbCr", full).convert("RGB")


def _still(shot, number=0, **asked) -> Image.Image:
    return _rgb(draw_shot(request(shot, **asked)).frame(number))


def _differs(one, other) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other).convert("L")).mean[0]


@pytest.mark.slow
@given(stories(), st.sampled_from(AspectRatio), st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_any_story_becomes_a_picture_that_is_neither_empty_nor_of_one_colour(shot, shape, number):
    asked = request(shot, aspect_ratio=shape)
    frame = draw_shot(asked).frame(number)
    assert frame.y.size == (asked.size.width, asked.size.height)
    picture = _rgb(frame)
    above = picture.crop((0, 0, picture.width, picture.height // 2))
    assert shades(above) > 12
    assert 8 < brightness(above) < 250


def test_every_shot_size_is_another_picture():
    noor = being("noor")
    pictures = [_still(story(noor, camera=Camera(size=size))) for size in ShotSize]
    for one, other in combinations(pictures, 2):
        assert _differs(one, other) > 2


def test_every_camera_move_is_another_film():
    reels = {
        move: draw_shot(request(story(being("noor"), camera=Camera(move=move))))
        for move in CameraMove
    }
    ends = {move: (_rgb(reel.frame(0)), _rgb(reel.frame(5))) for move, reel in reels.items()}
    for one, other in combinations(ends, 2):
        pairs = zip(ends[one], ends[other], strict=True)
        assert max(_differs(a, b) for a, b in pairs) > 0.3, (one, other)
    first, last = ends[CameraMove.STATIC]
    assert first.crop((0, 0, 640, 240)) == last.crop((0, 0, 640, 240))


def test_every_angle_is_another_picture():
    cast = being("noor"), being("elias")
    pictures = [_still(story(*cast, camera=Camera(angle=angle))) for angle in CameraAngle]
    for one, other in combinations(pictures, 2):
        assert _differs(one, other) > 1


def test_a_carried_camera_moves_figures_against_the_backdrop():
    shot = story(being("noor"), camera=Camera(move=CameraMove.TRUCK_LEFT))
    assert draw_shot(request(shot)).near
    assert not draw_shot(request(attrs.evolve(shot, camera=Camera(move=CameraMove.PAN_LEFT)))).near


def test_a_seed_sways_a_handheld_camera_and_changes_no_place():
    shot = story(being("noor"), camera=Camera(move=CameraMove.HANDHELD))
    one, other = (draw_shot(request(shot, seed=seed)) for seed in (1, 2))
    assert one.path.at(0.2) != other.path.at(0.2)
    assert _rgb(one.far) == _rgb(other.far)


def test_the_rule_fills_up_as_the_shot_runs():
    reel = draw_shot(request(story(), seconds=1.0))
    frames = [_rgb(reel.frame(number)) for number in range(reel.frames)]
    changed = [ImageChops.difference(frames[0], frame).getbbox() for frame in frames[1:]]
    widths = [box[2] - box[0] for box in changed]
    assert widths == sorted(widths)
    assert widths[-1] > 500


def test_captions_change_with_what_is_being_said():
    shot = story(
        dialogue=[Dialogue(speaker="a", line="First."), Dialogue(speaker="a", line="Then.")]
    )
    reel = draw_shot(request(shot, seconds=2.0))
    words = [
        _rgb(reel.frame(n)).crop((0, 315, 640, 360))
        for n in (0, 5, reel.frames - 6, reel.frames - 1)
    ]
    assert words[0] == words[1]
    assert words[2] == words[3]
    assert words[0] != words[2]


def test_what_cannot_be_shown_is_noted():
    shot = story(
        being("noor"),
        being("elias"),
        action="彼女は笑う。",
        camera=Camera(size=ShotSize.CLOSE_UP),
    )
    notes = " / ".join(draw_shot(request(shot, audio=True)).notes)
    assert "Japanese" in notes
    assert "out of frame in this shot size: Elias" in notes
    assert "silent" in notes
    assert draw_shot(request(story(being("noor")))).notes == ()


def test_a_given_first_frame_is_the_picture_of_the_shot(paint):
    asked = request(story(being("noor")), first_frame=paint((200, 30, 30)))
    reel = draw_shot(asked)
    for number in (0, reel.frames - 1):
        red, green, blue = _rgb(reel.frame(number)).getpixel((320, 60))
        assert red > 150
        assert max(green, blue) < 80


def test_a_frame_handed_on_dissolves_into_the_drawing(paint):
    shot = attrs.evolve(story(being("noor")), continuity=Continuity.CHAIN)
    plain = draw_shot(request(shot, seconds=2.0))
    reel = draw_shot(request(shot, seconds=2.0, first_frame=paint((200, 30, 30))))
    assert _rgb(reel.frame(0)).getpixel((320, 60))[0] > 150
    assert _rgb(reel.frame(12)) == _rgb(plain.frame(12))


def test_a_given_last_frame_is_what_the_shot_ends_with(paint):
    reel = draw_shot(request(story(), seconds=2.0, last_frame=paint((30, 30, 200))))
    assert _rgb(reel.frame(reel.frames - 1)).getpixel((320, 60))[2] > 150
    assert _rgb(reel.frame(0)) == _rgb(draw_shot(request(story(), seconds=2.0)).frame(0))


def test_reference_pictures_are_pinned_to_the_frame(paint):
    reference = Reference(media=paint((20, 220, 20)), role=ReferenceRole.CHARACTER, subject="noor")
    picture = _still(story(), references=[reference, reference])
    left, top = round(640 * 0.05), round(360 * 0.05)
    assert picture.getpixel((left + 30, top + 20))[1] > 180
    assert all(value > 200 for value in picture.getpixel((left + 1, top + 1)))


@pytest.mark.parametrize("content", [b"", b"<html>no</html>", b"\x89PNG\r\n\x1a\nbroken"])
def test_a_picture_that_is_none_is_refused_by_name(tmp_path, content):
    path = tmp_path / "frame.png"
    path.write_bytes(content)
    with pytest.raises(InvalidRequest, match=r"frame\.png is no picture") as caught:
        draw_shot(request(story(), first_frame=MediaFile(path, "0" * 64)))
    assert caught.value.charged is False
    assert caught.value.hint


def test_a_request_without_a_story_is_drawn_from_its_prompt():
    fox = _still(None, prompt="A red fox in a forest at night")
    ship = _still(None, prompt="A ship at sea, morning")
    assert _differs(fox, ship) > 10


def test_a_path_that_stays_put_is_known_to():
    reel = draw_shot(request(story()))
    assert (reel.path.start, reel.path.end) == (View(), View())
