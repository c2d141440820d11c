"""Sums over the ledger, by film, shot, provider or day; currencies apart."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from ministudio.render.ledger import Basis, EntryState
from ministudio.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ministudio.render.ledger import Entry

__all__ = ["By", "Sum", "sums"]


class By(StrEnum):
    """What sums are about."""

    FILM = "film"
    SHOT = "shot"
    PROVIDER = "provider"
    DAY = "day"


@attrs.frozen(kw_only=True)
class Sum:
    """What one film, shot, provider or day has cost in one currency.

    Args:
        name: Of the film, shot, provider or day (in UTC).
        clips: Paid clips that were ordered and not taken back.
        seconds: Their length together.
        spent: Known to have been charged.
        reported: Of that, by the provider's own word.
        promised: Reserved, or for jobs that may yet be charged, by the price list.
        estimated: What the price list said for all of them, whatever they came to.
        unknown: Clips whose price nobody says; they are in no sum.
    """

    name: str
    clips: int
    seconds: float
    spent: Money
    reported: Money
    promised: Money
    estimated: Money
    unknown: int


def sums(entries: Iterable[Entry], by: By) -> list[Sum]:
    """Return the sums over all entries that were not released, in the order of the ledger."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if entry.state is not EntryState.RELEASED:
            groups.setdefault((_name(entry, by), _currency(entry)), []).append(entry)
    return [_sum(name, currency, group) for (name, currency), group in groups.items()]


def _sum(name: str, currency: str, group: list[Entry]) -> Sum:
    settled = [entry for entry in group if entry.state is EntryState.SETTLED]
    promised = [entry for entry in group if entry.state is not EntryState.SETTLED]
    reported = [entry for entry in settled if entry.basis is Basis.REPORTED]
    return Sum(
        name=name,
        clips=len(group),
        seconds=sum(entry.seconds for entry in group),
        spent=_total(settled, currency),
        reported=_total(reported, currency),
        promised=_total(promised, currency),
        estimated=_total([attrs.evolve(entry, actual=None) for entry in group], currency),
        unknown=sum(_amount(entry) is None for entry in group),
    )


def _total(entries: Iterable[Entry], currency: str) -> Money:
    amounts = [money for entry in entries if (money := _amount(entry)) is not None]
    return sum(amounts, start=Money(0, currency))


def _amount(entry: Entry) -> Money | None:
    return entry.actual if entry.actual is not None else entry.estimate


def _currency(entry: Entry) -> str:
    amount = _amount(entry)
    return amount.currency if amount else "USD"


def _name(entry: Entry, by: By) -> str:
    match by:
        case By.FILM:
            return entry.film
        case By.SHOT:
            return f"{entry.film}: {entry.shot}"
        case By.PROVIDER:
            return f"{entry.provider}/{entry.model}"
        case By.DAY:
            return datetime.fromtimestamp(entry.at, UTC).date().isoformat()
