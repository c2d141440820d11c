"""The service's terms of business: what it charges for, how long it works, what it remembers."""

from __future__ import annotations

from typing import Literal

import attrs

__all__ = ["Terms"]


@attrs.frozen(kw_only=True)
class Terms:
    """What holds for every job, unless a fault says otherwise.

    Args:
        takes: Seconds that a job takes.
        bills: Whether a job is billed when it is accepted, or when it has succeeded.
        per_second: What a second of clip costs, in micro-units of a dollar.
        charges_refusals: Whether refused content is billed.
        charges_failures: Whether a job that failed is billed.
        refunds_cancels: Whether a job that was cancelled in time is not billed.
        idempotent: Whether a second submit with one key returns the first job, in every queue;
            the queue ``idempotent`` works so in any case.
        lists_after: Seconds until a new job is found by its key.
        links_live: Seconds until a link to a result expires; a poll gives a new one.
        results_live: Seconds until a finished job's result is deleted.
        key: The key that clients must send; None takes any, or none.
    """

    takes: float = 0.0
    bills: Literal["accepted", "succeeded"] = "accepted"
    per_second: int = 100_000
    charges_refusals: bool = False
    charges_failures: bool = False
    refunds_cancels: bool = True
    idempotent: bool = False
    lists_after: float = 0.0
    links_live: float = 3600.0
    results_live: float = 86_400.0
    key: str | None = attrs.field(default=None, repr=False)

    def price(self, seconds: float) -> int:
        """Return what a clip of a length costs, in micro-units of a dollar."""
        return round(seconds * self.per_second)
