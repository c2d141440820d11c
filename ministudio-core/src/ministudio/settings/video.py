"""``VideoConfig``: how a film should look where its production does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.errors import ConfigError
from ministudio.settings.rules import RULES, Quality
from ministudio.story.vocabulary import Continuity
from ministudio.values.frames import AspectRatio, Resolution

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "DRAFT",
    "HIGH",
    "QUALITY_RESOLUTION",
    "STANDARD",
    "VERTICAL",
    "VideoConfig",
    "with_quality",
]

QUALITY_RESOLUTION: Final[Mapping[Quality, Resolution]] = {
    Quality.DRAFT: Resolution.P480,
    Quality.STANDARD: Resolution.P720,
    Quality.HIGH: Resolution.P1080,
}
"""The resolution each quality stands for."""


def _rule(key: str) -> Callable[[Any], Any]:
    def convert(value: object) -> object:
        if value is None:
            return None
        try:
            return RULES[key](value)
        except ValueError as wrong:
            raise ConfigError(f"VideoConfig: {key}: {wrong}") from None

    return convert


def _by_rules(_: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    return [field.evolve(converter=_rule(field.name)) for field in fields]


@attrs.frozen(kw_only=True, field_transformer=_by_rules)
class VideoConfig:
    """Render defaults; None means "not said", and leaves the word to the next who may speak.

    A production's own look wins over these, except when they come from the command line or
    from the arguments of a call.

    Args:
        aspect_ratio: Shape of the frame, such as ``"16:9"``.
        resolution: The frame's shorter side, such as ``"720p"``.
        fps: Frames a second, 12 to 60.
        quality: ``"draft"``, ``"standard"`` or ``"high"``: a resolution by purpose, which a
            ``resolution`` said in the same place overrides.
        seed: The number all seeds are derived from, 0 to 2**32 - 1.
        negative_prompt: What must not be seen.
        style: The name of a style preset.
        mood: The mood, in a few words.
        continuity: How shots follow one another.

    Raises:
        ConfigError: When a value cannot be right.
    """

    aspect_ratio: AspectRatio | None = None
    resolution: Resolution | None = None
    fps: int | None = None
    quality: Quality | None = None
    seed: int | None = None
    negative_prompt: str | None = None
    style: str | None = None
    mood: str | None = None
    continuity: Continuity | None = None

    def said(self) -> dict[str, Any]:
        """Return what is said, by key, with the quality's resolution where none is given."""
        return with_quality(
            {
                field.name: value
                for field in attrs.fields(VideoConfig)
                if (value := getattr(self, field.name)) is not None
            }
        )


def with_quality(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what one place says, with the quality's resolution where it gives none itself."""
    values = dict(said)
    if (quality := values.get("quality")) is not None:
        values.setdefault("resolution", QUALITY_RESOLUTION[quality])
    return values


DRAFT: Final = VideoConfig(quality=Quality.DRAFT)
"""Quick to look at: 480p."""

STANDARD: Final = VideoConfig(quality=Quality.STANDARD)
"""Good to show: 720p."""

HIGH: Final = VideoConfig(quality=Quality.HIGH)
"""Good to keep: 1080p."""

VERTICAL: Final = VideoConfig(aspect_ratio=AspectRatio.TALL)
"""For a telephone held upright: 9:16."""
