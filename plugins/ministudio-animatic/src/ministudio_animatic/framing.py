"""Framing: what each shot size holds, as tables, and what that makes of a body or a backdrop.

Lengths are in frame heights, bodies in heads, as in ``staging``.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import BeingKind, CameraAngle, ShotSize
from ministudio_animatic.backdrops import DEEP, HIGH, LOW, SIZES, Backdrop
from ministudio_animatic.footprint import Footprint

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SHADE", "Backdrop", "Body", "Frame", "Tackle"]

SHADE: Final = 0.05
"""How far above the caption band the picture begins to darken; feet stand no lower."""


class Tackle(StrEnum):
    """What somebody fishes with."""

    ROD = "rod"
    LINE = "line"


@attrs.frozen(kw_only=True)
class Body:
    """What staging must know of somebody.

    Args:
        index: The place in the shot's cast.
        kind: What sort of being it is.
        heads: How tall it is in its posture, in heads of a grown person.
        width: How wide it is, in heads.
        floats: Whether it hovers rather than stands.
        bust: How much longer its head is than a person's, for framing by the body.
        face: Where the face of a being without a body like ours is: across towards where it
            looks, down from the top, and how high it is; None where there is none.
        afloat: Where it is in the water, the height and width that are seen of it, in heads.
        sunk: Whether that is a shape under the surface.
        aboard: Whether it is in a boat.
        travels: Whether it walks or runs.
        order: -1 when it comes behind the others on their way, 1 when it goes before them.
        low: Whether it lies, crawls or falls: longer than high, and framed by its length.
        tackle: What it fishes with.
        hand: Where the hand is that holds that, ahead of its middle and down, in heads.
        by_water: Whether there is water where it is.
        seats: Where a small animal may sit on it: ahead of its middle and down, by name.
        perch: On whom, and on which of these, it sits itself.
        footprint: What it takes of a floor plan; None for what its width says.
        child: Whether it is a child, who is framed by a grown person's measure.
    """

    index: int
    kind: BeingKind = BeingKind.HUMAN
    heads: float = 6.2
    width: float = 2.0
    floats: bool = False
    bust: float = 1.0
    face: tuple[float, float, float] | None = None
    afloat: tuple[float, float] | None = None
    sunk: bool = False
    aboard: bool = False
    travels: bool = False
    order: int = 0
    low: bool = False
    tackle: Tackle | None = None
    hand: tuple[float, float] = (0.3, 2.6)
    by_water: bool = False
    seats: Sequence[tuple[str, tuple[float, float]]] = ()
    perch: tuple[int, str] | None = None
    footprint: Footprint | None = None
    child: bool = False

    @property
    def upright(self) -> bool:
        """Whether it is framed as people are: by face, chest, waist and knees."""
        return self.leads and not self.low

    @property
    def leads(self) -> bool:
        """Whether a shot is of it, rather than of the animals and things beside it."""
        return self.kind in {BeingKind.HUMAN, BeingKind.ROBOT, BeingKind.CREATURE}


# Where the top of the head is, and how many heads the frame holds down to the caption band;
# None means the whole body, feet included.
_FRAMING: Final[Mapping[ShotSize, tuple[float, float | None]]] = {
    ShotSize.EXTREME_WIDE: (0.4, None),
    ShotSize.WIDE: (0.28, None),
    ShotSize.FULL: (0.085, None),
    ShotSize.MEDIUM_WIDE: (0.09, 4.3),
    ShotSize.MEDIUM: (0.10, 2.75),
    ShotSize.MEDIUM_CLOSE_UP: (0.11, 1.95),
    ShotSize.CLOSE_UP: (0.115, 1.42),
    ShotSize.EXTREME_CLOSE_UP: (-0.14, 1.0),
}

# How much of the frame's height a being without a body like ours takes when it is the subject.
_LOOSE: Final[Mapping[ShotSize, float]] = {
    ShotSize.EXTREME_WIDE: 0.13,
    ShotSize.WIDE: 0.19,
    ShotSize.FULL: 0.34,
    ShotSize.MEDIUM_WIDE: 0.38,
    ShotSize.MEDIUM: 0.42,
    ShotSize.MEDIUM_CLOSE_UP: 0.48,
    ShotSize.CLOSE_UP: 0.54,
    ShotSize.EXTREME_CLOSE_UP: 0.62,
}

# How long a head of somebody who lies is in the frame's sizes that are not tight, and how many
# heads from the crown on a frame that is too narrow for the whole body must hold.
_LOW: Final[Mapping[ShotSize, tuple[float, float]]] = {
    ShotSize.EXTREME_WIDE: (0.04, 9.0),
    ShotSize.WIDE: (0.08, 9.0),
    ShotSize.FULL: (0.14, 9.0),
    ShotSize.MEDIUM_WIDE: (0.17, 5.4),
    ShotSize.MEDIUM: (0.21, 4.0),
}

# How high the face of such a being is in the frame's tight sizes.
_FACES: Final[Mapping[ShotSize, float]] = {
    ShotSize.MEDIUM_CLOSE_UP: 0.34,
    ShotSize.CLOSE_UP: 0.46,
    ShotSize.EXTREME_CLOSE_UP: 0.74,
}

# How many heads wide a body counts in tight sizes: shoulders may leave the frame, faces not.
_SHOULDERS: Final[Mapping[ShotSize, float]] = {
    ShotSize.MEDIUM_CLOSE_UP: 2.0,
    ShotSize.CLOSE_UP: 1.15,
    ShotSize.EXTREME_CLOSE_UP: 0.9,
}

_HOLDS: Final[Mapping[ShotSize, int]] = {
    ShotSize.EXTREME_WIDE: 9,
    ShotSize.WIDE: 7,
    ShotSize.FULL: 5,
    ShotSize.MEDIUM_WIDE: 4,
    ShotSize.MEDIUM: 3,
    ShotSize.MEDIUM_CLOSE_UP: 2,
    ShotSize.CLOSE_UP: 1,
    ShotSize.EXTREME_CLOSE_UP: 1,
}

_ADULT: Final = 6.2  # heads
_FARTHEST: Final = 0.19  # how high people are at least, before the camera moves away
_OVER: Final = 0.035  # above the head, wherever the camera takes it
_DEPTH: Final = 0.11  # between the horizon and the feet
_LOW_DEPTH: Final = 0.035  # the same for a camera that stands on the ground
_ANYWHERE: Final = 9.0  # frame heights down
_TREAD: Final = 0.045  # between the edge of the ground and the feet
_WATER: Final = 0.08  # of water, at least, where somebody swims
_BEFORE: Final = 0.025  # of ground that a camera near it does not see behind the feet
_BEHIND: Final = 0.2  # of ground seen behind the feet from above
_MARGIN: Final = 0.07  # of the frame's width, kept clear for the camera's moves
_FEET = frozenset({ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.FULL})
_TIGHT = frozenset({ShotSize.MEDIUM_CLOSE_UP, ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP})


@attrs.frozen
class Frame:
    """The frame a shot is staged in.

    Args:
        size: The shot size.
        aspect: Width of the frame over its height.
        band_top: Where the caption band begins; faces and feet stay above it. What the camera's
            move pushes down comes off it.
        lift: How far the camera's move pushes heads up.
    """

    size: ShotSize
    aspect: float
    band_top: float
    lift: float = 0.0

    @property
    def sides(self) -> tuple[float, float]:
        """Left and right of what is clear for figures."""
        return self.aspect * _MARGIN, self.aspect * (1 - _MARGIN)

    @property
    def tight(self) -> bool:
        """Whether faces fill the frame."""
        return self.size in _TIGHT

    @property
    def feet(self) -> bool:
        """Whether the frame holds whole bodies."""
        return self.size in _FEET

    @property
    def holds(self) -> int:
        """How many people it holds."""
        return _HOLDS[self.size]

    @property
    def ground(self) -> float:
        """Where feet stand; in tighter sizes, what has no body like ours stands on the band."""
        return self.band_top - (0.07 if self.size is ShotSize.EXTREME_WIDE else SHADE)

    def counted(self, body: Body) -> float:
        """Return how many heads wide a body counts: shoulders may leave a tight frame."""
        return min(body.width, _SHOULDERS.get(self.size, body.width))

    def highest(self, heads: float) -> float:
        """Return how long a head may be at most for a body of ``heads`` to fit upright."""
        room = self.ground - max(0.05, self.lift + _OVER)
        return room / heads if self.feet else 1.6 * room / min(heads, 1.6)

    def face(self) -> float:
        """Return how high an animal's face is in a tight frame."""
        return min(_FACES[self.size], self.aspect * 0.5)

    def crown(self) -> float:
        """Return how long the head is of somebody who lies and whose face fills a tight frame."""
        wide = {ShotSize.EXTREME_CLOSE_UP: 0.86, ShotSize.CLOSE_UP: 0.62}.get(self.size, 0.5)
        return min(_FACES[self.size] * 1.08, self.aspect * wide)

    def length(self, body: Body) -> float:
        """Return how much of the length of somebody alone who lies the frame must hold."""
        return min(body.width, _LOW[self.size][1])

    def measure(self, body: Body) -> tuple[float, float]:
        """Return how long a head is, and where the top of the head is, for the main subject."""
        top, heads = _FRAMING[self.size]
        if body.low and self.size in _LOW:
            return _LOW[self.size][0], top
        top = max(top, self.lift + _OVER) if top > 0 else top
        top = min(top, self.ground - _FARTHEST) if self.feet else top
        if not body.upright:
            return _LOOSE[self.size] / max(body.heads, body.width * 0.62), top
        if heads is None:
            # A seated or small subject of a full shot fills it as a standing grown-up would; a
            # child does not: the room above its head says how small it is. From far away they
            # must still be seen, seated or not.
            whole = self.size is ShotSize.WIDE or (body.child and self.size is ShotSize.FULL)
            least = _ADULT * (1.0 if whole else 0.8)
            return (self.ground - top) / max(least, body.heads), top
        # Of somebody in the water the rest is there, though it is not seen.
        held = heads if body.afloat else min(heads * body.bust, body.heads)
        head = (self.band_top - 0.01 - top) / held
        if body.child and self.size is ShotSize.MEDIUM_WIDE:
            top += max(0.0, _ADULT - body.heads) * 0.4 * head
        return head, top

    def backdrop(self, angle: CameraAngle) -> Backdrop:
        """Return how the place lies behind, seen from an angle."""
        sizes = {CameraAngle.LOW: LOW, CameraAngle.HIGH: HIGH}.get(angle, SIZES)
        plain = sizes[self.size]
        shift: dict[CameraAngle, float] = {}
        by = shift.get(angle, 0.0) * (0.6 if self.tight else 1.0)
        # Whole bodies stand on the ground: it must begin above their feet, even seen from below.
        depth = _LOW_DEPTH if angle is CameraAngle.LOW else _DEPTH
        lowest = self.ground - depth if self.feet else _ANYWHERE
        # Narrow frames step back a little, or they would show a wall and nothing on it.
        return attrs.evolve(
            plain,
            zoom=plain.zoom * min(1.0, max(0.6, self.aspect / 1.05)),
            horizon=min(plain.horizon + by, lowest),
            floor=min(plain.floor + by * 0.8, self.ground - _TREAD if self.feet else _ANYWHERE),
            blur=SIZES[self.size].blur,
            deep=DEEP.get(angle, 1.0),
        )

    @property
    def shore(self) -> float:
        """Where land begins in a place of water, at the lowest, for people to stand on it."""
        return self.ground - _TREAD

    def land(self, angle: CameraAngle) -> float:
        """Return the same seen from an angle: from above, land lies behind the feet as well."""
        return self.shore + {CameraAngle.HIGH: -_BEHIND, CameraAngle.LOW: _BEFORE}.get(angle, 0.0)

    def waterline(self, angle: CameraAngle) -> float:
        """Return the height of the frame at which beings lie in the water."""
        horizon = max(0.05, min(self.backdrop(angle).horizon, self.lowest_water))
        return horizon + 0.62 * max(0.02, self.land(angle) - horizon)

    @property
    def lowest_water(self) -> float:
        """How low the horizon may lie at most for water to be seen above the land."""
        return self.shore - _WATER
