"""Opening any installed provider from data: a ``ProviderConfig``, or its name alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.contracts.setting import SettingKind
from ministudio.errors import ConfigError
from ministudio.kernel.chosen import ChosenProvider
from ministudio.settings.provider import ProviderConfig
from ministudio.settings.rendering import Limits
from ministudio.studio.providers import pool_of
from ministudio.studio.studio import Studio
from ministudio.values.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ministudio.contracts.setting import Setting
    from ministudio.contracts.specs import VideoProviderSpec
    from ministudio.studio.providers import ProviderPool

__all__ = ["open_provider", "pool_with"]


def open_provider(
    config: ProviderConfig | str, *, workspace: Studio | Path | str = "."
) -> ChosenProvider:
    """Return an installed provider, as ``VideoOrchestrator`` and ``Studio.plan`` take it.

    What the configuration says goes before all settings; what it does not say comes from the
    environment, ``.env`` and ``ministudio.toml``, and is looked for when the first clip is wanted.

    Args:
        config: How it is set up, or the provider's name.
        workspace: A folder, or a studio that is open already.

    Raises:
        UnknownName: When no plugin offers the provider, or it has no such model.
        PluginError: When the plugin is installed and broken.
        ConfigError: When the provider has no one place for the key or the address, and for limits.
    """
    said = ProviderConfig(name=config) if isinstance(config, str) else config
    studio = workspace if isinstance(workspace, Studio) else Studio(workspace)
    spec = studio.registry.provider(said.name)
    if said.limits != Limits():
        raise ConfigError(
            f"limits are a run's, not the provider's: {said.name!r} cannot be opened with them",
            hint=f'say Studio.render_options(limits={{"{said.name}": ...}}), or [provider.'
            f"{said.name}] in ministudio.toml",
        )
    model = said.model_name
    card = studio.registry.model(f"{spec.name}/{model}")[1] if model else None
    folder = {"model_path": str(said.model_path)} if said.model_path else {}
    return ChosenProvider(
        spec.name,
        lambda chosen: pool_with(studio, chosen),
        model=card.id if card else None,
        options={**said.options, **folder},
        settings=_settings(spec, said),
    )


def pool_with(studio: Studio, chosen: ChosenProvider) -> ProviderPool:
    """Return the providers of a studio that knows a program's choice."""
    studio.registry.adopt(chosen)
    return pool_of(studio)


def _settings(spec: VideoProviderSpec, said: ProviderConfig) -> dict[str, Secret]:
    given: dict[str, Secret] = {}
    if said.api_key is not None:
        keys = [setting for setting in spec.settings if setting.secret]
        given[_only(spec, "api_key", [s for s in keys if s.required] or keys)] = said.api_key
    if said.api_endpoint is not None:
        addresses = [setting for setting in spec.settings if setting.kind is SettingKind.URL]
        name = _only(spec, "api_endpoint", addresses)
        given[name] = Secret(said.api_endpoint, name)
    return given


def _only(spec: VideoProviderSpec, field: str, settings: Sequence[Setting]) -> str:
    """The one setting that a field stands for."""
    if len(settings) == 1:
        return settings[0].name
    names = " or ".join(setting.name for setting in settings)
    raise ConfigError(
        f"the provider {spec.name!r} reads {names or 'no such thing'}, so {field} stands for none",
        hint="set the variable itself, in the environment or in .env" if names else None,
    )
