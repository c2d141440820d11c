"""Low and high cameras, children by a grown person's measure, and the signs of the moves."""

from __future__ import annotations

from itertools import combinations

import pytest
from animatic_kit import being, brightness, request, story
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from ministudio.plugin import (
    AspectRatio,
    Camera,
    CameraAngle,
    CameraMove,
    Lettering,
    PlaceKind,
    ShotSize,
)
from ministudio_animatic.angles import keystone
from ministudio_animatic.camera import Reach
from ministudio_animatic.captions import band
from ministudio_animatic.card import Sheet, draw_backdrop, draw_part
from ministudio_animatic.figures import read_figures
from ministudio_animatic.framing import Body, Frame
from ministudio_animatic.planes import frame_of, picture
from ministudio_animatic.sheet import Piece, bent
from ministudio_animatic.shot import draw_shot
from ministudio_animatic.signs import SIGNED, draw_sign
from ministudio_animatic.slate import Slate, read_slate
from ministudio_animatic.staging import stage
from ministudio_animatic.views import opened

LEANING = st.sampled_from([CameraAngle.LOW, CameraAngle.HIGH])
SIZES = st.sampled_from(ShotSize)
ASPECTS = st.sampled_from([16 / 9, 9 / 16, 1.0, 21 / 9])
BANDS = st.floats(0.66, 0.86)
WHOLE = [ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.FULL]
CLOSE = [ShotSize.MEDIUM_CLOSE_UP, ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP]
NOOR = being("noor", clothing="a yellow raincoat", hair="short black hair")
LEVEL = (CameraAngle.EYE, CameraAngle.OVER_THE_SHOULDER, CameraAngle.DUTCH)


def _frame(angle: CameraAngle, size: ShotSize, place: PlaceKind, *cast, move=CameraMove.STATIC):
    camera = Camera(size=size, angle=angle, move=move)
    reel = draw_shot(request(story(*cast, camera=camera, place=place, time_of_day="noon")))
    return frame_of(reel.frame(0), 0, reel.fps).to_image()


def _mean(image: Image.Image, left: float, top: float, right: float, bottom: float) -> list[float]:
    wide, high = image.size
    box = (int(left * wide), int(top * high), int(right * wide), int(bottom * high))
    return ImageStat.Stat(image.crop(box)).mean


@given(LEANING, SIZES, ASPECTS, BANDS, st.tuples(st.floats(-1, 3), st.floats(-0.2, 1.2)))
@settings(max_examples=300, deadline=None)
def test_what_is_seen_is_found_again(angle, size, aspect, low, point):
    lens = keystone(angle, size, aspect, low)
    assert lens.upright(*lens.seen(*point)) == pytest.approx(point, abs=1e-6)


@given(LEANING, SIZES, ASPECTS, st.floats(0, 400), st.floats(0, 400))
@settings(max_examples=200, deadline=None)
def test_pixels_come_from_where_the_geometry_says(angle, size, aspect, px, py):
    lens = keystone(angle, size, aspect, 0.72)
    target, source, unit = (-0.1, 0.03), (-0.4, -0.2), 360.0
    a, b, c, d, e, f, g, h = lens.matrix(target, source, unit)
    below = g * px + h * py + 1
    found = (a * px + b * py + c) / below, (d * px + e * py + f) / below
    x, y = lens.upright(target[0] + px / unit, target[1] + py / unit)
    assert found == pytest.approx(((x - source[0]) * unit, (y - source[1]) * unit), abs=1e-4)


@pytest.mark.parametrize("size", ShotSize)
def test_looking_up_uprights_meet_above_and_looking_down_below(size):
    def widths(angle: CameraAngle) -> tuple[float, float]:
        lens = keystone(angle, size, 16 / 9, 0.72)
        return tuple(lens.seen(1.2, y)[0] - lens.seen(0.6, y)[0] for y in (0.1, 0.7))

    low, high = widths(CameraAngle.LOW), widths(CameraAngle.HIGH)
    assert low[1] > 1.2 * low[0]
    assert high[0] > 1.15 * high[1]


@pytest.mark.parametrize("angle", LEVEL)
def test_a_level_camera_bends_nothing(angle):
    assert keystone(angle, ShotSize.FULL, 16 / 9, 0.72) is None
    sheet = Sheet(width=160, height=90, reach=Reach(-0.5, -0.5, 0.5, 0.5))
    piece = Piece(Image.new("RGBA", (20, 20), (255, 0, 0, 255)), 4, 6)
    assert sheet.upright is sheet
    assert bent(piece, sheet) is piece


