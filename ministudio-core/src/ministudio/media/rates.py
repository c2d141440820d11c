"""Which frame rate a row of time stamps means."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["frame_rate"]

_NTSC = Fraction(1000, 1001)
_FASTEST = 1000


def frame_rate(
    ticks: Sequence[int], time_base: Fraction, declared: Fraction | None
) -> tuple[Fraction, bool]:
    """Return frames a second, and whether all frames last equally long.

    Time stamps are whole numbers of some clock's ticks, so a steady rate may look uneven by one
    tick; a clock of 1/1000 s, for one, cannot hold 24 frames a second. The nearest whole rate is
    tried first, then the nearest NTSC rate (30000/1001 and its kin), then the measured average.

    Args:
        ticks: The time stamps of the frames in decoding order.
        time_base: Seconds a tick.
        declared: What the container says, used where there is only one frame.
    """
    span = (ticks[-1] - ticks[0]) * time_base if ticks else Fraction(0)
    if span <= 0:
        return declared or Fraction(1), len(ticks) <= 1
    average = (len(ticks) - 1) / span
    whole = Fraction(round(average))
    for rate in (whole, Fraction(round(average / _NTSC)) * _NTSC):
        if 0 < rate <= _FASTEST and _fits(ticks, 1 / (rate * time_base)):
            return rate, True
    return average.limit_denominator(1001), _fits(ticks, 1 / (average * time_base))


def _fits(ticks: Sequence[int], step: Fraction) -> bool:
    # Compared as whole numbers: an hour of film has 86,400 stamps.
    n, d, first = step.numerator, step.denominator, ticks[0]
    return all(abs((tick - first) * d - i * n) <= d for i, tick in enumerate(ticks))
