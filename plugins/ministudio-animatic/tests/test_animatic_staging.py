"""Who stands where, in every size, angle and shape of frame."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.plugin import BeingKind, CameraAngle, ShotSize
from ministudio_animatic.framing import Body, Frame
from ministudio_animatic.staging import stage

PERSON = Body(index=0)
ASPECTS = st.sampled_from([16 / 9, 9 / 16, 1.0, 4 / 3, 21 / 9])
SIZES = st.sampled_from(ShotSize)
ANGLES = st.sampled_from(CameraAngle)
BAND = st.floats(0.66, 0.86)


@st.composite
def _lying(draw, index, kind):
    """Somebody who lies, the face at one end."""
    heads, width = draw(st.floats(1.3, 5.5)), draw(st.floats(4.2, 8.0))
    end = draw(st.sampled_from([-1, 1])) * (width / 2 - 0.6)
    face = (end, draw(st.floats(0.5, heads - 0.5)), 1.0)
    return Body(index=index, kind=kind, heads=heads, width=width, face=face, low=True)


@st.composite
def bodies(draw):
    """Up to nine of any kind and posture, some of them lying."""
    made = []
    for index in range(draw(st.integers(0, 9))):
        kind = draw(st.sampled_from(BeingKind))
        upright = kind in {BeingKind.HUMAN, BeingKind.ROBOT, BeingKind.CREATURE}
        if upright and draw(st.integers(0, 3)) == 0:
            made.append(draw(_lying(index, kind)))
            continue
        made.append(
            Body(
                index=index,
                kind=kind,
                heads=draw(st.floats(4.4, 6.2) if upright else st.floats(0.5, 7.5)),
                width=draw(st.floats(1.6, 3.7) if upright else st.floats(0.5, 7.0)),
                floats=kind is BeingKind.ORB,
                bust=draw(st.floats(1.0, 1.75)) if upright else 1.0,
                face=(0.8, 0.5, 0.9) if kind is BeingKind.ANIMAL else None,
            )
        )
    return made


@pytest.mark.slow
@given(bodies(), SIZES, ANGLES, ASPECTS, BAND)
@settings(max_examples=600, deadline=None)
def test_every_figure_is_in_the_frame_and_everybody_is_accounted_for(
    cast, size, angle, aspect, band_top
):
    staged = stage(cast, Frame(size, aspect, band_top), angle)
    seen = [part.body.index for part in staged.parts]
    assert sorted([*seen, *staged.absent]) == list(range(len(cast)))
    assert bool(cast) == bool(seen)
    for part in staged.parts:
        left, top, right, bottom = part.visible(aspect)
        assert min(right - left, bottom - top) > 0.004
        assert max(right - left, bottom - top) > 0.02
        assert top < band_top, "hidden by the caption band"


@pytest.mark.slow
@given(bodies(), SIZES, ASPECTS, BAND)
@settings(max_examples=600, deadline=None)
def test_faces_are_whole_and_above_the_captions(cast, size, aspect, band_top):
    if size is ShotSize.EXTREME_CLOSE_UP:
        return  # it cuts into the face, as its name says
    for part in stage(cast, Frame(size, aspect, band_top), CameraAngle.EYE).parts:
        if part.body.low:
            across, down, _ = part.body.face
            middle = part.x + part.facing * across * part.head
            assert part.head * 0.45 - 0.01 <= middle <= aspect - part.head * 0.45 + 0.01
            assert part.head * 0.4 - 0.01 <= part.top + down * part.head <= band_top
        if not part.body.upright:
            continue
        # The robot's antenna and the creature's horns belong to what is framed.
        assert part.top >= -0.005
        assert part.top + part.head <= band_top + 0.02
        assert part.x - part.head * 0.5 >= -0.01
        assert part.x + part.head * 0.5 <= aspect + 0.01


@pytest.mark.slow
@given(bodies(), st.sampled_from([ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.FULL]), ASPECTS)
@settings(max_examples=300, deadline=None)
def test_in_wide_sizes_whole_bodies_stand_above_the_band(cast, size, aspect):
    for part in stage(cast, Frame(size, aspect, 0.78), CameraAngle.EYE).parts:
        left, top, right, bottom = part.box
        assert top >= 0
        assert bottom <= 0.78
        assert left >= 0
        assert right <= aspect + 1e-9


def test_a_light_beside_somebody_who_lies_stays_above_the_band():
    lying = Body(index=0, heads=1.5, width=5.0, face=(-1.9, 1.0, 1.0), low=True)
    orb = Body(index=1, kind=BeingKind.ORB, heads=5.0, width=1.0, floats=True)
    parts = stage([lying, orb], Frame(ShotSize.WIDE, 16 / 9, 0.78), CameraAngle.EYE).parts
    assert max(part.box[3] for part in parts) <= 0.78


@given(st.integers(2, 3), st.sampled_from(list(ShotSize)[:5]), ASPECTS, BAND)
@settings(max_examples=200, deadline=None)
def test_people_side_by_side_do_not_overlap(count, size, aspect, band_top):
    cast = [Body(index=i) for i in range(count)]
    parts = stage(cast, Frame(size, aspect, band_top), CameraAngle.EYE).parts
    boxes = sorted(part.box for part in parts)
    for one, other in pairwise(boxes):
        assert one[2] <= other[0] + 1e-9


@given(ASPECTS, BAND)
@settings(max_examples=60, deadline=None)
def test_each_size_is_closer_than_the_one_before(aspect, band_top):
    heads = [
        stage([PERSON], Frame(size, aspect, band_top), CameraAngle.EYE).parts[0].head
        for size in ShotSize
    ]
    assert heads == sorted(heads)
    if aspect > 1.5:
        assert len(set(heads)) == len(heads)


def test_the_closer_the_shot_the_softer_and_larger_the_backdrop():
    drops = [Frame(size, 16 / 9, 0.78).backdrop(CameraAngle.EYE) for size in ShotSize]
    assert [drop.zoom for drop in drops] == sorted(drop.zoom for drop in drops)
    assert [drop.blur for drop in drops] == sorted(drop.blur for drop in drops)


def test_a_low_camera_sees_the_horizon_lower_and_a_high_one_higher():
    frame = Frame(ShotSize.WIDE, 16 / 9, 0.78)
    low, eye, high = (
        frame.backdrop(angle).horizon
        for angle in (CameraAngle.LOW, CameraAngle.EYE, CameraAngle.HIGH)
    )
    assert low > eye > high


def test_over_the_shoulder_the_second_person_is_seen_from_behind():
    parts = stage(
        [PERSON, Body(index=1)], Frame(ShotSize.MEDIUM, 16 / 9, 0.78), CameraAngle.OVER_THE_SHOULDER
    ).parts
    assert [(part.body.index, part.from_behind) for part in parts] == [(0, False), (1, True)]


@pytest.mark.parametrize("aspect", [16 / 9, 1.0, 9 / 16])
@pytest.mark.parametrize("size", list(ShotSize)[:7])
def test_an_orb_beside_a_face_does_not_cover_it(size, aspect):
    orb = Body(index=1, kind=BeingKind.ORB, heads=0.72, width=0.95, floats=True)
    person, light = sorted(
        stage([PERSON, orb], Frame(size, aspect, 0.78), CameraAngle.EYE).parts,
        key=lambda part: part.body.index,
    )
    left, top, right, bottom = light.box
    face = (person.x - person.head * 0.45, person.top, person.x + person.head * 0.45,
            person.top + person.head)  # fmt: skip
    assert right <= face[0] or left >= face[2] or top >= face[3] or bottom <= face[1]
