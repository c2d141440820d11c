"""What happens in a run, as one typed stream: progress, logs and observers read the same."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import attrs

__all__ = ["Event", "EventKind"]


class EventKind(StrEnum):
    """What happened."""

    RUN_STARTED = "run_started"
    SHOT_STARTED = "shot_started"
    SHOT_PROGRESS = "shot_progress"
    SHOT_ADAPTED = "shot_adapted"
    SHOT_REUSED = "shot_reused"
    SHOT_FALLBACK = "shot_fallback"
    SHOT_REROLLED = "shot_rerolled"
    SHOT_STOOD_IN = "shot_stood_in"
    SHOT_LEFT_OUT = "shot_left_out"
    SHOT_DONE = "shot_done"
    SHOT_FAILED = "shot_failed"
    TAKE_CHANGED = "take_changed"
    RETRYING = "retrying"
    NOTICE = "notice"
    FILM_JOINING = "film_joining"
    RUN_DONE = "run_done"
    RUN_STOPPED = "run_stopped"
    RUN_FAILED = "run_failed"


@attrs.frozen(kw_only=True)
class Event:
    """One thing that happened.

    Args:
        kind: What.
        at: When, in seconds since the epoch.
        shot: The shot's id, where it is about one.
        provider: The provider's name, where it is about one.
        fraction: How much of the shot or of the film is done, 0 to 1.
        message: One line for people.
        data: More, as plain JSON; never a secret.
    """

    kind: EventKind
    at: float
    shot: str | None = None
    provider: str | None = None
    fraction: float | None = None
    message: str = ""
    data: Mapping[str, Any] = attrs.field(factory=dict)