@given(LEANING, SIZES, ASPECTS, BANDS, st.integers(1, 3))
@settings(max_examples=300, deadline=None)
def test_faces_stay_in_the_frame_and_above_the_captions_from_low_and_high(
    angle, size, aspect, low, count
):
    if size is ShotSize.EXTREME_CLOSE_UP:
        return  # it cuts into the face, as its name says
    lens = keystone(angle, size, aspect, low)
    parts = stage([Body(index=i) for i in range(count)], Frame(size, aspect, low), angle).parts
    for part in parts:
        half = part.head * 0.4
        corners = [
            lens.seen(part.x + dx, part.top + dy) for dx in (-half, half) for dy in (0.0, part.head)
        ]
        assert min(x for x, _ in corners) >= -0.01
        assert max(x for x, _ in corners) <= aspect + 0.01
        assert min(y for _, y in corners) >= -0.005
        assert max(y for _, y in corners) <= low + 0.02


@given(LEANING, SIZES, ASPECTS, BANDS)
@settings(max_examples=200, deadline=None)
def test_the_bent_card_is_covered_by_what_is_drawn(angle, size, aspect, low):
    lens = keystone(angle, size, aspect, low)
    reach = Reach(-0.62, -0.58, 0.62, 0.6)
    drawn = lens.covers(reach)
    for i in range(9):
        share = i / 8
        for x, y in ((share, 0.0), (share, 1.0), (0.0, share), (1.0, share)):
            at_x = (0.5 + reach.left + (reach.right - reach.left) * x) * aspect
            at_y = 0.5 + reach.top + (reach.bottom - reach.top) * y
            up_x, up_y = lens.upright(at_x, at_y)
            assert drawn.left - 1e-6 <= up_x / aspect - 0.5 <= drawn.right + 1e-6
            assert drawn.top - 1e-6 <= up_y - 0.5 <= drawn.bottom + 1e-6


def _horizon(angle: CameraAngle, size: ShotSize) -> float:
    frame = Frame(size, 16 / 9, 0.72)
    level = frame.backdrop(angle).horizon
    lens = keystone(angle, size, 16 / 9, 0.72)
    return lens.seen(0.0, level)[1] if lens else level


@pytest.mark.parametrize("size", ShotSize)
def test_the_horizon_says_how_high_the_camera_is(size):
    low, eye, high = (
        _horizon(angle, size) for angle in (CameraAngle.LOW, CameraAngle.EYE, CameraAngle.HIGH)
    )
    assert low - eye > 0.05
    assert eye - high > 0.2
    assert low >= 0.57
    assert high <= 0.25
    if size in CLOSE:
        assert low > 0.72, "behind the head is sky"
        assert high < 0, "behind the head is ground"


@pytest.mark.parametrize("size", ShotSize)
def test_in_a_field_the_sky_is_behind_from_below_and_the_ground_from_above(size):
    for angle, sky in ((CameraAngle.LOW, True), (CameraAngle.HIGH, False)):
        red, _, blue = _mean(_frame(angle, size, PlaceKind.FIELD, NOOR), 0.02, 0.34, 0.1, 0.44)
        assert (blue > red) is sky, (angle, size)


def _shape(angle: CameraAngle, size: ShotSize, clothing="a white dress") -> Image.Image:
    """The mask of somebody as drawn, cut to what there is of it."""
    shot = story(being("noor", clothing=clothing), camera=Camera(size=size, angle=angle))
    figures = read_figures(shot)
    staged = stage([figure.body for figure in figures], Frame(size, 16 / 9, 0.72), angle)
    lens = keystone(angle, size, 16 / 9, 0.72)
    sheet = Sheet(width=640, height=360, reach=Reach(-0.5, -0.5, 0.5, 0.5), keystone=lens)
    piece = draw_part(shot, figures[0], staged.parts[0], sheet)[0]
    mask = piece.image.getchannel("A").point(lambda a: 255 if a > 240 else 0)
    return mask.crop(mask.getbbox())


@pytest.mark.parametrize("size", WHOLE)
def test_seen_from_below_legs_are_long_and_the_head_is_small_and_from_above_the_reverse(size):
    def slimness(angle: CameraAngle) -> float:
        """Width near the top of the figure over width near its bottom."""
        mask = _shape(angle, size)
        wide, high = mask.size
        rows = [
            mask.crop((0, int(high * a), wide, int(high * b))) for a, b in ((0.0, 0.2), (0.6, 0.8))
        ]
        head, skirt = (ImageStat.Stat(row).sum[0] / row.height for row in rows)
        return head / skirt

    low, eye, high = map(slimness, (CameraAngle.LOW, CameraAngle.EYE, CameraAngle.HIGH))
    assert low < eye < high
    assert high > 1.15 * low


