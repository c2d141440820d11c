"""Where and when: what sort of place it is, the hour, the weather, and what nobody can draw."""

from __future__ import annotations

from itertools import combinations

import attrs
import pytest
from animatic_kit import being, request, story
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from ministudio.plugin import (
    Camera,
    Environment,
    EnvironmentContext,
    EnvironmentIdentity,
    PlaceKind,
    PromptInput,
    ShotSize,
)
from ministudio_animatic.camera import Reach
from ministudio_animatic.captions import band
from ministudio_animatic.card import Sheet, draw_backdrop
from ministudio_animatic.drawing.canvas import Canvas
from ministudio_animatic.drawing.dots import dot_colours
from ministudio_animatic.framing import Body, Frame
from ministudio_animatic.places.heavens import crescent
from ministudio_animatic.places.indoors import room_of
from ministudio_animatic.places.rooms import ROOMS
from ministudio_animatic.places.undrawn import undrawn
from ministudio_animatic.places.variants import variant_of
from ministudio_animatic.reading.light import read_light
from ministudio_animatic.reading.weather import Weather, read_weather
from ministudio_animatic.shot import draw_shot
from ministudio_animatic.slate import Slate
from ministudio_animatic.slug import slug_lines
from ministudio_animatic.staging import stage
from ministudio_animatic.tags import place_tags

SHEET = Sheet(width=256, height=144, reach=Reach(-0.5, -0.5, 0.5, 0.5))
FRAME = Frame(ShotSize.WIDE, SHEET.aspect, 0.78)
OPEN = {
    PlaceKind.STREET: ("an avenue", "an old town lantern", "an alley", "a market", "a harbour",
                       "a bridge", "a station"),
    PlaceKind.CITY: ("a skyline", "a market", "a harbour", "a bridge"),
    PlaceKind.FOREST: ("a wood", "a pine wood", "a jungle", "a winter wood"),
    PlaceKind.FIELD: ("a farm", "a meadow", "dunes", "a desert", "a swamp", "a snow field",
                      "a park", "a graveyard", "a vineyard"),
    PlaceKind.MOUNTAINS: ("a peak", "a canyon", "a volcano", "a cave"),
    PlaceKind.DESERT: ("sand", "an oasis", "a canyon"),
    PlaceKind.SEA: ("a beach", "a cliff", "a harbour", "the open sea", "an underwater reef",
                    "pack ice"),
    PlaceKind.SPACE: ("an orbit", "the surface of Mars", "a spaceship"),
}  # fmt: skip


def _environment(kind: PlaceKind, name: str, *fixed: str, **words: str) -> Environment:
    identity = EnvironmentIdentity(kind=kind, fixed_elements=fixed, **words)
    return Environment(name=name, identity=identity)


def _shot(place: Environment, hour: str = "morning", weather: str = "clear") -> PromptInput:
    return PromptInput(
        action="Nothing happens.",
        place=place,
        camera=Camera(size=ShotSize.WIDE),
        context=EnvironmentContext(time_of_day=hour, weather=weather),
    )


def _drawn(shot: PromptInput) -> Image.Image:
    frame = Frame(shot.camera.size, SHEET.aspect, 0.78)
    return draw_backdrop(shot, stage([], frame, shot.camera.angle), SHEET)


def _kind(kind: PlaceKind, hour: str = "morning", weather: str = "clear") -> Image.Image:
    return _drawn(_shot(_environment(kind, f"the {kind}"), hour, weather))


def _differs(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other).convert("L")).mean[0]


def _warmth(image: Image.Image) -> float:
    red, _, blue = ImageStat.Stat(image).mean
    return red - blue


def _spread(image: Image.Image, top: int, low: int) -> float:
    return ImageStat.Stat(image.convert("L").crop((0, top, 256, low))).stddev[0]


# --- What sort of place -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rooms() -> dict[str, Image.Image]:
    # One name for all of them: only what they are said to be tells them apart.
    return {
        name: _drawn(_shot(_environment(PlaceKind.INTERIOR, "it", description=room.words)))
        for name, room in ROOMS.items()
    }


def test_every_sort_of_room_is_another_room(rooms):
    for one, other in combinations(rooms, 2):
        assert _differs(rooms[one], rooms[other]) > 5, (one, other)


@pytest.mark.parametrize("kind", OPEN)
def test_every_sort_of_open_place_is_another_place(kind):
    named = {
        words: _drawn(_shot(_environment(kind, "it", description=words))) for words in OPEN[kind]
    }
    for one, other in combinations(named, 2):
        assert _differs(named[one], named[other]) > 3, (one, other)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(PlaceKind.INTERIOR, room.words.split(",")[0]) for room in ROOMS.values()]
    + [(kind, name) for kind, names in OPEN.items() for name in names],
)
def test_a_sort_of_place_is_the_same_place_in_every_shot(kind, name):
    shot = _shot(_environment(kind, name))
    other = attrs.evolve(shot, action="A ship burns in the kitchen.", shot_id="b", mood="grim")
    assert _drawn(shot) == _drawn(other)


