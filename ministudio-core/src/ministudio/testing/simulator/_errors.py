"""What the service's answers mean in the core's tree of errors; pure."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from ministudio.plugin import (
    Accepted,
    ArtifactError,
    AuthenticationError,
    ContentRefused,
    InvalidRequest,
    JobExpired,
    JobFailed,
    ModelRetired,
    PermissionDenied,
    ProviderError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
)
from ministudio.testing.simulator.client import Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.testing.simulator.client import Answer, NoAnswer

__all__ = ["lost", "no_clip", "of_answer", "of_job", "of_silence", "retry_after"]

_SERVER: Final = 500
_NAME: Final = "the simulated service"


def of_silence(trouble: Unreachable | NoAnswer, provider: str, doing: str) -> ProviderError:
    """Return the error for an answer that did not come.

    Args:
        trouble: What happened on the wire.
        provider: The provider's name.
        doing: What was being done, as in "while polling".
    """
    nothing_sent = isinstance(trouble, Unreachable)
    return ProviderUnavailable(
        f"{_NAME} could not be reached {doing}: {trouble}"
        if nothing_sent
        else f"{_NAME} gave no answer {doing}: {trouble}",
        provider=provider,
        # What was never sent cannot have been taken; of everything else nobody here knows.
        accepted=Accepted.NO if nothing_sent else Accepted.UNKNOWN,
        hint="see that the service runs where SIMULATOR_URL says",
    )


def of_answer(  # noqa: PLR0911 - one line for each sort of answer
    answer: Answer, provider: str, doing: str
) -> ProviderError:
    """Return the error for an answer that is not what was asked for.

    Args:
        answer: What came.
        provider: The provider's name.
        doing: What was being done, as in "while polling".
    """
    said = _error(answer.data)
    message = f"{_NAME} answered {answer.status} {doing}: {said.get('message', 'no reason given')}"
    match answer.status, said.get("code"):
        case 401, _:
            hint = "set SIMULATOR_API_KEY to the key the service was started with"
            return AuthenticationError(message, provider=provider, hint=hint)
        case 402, _:
            return QuotaExceeded(message, provider=provider, hint="top up the balance there")
        case 403, _:
            return PermissionDenied(message, provider=provider)
        case 429, _:
            wait = retry_after(answer.headers, time.time())
            return RateLimited(message, provider=provider, retry_after=wait)
        case 422, "content":
            reasons, charged = said.get("reasons", ()), said.get("charged")
            return ContentRefused(message, provider=provider, reasons=reasons, charged=charged)
        case 410, "retired":
            return ModelRetired(message, provider=provider, replacement=said.get("replacement"))
        case status, _ if 400 <= status < _SERVER:  # noqa: PLR2004 - HTTP's own number
            return InvalidRequest(message, provider=provider)
    nothing_taken = said.get("accepted") is False
    return ProviderUnavailable(
        message, provider=provider, accepted=Accepted.NO if nothing_taken else Accepted.UNKNOWN
    )


def of_job(view: Mapping[str, Any], provider: str) -> ProviderError | None:
    """Return why a job ended badly, from what a poll said of it; None when it did not."""
    if view["state"] != "failed":
        return None
    said, charged = view.get("error", {}), view.get("charged")
    message = f"job {view['id']} failed at {_NAME}: {said.get('message', 'no reason given')}"
    if said.get("code") == "content":
        reasons = said.get("reasons", ())
        return ContentRefused(
            message,
            provider=provider,
            reasons=reasons,
            charged=charged,
            accepted=Accepted.UNKNOWN,
        )
    return JobFailed(message, provider=provider, charged=charged)


def lost(job: str, provider: str) -> JobExpired:
    """Return the error for a job that the service no longer knows, or whose result is deleted."""
    return JobExpired(
        f"{_NAME} no longer has job {job}",
        provider=provider,
        hint="it may have been paid for: look at the bills there before ordering it again",
    )


def no_clip(what: str) -> ArtifactError:
    """Return the error for a download that is no video, seen before anything is decoded."""
    return ArtifactError(f"{_NAME} sent {what} instead of a clip", hint="it is fetched again")


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds that ``Retry-After`` asks for, given as seconds or as a date.

    Args:
        headers: By name in lower case.
        now: Seconds since 1970.
    """
    text = headers.get("retry-after", "")
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except ValueError:
        return None


def _error(data: Mapping[str, Any]) -> Mapping[str, Any]:
    error = data.get("error")
    return error if isinstance(error, dict) else {}
