"""Staging: who stands where and how large, for each shot size; pure arithmetic.

Lengths are in frame heights: the frame is 1 high and ``aspect`` wide, y grows downwards. Bodies
are measured in heads, the measure of figure drawing: a shot size says which part of the body the
frame holds, so it is a number of heads.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ministudio.plugin import CameraAngle, ShotSize
from ministudio_animatic.angling import fishing
from ministudio_animatic.floorplan import spread
from ministudio_animatic.framing import Backdrop, Body, Frame
from ministudio_animatic.laid import (
    LIFT,
    alone,
    beheld,
    ground_under,
    stepped_back,
    up_to,
    water_under,
)
from ministudio_animatic.parts import Box, Part, ahead, in_water, on_members, onward, way, wet

__all__ = ["Part", "Staging", "stage"]

_NO_LAND = 9.0  # frame heights down: where all are aboard or swim there is only water
_LEAST = 0.035  # of the frame's height: a mouse beside an elephant must still be seen


@attrs.frozen(kw_only=True)
class Staging:
    """A shot's staging.

    Args:
        parts: Those in the frame, from back to front.
        backdrop: How the place lies behind them.
        absent: Who is out of frame.
        wider: Whether it shows more than the shot size asks for, for somebody who lies.
        unseated: Who stands where the words seat it on somebody, and that is not to be seen.
    """

    parts: Sequence[Part]
    backdrop: Backdrop
    absent: Sequence[int] = ()
    wider: bool = False
    unseated: Sequence[int] = ()


def stage(bodies: Sequence[Body], frame: Frame, angle: CameraAngle, heading: int = 0) -> Staging:
    """Place a cast in the frame, the most important first.

    Args:
        bodies: The cast.
        frame: The frame.
        angle: The camera's angle.
        heading: Which way across those who walk or run go, where the camera says it: 1 or -1.
    """
    if angle is CameraAngle.OVERHEAD:
        return _from_above(bodies, frame, heading)
    if not frame.tight:
        bodies = [wet(body) for body in bodies]
    over = _over_the_shoulder(bodies, frame, angle)
    free = [body for body in bodies if body is not over]
    subjects = [body for body in free if body.leads] or free
    asked, frame = frame, stepped_back(subjects[: frame.holds], frame)
    shown = beheld(subjects, frame)[: frame.holds]
    others = [body for body in free if body not in subjects]
    row = _row(shown, frame, leave=over is not None)
    bound = way(row, heading)
    row = [onward(part, bound) for part in ahead(row, bound, frame)]
    perched = on_members(others, row, frame)
    company = (
        _company([body for body in others if body.index not in perched], frame) if shown else []
    )
    beside = [onward(part, bound) for part in _beside(company, row, frame, bound)]
    parts = [*row, *beside, *perched.values()]
    if over is not None:
        parts.append(_shoulder(over, frame))
    level = frame.waterline(angle)
    parts = [up_to(part, frame) if frame.tight else in_water(part, level) for part in parts]
    parts = [attrs.evolve(part, seen=angle) for part in fishing(parts, frame, level)]
    seen = {part.body.index for part in parts}
    behind = water_under(ground_under(frame.backdrop(angle), parts, frame), parts, frame)
    if not frame.tight and any(part.afloat for part in parts):
        behind = attrs.evolve(behind, horizon=min(behind.horizon, frame.lowest_water))
    leads = [part for part in parts if part.body.leads]
    if leads and (frame.feet or leads[0].afloat):
        ashore = [part for part in leads if not part.afloat]
        land = any(not part.body.aboard for part in ashore)
        behind = attrs.evolve(behind, shore=frame.land(angle) if land else _NO_LAND)
    return Staging(
        parts=sorted(parts, key=lambda part: (part.from_behind, -part.away)),
        backdrop=behind,
        absent=[body.index for body in bodies if body.index not in seen],
        wider=frame is not asked,
        unseated=[part.body.index for part in beside if part.body.perch],
    )


def _from_above(bodies: Sequence[Body], frame: Frame, heading: int) -> Staging:
    """Spread the cast over a floor plan, as many as the size shows."""
    subjects = [body for body in bodies if body.upright] or bodies
    shown = list(subjects[: frame.holds])
    if shown:
        shown += _company([body for body in bodies if body not in subjects], frame)
    plan = spread(shown, frame, heading)
    seen = {body.index for body in shown}
    behind = frame.backdrop(CameraAngle.OVERHEAD)
    return Staging(
        parts=plan.parts,
        backdrop=attrs.evolve(behind, plan=plan.head, shore=plan.shore),
        absent=[body.index for body in bodies if body.index not in seen],
    )


def _over_the_shoulder(bodies: Sequence[Body], frame: Frame, angle: CameraAngle) -> Body | None:
    """The shoulder belongs to the second person, or to the first when the rest are no people."""
    people = [body for body in bodies if body.upright]
    unfit = frame.size in {ShotSize.EXTREME_WIDE, ShotSize.EXTREME_CLOSE_UP}
    if angle is not CameraAngle.OVER_THE_SHOULDER or unfit or not people or len(bodies) == 1:
        return None
    return people[1] if len(people) > 1 else people[0]


def _company(others: Sequence[Body], frame: Frame) -> list[Body]:
    """Of those without a body like ours, the ones seen beside people in this size."""
    if frame.size is ShotSize.EXTREME_CLOSE_UP:
        return []
    seen = [body for body in others if body.floats or not frame.tight]
    return seen[: 2 if frame.tight else 4]


def _row(bodies: Sequence[Body], frame: Frame, *, leave: bool) -> list[Part]:
    """Stand the bodies side by side, as large as the size says and the frame allows."""
    if not bodies:
        return []
    first = bodies[0]
    low, high = frame.sides
    if leave:
        high = frame.aspect * 0.68
    if len(bodies) == 1 and (single := _single(first, frame, high)):
        return [single]
    planned, top = frame.measure(first)
    if leave:
        # Beside the shoulder in the foreground, an orb must not look like a sun.
        planned = planned if first.leads else min(planned, 0.3)
    room = (high - low) / (sum(map(frame.counted, bodies)) + 0.25 * (len(bodies) - 1))
    tallest = max(body.heads for body in bodies)
    head = min(planned, room, frame.highest(tallest))
    if frame.tight:
        top += (planned - head) * 0.5  # a face made smaller by a narrow frame stays where it was
    parts = []
    centres = _centres(bodies, frame, head, high)
    for i, (body, centre) in enumerate(zip(bodies, centres, strict=True)):
        # Three or more stand in two depths: a line of people looks like a fence.
        away = 0.35 if len(bodies) >= 3 and i % 2 else 0.0  # noqa: PLR2004 - three, as said
        own = head * (1 - 0.12 * away)
        if not body.leads:
            own = max(own, min(_LEAST / body.heads, room))
        half = body.width * own / 2
        x = centre if body.leads else min(max(centre, half), frame.aspect - half)
        ground = frame.ground - (0.03 * away if frame.feet else 0.0) - LIFT * body.low
        if body.floats:
            body_top = (frame.band_top - body.heads * own) * 0.5
        elif frame.feet or not body.upright or top + body.heads * own < ground:
            # A row made small by a narrow frame shows all of everybody: it must stand.
            body_top = ground - body.heads * own
        else:
            body_top = top + (tallest - body.heads) * own * 0.55
        # Somebody alone looks the same way in every shape of frame, room beside them or not.
        facing = 1 if x < frame.aspect / 2 or len(bodies) == 1 else -1
        parts.append(Part(body=body, x=x, top=body_top, head=own, facing=facing, away=away))
    return parts


def _single(body: Body, frame: Frame, high: float) -> Part | None:
    """Place somebody alone who is not framed from the head down."""
    if body.low and not frame.feet:
        return alone(body, frame, high)
    if body.face is not None and frame.tight:
        return _portrait(body, body.face, frame)
    return None


def _portrait(body: Body, face: tuple[float, float, float], frame: Frame) -> Part:
    """Fill a tight frame with the face of an animal."""
    across, down, high = face
    head = frame.face() / high
    x = frame.aspect * 0.47 - across * head
    return Part(body=body, x=x, top=frame.band_top * 0.5 - down * head, head=head)


def _centres(bodies: Sequence[Body], frame: Frame, head: float, high: float) -> list[float]:
    """Return where the middles of a row stand, from left to right."""
    low = frame.sides[0]
    middle = (low + high) / 2
    widths = [frame.counted(body) * head for body in bodies]
    if len(bodies) == 1:
        # Off the middle, near the line of thirds in wide shots, with room to look into.
        shift = {ShotSize.EXTREME_WIDE: 0.16, ShotSize.WIDE: 0.14, ShotSize.FULL: 0.09}
        lean = 0.0 if bodies[0].low else shift.get(frame.size, 0.05) * (high - low)
        return [middle - max(0.0, min(lean, (high - low - widths[0]) / 2))]
    spare = max(0.0, high - low - sum(widths))
    gap = min(spare / (len(bodies) + 1), head * 2.2)
    x = middle - (sum(widths) + gap * (len(bodies) - 1)) / 2
    centres = []
    for width in widths:
        centres.append(x + width / 2)
        x += width + gap
    return centres


def _beside(
    company: Sequence[Body], people: Sequence[Part], frame: Frame, bound: int
) -> list[Part]:
    """Place animals, things and lights beside the people, where there is room for them."""
    parts: list[Part] = []
    taken = [_kept_clear(part, frame) for part in people]
    most = (0.62 if frame.feet else 0.34) * frame.band_top
    for body in company:
        side = body.order * bound
        head = max(people[0].head, 0.05 / body.heads)
        head = min(head, most / body.heads, 0.4 * frame.aspect / body.width)
        x, room = _gap(body.width * head, taken, frame, (people[0].x, side))
        if not body.floats:
            top = frame.ground - body.heads * head
        elif room >= 0:
            low = frame.ground - body.heads * head  # beside somebody who lies
            top = min(low, _eye_level(body, head, people[0], frame))
        else:
            # No room beside the face: below the chin, as small as there is room.
            chin = people[0].top + people[0].head * 1.05
            head = min(head * 0.75, max(0.06, frame.ground - chin) / body.heads)
            top = max(0.05, min(chin + people[0].head * 0.2, frame.ground - body.heads * head))
        facing = 1 if x < frame.aspect / 2 else -1
        parts.append(Part(body=body, x=x, top=top, head=head, facing=facing))
        taken.append(parts[-1].box)
    return parts


def _eye_level(body: Body, head: float, person: Part, frame: Frame) -> float:
    """Return the top of something that floats at a person's eyes, or above them in wide shots."""
    middle = person.top + person.head * (-0.15 if frame.feet else 0.35)
    return max(0.05, middle - body.heads * head / 2)


