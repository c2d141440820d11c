"""Figures that act where they are: in water and boats, in bed, on shoulders, from any angle."""

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
    Dialogue,
    PlaceKind,
    ShotSize,
)
from ministudio_animatic.figures import read_figures
from ministudio_animatic.framing import Body
from ministudio_animatic.goings import Ground
from ministudio_animatic.parts import Part
from ministudio_animatic.reading.paths import Going
from ministudio_animatic.roads import road
from ministudio_animatic.shot import draw_shot

WIDE = Camera(size=ShotSize.WIDE)
SAYS = (Dialogue(speaker="noor", line="I have not slept since the light went out."),)


def moving(reel) -> list:
    return [player for player in reel.near if not player.still]


def test_who_lies_speaks_with_a_small_mouth_and_takes_no_steps():
    bed = being("noor", posture="lying on her back in bed, walking in her dreams")
    reel = draw_shot(request(story(bed, camera=Camera(size=ShotSize.MEDIUM), dialogue=SAYS)))
    (mouth,) = moving(reel)
    sizes = [show.mask.size for show in mouth.shows if show is not None]
    assert sizes
    assert max(max(size) for size in sizes) < 80


def test_a_sleeper_does_not_blink():
    bed = being("noor", posture="asleep in bed")
    awake = being("noor", posture="lying in bed")
    for who, count in ((bed, 0), (awake, 1)):
        reel = draw_shot(request(story(who, camera=Camera(size=ShotSize.CLOSE_UP))))
        assert len(moving(reel)) == count


@pytest.mark.parametrize(
    ("posture", "place"),
    [
        ("swimming", PlaceKind.SEA),
        ("walking into the sea, up to her waist", PlaceKind.SEA),
        ("sitting in the boat, walking home", PlaceKind.SEA),
        ("lying on the ground", PlaceKind.FIELD),
        ("falling from the roof", PlaceKind.CITY),
    ],
)
def test_only_those_on_their_feet_take_steps(posture, place):
    assert read_figures(story(being("noor", posture=posture), place=place))[0].pace == 0
    walking = story(being("noor", posture="walking"), place=place)
    assert read_figures(walking)[0].pace > 0


def test_a_hen_on_a_shoulder_goes_where_the_shoulder_goes():
    hen = being("berta", BeingKind.ANIMAL, description="a hen", posture="on Tobias's shoulder")
    shot = story(
        being("tobias", posture="walking"),
        hen,
        camera=Camera(size=ShotSize.FULL),
        place=PlaceKind.FIELD,
        dialogue=(Dialogue(speaker="berta", line="Cluck, she said, cluck."),),
    )
    reel = draw_shot(request(shot, seconds=3.0))
    roads = {player.road.at(2.0).x for player in reel.near if player.road is not None}
    assert len(reel.near) == 4
    assert len(roads) == 1


def test_rings_on_the_water_go_along_with_a_swimmer():
    shot = story(being("noor", posture="swimming"), camera=WIDE, place=PlaceKind.SEA)
    shot = attrs.evolve(shot, action="Noor swims.")
    reel = draw_shot(request(shot, seconds=3.0))
    body, rings = moving(reel)
    assert body.road.at(0.0).x != body.road.at(3.0).x
    assert body.road.at(1.0).x == rings.road.at(1.0).x


def test_round_somebody_alone_both_sides_speak():
    camera = Camera(size=ShotSize.MEDIUM, move=CameraMove.ORBIT_RIGHT)
    reel = draw_shot(request(story(being("noor"), camera=camera, dialogue=SAYS)))
    assert [len(side) for side in (reel.near, reel.turned)] == [2, 2]
    one, other = (side[1].shows[3] for side in (reel.near, reel.turned))
    assert (one.left, one.colours.y.tobytes()) != (other.left, other.colours.y.tobytes())


@pytest.mark.parametrize("angle", [CameraAngle.LOW, CameraAngle.HIGH, CameraAngle.DUTCH])
def test_a_mouth_lies_on_its_face_from_every_angle(angle):
    camera = Camera(size=ShotSize.MEDIUM, angle=angle, move=CameraMove.TRUCK_LEFT)
    reel = draw_shot(request(story(being("noor"), camera=camera, dialogue=SAYS)))
    body, mouth = reel.near[-2].shows[0], reel.near[-1].shows[3]
    middle = mouth.left + mouth.mask.width / 2 - body.left
    assert 0.25 < middle / body.mask.width < 0.75
    assert 0 < mouth.top - body.top < 0.35 * body.mask.height


@pytest.mark.parametrize(
    ("place", "angle"),
    [(PlaceKind.INTERIOR, CameraAngle.EYE), (PlaceKind.FIELD, CameraAngle.OVERHEAD)],
)
def test_no_veil_of_rain_hangs_in_a_room_nor_before_a_floor_plan(place, angle):
    shot = story(place=place, weather="rain", camera=Camera(angle=angle))
    reel = draw_shot(request(shot))
    assert not reel.behind
    assert not reel.before


def test_rain_does_not_reach_into_a_cave():
    shot = story(place=PlaceKind.MOUNTAINS, weather="rain", camera=WIDE)
    cave = attrs.evolve(shot, place=attrs.evolve(shot.place, name="the cave"))
    assert draw_shot(request(shot)).before
    assert not draw_shot(request(cave)).before


def test_a_storm_drives_the_rain_aside():
    slants = []
    for weather in ("rain", "storm"):
        veil = draw_shot(request(story(place=PlaceKind.FIELD, weather=weather))).before[0]
        slants.append(abs(veil.speed[0]) / veil.speed[1])
    assert slants[1] > 3 * slants[0]


INSIDE = sorted(set(Going) - {Going.ENTER, Going.LEAVE})


@given(
    st.lists(st.sampled_from(INSIDE), max_size=2, unique=True),
    st.floats(0.12, 0.3),
    st.booleans(),
    st.floats(0, 1),
)
@settings(max_examples=150, deadline=None)
def test_nobodys_own_way_leads_into_the_captions_or_out_of_the_top(ways, top, floats, share):
    body = Body(index=0, heads=4.0, floats=floats, kind=BeingKind.ANIMAL)
    part = Part(body=body, x=0.8, top=top, head=0.08)
    ground = Ground(aspect=16 / 9, seconds=4.0, clear=(0.1, 0.64))
    shift = road(part, ways, 0.0, ground).at(share * 4.0)
    _, high, _, low = part.box
    assert high + shift.y >= 0.1 - 0.0061
    assert low + shift.y <= max(low, 0.64) + 0.0061
