"""What a viewer of a whole film could not tell: feet, rods, seats, rivers, heads, far figures."""

from __future__ import annotations

import attrs
import pytest
from animatic_kit import being, request, story
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from ministudio.plugin import (
    BeingKind,
    Camera,
    CameraAngle,
    CameraMove,
    Environment,
    EnvironmentContext,
    EnvironmentIdentity,
    Pace,
    PlaceKind,
    ShotSize,
    Voice,
)
from ministudio_animatic.angling import ROD
from ministudio_animatic.camera import Reach, drift, path
from ministudio_animatic.card import Sheet, draw_backdrop
from ministudio_animatic.figures import read_figures
from ministudio_animatic.figures.tackle import read_tackle
from ministudio_animatic.framing import SHADE, Body, Frame, Tackle
from ministudio_animatic.places.clearance import clear_of
from ministudio_animatic.places.in_use import in_use
from ministudio_animatic.reading.light import read_light
from ministudio_animatic.reading.perches import Thing, read_perch
from ministudio_animatic.reading.postures import Arms, Seat, read_pose
from ministudio_animatic.reading.waters import Water, water_of
from ministudio_animatic.shot import draw_shot
from ministudio_animatic.staging import stage

WHOLE = [ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.FULL]
SHEET = Sheet(width=320, height=180, reach=Reach(-0.5, -0.5, 0.5, 0.5))
CAMERAS = st.builds(
    Camera,
    size=st.sampled_from(ShotSize),
    move=st.sampled_from(CameraMove),
    pace=st.sampled_from(Pace),
)


def _fish(**words: str):
    return being("fish", BeingKind.ANIMAL, description="A fish.", **words)


def _hen(posture: str = "", **words: str):
    return being("hen", BeingKind.ANIMAL, description="A hen.", posture=posture, **words)


def _cat(posture: str = "", **words: str):
    return being("cat", BeingKind.ANIMAL, description="A cat.", posture=posture, **words)


def _at(kind: PlaceKind, words: str = "", *fixed: str) -> Environment:
    identity = EnvironmentIdentity(kind=kind, description=words, fixed_elements=fixed)
    return Environment(name="here", identity=identity)


def _shot(*cast, kind=PlaceKind.SEA, words="", fixed=(), action="They are there.", **camera):
    size = camera.pop("size", ShotSize.FULL)
    told = story(*cast, action=action, camera=Camera(size=size, **camera))
    return attrs.evolve(told, place=_at(kind, words, *fixed))


def _staged(shot, aspect: float = 16 / 9, band_top: float = 0.72):
    bodies = [figure.body for figure in read_figures(shot)]
    return stage(bodies, Frame(shot.camera.size, aspect, band_top), shot.camera.angle)


def _parts(shot, **frame):
    return {part.body.index: part for part in _staged(shot, **frame).parts}


def _grey(shot, number: int = 0, **asked) -> Image.Image:
    return draw_shot(request(shot, **asked)).frame(number).y


def _notes(shot) -> str:
    return " / ".join(draw_shot(request(shot)).notes)


@pytest.mark.slow
@given(
    CAMERAS,
    st.lists(st.sampled_from([6.2, 4.95, 4.75]), min_size=1, max_size=4),
    st.sampled_from([16 / 9, 1.0, 9 / 16, 21 / 9]),
    st.floats(0.66, 0.86),
    st.floats(0.5, 30),
)
@settings(max_examples=400, deadline=None)
def test_what_a_size_shows_of_people_stays_above_the_captions_in_every_move(
    camera, heads, aspect, band_top, seconds
):
    course = path(camera, seconds, 7)
    down, up = drift(course)
    bodies = [Body(index=i, heads=tall) for i, tall in enumerate(heads)]
    frame = Frame(camera.size, aspect, band_top - down, up)
    for part in stage(bodies, frame, CameraAngle.EYE).parts:
        low = part.top + part.head  # the chin; in sizes that hold whole bodies, the feet
        for moment in (0.0, seconds / 2, seconds):
            if camera.size in WHOLE:
                low = part.box[3]
            shown = course.shown(0.5, low, moment)[1]
            assert shown <= band_top - (SHADE if camera.size in WHOLE else 0.0) + 1e-6
            if camera.size is not ShotSize.EXTREME_CLOSE_UP:
                assert course.shown(0.5, part.top, moment)[1] >= -0.005


