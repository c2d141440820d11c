"""Deciding every setting of one render: arguments, production and workspace on one ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.settings.core import RENDER_SETTINGS
from ministudio.settings.precedence import LADDERS, LOOK, Resolved, Rung, resolve
from ministudio.settings.rules import RULES
from ministudio.settings.validation import setting_value
from ministudio.settings.video import VideoConfig
from ministudio.story.look import Style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ministudio.settings.config import StudioConfig
    from ministudio.story.production import Production

__all__ = ["DEFAULTS", "decide", "dressed"]

DEFAULTS: Final[Mapping[str, Any]] = {
    key: RULES[key](setting_value(setting, setting.default))
    for key, setting in RENDER_SETTINGS.items()
    if setting.default is not None
}
"""The built-in defaults, as declared."""


def decide(
    config: StudioConfig,
    *,
    production: Production | None = None,
    video: VideoConfig | None = None,
    providers: Sequence[str] = (),
    model: str | None = None,
    output: Path | None = None,
    concurrency: int | None = None,
) -> dict[str, Resolved]:
    """Return every setting of a render, each with who said it; a pure function.

    Args:
        config: What the workspace says.
        production: The film, whose own look wins and whose provider and model are preferences.
        video: The look asked for on the command line or in a call.
        providers: The providers asked for there.
        model: The model asked for there.
        output: The folder asked for there.
        concurrency: How many shots at a time, as asked for there.
    """
    making = {
        "providers": tuple(providers) or None,
        "model": model,
        "output": output,
        "concurrency": concurrency,
    }
    said: dict[Rung, dict[str, Any]] = {rung: {} for rung in Rung}
    said[Rung.ARGUMENT] = making | (video or VideoConfig()).said()
    said[Rung.DEFAULT] = dict(DEFAULTS)
    for key, value in _said_by_config(config).items():
        said[config.sources.get(key, Rung.PROJECT)][key] = value
    if production is not None:
        said[Rung.PRODUCTION] = _said_by_production(production)
    return {key: resolve(key, said) for key in LADDERS}


def dressed(production: Production, decided: Mapping[str, Resolved]) -> Production:
    """Return the production with the look that was decided filled in."""
    look = {
        key: one.value
        for key, one in decided.items()
        if LADDERS[key] is LOOK and one.source is not Rung.PRODUCTION and one.value is not None
    }
    if isinstance(style := look.get("style"), str):
        look["style"] = Style(preset=style)
    # The decorator of story classes hides from type checkers that they are attrs classes.
    plain: Any = production
    changed: Production = attrs.evolve(plain, **look)
    return changed


def _said_by_config(config: StudioConfig) -> dict[str, Any]:
    making = {
        "providers": config.providers or None,
        "model": config.model,
        "output": config.output,
        "concurrency": config.concurrency,
    }
    return making | config.video.said()


def _said_by_production(production: Production) -> dict[str, Any]:
    return {
        "aspect_ratio": production.aspect_ratio,
        "resolution": production.resolution,
        "fps": production.fps,
        "seed": production.seed,
        "negative_prompt": production.negative_prompt or None,
        "style": production.style if production.style != Style() else None,
        "mood": production.mood or None,
        "continuity": production.continuity,
        "providers": (production.provider,) if production.provider else None,
        "model": production.model,
    }
