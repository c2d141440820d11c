"""Figures that act: speech, blinks, strides, roads, weather that moves, and dissolves."""

from __future__ import annotations

from itertools import pairwise

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
    Continuity,
    Dialogue,
    PlaceKind,
    ShotSize,
)
from ministudio_animatic.acting import (
    ACTS_OF_SPEECH,
    blinking,
    glowing,
    speaking,
    spoken,
    striding,
)
from ministudio_animatic.cues import Cue
from ministudio_animatic.drifts import Drift, heading_of_pages
from ministudio_animatic.framing import Body
from ministudio_animatic.goings import Ground, Shift
from ministudio_animatic.parts import Part
from ministudio_animatic.planes import frame_of
from ministudio_animatic.reading.paths import Going, goings
from ministudio_animatic.roads import march, road
from ministudio_animatic.shot import draw_shot

WIDE = Camera(size=ShotSize.WIDE)
CLOSE = Camera(size=ShotSize.CLOSE_UP)
GROUND = Ground(aspect=16 / 9, seconds=4.0)
SECONDS = st.floats(0, 600, allow_nan=False)


def seen(reel, number: int) -> Image.Image:
    """One frame without its captions."""
    whole = frame_of(reel.frame(number), number, reel.fps).to_image()
    return whole.crop((0, 0, whole.width, reel.overlay.top))


