"""Reading tables of a TOML file strictly: every fault is written down, and reading goes on.

A reader takes a value and its ``Spot``; it returns the value in its final form, or writes down
what is wrong and returns None. Whoever began the reading raises when anything was written down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.values.names import one_of

if TYPE_CHECKING:
    from enum import StrEnum

__all__ = [
    "Reader",
    "Spot",
    "amount",
    "currency",
    "day",
    "flag",
    "items",
    "member",
    "number",
    "table",
    "text",
    "whole",
]

_SHOWN = 60


@attrs.frozen
class Spot:
    """A place in a file, and the list in which the file's faults are written down."""

    path: str
    faults: list[str]

    def wrong(self, message: str) -> None:
        """Write down what is wrong here."""
        self.faults.append(f"{self.path}: {message}")

    def at(self, key: str) -> Spot:
        """Return the place one key further in."""
        return Spot(f"{self.path}: {key}", self.faults)

    def item(self, index: int) -> Spot:
        """Return the place of one item of a list, counted from 0."""
        return Spot(f"{self.path}[{index}]", self.faults)


Reader = Callable[[Any, Spot], Any]


def text(value: Any, spot: Spot) -> str | None:
    """Read a text that is not empty."""
    if isinstance(value, str) and value.strip():
        return value
    spot.wrong(f"must be a text, not {_shown(value)}")
    return None


def flag(value: Any, spot: Spot) -> bool | None:
    """Read true or false."""
    if isinstance(value, bool):
        return value
    spot.wrong(f"must be true or false, not {_shown(value)}")
    return None


def day(value: Any, spot: Spot) -> date | None:
    """Read a date."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    spot.wrong(f"must be a date without quotes, such as 2026-11-01, not {_shown(value)}")
    return None


def amount(value: Any, spot: Spot) -> str | None:
    """Read an amount of money, a text so that it stays exact to the millionth."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}(\.\d{1,6})?", value):
        return value
    spot.wrong(
        f'must be an amount in quotes with at most six decimals, such as "0.40", '
        f"not {_shown(value)}"
    )
    return None


def currency(value: Any, spot: Spot) -> str | None:
    """Read a currency's three letters."""
    if isinstance(value, str) and re.fullmatch(r"[A-Z]{3}", value):
        return value
    spot.wrong(f'must be three capitals, such as "USD", not {_shown(value)}')
    return None


def whole(low: int, high: int = 1_000_000) -> Reader:
    """Return a reader of whole numbers from ``low`` to ``high``."""

    def read(value: Any, spot: Spot) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        spot.wrong(f"must be a whole number from {low} to {high}, not {_shown(value)}")
        return None

    return read


def number(*, zero: bool = False) -> Reader:
    """Return a reader of numbers above 0, or from 0 where ``zero`` says so."""

    def read(value: Any, spot: Spot) -> float | None:
        good = isinstance(value, (int, float)) and not isinstance(value, bool)
        if good and (0 < value < float("inf") or (zero and value == 0)):
            return float(value)
        spot.wrong(f"must be a number {'from' if zero else 'above'} 0, not {_shown(value)}")
        return None

    return read


def member(kind: type[StrEnum]) -> Reader:
    """Return a reader of one of the values of an enum."""

    def read(value: Any, spot: Spot) -> StrEnum | None:
        known = [item.value for item in kind]
        if isinstance(value, str) and value in known:
            return kind(value)
        advice = one_of(value if isinstance(value, str) else "", known)
        spot.wrong(f"is not known: {_shown(value)}; {advice}")
        return None

    return read


def items(read_item: Reader, *, filled: bool = False) -> Reader:
    """Return a reader of lists, read item by item; faulty items are left out."""

    def read(value: Any, spot: Spot) -> tuple[Any, ...] | None:
        if not isinstance(value, (list, tuple)):
            spot.wrong(f"must be a list, not {_shown(value)}")
            return None
        if filled and not value:
            spot.wrong("must not be empty; leave it out instead")
        read_all = (read_item(item, spot.item(index)) for index, item in enumerate(value))
        return tuple(item for item in read_all if item is not None)

    return read


def table(readers: Mapping[str, Reader], required: tuple[str, ...] = ()) -> Reader:
    """Return a reader of tables with these keys; what it returns lacks the faulty ones."""

    def read(value: Any, spot: Spot) -> dict[str, Any] | None:
        if not isinstance(value, Mapping):
            spot.wrong(f"must be a table, not {_shown(value)}")
            return None
        done = {}
        for key, entry in value.items():
            if key not in readers:
                spot.wrong(f"unknown key {key!r}; {one_of(key, readers)}")
            elif (result := readers[key](entry, spot.at(key))) is not None:
                done[key] = result
        for key in required:
            if key not in value:
                spot.wrong(f"the key {key!r} is missing")
        return done

    return read


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
