"""What rendering came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from ministudio.contracts.clips import Clip
from ministudio.errors import MiniStudioError
from ministudio.plan.model import Adaptation, ShotPlan

__all__ = ["Attempt", "PartResult", "RenderResult", "ShotResult"]


@attrs.frozen(kw_only=True)
class Attempt:
    """An alternative that was tried and did not work: which, and why."""

    provider: str
    model: str
    error: str


@attrs.frozen(kw_only=True)
class PartResult:
    """One clip of a shot: the take's key and number, what was asked as plain JSON, the clip."""

    take: str
    number: int = 1
    asked: Mapping[str, Any]
    clip: Clip


@attrs.frozen(kw_only=True)
class ShotResult:
    """A shot that is done.

    Args:
        shot: What was planned.
        slot: The identity of its intent.
        provider: Who made it.
        model: With which model.
        parts: Its clips, in order.
        adaptations: What is not as asked, planned and found on the way.
        notes: What the provider says of it, when it was planned and when it was made.
        attempts: What was tried before.
        reused: Whether all of it came from the store.
        seconds_taken: How long it took, in seconds.
        placeholder: Whether it only stands in for a shot that nobody could make.
    """

    shot: ShotPlan
    slot: str
    provider: str
    model: str
    parts: Sequence[PartResult]
    adaptations: Sequence[Adaptation] = ()
    notes: Sequence[str] = ()
    attempts: Sequence[Attempt] = ()
    reused: bool = False
    seconds_taken: float = 0.0
    placeholder: bool = False


@attrs.frozen(kw_only=True)
class RenderResult:
    """The shots that are done, in the order of the film, and those that could not be made."""

    shots: Sequence[ShotResult]
    failures: Sequence[tuple[ShotPlan, MiniStudioError]] = ()
