"""What the cast of a shot is told: what is said when, and where there is room to go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from ministudio_animatic.camera import NEAR, reach
from ministudio_animatic.cues import Cue
from ministudio_animatic.goings import Ground

if TYPE_CHECKING:
    from ministudio_animatic.camera import Path
    from ministudio_animatic.framing import Frame

__all__ = ["Direction", "directed"]


@attrs.frozen(kw_only=True)
class Direction:
    """What the cast of a shot is told.

    Args:
        ground: The shot as roads know it.
        cues: What is said when.
        voices: By which name the captions know each of the cast, in its order.
        tight: Whether faces fill the frame, so that blinks are seen.
    """

    ground: Ground
    cues: Sequence[Cue]
    voices: Sequence[str]
    tight: bool


def directed(
    frame: Frame,
    course: Path,
    *,
    cues: Sequence[Cue],
    voices: Sequence[str],
    feet: bool,
) -> Direction:
    """Return what the cast is told.

    Args:
        frame: The frame that it is staged in.
        course: The camera's path.
        cues: The captions.
        voices: By which name they know each of the cast.
        feet: Whether whole bodies are shown.
    """
    seen = reach(course, NEAR)
    ground = Ground(
        aspect=frame.aspect,
        seconds=course.seconds,
        feet=feet,
        follows=course.follows != 0,
        clear=(frame.lift, frame.band_top),
        beyond=max(0.0, -0.5 - seen.left, seen.right - 0.5) * frame.aspect,
    )
    return Direction(ground=ground, cues=cues, voices=voices, tight=frame.tight)
