"""MiniStudio: films with generative video models, as code.

The front door. Names are imported from their rooms when they are first used, so that
``import ministudio`` costs next to nothing.
"""

from __future__ import annotations

from ministudio._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing would cost more than all the rest of this module
    from ministudio.contracts.providers import (
        BaseVideoProvider,
    )
    from ministudio.errors import (
        Accepted,
        ArtifactError,
        AuthenticationError,
        ConfigError,
        ContentRefused,
        InvalidRequest,
        JobExpired,
        JobFailed,
        JobPending,
        JobUnknown,
        MiniStudioError,
        MissingDependency,
        ModelRetired,
        PermissionDenied,
        PlanError,
        PluginConflict,
        PluginError,
        PluginLoadError,
        ProviderError,
        ProviderUnavailable,
        QuotaExceeded,
        RateLimited,
        SecretDenied,
        SecretError,
        SecretInvalid,
        SecretNotFound,
        SecretUnavailable,
        Stopped,
        StoryError,
        UnknownName,
    )
    from ministudio.kernel.registry import (
        Registry,
    )
    from ministudio.orchestrator import (
        VideoOrchestrator,
    )
    from ministudio.plan.model import (
        Plan,
    )
    from ministudio.render.options import (
        RenderOptions,
    )
    from ministudio.settings.provider import (
        ProviderConfig,
    )
    from ministudio.settings.video import (
        VideoConfig,
    )
    from ministudio.story import (
        BeingKind,
        Camera,
        CameraAngle,
        CameraMove,
        Character,
        CharacterIdentity,
        CharacterState,
        Continuity,
        Dialogue,
        Environment,
        EnvironmentContext,
        EnvironmentIdentity,
        Lighting,
        Pace,
        Persona,
        Place,
        PlaceKind,
        Problem,
        Production,
        SceneConfig,
        ShotConfig,
        ShotSize,
        Style,
        Voice,
        dump_production,
        load_production,
        loads_production,
    )
    from ministudio.studio import (
        Film,
        Studio,
    )
    from ministudio.studio.run import (
        run,
    )
    from ministudio.values.frames import (
        AspectRatio,
        Resolution,
    )
    from ministudio.values.money import (
        Money,
    )
    from ministudio.values.secret import (
        Secret,
    )

__all__ = [
    "Accepted",
    "ArtifactError",
    "AspectRatio",
    "AuthenticationError",
    "BaseVideoProvider",
    "BeingKind",
    "Camera",
    "CameraAngle",
    "CameraMove",
    "Character",
    "CharacterIdentity",
    "CharacterState",
    "ConfigError",
    "ContentRefused",
    "Continuity",
    "Dialogue",
    "Environment",
    "EnvironmentContext",
    "EnvironmentIdentity",
    "Film",
    "InvalidRequest",
    "JobExpired",
    "JobFailed",
    "JobPending",
    "JobUnknown",
    "Lighting",
    "MiniStudioError",
    "MissingDependency",
    "ModelRetired",
    "Money",
    "Pace",
    "PermissionDenied",
    "Persona",
    "Place",
    "PlaceKind",
    "Plan",
    "PlanError",
    "PluginConflict",
    "PluginError",
    "PluginLoadError",
    "Problem",
    "Production",
    "ProviderConfig",
    "ProviderError",
    "ProviderUnavailable",
    "QuotaExceeded",
    "RateLimited",
    "Registry",
    "RenderOptions",
    "Resolution",
    "SceneConfig",
    "Secret",
    "SecretDenied",
    "SecretError",
    "SecretInvalid",
    "SecretNotFound",
    "SecretUnavailable",
    "ShotConfig",
    "ShotSize",
    "Stopped",
    "StoryError",
    "Studio",
    "Style",
    "UnknownName",
    "VideoConfig",
    "VideoOrchestrator",
    "Voice",
    "__version__",
    "dump_production",
    "load_production",
    "loads_production",
    "run",
]

_ROOMS = {
    "ministudio.contracts.providers": ("BaseVideoProvider",),
    "ministudio.errors": (
        "Accepted",
        "ArtifactError",
        "AuthenticationError",
        "ConfigError",
        "ContentRefused",
        "InvalidRequest",
        "JobExpired",
        "JobFailed",
        "JobPending",
        "JobUnknown",
        "MiniStudioError",
        "MissingDependency",
        "ModelRetired",
        "PermissionDenied",
        "PlanError",
        "PluginConflict",
        "PluginError",
        "PluginLoadError",
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
    ),
    "ministudio.kernel.registry": ("Registry",),
    "ministudio.settings.provider": ("ProviderConfig",),
    "ministudio.settings.video": ("VideoConfig",),
    "ministudio.story": (
        "BeingKind",
        "Camera",
        "CameraAngle",
        "CameraMove",
        "Character",
        "CharacterIdentity",
        "CharacterState",
        "Continuity",
        "Dialogue",
        "Environment",
        "EnvironmentContext",
        "EnvironmentIdentity",
        "Lighting",
        "Pace",
        "Persona",
        "Place",
        "PlaceKind",
        "Problem",
        "Production",
        "SceneConfig",
        "ShotConfig",
        "ShotSize",
        "Style",
        "Voice",
        "dump_production",
        "load_production",
        "loads_production",
    ),
    "ministudio.orchestrator": ("VideoOrchestrator",),
    "ministudio.plan.model": ("Plan",),
    "ministudio.render.options": ("RenderOptions",),
    "ministudio.studio": ("Film", "Studio"),
    "ministudio.studio.run": ("run",),
    "ministudio.values.frames": ("AspectRatio", "Resolution"),
    "ministudio.values.money": ("Money",),
    "ministudio.values.secret": ("Secret",),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - only whoever asks for a name pays

    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
