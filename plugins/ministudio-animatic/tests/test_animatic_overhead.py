"""Shots from overhead: a floor plan, and everybody on it seen from straight above."""

from __future__ import annotations

import math
from itertools import combinations

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
    Environment,
    EnvironmentContext,
    EnvironmentIdentity,
    PlaceKind,
    ShotSize,
)
from ministudio_animatic.camera import ABOVE, FLOOR, NEAR, Reach, path
from ministudio_animatic.card import Sheet
from ministudio_animatic.drawing.turned import TurnedCanvas, turned
from ministudio_animatic.figures import read_figures
from ministudio_animatic.figures.reclining import Lying, seen_lying
from ministudio_animatic.floorplan import footprint
from ministudio_animatic.framing import Frame
from ministudio_animatic.overhead import draw_cast, draw_floor, draw_hanging
from ministudio_animatic.reading.postures import read_pose
from ministudio_animatic.reading.swimming import read_wet
from ministudio_animatic.shot import draw_shot
from ministudio_animatic.staging import stage

ASPECTS = [16 / 9, 9 / 16, 1.0, 4 / 3, 21 / 9]
LOOSE = [size for size in ShotSize if size not in list(ShotSize)[-3:]]
TIGHT = list(ShotSize)[-3:]
SHEET = Sheet(width=320, height=180, reach=Reach(-0.5, -0.5, 0.5, 0.5))
BAND = 0.78


def _down(*cast, size=ShotSize.WIDE, move=CameraMove.STATIC, **fields):
    camera = Camera(size=size, angle=CameraAngle.OVERHEAD, move=move)
    return story(*cast, camera=camera, **fields)


def _staged(shot, aspect=16 / 9, band_top=BAND):
    bodies = [figure.body for figure in read_figures(shot)]
    return stage(bodies, Frame(shot.camera.size, aspect, band_top), CameraAngle.OVERHEAD)


def _floor(shot) -> Image.Image:
    return draw_floor(shot, _staged(shot), SHEET)


def _head(part) -> tuple[float, float]:
    """Where somebody's head is in the frame."""
    left, top, right, bottom = part.box
    across, down = footprint(part.body).centre(part.turn)
    return (left + right) / 2 - across * part.head, (top + bottom) / 2 - down * part.head


def _towards(part) -> tuple[float, float]:
    return turned((0.0, -1.0), part.turn)


def _differs(one, other) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other).convert("L")).mean[0]


def _rgb(planes) -> Image.Image:
    full = [planes.y, *(plane.resize(planes.y.size) for plane in (planes.u, planes.v))]
    return Image.merge("YCbCr", full).convert("RGB")


def _overlap(one, other) -> bool:
    return (
        one[0] < other[2] - 1e-9
        and other[0] < one[2] - 1e-9
        and one[1] < other[3] - 1e-9
        and other[1] < one[3] - 1e-9
    )


POSTURES = st.sampled_from(
    ["", "standing", "walking", "running", "sitting at the desk", "kneeling", "lying on her back",
     "lying curled up", "sprawled", "swimming", "sitting in a boat", "arms wide", "flying"]
)  # fmt: skip
DESCRIPTIONS = st.sampled_from(
    ["", "a tiny mouse", "a huge whale", "a white swan", "a fox", "a ship", "a red car", "an oak",
     "a little girl, eight", "a broad man", "a parcel", "an elephant", "a hen"]
)  # fmt: skip
CARRIED = st.sampled_from(["", "a book", "an umbrella", "a long staff", "a lantern"])


@st.composite
def casts(draw):
    """Up to six of any kind, in any posture."""
    return [
        being(
            f"being{index}",
            draw(st.sampled_from(BeingKind)),
            description=draw(DESCRIPTIONS),
            posture=draw(POSTURES),
            carrying=draw(CARRIED),
        )
        for index in range(draw(st.integers(1, 6)))
    ]


