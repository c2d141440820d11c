"""From what was said to what is meant: the provider chain, the look, the models behind names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import attrs

from ministudio.errors import ConfigError, UnknownName
from ministudio.kernel.chosen import ChosenProvider
from ministudio.kernel.models import retirement
from ministudio.plan.build import Choice
from ministudio.plan.model import Look
from ministudio.settings.precedence import Rung, resolve
from ministudio.story.look import Style
from ministudio.studio.options import default_model, provider_options
from ministudio.values.frames import AspectRatio, Resolution
from ministudio.values.hashing import canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ministudio.contracts.cards import ModelCard
    from ministudio.contracts.providers import BaseVideoProvider
    from ministudio.contracts.specs import VideoProviderSpec
    from ministudio.kernel.registry import Registry
    from ministudio.settings.config import StudioConfig
    from ministudio.settings.video import VideoConfig
    from ministudio.story.production import Production

__all__ = ["DEFAULT_PROVIDER", "Said", "find_choices", "styled", "taken_in"]

DEFAULT_PROVIDER = "animatic"
"""Who renders when nobody says otherwise: free, offline, needing no key."""

_LOOK = ("aspect_ratio", "resolution", "fps", "seed")
_STORY = ("negative_prompt", "mood", "continuity")


class Said:
    """Everything anybody said of how to render one production, asked key by key.

    Args:
        config: What the environment, ``.env`` and ``ministudio.toml`` say.
        production: The film.
        providers: The chain given with the call.
        model: The model given with the call.
        video: The look given with the call.
    """

    def __init__(
        self,
        config: StudioConfig,
        production: Production,
        *,
        providers: Sequence[str] = (),
        model: str | None = None,
        video: VideoConfig | None = None,
    ) -> None:
        self._said: dict[Rung, dict[str, object]] = {rung: {} for rung in Rung}
        argument = self._said[Rung.ARGUMENT]
        argument.update(video.said() if video else {})
        argument.update({"providers": tuple(providers) or None, "model": model})
        self._said[Rung.PRODUCTION].update(_by_production(production))
        for key, value in _by_config(config).items():
            self._said[config.sources.get(key, Rung.PROJECT)][key] = value

    def value(self, key: str) -> Any:
        """Return what the highest rung says of ``key``; None when nobody does."""
        return resolve(key, self._said).value

    def look(self) -> Look:
        """Return what every shot shares."""
        said = {key: value for key in _LOOK if (value := self.value(key)) is not None}
        if "aspect_ratio" in said:
            said["aspect_ratio"] = AspectRatio(said["aspect_ratio"])
        if "resolution" in said:
            said["resolution"] = Resolution(said["resolution"])
        return Look(**said)

    def chain(self) -> list[str]:
        """Return the selections asked for, in order; empty when nobody says anything."""
        providers, model = resolve("providers", self._said), resolve("model", self._said)
        chain = list(providers.value or ())
        if model.value is None:
            return chain
        # A model said by the same rung, or a higher one, goes first; with one provider named
        # beside it, it is that provider's.
        if len(chain) == 1 and "/" not in model.value:
            return [f"{chain[0]}/{model.value}"]
        return [model.value, *(name for name in chain if not model.value.startswith(f"{name}/"))]


def taken_in(
    registry: Registry, providers: Iterable[str | BaseVideoProvider]
) -> tuple[list[str], str | None]:
    """Return the names of providers, each object among them taken in by the registry.

    Besides, the model that the first choice says, where that is an object that says one.

    Raises:
        ConfigError: When an object cannot be used.
        PluginConflict: When a plugin offers another provider under its name.
    """
    given = list(providers)
    names = [one if isinstance(one, str) else registry.adopt(one).name for one in given]
    first = given[0] if given else None
    said = isinstance(first, ChosenProvider) and first.model
    return names, f"{names[0]}/{said}" if said else None


def styled(production: Production, said: Said) -> Production:
    """Return the production with the configured look filled in where it is silent."""
    changes: dict[str, object] = {
        key: value
        for key in _STORY
        if (value := said.value(key)) is not None and value != getattr(production, key)
    }
    style = said.value("style")
    if isinstance(style, str) and production.style == Style():
        changes["style"] = Style(preset=style)
    if not changes:
        return production
    same: Any = production  # an attrs class, which the type checker sees as a dataclass
    filled: Production = attrs.evolve(same, **changes)
    return filled


def find_choices(
    registry: Registry,
    selections: Iterable[str],
    config: StudioConfig,
    compiler: str | None = None,
) -> dict[str, Choice]:
    """Return what each selection stands for: a provider's default model, or the model named.

    Args:
        registry: The installed plugins.
        selections: ``provider``, ``provider/model`` or a model alone.
        config: The settings: default models and options of providers.
        compiler: The prompt compiler asked for, instead of each model's own.

    Raises:
        UnknownName: When no installed plugin knows a name.
        ConfigError: When an option is no plain data.
        PluginError: When the plugin that does is broken.
    """
    choices, today = {}, datetime.now(UTC).date()
    for selection in dict.fromkeys(selections):
        spec, card = _find(registry, selection, config)
        name = registry.compiler_name(spec, explicit=compiler, card=card)
        choices[selection] = Choice(
            spec=spec,
            card=card,
            compiler=registry.create_compiler(name),
            compiler_name=name,
            options=_plain(spec.name, provider_options(config, registry, spec.name)),
            look_over=registry.look_over(spec.name),
            notes=[f"{spec.name}/{card.id}: {retirement(card, today)}"]
            if card.retired(today)
            else [],
        )
    return choices


def _plain(provider: str, options: Mapping[str, object]) -> Mapping[str, object]:
    """Options as they are, if they can be part of what identifies a take."""
    for name, value in options.items():
        try:
            canonical_json(value)
        except (TypeError, ValueError) as error:
            raise ConfigError(
                f"the option {name!r} of the provider {provider!r} is no plain data: {error}",
                hint="options hold text, numbers, true or false, lists and tables; "
                "write a date or a time as text",
            ) from error
    return options


def _find(
    registry: Registry, selection: str, config: StudioConfig
) -> tuple[VideoProviderSpec, ModelCard]:
    if "/" in selection:
        return registry.model(selection)
    try:
        spec = registry.provider(selection)
    except UnknownName as no_provider:
        try:
            return registry.model(selection)
        except UnknownName as no_model:
            raise _neither(no_provider, no_model) from None
    return registry.model(f"{selection}/{default_model(config, spec, registry)}")


def _neither(provider: UnknownName, model: UnknownName) -> UnknownName:
    """The error for a name that is no provider's and no model's, with the better of two hints."""
    hints = [error.hint for error in (provider, model) if error.hint]
    near = [hint for hint in hints if "choose one of" not in hint]
    choices = (*provider.choices, *model.choices)
    hint = next(iter(near or hints), None)
    return UnknownName("provider or model", provider.name, choices=choices, hint=hint)


def _by_production(production: Production) -> dict[str, object]:
    return {
        **{key: getattr(production, key) for key in _LOOK},
        **{key: getattr(production, key) or None for key in _STORY},
        "style": production.style if production.style != Style() else None,
        "providers": (production.provider,) if production.provider else None,
        "model": production.model,
    }


def _by_config(config: StudioConfig) -> dict[str, object]:
    said: dict[str, object] = dict(config.video.said())
    if config.providers:
        said["providers"] = config.providers
    if config.model is not None:
        said["model"] = config.model
    return said