@pytest.mark.parametrize(
    ("name", "words", "room"),
    [
        ("the upturned boat", "One room under an old fishing boat; the ribs are rafters.", "hull"),
        ("the throne hall", "A hall so long that people at the far end are small.", "hall"),
        ("the documentation stacks", "A hall of shelves without an end.", "library"),
        ("Mia's room", "A narrow room under a sloping roof.", "attic"),
        ("the kitchen", "There is a picture of a ship, and a church outside.", "kitchen"),
        ("a room", "Nothing in particular.", "living room"),
    ],
)
def test_a_room_is_what_it_is_called_more_than_what_it_is_beside(name, words, room):
    assert room_of(_environment(PlaceKind.INTERIOR, name, description=words)) == room


def test_a_thing_in_a_room_does_not_make_it_another_room():
    plain = _environment(PlaceKind.INTERIOR, "a room", "a model of a boat")
    assert room_of(plain) == "living room"


def test_a_farm_is_what_a_field_is_that_says_nothing():
    assert variant_of(_environment(PlaceKind.FIELD, "it"), PlaceKind.FIELD).name == "field"
    assert variant_of(None, PlaceKind.SEA).name == "beach"


# --- The hour and the weather -------------------------------------------------------------------


@pytest.mark.parametrize("kind", [PlaceKind.FIELD, PlaceKind.SEA, PlaceKind.CITY, PlaceKind.SKY])
def test_dawn_is_cool_and_dusk_is_hot(kind):
    dawn, dusk = _kind(kind, "dawn"), _kind(kind, "dusk")
    assert _warmth(dusk) > _warmth(dawn) + 25
    sky = (0, 0, 256, 50)
    assert _warmth(dawn.crop(sky)) < 0 < _warmth(dusk.crop(sky))


def test_windows_are_lit_at_dusk_and_dark_at_dawn():
    def lit(hour: str) -> int:
        image = _drawn(_shot(_environment(PlaceKind.VILLAGE, "the village"), hour))
        return sum(
            n
            for n, (r, g, b) in image.getcolors(256 * 144) or []
            if r > 230 and 170 < g < 235 and b < 160 and r - b > 90
        )

    assert lit("dusk") > lit("dawn") + 15


@pytest.mark.parametrize("weather", ["fog", "mist"])
def test_fog_takes_the_contrast_of_what_is_far_and_leaves_what_is_near(weather):
    clear, fog = (_kind(PlaceKind.FIELD, "day", said) for said in ("clear", weather))
    far, near = (52, 92), (125, 144)
    assert _spread(fog, *far) < 0.75 * _spread(clear, *far)
    assert _spread(fog, *near) > 0.5 * _spread(clear, *near)


def test_clear_cloudy_and_overcast_are_three_skies():
    skies = [
        _kind(PlaceKind.FIELD, "day", weather).crop((0, 0, 256, 70))
        for weather in ("clear", "cloudy", "overcast")
    ]
    for one, other in combinations(skies, 2):
        assert _differs(one, other) > 8
    blue = [-_warmth(sky) for sky in skies]
    assert blue == sorted(blue, reverse=True)


def test_a_storm_by_day_is_darker_than_rain_and_rain_than_a_clear_day():
    light = [
        ImageStat.Stat(_kind(PlaceKind.SEA, "day", weather).convert("L")).mean[0]
        for weather in ("clear", "rain", "storm")
    ]
    assert light[0] > light[1] + 10
    assert light[1] > light[2] + 10


def test_wind_bends_what_grows():
    still, wind = (_kind(PlaceKind.FIELD, "day", weather) for weather in ("", "wind"))
    tree = (170, 25, 245, 90)
    assert _differs(still.crop(tree), wind.crop(tree)) > 2


def test_a_moon_has_no_dark_disc_beside_it():
    behind = (40, 60, 110)
    canvas = Canvas(64, 64, (-1.0, -1.0), 32, ground=behind)
    crescent(canvas, (0.0, 0.0), 0.8, (240, 240, 250))
    seen = canvas.finish().convert("L")
    assert seen.getextrema()[0] == Image.new("RGB", (1, 1), behind).convert("L").getpixel((0, 0))
    lit = sum(seen.histogram()[150:])
    assert 0.1 < lit / (3.14 * 26**2) < 0.6


