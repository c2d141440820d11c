"""Staging seen from overhead: a cast spread over a floor plan; pure arithmetic.

Lengths are in frame heights, as in ``staging``. Whoever is in the water is spread over the upper
part of the frame, everybody else over the lower one; nobody covers anybody, and all is kept
above the caption band. In tight sizes a single subject fills the frame, and may leave it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import ShotSize
from ministudio_animatic.footprint import Footprint
from ministudio_animatic.framing import Body
from ministudio_animatic.parts import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio_animatic.framing import Frame

__all__ = ["NO_LAND", "FloorPlan", "footprint", "is_wet", "spread"]

NO_LAND: Final = 9.0
"""Frame heights down: where everybody is in the water there is only water."""

# How many heads of floor the frame shows above the caption band.
_HEADS: Final[Mapping[ShotSize, float]] = {
    ShotSize.EXTREME_WIDE: 24.0,
    ShotSize.WIDE: 13.0,
    ShotSize.FULL: 8.0,
    ShotSize.MEDIUM_WIDE: 5.8,
    ShotSize.MEDIUM: 4.3,
    ShotSize.MEDIUM_CLOSE_UP: 3.1,
    ShotSize.CLOSE_UP: 2.25,
    ShotSize.EXTREME_CLOSE_UP: 1.45,
}
# How much of the room a being without a body like ours takes when it is the subject.
_LOOSE: Final[Mapping[ShotSize, float]] = {
    ShotSize.EXTREME_WIDE: 0.16,
    ShotSize.WIDE: 0.3,
    ShotSize.FULL: 0.5,
    ShotSize.MEDIUM_WIDE: 0.6,
    ShotSize.MEDIUM: 0.7,
    ShotSize.MEDIUM_CLOSE_UP: 0.95,
    ShotSize.CLOSE_UP: 1.25,
    ShotSize.EXTREME_CLOSE_UP: 1.8,
}
_TOP: Final = 0.06  # kept clear above, and above the band, whose shade begins early
_GAP: Final = 0.7  # heads between two beings at least
_MOST: Final = 1.9  # and at most
_SMALL, _LARGE = 0.07, 0.6  # of the room's height: what company may take
_LEAN: Final[Mapping[ShotSize, float]] = {
    ShotSize.EXTREME_WIDE: 0.12,
    ShotSize.WIDE: 0.1,
    ShotSize.FULL: 0.06,
}
_BOAT: Final = (5.2, 2.4)  # heads: a boat's ends and sides around who is aboard
_THREE: Final = 3
_FENCE: Final = 1.3  # how much closer a line of people must be to be worth looking like one
_NARROW: Final = 0.8  # frames narrower than this are read from top to bottom


@attrs.frozen
class FloorPlan:
    """A cast on a floor plan: its parts, how long a head is, and where land begins."""

    parts: Sequence[Part]
    head: float
    shore: float | None


@attrs.frozen
class _Cell:
    """The room one being takes: its footprint turned, its size against a person's."""

    body: Body
    turn: float
    scale: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, in heads of a person."""
        wide, high = footprint(self.body).box(self.turn)
        room = _BOAT if self.body.aboard else (0.0, 0.0)
        return wide * self.scale + room[0], high * self.scale + room[1]


_Row = list[_Cell]


def footprint(body: Body) -> Footprint:
    """Return what a body takes of the floor plan."""
    if body.footprint is not None:
        return body.footprint
    if body.upright:
        return Footprint(wide=body.width, long=1.5, tall=body.heads)
    return Footprint(long=max(body.width, body.heads * 0.6), wide=body.width * 0.5, tall=body.heads)


def is_wet(body: Body) -> bool:
    """Return whether a body is in the water, or in a boat on it."""
    return body.aboard or body.afloat is not None or footprint(body).wet


def spread(bodies: Sequence[Body], frame: Frame, heading: int = 0) -> FloorPlan:
    """Spread a cast over the frame, the most important first.

    Args:
        bodies: Those the size shows.
        frame: The frame.
        heading: Which way across those on their way go, where the camera says it: 1 or -1.
    """
    usual = frame.band_top / _HEADS[frame.size]
    if not bodies:
        return FloorPlan((), usual, None)
    planned = _planned(bodies[0], frame)
    if frame.tight and len(bodies) == 1:
        part = _portrait(bodies[0], frame, planned, heading)
        parts, head = [part], part.head
    else:
        rows, head = _arranged(bodies, frame, planned, heading)
        parts = _placed(rows, frame, head)
    # A whale must not make the floor boards as thin as hairs, nor a mouse as wide as streets.
    return FloorPlan(parts, min(max(head, usual * 0.45), usual * 1.6), _shore(parts, frame, head))


def _planned(first: Body, frame: Frame) -> float:
    usual = frame.band_top / _HEADS[frame.size]
    if first.upright:
        return usual
    mark = footprint(first)
    share = _LOOSE[frame.size] * frame.band_top / max(mark.long, mark.wide)
    return share if frame.tight else min(share, usual * 2.2)


def _portrait(body: Body, frame: Frame, planned: float, heading: int) -> Part:
    """Fill a tight frame with somebody's head; the body may leave it."""
    mark = footprint(body)
    head = min(planned, frame.aspect * 0.7 / mark.head)
    turn = _alone(body, frame, heading)
    x, y = frame.aspect * 0.5, frame.band_top * 0.5
    across, down = mark.centre(turn)
    if not body.upright:
        # Of a beast the face is at the front: look between it and the middle.
        x, y = x - across * head * 0.3, y - down * head * 0.3
    return _part(_Cell(body, turn, 1.0), (x + across * head, y + down * head), head)