@pytest.mark.slow
@given(casts(), st.sampled_from(ShotSize), st.sampled_from(ASPECTS), st.sampled_from(PlaceKind),
       st.floats(0.66, 0.86))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_nobody_overlaps_and_everybody_is_in_the_frame_above_the_captions(
    cast, size, aspect, place, band_top
):
    staged = _staged(_down(*cast, size=size, place=place), aspect, band_top)
    seen = [part.body.index for part in staged.parts]
    assert seen
    assert sorted([*seen, *staged.absent]) == list(range(len(cast)))
    for one, other in combinations(staged.parts, 2):
        assert not _overlap(one.box, other.box)
    for part in staged.parts:
        x, y = _head(part)
        assert 0 < x < aspect
        assert 0 < y < band_top
        if size in LOOSE or len(staged.parts) > 1:
            left, top, right, bottom = part.box
            assert left >= 0
            assert top >= 0
            assert right <= aspect
            assert bottom < band_top


@st.composite
def shots(draw):
    """Any shot from overhead."""
    return _down(
        *draw(casts()),
        size=draw(st.sampled_from(ShotSize)),
        move=draw(st.sampled_from(CameraMove)),
        place=draw(st.sampled_from([None, *PlaceKind])),
        weather=draw(st.sampled_from(["", "rain", "snow", "fog", "dust"])),
        time_of_day=draw(st.sampled_from(["", "night", "dawn", "dusk"])),
    )