@pytest.mark.parametrize("fixed", ["a window", "a round window"])
def test_a_window_shows_the_weather_outside(fixed):
    room = _environment(PlaceKind.INTERIOR, "a room", fixed)
    panes = {
        weather: _drawn(_shot(room, "night", weather)).crop((62, 12, 108, 66))
        for weather in ("clear", "rain", "overcast", "fog", "storm")
    }
    for one, other in combinations(panes, 2):
        assert _differs(panes[one], panes[other]) > 0.8, (one, other)


def test_stars_and_a_moon_are_not_out_in_the_rain():
    def sparks(weather: str) -> int:
        image = _kind(PlaceKind.FIELD, "night", weather).crop((0, 0, 256, 60)).convert("L")
        return sum(image.histogram()[191:])

    assert sparks("clear") > 20
    assert sparks("overcast") == 0


@pytest.mark.parametrize(
    ("kind", "name"), [(PlaceKind.MOUNTAINS, "the cave"), (PlaceKind.SEA, "the underwater reef")]
)
def test_rain_does_not_fall_where_no_sky_is(kind, name):
    one, other = (
        draw_backdrop(attrs.evolve(shot, shot_id=id_), stage([], FRAME, shot.camera.angle), SHEET)
        for shot in [_shot(_environment(kind, name), "day", "rain")]
        for id_ in ("a", "b")  # drops fall elsewhere in every shot
    )
    assert one == other


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("clear, no wind", Weather(clouds=0.0)),
        ("without rain", Weather()),
        ("cloudy with a gale", Weather(clouds=0.7, wind=1.0)),
        ("clear and still, with mist", Weather(clouds=0.0, fog=0.5)),
        ("overcast, then rain", Weather(clouds=1.0, fog=0.15, falling="rain")),
        ("windy, cloudy", Weather(clouds=0.7, wind=0.65)),
        ("something else", Weather()),
    ],
)
def test_weather_is_put_together_from_all_its_words(said, expected):
    assert read_weather(said) == expected


def test_lamps_are_lit_at_dusk_and_not_at_dawn():
    hours = {hour: read_light(story(time_of_day=hour)).hour.lamps for hour in ("dawn", "dusk")}
    assert hours == {"dawn": False, "dusk": True}


# --- The slug line ------------------------------------------------------------------------------


def _slug(place: Environment | None, hour: str = "", weather: str = "") -> tuple[str, ...]:
    context = EnvironmentContext(time_of_day=hour, weather=weather)
    return slug_lines(PromptInput(action="x", place=place, context=context))


@pytest.mark.parametrize(
    ("kind", "name", "hour", "weather", "line"),
    [
        (PlaceKind.INTERIOR, "the upturned boat", "dawn", "wind",
         "INT. THE UPTURNED BOAT \u2013 DAWN, WIND"),
        (PlaceKind.SEA, "the shore", "morning", "clear", "EXT. THE SHORE \u2013 MORNING, CLEAR"),
        (PlaceKind.MOUNTAINS, "the cave", "", "", "INT. THE CAVE"),
        (PlaceKind.FIELD, "the meadow", "on the longest evening of that whole year", "",
         "EXT. THE MEADOW \u2013 EVENING"),
        (PlaceKind.ABSTRACT, "memory", "night", "", "MEMORY \u2013 NIGHT"),
    ],
)  # fmt: skip
def test_the_slug_line_says_inside_or_out_where_and_when(kind, name, hour, weather, line):
    assert _slug(_environment(kind, name), hour, weather)[0] == line


def test_a_shot_without_place_or_hour_has_no_slug_line():
    assert _slug(None) == ()
    assert _slug(None, "night") == ("NIGHT",)


def test_a_long_name_is_shortened_where_it_can_be_broken():
    lines = _slug(_environment(PlaceKind.FIELD, "the path through the dunes at Ahrenshoop"), "dawn")
    assert lines[0] == "EXT. THE PATH THROUGH THE DUNES AT AHRENSHOOP \u2013 DAWN"
    assert "EXT. PATH THROUGH THE DUNES \u2013 DAWN" in lines
    assert lines[-1] == "DAWN"
    assert [len(line) for line in lines] == sorted(map(len, lines), reverse=True)


WORDS = st.text("abc defg", max_size=40)


@given(
    st.lists(st.tuples(WORDS, st.just((90, 90, 90))), max_size=4),
    WORDS,
    st.sampled_from([(1280, 720), (640, 360), (720, 1280), (480, 480), (840, 360)]),
    st.sampled_from(["the shore", "the path through the dunes at the end of the land"]),
)
@settings(max_examples=120, deadline=None)
def test_the_slug_line_makes_no_band_higher(members, scene, size, name):
    def measured(text: str, hand: object, letters: int) -> float:
        return len(text) * letters * 0.52

    plain = Slate(shot="a-shot", scene=scene, camera="Wide  ·  Static  ·  4 s", members=members)
    lines = _slug(_environment(PlaceKind.SEA, name), "dawn", "mist")
    headed = attrs.evolve(plain, where=lines)
    one, other = band(plain, *size, measured), band(headed, *size, measured)
    assert other.top >= one.top
    told = any(run.text in lines for run in other.fixed)
    assert told != ("place and hour" in other.cut)


