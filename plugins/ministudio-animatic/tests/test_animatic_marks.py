"""Slate and guides: off unless asked for, inside the safe area, and true to the frame."""

from __future__ import annotations

import itertools

import pytest
from animatic_kit import being, brightness, frames, quiet, request, story
from PIL import Image, ImageChops, ImageStat

from ministudio.plugin import (
    AspectRatio,
    ConfigError,
    Continuity,
    Hand,
    Lettering,
    PluginContext,
    Reference,
    ReferenceRole,
    Resolution,
)
from ministudio_animatic.board import Board, Clap, board_fields
from ministudio_animatic.guides import ACTION_SAFE, TITLE_SAFE, Guides, safe_area
from ministudio_animatic.options import Options, read_options
from ministudio_animatic.planes import frame_of, picture
from ministudio_animatic.provider import AnimaticProvider
from ministudio_animatic.shot import draw_shot

SHOT = story(being("noor"), scene_title="The harbour", shot_id="noor-looks")
SIZES = [(640, 360), (360, 640), (360, 360), (480, 360), (840, 360), (1920, 1080)]


def seen(reel, number=0) -> Image.Image:
    return frame_of(reel.frame(number), number, reel.fps).to_image()


def changed(one: Image.Image, other: Image.Image, box=None) -> float:
    """The mean difference of two pictures, or of one part of them, 0 to 255."""
    difference = ImageChops.difference(one, other).crop(box)
    return max(ImageStat.Stat(difference).mean)


def test_nothing_is_switched_on_unless_somebody_asks():
    assert read_options({}) == Options(slate=False, guides=False)
    assert draw_shot(request(SHOT)).marks == ()
    off = {"slate": False, "guides": False}
    assert seen(draw_shot(request(SHOT, options=off))) == seen(draw_shot(request(SHOT)))


@pytest.mark.parametrize(
    ("given", "message", "hint"),
    [
        ({"slat": True}, "no option 'slat'", "did you mean 'slate'"),
        ({"colour": True}, "no option 'colour'", "choose one of: slate, guides"),
        ({"guides": "yes"}, "'guides' is true or false, not 'yes'", "options.guides = true"),
        ({"slate": 1}, "'slate' is true or false", "options.slate = true"),
    ],
)
def test_a_wrong_option_is_named_before_anything_is_drawn(given, message, hint):
    with pytest.raises(ConfigError, match=message) as caught:
        AnimaticProvider(PluginContext(options=given))
    assert hint in caught.value.hint
    with pytest.raises(ConfigError, match=message):
        draw_shot(request(SHOT, options=given))


def test_what_is_drawn_hangs_on_the_request_and_not_on_the_context(tmp_path):
    """The request is what identifies a take; the context is not."""
    marked = AnimaticProvider(PluginContext(options={"slate": True, "guides": True}))
    clips = [
        p.generate_blocking(request(SHOT), tmp_path, quiet) for p in (marked, AnimaticProvider())
    ]
    assert clips[0].sha256 == clips[1].sha256


def test_the_slate_changes_its_own_box_and_nothing_else():
    plain, slated = (draw_shot(request(SHOT, options={"slate": on})) for on in (False, True))
    (board,) = slated.marks
    one, other = seen(plain), seen(slated)
    assert changed(one, other, board.hides) > 20
    for picture_ in (one, other):
        # Interpolated colours reach a pixel or two over the edge.
        left, top, right, bottom = board.hides
        picture_.paste((0, 0, 0), (left - 2, top - 2, right + 2, bottom + 2))
    assert changed(one, other) == 0


def test_seconds_and_frames_run_and_the_last_frame_says_so():
    clap = Clap(scene="", shot="", frames=48, fps=24)
    assert [clap.frame_at(n) for n in (0, 47)] == ["001/048", "048/048"]
    assert [clap.seconds_at(n) for n in (0, 24, 47)] == [
        "00.00/02.00",
        "01.00/02.00",
        "01.96/02.00",
    ]
    long = Clap(scene="", shot="", frames=36_000, fps=60)
    assert long.frame_at(0) == "00001/36000"
    assert {len(long.seconds_at(n)) for n in (0, 35_999)} <= {
        len("00.00/600.00"),
        len("599.98/600.00"),
    }


