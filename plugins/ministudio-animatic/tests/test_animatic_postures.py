"""Postures other than standing: lying, in the water, on all fours, in the air, on the floor."""

from __future__ import annotations

import math
from itertools import combinations

import attrs
import pytest
from animatic_kit import being, request, story
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from ministudio.plugin import (
    BeingKind,
    Camera,
    CameraAngle,
    EnvironmentContext,
    PlaceKind,
    ShotSize,
)
from ministudio_animatic.drawing.canvas import Canvas
from ministudio_animatic.drawing.colour import mix
from ministudio_animatic.drawing.turned import Turned
from ministudio_animatic.figures import read_figures
from ministudio_animatic.framing import Body, Frame
from ministudio_animatic.reading.postures import Legs, Seat, read_pose
from ministudio_animatic.reading.rest import Bed, Lie, asleep
from ministudio_animatic.reading.swimming import Stroke, Wet, read_wet
from ministudio_animatic.reading.traits import read_person
from ministudio_animatic.shot import draw_shot
from ministudio_animatic.staging import Part, stage

UNIT = 20
CLEAR = 8  # heads around the middle of a drawing, across and down
LIES = [
    "lying on her back", "lying on her side", "lying on her stomach", "curled up on the floor",
    "sprawled on the ground", "asleep in bed", "asleep on the sofa", "lying on a bench",
]  # fmt: skip
LOW = [*LIES, "crawling", "falling from a tower"]
WATER = ["swimming", "floating on her back", "drowning", "up to her waist in the water",
         "up to her neck in the water", "wading", "treading water"]  # fmt: skip
UPRIGHT = ["standing", "sitting on a chair", "sitting on the floor", "kneeling", "crouching",
           "leaning on the wall", "jumping", "dancing", "climbing a ladder", "running"]  # fmt: skip
ASPECTS = [16 / 9, 9 / 16, 1.0, 4 / 3, 21 / 9]
LEVELS = [CameraAngle.EYE, CameraAngle.LOW, CameraAngle.HIGH]
TIGHT = [ShotSize.MEDIUM_CLOSE_UP, ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP]
WHOLE = [ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.FULL]


def _figure(posture: str, kind: BeingKind = BeingKind.HUMAN, place=PlaceKind.FIELD, **words: str):
    member = being("noor", kind, posture=posture, **words)
    return read_figures(story(member, action="Nothing moves.", place=place))[0]


def _bodies(*postures: str, place: PlaceKind = PlaceKind.FIELD) -> list[Body]:
    cast = [being(f"p{i}", posture=posture) for i, posture in enumerate(postures)]
    return [figure.body for figure in read_figures(story(*cast, action="So it is.", place=place))]


def _drawn(figure, facing: int = 1) -> Image.Image:
    canvas = Canvas(2 * CLEAR * UNIT, 2 * CLEAR * UNIT, (-CLEAR, -CLEAR / 2), UNIT)
    figure.draw(canvas, Part(body=figure.body, x=0, top=0, head=1, facing=facing), lambda c: c)
    return canvas.finish()


def _box(image: Image.Image) -> tuple[float, float, float, float]:
    """What is drawn, in heads from where the figure's highest point should be."""
    solid = image.getchannel("A").point(lambda alpha: 255 if alpha > 200 else 0)
    left, top, right, bottom = solid.getbbox()
    return left / UNIT - CLEAR, top / UNIT - CLEAR / 2, right / UNIT - CLEAR, bottom / UNIT - 4


def _solid(image: Image.Image) -> Image.Image:
    return image.getchannel("A").point(lambda alpha: 255 if alpha > 200 else 0)


def _differs(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other).convert("L")).mean[0]


def _shown(posture: str, size: ShotSize, place: PlaceKind = PlaceKind.FIELD, **words: str):
    member = being("noor", posture=posture, **words)
    shot = story(member, action="Nothing moves.", place=place, camera=Camera(size=size))
    return draw_shot(request(shot)).frame(0).y


