"""Frame rates out of time stamps."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.media.rates import frame_rate

RATES = [Fraction(n) for n in (1, 12, 24, 25, 30, 48, 50, 60, 120)]
NTSC = [Fraction(n * 1000, 1001) for n in (24, 30, 60)]
CLOCKS = [Fraction(1, n) for n in (600, 1000, 12288, 24000, 30000, 90000)]


@settings(max_examples=200, deadline=None)
@given(
    rate=st.sampled_from(RATES + NTSC),
    clock=st.sampled_from(CLOCKS),
    frames=st.integers(48, 600),
    start=st.integers(-5000, 5000),
)
def test_a_steady_rate_is_found_through_the_rounding_of_any_clock(rate, clock, frames, start):
    ticks = [start + round(n / rate / clock) for n in range(frames)]
    found, steady = frame_rate(ticks, clock, None)
    assert steady
    # A coarse clock and a short clip cannot tell 24 from 23.976; the error is below a tick.
    assert abs((frames - 1) / found - (frames - 1) / rate) <= 2 * clock


def test_24_and_23_976_are_told_apart():
    clock = Fraction(1, 24000)
    assert frame_rate([n * 1000 for n in range(96)], clock, None) == (24, True)
    assert frame_rate([n * 1001 for n in range(96)], clock, None) == (Fraction(24000, 1001), True)


def test_a_rate_nobody_has_heard_of_is_steady_all_the_same():
    assert frame_rate([n * 7 for n in range(50)], Fraction(1, 90), None) == (
        Fraction(90, 7),
        True,
    )


def test_a_pause_makes_a_clip_uneven():
    ticks = [n * 512 for n in range(24)] + [n * 512 + 6000 for n in range(24, 48)]
    assert not frame_rate(ticks, Fraction(1, 12288), None)[1]


@pytest.mark.parametrize(("declared", "expected"), [(Fraction(24), 24), (None, 1)])
def test_one_frame_has_the_rate_its_container_declares(declared, expected):
    assert frame_rate([0], Fraction(1, 1000), declared) == (expected, True)
