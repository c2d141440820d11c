"""Staging: who stands where and how large, for each shot size; pure arithmetic.

Lengths are in frame heights: the frame is 1 high and ``aspect`` wide, y grows downwards. Bodies
are measured in heads, the measure of figure drawing: a shot size says which part of the body the
frame holds, so it is a number of heads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from ministudio.plugin import BeingKind, CameraAngle, ShotSize

__all__ = ["Backdrop", "Body", "Part", "Staging", "stage"]


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
    """

    index: int
    kind: BeingKind = BeingKind.HUMAN
    heads: float = 6.2
    width: float = 2.0
    floats: bool = False
    bust: float = 1.0
    face: tuple[float, float, float] | None = None

    @property
    def upright(self) -> bool:
        """Whether it is framed as people are: by face, chest, waist and knees."""
        return self.kind in {BeingKind.HUMAN, BeingKind.ROBOT, BeingKind.CREATURE}


@attrs.frozen(kw_only=True)
class Part:
    """One being in the frame.

    Args:
        body: Who.
        x: Its middle, across.
        top: The top of its head.
        head: How long one head is.
        facing: 1 when it looks to the right, -1 to the left.
        away: How far behind the others it stands, 0 to 1.
        from_behind: Whether only head and shoulders are seen, from behind, in the foreground.
    """

    body: Body
    x: float
    top: float
    head: float
    facing: int = 1
    away: float = 0.0
    from_behind: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the whole body, in the frame or not."""
        half = self.body.width * self.head / 2
        bottom = self.top + self.body.heads * self.head
        return self.x - half, self.top, self.x + half, bottom

    def visible(self, aspect: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of what the frame shows of it."""
        left, top, right, bottom = self.box
        return max(0.0, left), max(0.0, top), min(aspect, right), min(1.0, bottom)


@attrs.frozen(kw_only=True)
class Backdrop:
    """How the place lies behind: magnified by ``zoom``, its skyline and floor line at these heights.

    ``blur`` is how far out of focus it is, as a share of the frame's height.
    """

    zoom: float
    horizon: float
    floor: float
    blur: float = 0.0


@attrs.frozen(kw_only=True)
class Staging:
    """A shot's staging: the parts from back to front, the backdrop, and who is out of frame."""

    parts: Sequence[Part]
    backdrop: Backdrop
    absent: Sequence[int] = ()


_SIZES: Final[Mapping[ShotSize, Backdrop]] = {
    ShotSize.EXTREME_WIDE: Backdrop(zoom=0.7, horizon=0.54, floor=0.62),
    ShotSize.WIDE: Backdrop(zoom=1.0, horizon=0.5, floor=0.64),
    ShotSize.FULL: Backdrop(zoom=1.2, horizon=0.47, floor=0.64),
    ShotSize.MEDIUM_WIDE: Backdrop(zoom=1.5, horizon=0.48, floor=0.74, blur=0.001),
    ShotSize.MEDIUM: Backdrop(zoom=1.9, horizon=0.53, floor=0.95, blur=0.0025),
    ShotSize.MEDIUM_CLOSE_UP: Backdrop(zoom=2.4, horizon=0.57, floor=1.2, blur=0.006),
    ShotSize.CLOSE_UP: Backdrop(zoom=2.9, horizon=0.6, floor=1.4, blur=0.011),
    ShotSize.EXTREME_CLOSE_UP: Backdrop(zoom=3.6, horizon=0.62, floor=1.7, blur=0.018),
}

# Where the top of the head is, and how many heads the frame holds down to the caption band;
# None means the whole body, feet included.
_FRAMING: Final[Mapping[ShotSize, tuple[float, float | None]]] = {
    ShotSize.EXTREME_WIDE: (0.48, None),
    ShotSize.WIDE: (0.28, None),
    ShotSize.FULL: (0.085, None),
    ShotSize.MEDIUM_WIDE: (0.09, 4.3),
    ShotSize.MEDIUM: (0.10, 2.75),
    ShotSize.MEDIUM_CLOSE_UP: (0.095, 1.95),
    ShotSize.CLOSE_UP: (0.075, 1.42),
    ShotSize.EXTREME_CLOSE_UP: (-0.14, 1.0),
}

