"""What trouble with Google means in the core's tree of errors; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import (
    Accepted,
    AuthenticationError,
    ContentRefused,
    InvalidRequest,
    JobExpired,
    ModelCard,
    ModelRetired,
    PermissionDenied,
    ProviderError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
)
from ministudio_vertex import _trouble
from ministudio_vertex._refusals import is_refusal, reasons_of

if TYPE_CHECKING:
    from ministudio_vertex._trouble import Trouble

__all__ = ["Doing", "Where", "of_exception", "of_trouble", "refused"]

_CREDENTIALS: Final = (
    "no credentials that Google takes: run  gcloud auth application-default login , or set "
    "GOOGLE_APPLICATION_CREDENTIALS to a service account's file, or GOOGLE_OAUTH_ACCESS_TOKEN"
)
_ROLE: Final = "give the account the role roles/aiplatform.user in the project, and nothing wider"
_DISABLED: Final = "switch the API on:  gcloud services enable aiplatform.googleapis.com"
_BILL: Final = "look at the bills and jobs in the Cloud console before ordering it again"
_BUCKET: Final = (
    "the account needs roles/storage.objectUser on the bucket; Vertex's own service agent too"
)


class Doing(StrEnum):
    """What was being done when it went wrong."""

    PREPARING = "while preparing"
    SUBMITTING = "to the submit"
    POLLING = "to a poll"
    FETCHING = "to the download"
    CANCELLING = "to the cancel"

    @property
    def has_job(self) -> bool:
        """Whether there is a job that lives on whatever the call is told."""
        return self in {Doing.POLLING, Doing.FETCHING, Doing.CANCELLING}


@attrs.frozen(kw_only=True)
class Where:
    """Whom the trouble is with.

    Args:
        provider: The provider's name.
        model: The model's id.
        location: The region.
        doing: What was being done.
        card: The model's card, where it is one of ours.
        storage: Whether it was Cloud Storage that was asked.
    """

    provider: str
    model: str
    location: str
    doing: Doing
    card: ModelCard | None = None
    storage: bool = False


def of_exception(error: BaseException, where: Where) -> ProviderError:
    """Return the error for an exception of one of Google's libraries."""
    return of_trouble(_trouble.read(error), where)


def of_trouble(trouble: Trouble, where: Where) -> ProviderError:
    """Return the error for trouble of any kind."""
    error = _without_answer(trouble, where) if trouble.status is None else _answer(trouble, where)
    if where.doing.has_job:
        # The job lives on, whatever a poll or a download is told.
        error.accepted = Accepted.UNKNOWN
    return error


def refused(
    where: Where, reasons: tuple[str, ...], *, charged: bool | None, said: str = ""
) -> ContentRefused:
    """Return the error for a job that ended without a clip because of the content policy."""
    listed = ", ".join(reasons) or "no reason given"
    return ContentRefused(
        f"{where.model} made the clip of nothing that Google lets out: {listed}{said}",
        provider=where.provider,
        reasons=reasons,
        charged=charged,
        accepted=Accepted.UNKNOWN,
        hint="another seed may pass; else change the words, or leave out faces and sound",
    )


def _without_answer(trouble: Trouble, where: Where) -> ProviderError:
    if trouble.credentials:
        return AuthenticationError(
            f"Google gave no access: {trouble.message}", provider=where.provider, hint=_CREDENTIALS
        )
    nothing_sent = trouble.unsent or where.doing is Doing.PREPARING
    what = "could not be reached" if trouble.unsent else "gave no whole answer"
    return ProviderUnavailable(
        f"Google {what} {where.doing.value}: {trouble.message}",
        provider=where.provider,
        accepted=Accepted.NO if nothing_sent else Accepted.UNKNOWN,
        hint="see that this machine reaches Google" if trouble.unsent else _BILL,
    )


def _answer(trouble: Trouble, where: Where) -> ProviderError:  # noqa: PLR0911 - a line an answer
    name = "Cloud Storage" if where.storage else "Google"
    message = f"{name} answered {trouble.status} {where.doing.value}: {trouble.message}"
    provider = where.provider
    if trouble.status == 400 and is_refusal(trouble.code, trouble.message):  # noqa: PLR2004
        return ContentRefused(
            message,
            provider=provider,
            reasons=reasons_of(trouble.code, [trouble.message]),
            charged=False,
            hint="change the words or the pictures: the same ones are refused again",
        )
    match trouble.status:
        case 401:
            return AuthenticationError(message, provider=provider, hint=_CREDENTIALS)
        case 403 if trouble.reason == "SERVICE_DISABLED":
            return PermissionDenied(message, provider=provider, hint=_DISABLED)
        case 403:
            hint = _BUCKET if where.storage else _ROLE
            return PermissionDenied(message, provider=provider, hint=hint)
        case 402:
            return QuotaExceeded(message, provider=provider, hint="see the project's billing")
        case 404 | 410:
            return _missing(message, where)
        case 429 if _is_used_up(trouble):
            hint = "ask for more quota in the Cloud console, under IAM & Admin, Quotas"
            return QuotaExceeded(message, provider=provider, hint=hint)
        case 429:
            return RateLimited(message, provider=provider, retry_after=trouble.retry_after)
        case 400 | 405 | 409 | 411 | 412 | 413 | 414 | 415 | 422:
            return InvalidRequest(message, provider=provider, hint=_hint_for(trouble))
    # 408 and 499 come from proxies that gave up on the answer, not on the request.
    preparing = where.doing is Doing.PREPARING
    return ProviderUnavailable(
        message,
        provider=provider,
        accepted=Accepted.NO if preparing else Accepted.UNKNOWN,
        hint=None if preparing else _BILL,
    )


def _missing(message: str, where: Where) -> ProviderError:
    provider, card = where.provider, where.card
    if where.storage:
        hint = "it was deleted, or never written: look into the bucket"
        return JobExpired(message, provider=provider, hint=hint)
    if where.doing.has_job:
        return JobExpired(message, provider=provider, hint=_BILL)
    if card is not None and card.replaced_by is not None:
        return ModelRetired(
            f"{where.model} is not to be had in {where.location}: {message}",
            provider=provider,
            replacement=card.replaced_by,
            hint=f"use {card.replaced_by} instead",
        )
    return InvalidRequest(
        f"there is no model {where.model!r} in {where.location}: {message}",
        provider=provider,
        hint='"ministudio models" lists what there is; not every region has every model',
    )


def _is_used_up(trouble: Trouble) -> bool:
    """Whether waiting a minute is no use: a daily quota, or one of nothing at all."""
    said = trouble.message.lower()
    return "per day" in said or "per_day" in said or "limit: 0" in said


def _hint_for(trouble: Trouble) -> str | None:
    if "api key not valid" in trouble.message.lower():
        return _CREDENTIALS
    if trouble.code == "FAILED_PRECONDITION":
        return "the project or its organisation is not set up for this; the message says what for"
    return None
