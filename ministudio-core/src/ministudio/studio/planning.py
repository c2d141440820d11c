"""From a production and what was said of it to a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.plan.build import make_plan
from ministudio.studio.choosing import DEFAULT_PROVIDER, Said, find_choices, styled
from ministudio.studio.pictures import find_pictures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ministudio.kernel.registry import Registry
    from ministudio.plan.model import Plan
    from ministudio.settings.config import StudioConfig
    from ministudio.settings.video import VideoConfig
    from ministudio.story.production import Production

__all__ = ["plan_film"]


def plan_film(
    production: Production,
    *,
    registry: Registry,
    config: StudioConfig,
    folder: Path,
    providers: Sequence[str] = (),
    model: str | None = None,
    video: VideoConfig | None = None,
    compiler: str | None = None,
    strict: bool = False,
    placeholder: bool = False,
    allow_outside_media: bool = False,
) -> Plan:
    """Decide everything about a film.

    Args:
        production: The film.
        registry: The plugins.
        config: The settings.
        folder: Where pictures are named from.
        providers: The provider chain, before what the settings say.
        model: The model, before what the settings say.
        video: The look, before what the production and the settings say.
        compiler: The prompt compiler, instead of each model's own.
        strict: Refuse instead of adapting.
        placeholder: Give every shot an animatic that may stand in for it.
        allow_outside_media: Let pictures lie outside the folder.

    Raises:
        StoryError: When the production is not right.
        ConfigError: When a provider or model is not known, or nothing can render a shot.
        PluginError: When a plugin that is needed is broken.
    """
    said = Said(config, production, providers=providers, model=model, video=video)
    production = styled(production, said)
    chain = said.chain() or [DEFAULT_PROVIDER]
    preferred = [shot.model or shot.provider for _, shot in production.shots]
    asked = [*chain, *(name for name in preferred if name)]
    asked += [DEFAULT_PROVIDER] if placeholder else []
    choices = find_choices(registry, asked, config, compiler)
    return make_plan(
        production,
        chain=chain,
        choices=choices,
        placeholder=choices[DEFAULT_PROVIDER] if placeholder else None,
        look=said.look(),
        media=find_pictures(production, folder, allow_outside=allow_outside_media),
        strict=strict,
    )