def _face(part: Part) -> tuple[float, float, float]:
    """The middle of the face in the frame, and half its size."""
    across, down, high = part.body.face or (0.0, 0.5, 1.0)
    x = part.x + part.facing * across * part.head
    return x, part.top + down * part.head, high * part.head / 2


# What the words mean


@pytest.mark.parametrize(
    ("posture", "action", "legs"),
    [
        ("lying on the floor", "", Legs.LIE),
        ("on her back in the grass", "", Legs.LIE),
        ("curled up asleep", "", Legs.LIE),
        ("collapsed by the door", "", Legs.LIE),
        ("", "Noor lies down on the bench.", Legs.LIE),
        ("", "Noor slowly collapses.", Legs.LIE),
        ("asleep", "", Legs.LIE),
        ("asleep in an armchair", "", Legs.SIT),
        ("asleep at her desk", "", Legs.SIT),
        ("sitting on the bed, half asleep", "", Legs.SIT),
        ("standing, asleep", "", Legs.STAND),
        ("", "Noor lies to Elias.", Legs.STAND),
        ("", "A letter lies on the table.", Legs.STAND),
        ("", "Noor sees Elias lying there.", Legs.STAND),
        ("", "The sleeping village is dark.", Legs.STAND),
        ("kneels beside the sleeping child", "", Legs.KNEEL),
        ("a child on his back", "", Legs.STAND),
        ("", "Noor holds his hand while he sleeps.", Legs.STAND),
        ("", "Snow falls; it lies on the roofs.", Legs.STAND),
        ("", "Noor lay the flowers down.", Legs.STAND),
        ("", "It is late. She lies down.", Legs.LIE),
        ("the man lies on the ground", "", Legs.STAND),
        ("Noor lies on the ground", "", Legs.LIE),
        ("crouching", "", Legs.CROUCH),
        ("on all fours", "", Legs.CRAWL),
        ("sits on the floor", "", Legs.FLOOR),
        ("cross-legged", "", Legs.FLOOR),
        ("sits on a rock, feet on the ground", "", Legs.SIT),
        ("leaning on the rail", "", Legs.LEAN),
        ("leans back in his chair", "", Legs.SIT),
        ("", "Noor climbs the stairs.", Legs.WALK),
        ("", "Noor climbs the rope.", Legs.CLIMB),
        ("falling through the sky", "", Legs.FALL),
        ("", "Rain is falling.", Legs.STAND),
        ("", "Noor falls asleep.", Legs.LIE),
        ("", "She falls from the tower.", Legs.FALL),
        ("jumping", "", Legs.JUMP),
        ("dancing", "", Legs.DANCE),
    ],
)
def test_postures_are_told_apart_by_their_words(posture, action, legs):
    assert read_pose(posture, "", action, name="Noor").legs is legs


@pytest.mark.parametrize(
    ("words", "lie", "bed", "blanket"),
    [
        ("asleep in bed", Lie.BACK, Bed.BED, True),
        ("curled up on the sofa", Lie.CURLED, Bed.SOFA, False),
        ("lying on the sofa under a quilt", Lie.SIDE, Bed.SOFA, True),
        ("lying on his stomach", Lie.FRONT, Bed.GROUND, False),
        ("lying on her side on the bench", Lie.SIDE, Bed.BENCH, False),
        ("sprawled on the ground", Lie.SPRAWLED, Bed.GROUND, False),
        ("unconscious on the floor beside the bed", Lie.SPRAWLED, Bed.GROUND, False),
    ],
)
def test_how_and_on_what_somebody_lies_is_read(words, lie, bed, blanket):
    rest = read_pose(words, "", "").rest
    assert (rest.lie, rest.bed, rest.blanket) == (lie, bed, blanket)


def test_eyes_are_shut_in_sleep_and_open_on_waking():
    assert asleep("asleep in bed", "", "Noor")
    assert asleep("", "Noor falls asleep.", "Noor")
    assert not asleep("asleep in bed", "Noor wakes.", "Noor")
    assert not asleep("lying awake", "", "Noor")
    assert not asleep("", "The sleeping dog twitches.", "Noor")
    assert not asleep("watches the sleeping child", "", "Noor")


