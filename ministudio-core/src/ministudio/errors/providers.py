"""What may come of asking a provider for a clip, and of a job that it took."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, TypedDict, Unpack

from ministudio.errors.base import MiniStudioError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.contracts.jobs import JobHandle

__all__ = [
    "Accepted",
    "AuthenticationError",
    "ContentRefused",
    "InvalidRequest",
    "JobCancelled",
    "JobExpired",
    "JobFailed",
    "JobPending",
    "JobUnknown",
    "ModelRetired",
    "PermissionDenied",
    "ProviderError",
    "ProviderFacts",
    "ProviderUnavailable",
    "QuotaExceeded",
    "RateLimited",
]


class Accepted(StrEnum):
    """Whether the provider took the job that a failing ``submit`` tried to place."""

    NO = "no"
    UNKNOWN = "unknown"


class ProviderFacts(TypedDict, total=False):
    """What every provider error may say besides its message."""

    provider: str | None
    accepted: Accepted | None
    charged: bool | None
    hint: str | None


class ProviderError(MiniStudioError):
    """A provider could not do what was asked.

    Args:
        message: What happened, without any secret.
        provider: The provider's name, where known.
        accepted: Raised from ``submit``: whether the job may have been taken.
        charged: Whether the attempt is known to have cost money; None means nobody can say.
        hint: What the user can do.
    """

    default_accepted: ClassVar[Accepted] = Accepted.UNKNOWN

    def __init__(
        self,
        message: str,
        *,
        provider: str | None = None,
        accepted: Accepted | None = None,
        charged: bool | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.provider = provider
        self.accepted = self.default_accepted if accepted is None else accepted
        self.charged = charged


class AuthenticationError(ProviderError):
    """The provider got no credentials, or wrong ones."""

    default_accepted = Accepted.NO


class PermissionDenied(ProviderError):
    """The credentials are good, and what was asked is not allowed to them."""

    default_accepted = Accepted.NO


class QuotaExceeded(ProviderError):
    """Nothing is left of a quota or a balance until somebody raises it."""

    default_accepted = Accepted.NO


class RateLimited(ProviderError):
    """Too many requests for now; ``retry_after`` gives seconds where the provider said them."""

    default_accepted = Accepted.NO

    def __init__(
        self, message: str, *, retry_after: float | None = None, **facts: Unpack[ProviderFacts]
    ) -> None:
        super().__init__(message, **facts)
        self.retry_after = retry_after


class ContentRefused(ProviderError):
    """The provider's content policy refused the request or withheld the result."""

    default_accepted = Accepted.NO

    def __init__(
        self, message: str, *, reasons: Sequence[str] = (), **facts: Unpack[ProviderFacts]
    ) -> None:
        super().__init__(message, **facts)
        self.reasons = tuple(reasons)


class InvalidRequest(ProviderError):
    """The provider will never accept this request, however often it is sent."""

    default_accepted = Accepted.NO


class ModelRetired(ProviderError):
    """The model is gone; ``replacement`` names its successor where there is one."""

    default_accepted = Accepted.NO

    def __init__(
        self, message: str, *, replacement: str | None = None, **facts: Unpack[ProviderFacts]
    ) -> None:
        super().__init__(message, **facts)
        self.replacement = replacement


class ProviderUnavailable(ProviderError):
    """The network or the service failed; whether a submit arrived is unknown unless said."""


class JobFailed(ProviderError):
    """The provider took the job, and the job failed."""


class JobPending(ProviderError):
    """The job was still running when we stopped waiting; it is not lost: do not resubmit."""

    def __init__(
        self,
        message: str,
        *,
        job: JobHandle | None = None,
        provider: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, provider=provider, hint=hint)
        self.job = job


class JobUnknown(ProviderError):
    """Nobody can say whether the provider took the job; only the user may submit again."""


class JobExpired(ProviderError):
    """The provider no longer has the result."""


class JobCancelled(ProviderError):
    """The user cancelled the job, or the shot before it was begun."""