def _arranged(
    bodies: Sequence[Body], frame: Frame, planned: float, heading: int
) -> tuple[list[_Row], float]:
    """Return the rows in which a cast fits best, and how long a head is then."""
    afloat = [body for body in bodies if is_wet(body)]
    ashore = [body for body in bodies if not is_wet(body)]
    best: tuple[list[_Row], float] | None = None
    for up, down in product(_counts(len(afloat)), _counts(len(ashore))):
        split = [*_split(afloat, up), *_split(ashore, down)]
        rows = _cells(split, frame, planned, heading)
        head = min(planned, _fit(rows, frame))
        if best is None or head > best[1] * (_FENCE if len(bodies) >= _THREE else 1.02):
            best = rows, head
    if best is None:
        raise AssertionError("there is always one way to split a cast")
    return best


def _counts(count: int) -> list[int]:
    """In how many rows so many may stand: three or more in a line look like a fence."""
    if count == 0:
        return [0]
    return [2, 3, 1] if count >= _THREE else list(range(1, count + 1))


def _split(bodies: Sequence[Body], rows: int) -> list[list[Body]]:
    if not rows:
        return []
    edges = [round(len(bodies) * k / rows) for k in range(rows + 1)]
    split = [list(bodies[a:b]) for a, b in pairwise(edges)]
    return [row for row in split if row]


def _cells(
    split: Sequence[Sequence[Body]], frame: Frame, planned: float, heading: int
) -> list[_Row]:
    """Turn everybody towards the middle of the group, or along their way."""
    count = sum(map(len, split))
    rows = []
    for i, row in enumerate(split):
        down = (i - (len(split) - 1) / 2) * 1.3
        cells = []
        for k, body in enumerate(row):
            across = k - (len(row) - 1) / 2
            alone = count == 1 or (abs(across) + abs(down) < 0.1)  # noqa: PLR2004 - in the middle
            turn = _alone(body, frame, heading) if alone else math.atan2(-across, down)
            if body.travels or footprint(body).lies:
                turn = _alone(body, frame, heading) + 0.12 * (-1) ** (i + k)
            elif not alone:
                turn += 0.14 * (-1) ** (i + k)
            cells.append(_Cell(body, turn, _scale(body, planned, frame)))
        rows.append(cells)
    return rows