@pytest.mark.parametrize(
    ("posture", "action", "wet"),
    [
        ("swimming", "", Wet(Stroke.SWIM)),
        ("", "Noor swims for the shore.", Wet(Stroke.SWIM)),
        ("up to her waist in the water", "", Wet(Stroke.STAND, 2.9)),
        ("wading, knee-deep", "", Wet(Stroke.STAND, 4.75)),
        ("standing in the water", "", Wet(Stroke.STAND, 2.9)),
        ("beneath the waves", "", Wet(Stroke.UNDER)),
        ("sitting on the pier, feet in the water", "", None),
        ("standing", "Elias swims for the shore.", None),
        ("standing", "", None),
    ],
)
def test_what_somebody_does_in_the_water_is_read(posture, action, wet):
    assert read_wet(posture, action, "Noor") == wet


# What is drawn


@pytest.mark.parametrize("posture", [*LIES, "crawling"])
@pytest.mark.parametrize("facing", [1, -1])
def test_who_lies_is_low_and_as_large_as_staging_is_told(posture, facing):
    figure = _figure(posture)
    left, top, right, bottom = _box(_drawn(figure, facing))
    assert right - left > bottom - top
    assert top >= -0.15
    assert bottom <= figure.body.heads + 0.15
    assert -left <= figure.body.width / 2 + 0.1
    assert right <= figure.body.width / 2 + 0.1
    assert right - left > figure.body.width * 0.75


@pytest.mark.parametrize("posture", LOW)
def test_the_face_is_where_staging_is_told_that_it_is(posture):
    for facing in (1, -1):
        figure = _figure(posture, skin="#12e0d0", hair="short black", clothing="a red coat")
        drawn = _drawn(figure, facing)
        across, down, high = figure.body.face
        x, y = (CLEAR + facing * across) * UNIT, (CLEAR / 2 + down) * UNIT
        half = high * UNIT * 0.35
        face = drawn.crop((round(x - half), round(y - half), round(x + half), round(y + half)))
        red, green, _, alpha = (band.tobytes() for band in face.split())
        skin = sum(a > 200 and g > 120 > r for r, g, a in zip(red, green, alpha, strict=True))
        assert skin > 0.5 * face.width * face.height


def test_every_posture_is_a_silhouette_of_its_own():
    drawn = {posture: _solid(_drawn(_figure(posture))) for posture in [*UPRIGHT, *LOW]}
    for one, other in combinations(drawn, 2):
        assert _differs(drawn[one], drawn[other]) > 1, (one, other)


def test_who_jumps_or_falls_is_in_the_air():
    for posture in ("jumping", "falling from a tower"):
        figure = _figure(posture)
        assert _box(_drawn(figure))[3] < figure.body.heads - 0.6


def test_a_sleeper_differs_from_who_lies_awake_by_the_eyes():
    faces = []
    for posture in ("lying asleep on the bed", "lying awake on the bed"):
        figure = _figure(posture)
        across, down, _ = figure.body.face
        x, y = (CLEAR + across) * UNIT, (CLEAR / 2 + down) * UNIT
        faces.append(_drawn(figure).crop((int(x - 12), int(y - 12), int(x + 12), int(y + 12))))
    assert _differs(*faces) > 1


def test_a_blanket_takes_the_colour_it_is_given():
    red, blue = (_figure(f"in bed under a {name} blanket") for name in ("red", "blue"))
    assert _differs(_drawn(red), _drawn(blue)) > 1.5


