"""The sea and those in it and beside it; those on their way; what the words say of them."""

from __future__ import annotations

import attrs
import pytest
from animatic_kit import being, request, story
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.plugin import (
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
from ministudio_animatic.camera import FAR, NEAR, path
from ministudio_animatic.cues import balanced
from ministudio_animatic.figures import read_figures
from ministudio_animatic.figures.carried import can_be_carried, is_long
from ministudio_animatic.framing import Body, Frame
from ministudio_animatic.places.fixtures import named
from ministudio_animatic.reading.colours import first_colour
from ministudio_animatic.reading.light import read_light
from ministudio_animatic.reading.postures import Seat, read_pose
from ministudio_animatic.reading.traits import read_person
from ministudio_animatic.reading.ways import aboard, glows, is_under, order, size
from ministudio_animatic.shot import draw_shot
from ministudio_animatic.slate import read_slate
from ministudio_animatic.staging import stage

LOOSE = [ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.FULL, ShotSize.MEDIUM_WIDE]
LEVELS = [CameraAngle.EYE, CameraAngle.LOW, CameraAngle.HIGH]
WITH_HORIZON = [angle for angle in CameraAngle if angle is not CameraAngle.OVERHEAD]


def _bodies(*cast, place=PlaceKind.SEA, action="They look at each other.") -> list[Body]:
    return [figure.body for figure in read_figures(story(*cast, action=action, place=place))]


def _fish(**words: str):
    return being("fish", BeingKind.ANIMAL, description="A fish.", **words)


@pytest.mark.parametrize("angle", LEVELS)
@pytest.mark.parametrize("size_", LOOSE)
def test_a_fish_by_the_sea_breaks_the_surface_below_the_horizon(size_, angle):
    frame = Frame(size_, 16 / 9, 0.7)
    staged = stage(_bodies(being("tom"), _fish()), frame, angle)
    fish = next(part for part in staged.parts if part.afloat)
    surface = fish.box[3]
    assert staged.backdrop.horizon < surface <= frame.shore
    assert fish.body.heads < read_figures(story(_fish()))[0].body.heads * 2


def test_a_fish_anywhere_else_is_left_where_it_was():
    staged = stage(
        _bodies(_fish(), place=PlaceKind.INTERIOR), Frame(ShotSize.FULL, 1.8, 0.7), "eye"
    )
    assert not any(part.afloat for part in staged.parts)


def test_words_say_whether_a_fish_is_a_shape_under_the_surface():
    below, above = _bodies(
        _fish(posture="turning away under the surface"), _fish(posture="resting")
    )
    assert below.sunk
    assert not above.sunk
    assert is_under("beneath the waves")
    assert not is_under("resting at the surface with its head out of the water")


def test_words_of_size_make_a_beast_larger():
    plain, huge, house = _bodies(
        _fish(), _fish(posture="huge"), _fish(posture="taller than a house")
    )
    assert plain.heads < huge.heads < house.heads
    assert size("a mouse") == 1
    assert size("tiny") < 1


@given(st.sampled_from(LOOSE[:3]), st.sampled_from(WITH_HORIZON), st.floats(0.66, 0.86))
@settings(max_examples=200, deadline=None)
def test_the_ground_begins_above_the_feet_and_below_the_horizon(size_, angle, band_top):
    frame = Frame(size_, 16 / 9, band_top)
    backdrop = stage([Body(index=0)], frame, angle).backdrop
    assert backdrop.horizon < backdrop.shore < frame.ground


def test_by_the_sea_there_is_land_only_where_somebody_stands():
    frame = Frame(ShotSize.FULL, 16 / 9, 0.7)
    assert stage(_bodies(being("tom")), frame, CameraAngle.EYE).backdrop.shore is not None
    assert stage(_bodies(_fish()), frame, CameraAngle.EYE).backdrop.shore is None


def test_a_trucking_camera_keeps_step_with_a_walker_and_the_land_slides_by():
    camera = Camera(move=CameraMove.TRUCK_RIGHT)
    course = path(camera, 4.0, walking=True)
    assert {course.at(t).x for t in (0, 1, 2, 3, 4)} == {0}
    assert course.at(4.0, FAR).x - course.at(0.0, FAR).x > 0.2
    assert path(camera, 4.0).at(4.0, NEAR).x > 0


@pytest.mark.parametrize("heading", [1, -1])
def test_company_on_the_way_goes_where_the_walker_goes_and_stands_in_its_order(heading):
    def placed(words: str):
        cast = (
            being("tom", posture="walking"),
            being("hen", BeingKind.ANIMAL, posture=words),
        )
        staged = stage(_bodies(*cast), Frame(ShotSize.WIDE, 16 / 9, 0.7), CameraAngle.EYE, heading)
        assert {part.facing for part in staged.parts} == {heading}
        by_index = {part.body.index: part for part in staged.parts}
        return (by_index[1].x - by_index[0].x) * heading

    assert placed("following him") < 0
    assert placed("running ahead of him") > 0


def test_order_is_read_from_words():
    assert order("Duchess follows, in case") == -1
    assert order("Duchess, an inch ahead of him") == 1
    assert order("Duchess looks on") == 0


def test_a_being_with_a_light_of_its_own_is_not_dimmed():
    assert glows("scales that give off a light of their own")
    plain = read_figures(story(_fish(skin="golden scales")))[0]
    lit = read_figures(story(_fish(skin="golden scales that glow")))[0]
    assert lit.glow > 0 == plain.glow


def test_a_crown_is_no_cap():
    assert read_person(being("ilse", clothing="a red gown, a gold crown")).crown
    cap = read_person(being("tom", clothing="a blue cap"))
    assert cap.hat is not None
    assert not cap.crown


def test_an_animals_face_fills_an_extreme_close_up():
    frame = Frame(ShotSize.EXTREME_CLOSE_UP, 16 / 9, 0.7)
    (part,) = stage(_bodies(_fish()), frame, CameraAngle.EYE).parts
    left, top, right, bottom = part.visible(16 / 9)
    assert (right - left) * (bottom - top) > 0.6 * 16 / 9


def test_two_lines_of_a_caption_are_even():
    lines = balanced("There was nothing left to mend with.", lambda text: len(text) <= 32)
    assert len(lines) == 2
    assert min(map(len, lines)) > 12
    assert balanced("short", lambda text: True) == ["short"]


def test_a_derived_id_stays_out_of_the_slate():
    def shown(id_: str) -> str:
        return read_slate(story(shot_id=id_, title="The catch"), 2.0, [], str).shot

    assert shown("shot-c229238e") == "The catch"
    assert shown("the-catch") == "the-catch"


def test_every_weather_by_the_sea_can_be_filmed():
    for weather in ("clear", "overcast", "storm"):
        cast = (being("tom", posture="walking"), _fish(skin="gold that glows"))
        camera = Camera(move=CameraMove.TRUCK_LEFT, size=ShotSize.WIDE)
        shot = story(*cast, place=PlaceKind.SEA, weather=weather, camera=camera)
        reel = draw_shot(request(shot))
        assert reel.frame(0).y.tobytes() != reel.frame(reel.frames - 1).y.tobytes()


def _pixels(shot) -> bytes:
    return draw_shot(request(shot)).frame(0).y.tobytes()


def test_light_named_gold_shows_at_night():
    def tobias(light: str):
        context = EnvironmentContext(time_of_day="night", weather="storm", light=light)
        return read_light(attrs.evolve(story(place=PlaceKind.SEA), context=context))

    gold, plain = tobias("gold, from the fish"), tobias("lightning")
    assert gold.beside((90, 90, 90)) != (90, 90, 90) == plain.beside((90, 90, 90))
    assert tobias("slate grey").lamp is None


def test_a_seat_belongs_to_its_place():
    assert read_pose("sitting on the throne", "", "").seat is Seat.THRONE
    assert read_pose("sitting", "", "", outdoors=True).seat is Seat.ROCK
    assert read_pose("sitting", "", "").seat is Seat.CHAIR
    assert read_pose("sitting on the stool", "", "", outdoors=True).seat is Seat.STOOL


def test_something_long_is_known_from_something_short():
    assert is_long("a tall silver staff")
    assert not is_long("his cap")
    assert can_be_carried("his cap")


def test_fixtures_take_the_colour_right_before_their_name():
    door, stove = named(["a blue door, shut", "a red rug and a small iron stove"])
    assert door.paint == first_colour("blue")
    assert stove.paint is None


@pytest.mark.parametrize(
    ("kind", "plain", "said"),
    [
        (PlaceKind.CITY, "towers", "steep roofs and bell towers"),
        (PlaceKind.SKY, "clouds", "clouds below the terrace of a tower"),
    ],
)
def test_words_change_what_is_built(kind, plain, said):
    def shown(words: str) -> bytes:
        identity = EnvironmentIdentity(kind=kind, description=words)
        place = Environment(name="here", identity=identity)
        camera = Camera(size=ShotSize.WIDE)
        return _pixels(attrs.evolve(story(being("tom"), camera=camera), place=place))

    assert shown(plain) != shown(said)


def test_a_door_among_houses_is_in_a_house_unless_it_stands_alone():
    def shown(*doors: str) -> bytes:
        identity = EnvironmentIdentity(kind=PlaceKind.VILLAGE, fixed_elements=doors)
        place = Environment(name="here", identity=identity)
        return _pixels(attrs.evolve(story(camera=Camera(size=ShotSize.WIDE)), place=place))

    assert len({shown("a door"), shown("a free-standing door"), shown("a blue door")}) == 3


def test_who_is_in_a_boat_needs_no_land():
    frame = Frame(ShotSize.WIDE, 16 / 9, 0.7)
    rowing = _bodies(being("tom", posture="sitting in a small boat"))
    assert rowing[0].aboard
    assert stage(rowing, frame, CameraAngle.HIGH).backdrop.shore > 1
    assert not aboard("walks past the boat")
    camera = Camera(size=ShotSize.WIDE)
    cast = being("tom", posture="sitting in a boat"), being("tom", posture="sitting on a rock")
    afloat, ashore = (_pixels(story(one, place=PlaceKind.SEA, camera=camera)) for one in cast)
    assert afloat != ashore