def _kept_clear(part: Part, frame: Frame) -> Box:
    """Return what company must not cover: the body, or in tight frames only the head."""
    if part.body.aboard:
        left, top, right, bottom = part.box
        return left - part.head * 1.7, top, right + part.head * 1.7, bottom
    if not frame.tight or not part.body.upright:
        return part.box
    half = part.head * 0.62
    return part.x - half, part.top, part.x + half, part.top + part.head


def _gap(
    width: float, taken: Sequence[Box], frame: Frame, beside: tuple[float, int]
) -> tuple[float, float]:
    """Return the middle of the clearest place across, and how much room is left there.

    ``beside`` says of whom it should be on which side: -1 left, 1 right, 0 on either.
    """
    person, side = beside
    low, high = frame.sides[0] + width / 2, frame.sides[1] - width / 2
    if low >= high:
        return frame.aspect / 2, 0.0

    def room(x: float) -> float:
        return min(max(left - x - width / 2, x - width / 2 - right) for left, _, right, _ in taken)

    def worth(x: float) -> float:
        # Near company reads as company: beyond a hand's breadth, more room is no better.
        near = abs(x - (person if side else frame.aspect * 0.5))
        wrong = side and (x - person) * side < 0
        return min(room(x), 0.06) - 0.02 * near - (0.1 if wrong else 0.0)

    best = max((low + (high - low) * i / 24 for i in range(25)), key=worth)
    return best, room(best)


def _shoulder(body: Body, frame: Frame) -> Part:
    head = min(0.36, frame.aspect * 0.3)
    return Part(
        body=body,
        x=frame.aspect * 0.86,
        top=frame.band_top - head * 1.55,
        head=head,
        facing=-1,
        from_behind=True,
    )
