"""What a low or a high camera does to a picture: uprights lean together, near things swell.

Everything is staged as if the camera looked straight ahead, and is then seen through a
``Keystone``. Looking up, whatever is higher in the frame is farther away: uprights meet above,
legs are long and heads small, eyes climb towards the hair. Looking down is the reverse. Lengths
are in frame heights, as in ``staging``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import CameraAngle, ShotSize
from ministudio_animatic.camera import Reach

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Keystone", "keystone"]

_HEAD: Final = 0.09  # where the top of a head is that fills the frame
_WIDEST: Final = 1.16  # nothing spreads further than this, so that the sides stay in the frame

_DOWN: Final = 0.8  # of that, looking down: legs must not vanish
# How much larger the lower end of the frame is seen than the upper end, looking up.
_LEAN: Final[Mapping[ShotSize, float]] = {
    ShotSize.EXTREME_WIDE: 1.55,
    ShotSize.WIDE: 1.55,
    ShotSize.FULL: 1.52,
    ShotSize.MEDIUM_WIDE: 1.5,
    ShotSize.MEDIUM: 1.48,
    ShotSize.MEDIUM_CLOSE_UP: 1.45,
    ShotSize.CLOSE_UP: 1.4,
    ShotSize.EXTREME_CLOSE_UP: 1.3,
}

Matrix = tuple[float, float, float, float, float, float, float, float]


@attrs.frozen(kw_only=True)
class Keystone:
    """The picture of a camera that looks up or down, as a projective map of the frame.

    It leaves two heights where they are: that of the head of a body that fills the frame, and
    the top of the caption band.

    Args:
        lean: How much larger the lower end is seen than the upper end; below 1 looking down.
        aspect: Width of the frame over its height.
        low: Where the caption band begins.
    """

    lean: float
    aspect: float
    low: float

    @property
    def spread(self) -> float:
        """How wide things are seen at the lower end."""
        return float(min(self.lean**0.5, _WIDEST * min(1.0, self.lean)))

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the upright picture is seen."""
        return self._mapped(x, y, self.lean, self.spread)

    def upright(self, x: float, y: float) -> tuple[float, float]:
        """Return which point of the upright picture is seen at a point of the frame."""
        return self._mapped(x, y, 1 / self.lean, 1 / self.spread)

    def covers(self, reach: Reach) -> Reach:
        """Return how much of the upright picture ``reach`` shows, and no less than itself."""
        corners = [
            self.upright((0.5 + x) * self.aspect, 0.5 + y)
            for x in (reach.left, reach.right)
            for y in (reach.top, reach.bottom)
        ]
        across = [x / self.aspect - 0.5 for x, _ in corners]
        down = [y - 0.5 for _, y in corners]
        return Reach(min(across), min(down), max(across), max(down), reach.widest)

    def matrix(
        self, target: tuple[float, float], source: tuple[float, float], unit: float
    ) -> Matrix:
        """Return the map from pixels of a seen picture to those of an upright one.

        Args:
            target: The seen picture's top left corner, in frame heights.
            source: The upright picture's top left corner, in frame heights.
            unit: Pixels of either in one height of the frame.
        """
        # In pixels of the target: w = rise + fall * py, which divides everything.
        lean, spread, middle = 1 / self.lean, 1 / self.spread, self.aspect / 2
        fall = (1 - lean) / ((self.low - _HEAD) * unit)
        rise = lean + (1 - lean) * (target[1] - _HEAD) / (self.low - _HEAD)
        shift = (middle - source[0]) * unit
        lift = (_HEAD - source[1]) * unit
        across = (target[0] - middle) * unit * spread
        values = (
            spread,
            shift * fall,
            shift * rise + across,
            0.0,
            1.0 + lift * fall,
            lift * rise + (target[1] - _HEAD) * unit,
            0.0,
            fall,
        )
        a, b, c, d, e, f, g, h = (value / rise for value in values)
        return a, b, c, d, e, f, g, h

    def _mapped(self, x: float, y: float, lean: float, spread: float) -> tuple[float, float]:
        down = (y - _HEAD) / (self.low - _HEAD)
        nearness = lean + (1 - lean) * down
        middle = self.aspect / 2
        return middle + (x - middle) * spread / nearness, _HEAD + (y - _HEAD) / nearness


def keystone(angle: CameraAngle, size: ShotSize, aspect: float, band_top: float) -> Keystone | None:
    """Return how an angle bends the picture; None where it stays upright."""
    if angle not in {CameraAngle.LOW, CameraAngle.HIGH}:
        return None
    lean = _LEAN[size]
    down = 1 + (lean - 1) * _DOWN
    return Keystone(
        lean=lean if angle is CameraAngle.LOW else 1 / down, aspect=aspect, low=band_top
    )
