"""Every variable the core itself reads, each declared once.

``default`` is the text used when nobody says anything; it is the lowest rung of the ladder in
``ministudio.settings.precedence``, never stronger than a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio.contracts.setting import Setting, SettingKind
from ministudio.settings.logs import LogFormat, LogLevel
from ministudio.settings.rendering import FallbackScope, OnFailure
from ministudio.values.frames import AspectRatio, Resolution

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CORE_SETTINGS", "PROCESS_ONLY", "QUALITIES", "RENDER_SETTINGS"]

_PROCESS = "Counts only in the process environment, never in .env."

QUALITIES: Final = ("draft", "standard", "high")
"""The names of the quality presets."""

_PROFILE: Final = Setting(
    name="MINISTUDIO_PROFILE",
    help="The profile to use: dev, staging, prod, or one of your own in ministudio.toml.",
    category="MiniStudio: profiles and trust",
    default="dev",
)

_PROCESS_SETTINGS: Final = (
    Setting(
        name="MINISTUDIO_PLUGINS",
        help=f"The only plugins to load, by id, separated by commas; all if not set. {_PROCESS}",
        category="MiniStudio: plugins",
        kind=SettingKind.LIST,
    ),
    Setting(
        name="MINISTUDIO_DISABLE_PLUGINS",
        help=f"Plugins to leave alone, by id, separated by commas. {_PROCESS}",
        category="MiniStudio: plugins",
        kind=SettingKind.LIST,
    ),
    Setting(
        name="MINISTUDIO_STRICT_PLUGINS",
        help=f"Whether a broken plugin is an error rather than a notice. {_PROCESS}",
        category="MiniStudio: plugins",
        kind=SettingKind.FLAG,
        default="0",
    ),
    Setting(
        name="MINISTUDIO_CONFIG_DIR",
        help="Your own configuration folder, where trusted files are recorded; "
        f"'ministudio' in the usual place of the platform if not set. {_PROCESS}",
        category="MiniStudio: profiles and trust",
        kind=SettingKind.PATH,
    ),
    Setting(
        name="XDG_CONFIG_HOME",
        help=f"Where programs keep their configuration on Linux, by the customs of XDG. {_PROCESS}",
        category="MiniStudio: profiles and trust",
        kind=SettingKind.PATH,
    ),
    Setting(
        name="MINISTUDIO_DEBUG",
        help=f"Whether errors show where in the code they arose, as --debug does. {_PROCESS}",
        category="Logging and debug",
        kind=SettingKind.FLAG,
        default="0",
    ),
)

RENDER_SETTINGS: Final[Mapping[str, Setting]] = {
    "providers": Setting(
        name="MINISTUDIO_PROVIDER",
        help="The provider to render with, or a chain of them in order, separated by commas.",
        category="MiniStudio: rendering",
        kind=SettingKind.LIST,
        default="animatic",
    ),
    "model": Setting(
        name="MINISTUDIO_MODEL",
        help="The model to render with, as 'provider/model' or a model alone; "
        "the provider's first if not set.",
        category="MiniStudio: rendering",
    ),
    "output": Setting(
        name="MINISTUDIO_OUTPUT_DIR",
        help="The folder that films are written to; 'out' in the workspace if not set.",
        category="MiniStudio: rendering",
        kind=SettingKind.PATH,
    ),
    "concurrency": Setting(
        name="MINISTUDIO_CONCURRENCY",
        help="How many shots are rendered at a time, 1 to 1000.",
        category="MiniStudio: rendering",
        kind=SettingKind.INTEGER,
        default="4",
    ),
    "job_timeout": Setting(
        name="MINISTUDIO_JOB_TIMEOUT",
        help="Seconds to wait for one clip before its job is left pending, 1 to 604800.",
        category="MiniStudio: rendering",
        kind=SettingKind.INTEGER,
        default="3600",
    ),
    "on_failure": Setting(
        name="MINISTUDIO_ON_FAILURE",
        help="What becomes of a shot that nobody can make: stop the run, skip the shot, "
        "or let an animatic stand in as a placeholder.",
        category="MiniStudio: rendering",
        kind=SettingKind.CHOICE,
        choices=tuple(OnFailure),
        default="stop",
    ),
    "fallback_scope": Setting(
        name="MINISTUDIO_FALLBACK_SCOPE",
        help="What goes to the next provider together, so that it has one look.",
        category="MiniStudio: rendering",
        kind=SettingKind.CHOICE,
        choices=tuple(FallbackScope),
        default="shot",
    ),
    "budget": Setting(
        name="MINISTUDIO_BUDGET",
        help="What the paid clips of one run may cost together, such as '20 USD'.",
        category="MiniStudio: money",
    ),
    "confirm_above": Setting(
        name="MINISTUDIO_CONFIRM_ABOVE",
        help="What the command line spends on a run without a question.",
        category="MiniStudio: money",
        default="5 USD",
    ),
    "observers": Setting(
        name="MINISTUDIO_OBSERVERS",
        help="Plugins that are told of everything that happens in a run, by id, "
        "separated by commas.",
        category="Logging and debug",
        kind=SettingKind.LIST,
    ),
    "log_format": Setting(
        name="MINISTUDIO_LOG_FORMAT",
        help="Log runs in this form, as --log-format does: lines of text, or of JSON.",
        category="Logging and debug",
        kind=SettingKind.CHOICE,
        choices=tuple(LogFormat),
    ),
    "log_level": Setting(
        name="MINISTUDIO_LOG_LEVEL",
        help="Log runs from this level on, as --log-level does.",
        category="Logging and debug",
        kind=SettingKind.CHOICE,
        choices=tuple(LogLevel),
    ),
    "aspect_ratio": Setting(
        name="MINISTUDIO_ASPECT_RATIO",
        help="The shape of the frame, where the production does not say.",
        category="MiniStudio: look",
        kind=SettingKind.CHOICE,
        choices=tuple(AspectRatio),
        default="16:9",
    ),
    "resolution": Setting(
        name="MINISTUDIO_RESOLUTION",
        help="The frame's shorter side, where the production does not say.",
        category="MiniStudio: look",
        kind=SettingKind.CHOICE,
        choices=tuple(Resolution),
        default="720p",
    ),
    "fps": Setting(
        name="MINISTUDIO_FPS",
        help="Frames a second, 12 to 60, where the production does not say.",
        category="MiniStudio: look",
        kind=SettingKind.INTEGER,
        default="24",
    ),
    "quality": Setting(
        name="MINISTUDIO_QUALITY",
        help="A resolution by purpose: draft is 480p, standard 720p, high 1080p.",
        category="MiniStudio: look",
        kind=SettingKind.CHOICE,
        choices=QUALITIES,
    ),
    "seed": Setting(
        name="MINISTUDIO_SEED",
        help="The number all seeds are derived from, 0 to 4294967295, "
        "where the production does not say.",
        category="MiniStudio: look",
        kind=SettingKind.INTEGER,
        default="0",
    ),
    "negative_prompt": Setting(
        name="MINISTUDIO_NEGATIVE_PROMPT",
        help="What must not be seen, where the production does not say.",
        category="MiniStudio: look",
    ),
    "style": Setting(
        name="MINISTUDIO_STYLE",
        help="A style preset such as cinematic or watercolour, where the production has no style.",
        category="MiniStudio: look",
    ),
    "mood": Setting(
        name="MINISTUDIO_MOOD",
        help="The mood, where the production does not say.",
        category="MiniStudio: look",
    ),
    "continuity": Setting(
        name="MINISTUDIO_CONTINUITY",
        help="How shots follow one another, where the production does not say.",
        category="MiniStudio: look",
        kind=SettingKind.CHOICE,
        choices=("auto", "cut", "match", "chain", "extend"),
        default="auto",
    ),
}
"""The variables of a render, by the key they have in ``ministudio.toml``."""

CORE_SETTINGS: Final[tuple[Setting, ...]] = (
    *RENDER_SETTINGS.values(),
    _PROFILE,
    *_PROCESS_SETTINGS,
)
"""Every variable the core reads."""

PROCESS_ONLY: Final = frozenset(setting.name for setting in _PROCESS_SETTINGS)
"""Names that a file never sets: a copied project must not choose what code is loaded."""
