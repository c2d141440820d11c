"""Words become colours, light, faces, postures and looks."""

from __future__ import annotations

import pytest
from animatic_kit import being, request, story
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.plugin import BeingKind, CameraMove, Lighting, PlaceKind, ShotSize
from ministudio_animatic.drawing.colour import chroma, hex_colour, lightness, mix, tinted
from ministudio_animatic.reading.colours import colours_in, first_colour, palette_colours
from ministudio_animatic.reading.emotions import Face, read_face
from ministudio_animatic.reading.imagine import place_kind, story_of
from ministudio_animatic.reading.light import HOURS, read_light
from ministudio_animatic.reading.postures import Arms, Head, Legs, about, read_pose
from ministudio_animatic.reading.traits import read_person
from ministudio_animatic.reading.words import every, first, hashed, mentions, table

COLOUR = st.tuples(*[st.integers(0, 255)] * 3)


def test_plurals_and_phrases_find_their_entry():
    words = table((1, "shelf, lamp"), (2, "golden hour"))
    assert list(every("Two lamps in the golden hours", words)) == [("lamp", 1), ("golden hour", 2)]
    assert first("nothing here", words) is None
    assert mentions("An old BOAT", "ship, boat")


def test_a_hash_chooses_the_same_on_every_machine():
    assert [hashed(seed, "abcdef") for seed in ("noor", "elias", "byte")] == ["e", "b", "b"]


@given(COLOUR, COLOUR, st.floats(0, 1))
@settings(max_examples=200, deadline=None)
def test_mixed_colours_stay_colours(one, other, share):
    for made in (mix(one, other, share), tinted(one, other, share)):
        assert all(0 <= value <= 255 for value in made)
    assert mix(one, other, 0) == one


def test_tinting_keeps_depth_readable():
    base, red = hex_colour("#d0d0d0"), hex_colour("#801010")
    made = tinted(base, red, 0.8)
    assert chroma(made) > 0.1
    assert lightness(made) > lightness(red) + 0.2


def test_colours_are_read_from_words_and_hex():
    assert colours_in("a Red scarf over #102030 and gold") == [
        first_colour("red"),
        (16, 32, 48),
        first_colour("gold"),
    ]
    assert lightness(first_colour("dark green")) < lightness(first_colour("green"))
    assert palette_colours(["#fff", "no colour at all", "teal"]) == [
        (255, 255, 255),
        first_colour("teal"),
    ]


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("long after midnight", "night"),
        ("first light", "dawn"),
        ("late afternoon", "golden hour"),
        ("evening", "blue hour"),
        ("", "day"),
        ("no such time", "day"),
    ],
)
def test_the_time_of_day_is_understood(words, hour):
    assert read_light(story(time_of_day=words)).hour == HOURS[hour]


def test_lighting_by_a_named_colour_shows_on_a_white_wall():
    plain = read_light(story()).inside((255, 255, 255))
    amber = read_light(story(lighting=Lighting(colour="warm amber"))).inside((255, 255, 255))
    assert amber[2] < plain[2] - 15


def test_what_is_far_fades_into_the_haze():
    light = read_light(story(weather="fog"))
    near, far = light.on((20, 20, 20)), light.on((20, 20, 20), 0.9)
    assert lightness(far) > lightness(near) + 0.2


def test_a_change_of_feeling_shows_where_it_arrives():
    assert read_face("startled, then curious") == read_face("curious")
    assert read_face("", "no feeling in it", "furious").tilt > 0
    assert read_face("qwxz") == Face()


@pytest.mark.parametrize(
    ("posture", "carrying", "action", "pose"),
    [
        ("sits at her desk", "", "", (Legs.SIT, Arms.DESK, Head.LEVEL, True)),
        ("chin down", "a lantern", "Noor walks on.", (Legs.WALK, Arms.HOLD, Head.DOWN, False)),
        ("", "nothing at all", "", (Legs.STAND, Arms.REST, Head.LEVEL, False)),
        ("arms crossed", "", "She runs.", (Legs.RUN, Arms.FOLD, Head.LEVEL, False)),
        ("head back, looking up", "", "", (Legs.STAND, Arms.REST, Head.UP, False)),
    ],
)
def test_postures_are_read_part_by_part(posture, carrying, action, pose):
    got = read_pose(posture, carrying, action)
    assert (got.legs, got.arms, got.head, got.desk) == pose


def test_in_company_only_the_own_sentences_count():
    action = "Noor sits. Elias runs to the door."
    assert "runs" not in about("Noor", action, alone=False)
    assert about("Noor", action, alone=True) == action


def test_identity_decides_how_somebody_looks():
    noor = read_person(
        being(
            "noor",
            hair="black, cut at the jaw",
            skin="light brown",
            face="freckles across the nose",
            clothing="a mustard cardigan over a grey T-shirt, blue jeans",
        )
    )
    assert (noor.cut, noor.coat, noor.freckles, noor.glasses) == ("bob", True, True, False)
    assert noor.top == first_colour("mustard")
    assert noor.under == first_colour("grey")
    assert noor.legs == first_colour("blue")
    elder = read_person(being("ida", age="eighty", clothing="a long red robe and a straw hat"))
    assert (elder.old, elder.dress, elder.hat is not None) == (True, True, True)


def test_who_is_not_described_still_looks_like_somebody_in_particular():
    looks = {read_person(being(f"person-{i}")) for i in range(40)}
    assert len(looks) >= 35
    assert read_person(being("maya")) == read_person(being("maya"))


def test_a_bare_prompt_is_drawn_rather_than_written():
    shot = story_of(request(None, prompt="A red fox runs through a forest at dusk, close-up"))
    assert [member.character.identity.kind for member in shot.cast] == [BeingKind.ANIMAL]
    assert place_kind(shot) is PlaceKind.FOREST
    assert (shot.camera.size, shot.camera.move) == (ShotSize.CLOSE_UP, CameraMove.PUSH_IN)
    assert read_light(shot).hour == HOURS["dusk"]


def test_a_prompt_that_names_nothing_known_is_an_abstract_card():
    shot = story_of(request(None, prompt="Wxyz qrst."))
    assert shot.cast == ()
    assert place_kind(shot) is PlaceKind.ABSTRACT


def test_a_story_with_a_place_is_not_guessed_at():
    empty = story(action="The man has gone; the robot too.", place=PlaceKind.STREET)
    assert story_of(request(empty)) is empty


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_prompt_can_be_read(prompt):
    shot = story_of(request(None, prompt=prompt or "x"))
    read_light(shot)
    assert len(shot.cast) <= 4