def test_from_above_somebody_casts_a_long_shadow_on_the_ground():
    def dark(angle: CameraAngle) -> int:
        shot = story(NOOR, camera=Camera(size=ShotSize.FULL, angle=angle), place=PlaceKind.FIELD)
        figures = read_figures(shot)
        staged = stage([figures[0].body], Frame(ShotSize.FULL, 16 / 9, 0.72), angle)
        sheet = Sheet(width=640, height=360, reach=Reach(-0.5, -0.5, 0.5, 0.5))
        shadow = draw_part(shot, figures[0], staged.parts[0], sheet)[1]
        alpha = shadow.image.getchannel("A")
        return sum(alpha.histogram()[40:130])

    assert dark(CameraAngle.HIGH) > 2 * dark(CameraAngle.EYE)


@pytest.mark.parametrize("size", [ShotSize.WIDE, ShotSize.FULL, ShotSize.MEDIUM, ShotSize.CLOSE_UP])
def test_from_below_a_room_has_a_ceiling(size):
    low = _frame(CameraAngle.LOW, size, PlaceKind.INTERIOR)
    eye = _frame(CameraAngle.EYE, size, PlaceKind.INTERIOR)
    strip = (0, 0, low.width, int(low.height * 0.08))
    assert brightness(low.crop(strip)) < brightness(eye.crop(strip)) - 12


@pytest.mark.parametrize("kind", [PlaceKind.FIELD, PlaceKind.SEA, PlaceKind.SKY, PlaceKind.STREET])
@pytest.mark.parametrize("angle", [CameraAngle.LOW, CameraAngle.HIGH])
@pytest.mark.parametrize("aspect", ["16:9", "21:9", "9:16"])
def test_no_corner_of_a_bent_place_is_left_bare(kind, angle, aspect):
    """The farthest a camera sees: an orbit over the widest place."""
    camera = Camera(size=ShotSize.EXTREME_WIDE, angle=angle, move=CameraMove.ORBIT_LEFT)
    shot = request(story(NOOR, camera=camera, place=kind), aspect_ratio=AspectRatio(aspect))
    reel = draw_shot(shot)
    for number in (0, reel.frames - 1):
        seen = frame_of(reel.frame(number), number, reel.fps).to_image()
        row = seen.crop((0, int(seen.height * 0.5), seen.width, int(seen.height * 0.5) + 1))
        assert row.convert("L").getextrema()[0] > 10


@given(st.integers(0, 40), st.floats(0.7, 1.8))
@settings(max_examples=60, deadline=None)
def test_opened_ground_begins_where_it_did_and_spreads_below(level, stretch):
    card = picture(Image.linear_gradient("L").resize((64, 200)).convert("RGB"))
    frame = opened(card, (0, 0, 64, 80), (64, 80), float(level), stretch).y
    plain = card.y
    for row in range(0, 80, 8):
        from_row = row if row < level else level + (row - level) / stretch
        assert abs(frame.getpixel((5, row)) - plain.getpixel((5, min(199, int(from_row))))) <= 4


@pytest.mark.parametrize("move", [CameraMove.CRANE_UP, CameraMove.PEDESTAL_UP])
def test_as_the_camera_rises_more_ground_is_seen_between_horizon_and_feet(move):
    shot = request(
        story(NOOR, camera=Camera(size=ShotSize.FULL, move=move), place=PlaceKind.FIELD), seconds=4
    )
    reel = draw_shot(shot)
    assert reel.path.ground
    level, feet = reel.path.ground
    assert level < feet

    def ground(seconds: float) -> float:
        far = reel.path.shown(0.5, level, seconds, 0.0)[1]
        return reel.path.shown(0.5, feet, seconds)[1] - far

    assert ground(4.0) > 1.25 * ground(0.0)


def test_in_an_orbit_somebody_alone_shows_the_other_side():
    shot = story(NOOR, camera=Camera(size=ShotSize.MEDIUM, move=CameraMove.ORBIT_RIGHT))
    reel = draw_shot(request(shot, seconds=2))
    one, other = (side[0].shows[0].colours.y.resize((80, 80)) for side in (reel.near, reel.turned))
    apart = ImageStat.Stat(ImageChops.difference(one, other)).mean[0]
    assert apart > 3
    static = request(story(NOOR, camera=Camera(size=ShotSize.MEDIUM, move=CameraMove.TRUCK_LEFT)))
    assert not draw_shot(static).turned


