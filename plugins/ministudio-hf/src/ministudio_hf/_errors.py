"""What answers mean in the core's tree of errors; pure."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Final

from ministudio.plugin import (
    Accepted,
    ContentRefused,
    InvalidRequest,
    JobExpired,
    JobFailed,
    JobUnknown,
    PermissionDenied,
    ProviderError,
    ProviderUnavailable,
    error_for_status,
    retry_after,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio_hf._client import Answer, NoAnswer, Unreachable

__all__ = [
    "failed",
    "gated",
    "lost",
    "no_job",
    "no_such_model",
    "of_answer",
    "of_silence",
    "patience",
    "refusal",
    "words_of",
]

_LONGEST: Final = 300
_FORBIDDEN: Final = 403
_NOT_FOUND: Final = 404
_UNAVAILABLE: Final = 503
_JUDGED: Final = frozenset(range(400, 500)) - {401, 402, 403, 404, 410, 429}
"""Answers that may be a refusal of the content; the others say what they mean."""
_GATED: Final = re.compile(
    r"gated|accept.{0,40}(licen[cs]e|terms|conditions)|awaiting a review", re.IGNORECASE
)
_LOADING: Final = re.compile(
    r"(is|still|currently) (loading|starting|initiali[sz]ing)", re.IGNORECASE
)
_REFUSED: Final = re.compile(
    r"content[ _-]?polic|safety[ _](filter|system|violation)|nsfw|not safe for work|moderation"
    r"|flagged|(prohibited|sensitive|unsafe|inappropriate) content",
    re.IGNORECASE,
)
_HOW_TO_LOG_IN: Final = (
    "set HF_TOKEN (or HF_API_TOKEN) to a token with the permission 'Make calls to Inference "
    "Providers', made at https://huggingface.co/settings/tokens"
)
_MOVED: Final = "set HF_ROUTER_URL to the address itself: what costs money is sent once only"
_HINTS: Final[Mapping[int, str]] = {
    **dict.fromkeys((301, 302, 303, 307, 308), _MOVED),
    401: _HOW_TO_LOG_IN,
    402: "credits are used up: add some at https://huggingface.co/settings/billing",
    403: _HOW_TO_LOG_IN,
}


def of_silence(
    trouble: Unreachable | NoAnswer, provider: str, doing: str, *, sent: bool
) -> ProviderError:
    """Return the error for an answer that did not come.

    Args:
        trouble: What happened on the wire.
        provider: The provider's name.
        doing: What was being done, as in "while polling".
        sent: Whether anything may have been sent.
    """
    what = "gave no answer" if sent else "could not be reached"
    hint = "see that this machine reaches huggingface.co"
    if "HF_HUB_OFFLINE" in str(trouble):
        hint = "take HF_HUB_OFFLINE out of the environment"
    return ProviderUnavailable(
        f"{provider} {what} {doing}: {trouble}",
        provider=provider,
        # What was never sent cannot have been taken; of everything else nobody here knows.
        accepted=Accepted.UNKNOWN if sent else Accepted.NO,
        hint=hint,
    )


def of_answer(answer: Answer, provider: str, doing: str, model: str = "") -> ProviderError:
    """Return the error for an answer that is not what was asked for.

    Args:
        answer: What came.
        provider: The provider's name.
        doing: What was being done, as in "to the submit".
        model: The model's id, for what to do about it.
    """
    said = words_of(answer)
    message = f"{provider} answered {answer.status} {doing}: {said}"
    code = answer.headers.get("x-error-code", "")
    if answer.status == _FORBIDDEN and (_GATED.search(said) or "gated" in code.lower()):
        return gated(model, provider, message)
    if answer.status == _NOT_FOUND:
        return no_such_model(model, provider, message)
    if answer.status in _JUDGED and (refused := refusal(answer, provider, message)):
        return refused
    error = error_for_status(
        answer.status,
        message,
        provider=provider,
        retry_after=patience(answer.headers, time.time()),
        hint=_HINTS.get(answer.status),
    )
    if answer.status == _UNAVAILABLE and (_LOADING.search(said) or "estimated_time" in answer.data):
        # The Hub's own way to say: not taken, come back later.
        error.accepted = Accepted.NO
    return error


def refusal(answer: Answer, provider: str, message: str) -> ContentRefused | None:
    """Return the error for an answer that speaks of a content policy; None for any other."""
    reasons = [text for text in _texts(answer.data) if _REFUSED.search(text)]
    if not reasons:
        return None
    hint = "say it in other words, or choose another route or model"
    shown = tuple(dict.fromkeys(_short(text) for text in reasons))
    return ContentRefused(message, provider=provider, reasons=shown, charged=False, hint=hint)


def failed(
    said: str, provider: str, job: str, *, charged: bool | None = None
) -> JobFailed | ContentRefused:
    """Return why a job failed, from what the provider said of it.

    Args:
        said: The provider's words.
        provider: The provider's name.
        job: The job's id.
        charged: Whether it cost money, where the provider says.
    """
    message = f"job {job} failed at {provider}: {_short(said) or 'no reason given'}"
    if _REFUSED.search(said):
        return ContentRefused(
            message,
            provider=provider,
            reasons=(_short(said),),
            charged=charged,
            accepted=Accepted.UNKNOWN,
        )
    return JobFailed(message, provider=provider, charged=charged)


def lost(job: str, provider: str) -> JobExpired:
    """Return the error for a job that is no longer known, or whose result is deleted."""
    return JobExpired(
        f"{provider} no longer has job {job}",
        provider=provider,
        hint="it may have been paid for: see https://huggingface.co/settings/billing "
        "before it is ordered again",
    )


def no_job(answer: Answer, provider: str) -> JobUnknown:
    """Return the error for an answer to a submit that says yes and names no job."""
    kind = answer.headers.get("content-type", "nothing").partition(";")[0]
    return JobUnknown(
        f"{provider} answered {answer.status} to the submit, with {kind} that names no job",
        provider=provider,
        hint="a job may have been paid for: see https://huggingface.co/settings/billing",
    )


def no_such_model(model: str, provider: str, message: str) -> InvalidRequest:
    """Return the error for a model that is not there, or not for this token."""
    page = f"https://huggingface.co/{model}" if model else "the model's page"
    return InvalidRequest(
        message,
        provider=provider,
        hint=f"open {page}: see that the model exists, accept its licence if it asks for that, "
        "and that HF_TOKEN (or HF_API_TOKEN) may read it",
    )


def gated(model: str, provider: str, message: str) -> PermissionDenied:
    """Return the error for a model whose licence has not been accepted."""
    page = f"https://huggingface.co/{model}" if model else "the model's page"
    return PermissionDenied(
        message,
        provider=provider,
        hint=f"open {page} with the account that HF_TOKEN belongs to, accept the licence there, "
        "and render again",
    )


def patience(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds that an answer asks to wait, given in one of three ways.

    Args:
        headers: By name in lower case.
        now: Seconds since 1970.
    """
    seconds = retry_after(headers.get("retry-after"), now)
    if seconds is not None:
        return seconds
    # The Hub's own: "api";r=0;t=55 says that the window ends in 55 seconds.
    found = re.search(r";\s*t\s*=\s*(\d+)", headers.get("ratelimit", ""))
    return float(found[1]) if found else None


def words_of(answer: Answer) -> str:
    """Return an answer's own words, or what it is made of where it has none."""
    texts = list(dict.fromkeys(_texts(answer.data)))
    if texts:
        return _short("; ".join(texts))
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if kind.startswith("text/plain"):
        return _short(answer.body.decode("utf-8", "replace"))
    return f"{kind or 'nothing'}, no reason given"


def _texts(data: Any) -> list[str]:
    """Every text under the keys that services put reasons into, however deep."""
    if isinstance(data, str):
        return [data] if data.strip() else []
    if isinstance(data, list):
        return [text for item in data for text in _texts(item)]
    if not isinstance(data, dict):
        return []
    keys = ("error", "message", "detail", "msg", "type", "title", "error_type", "code")
    return [text for key in keys for text in _texts(data.get(key))]


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= _LONGEST else f"{one[: _LONGEST - 1]}…"
