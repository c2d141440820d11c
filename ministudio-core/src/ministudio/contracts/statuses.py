"""What the answers of a service mean that is spoken to over HTTP; pure, and one table."""

from __future__ import annotations

import math
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from ministudio.errors import (
    Accepted,
    AuthenticationError,
    InvalidRequest,
    JobExpired,
    ModelRetired,
    PermissionDenied,
    ProviderError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
)

if TYPE_CHECKING:
    from ministudio.contracts.jobs import JobHandle

__all__ = ["error_for_status", "retry_after"]

_GONE: Final = {404, 410}
_LIMITED: Final = 429
_ELSEWHERE: Final = {301, 307, 308}
_UNSURE: Final = {408, 409, 425, 499}
"""Refusals of the answer rather than of the request: it came late, or a twin is under way."""

_TABLE: Final[dict[int, tuple[type[ProviderError], str]]] = {
    401: (AuthenticationError, "see that the key is set, and that it is the right one"),
    402: (QuotaExceeded, "nothing is left of the balance or the quota: raise it there"),
    403: (PermissionDenied, "the key is good, and may not do this: see what it is allowed there"),
    404: (InvalidRequest, "see that the model's name and the service's address are right"),
    410: (ModelRetired, 'choose another model: "ministudio models" lists them'),
}


def error_for_status(
    status: int,
    message: str,
    *,
    provider: str,
    job: JobHandle | None = None,
    retry_after: float | None = None,
    hint: str | None = None,
) -> ProviderError:
    """Return the error that an answer's HTTP status stands for; raise what it returns.

    What is certain to have been refused says ``accepted=NO``, so that it may be ordered again;
    of everything else nobody here knows, and it says ``UNKNOWN``. So it is with an answer of
    status 200 that makes no sense.

    ============ ========================== ========
    status       error                      accepted
    ============ ========================== ========
    401          ``AuthenticationError``    no
    402          ``QuotaExceeded``          no
    403          ``PermissionDenied``       no
    404          ``InvalidRequest``         no
    410          ``ModelRetired``           no
    429          ``RateLimited``            no
    408, 425,    ``ProviderUnavailable``    unknown
    499
    409          ``InvalidRequest``         unknown
    other 4xx    ``InvalidRequest``         no
    301, 307,    ``InvalidRequest``         no
    308
    all the rest ``ProviderUnavailable``    unknown
    ============ ========================== ========

    With ``job``, a 404 and a 410 are ``JobExpired``, and ``accepted`` is always unknown: there is
    a job, whatever a poll or a download is told, and it must not be ordered twice.

    A refusal of the content has no status of its own. See what code or words the service has for
    it, and raise ``ContentRefused`` before you come here.

    Args:
        status: The HTTP status.
        message: What happened and what the service said, without any secret.
        provider: The provider's name.
        job: The job that was asked about; None while there is none.
        retry_after: The seconds that a 429 asks to wait, as ``retry_after`` reads them.
        hint: What the user can do, where you know better than the table.

    Example::

        if answer.status_code != 201:
            raise error_for_status(
                answer.status_code,
                f"Paintbox answered {answer.status_code}: {answer.text[:200]}",
                provider=self.name,
                retry_after=retry_after(answer.headers.get("retry-after"), time.time()),
            )
    """
    if job is None:
        return _of_order(status, message, provider, retry_after, hint)
    if status in _GONE:
        bills = "it may have been paid for: see the bills there before it is ordered again"
        return JobExpired(message, provider=provider, hint=hint or bills)
    error = _of_order(status, message, provider, retry_after, hint)
    error.accepted = Accepted.UNKNOWN
    return error


def retry_after(value: str | None, now: float) -> float | None:
    """Return the seconds that a header ``Retry-After`` asks to wait; None when it says nothing.

    Args:
        value: The header's text: seconds, or a date; None when there was no such header.
        now: Seconds since 1970, which a date is compared with.

    Example::

        retry_after("2.5", time.time())  # 2.5
        retry_after("Wed, 21 Oct 2026 07:28:00 GMT", time.time())  # 0.0, it is past
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        pass
    else:
        return max(0.0, seconds) if math.isfinite(seconds) else None
    try:
        date = parsedate_to_datetime(value)
        # A date that names no zone is meant in Greenwich's, as all dates of HTTP are.
        return max(0.0, (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now)
    except (ValueError, OverflowError):
        return None


def _of_order(
    status: int, message: str, provider: str, wait: float | None, hint: str | None
) -> ProviderError:
    if status == _LIMITED:
        return RateLimited(message, provider=provider, retry_after=wait, hint=hint)
    if status in _TABLE:
        kind, usual = _TABLE[status]
        return kind(message, provider=provider, hint=hint or usual)
    if status in _ELSEWHERE:
        # What costs money is sent once, to where it was meant for, and follows nobody.
        usual = "the service is somewhere else: set its address to where it answers itself"
        return InvalidRequest(message, provider=provider, hint=hint or usual)
    if 400 <= status < 500 and status not in _UNSURE:  # noqa: PLR2004 - HTTP's own numbers
        return InvalidRequest(message, provider=provider, hint=hint)
    kind = InvalidRequest if status == 409 else ProviderUnavailable  # noqa: PLR2004 - as above
    return kind(message, provider=provider, accepted=Accepted.UNKNOWN, hint=hint)