def test_only_the_digits_run():
    reel = draw_shot(request(SHOT, seconds=1.0, options={"slate": True}))
    (board,) = reel.marks
    one, other = seen(reel, 0), seen(reel, 7)
    for name, field in board.fields.items():
        box = (field.left, field.top, field.left + field.width, field.top + 20)
        assert (changed(one, other, box) > 0) == (name in {"seconds", "frame"}), name


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("words", ["", "harbour", "an endless scene title " * 9, "Überfährt" * 30])
@pytest.mark.parametrize("count", [1, 96, 36_000])
def test_every_field_stays_in_the_title_safe_area_and_clear_of_the_others(
    width, height, words, count
):
    lettering = Lettering()
    clap = Clap(scene=words, shot=words, frames=count, fps=60)
    fields = board_fields(clap, width, height, lettering)
    assert list(fields) == ["scene", "shot", "take", "seconds", "frame"]
    left, top, right, bottom = safe_area(width, height, TITLE_SAFE)
    placed = list(fields.values())
    for field in placed:
        assert left <= field.left
        assert field.left + field.width <= right
        assert top <= field.top < bottom
        assert field.left % 2 == field.top % 2 == 0
    for one, other in itertools.pairwise(placed):
        assert other.top > one.top or other.left >= one.left + one.width
    board = Board(clap, width, height, lettering)
    size = board._size
    for field in placed:
        assert lettering.measure(field.text, Hand.STRONG, size) <= field.width
    assert board.hides[3] <= height * 0.35


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_guides_stand_at_ninety_three_and_ninety_per_cent(width, height):
    for share in (ACTION_SAFE, TITLE_SAFE):
        left, top, right, bottom = safe_area(width, height, share)
        assert (right - left) / width == pytest.approx(share, abs=4 / width)
        assert (bottom - top) / height == pytest.approx(share, abs=4 / height)
        assert (left, top) == (width - right, height - bottom)


def test_the_guides_show_on_black_and_on_white_and_leave_the_rest_alone():
    for colour in ("black", "white"):
        blank = Image.new("RGB", (640, 360), colour)
        frame = picture(blank)
        Guides(640, 360).lay(frame, 0)
        drawn = frame_of(frame, 0, 24).to_image()
        for share in (ACTION_SAFE, TITLE_SAFE):
            left, top, right, bottom = safe_area(640, 360, share)
            for line in ((left, top, right, top + 2), (left, top, left + 2, bottom)):
                assert abs(brightness(drawn.crop(line)) - brightness(blank)) > 25
        assert changed(drawn, blank, (60, 60, 300, 160)) < 3


def test_title_guides_are_as_yellow_across_as_they_are_down():
    frame = picture(Image.new("RGB", (640, 360), "black"))
    Guides(640, 360).lay(frame, 0)
    left, top, *_ = safe_area(640, 360, TITLE_SAFE)
    blues = [frame.u.getpixel(at) for at in ((160, top // 2), (left // 2, 90))]
    assert blues[0] == blues[1] < 110


def test_pinned_pictures_make_room_for_the_slate(paint):
    pinned = Reference(media=paint((200, 30, 30)), role=ReferenceRole.OBJECT, subject="a kite")
    plain, slated = (
        draw_shot(request(SHOT, references=[pinned], options={"slate": on})) for on in (False, True)
    )
    (board,) = slated.marks
    assert slated.pinned[0].top >= board.hides[3]
    assert plain.pinned[0].top < board.hides[3]


def test_the_slate_of_a_frame_handed_on_does_not_shine_through(paint):
    shot = story(being("noor"), continuity=Continuity.CHAIN)
    asked = {"seconds": 1.0, "options": {"slate": True}}
    white = draw_shot(request(shot, first_frame=paint((255, 255, 255)), **asked))
    alone = draw_shot(request(shot, **asked))
    (board,) = white.marks
    left, top, right, bottom = board.hides
    inner = (left + 2, top + 2, right - 2, bottom - 2)
    assert changed(seen(white), seen(alone), inner) < 1
    assert changed(seen(white), seen(alone)) > 5


@pytest.mark.parametrize("shape", AspectRatio)
def test_slate_and_guides_render_in_every_shape(tmp_path, shape):
    asked = request(
        SHOT,
        aspect_ratio=shape,
        resolution=Resolution.P360,
        options={"slate": True, "guides": True},
    )
    clip = AnimaticProvider().generate_blocking(asked, tmp_path, quiet)
    assert len(frames(clip.path)) == 6
