"""Reading ``[budget.run]``, ``[budget.month]`` and their like: what paid clips may come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ministudio.settings.rendering import Cap, Period
from ministudio.settings.rules import money

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["CAP_KEYS", "SPANS", "cap_of"]

SPANS: Final = ("run", *(period.value for period in Period))
"""What a cap may be about."""


def _seconds(value: object) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0:
        return float(value)
    raise ValueError(f"must be a number of seconds above 0, not {value!r}")


def _clips(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise ValueError(f"must be a whole number of clips, not {value!r}")


CAP_KEYS: Final[Mapping[str, Callable[[object], Any]]] = {
    "money": money,
    "seconds": _seconds,
    "clips": _clips,
}
"""The rule for each key of a cap; it raises ValueError with what is wrong."""


def cap_of(span: str, values: Mapping[str, Any]) -> Cap:
    """Return the cap on a span that the checked values of its table make."""
    return Cap(period=None if span == "run" else Period(span), **values)