def test_a_child_is_shorter_lying_as_it_is_standing():
    grown, child = _figure("lying down"), _figure("lying down", age="six")
    assert child.body.width < grown.body.width * 0.85


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (BeingKind.ANIMAL, {"description": "a dog"}),
        (BeingKind.ANIMAL, {"description": "a horse"}),
        (BeingKind.ANIMAL, {"description": "a hen"}),
        (BeingKind.ROBOT, {}),
        (BeingKind.CREATURE, {}),
    ],
)
def test_other_beings_lie_too(kind, words):
    standing, lying, sleeping = (
        _figure(posture, kind, **words) for posture in ("standing", "lying down", "asleep")
    )
    assert lying.body.heads < standing.body.heads * 0.95
    _, top, _, bottom = _box(_drawn(lying))
    assert bottom <= lying.body.heads + 0.12
    assert top > -0.5
    assert _drawn(lying) != _drawn(sleeping)


def test_an_orb_and_a_thing_lie_as_they_stand():
    for kind in (BeingKind.ORB, BeingKind.OBJECT):
        assert _figure("lying", kind).body == _figure("standing", kind).body


def test_who_climbs_has_something_to_climb():
    assert {
        read_pose(f"climbing the {what}", "", "").seat
        for what in ("ladder", "rope", "tree", "wall")
    } == {Seat.LADDER, Seat.ROPE, Seat.TRUNK, Seat.CLIFF}


def test_what_somebody_lies_on_is_not_drawn_a_second_time():
    def beside(posture: str) -> Image.Image:
        shot = story(being("noor", posture=posture), action="Nothing.", camera=Camera(size="full"))
        shot = attrs.evolve(shot, context=EnvironmentContext(props=("a bed",)))
        return draw_shot(request(shot)).frame(0).y.crop((530, 100, 640, 240))

    assert beside("standing") == beside("lying on the floor")
    assert beside("lying in bed") != beside("lying on the floor")


# How it is framed


@pytest.mark.parametrize("angle", LEVELS)
@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("posture", LOW)
def test_the_face_of_who_lies_is_whole_in_every_size(posture, aspect, angle):
    for size in ShotSize:
        for band_top in (0.66, 0.78, 0.86):
            frame = Frame(size, aspect, band_top)
            (part,) = stage(_bodies(posture), frame, angle).parts
            x, y, half = _face(part)
            if size is ShotSize.EXTREME_CLOSE_UP:
                half *= 0.85  # it may cut into the hair
            assert x - half >= -0.02
            assert x + half <= aspect + 0.02
            assert y - half >= -0.02
            assert y + half <= band_top + 0.02


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("size", WHOLE)
def test_in_wide_sizes_all_of_who_lies_is_in_the_frame(size, aspect):
    for posture in LOW:
        (part,) = stage(_bodies(posture), Frame(size, aspect, 0.7), CameraAngle.EYE).parts
        left, top, right, bottom = part.box
        assert left >= 0
        assert top >= 0
        assert right <= aspect + 1e-9
        assert bottom <= 0.7


@pytest.mark.parametrize("posture", LOW)
@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_closer_size_shows_who_lies_larger(posture, aspect):
    heads = [
        stage(_bodies(posture), Frame(size, aspect, 0.7), CameraAngle.EYE).parts[0].head
        for size in ShotSize
    ]
    assert heads == sorted(heads)
    assert heads[-1] > 2 * heads[2]


@pytest.mark.parametrize("size", TIGHT)
def test_a_face_that_lies_fills_a_close_frame(size):
    (part,) = stage(_bodies("asleep in bed"), Frame(size, 16 / 9, 0.7), CameraAngle.EYE).parts
    assert part.head > 0.34
    x, y, _ = _face(part)
    assert 0.2 * 16 / 9 < x < 0.6 * 16 / 9
    assert 0.2 < y < 0.5


@pytest.mark.parametrize("size", list(ShotSize)[3:])
def test_the_ground_comes_up_under_who_lies_on_it(size):
    frame = Frame(size, 16 / 9, 0.7)
    staged = stage(_bodies("lying on the ground"), frame, CameraAngle.EYE)
    bottom = staged.parts[0].box[3]
    assert staged.backdrop.horizon < bottom - 0.05
    assert staged.backdrop.floor < bottom - 0.05