def test_a_shot_tells_where_and_when_in_its_band():
    shot = story(being("noor"), place=PlaceKind.SEA, time_of_day="dusk", weather="rain")
    written = draw_shot(request(shot)).overlay._band.fixed
    assert "EXT. THE SEA \u2013 DUSK, RAIN" in [run.text for run in written]


# --- The marks beside names ---------------------------------------------------------------------

COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


def _apart(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


@given(st.lists(COLOURS, max_size=5))
@settings(max_examples=150, deadline=None)
def test_no_two_of_a_cast_have_marks_that_look_alike(colours):
    shown = dot_colours(colours)
    assert len(shown) == len(colours)
    for one, other in combinations(shown, 2):
        assert _apart(one, other) > 30
    for colour in shown:
        assert max(colour) > 80


def test_a_mark_that_is_told_apart_already_stays_as_it_is():
    assert dot_colours([(220, 60, 50), (80, 180, 90)]) == [(220, 60, 50), (80, 180, 90)]


def test_two_who_wear_the_same_have_marks_of_their_own():
    mustard = (201, 154, 53)
    cast = [("Noor", mustard), ("Byte", (236, 178, 72))]
    dots = band(Slate(members=cast), 1280, 720, lambda text, *_: len(text) * 9.0).dots
    assert dots[0].colour == mustard
    assert _apart(dots[0].colour, dots[1].colour) > 90


# --- What nobody can draw -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "fixed", "missing"),
    [
        (PlaceKind.SEA, "the shore", ["a flat black rock at the edge", "a mooring post"], ()),
        (PlaceKind.INTERIOR, "the hall", ["a gilded chair on steps", "a lamp"], ()),
        (PlaceKind.INTERIOR, "a room", ["an iron gate in the wall", "a bed"], ("gate",)),
        (PlaceKind.FIELD, "a field", ["a windmill with no sails", "a fence"], ("windmill",)),
        (PlaceKind.FIELD, "a field", ["a row of pylons"], ("pylons",)),
        (PlaceKind.SPACE, "orbit", ["a telescope painted white"], ("telescope",)),
        (PlaceKind.INTERIOR, "a shop", ["shelves of grey jars", "a till"], ()),
    ],
)
def test_what_a_place_has_and_no_drawing_knows_is_found(kind, name, fixed, missing):
    assert undrawn(_environment(kind, name, *fixed)) == missing


def _fenced(size: ShotSize = ShotSize.WIDE) -> PromptInput:
    place = _environment(PlaceKind.FIELD, "a field", "a windmill", "a scarecrow", "a silo")
    shot = story(being("noor"), camera=Camera(size=size), place=PlaceKind.FIELD)
    return attrs.evolve(shot, place=place)


def test_what_is_not_drawn_is_noted():
    notes = draw_shot(request(_fenced())).notes
    assert "not drawn: windmill, scarecrow, silo" in notes
    assert not draw_shot(request(story(being("noor"), place=PlaceKind.FIELD))).notes


@given(
    st.lists(st.sampled_from(["gate", "windmill", "golden line"]), max_size=4, unique=True),
    st.sampled_from(ShotSize),
    st.floats(0.5, 2.4),
    st.floats(0.5, 0.8),
    st.integers(0, 4),
)
@settings(max_examples=150, deadline=None)
def test_outlines_keep_clear_of_people_of_the_band_and_of_each_other(
    words, size, aspect, band_top, people
):
    frame = Frame(size, aspect, max(band_top, 0.66))
    parts = stage([Body(index=i) for i in range(people)], frame, Camera().angle).parts
    tags = place_tags(words, parts, size, aspect, band_top)
    assert len(tags) <= 2
    if size in {ShotSize.MEDIUM, ShotSize.CLOSE_UP}:
        assert not tags
    boxes = [tag.box for tag in tags]
    for left, top, right, bottom in boxes:
        assert 0 < left < right < aspect
        assert 0 < top < bottom < band_top
    others = [part.visible(aspect) for part in parts]
    for i, a in enumerate(boxes):
        for b in (*boxes[i + 1 :], *others):
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_an_outline_stands_in_the_picture():
    marked = draw_shot(request(_fenced())).far
    bare = attrs.evolve(_fenced(), place=_environment(PlaceKind.FIELD, "a field"))
    assert ImageChops.difference(marked.y, draw_shot(request(bare)).far.y).getbbox() is not None
