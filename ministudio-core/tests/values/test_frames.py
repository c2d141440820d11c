"""Names of sizes become pixels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.values.frames import AspectRatio, Resolution, Size, frame_size


@pytest.mark.parametrize(
    ("ratio", "resolution", "size"),
    [
        ("16:9", "720p", "1280x720"),
        ("16:9", "1080p", "1920x1080"),
        ("16:9", "480p", "854x480"),
        ("9:16", "720p", "720x1280"),
        ("1:1", "540p", "540x540"),
        ("4:3", "480p", "640x480"),
        ("21:9", "1080p", "2520x1080"),
        ("16:9", "2160p", "3840x2160"),
    ],
)
def test_the_resolution_names_the_shorter_side(ratio, resolution, size):
    assert str(frame_size(AspectRatio(ratio), Resolution(resolution))) == size


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(AspectRatio), st.sampled_from(Resolution), st.sampled_from([1, 2, 8, 16, 32])
)
def test_both_sides_are_multiples_and_near_the_exact_shape(ratio, resolution, multiple):
    size = frame_size(ratio, resolution, multiple)
    assert size.width % multiple == size.height % multiple == 0
    across, down = ratio.terms
    short, long = sorted((size.width, size.height))
    assert abs(short - resolution.lines) <= multiple / 2
    assert abs(long - resolution.lines * max(across, down) / min(across, down)) <= multiple / 2


def test_a_frame_is_never_without_pixels():
    assert frame_size(AspectRatio.WIDE, Resolution.P360, 4096) == Size(4096, 4096)


@pytest.mark.parametrize("resolution", Resolution)
def test_a_shape_and_the_shape_turned_have_sides_swapped(resolution):
    wide = frame_size(AspectRatio.WIDE, resolution)
    tall = frame_size(AspectRatio.TALL, resolution)
    assert (wide.width, wide.height) == (tall.height, tall.width)