@pytest.mark.parametrize("size", [ShotSize.MEDIUM_WIDE, ShotSize.MEDIUM])
def test_one_who_lies_and_one_who_stands_are_shown_whole_on_one_ground(size):
    for aspect in ASPECTS:
        staged = stage(
            _bodies("lying on the floor", "standing"), Frame(size, aspect, 0.7), CameraAngle.EYE
        )
        assert not staged.absent
        low, tall = sorted(staged.parts, key=lambda part: part.body.index)
        assert abs(low.box[3] - tall.box[3]) < 0.04
        assert low.box[2] <= tall.box[0] + 1e-9
        assert low.head == pytest.approx(tall.head)


@pytest.mark.parametrize("size", TIGHT)
def test_a_close_frame_is_of_the_first_where_one_lies_and_one_stands(size):
    frame = Frame(size, 16 / 9, 0.7)
    for postures in (("lying", "standing"), ("standing", "lying")):
        staged = stage(_bodies(*postures), frame, CameraAngle.EYE)
        assert [part.body.index for part in staged.parts] == [0]
        assert staged.absent == [1]


def test_over_a_shoulder_one_looks_at_who_lies():
    parts = stage(
        _bodies("standing", "lying"), Frame(ShotSize.MEDIUM, 16 / 9, 0.7),
        CameraAngle.OVER_THE_SHOULDER,
    ).parts  # fmt: skip
    assert [(part.body.low, part.from_behind) for part in parts] == [(True, False), (False, True)]


def test_a_shot_wider_than_asked_is_noted():
    cast = being("noor", posture="lying on the floor"), being("elias", posture="standing")
    medium, full = (
        draw_shot(request(story(*cast, camera=Camera(size=size)))).notes
        for size in (ShotSize.MEDIUM, ShotSize.FULL)
    )
    assert any("wider than this shot size" in note for note in medium)
    assert not full


# The water


@pytest.mark.parametrize("size", list(ShotSize)[:5])
@pytest.mark.parametrize("posture", WATER)
def test_who_is_in_the_water_is_cut_at_its_surface(posture, size):
    for aspect in ASPECTS:
        for angle in LEVELS:
            frame = Frame(size, aspect, 0.7)
            staged = stage(_bodies(posture, place=PlaceKind.SEA), frame, angle)
            (part,) = staged.parts
            assert part.afloat
            assert staged.backdrop.horizon < part.box[3] < 0.7
            assert part.top >= 0
            assert 0 <= part.x - part.head / 2 < part.x + part.head / 2 <= aspect
            assert staged.backdrop.shore > 1  # no land in front of who swims


def test_in_a_close_up_the_water_is_at_the_neck_or_out_of_the_frame():
    frame = Frame(ShotSize.CLOSE_UP, 16 / 9, 0.7)
    neck, waist = _bodies("up to his neck in the water", "up to his waist in the water",
                          place=PlaceKind.SEA)  # fmt: skip
    (deep,) = stage([neck], frame, CameraAngle.EYE).parts
    assert deep.afloat
    assert deep.box[3] < 0.7
    assert stage([neck], frame, CameraAngle.EYE).backdrop.horizon < deep.box[3]
    assert not stage([waist], frame, CameraAngle.EYE).parts[0].afloat


def test_nobody_swims_where_there_is_no_water():
    assert _bodies("swimming", place=PlaceKind.INTERIOR)[0].afloat is None


def test_in_space_one_floats_without_water():
    assert _bodies("floating", place=PlaceKind.SPACE)[0].low
    assert not _bodies("standing", place=PlaceKind.SPACE)[0].low


def test_who_stands_ashore_has_land_and_who_swims_has_none():
    frame = Frame(ShotSize.FULL, 16 / 9, 0.7)
    both = stage(_bodies("swimming", "standing", place=PlaceKind.SEA), frame, CameraAngle.EYE)
    assert both.backdrop.shore < 0.7
    by_index = {part.body.index: part for part in both.parts}
    assert by_index[0].afloat
    assert not by_index[1].afloat


def test_the_deeper_the_less_is_seen():
    heads = [
        _bodies(f"up to the {to} in the water", place=PlaceKind.SEA)[0].afloat[0]
        for to in ("knees", "waist", "chest", "neck")
    ]
    assert heads == sorted(heads, reverse=True)


