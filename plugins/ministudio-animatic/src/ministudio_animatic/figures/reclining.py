"""How somebody lies or swims, as it is seen from straight above."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from ministudio_animatic.reading.postures import Legs
from ministudio_animatic.reading.rest import Lie
from ministudio_animatic.reading.swimming import Stroke

if TYPE_CHECKING:
    from ministudio_animatic.reading.postures import Pose
    from ministudio_animatic.reading.swimming import Wet

__all__ = ["Lying", "seen_lying"]


class Lying(StrEnum):
    """How somebody lies."""

    BACK = "back"
    SPREAD = "spread"
    CURLED = "curled"
    SWIM = "swim"


def seen_lying(pose: Pose, wet: Wet | None) -> Lying | None:
    """Return how somebody lies; None for who does not.

    Args:
        pose: The posture.
        wet: What is done in the water, for somebody in it.
    """
    if wet is not None:
        return None if wet.stroke is Stroke.STAND else Lying.SWIM
    if pose.legs is not Legs.LIE:
        return None
    return {Lie.SPRAWLED: Lying.SPREAD, Lie.CURLED: Lying.CURLED}.get(pose.rest.lie, Lying.BACK)