def test_two_people_are_not_turned_but_change_in_size():
    elias = being("elias", clothing="a blue coat")
    shot = story(NOOR, elias, camera=Camera(size=ShotSize.MEDIUM, move=CameraMove.ORBIT_LEFT))
    reel = draw_shot(request(shot, seconds=2))
    assert not reel.turned
    assert len(reel.near) == 2


@pytest.mark.parametrize("size", [ShotSize.WIDE, ShotSize.FULL, ShotSize.MEDIUM_WIDE])
def test_a_child_alone_has_room_above_its_head(size):
    child = Body(index=0, heads=4.85, width=1.7, child=True)
    frame = Frame(size, 16 / 9, 0.72)
    small = stage([child], frame, CameraAngle.EYE).parts[0]
    grown = stage([Body(index=0)], frame, CameraAngle.EYE).parts[0]
    assert small.top > grown.top + 0.04
    assert small.head == pytest.approx(grown.head)


@pytest.mark.parametrize("size", CLOSE)
def test_a_close_up_of_a_child_is_as_close_as_any(size):
    frame = Frame(size, 16 / 9, 0.72)
    small, grown = (
        stage([body], frame, CameraAngle.EYE).parts[0]
        for body in (Body(index=0, heads=4.85, child=True), Body(index=0))
    )
    assert (small.top, small.head) == (grown.top, grown.head)


def test_a_child_of_a_story_is_framed_as_one():
    shot = story(being("nils", age="a boy of seven"), being("noor", age="thirty"))
    assert [figure.body.child for figure in read_figures(shot)] == [True, False]


def test_every_move_has_its_own_sign_and_a_camera_that_stands_still_has_none():
    assert set(CameraMove) - SIGNED == {CameraMove.STATIC}
    signs = {move: draw_sign(move, 24, (240, 190, 92)).getchannel("A") for move in SIGNED}
    for move, sign in signs.items():
        assert sum(sign.histogram()[200:]) > 20, move
    for one, other in combinations(sorted(SIGNED), 2):
        assert sum(ImageChops.difference(signs[one], signs[other]).histogram()[128:]) > 6


@pytest.mark.parametrize("width", [1280, 404, 720])
@pytest.mark.parametrize("move", [CameraMove.PUSH_IN, CameraMove.CRANE_DOWN, CameraMove.HANDHELD])
def test_the_sign_stands_before_the_word_for_the_move(move, width):
    shot = story(NOOR, camera=Camera(move=move, angle=CameraAngle.LOW), shot_id="sh-10")
    lettering = Lettering()
    laid = band(read_slate(shot, 4.0, [], str), width, 720, lettering.measure)
    word = next(run for run in laid.fixed if run.text.startswith(move.value[:4].capitalize()))
    before = next(run for run in laid.fixed if "Low angle" in run.text)
    assert laid.sign
    assert before.x + before.width <= laid.sign.x + 1
    assert laid.sign.x + laid.sign.side <= word.x
    assert laid.sign.y >= laid.top - 1
    assert laid.sign.y + laid.sign.side <= laid.rule[1]


def test_a_still_camera_is_said_in_words_only():
    laid = band(Slate(camera="Medium  ·  Static  ·  4 s"), 1280, 720, Lettering().measure)
    assert laid.sign is None
    assert any(run.text == "Medium · Static · 4 s" for run in laid.fixed)


def test_an_angle_changes_the_place_but_not_what_stands_in_it():
    """The same room from below: drawn from the same dice, so that nothing changes places."""
    shots = [
        story(camera=Camera(size=ShotSize.WIDE, angle=angle), place=PlaceKind.FIELD)
        for angle in (CameraAngle.EYE, CameraAngle.HIGH)
    ]
    sheet = Sheet(width=320, height=180, reach=Reach(-0.5, -0.5, 0.5, 0.5))
    same = stage([], Frame(ShotSize.WIDE, 16 / 9, 0.72), CameraAngle.EYE)
    one, other = (draw_backdrop(shot, same, sheet) for shot in shots)
    above = (0, 0, 320, 88)
    assert ImageChops.difference(one.crop(above), other.crop(above)).getbbox() is None
