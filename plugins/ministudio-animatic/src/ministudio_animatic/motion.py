"""How a camera moves in time: gently at both ends, or swaying in somebody's hands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ministudio_animatic.drawing.dice import dice
from ministudio_animatic.moves import View

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["eased", "sway"]


def eased(t: float) -> float:
    """Start and end gently; the middle runs evenly, so that long moves do not seem to rush."""
    t = min(1.0, max(0.0, t))
    ease = 0.3
    top = 1 / (1 - ease)
    if t < ease:
        return top * t * t / (2 * ease)
    if t > 1 - ease:
        return 1 - top * (1 - t) * (1 - t) / (2 * ease)
    return top * (t - ease / 2)


def sway(seed: int, amount: float) -> Callable[[float], View]:
    """Return the sway of a handheld camera at a time in seconds, by ``amount`` of the frame."""
    rng = dice(f"sway/{seed}")
    waves = [(rng.uniform(0.25, 1.1), rng.uniform(0, math.tau)) for _ in range(6)]

    def swayed(seconds: float) -> View:
        x, y, size = (
            sum(math.sin(math.tau * pace * seconds + phase) for pace, phase in waves[k : k + 2]) / 2
            for k in (0, 2, 4)
        )
        return View(amount * x, amount * y, 1 + amount * 0.5 * size)

    return swayed
