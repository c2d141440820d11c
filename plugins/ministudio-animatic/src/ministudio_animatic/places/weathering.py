"""What the air does to a place that is already drawn: fog in banks, one behind the other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.colour import Colour, mix

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["fog_banks"]

_WHITE: Final[Colour] = (255, 255, 255)
# Where a bank lies, how thick it is, how much of what is behind it it hides: far to near.
_BANKS: Final = (
    (-0.2, 0.13, 0.5), (-0.09, 0.1, 0.85), (-0.005, 0.075, 1.0), (0.07, 0.06, 0.72),
    (0.155, 0.06, 0.5), (0.27, 0.07, 0.36),
)  # fmt: skip
_LOW: Final = ((-0.02, 0.06), (0.06, 0.035))  # the same where only the hour brings the mist


def fog_banks(s: Scene) -> None:
    """Lay fog over the place, thickest far away; low mist where only the hour brings it."""
    fog, mist = s.light.weather.fog, s.light.hour.mist
    pale = mix(s.light.haze, _WHITE, 0.16 if s.light.hour.night else 0.42)
    if fog >= 0.3:
        for y, thick, share in _BANKS:
            _bank(s, y, thick * (0.7 + 0.6 * fog), pale, min(0.92, fog * 1.35 * share))
    elif mist and s.light.weather.wind < 0.5:
        for y, thick in _LOW:
            _bank(s, y, thick, pale, mist)


def _bank(s: Scene, y: float, thick: float, colour: Colour, opacity: float) -> None:
    """One long bank with a rolling upper edge."""
    swell = s.air.uniform(0, math.tau)
    upper, lower = [], []
    for i in range(41):
        x = s.left - 0.2 + (s.right - s.left + 0.4) * i / 40
        roll = math.sin(x * 3.1 + swell) + 0.6 * math.sin(x * 7.3 + swell * 2)
        upper.append((x, y - thick * (0.45 + 0.26 * roll)))
        lower.append((x, y + thick * (0.4 + 0.24 * math.sin(x * 4.3 - swell))))
    s.canvas.soft([*upper, *lower[::-1]], colour, opacity, thick * 0.6)
