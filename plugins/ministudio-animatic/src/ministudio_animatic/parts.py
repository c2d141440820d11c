"""One being in the frame, and what water and the way somebody goes make of its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.plugin import CameraAngle
from ministudio_animatic.acting import STILL, Act
from ministudio_animatic.framing import Body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio_animatic.framing import Frame

__all__ = ["Box", "Part", "Spot", "ahead", "in_water", "on_members", "onward", "way", "wet"]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in frame heights."""

Spot = tuple[float, float]
"""Across and down from the top of somebody's head, in heads."""


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
        afloat: Whether it lies in the water, of which its box ends at the surface.
        tip: Where the tip of its fishing rod is.
        hook: Where its line meets the water.
        seated: Whether it sits on somebody.
        turn: Seen from overhead, how far it is turned clockwise from looking up the page.
        seen: From where the camera looks at it.
        act: What sets one of its drawings apart from another.
    """

    body: Body
    x: float
    top: float
    head: float
    facing: int = 1
    away: float = 0.0
    from_behind: bool = False
    afloat: bool = False
    tip: Spot | None = None
    hook: Spot | None = None
    seated: bool = False
    turn: float = 0.0
    seen: CameraAngle = CameraAngle.EYE
    act: Act = STILL

    @property
    def box(self) -> Box:
        """Left, top, right, bottom of the whole body, in the frame or not."""
        half = self.body.width * self.head / 2
        bottom = self.top + self.body.heads * self.head
        return self.x - half, self.top, self.x + half, bottom

    def visible(self, aspect: float) -> Box:
        """Left, top, right, bottom of what the frame shows of it."""
        left, top, right, bottom = self.box
        return max(0.0, left), max(0.0, top), min(aspect, right), min(1.0, bottom)


def way(row: Sequence[Part], heading: int) -> int:
    """Return which way those on their way go: 0 where the subject stays."""
    if not row or not row[0].body.travels:
        return 0
    return heading or row[0].facing


def ahead(row: Sequence[Part], way: int, frame: Frame) -> list[Part]:
    """Leave somebody alone on the way more room in front than behind."""
    if not way or len(row) != 1:
        return list(row)
    across = abs(row[0].x - frame.aspect / 2)
    return [attrs.evolve(row[0], x=frame.aspect / 2 - way * across)]


def onward(part: Part, way: int) -> Part:
    """Turn whoever is on the way towards where it leads."""
    return attrs.evolve(part, facing=way) if way and part.body.travels else part


def wet(body: Body) -> Body:
    """Return what is seen of a body where it lies in the water."""
    if body.afloat is None:
        return body
    return attrs.evolve(body, heads=body.afloat[0], width=body.afloat[1], floats=False)


def in_water(part: Part, level: float) -> Part:
    """Lay a being that swims in the water, whose surface it breaks at ``level``."""
    body = part.body
    if body.afloat is None or part.from_behind:
        return part
    head = min(part.head, (level - 0.04) / body.heads)
    share = 0.5 if body.sunk and not body.leads else 1.0
    # Behind everybody on land: the water is.
    return attrs.evolve(
        part,
        head=head,
        top=level - share * body.heads * head,
        afloat=True,
        away=max(part.away, 0.5),
    )


def on_members(bodies: Sequence[Body], row: Sequence[Part], frame: Frame) -> dict[int, Part]:
    """Seat small animals on those of a row they sit on; return them by their place in the cast.

    Whoever sits on somebody who is not in the row, or where the frame does not show it, is left.
    """
    hosts = {part.body.index: part for part in row}
    seated = {}
    for body in bodies:
        host = hosts.get(body.perch[0]) if body.perch else None
        spot = dict(host.body.seats).get(body.perch[1]) if host and body.perch else None
        if host is None or spot is None:
            continue
        x, y = host.x + host.facing * spot[0] * host.head, host.top + spot[1] * host.head
        top = y - body.heads * host.head
        if y > frame.band_top or y < body.heads * host.head * 0.4 or not 0 < x < frame.aspect:
            continue
        # On a shoulder it looks outwards, behind the face; on a lap it is in front of everything.
        behind = 0.01 if y < host.top + host.head * 2 else 0.0
        seated[body.index] = Part(
            body=body,
            x=x,
            top=top,
            head=host.head,
            facing=-host.facing if behind else host.facing,
            away=host.away + behind,
            seated=True,
        )
    return seated