# How much of the frame's height a being without a body like ours takes when it is the subject.
_LOOSE: Final[Mapping[ShotSize, float]] = {
    ShotSize.EXTREME_WIDE: 0.09,
    ShotSize.WIDE: 0.17,
    ShotSize.FULL: 0.34,
    ShotSize.MEDIUM_WIDE: 0.38,
    ShotSize.MEDIUM: 0.42,
    ShotSize.MEDIUM_CLOSE_UP: 0.48,
    ShotSize.CLOSE_UP: 0.54,
    ShotSize.EXTREME_CLOSE_UP: 0.62,
}

# How high the face of such a being is in the frame's tight sizes.
_FACES: Final[Mapping[ShotSize, float]] = {
    ShotSize.MEDIUM_CLOSE_UP: 0.34,
    ShotSize.CLOSE_UP: 0.46,
    ShotSize.EXTREME_CLOSE_UP: 0.74,
}

# How many heads wide a body counts in tight sizes: shoulders may leave the frame, faces not.
_SHOULDERS: Final[Mapping[ShotSize, float]] = {
    ShotSize.MEDIUM_CLOSE_UP: 1.75,
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

_ADULT: Final = 6.2
_MARGIN: Final = 0.07  # of the frame's width, kept clear for the camera's moves
_FEET = frozenset({ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.FULL})
_TIGHT = frozenset({ShotSize.MEDIUM_CLOSE_UP, ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP})


def stage(
    bodies: Sequence[Body],
    size: ShotSize,
    angle: CameraAngle,
    aspect: float,
    band_top: float,
) -> Staging:
    """Place a cast in the frame, the most important first.

    Args:
        bodies: The cast, in the order of importance.
        size: The shot size.
        angle: The camera's angle.
        aspect: Width of the frame over its height.
        band_top: Where the caption band begins; faces and feet stay above it.
    """
    over = _over_the_shoulder(bodies, size, angle)
    free = [body for body in bodies if body is not over]
    standing = [body for body in free if body.upright] or free
    loose = [body for body in free if body not in standing]
    shown = standing[: _HOLDS[size]]
    parts = _row(shown, size, aspect, band_top, leave=over is not None)
    if size is ShotSize.EXTREME_CLOSE_UP and parts:
        loose, dropped = [], loose
    else:
        loose, dropped = _companions(loose, size)
    parts = [*parts, *_beside(loose, parts, aspect, band_top, size)]
    if over is not None:
        parts.append(_shoulder(over, aspect, band_top))
    absent = [body.index for body in (*standing[_HOLDS[size] :], *dropped)]
    return Staging(
        parts=sorted(parts, key=lambda part: (part.from_behind, -part.away)),
        backdrop=_behind(size, angle, aspect),
        absent=sorted(absent),
    )


def _over_the_shoulder(bodies: Sequence[Body], size: ShotSize, angle: CameraAngle) -> Body | None:
    """The shoulder belongs to the second person, or to the first when the rest are no people."""
    people = [body for body in bodies if body.upright]
    if angle is not CameraAngle.OVER_THE_SHOULDER or len(bodies) < 2 or not people:
        return None
    if size in {ShotSize.EXTREME_WIDE, ShotSize.EXTREME_CLOSE_UP}:
        return None
    return people[1] if len(people) > 1 else people[0]


def _row(
    bodies: Sequence[Body], size: ShotSize, aspect: float, band_top: float, *, leave: bool
) -> list[Part]:
    """Stand the bodies side by side, the whole row as large as the size says and the frame allows."""
    if not bodies:
        return []
    first = bodies[0]
    if first.face is not None and size in _TIGHT and len(bodies) == 1:
        return [_portrait(first, first.face, _FACES[size], aspect, band_top)]
    low, high = aspect * _MARGIN, aspect * (1 - _MARGIN)
    head, top = _measure(first, size, band_top)
    if leave:
        high = aspect * 0.68
        # Beside the shoulder in the foreground, an orb must not look like a sun.
        head = head if first.upright else min(head, 0.3)
    widths = [min(body.width, _SHOULDERS.get(size, 99.0)) for body in bodies]
    fitting = min(head, (high - low) / (sum(widths) + 0.25 * (len(bodies) - 1)))
    if size in _TIGHT:
        top += (head - fitting) * 0.5  # a face made smaller by a narrow frame stays where it was
    head = fitting
    tallest = max(body.heads for body in bodies)
    parts = []
    for i, (body, x) in enumerate(
        zip(bodies, _centres(bodies, head, low, high, size), strict=True)
    ):
        away = 0.35 if len(bodies) > 2 and i % 2 else 0.0
        own = head * (1 - 0.12 * away)
        ground = _ground(size, band_top) - (0.03 * away if size in _FEET else 0.0)
        if body.floats:
            body_top = (band_top - body.heads * own) * 0.5
        elif size in _FEET or not body.upright or top + body.heads * own < ground:
            # A row made small by a narrow frame shows more of everybody; it must not hang in the air.
            body_top = ground - body.heads * own
        else:
            body_top = top + (tallest - body.heads) * own * 0.55
        facing = 1 if x < aspect / 2 else -1
        parts.append(Part(body=body, x=x, top=body_top, head=own, facing=facing, away=away))
    return parts


def _portrait(
    body: Body, face: tuple[float, float, float], share: float, aspect: float, band_top: float
) -> Part:
    """Fill a tight frame with the face of an animal."""
    across, down, high = face
    head = min(share, aspect * 0.5) / high
    x = aspect * 0.47 - across * head
    return Part(body=body, x=x, top=band_top * 0.5 - down * head, head=head)


def _ground(size: ShotSize, band_top: float) -> float:
    """Where feet stand; in tighter sizes, what has no body like ours stands on the band's edge."""
    return band_top - {ShotSize.EXTREME_WIDE: 0.05, ShotSize.WIDE: 0.03, ShotSize.FULL: 0.03}.get(
        size, 0.015
    )


def _measure(body: Body, size: ShotSize, band_top: float) -> tuple[float, float]:
    """Return how long a head is, and where the top of the head is, for the main subject."""
    top, heads = _FRAMING[size]
    if not body.upright:
        return _LOOSE[size] / max(body.heads, body.width * 0.62), top
    if heads is None:
        feet = _ground(size, band_top)
        # A seated or small subject of a full shot fills it as a standing grown-up would.
        tall = max(_ADULT * 0.8, body.heads) if size is ShotSize.FULL else _ADULT
        return (feet - top) / tall, top
    return (band_top - 0.01 - top) / min(heads * body.bust, body.heads), top


def _centres(
    bodies: Sequence[Body], head: float, low: float, high: float, size: ShotSize
) -> list[float]:
    middle = (low + high) / 2
    if len(bodies) == 1:
        # Off the middle, on the line of thirds in wide shots, with room to look into.
        shift = {ShotSize.EXTREME_WIDE: 0.16, ShotSize.WIDE: 0.14, ShotSize.FULL: 0.09}
        lean = shift.get(size, 0.05) * (high - low)
        room = (high - low - bodies[0].width * head) / 2
        return [middle - max(0.0, min(lean, room))]
    widths = [body.width * head for body in bodies]
    spare = max(0.0, high - low - sum(widths))
    gap = min(spare / (len(bodies) + 1), head * 2.2)
    x = middle - (sum(widths) + gap * (len(bodies) - 1)) / 2
    centres = []
    for width in widths:
        centres.append(x + width / 2)
        x += width + gap
    return centres


def _companions(loose: Sequence[Body], size: ShotSize) -> tuple[list[Body], list[Body]]:
    """Part those beside the people into who is seen in this size and who is below the frame."""
    kept = [body for body in loose if body.floats or size not in _TIGHT]
    most = 2 if size in _TIGHT else 4
    return kept[:most], [body for body in loose if body not in kept[:most]]


def _beside(
    loose: Sequence[Body], people: Sequence[Part], aspect: float, band_top: float, size: ShotSize
) -> list[Part]:
    """Place animals, things and lights beside the people, where there is room for them."""
    parts: list[Part] = []
    taken = [_kept_clear(part, size) for part in people]
    most = 0.62 if size in _FEET else 0.34
    for body in loose:
        head = max(people[0].head if people else 0.1, 0.05 / body.heads)
        head = min(head, most * band_top / body.heads, 0.4 * aspect / body.width)
        x, room = _gap(body.width * head, taken, aspect)
        if body.floats:
            if room < 0 and people:
                head *= 0.75
            top = _hover(body.heads * head, people, size, band_top, beside=room >= 0)
        else:
            top = _ground(size, band_top) - body.heads * head
        facing = 1 if x < aspect / 2 else -1
        parts.append(Part(body=body, x=x, top=top, head=head, facing=facing))
        taken.append(parts[-1].box)
    return parts


def _kept_clear(part: Part, size: ShotSize) -> tuple[float, float, float, float]:
    """What company must not cover: the body, or in tight frames only the head."""
    left, top, right, bottom = part.box
    if size not in _TIGHT or not part.body.upright:
        return left, top, right, bottom
    return part.x - part.head * 0.62, top, part.x + part.head * 0.62, bottom


def _hover(
    tall: float, people: Sequence[Part], size: ShotSize, band_top: float, *, beside: bool
) -> float:
    """Where something that floats has its top: at the eyes, or below the chin where it is narrow."""
    if not people:
        return max(0.05, (band_top - tall) / 2)
    head, top = people[0].head, people[0].top
    middle = top + head * (-0.15 if size in _FEET else 0.35)
    if not beside:
        middle = min(top + head * 1.75, band_top - tall * 0.75)
    return max(0.05, middle - tall / 2)


def _gap(
    width: float, taken: Sequence[tuple[float, float, float, float]], aspect: float
) -> tuple[float, float]:
    """Return the middle of the clearest place across, and how much room is left beside it there."""
    low, high = aspect * _MARGIN + width / 2, aspect * (1 - _MARGIN) - width / 2
    if not taken or low >= high:
        return aspect / 2, 0.0

    def room(x: float) -> float:
        return min(max(left - x - width / 2, x - width / 2 - right) for left, _, right, _ in taken)

    def worth(x: float) -> float:
        # Near company reads as company: beyond a hand's breadth, more room is no better.
        return min(room(x), 0.06) - 0.02 * abs(x - aspect * 0.5)

    best = max((low + (high - low) * i / 24 for i in range(25)), key=worth)
    return best, room(best)


def _shoulder(body: Body, aspect: float, band_top: float) -> Part:
    head = min(0.36, aspect * 0.3)
    return Part(
        body=body,
        x=aspect * 0.86,
        top=band_top - head * 1.55,
        head=head,
        facing=-1,
        from_behind=True,
    )


def _behind(size: ShotSize, angle: CameraAngle, aspect: float) -> Backdrop:
    plain = _SIZES[size]
    shift = {CameraAngle.LOW: 0.1, CameraAngle.HIGH: -0.17, CameraAngle.OVERHEAD: -0.5}
    by = shift.get(angle, 0.0) * (0.6 if size in _TIGHT else 1.0)
    # Narrow frames step back a little, or they would show a wall and nothing on it.
    return attrs.evolve(
        plain,
        zoom=plain.zoom * min(1.0, max(0.6, aspect / 1.05)),
        horizon=plain.horizon + by,
        floor=plain.floor + by * 0.8,
    )