@pytest.mark.slow
@given(shots(), st.sampled_from(AspectRatio), st.integers(0, 5))
@settings(max_examples=25, deadline=None)
def test_any_story_from_overhead_becomes_a_picture(shot, shape, number):
    asked = request(shot, aspect_ratio=shape)
    picture = _rgb(draw_shot(asked).frame(number))
    assert picture.size == (asked.size.width, asked.size.height)
    above = picture.crop((0, 0, picture.width, picture.height // 2))
    assert shades(above) > 12
    assert 8 < brightness(above) < 250


@pytest.mark.parametrize("kind", PlaceKind)
def test_every_kind_of_place_looks_otherwise_from_overhead(kind):
    level = _rgb(draw_shot(request(story(camera=Camera(size=ShotSize.WIDE), place=kind))).far)
    down = _rgb(draw_shot(request(_down(place=kind))).far)
    assert _differs(level, down) > 6


@pytest.mark.parametrize("kind", [PlaceKind.FIELD, PlaceKind.DESERT, PlaceKind.FOREST])
def test_there_is_no_horizon_the_top_of_the_frame_is_ground_too(kind):
    def bands(picture):
        high, wide = picture.height, picture.width
        rows = [picture.crop((0, top, wide, top + high // 8)) for top in (0, high // 2)]
        return [ImageStat.Stat(row).mean for row in rows]

    eye = story(camera=Camera(size=ShotSize.WIDE), place=kind)
    sky, ground = bands(_rgb(draw_shot(request(eye)).far))
    top, middle = bands(_floor(_down(place=kind)))
    assert math.dist(top, middle) < 35
    assert math.dist(sky, ground) > math.dist(top, middle)


def test_every_kind_of_place_has_a_ground_of_its_own():
    floors = [_floor(_down(place=kind)) for kind in PlaceKind]
    for one, other in combinations(floors, 2):
        assert _differs(one, other) > 4
    assert all(shades(floor) > 30 for floor in floors)


def test_a_place_is_the_same_plan_in_every_shot():
    shot = _down(place=PlaceKind.VILLAGE)
    other = attrs.evolve(shot, action="Something else.", shot_id="another", mood="grim")
    assert _floor(shot) == _floor(other)
    elsewhere = attrs.evolve(
        shot,
        place=Environment(
            name="another village", identity=EnvironmentIdentity(kind=PlaceKind.VILLAGE)
        ),
    )
    assert _floor(shot) != _floor(elsewhere)


def test_hour_weather_and_fixed_elements_show_on_the_ground():
    shot = _down(place=PlaceKind.VILLAGE)
    plain = _floor(shot)
    night = attrs.evolve(shot, context=EnvironmentContext(time_of_day="night"))
    snow = attrs.evolve(shot, context=EnvironmentContext(weather="snow"))
    assert brightness(_floor(night)) < brightness(plain) - 20
    assert brightness(_floor(snow)) > brightness(plain) + 8
    identity = EnvironmentIdentity(kind=PlaceKind.VILLAGE, fixed_elements=["a stone well"])
    well = attrs.evolve(shot, place=Environment(name=shot.place.name, identity=identity))
    assert _differs(_floor(well), plain) > 0.5


def test_two_people_look_at_each_other():
    one, other = _staged(_down(being("noor"), being("elias"))).parts
    across = other.x - one.x
    assert across > 0
    assert _towards(one)[0] > 0.9
    assert _towards(other)[0] < -0.9


def test_a_group_stands_in_a_ring_not_in_a_line():
    parts = _staged(_down(*(being(name) for name in "abcd"))).parts
    assert len({round(part.top, 2) for part in parts}) > 1
    middle = [sum(_head(part)[k] for part in parts) / 4 for k in (0, 1)]
    for part in parts:
        head, (across, down) = _head(part), _towards(part)
        assert (middle[0] - head[0]) * across + (middle[1] - head[1]) * down > 0


def test_in_a_narrow_frame_two_people_who_would_not_fit_abreast_stand_above_each_other():
    cast = being("noor"), being("elias")
    one, other = _staged(_down(*cast, size=ShotSize.MEDIUM), aspect=9 / 16).parts
    assert one.box[3] <= other.box[1]
    assert _towards(one)[1] > 0.9
    assert _towards(other)[1] < -0.9


def test_those_on_their_way_look_where_they_go():
    cast = [being(name, posture="walking") for name in ("ada", "bo")]
    bodies = [figure.body for figure in read_figures(_down(*cast))]
    for heading in (1, -1):
        frame = Frame(ShotSize.WIDE, 16 / 9, BAND)
        parts = stage(bodies, frame, CameraAngle.OVERHEAD, heading).parts
        assert all(_towards(part)[0] * heading > 0.9 for part in parts)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_each_size_is_closer_than_the_one_before(aspect):
    shots = [_down(being("noor"), size=size) for size in ShotSize]
    heads = [_staged(shot, aspect).parts[0].head for shot in shots]
    assert heads == sorted(heads)
    assert heads[-1] > 8 * heads[0]


def test_who_swims_is_above_the_shore_and_who_stands_below_it():
    cast = being("tom", posture="standing"), being("ana", posture="swimming")
    staged = _staged(_down(*cast, place=PlaceKind.SEA))
    tom, ana = sorted(staged.parts, key=lambda part: part.body.index)
    assert ana.afloat
    assert not tom.afloat
    assert ana.box[3] < staged.backdrop.shore < tom.box[1]


def test_where_everybody_is_in_a_boat_there_is_no_land():
    staged = _staged(_down(being("tom", posture="rowing a boat, aboard"), place=PlaceKind.SEA))
    assert staged.backdrop.shore > 1


def test_whoever_lies_takes_more_floor_than_whoever_stands():
    def longest(posture):
        part = _staged(_down(being("noor", posture=posture))).parts[0]
        left, top, right, bottom = part.box
        return max(right - left, bottom - top) / part.head

    assert longest("lying on her back") > 5
    assert longest("lying curled up") < longest("lying on her back")
    assert longest("standing") < 3


@pytest.mark.parametrize(
    ("posture", "water", "lying"),
    [
        ("lying on his back", False, Lying.BACK),
        ("asleep", False, Lying.BACK),
        ("lies curled up on the rug", False, Lying.CURLED),
        ("sprawled in the snow", False, Lying.SPREAD),
        ("swimming", True, Lying.SWIM),
        ("swimming", False, None),
        ("asleep, sitting in a chair", False, None),
        ("standing", False, None),
        ("", False, None),
    ],
)
def test_words_say_how_somebody_lies(posture, water, lying):
    wet = read_wet(posture, "", "Noor") if water else None
    assert seen_lying(read_pose(posture, "", ""), wet) is lying


def _tile(**words) -> Image.Image:
    figure = read_figures(_down(being("noor", **words)))[0]
    canvas = TurnedCanvas((240, 240), (120.0, 120.0), 30.0, 0.0)
    figure.above.draw(canvas, lambda colour: colour)
    return canvas.finish()


def _share(tile, colour) -> float:
    """How much of a figure is about of one colour."""
    near = sum(
        count
        for count, (*rgb, alpha) in tile.getcolors(tile.width * tile.height)
        if alpha > 200 and math.dist(rgb, colour) < 60
    )
    whole = sum(tile.getchannel("A").histogram()[200:])
    return near / whole


def test_people_keep_the_colours_they_are_known_by():
    tile = _tile(clothing="a crimson jumper, navy trousers", hair="short white hair")
    assert _share(tile, (168, 36, 58)) > 0.3
    assert _share(tile, (233, 230, 223)) > 0.1
    bald = _tile(clothing="a crimson jumper, navy trousers", hair="bald", skin="dark brown")
    assert _share(bald, (233, 230, 223)) < 0.1


def test_hats_crowns_and_postures_are_another_drawing():
    tiles = [
        _tile(clothing=clothing, posture=posture, hair="brown")
        for clothing, posture in (
            ("a red coat", "standing"),
            ("a red coat, a gold crown", "standing"),
            ("a red coat, a blue cap", "standing"),
            ("a red coat", "walking"),
            ("a red coat", "sitting on a chair"),
            ("a red coat", "kneeling"),
            ("a red coat", "standing, pointing"),
            ("a red coat", "standing, hands open"),
            ("a red coat", "lying"),
        )
    ]
    for one, other in combinations(tiles, 2):
        assert _differs(one.convert("RGB"), other.convert("RGB")) > 0.15


def test_figures_cast_a_shadow_away_from_the_light():
    def dark(hour):
        shot = _down(being("noor"), place=PlaceKind.DESERT, time_of_day=hour, weather="clear")
        staged = _staged(shot)
        shades_ = draw_cast(shot, read_figures(shot), staged, SHEET)[0].image.getchannel("A")
        left, _, right, _ = shades_.getbbox()
        return (left + right) / 2 / SHEET.unit - staged.parts[0].x

    assert dark("morning") < 0 < dark("afternoon")


def test_floor_figures_and_what_hangs_above_move_apart_under_a_carried_camera():
    shot = _down(being("noor"), place=PlaceKind.FOREST, move=CameraMove.TRUCK_LEFT)
    reel = draw_shot(request(shot))
    assert reel.near
    assert reel.above
    course = path(shot.camera, 4.0)
    start = [course.at(0.0, depth).x for depth in (FLOOR, NEAR, ABOVE)]
    assert start == sorted(start)
    assert len(set(start)) == 3


@pytest.mark.parametrize("move", [CameraMove.PEDESTAL_UP, CameraMove.CRANE_UP, CameraMove.PULL_OUT])
def test_a_camera_that_rises_sees_more_of_the_floor(move):
    course = path(Camera(angle=CameraAngle.OVERHEAD, move=move), 4.0)
    assert course.at(4.0).size > course.at(0.0).size


@pytest.mark.slow
def test_every_camera_move_from_overhead_is_another_film():
    ends = []
    for move in CameraMove:
        reel = draw_shot(request(_down(being("noor"), move=move)))
        ends.append([_rgb(reel.frame(number)) for number in (0, 5)])
    for one, other in combinations(ends, 2):
        assert max(_differs(a, b) for a, b in zip(one, other, strict=True)) > 0.3


def test_nothing_hangs_over_somebody():
    shot = _down(being("noor"), place=PlaceKind.FOREST, size=ShotSize.EXTREME_WIDE)
    staged = _staged(shot)
    crowns = draw_hanging(shot, staged, SHEET)[0].image.getchannel("A")
    assert crowns.getbbox() is not None
    box = tuple(round(edge * SHEET.unit) for edge in staged.parts[0].box)
    assert crowns.crop(box).getbbox() is None


def test_a_turned_canvas_turns_clockwise():
    canvas = TurnedCanvas((40, 40), (20.0, 20.0), 10.0, math.pi / 2)
    canvas.ellipse((0.0, -1.2), 0.3, 0.3, (255, 0, 0))
    left, top, right, bottom = canvas.finish().getchannel("A").getbbox()
    assert left > 26
    assert 14 < top < bottom < 26
    assert right < 38
