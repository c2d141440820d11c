"""Times as people and as programs read them."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["ago", "stamp"]

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"))


def stamp(seconds: float | None) -> str | None:
    """Return seconds since the epoch as ISO 8601 in UTC; None stays None."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def ago(seconds: float | None, now: float) -> str:
    """Return how long ago a moment was, in its largest unit, such as ``3 min``."""
    if seconds is None:
        return "-"
    past = max(0.0, now - seconds)
    for size, unit in _UNITS:
        if past >= size:
            return f"{past / size:.0f} {unit}"
    return f"{past:.0f} s"
