"""What the service's answers mean in the core's tree of errors; pure."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from ministudio.plugin import (
    Accepted,
    ArtifactError,
    ContentRefused,
    JobExpired,
    JobFailed,
    ModelRetired,
    ProviderError,
    ProviderUnavailable,
    error_for_status,
    retry_after,
)
from ministudio.testing.simulator.client import Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.testing.simulator.client import Answer, NoAnswer

__all__ = ["lost", "no_clip", "of_answer", "of_job", "of_silence"]

_NAME: Final = "the simulated service"
_HINTS: Final = {
    401: "set SIMULATOR_API_KEY to the key the service was started with",
    402: "top up the balance there",
}


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


def of_answer(answer: Answer, provider: str, doing: str) -> ProviderError:
    """Return the error for an answer that is not what was asked for.

    Args:
        answer: What came.
        provider: The provider's name.
        doing: What was being done, as in "while polling".
    """
    said = _error(answer.data)
    message = f"{_NAME} answered {answer.status} {doing}: {said.get('message', 'no reason given')}"
    match answer.status, said.get("code"):
        case 422, "content":
            reasons, charged = said.get("reasons", ()), said.get("charged")
            return ContentRefused(message, provider=provider, reasons=reasons, charged=charged)
        case 410, "retired":
            return ModelRetired(message, provider=provider, replacement=said.get("replacement"))
    error = error_for_status(
        answer.status,
        message,
        provider=provider,
        retry_after=retry_after(answer.headers.get("retry-after"), time.time()),
        hint=_HINTS.get(answer.status),
    )
    if said.get("accepted") is False:
        # The service's own word that nothing was taken.
        error.accepted = Accepted.NO
    return error


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


def _error(data: Mapping[str, Any]) -> Mapping[str, Any]:
    error = data.get("error")
    return error if isinstance(error, dict) else {}
