"""How a render may behave: what it may spend, how hard it may press, what it does on failure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.errors import ConfigError
from ministudio.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LEAST_RATE", "Cap", "FallbackScope", "Limits", "OnFailure", "Period", "at_least"]

LEAST_RATE: Final = 0.01
"""Clips a minute: who is asked less often is not asked at all."""


class OnFailure(StrEnum):
    """What becomes of a shot that nobody can make."""

    STOP = "stop"
    SKIP = "skip"
    PLACEHOLDER = "placeholder"


class FallbackScope(StrEnum):
    """What goes to the next provider together, so that it has one look."""

    SHOT = "shot"
    SCENE = "scene"
    FILM = "film"


def at_least(low: float) -> Callable[[object, attrs.Attribute[Any], float | None], None]:
    """Return a validator for numbers that must not be smaller, or may be left out."""

    def check(_: object, field: attrs.Attribute[Any], value: float | None) -> None:
        if value is not None and not value >= low:
            raise ConfigError(f"{field.name} is at least {low:g}, not {value}")

    return check


@attrs.frozen(kw_only=True)
class Limits:
    """How much may be asked of one provider.

    Args:
        concurrency: How many of its clips are made at a time; None means as many as shots are.
        per_minute: How many clips are ordered in a minute at most.

    Raises:
        ConfigError: When a number is too small to render anything.
    """

    concurrency: int | None = attrs.field(default=None, validator=at_least(1))
    per_minute: float | None = attrs.field(default=None, validator=at_least(LEAST_RATE))


class Period(StrEnum):
    """A stretch of the calendar, in UTC; a week begins on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    EVER = "ever"

    def start(self, now: float) -> float:
        """Return when the period that ``now`` is in began, in seconds since the epoch."""
        if self is Period.EVER:
            return 0.0
        midnight = datetime.fromtimestamp(now, UTC).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        if self is Period.WEEK:
            midnight -= timedelta(days=midnight.weekday())
        elif self is Period.MONTH:
            midnight = midnight.replace(day=1)
        return midnight.timestamp()


@attrs.frozen(kw_only=True)
class Cap:
    """A limit on paid clips, for one run or for all of a workspace's in a period.

    Args:
        money: What they may cost together.
        seconds: How long they may be together.
        clips: How many they may be.
        period: The stretch of time that counts; None means one run.
    """

    money: Money | None = None
    seconds: float | None = None
    clips: int | None = None
    period: Period | None = None

    @property
    def span(self) -> str:
        """The stretch of time in words."""
        if self.period is None:
            return "this run"
        return "this workspace" if self.period is Period.EVER else f"this {self.period.value}"
