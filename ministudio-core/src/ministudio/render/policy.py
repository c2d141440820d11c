"""What to do after an error: one table, read from the most special kind to the most general."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ministudio.contracts.specs import Billing
from ministudio.errors import (
    Accepted,
    ArtifactError,
    AuthenticationError,
    ContentRefused,
    InvalidRequest,
    JobExpired,
    JobFailed,
    JobPending,
    JobUnknown,
    ModelRetired,
    PermissionDenied,
    PluginError,
    ProviderError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
    SecretError,
)

if TYPE_CHECKING:
    from ministudio.errors import MiniStudioError

__all__ = ["AFTER", "Next", "after"]


class Next(StrEnum):
    """What comes after an error."""

    NEXT_PROVIDER = "next provider"
    STOP = "stop"


_Row = tuple[type[Exception], Next]

AFTER: Final[tuple[_Row, ...]] = (
    (JobPending, Next.STOP),
    (JobUnknown, Next.STOP),
    (JobExpired, Next.STOP),
    (ContentRefused, Next.NEXT_PROVIDER),
    (AuthenticationError, Next.NEXT_PROVIDER),
    (PermissionDenied, Next.NEXT_PROVIDER),
    (QuotaExceeded, Next.NEXT_PROVIDER),
    (RateLimited, Next.NEXT_PROVIDER),
    (InvalidRequest, Next.NEXT_PROVIDER),
    (ModelRetired, Next.NEXT_PROVIDER),
    (ProviderUnavailable, Next.NEXT_PROVIDER),
    (JobFailed, Next.NEXT_PROVIDER),
    (ProviderError, Next.NEXT_PROVIDER),
    (PluginError, Next.NEXT_PROVIDER),
    (SecretError, Next.NEXT_PROVIDER),
    (ArtifactError, Next.NEXT_PROVIDER),
)


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
    return next((then for kind, then in AFTER if isinstance(error, kind)), Next.STOP)
