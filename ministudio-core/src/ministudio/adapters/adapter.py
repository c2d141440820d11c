"""What every adapter does; which plugin it opens is data of its subclass."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from ministudio.adapters.opening import pool_with
from ministudio.adapters.setup import setup_text
from ministudio.errors import ConfigError, MissingDependency, UnknownName
from ministudio.kernel.chosen import ChosenProvider
from ministudio.kernel.names import owner
from ministudio.studio.secrets import setting_sources
from ministudio.studio.studio import Studio
from ministudio.values.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ministudio.contracts.specs import VideoProviderSpec

__all__ = ["ProviderAdapter"]


class ProviderAdapter:
    """A door into one provider's plugin; a subclass says which.

    Nothing is connected to, and no vendor's SDK imported, before the first clip is wanted.
    """

    provider: ClassVar[str]
    """The provider's name; that of its plugin, or beginning with it and a dash."""

    distribution: ClassVar[str]
    """What to install when the plugin is not there."""

    arguments: ClassVar[Mapping[str, Sequence[str]]] = MappingProxyType({})
    """Arguments of ``create`` that stand for a declared setting: its name, then the names of
    options of the plugin that say the same, which then give way."""

    @classmethod
    def create(
        cls,
        model: str | None = None,
        *,
        workspace: Studio | Path | str = ".",
        **said: object,
    ) -> ChosenProvider:
        """Return the provider, as ``VideoOrchestrator`` and ``Studio.plan`` take it.

        What is not said comes from the environment, ``.env`` and ``ministudio.toml``, and is
        looked for when the first clip is wanted; so a missing key is that clip's error.

        Args:
            model: The model's id or another of its names; the default one if left out.
            workspace: A folder, or a studio that is open already.
            said: Options of the provider, values of its declared settings by their names, and
                what the adapter's own ``arguments`` name.

        Raises:
            MissingDependency: When the plugin is not installed; the hint says how to.
            PluginError: When it is, and broken.
            UnknownName: When the provider has no such model.
            ConfigError: When a setting's value is not text.
        """
        studio, spec = cls._opened(workspace)
        card = studio.registry.model(f"{spec.name}/{model}")[1] if model else None
        options: dict[str, object] = {}
        settings: dict[str, Secret] = {}
        without: set[str] = set()
        declared = _declared(spec)
        for name, value in said.items():
            setting, *same = cls.arguments.get(name, (name,))
            if setting.upper() in declared:
                settings[declared[setting.upper()]] = _sealed(name, value)
                without.update(same)
            else:
                # Options are plain data: they are part of what identifies a take.
                options[next(iter(same), name)] = str(value) if isinstance(value, Path) else value
        return ChosenProvider(
            spec.name,
            lambda chosen: pool_with(studio, chosen),
            model=card.id if card else None,
            options=options,
            settings=settings,
            without=without,
        )

    @classmethod
    def get_setup_instructions(
        cls, *, workspace: Studio | Path | str = ".", show: bool = True
    ) -> str:
        """Print what to do before the first clip, and return it; no value of a secret is in it.

        Args:
            workspace: A folder, or a studio that is open already.
            show: Whether to print it; if not, it is only returned.

        Raises:
            PluginError: When the plugin is installed and broken.
        """
        try:
            studio, spec = cls._opened(workspace)
        except MissingDependency as missing:
            text = f"{missing.message}.\n\nInstall it, and ask again:\n  {missing.hint}"
        else:
            distribution = studio.registry.plugin_of(spec.name).distribution or cls.distribution
            text = setup_text(spec, distribution, setting_sources(studio, spec.settings))
        if show:
            print(text)  # noqa: T201 - it is asked for at a prompt, to be read there
        return text

    @classmethod
    def list_available_models(cls, *, workspace: Studio | Path | str = ".") -> list[str]:
        """Return the names that ``create`` takes: each model's id and then its other names.

        The default model comes first; one that is retired is not in the list.

        Raises:
            MissingDependency: When the plugin is not installed; the hint says how to.
            PluginError: When it is, and broken.
        """
        today = datetime.now(UTC).date()
        cards = cls._opened(workspace)[1].models
        return [
            name for card in cards if not card.retired(today) for name in (card.id, *card.aliases)
        ]

    @classmethod
    def _opened(cls, workspace: Studio | Path | str) -> tuple[Studio, VideoProviderSpec]:
        """The workspace, and what the plugin says of itself."""
        studio = workspace if isinstance(workspace, Studio) else Studio(workspace)
        try:
            return studio, studio.registry.provider(cls.provider)
        except UnknownName as error:
            skipped = [one.plugin.id for one in studio.registry.loader.discovery.skipped]
            if owner(cls.provider, skipped) is not None:
                raise  # it is installed, and somebody switched it off
            raise MissingDependency(
                f"{cls.__name__} needs the plugin {cls.distribution}, which is not installed",
                plugin=cls.provider,
                distribution=cls.distribution,
                hint=f"pip install {cls.distribution}",
            ) from error


def _declared(spec: VideoProviderSpec) -> dict[str, str]:
    """The names of declared settings, by every name that they are known under."""
    return {
        known.upper(): setting.name
        for setting in spec.settings
        for known in (*setting.aliases, setting.name)
    }


def _sealed(name: str, value: object) -> Secret:
    """A setting's value, so that printing the provider shows none of them."""
    if isinstance(value, Secret):
        return value
    if isinstance(value, str | Path | int | float):
        return Secret(str(value), name)
    raise ConfigError(f"{name} is a text, not {type(value).__name__}")