def _alone(body: Body, frame: Frame, heading: int) -> float:
    """Which way somebody looks who looks at nobody: 0 is up the page, clockwise in radians."""
    narrow = frame.aspect < _NARROW
    if footprint(body).lies:
        return -0.3 if narrow or frame.tight else -math.pi / 2 + 0.22
    if body.travels:
        return 0.2 if narrow and not heading else (heading or 1) * (math.pi / 2 - 0.1)
    if not body.upright:
        return 0.5 if narrow else math.pi / 2 - 0.35
    return math.pi * (0.84 if narrow else 0.66)


def _scale(body: Body, planned: float, frame: Frame) -> float:
    """Keep animals and things beside people in proportion to the frame."""
    if body.upright:
        return 1.0
    mark = footprint(body)
    longest = max(mark.long, mark.wide) * planned
    least, most = _SMALL * frame.band_top, _LARGE * min(frame.band_top, frame.aspect)
    return min(max(longest, least), most) / longest


def _room(frame: Frame) -> tuple[float, float, float, float]:
    left, right = frame.sides
    return left, _TOP, right, frame.band_top - _TOP * 0.8


def _fit(rows: Sequence[_Row], frame: Frame) -> float:
    """Return how long a head may be at most for all rows to fit."""
    left, top, right, bottom = _room(frame)
    widest = max(sum(cell.size[0] for cell in row) + _GAP * (len(row) - 1) for row in rows)
    tallest = sum(max(cell.size[1] for cell in row) for row in rows) + _GAP * (len(rows) - 1)
    return min((right - left) / widest, (bottom - top) / tallest)


def _placed(rows: Sequence[_Row], frame: Frame, head: float) -> list[Part]:
    left, top, right, bottom = _room(frame)
    highs = [max(cell.size[1] for cell in row) * head for row in rows]
    gap = _gap(bottom - top - sum(highs), len(rows), head)
    y = (top + bottom - sum(highs) - gap * (len(rows) - 1)) / 2
    parts = []
    for row, high in zip(rows, highs, strict=True):
        wides = [cell.size[0] * head for cell in row]
        between = _gap(right - left - sum(wides), len(row), head)
        spare = right - left - sum(wides) - between * (len(row) - 1)
        lean = _lean(rows, frame) * spare
        x = left + spare / 2 - lean
        for cell, wide in zip(row, wides, strict=True):
            parts.append(_part(cell, (x + wide / 2, y + high / 2), head))
            x += wide + between
        y += high + gap
    return parts


def _gap(spare: float, count: int, head: float) -> float:
    """Share spare room out between neighbours; company keeps together."""
    return max(_GAP * head, min(spare / (count + 1), _MOST * head)) if count > 1 else 0.0


def _lean(rows: Sequence[_Row], frame: Frame) -> float:
    """Put somebody alone off the middle, with room to look into."""
    if len(rows) > 1 or len(rows[0]) > 1:
        return 0.0
    side = 1 if math.sin(rows[0][0].turn) >= 0 else -1
    return side * _LEAN.get(frame.size, 0.03) * 2


def _part(cell: _Cell, middle: tuple[float, float], head: float) -> Part:
    own = head * cell.scale
    wide, high = footprint(cell.body).box(cell.turn)
    return Part(
        body=attrs.evolve(cell.body, heads=high, width=wide, footprint=footprint(cell.body)),
        x=middle[0],
        top=middle[1] - high * own / 2,
        head=own,
        facing=1 if math.sin(cell.turn) >= 0 else -1,
        turn=cell.turn,
        afloat=is_wet(cell.body) and not cell.body.aboard,
    )


def _shore(parts: Sequence[Part], frame: Frame, head: float) -> float | None:
    """Return where land begins: below those in the water, above everybody else."""
    wet = [part.box[3] for part in parts if is_wet(part.body)]
    dry = [part.box[1] for part in parts if not is_wet(part.body) and not part.body.floats]
    if not dry:
        afloat = any(part.body.upright for part in parts)
        return NO_LAND if afloat or frame.tight else None
    edge = min(dry) - head * 1.2
    return max((max(wet) + min(dry)) / 2, edge) if wet else edge
