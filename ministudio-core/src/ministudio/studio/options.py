"""From the settings to how a render behaves."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ministudio.kernel.models import default_card
from ministudio.render.options import RenderOptions
from ministudio.settings.core import RENDER_SETTINGS
from ministudio.settings.rendering import Cap
from ministudio.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.contracts.specs import VideoProviderSpec
    from ministudio.kernel.registry import Registry
    from ministudio.settings.config import StudioConfig

__all__ = ["asks_above", "default_model", "options_of", "provider_options"]

_PLAIN = ("concurrency", "job_timeout", "on_failure", "fallback_scope")


def options_of(config: StudioConfig, **said: Any) -> RenderOptions:
    """Return how to render by the settings, and before them by what is ``said``.

    Raises:
        ConfigError: When a number is too small to render anything.
    """
    settings = {key: getattr(config, key) for key in _PLAIN}
    given = {key: value for key, value in settings.items() if value is not None}
    run = (Cap(money=config.budget),) if config.budget else ()
    given["caps"] = (*config.caps, *run)
    given["limits"] = {name: one.limits for name, one in config.provider.items()}
    return RenderOptions(**(given | said))


def asks_above(config: StudioConfig) -> Money:
    """Return what the command line spends on a run without a question."""
    default = RENDER_SETTINGS["confirm_above"].default
    return config.confirm_above or Money.parse(str(default))


def provider_options(config: StudioConfig, registry: Registry, name: str) -> Mapping[str, object]:
    """Return a provider's options: by the settings, and before them by the program's choice."""
    given = config.provider.get(name)
    options = given.options if given else {}
    chosen = registry.chosen(name)
    return chosen.options_over(options) if chosen else options


def default_model(config: StudioConfig, spec: VideoProviderSpec, registry: Registry) -> str:
    """Return the id of a provider's model where nobody names one.

    What a program chose comes first, then what the settings say, then the provider's first that
    is not retired.
    """
    chosen, given = registry.chosen(spec.name), config.provider.get(spec.name)
    named = (chosen and chosen.model) or (given and given.model_name)
    return named or default_card(spec, datetime.now(UTC).date()).id