@pytest.mark.parametrize("size", [ShotSize.FULL, ShotSize.MEDIUM])
def test_each_way_of_being_in_the_water_looks_its_own(size):
    pictures = [_shown(posture, size, PlaceKind.SEA) for posture in ("standing", *WATER[:-1])]
    for one, other in combinations(pictures, 2):
        assert _differs(one, other) > 0.25


# Any of it, in any shot


@st.composite
def casts(draw):
    """Up to four, in any posture, anywhere."""
    postures = draw(st.lists(st.sampled_from([*LOW, *WATER, *UPRIGHT]), min_size=1, max_size=4))
    cast = [
        being(f"p{i}", draw(st.sampled_from(BeingKind)), posture=posture)
        for i, posture in enumerate(postures)
    ]
    return story(*cast, action="So it is.", place=draw(st.sampled_from(PlaceKind)))


@pytest.mark.slow
@given(casts(), st.sampled_from(ShotSize), st.sampled_from(CameraAngle), st.sampled_from(ASPECTS))
@settings(max_examples=300, deadline=None)
def test_whatever_the_cast_does_everybody_is_accounted_for(shot, size, angle, aspect):
    figures = read_figures(shot)
    staged = stage([figure.body for figure in figures], Frame(size, aspect, 0.7), angle)
    seen = [part.body.index for part in staged.parts]
    assert sorted([*seen, *staged.absent]) == list(range(len(shot.cast)))
    assert seen
    for part in staged.parts:
        left, top, right, bottom = part.visible(aspect)
        assert right > left
        assert bottom > top


# Who looks like whom


def test_people_of_whom_nothing_is_said_are_told_apart_by_colour():
    people = [read_person(being(f"person-{i}")) for i in range(200)]
    tops = {person.top for person in people}
    assert len(tops) >= 12
    for one, other in combinations(tops, 2):
        assert math.dist(one, other) > 40
    alike = sum(
        (one.top, one.legs) == (other.top, other.legs) for one, other in combinations(people, 2)
    )
    assert alike / math.comb(len(people), 2) < 0.03


def test_nobody_changes_colour_when_somebody_else_walks_in():
    noor = being("noor")
    alone = read_figures(story(noor))[0].colour
    for other in ("elias", "mara", "byte", "ilse"):
        assert read_figures(story(being(other), noor))[1].colour == alone


@pytest.mark.parametrize("kind", [BeingKind.ROBOT, BeingKind.CREATURE])
def test_beings_of_one_kind_have_colours_far_apart(kind):
    colours = {read_figures(story(being(f"one-{i}", kind)))[0].colour for i in range(80)}
    assert len(colours) >= 6
    for one, other in combinations(colours, 2):
        assert math.dist(one, other) > 40


def test_dogs_of_no_named_colour_are_not_all_of_one():
    dogs = [being(f"dog-{i}", BeingKind.ANIMAL, description="a dog") for i in range(30)]
    assert len({read_figures(story(dog))[0].colour for dog in dogs}) == 4


def test_a_turned_canvas_draws_what_a_plain_one_draws_turned():
    plain = Canvas(80, 80, (-2, -2), 20)
    drawn = Canvas(80, 80, (-2, -2), 20)
    turned = Turned(drawn, (0.0, 0.0), math.pi / 2)
    for canvas in (plain, turned):
        canvas.box(-1.0, -0.5, 1.2, 0.0, (200, 40, 40), radius=0.2)
        canvas.ellipse((0.4, 0.9), 0.6, 0.3, (40, 40, 200))
        canvas.stroke([(-1.5, 1.0), (0.0, 1.4)], 0.2, mix((0, 0, 0), (40, 200, 40), 0.9))
    expected = plain.finish().transpose(Image.Transpose.ROTATE_270)
    assert _differs(expected, drawn.finish()) < 2.5
    assert _differs(plain.finish(), drawn.finish()) > 10
