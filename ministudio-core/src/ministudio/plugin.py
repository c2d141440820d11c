"""The one module that a plugin's author imports; it re-exports, and holds nothing of its own.

What is not here is not promised to plugins. ``HOOK_API`` is the version of that promise. What
needs the media library or the settings is imported when it is first asked for, so that
describing a plugin stays cheap.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ministudio.contracts.asking import (
    ask_backend,
    backend_options,
    json_field,
    no_such_form,
    safe_address,
)
from ministudio.contracts.budget import (
    Fitted,
    Part,
    fit,
    measure,
)
from ministudio.contracts.cards import (
    Capability,
    DurationRange,
    FrameRule,
    ModelCard,
    PriceRow,
    PromptBudget,
    PromptUnit,
    Support,
    permissive_card,
)
from ministudio.contracts.catalog import (
    cards_beside,
    load_cards,
)
from ministudio.contracts.clips import (
    Clip,
    ClipRequest,
    ExtendFrom,
    Prepared,
    Progress,
)
from ministudio.contracts.deprecation import (
    Deprecated,
)
from ministudio.contracts.events import (
    Event,
    EventKind,
)
from ministudio.contracts.hooks import (
    HOOK_API,
    hookimpl,
)
from ministudio.contracts.jobs import (
    Absent,
    Cancel,
    Found,
    JobHandle,
    JobState,
    JobStatus,
    Unknowable,
)
from ministudio.contracts.media import (
    MediaFile,
    Reference,
    ReferenceRole,
)
from ministudio.contracts.pricing import (
    price,
)
from ministudio.contracts.prompts import (
    Cast,
    CompiledPrompt,
    PromptCompiler,
    PromptInput,
)
from ministudio.contracts.providers import (
    BaseVideoProvider,
    BlockingVideoProvider,
    JobVideoProvider,
)
from ministudio.contracts.secrets import (
    BatchSecretBackend,
    SecretBackend,
    SecretRef,
)
from ministudio.contracts.setting import (
    Setting,
    SettingKind,
)
from ministudio.contracts.specs import (
    Billing,
    PluginContext,
    PromptCompilerSpec,
    RunsIn,
    SecretBackendSpec,
    SpeechProviderSpec,
    VideoProviderSpec,
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
    PluginError,
    ProviderError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
    SecretDenied,
    SecretError,
    SecretInvalid,
    SecretNotFound,
    SecretUnavailable,
)
from ministudio.story.character import (
    Character,
    CharacterIdentity,
    CharacterState,
    Voice,
)
from ministudio.story.environment import (
    Environment,
    EnvironmentContext,
    EnvironmentIdentity,
)
from ministudio.story.look import (
    Camera,
    Lighting,
    Persona,
    Style,
)
from ministudio.story.presets import (
    STYLE_PRESETS,
    StylePreset,
)
from ministudio.story.shot import (
    Dialogue,
)
from ministudio.story.vocabulary import (
    BeingKind,
    CameraAngle,
    CameraMove,
    Continuity,
    Pace,
    PlaceKind,
    ShotSize,
)
from ministudio.values.files import (
    whole_file,
    write_whole,
)
from ministudio.values.frames import (
    AspectRatio,
    Resolution,
    Size,
    frame_size,
)
from ministudio.values.hashing import (
    digest,
    file_sha256,
)
from ministudio.values.money import (
    Money,
)
from ministudio.values.names import (
    did_you_mean,
)
from ministudio.values.secret import (
    Secret,
)

if TYPE_CHECKING:
    from ministudio.contracts.http_provider import HttpVideoProvider
    from ministudio.contracts.statuses import error_for_status, retry_after
    from ministudio.media.codecs import Quality
    from ministudio.media.downloads import clip_from_stream
    from ministudio.media.encode import ClipWriter, as_yuv
    from ministudio.media.lettering import Hand, Lettering, lines_of, shortened
    from ministudio.media.probe import clip_from_file
    from ministudio.prose.compiler import DialectCompiler
    from ministudio.prose.dialect import Dialect, Lines, PartKind, Topic
    from ministudio.settings.dotenv import DotenvFile, read_dotenv
    from ministudio.values.threads import in_thread

__all__ = [
    "HOOK_API",
    "STYLE_PRESETS",
    "Absent",
    "Accepted",
    "ArtifactError",
    "AspectRatio",
    "AuthenticationError",
    "BaseVideoProvider",
    "BatchSecretBackend",
    "BeingKind",
    "Billing",
    "BlockingVideoProvider",
    "Camera",
    "CameraAngle",
    "CameraMove",
    "Cancel",
    "Capability",
    "Cast",
    "Character",
    "CharacterIdentity",
    "CharacterState",
    "Clip",
    "ClipRequest",
    "ClipWriter",
    "CompiledPrompt",
    "ConfigError",
    "ContentRefused",
    "Continuity",
    "Deprecated",
    "Dialect",
    "DialectCompiler",
    "Dialogue",
    "DotenvFile",
    "DurationRange",
    "Environment",
    "EnvironmentContext",
    "EnvironmentIdentity",
    "Event",
    "EventKind",
    "ExtendFrom",
    "Fitted",
    "Found",
    "FrameRule",
    "Hand",
    "HttpVideoProvider",
    "InvalidRequest",
    "JobExpired",
    "JobFailed",
    "JobHandle",
    "JobPending",
    "JobState",
    "JobStatus",
    "JobUnknown",
    "JobVideoProvider",
    "Lettering",
    "Lighting",
    "Lines",
    "MediaFile",
    "MiniStudioError",
    "MissingDependency",
    "ModelCard",
    "ModelRetired",
    "Money",
    "Pace",
    "Part",
    "PartKind",
    "PermissionDenied",
    "Persona",
    "PlaceKind",
    "PluginContext",
    "PluginError",
    "Prepared",
    "PriceRow",
    "Progress",
    "PromptBudget",
    "PromptCompiler",
    "PromptCompilerSpec",
    "PromptInput",
    "PromptUnit",
    "ProviderError",
    "ProviderUnavailable",
    "Quality",
    "QuotaExceeded",
    "RateLimited",
    "Reference",
    "ReferenceRole",
    "Resolution",
    "RunsIn",
    "Secret",
    "SecretBackend",
    "SecretBackendSpec",
    "SecretDenied",
    "SecretError",
    "SecretInvalid",
    "SecretNotFound",
    "SecretRef",
    "SecretUnavailable",
    "Setting",
    "SettingKind",
    "ShotSize",
    "Size",
    "SpeechProviderSpec",
    "Style",
    "StylePreset",
    "Support",
    "Topic",
    "Unknowable",
    "VideoProviderSpec",
    "Voice",
    "as_yuv",
    "ask_backend",
    "backend_options",
    "cards_beside",
    "clip_from_file",
    "clip_from_stream",
    "did_you_mean",
    "digest",
    "error_for_status",
    "file_sha256",
    "fit",
    "frame_size",
    "hookimpl",
    "in_thread",
    "json_field",
    "lines_of",
    "load_cards",
    "measure",
    "no_such_form",
    "permissive_card",
    "price",
    "read_dotenv",
    "retry_after",
    "safe_address",
    "shortened",
    "whole_file",
    "write_whole",
]

_LATE = {
    "ClipWriter": "ministudio.media.encode",
    "Dialect": "ministudio.prose.dialect",
    "DialectCompiler": "ministudio.prose.compiler",
    "DotenvFile": "ministudio.settings.dotenv",
    "Hand": "ministudio.media.lettering",
    "HttpVideoProvider": "ministudio.contracts.http_provider",
    "Lettering": "ministudio.media.lettering",
    "Lines": "ministudio.prose.dialect",
    "PartKind": "ministudio.prose.dialect",
    "Quality": "ministudio.media.codecs",
    "Topic": "ministudio.prose.dialect",
    "as_yuv": "ministudio.media.encode",
    "clip_from_file": "ministudio.media.probe",
    "clip_from_stream": "ministudio.media.downloads",
    "error_for_status": "ministudio.contracts.statuses",
    "in_thread": "ministudio.values.threads",
    "lines_of": "ministudio.media.lettering",
    "read_dotenv": "ministudio.settings.dotenv",
    "retry_after": "ministudio.contracts.statuses",
    "shortened": "ministudio.media.lettering",
}


_RETIRED: dict[str, tuple[str, Deprecated]] = {}
"""Names that will go: the module of each, and what whoever imports it is told."""


def __getattr__(name: str) -> Any:
    if name in _RETIRED:
        module, notice = _RETIRED[name]
        # Said to each module that asks, so the value is not kept here.
        warnings.warn(notice, stacklevel=2)
        return getattr(import_module(module), name)
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_LATE[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