def apart(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    """The box in which two frames differ by more than rounding."""
    strongest = ImageChops.difference(one.convert("L"), other.convert("L"))
    return strongest.point([255 * (v > 8) for v in range(256)]).getbbox()


def moves(reel, numbers: range) -> set[int]:
    """The frames that differ from the one before."""
    return {n for n in numbers if apart(seen(reel, n), seen(reel, n + 1))}


def part(**fields: object) -> Part:
    plain = {"body": Body(index=0), "x": 0.8, "top": 0.3, "head": 0.06}
    return Part(**{**plain, **fields})


# ---------------------------------------------------------------- schedules


@given(SECONDS, st.text(max_size=4), st.lists(st.tuples(SECONDS, SECONDS), max_size=3))
@settings(max_examples=200, deadline=None)
def test_a_schedule_names_a_drawing_there_is_and_always_the_same(seconds, seed, spans):
    mouth = speaking(seconds, spans, seed)
    assert mouth == speaking(seconds, spans, seed)
    assert mouth in range(len(ACTS_OF_SPEECH))
    if not any(start <= seconds < end for start, end in spans):
        assert mouth == 0
    assert blinking(seconds, seed) in {0, 1}
    assert striding(seconds, 2.0) in {0, 1, 2}
    assert glowing(seconds, 6, 2.4) in range(6)


def test_a_mouth_opens_about_five_times_a_second():
    shapes = [speaking(n / 100, [(0.0, 20.0)], "tobias") for n in range(2000)]
    openings = sum(b > 1 >= a for a, b in pairwise(shapes))
    assert 3.5 < openings / 20 < 5.5


def test_two_voices_do_not_beat_in_step():
    one, other = ([speaking(n / 10, [(0.0, 9.0)], seed) for n in range(90)] for seed in ("a", "b"))
    assert one != other


@given(st.text(max_size=3))
@settings(max_examples=30, deadline=None)
def test_eyes_shut_every_few_seconds_and_only_for_a_moment(seed):
    shut = [blinking(n / 24, seed) for n in range(24 * 60)]
    assert 10 < sum(b > a for a, b in pairwise(shut)) < 25
    assert 0.02 < sum(shut) / len(shut) < 0.08


def test_a_step_puts_one_foot_before_the_other():
    assert [striding(n / 4, 2.0) for n in range(5)] == [0, 1, 2, 1, 0]


def test_speech_takes_as_long_as_its_words_and_narration_is_nobodys():
    long, short = "word " * 40, "Rise."
    cues = [
        Cue(start=0.0, end=3.0, speaker="Ilse", lines=(short,)),
        Cue(start=3.0, end=6.0, speaker="Ilse", lines=(long,)),
        Cue(start=6.0, end=9.0, speaker="Ilse", lines=(long,), narrated=True),
    ]
    (first, second) = spoken(cues, "Ilse")
    assert first[1] - first[0] < 1.2
    assert second == (pytest.approx(3.25), 6.0)
    assert spoken(cues, "Tobias") == ()
    assert spoken(cues, "Ilse", late=True)[0][0] > 1.5


# ---------------------------------------------------------------- frames


def dialogue(*lines: tuple[str, str]) -> tuple[Dialogue, ...]:
    return tuple(Dialogue(speaker=who, line=line) for who, line in lines)


def test_a_mouth_moves_during_its_own_words_and_not_during_anothers():
    shot = story(
        being("ilse"),
        being("tobias"),
        camera=Camera(size=ShotSize.MEDIUM),
        dialogue=dialogue(("ilse", "A door that shuts."), ("tobias", "What would I want?")),
    )
    reel = draw_shot(request(shot, seconds=4.0))
    middle = seen(reel, 0).width / 2
    sides = []
    for numbers in (range(4, 16), range(28, 40)):
        boxes = [apart(seen(reel, n), seen(reel, n + 1)) for n in numbers]
        sides.append({box[0] > middle for box in boxes if box})
        assert all(box[2] - box[0] < middle / 4 for box in boxes if box)
    assert sides == [{False}, {True}]


def test_narration_moves_no_mouth():
    shot = story(being("ilse"), camera=Camera(size=ShotSize.MEDIUM), narration="She waits. " * 5)
    reel = draw_shot(request(shot, seconds=3.0))
    assert not moves(reel, range(30))


@pytest.mark.parametrize("kind", [BeingKind.ROBOT, BeingKind.CREATURE, BeingKind.ANIMAL])
def test_who_is_no_human_speaks_with_what_there_is(kind):
    shot = story(
        being("rex", kind, description="a dog"),
        camera=Camera(size=ShotSize.MEDIUM),
        dialogue=dialogue(("rex", "I am not a human being at all.")),
    )
    reel = draw_shot(request(shot, seconds=2.0))
    assert moves(reel, range(2, 20))


def test_eyes_shut_in_a_close_up_and_nothing_else_moves():
    reel = draw_shot(request(story(being("ilse"), camera=CLOSE), seconds=8.0))
    first = seen(reel, 0)
    boxes = [box for n in range(96) if (box := apart(first, seen(reel, n)))]
    assert 1 < len(boxes) < 12
    assert len(set(boxes)) == 1
    assert boxes[0][3] - boxes[0][1] < first.height / 4


def test_in_a_wide_shot_nobody_is_seen_to_blink():
    reel = draw_shot(request(story(being("ilse"), camera=WIDE), seconds=8.0))
    assert not moves(reel, range(90))


def test_a_walker_takes_steps_on_the_spot_the_camera_keeps():
    shot = story(
        being("tobias", posture="walking"),
        camera=Camera(size=ShotSize.WIDE, move=CameraMove.TRUCK_RIGHT),
        place=PlaceKind.FIELD,
    )
    reel = draw_shot(request(shot, seconds=4.0))
    figure = next(player for player in reel.near if len(player.shows) == 3)
    assert figure.road.at(0.0).x == figure.road.at(3.0).x
    assert {figure.when(n / 24) for n in range(96)} == {0, 1, 2}
    boxes = {(show.left, show.mask.getbbox()) for show in figure.shows}
    assert len(boxes) == 3


def test_feet_stay_on_the_ground_from_step_to_step():
    for posture in ("walking", "running"):
        shot = story(being("tobias", posture=posture), camera=WIDE, place=PlaceKind.FIELD)
        reel = draw_shot(request(shot, seconds=4.0))
        figure = next(player for player in reel.near if len(player.shows) == 3)
        lows = []
        for second in (n / 24 for n in range(24)):
            show = figure.shows[figure.when(second)]
            solid = show.mask.point([255 * (v > 200) for v in range(256)])
            lows.append(show.top + solid.getbbox()[3] + figure.road.at(second).y * figure.unit)
        assert max(lows) - min(lows) < 3


def test_who_has_come_in_stands_still():
    shot = story(being("elias"), action="Elias enters.", camera=WIDE, place=PlaceKind.FIELD)
    reel = draw_shot(request(shot, seconds=4.0, fps=12))
    assert moves(reel, range(28, 46)) == set()
    assert moves(reel, range(4, 20))


def test_a_jumper_leaves_the_shadow_on_the_ground():
    shot = story(being("noor"), action="Noor jumps.", camera=WIDE, place=PlaceKind.FIELD)
    reel = draw_shot(request(shot, seconds=4.0))
    ways = [player.road.at(1.6).y for player in reel.near if player.road]
    assert ways == [0.0, pytest.approx(min(ways))]
    assert min(ways) < -0.02


def test_only_the_figures_own_box_changes_as_it_walks():
    shot = story(being("tobias", posture="walking"), camera=WIDE, place=PlaceKind.FIELD)
    reel = draw_shot(request(shot, seconds=2.0))
    box = apart(seen(reel, 0), seen(reel, 20))
    frame = seen(reel, 0)
    assert box[1] > 0.2 * frame.height
    assert box[2] - box[0] < 0.7 * frame.width
    still = frame.crop((0, 0, frame.width, box[1]))
    assert apart(still, seen(reel, 20).crop((0, 0, frame.width, box[1]))) is None


def test_an_orb_glows_on_while_nobody_speaks():
    shot = story(being("byte", BeingKind.ORB), camera=Camera(size=ShotSize.MEDIUM))
    reel = draw_shot(request(shot, seconds=3.0))
    assert moves(reel, range(24))


def test_the_same_shot_acts_the_same_way_twice():
    shot = story(
        being("ilse", posture="walking"),
        being("byte", BeingKind.ORB),
        action="Byte rises beside Ilse.",
        weather="rain",
        place=PlaceKind.FIELD,
        dialogue=dialogue(("ilse", "Wait.")),
    )
    one, other = (draw_shot(request(shot, seconds=1.0)) for _ in range(2))
    for number in range(12):
        assert one.frame(number).y.tobytes() == other.frame(number).y.tobytes()


# ---------------------------------------------------------------- roads


@pytest.mark.parametrize(
    ("action", "name", "expected"),
    [
        ("Byte rises between Noor and Elias, and comes to rest.", "Byte", ["rise", "sink"]),
        ("Byte rises between Noor and Elias, and comes to rest.", "Elias", []),
        ("Noor sits while loose pages rise around her.", "Noor", []),
        ("Noor sits. She gets up.", "Noor", ["rise"]),
        ("Noor and Elias step out of two doors.", "Elias", ["approach"]),
        ("Noor waits, and the sun sinks.", "Noor", []),
        ("Elias crosses the hall and leaves the room.", "Elias", ["cross", "leave"]),
        ("Elias walks among the fallen leaves.", "Elias", []),
    ],
)
def test_a_way_of_going_belongs_to_who_goes(action, name, expected):
    assert list(goings(name, ("Byte", "Noor", "Elias"), "", action)) == expected


def test_a_posture_is_read_where_the_action_says_nothing():
    assert goings("the Flounder", ("the Flounder",), "turning away", "It is late.") == (Going.AWAY,)


FLOATING = part(body=Body(index=0, kind=BeingKind.ORB, heads=0.72, floats=True))


def test_what_rises_ends_above_where_it_began_and_what_sinks_below():
    up, down = (road(FLOATING, [going], 0.0, GROUND) for going in (Going.RISE, Going.SINK))
    assert up.at(4.0).y < up.at(0.0).y - 0.1
    assert down.at(4.0).y > down.at(0.0).y + 0.1


def test_who_enters_begins_outside_the_frame_and_who_leaves_ends_there():
    enter, leave = (road(part(), [going], 0.0, GROUND) for going in (Going.ENTER, Going.LEAVE))
    assert part().box[2] + enter.at(0.0).x < 0
    assert enter.at(4.0) == Shift()
    assert part().box[0] + leave.at(4.0).x > GROUND.aspect


PARTS = st.builds(
    part,
    x=st.floats(0.3, 1.4),
    top=st.floats(0.1, 0.4),
    facing=st.sampled_from([1, -1]),
    body=st.builds(
        Body,
        index=st.just(0),
        heads=st.floats(0.7, 5),
        floats=st.booleans(),
        kind=st.sampled_from([BeingKind.HUMAN, BeingKind.ORB, BeingKind.ANIMAL]),
    ),
)
INSIDE = sorted(set(Going) - {Going.ENTER, Going.LEAVE})


@given(PARTS, st.lists(st.sampled_from(INSIDE), max_size=2, unique=True), st.floats(0, 1))
@settings(max_examples=300, deadline=None)
def test_a_road_stays_in_the_frame_and_is_walked_without_a_jump(who, ways, share):
    course = road(who, ways, 0.0, GROUND)
    second = share * GROUND.seconds
    at, then = course.at(second), course.at(second + 1 / 24)
    left, top, right, bottom = who.box
    assert min(left, 0.0) - 1e-9 <= left + at.x
    assert right + at.x <= max(right, GROUND.aspect) + 1e-9
    assert top + at.y >= min(top, 0.0) - 0.01
    assert bottom + at.y <= max(bottom, 1.0) + 0.01
    assert abs(then.x - at.x) < 0.06
    assert abs(then.y - at.y) < 0.06
    assert at == course.at(second)


@given(st.lists(st.builds(part, x=st.floats(0.2, 1.5)), min_size=2, max_size=4))
@settings(max_examples=100, deadline=None)
def test_company_on_the_way_keeps_its_distances_and_the_frame(walkers):
    one, other = march(walkers, GROUND, awaited=False)
    assert one <= 0 <= other
    for who in walkers:
        assert who.box[0] + one >= min(who.box[0], 0.0)
        assert who.box[2] + other <= max(who.box[2], GROUND.aspect)


def test_who_turns_round_is_drawn_from_both_sides():
    shot = story(being("ilse"), action="Ilse turns round.", camera=Camera(size=ShotSize.MEDIUM))
    reel = draw_shot(request(shot, seconds=2.0))
    assert moves(reel, range(23)) == {11}


def test_who_turns_round_ends_as_staged_and_who_turns_away_does_not():
    round_, away = (road(part(), [going], 0.0, GROUND) for going in (Going.TURN, Going.AWAY))
    assert [round_.turned(n) for n in (0.0, 4.0)] == [1, 0]
    assert [away.turned(n) for n in (0.0, 4.0)] == [0, 1]


def test_a_fish_that_comes_up_is_hidden_by_the_water_first():
    fish = being("cod", BeingKind.ANIMAL, description="a golden cod")
    shot = story(fish, action="Cod comes up.", place=PlaceKind.SEA, camera=WIDE)
    reel = draw_shot(request(shot, seconds=4.0))
    plain = draw_shot(request(attrs.evolve(shot, action="Cod is here."), seconds=4.0))
    assert apart(seen(reel, 0), seen(plain, 0))
    last = reel.frames - 1
    assert apart(seen(reel, last), seen(plain, last)) is None


# ---------------------------------------------------------------- weather


@pytest.mark.parametrize("weather", ["rain", "snow", "sandstorm", "fog"])
def test_weather_moves_before_a_camera_that_does_not(weather):
    shot = story(place=PlaceKind.FIELD, weather=weather, camera=WIDE)
    reel = draw_shot(request(shot, seconds=1.0))
    assert reel.frame(0).y.tobytes() != reel.frame(6).y.tobytes()
    assert reel.behind
    assert reel.before


@pytest.mark.parametrize("place", [PlaceKind.INTERIOR, PlaceKind.SPACE])
def test_no_rain_falls_under_a_roof(place):
    reel = draw_shot(request(story(place=place, weather="rain", camera=WIDE)))
    assert not reel.behind
    assert not reel.before


def test_rain_falls_down_and_not_up():
    reel = draw_shot(request(story(place=PlaceKind.FIELD, weather="rain", camera=WIDE), fps=60))
    veil = reel.before[0]
    assert veil.speed[1] > abs(veil.speed[0]) > 0
    lower = [ImageChops.offset(_laid(veil, 0.0), 0, 2 * rows) for rows in range(24)]
    differences = [_strength(ImageChops.difference(_laid(veil, 1 / 60), one)) for one in lower]
    assert differences.index(min(differences)) > 0


def _laid(veil, seconds: float) -> Image.Image:
    from ministudio_animatic.planes import picture

    frame = picture(Image.new("RGB", (veil.mask.width // 2, 360)))
    veil.lay(frame, seconds)
    return frame.y.crop((0, 0, frame.y.width, veil.rows))


def _strength(image: Image.Image) -> int:
    return sum(v * n for v, n in enumerate(image.histogram()))


@pytest.mark.parametrize(
    ("action", "way"),
    [
        ("Noor reads while loose pages rise around her.", -1),
        ("Each page it passes sinks back to the desk.", 1),
        ("Noor turns a page. The moon rises.", 0),
    ],
)
def test_pages_in_the_air_go_where_the_words_say(action, way):
    assert heading_of_pages(action) == way
    shot = story(being("noor"), action=action, camera=WIDE)
    shot = attrs.evolve(shot, context=attrs.evolve(shot.context, props=("loose pages",)))
    reel = draw_shot(request(shot, seconds=4.0))
    drifts = [player.road for player in reel.near if isinstance(player.road, Drift)]
    assert len(drifts) > 5
    for drift in drifts:
        (before, after) = (drift.at(n).y for n in (0.0, 0.01))
        if way:
            assert (after - before) * way > 0
        else:
            assert drift.at(4.0).shown == 1.0
    assert apart(seen(reel, 0), seen(reel, 40))


@given(st.floats(-0.6, 0.04), st.floats(-0.1, 0.1), SECONDS)
@settings(max_examples=100, deadline=None)
def test_a_page_comes_round_again_unseen(start, speed, seconds):
    drift = Drift(drawn=0.0, start=start, speed=speed, phase=0.3, zoom=1.0)
    one, other = drift.at(seconds), drift.at(seconds + 1 / 24)
    if abs(other.y - one.y) > 0.05:
        assert min(one.shown, other.shown) < 0.1
    assert 0 <= one.shown <= 1


# ---------------------------------------------------------------- dissolve, tilt


def test_a_dissolve_does_not_stop_at_the_captions_edge(paint):
    shot = story(continuity=Continuity.CHAIN, place=PlaceKind.FIELD, camera=WIDE)
    reel = draw_shot(request(shot, seconds=2.0, first_frame=paint((255, 255, 255))))
    plain = draw_shot(request(shot, seconds=2.0))
    whiter = ImageChops.difference(reel.frame(0).y, plain.frame(0).y)
    column = list(whiter.crop((320, 0, 321, 360)).tobytes())
    assert max(column) > 40
    assert max(abs(a - b) for a, b in pairwise(column[40:])) < 24
    assert max(column[reel.overlay.solid + 2 :]) == 0


def test_in_a_tilted_shot_a_mouth_stays_in_its_face():
    cast = being("ilse", clothing="a red coat")
    lines = dialogue(("ilse", "Everything leans here tonight."))
    camera = Camera(size=ShotSize.MEDIUM, angle=CameraAngle.DUTCH)
    reel = draw_shot(request(story(cast, camera=camera, dialogue=lines), seconds=3.0))
    boxes = [box for n in range(4, 24) if (box := apart(seen(reel, 0), seen(reel, n)))]
    assert boxes
    assert all(box[2] - box[0] < 60 and box[3] - box[1] < 60 for box in boxes)
