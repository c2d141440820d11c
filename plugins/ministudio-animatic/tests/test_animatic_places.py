"""Places: every kind its own, the same place in every shot."""

from __future__ import annotations

from itertools import combinations

import attrs
import pytest
from animatic_kit import shades, story
from PIL import Image, ImageChops, ImageStat

from ministudio.plugin import (
    Camera,
    CameraAngle,
    Environment,
    EnvironmentContext,
    EnvironmentIdentity,
    PlaceKind,
    ShotSize,
    Style,
)
from ministudio_animatic.camera import Reach
from ministudio_animatic.card import Sheet, draw_backdrop
from ministudio_animatic.framing import Frame
from ministudio_animatic.staging import stage

SHEET = Sheet(width=256, height=144, reach=Reach(-0.5, -0.5, 0.5, 0.5))


def _place(shot, sheet=SHEET) -> Image.Image:
    frame = Frame(shot.camera.size, sheet.aspect, 0.78)
    return draw_backdrop(shot, stage([], frame, shot.camera.angle), sheet)


def _wide(kind, **fields):
    return story(camera=Camera(size=ShotSize.WIDE), place=kind, **fields)


def _differs(one, other) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other).convert("L")).mean[0]


@pytest.fixture(scope="module")
def kinds() -> dict[PlaceKind, Image.Image]:
    return {kind: _place(_wide(kind)) for kind in PlaceKind}


def test_every_kind_of_place_looks_different(kinds):
    for one, other in combinations(kinds, 2):
        assert _differs(kinds[one], kinds[other]) > 4, (one, other)


@pytest.mark.parametrize("kind", PlaceKind)
def test_no_place_is_flat(kinds, kind):
    assert shades(kinds[kind]) > 40


@pytest.mark.parametrize("kind", PlaceKind)
def test_a_place_is_the_same_place_in_every_shot(kinds, kind):
    other_shot = attrs.evolve(_wide(kind), action="Something else.", shot_id="another", mood="grim")
    assert _place(other_shot) == kinds[kind]


@pytest.mark.parametrize("kind", PlaceKind)
def test_night_is_darker_than_noon(kind):
    day, night = _place(_wide(kind, time_of_day="noon")), _place(_wide(kind, time_of_day="night"))
    dimmed = ImageStat.Stat(day.convert("L")).mean[0] - ImageStat.Stat(night.convert("L")).mean[0]
    # Space is always dark, and a room has lamps.
    assert dimmed > (-3 if kind is PlaceKind.SPACE else 8)


@pytest.mark.parametrize("weather", ["rain", "snow", "fog", "overcast", "sandstorm"])
def test_weather_can_be_seen(weather):
    clear = _place(_wide(PlaceKind.FIELD, weather="clear"))
    assert _differs(clear, _place(_wide(PlaceKind.FIELD, weather=weather))) > 1.5


def test_the_weather_does_not_move_the_hills():
    hills = [
        _place(_wide(PlaceKind.MOUNTAINS, weather=weather, time_of_day="noon"))
        for weather in ("clear", "overcast")
    ]
    edges = [image.convert("L").crop((0, 70, 256, 90)) for image in hills]
    assert _differs(*edges) < 12


def test_a_palette_and_a_style_colour_a_place():
    def tinted(palette, style=()) -> Image.Image:
        identity = EnvironmentIdentity(kind=PlaceKind.INTERIOR, palette=palette)
        shot = attrs.evolve(
            _wide(PlaceKind.INTERIOR),
            place=Environment(name="a room", identity=identity),
            style=Style(palette=style),
        )
        return _place(shot)

    assert _differs(tinted(["#304a90"]), tinted(["#903030"])) > 4
    assert _differs(tinted([]), tinted([], ["#00ff00"])) > 1


def test_what_a_room_is_named_to_hold_is_there():
    def furnished(*elements) -> Image.Image:
        identity = EnvironmentIdentity(kind=PlaceKind.INTERIOR, fixed_elements=elements)
        place = Environment(name="a room", identity=identity)
        return _place(attrs.evolve(_wide(PlaceKind.INTERIOR), place=place))

    pictures = [
        furnished(name)
        for name in ("a bed", "two monitors", "a whiteboard", "a fireplace", "shelves", "a door")
    ]
    for one, other in combinations(pictures, 2):
        assert one != other


def test_a_prop_does_not_rearrange_the_room():
    identity = EnvironmentIdentity(
        kind=PlaceKind.INTERIOR, fixed_elements=["a bed", "a lamp", "a window"]
    )
    bare = attrs.evolve(
        _wide(PlaceKind.INTERIOR), place=Environment(name="a room", identity=identity)
    )
    context = EnvironmentContext(time_of_day="morning", weather="clear", props=["a bookcase"])
    with_prop = attrs.evolve(bare, context=context)
    changed = ImageChops.difference(_place(bare), _place(with_prop)).getbbox()
    assert changed is not None
    assert changed[2] - changed[0] < 256 * 0.6


@pytest.mark.parametrize("size", ShotSize)
def test_every_size_shows_another_part_of_the_place(size):
    shot = attrs.evolve(_wide(PlaceKind.VILLAGE), camera=Camera(size=size))
    others = [_place(attrs.evolve(shot, camera=Camera(size=o))) for o in ShotSize if o is not size]
    assert _place(shot) not in others


@pytest.mark.parametrize("angle", CameraAngle)
def test_every_angle_can_be_drawn(angle):
    shot = attrs.evolve(_wide(PlaceKind.STREET), camera=Camera(angle=angle))
    assert shades(_place(shot)) > 40
