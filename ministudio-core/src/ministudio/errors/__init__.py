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

from ministudio.errors.base import (
    ArtifactError,
    MiniStudioError,
    Stopped,
)
from ministudio.errors.budget import (
    BudgetError,
    BudgetExceeded,
    NotConfirmed,
    PriceUnknown,
)
from ministudio.errors.config import (
    ConfigError,
    PlanError,
    StoryError,
    UnknownName,
)
from ministudio.errors.plugins import (
    MissingDependency,
    PluginConflict,
    PluginError,
    PluginLoadError,
)
from ministudio.errors.providers import (
    Accepted,
    AuthenticationError,
    ContentRefused,
    InvalidRequest,
    JobCancelled,
    JobExpired,
    JobFailed,
    JobPending,
    JobUnknown,
    ModelRetired,
    PermissionDenied,
    ProviderError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
)
from ministudio.errors.secrets import (
    SecretDenied,
    SecretError,
    SecretInvalid,
    SecretNotFound,
    SecretUnavailable,
)

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
