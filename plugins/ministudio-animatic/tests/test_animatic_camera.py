"""Camera paths as pure functions."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.plugin import Camera, CameraMove, Pace
from ministudio_animatic.camera import FAR, NEAR, View, path, reach

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
