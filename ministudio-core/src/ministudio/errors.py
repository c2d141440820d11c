"""Every error MiniStudio raises, in one tree.

::

    MiniStudioError
    ├── StoryError                 the production is not right; carries every problem at once
    ├── ConfigError                a setting, option or file of configuration is not right
    │   ├── UnknownName            no such provider, model, compiler, backend or plugin
    │   └── PlanError              the production cannot be planned as asked
    ├── SecretError
    │   ├── SecretNotFound         the only one that lets a chain of backends move on
    │   ├── SecretDenied           the backend knows it and says no
    │   ├── SecretUnavailable      the backend cannot be reached or answers nonsense
    │   └── SecretInvalid          a reference or a value that cannot be right
    ├── PluginError                carries plugin, distribution, version
    │   ├── PluginLoadError        broken at import, register, check, describe or create
    │   ├── PluginConflict         two distributions claim one name
    │   └── MissingDependency      an optional package is not installed
    ├── ProviderError              carries provider, accepted, charged
    │   ├── AuthenticationError    no or wrong credentials
    │   ├── PermissionDenied       good credentials, not allowed
    │   ├── QuotaExceeded          nothing left until someone buys or raises it
    │   ├── RateLimited            carries retry_after
    │   ├── ContentRefused         carries reasons
    │   ├── InvalidRequest         the provider will never accept this request
    │   ├── ModelRetired           carries replacement
    │   ├── ProviderUnavailable    network or service trouble
    │   ├── JobFailed              accepted, then failed
    │   ├── JobPending             still running when we stopped waiting; carries job
    │   ├── JobUnknown             nobody can say whether it was accepted
    │   ├── JobExpired             the result is gone
    │   └── JobCancelled           the user cancelled it
    ├── BudgetError                money forbids it; nothing was ordered
    │   ├── BudgetExceeded         a cap on money, seconds or clips would be broken
    │   ├── PriceUnknown           nobody says what it costs, and unknown is never 0
    │   └── NotConfirmed           it costs more than may be spent without a question
    ├── ArtifactError              a file is not the media it should be
    └── Stopped                    the user stopped the run
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, TypedDict, Unpack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.contracts.jobs import JobHandle
    from ministudio.story.problems import Problem

__all__ = [
    "Accepted",
    "ArtifactError",
    "AuthenticationError",
    "BudgetError",
    "BudgetExceeded",
    "ConfigError",
    "ContentRefused",
    "InvalidRequest",
    "JobCancelled",
    "JobExpired",
    "JobFailed",
    "JobPending",
    "JobUnknown",
    "MiniStudioError",
    "MissingDependency",
    "ModelRetired",
    "NotConfirmed",
    "PermissionDenied",
    "PlanError",
    "PluginConflict",
    "PluginError",
    "PluginLoadError",
    "PriceUnknown",
    "ProviderError",
    "ProviderUnavailable",
    "QuotaExceeded",
    "RateLimited",
    "SecretDenied",
    "SecretError",
    "SecretInvalid",
    "SecretNotFound",
    "SecretUnavailable",
    "Stopped",
    "StoryError",
    "UnknownName",
]


class Accepted(StrEnum):
    """Whether the provider took the job that a failing ``submit`` tried to place."""

    NO = "no"
    UNKNOWN = "unknown"


class MiniStudioError(Exception):
    """Something MiniStudio can explain: what happened, and in ``hint`` what to do about it."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message


class StoryError(MiniStudioError, ValueError):
    """A production that cannot be read or is not right, with every problem found."""

    def __init__(self, problems: Sequence[Problem], *, hint: str | None = None) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems), hint=hint)


class ConfigError(MiniStudioError):
    """A setting, an option or a file of configuration that is not right."""


class UnknownName(ConfigError):
    """No provider, model, compiler, backend or plugin has this name."""

    def __init__(
        self, kind: str, name: str, *, choices: Sequence[str] = (), hint: str | None = None
    ) -> None:
        super().__init__(f"unknown {kind} {name!r}", hint=hint)
        self.kind = kind
        self.name = name
        self.choices = tuple(choices)


class PlanError(ConfigError):
    """The production cannot be planned as asked."""


class SecretError(MiniStudioError):
    """A secret could not be had; the message never holds its value."""


class SecretNotFound(SecretError):
    """No backend knows the name: the only error that lets a chain of backends move on."""


class SecretDenied(SecretError):
    """A backend knows the name and refuses to give the value."""


class SecretUnavailable(SecretError):
    """A backend could not be reached, or its answer made no sense."""


class SecretInvalid(SecretError):
    """A reference, a file or a value that cannot be right."""


class PluginError(MiniStudioError):
    """Something is wrong with an installed plugin."""

    def __init__(
        self,
        message: str,
        *,
        plugin: str,
        distribution: str | None = None,
        version: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.plugin = plugin
        self.distribution = distribution
        self.version = version


class PluginLoadError(PluginError):
    """A plugin broke while it was imported, registered, checked, described or created.

    ``stage`` says in which of these steps.
    """

    def __init__(
        self,
        message: str,
        *,
        plugin: str,
        distribution: str | None = None,
        version: str | None = None,
        stage: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(
            message, plugin=plugin, distribution=distribution, version=version, hint=hint
        )
        self.stage = stage


class PluginConflict(PluginError):
    """Two distributions claim one plugin id, or two plugins one name."""


class MissingDependency(PluginError):
    """A plugin needs a package that is not installed; the hint says what to install."""


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


class BudgetError(MiniStudioError):
    """Money forbids it: nothing was ordered."""


class BudgetExceeded(BudgetError):
    """One more clip would break a cap on money, seconds or clips."""


class PriceUnknown(BudgetError):
    """Nobody says what a paid clip costs; an unknown price is never taken for 0."""


class NotConfirmed(BudgetError):
    """The film costs more than may be spent without a question, and the answer was not yes."""


class ArtifactError(MiniStudioError):
    """A file is missing, empty, cut off, or not the media it claims to be."""


class Stopped(MiniStudioError):
    """The user stopped the run; what was finished is kept."""