@pytest.mark.parametrize(
    ("move", "angle"),
    [
        (CameraMove.STATIC, CameraAngle.DUTCH),
        (CameraMove.TILT_UP, CameraAngle.EYE),
        (CameraMove.TILT_DOWN, CameraAngle.EYE),
        (CameraMove.PEDESTAL_UP, CameraAngle.HIGH),
        (CameraMove.PEDESTAL_DOWN, CameraAngle.EYE),
        (CameraMove.CRANE_UP, CameraAngle.LOW),
        (CameraMove.HANDHELD, CameraAngle.EYE),
    ],
)
def test_no_move_takes_feet_into_the_shade_or_heads_out_of_the_frame(move, angle):
    camera = Camera(size=ShotSize.FULL, move=move, pace=Pace.FAST, angle=angle)
    someone = being("noor", clothing="a white coat, white trousers")
    with_her = draw_shot(request(story(someone, camera=camera, place=PlaceKind.FIELD), seconds=3))
    nobody = draw_shot(request(story(camera=camera, place=PlaceKind.FIELD), seconds=3))
    top, end = with_her.overlay.top, with_her.overlay.top + round(SHADE * 360)
    for number in (0, with_her.frames // 2, with_her.frames - 1):
        here, gone = (reel.frame(number).y for reel in (with_her, nobody))
        changed = ImageChops.difference(here, gone)
        assert changed.crop((0, top + 4, 640, end)).getextrema()[1] < 32
        assert changed.crop((0, 0, 640, 2)).getextrema()[1] < 32, "the head is in the frame"


@given(
    st.sampled_from(CameraMove),
    st.sampled_from(Pace),
    st.sampled_from([6.2, 4.95, 4.75]),
    st.floats(0.66, 0.8),
)
@settings(max_examples=200, deadline=None)
def test_people_far_away_are_still_an_eighth_of_the_frame_high(move, pace, heads, band_top):
    course = path(Camera(move=move, pace=pace), 6.0, 1)
    down, up = drift(course)
    frame = Frame(ShotSize.EXTREME_WIDE, 16 / 9, max(0.66, band_top) - down, up)
    (part,) = stage([Body(index=0, heads=heads)], frame, CameraAngle.EYE).parts
    smallest = min((part.box[3] - part.top) / course.at(t).size for t in (0.0, 3.0, 6.0))
    assert smallest >= 1 / 8


def test_a_rod_is_half_as_long_again_as_who_carries_it():
    (walker,) = _parts(_shot(being("tom", carrying="a long rod", posture="walking"))).values()
    hand = walker.body.hand
    long = ((walker.tip[0] - hand[0]) ** 2 + (walker.tip[1] - hand[1]) ** 2) ** 0.5
    assert long >= 1.45 * walker.body.heads
    assert walker.tip[1] < 0, "over the shoulder, above the head"
    assert walker.hook is None, "nobody fishes on the way"


@pytest.mark.parametrize("aspect", [16 / 9, 1.0, 9 / 16])
@pytest.mark.parametrize("size", WHOLE)
@pytest.mark.parametrize("posture", ["standing", "sitting on a rock"])
def test_a_held_rod_has_its_tip_in_the_frame_and_its_line_in_the_water(size, aspect, posture):
    shot = _shot(being("tom", carrying="a fishing rod", posture=posture), size=size)
    staged = _staged(shot, aspect=aspect)
    (part,) = staged.parts
    tip_x, tip_y = part.x + part.tip[0] * part.head, part.top + part.tip[1] * part.head
    assert 0 <= tip_x <= aspect
    assert 0 <= tip_y < part.top + part.body.hand[1] * part.head
    end = part.top + part.hook[1] * part.head
    assert staged.backdrop.horizon < end < staged.backdrop.shore


def test_a_line_without_a_rod_runs_from_the_hands_to_the_fish():
    shot = _shot(being("tom", carrying="a wet line, drawn tight", posture="kneeling"), _fish())
    parts = _parts(shot)
    tom, fish = parts[0], parts[1]
    assert tom.tip is None
    x, y = tom.x + tom.hook[0] * tom.head, tom.top + tom.hook[1] * tom.head
    left, top, right, bottom = fish.box
    assert left <= x <= right
    assert top <= y <= bottom


def test_without_water_a_rod_has_no_line_in_it():
    (part,) = _parts(_shot(being("tom", carrying="a rod"), kind=PlaceKind.STREET)).values()
    assert part.tip is not None
    assert part.hook is None


def test_tackle_is_known_from_other_rods_and_lines():
    assert read_tackle("a long rod") is Tackle.ROD
    assert read_tackle("a wet line, drawn tight") is Tackle.LINE
    assert read_tackle("the washing line") is None
    assert read_tackle("a tall silver staff") is None


def test_a_rod_is_seen_beyond_the_body():
    rod, none = (
        _grey(_shot(being("tom", carrying=what, posture="standing"), size=ShotSize.WIDE))
        for what in ("a rod", "")
    )
    changed = ImageChops.difference(rod, none).point(lambda v: 255 * (v > 24)).getbbox()
    assert changed[2] - changed[0] > 0.3 * 360
    assert ROD > 9


@pytest.mark.parametrize(
    ("posture", "thing"),
    [
        ("asleep on the stool", Thing.STOOL),
        ("settled in the cap, feathers up", Thing.CAP),
        ("curled up in a small wicker basket", Thing.BASKET),
        ("sitting on top of the old barrel", Thing.BARREL),
    ],
)
def test_a_hen_sits_on_the_thing_that_the_words_name(posture, thing):
    assert read_perch(posture, "").thing is thing
    standing, perched = (_shot(_hen(words)) for words in ("standing", posture))
    assert not read_figures(perched)[0].note
    assert read_figures(perched)[0].body.width > read_figures(standing)[0].body.width
    assert _grey(perched) != _grey(standing)
    assert thing.value in in_use(_shot(_hen(posture))), "or it would stand there twice"


def test_what_happens_seats_an_animal_only_where_it_says_so():
    assert read_perch("", "The hen settles in the cap that the tide gave back").thing is Thing.CAP
    assert read_perch("", "The hen looks at the book on the table") is None
    assert read_perch("walking as if the floor were hers", "") is None


def test_a_cat_sits_on_the_shoulder_of_who_is_named():
    people = being("ann"), being("ben")
    parts = _parts(_shot(*people, _cat("sitting on Ben's shoulder"), kind=PlaceKind.FIELD))
    cat, ben = parts[2], parts[1]
    assert cat.seated
    assert abs(cat.x - ben.x) < ben.head
    assert ben.top < cat.box[3] < ben.top + 2 * ben.head
    assert abs(cat.x - ben.x) < abs(cat.x - parts[0].x)


def test_his_and_her_are_told_by_their_voices():
    ann, ben = being("ann", posture="sitting"), being("ben", posture="sitting")
    voiced = attrs.evolve(ben, character=attrs.evolve(ben.character, voice=Voice(gender="male")))
    (cat,) = read_figures(_shot(ann, voiced, _cat("asleep on his lap")))[2:]
    assert cat.body.perch == (1, "lap")


def test_a_lap_is_there_only_where_somebody_sits_and_the_notes_say_so():
    def shot(posture: str):
        return _shot(being("ann", posture=posture), _cat("on her lap"), kind=PlaceKind.INTERIOR)

    assert _parts(shot("sitting"))[1].seated
    assert _notes(shot("sitting")) == ""
    assert not _parts(shot("standing"))[1].seated
    assert "'on her lap' cannot be drawn" in _notes(shot("standing"))


def test_a_seat_that_cannot_be_drawn_is_noted():
    assert "'on the roof' cannot be drawn" in _notes(_shot(_hen("standing on the roof")))
    horse = being("horse", BeingKind.ANIMAL, description="A horse.", posture="on the stool")
    assert "'on the stool' cannot be drawn" in _notes(_shot(horse))


@pytest.mark.parametrize(
    ("kind", "words", "water"),
    [
        (PlaceKind.SEA, "", Water.SEA),
        (PlaceKind.FOREST, "A clearing by the river", Water.RIVER),
        (PlaceKind.CITY, "Old houses along a canal", Water.RIVER),
        (PlaceKind.FIELD, "A park with a pond", Water.POND),
        (PlaceKind.INTERIOR, "An indoor swimming pool", Water.POND),
        (PlaceKind.INTERIOR, "A study with a fish tank", Water.TANK),
        (PlaceKind.VILLAGE, "A square with a fountain", Water.BASIN),
        (PlaceKind.INTERIOR, "A room with a view of the lake", None),
        (PlaceKind.INTERIOR, "A bar with a pool table", None),
        (PlaceKind.INTERIOR, "A painting of a lake over the bed", None),
        (PlaceKind.FIELD, "A dry river and a floor polished like water", None),
        (PlaceKind.SKY, "Clouds over the river", None),
        (PlaceKind.DESERT, "Dunes", None),
    ],
)
def test_words_say_which_water_a_place_has(kind, words, water):
    assert water_of(_shot(kind=kind, words=words)) is water


def test_water_is_where_the_words_swim_too():
    shot = _shot(kind=PlaceKind.FIELD, action="A duck swims across the wide river.")
    assert water_of(shot) is Water.RIVER
    assert water_of(_shot(kind=PlaceKind.FIELD, action="They talk about the river.")) is None


OPEN = [
    (PlaceKind.FOREST, "by a river"),
    (PlaceKind.FIELD, "with a pond"),
    (PlaceKind.VILLAGE, "on a lake"),
    (PlaceKind.CITY, "along a canal"),
    (PlaceKind.STREET, "along a canal"),
    (PlaceKind.MOUNTAINS, "round a lake"),
    (PlaceKind.DESERT, "an oasis"),
    (PlaceKind.INTERIOR, "with a pool"),
]


@pytest.mark.parametrize(("kind", "words"), OPEN)
def test_fish_swim_in_the_water_of_any_place_and_it_is_there(kind, words):
    shot = _shot(being("tom"), _fish(), kind=kind, words=words)
    assert _parts(shot)[1].afloat
    dry = _grey(_shot(being("tom"), kind=kind))
    wet = _grey(_shot(being("tom"), kind=kind, words=words))
    fish_at = _parts(shot)[1].box[3]
    row = round(fish_at * 360)
    assert ImageChops.difference(dry, wet).crop((0, row - 8, 640, row)).getextrema()[1] > 20


@pytest.mark.parametrize(("kind", "words"), OPEN[:5])
def test_boats_float_on_the_water_of_any_place(kind, words):
    rower = being("tom", posture="sitting in a small boat")
    (figure,) = read_figures(_shot(rower, kind=kind, words=words))
    assert figure.body.aboard
    (ashore,) = read_figures(_shot(rower, kind=kind))
    assert not ashore.body.aboard


def test_a_fish_in_a_room_is_in_its_tank_and_the_room_has_no_second_one():
    shot = _shot(being("tom"), _fish(), kind=PlaceKind.INTERIOR, words="with an aquarium")
    fish = _parts(shot)[1]
    assert not fish.afloat
    assert fish.body.heads > 3 * read_figures(story(_fish()))[0].body.heads
    assert "aquarium" in in_use(shot)
    assert "aquarium" not in in_use(_shot(being("tom"), words="with an aquarium"))


def test_a_fish_without_water_is_noted():
    assert "no water" in _notes(_shot(_fish(), kind=PlaceKind.INTERIOR))
    assert _notes(_shot(_fish())) == ""


@given(st.floats(-0.9, 0.9), st.floats(0.02, 0.1), st.floats(-0.9, 0.9), st.floats(0.02, 0.15))
@settings(max_examples=200, deadline=None)
def test_what_stands_in_a_place_is_moved_from_behind_a_head(head, wide, thing, half):
    heads = [(head - wide, -0.3, head + wide, -0.2)]
    box = (thing - half, -0.5, thing + half, 0.1)
    by = clear_of(heads, [], box)
    # A hair's breadth is no reason to move a thing one step more.
    assert thing + half + by <= heads[0][0] + 1e-3 or thing - half + by >= heads[0][2] - 1e-3
    if thing + half <= heads[0][0] or thing - half >= heads[0][2]:
        assert by == 0


@pytest.mark.parametrize(
    ("kind", "element"), [(PlaceKind.FIELD, "a signpost"), (PlaceKind.INTERIOR, "a clock")]
)
def test_a_place_keeps_its_fixed_elements_where_no_head_is_before_them(kind, element):
    shot = _shot(kind=kind, fixed=(element,), size=ShotSize.WIDE)
    bare = _shot(kind=kind, size=ShotSize.WIDE)
    staged = _staged(shot, band_top=0.78)

    def drawn(told, heads=()) -> Image.Image:
        return draw_backdrop(told, staged, SHEET, heads).convert("L")

    at = ImageChops.difference(drawn(shot), drawn(bare)).getbbox()
    middle = (at[0] + at[2]) / 2 / 180
    head = (middle - 0.03, at[1] / 180, middle + 0.03, at[1] / 180 + 0.1)
    away = (5.0, 0.1, 5.1, 0.2)
    assert drawn(shot, [away]) == drawn(shot), "nobody is near: the place is as it always is"
    moved = ImageChops.difference(drawn(shot, [head]), drawn(shot)).getbbox()
    assert moved is not None


@pytest.mark.parametrize("angle", [CameraAngle.EYE, CameraAngle.LOW])
def test_a_throne_is_all_in_a_full_shot(angle):
    room, bare = (
        _shot(being("nils"), kind=PlaceKind.INTERIOR, fixed=fixed, angle=angle)
        for fixed in (("a throne", "a bed"), ("a bookcase", "a bed"))
    )
    backdrop = _staged(room).backdrop
    assert _grey(room) != _grey(bare)
    assert backdrop.floor - 0.38 * backdrop.zoom > 0


def test_grey_by_a_golden_light_is_golden_and_not_khaki():
    context = EnvironmentContext(time_of_day="night", weather="storm", light="gold, from the fish")
    light = read_light(attrs.evolve(story(place=PlaceKind.SEA), context=context))
    red, _, blue = light.beside((139, 139, 139))
    assert red > 139
    assert red - blue > 50
    assert max(light.lamp) == 255


def test_small_words_are_not_taken_for_seats_hips_or_lanterns():
    assert read_pose("sitting", "", "Duchess steps over her feet").seat is Seat.CHAIR
    assert read_pose("standing, hands on the balustrade", "", "").arms is Arms.DESK
    assert read_pose("standing, hands on her hips", "", "").arms is Arms.HIPS
    candle, lantern = (
        _grey(story(being("nils", carrying=what, posture="standing")))
        for what in ("a candle", "a lantern")
    )
    assert candle != lantern
