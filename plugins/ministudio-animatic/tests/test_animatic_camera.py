"""Camera paths as pure functions."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.plugin import Camera, CameraMove, Pace
from ministudio_animatic.camera import FAR, NEAR, Path, View, heading, path, reach

CAMERAS = st.builds(Camera, move=st.sampled_from(CameraMove), pace=st.sampled_from(Pace))
SECONDS = st.floats(0.5, 600)


def _track(move: CameraMove, depth: float = NEAR) -> list[View]:
    course = path(Camera(move=move), 4.0, seed=1)
    return [course.at(t / 4, depth) for t in range(17)]


@given(CAMERAS, SECONDS, st.floats(0, 1), st.sampled_from([NEAR, FAR]), st.integers(0, 99))
@settings(max_examples=400, deadline=None)
def test_the_camera_never_sees_past_the_card(camera, seconds, share, depth, seed):
    course = path(camera, seconds, seed)
    card = reach(course, depth)
    view = course.at(share * seconds, depth)
    half = view.size / 2
    assert card.left <= view.x - half + 1e-9
    assert card.right >= view.x + half - 1e-9
    assert card.top <= view.y - half + 1e-9
    assert card.bottom >= view.y + half - 1e-9
    assert view.size <= card.widest * 1.02


@pytest.mark.slow
@given(CAMERAS, SECONDS, st.integers(0, 99))
@settings(max_examples=200, deadline=None)
def test_no_frame_jumps(camera, seconds, seed):
    course = path(camera, seconds, seed)
    steps = [course.at(i / 24) for i in range(min(240, int(seconds * 24)))]
    for one, other in pairwise(steps):
        assert abs(one.x - other.x) < 0.03
        assert abs(one.size - other.size) < 0.03


def test_every_move_differs_from_every_other():
    for one, other in combinations(CameraMove, 2):
        assert (_track(one), _track(one, FAR)) != (_track(other), _track(other, FAR))


def _signature(course: Path) -> tuple[object, ...]:
    """How near, middle and far go through the frame: which way, how much more, and how they grow.

    What is less than a thousandth of the frame counts as nothing.
    """

    def motion(depth: float) -> list[float]:
        first, last = (course.at(t, depth) for t in (0.0, course.seconds))
        return [first.x - last.x, first.y - last.y, first.size - last.size]

    def sign(value: float) -> int:
        return (value > 1e-3) - (value < -1e-3)

    near, middle, far = motion(NEAR), motion((NEAR + FAR) / 2), motion(FAR)
    ways = [tuple(map(sign, each)) for each in (near, far)]
    faster = [sign(abs(a) - abs(b)) for a, b in zip(near, far, strict=True)]
    between = all(
        min(a, c) - 1e-9 <= b <= max(a, c) + 1e-9 for a, b, c in zip(near, middle, far, strict=True)
    )
    return (*ways, *faster, between)


@given(st.sampled_from(Pace), st.floats(1.0, 60))
@settings(max_examples=60, deadline=None)
def test_no_two_moves_go_through_the_frame_alike(pace, seconds):
    moves = [move for move in CameraMove if move is not CameraMove.HANDHELD]
    signs = [_signature(path(Camera(move=move, pace=pace), seconds)) for move in moves]
    assert len(set(signs)) == len(moves)
    assert all(sign[-1] for sign in signs), "the middle moves as something in between"


def test_in_an_orbit_far_and_near_pass_in_opposite_ways_and_the_far_goes_further():
    for move, way in ((CameraMove.ORBIT_RIGHT, 1), (CameraMove.ORBIT_LEFT, -1)):
        course = path(Camera(move=move), 4.0)
        near, far = (course.shown(0.5, 0.5, 4, d)[0] - course.shown(0.5, 0.5, 0, d)[0]
                     for d in (NEAR, FAR))  # fmt: skip
        assert near * way < 0 < far * way
        assert abs(far) > 3 * abs(near)
        assert course.turns == way


def test_in_an_orbit_the_one_the_camera_goes_to_comes_nearer_and_the_other_goes_away():
    course = path(Camera(move=CameraMove.ORBIT_RIGHT), 4.0)

    def grown(x: float) -> float:
        return course.around(0.0, x).size / course.around(4.0, x).size

    assert grown(0.5) > grown(0.0) > grown(-0.5)
    still = path(Camera(move=CameraMove.TRUCK_LEFT), 4.0)
    assert still.around(1.0, 0.5) == still.at(1.0)


@given(st.sampled_from(list(Pace)), st.floats(-0.9, 0.9), st.floats(0, 1))
@settings(max_examples=80, deadline=None)
def test_on_a_way_round_nobody_ends_at_the_edge_of_the_card(pace, x, share):
    course = path(Camera(move=CameraMove.ORBIT_LEFT, pace=pace), 4.0)
    card, view = reach(course, NEAR), course.around(share * 4, x)
    assert card.left <= view.x - view.size / 2 + 1e-9
    assert card.right >= view.x + view.size / 2 - 1e-9


GROUNDS = st.tuples(st.floats(-0.3, 0.57), st.floats(0.62, 1.8))
RISES = [CameraMove.CRANE_UP, CameraMove.PEDESTAL_UP]
SINKS = [CameraMove.CRANE_DOWN, CameraMove.PEDESTAL_DOWN]


@given(st.sampled_from(RISES), GROUNDS, st.sampled_from(Pace), st.floats(1, 60))
@settings(max_examples=100, deadline=None)
def test_as_the_camera_rises_near_sinks_faster_than_far_and_the_ground_opens(
    move, ground, pace, seconds
):
    course = path(Camera(move=move, pace=pace), seconds, ground=ground)
    sinks = [
        course.shown(0.5, 0.5, seconds, d)[1] - course.shown(0.5, 0.5, 0.0, d)[1]
        for d in (NEAR, FAR)
    ]
    assert sinks[0] > 2 * sinks[1] > 0
    if move is CameraMove.PEDESTAL_UP:
        assert course.stretch(0.0) < course.stretch(seconds)
        assert course.start.size == course.end.size
    elif ground[1] < 0.9:  # where the feet are in the frame
        assert course.stretch(0.0) < course.stretch(seconds)


@given(st.sampled_from(RISES + SINKS), GROUNDS, st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_feet_stay_where_they_stand_while_the_ground_opens(move, ground, share):
    course = path(Camera(move=move), 4.0, ground=ground)
    if course.ground is None:
        return  # too little of it to open
    level, feet = ground
    begins = course.shown(0.5, level, share * 4, FAR)[1]
    scale = course.at(share * 4, FAR).size
    drawn = begins + (feet - level) / scale * course.stretch(share * 4)
    stands = course.shown(0.5, feet, share * 4, NEAR)[1]
    assert drawn == pytest.approx(stands, abs=1e-6) or course.stretch(share * 4) == 0.4


@given(CAMERAS, SECONDS, GROUNDS, st.floats(0, 1))
@settings(max_examples=200, deadline=None)
def test_the_opened_ground_never_ends_above_the_bottom_of_the_frame(camera, seconds, ground, share):
    course = path(camera, seconds, ground=ground)
    if course.ground is None:
        return
    view = course.at(share * seconds, FAR)
    begins = course.shown(0.5, ground[0], share * seconds, FAR)[1]
    needed = ground[0] + max(0.0, 1 - begins) * view.size / course.stretch(share * seconds)
    card = reach(course, FAR)
    assert needed - 0.5 <= card.bottom + 2e-3
    assert needed - 0.5 <= card.bottom * 1.01 + 1e-9


@pytest.mark.parametrize("move", [CameraMove.PAN_LEFT, CameraMove.TRUCK_RIGHT])
def test_no_other_move_opens_the_ground(move):
    assert path(Camera(move=move), 4.0, ground=(0.5, 0.7)).stretch(4.0) == 1.0


WALKS = [m for m in CameraMove if heading(m)]


@given(st.sampled_from(WALKS), st.sampled_from(Pace), SECONDS, st.floats(0, 1))
@settings(max_examples=200, deadline=None)
def test_whoever_walks_with_the_camera_never_slides_back(move, pace, seconds, share):
    course = path(Camera(move=move, pace=pace), seconds, walking=True)
    at = [course.shown(0.5, 0.5, share * seconds * t)[0] for t in (0.0, 0.5, 1.0)]
    gains = [(b - a) * heading(move) for a, b in pairwise(at)]
    assert min(gains) >= -1e-9
    first, last = (course.shown(0.5, 0.5, t, FAR)[0] for t in (0.0, seconds))
    assert (last - first) * heading(move) < 0, "the place goes by"


def test_who_stands_still_is_panned_over_with_the_place():
    course = path(Camera(move=CameraMove.PAN_RIGHT), 4.0)
    assert not course.layered
    assert course.shown(0.5, 0.5, 4.0)[0] < course.shown(0.5, 0.5, 0.0)[0]


def test_a_static_camera_stands_still():
    assert set(_track(CameraMove.STATIC)) == {View()}


@pytest.mark.parametrize(
    "move", [CameraMove.PAN_LEFT, CameraMove.TILT_UP, CameraMove.ZOOM_IN, CameraMove.HANDHELD]
)
def test_turning_and_zooming_move_near_and_far_alike(move):
    assert _track(move, NEAR) == _track(move, FAR)


@pytest.mark.parametrize("move", [CameraMove.TRUCK_LEFT, CameraMove.PUSH_IN, CameraMove.CRANE_UP])
def test_a_carried_camera_moves_the_near_further(move):
    near, far = _track(move, NEAR), _track(move, FAR)

    def travelled(views: list[View]) -> float:
        first, last = views[0], views[-1]
        return abs(first.x - last.x) + abs(first.y - last.y) + abs(first.size - last.size)

    assert travelled(near) > 1.5 * travelled(far) > 0


def test_moves_go_where_their_names_say():
    assert _track(CameraMove.PAN_RIGHT)[-1].x > _track(CameraMove.PAN_RIGHT)[0].x
    assert _track(CameraMove.TILT_UP)[-1].y < _track(CameraMove.TILT_UP)[0].y
    assert _track(CameraMove.PUSH_IN)[-1].size < _track(CameraMove.PUSH_IN)[0].size
    assert _track(CameraMove.PULL_OUT)[-1].size > _track(CameraMove.PULL_OUT)[0].size


def test_a_move_starts_and_ends_gently():
    course = path(Camera(move=CameraMove.PAN_RIGHT), 10.0)
    first = course.at(0.1).x - course.at(0.0).x
    middle = course.at(5.1).x - course.at(5.0).x
    last = course.at(10.0).x - course.at(9.9).x
    assert first < middle / 3
    assert last < middle / 3


def test_pace_sets_how_far_a_move_goes():
    def amount(pace: Pace) -> float:
        course = path(Camera(move=CameraMove.TRUCK_LEFT, pace=pace), 4.0)
        return course.start.x - course.end.x

    assert amount(Pace.SLOW) < amount(Pace.STEADY) < amount(Pace.FAST)


def test_a_handheld_camera_sways_by_its_seed():
    shaky = Camera(move=CameraMove.HANDHELD)
    assert path(shaky, 4, 1).at(1.3) == path(shaky, 4, 1).at(1.3)
    assert path(shaky, 4, 1).at(1.3) != path(shaky, 4, 2).at(1.3)
