"""What to do after an error: one table, read from the most special kind to the most general."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import attrs

from ministudio.contracts.specs import Billing
from ministudio.errors import (
    Accepted,
    ArtifactError,
    AuthenticationError,
    BudgetError,
    ContentRefused,
    InvalidRequest,
    JobCancelled,
    JobExpired,
    JobFailed,
    JobPending,
    JobUnknown,
    MiniStudioError,
    ModelRetired,
    PermissionDenied,
    PluginError,
    ProviderError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
    SecretError,
)

__all__ = ["LONGEST_PAUSE", "POLICY", "Blame", "Next", "Rule", "after", "pause", "rule_for"]

LONGEST_PAUSE: Final = 300.0
"""Seconds that a call is waited with at most; who asks for more is not asked again in this run."""

_FIRST_PAUSE = 1.0
_WIDEST_PAUSE = 60.0


class Next(StrEnum):
    """What comes after an error that trying again did not mend."""

    NEXT_PROVIDER = "next provider"
    STOP = "stop"


class Blame(StrEnum):
    """What an error says of the provider as a whole, for its circuit breaker."""

    NOTHING = "nothing"
    TROUBLE = "trouble"
    CLOSED = "closed"


@attrs.frozen(kw_only=True)
class Rule:
    """One row of the policy.

    Args:
        kind: The errors it is about.
        tries: How often the call is made in all, with pauses between, while no job can exist.
        new_seed: Whether the shot is asked for again with another seed.
        then: What comes after that.
        blame: Whether the provider is left alone: after trouble in a row, or at once.
    """

    kind: type[MiniStudioError]
    tries: int = 1
    new_seed: bool = False
    then: Next = Next.NEXT_PROVIDER
    blame: Blame = Blame.NOTHING


POLICY: Final = (
    Rule(kind=JobPending, then=Next.STOP),
    Rule(kind=JobUnknown, then=Next.STOP),
    Rule(kind=JobExpired, then=Next.STOP),
    Rule(kind=JobCancelled, then=Next.STOP),
    Rule(kind=ContentRefused, new_seed=True),
    Rule(kind=AuthenticationError, blame=Blame.CLOSED),
    Rule(kind=PermissionDenied, blame=Blame.CLOSED),
    Rule(kind=QuotaExceeded, blame=Blame.CLOSED),
    Rule(kind=RateLimited, tries=6, blame=Blame.TROUBLE),
    Rule(kind=InvalidRequest),
    Rule(kind=ModelRetired),
    Rule(kind=ProviderUnavailable, tries=4, blame=Blame.TROUBLE),
    Rule(kind=JobFailed),
    Rule(kind=ProviderError),
    Rule(kind=PluginError, blame=Blame.CLOSED),
    Rule(kind=SecretError, blame=Blame.CLOSED),
    Rule(kind=ArtifactError),
    Rule(kind=BudgetError, then=Next.STOP),
    Rule(kind=MiniStudioError, then=Next.STOP),
)
"""The whole policy; the first row that fits an error counts."""


def rule_for(error: MiniStudioError) -> Rule:
    """Return the row of the policy for an error."""
    return next(rule for rule in POLICY if isinstance(error, rule.kind))


def after(error: MiniStudioError, billing: Billing, accepted: Accepted | None) -> Next:
    """Return what comes after ``error``.

    Money comes before the table: while a paid job may exist, or is known to have been charged,
    no other provider is asked for the same shot without the user's word.

    Args:
        error: What went wrong.
        billing: Whether the provider costs money.
        accepted: Whether the job may have been taken; None when nothing was submitted.
    """
    charged = getattr(error, "charged", None)
    refused = isinstance(error, ContentRefused)
    if (
        billing is Billing.PAID
        and accepted is Accepted.UNKNOWN
        and charged is not False
        and not refused
    ):
        return Next.STOP
    return rule_for(error).then


def pause(error: MiniStudioError, failures: int, jitter: float) -> float | None:
    """Return how many seconds to wait before a call is made again; None when it is no use.

    The pause doubles with each failure, from one second to a minute, less up to half of it by
    chance, so that many shots do not come back at the same moment. A provider that names a time
    is believed.

    Args:
        error: What went wrong.
        failures: How often it has, now included.
        jitter: A number from 0 to 1, by chance.
    """
    rule = rule_for(error)
    if failures >= rule.tries:
        return None
    named = error.retry_after if isinstance(error, RateLimited) else None
    if named is not None and named > LONGEST_PAUSE:
        return None
    doubled = min(_WIDEST_PAUSE, _FIRST_PAUSE * 2.0 ** (failures - 1))
    own = doubled * (1.0 - jitter / 2.0)
    return own if named is None else max(named, 0.0) + own * 0.1
