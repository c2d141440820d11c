"""What a provider hands over, as plain JSON, whatever it put in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

__all__ = ["plain_json", "plain_lines"]

_DEEPEST = 20


def plain_json(value: object) -> Any:
    """Return ``value`` as plain JSON data; what has no JSON form becomes its text.

    It never raises: the clip or the job that the value belongs to may have been paid for.
    """
    return _plain(value, ())


def plain_lines(value: object) -> tuple[str, ...]:
    """Return ``value`` as lines of text: those of a sequence, or a text alone; it never raises."""
    lines = value if isinstance(value, (list, tuple)) else [value] if value else []
    return tuple(_text(line) for line in lines)


def _plain(value: object, above: tuple[int, ...]) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if len(above) < _DEEPEST and id(value) not in above:
        above = (*above, id(value))
        if isinstance(value, Mapping):
            return {_text(key): _plain(item, above) for key, item in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [_plain(item, above) for item in value]
    return _text(value)


def _text(value: object) -> str:
    try:
        text = str(value)
    except Exception:  # noqa: BLE001 - the text of a stranger's object
        text = f"<{type(value).__name__}>"
    # Half a surrogate pair has no place in a file of UTF-8.
    return text.encode(errors="replace").decode()
