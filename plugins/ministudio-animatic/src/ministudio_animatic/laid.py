"""Staging those who lie, crawl or fall, and those in the water where faces fill the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import ShotSize
from ministudio_animatic.parts import Part, wet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio_animatic.framing import Backdrop, Body, Frame

__all__ = ["LIFT", "alone", "beheld", "ground_under", "stepped_back", "up_to", "water_under"]

LIFT: Final = 0.025
"""How much higher than feet those who lie are put, clear of the captions."""

_EDGE: Final = 0.12  # between the end of the floor and what lies on it
_WATER: Final = 0.1  # between the horizon and who is in the water


def beheld(bodies: Sequence[Body], frame: Frame) -> list[Body]:
    """Return those of the leads that one frame can hold as they lie and stand.

    Faces at two heights fill no tight frame: it is of the first, and of who is as the first is.
    """
    if not frame.tight or not bodies:
        return list(bodies)
    if bodies[0].low:
        return [bodies[0]]
    return [body for body in bodies if not body.low]


def stepped_back(bodies: Sequence[Body], frame: Frame) -> Frame:
    """Return the frame that shows those who lie beside those who stand: whole, on one ground."""
    mixed = len({body.low for body in bodies}) > 1
    middling = not frame.tight and not frame.feet
    return attrs.evolve(frame, size=ShotSize.FULL) if mixed and middling else frame


def alone(body: Body, frame: Frame, high: float) -> Part:
    """Lay somebody alone in the frame, the head clear of its side; the feet may leave it.

    Args:
        body: Who lies.
        frame: The frame, not one that must hold whole bodies.
        high: The right of what is clear.
    """
    across, down, _ = body.face or (0.0, body.heads / 2, 1.0)
    if frame.tight:
        head = frame.crown()
        x = min(high, frame.aspect) * 0.47 - across * head
        return Part(body=body, x=x, top=frame.band_top * 0.5 - down * head, head=head)
    low = frame.sides[0]
    held = frame.length(body)
    planned, _ = frame.measure(body)
    head = min(planned, (high - low) / held, (frame.ground - 0.05) / body.heads)
    spare = (high - low) - held * head
    half, edge = body.width * head / 2, spare / 2
    x = high - edge - half if across > 0 else low + edge + half
    top = frame.ground - LIFT - body.heads * head
    return Part(body=body, x=x, top=top, head=head)


def ground_under(behind: Backdrop, parts: Sequence[Part], frame: Frame) -> Backdrop:
    """Bring the ground up under those who lie on it, so that they lie on it and not at its edge."""
    feet = [part.box[3] for part in parts if part.body.low and not part.afloat]
    if not feet:
        return behind
    edge = max(0.05, min(feet) - _EDGE)
    shore = None if frame.feet else min(feet) - 0.05
    floor, horizon = min(behind.floor, edge), min(behind.horizon, edge)
    return attrs.evolve(behind, floor=floor, horizon=horizon, shore=shore)


def up_to(part: Part, frame: Frame) -> Part:
    """Cut whoever is in the water at its surface, where a tight frame shows that."""
    body = part.body
    if body.afloat is None or not body.leads or part.from_behind:
        return part
    shown = body if body.sunk else wet(body)
    if part.top + shown.heads * part.head > frame.band_top:
        return part
    return attrs.evolve(part, body=shown, afloat=True)


def water_under(behind: Backdrop, parts: Sequence[Part], frame: Frame) -> Backdrop:
    """Let the water of a tight frame begin above where it cuts those who are in it."""
    surfaces = [part.box[3] for part in parts if part.afloat]
    if not surfaces or not frame.tight:
        return behind
    return attrs.evolve(behind, horizon=min(behind.horizon, min(surfaces) - _WATER))
