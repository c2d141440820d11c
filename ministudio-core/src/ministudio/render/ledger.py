"""What clips cost: the rules of reserving, committing, settling and releasing, as pure functions.

An attempt to buy a clip has one entry. Its price is *reserved* before anything is asked of a
provider, *committed* while a job may exist, *settled* when it is known to have been charged, and
*released* only when it is known not to have been.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from ministudio.render.takes import TakeState
from ministudio.values.money import Money

if TYPE_CHECKING:
    from ministudio.render.takes import Take
    from ministudio.settings.rendering import Cap

__all__ = ["Basis", "Change", "Entry", "EntryState", "Quote", "Spent", "over"]


class EntryState(StrEnum):
    """Where the price of an attempt is."""

    RESERVED = "reserved"
    COMMITTED = "committed"
    SETTLED = "settled"
    RELEASED = "released"


class Basis(StrEnum):
    """Where a settled amount comes from: the provider's own word, or the price list."""

    REPORTED = "reported"
    COMPUTED = "computed"


@attrs.frozen(kw_only=True)
class Quote:
    """What one attempt is expected to cost: None where the price is unknown, which is never 0."""

    price: Money | None
    seconds: float


@attrs.frozen(kw_only=True)
class Spent:
    """What has been spent or promised: micro-units by currency, seconds, clips."""

    money: Mapping[str, int] = attrs.field(factory=dict)
    seconds: float = 0.0
    clips: int = 0


def over(cap: Cap, spent: Spent, quote: Quote) -> str | None:
    """Return in words how one more attempt would break a cap, or None where it fits."""
    if cap.money is not None and quote.price is not None:
        if quote.price.currency != cap.money.currency:
            return (
                f"the budget for {cap.span} is in {cap.money.currency}, "
                f"and a clip costs {quote.price}"
            )
        so_far = Money(spent.money.get(cap.money.currency, 0), cap.money.currency)
        if cap.money < so_far + quote.price:
            return (
                f"the budget of {cap.money} for {cap.span} does not hold {quote.price} more: "
                f"{so_far} are spent or promised"
            )
    # A hundredth of a second is no reason to refuse a clip: lengths are sums of floats.
    if cap.seconds is not None and spent.seconds + quote.seconds > cap.seconds + 0.01:
        return (
            f"the {cap.seconds:g} s allowed for {cap.span} do not hold {quote.seconds:g} s more: "
            f"{spent.seconds:g} s are made or promised"
        )
    if cap.clips is not None and spent.clips + 1 > cap.clips:
        return f"the {cap.clips} paid clips allowed for {cap.span} are made or promised"
    return None


@attrs.frozen(kw_only=True)
class Entry:
    """One attempt to buy a clip, as the ledger has it.

    Args:
        attempt: The attempt's idempotency key.
        take: The take's key.
        run: The run's id.
        film: The film it was for.
        shot: The shot's id.
        provider: Who was asked.
        model: For which model.
        state: Where its price is.
        estimate: The list price; None where it is unknown.
        actual: What it came to, once settled.
        basis: Where that comes from.
        seconds: Length of the clip asked for.
        at: When it was reserved, in seconds since the epoch.
    """

    attempt: str
    take: str
    run: str
    film: str
    shot: str
    provider: str
    model: str
    state: EntryState
    estimate: Money | None
    actual: Money | None
    basis: Basis | None
    seconds: float
    at: float


@attrs.frozen
class Change:
    """What a take's new state does to the entry of its attempt."""

    state: EntryState
    basis: Basis | None = None
    actual: int | None = None

    @classmethod
    def after(cls, take: Take) -> Change | None:
        """Return the change, or None where the entry stays as it is."""
        if take.state in _MAY_EXIST or (take.state in _OVER and take.charged is None):
            # Where nobody can say whether it cost money, the money stays promised.
            return cls(EntryState.COMMITTED)
        if take.state not in _OVER:
            return None
        if not take.charged:
            return cls(EntryState.RELEASED)
        reported = take.clip.cost_reported if take.clip else None
        if isinstance(reported, int):
            return cls(EntryState.SETTLED, Basis.REPORTED, reported)
        return cls(EntryState.SETTLED, Basis.COMPUTED)


_MAY_EXIST = {
    TakeState.SUBMITTED,
    TakeState.RUNNING,
    TakeState.READY,
    TakeState.UNKNOWN,
    TakeState.CANCELLING,
}
_OVER = {
    TakeState.STORED,
    TakeState.REFUSED,
    TakeState.FAILED,
    TakeState.EXPIRED,
    TakeState.CANCELLED,
}
