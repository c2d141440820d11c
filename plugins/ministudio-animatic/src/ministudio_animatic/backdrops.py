"""How the place lies behind the figures: a table for every angle that a camera may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import CameraAngle, PlaceKind, ShotSize

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEEP", "HIGH", "LOW", "SIZES", "Backdrop"]


@attrs.frozen(kw_only=True)
class Backdrop:
    """How the place lies behind the figures.

    Args:
        zoom: How much larger than in a wide shot.
        horizon: At which height of the frame its horizon is.
        floor: At which height, in a room, floor and wall meet.
        blur: How far out of focus it is, as a share of the frame's height.
        shore: Where the land that people stand on begins, at the lowest; None without people.
        deep: How far apart everything below the horizon is drawn: more from higher up.
        plan: How long a head is on the floor plan that an overhead shot looks down on.
    """

    zoom: float
    horizon: float
    floor: float
    blur: float = 0.0
    shore: float | None = None
    deep: float = 1.0
    plan: float = 0.05

    def level(self, kind: PlaceKind) -> float:
        """Return at which height of the frame the ground ends in a place of this kind."""
        return self.floor if kind is PlaceKind.INTERIOR else self.horizon


SIZES: Final[Mapping[ShotSize, Backdrop]] = {
    ShotSize.EXTREME_WIDE: Backdrop(zoom=0.7, horizon=0.48, floor=0.62),
    ShotSize.WIDE: Backdrop(zoom=1.0, horizon=0.5, floor=0.64),
    ShotSize.FULL: Backdrop(zoom=1.2, horizon=0.47, floor=0.64),
    ShotSize.MEDIUM_WIDE: Backdrop(zoom=1.5, horizon=0.48, floor=0.74),
    ShotSize.MEDIUM: Backdrop(zoom=1.9, horizon=0.53, floor=0.95, blur=0.0025),
    ShotSize.MEDIUM_CLOSE_UP: Backdrop(zoom=2.4, horizon=0.57, floor=1.2, blur=0.006),
    ShotSize.CLOSE_UP: Backdrop(zoom=2.9, horizon=0.6, floor=1.4, blur=0.011),
    ShotSize.EXTREME_CLOSE_UP: Backdrop(zoom=3.6, horizon=0.62, floor=1.7, blur=0.018),
}

# The place as seen from near the ground, looking up, and from above, looking down: where horizon
# and floor line lie before the picture is bent, see ``angles``. Beyond the frame is allowed: what
# is behind a face is then sky or ceiling, or nothing but the ground.
LOW: Final[Mapping[ShotSize, Backdrop]] = {
    ShotSize.EXTREME_WIDE: Backdrop(zoom=0.62, horizon=0.9, floor=0.9),
    ShotSize.WIDE: Backdrop(zoom=0.8, horizon=0.9, floor=0.9),
    ShotSize.FULL: Backdrop(zoom=0.88, horizon=0.9, floor=0.9),
    ShotSize.MEDIUM_WIDE: Backdrop(zoom=1.05, horizon=0.72, floor=0.84),
    ShotSize.MEDIUM: Backdrop(zoom=1.25, horizon=0.82, floor=0.98),
    ShotSize.MEDIUM_CLOSE_UP: Backdrop(zoom=1.5, horizon=0.92, floor=1.12),
    ShotSize.CLOSE_UP: Backdrop(zoom=1.75, horizon=1.02, floor=1.26),
    ShotSize.EXTREME_CLOSE_UP: Backdrop(zoom=2.1, horizon=1.12, floor=1.48),
}
HIGH: Final[Mapping[ShotSize, Backdrop]] = {
    ShotSize.EXTREME_WIDE: Backdrop(zoom=0.7, horizon=0.14, floor=0.3),
    ShotSize.WIDE: Backdrop(zoom=1.0, horizon=0.07, floor=0.26),
    ShotSize.FULL: Backdrop(zoom=1.2, horizon=0.0, floor=0.2),
    ShotSize.MEDIUM_WIDE: Backdrop(zoom=1.5, horizon=-0.06, floor=0.15),
    ShotSize.MEDIUM: Backdrop(zoom=1.9, horizon=-0.12, floor=0.1),
    ShotSize.MEDIUM_CLOSE_UP: Backdrop(zoom=2.2, horizon=-0.2, floor=0.02),
    ShotSize.CLOSE_UP: Backdrop(zoom=2.5, horizon=-0.26, floor=-0.06),
    ShotSize.EXTREME_CLOSE_UP: Backdrop(zoom=3.0, horizon=-0.35, floor=-0.2),
}
DEEP: Final[Mapping[CameraAngle, float]] = {CameraAngle.LOW: 0.45, CameraAngle.HIGH: 1.7}
