"""Colours for the marks beside names: bright enough to show, and each unlike the others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.colour import from_lch, lch, lighter, lightness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ministudio_animatic.drawing.colour import Colour

__all__ = ["dot_colours"]

_BRIGHT: Final = 0.48  # the least lightness that shows on the dark band
_APART: Final = 0.17  # from here on small marks are told apart at a glance
_BY_LIGHT, _BY_HUE = 0.55, 1.5  # in so small a mark a hue says more than a lightness
_HUES: Final = 12
_LIGHTS: Final = (0.0, 0.2, -0.2)
_CHROMA: Final = (0.11, 0.17)


def dot_colours(colours: Sequence[Colour]) -> list[Colour]:
    """Return the colours lifted until they show, and changed where two would look alike.

    The first who has a colour keeps it; who comes later with the same takes the nearest that
    is free.
    """
    found: list[Colour] = []
    for colour in colours:
        lifted = lighter(colour, max(0.0, _BRIGHT - lightness(colour)))
        found.append(_free(lifted, found))
    return found


def _free(colour: Colour, taken: Sequence[Colour]) -> Colour:
    def clear(other: Colour) -> float:
        return min((_unlike(other, one) for one in taken), default=1.0)

    if clear(colour) >= _APART:
        return colour
    choices = list(_others(colour))
    fit = [other for other in choices if clear(other) >= _APART]
    if fit:
        return min(fit, key=lambda other: _unlike(other, colour))
    return max(choices, key=clear)  # a crowd: as unlike as it can be


def _unlike(one: Colour, other: Colour) -> float:
    (light, vivid, hue), (light2, vivid2, hue2) = lch(one), lch(other)
    across = vivid * math.cos(hue) - vivid2 * math.cos(hue2)
    along = vivid * math.sin(hue) - vivid2 * math.sin(hue2)
    return math.hypot(_BY_LIGHT * (light - light2), _BY_HUE * across, _BY_HUE * along)


def _others(colour: Colour) -> Iterator[Colour]:
    light, vivid, hue = lch(colour)
    vivid = min(max(vivid, _CHROMA[0]), _CHROMA[1])
    for up in _LIGHTS:
        for step in range(_HUES):
            at = min(0.92, max(_BRIGHT, light + up))
            yield from_lch((at, vivid, hue + math.tau * step / _HUES))
