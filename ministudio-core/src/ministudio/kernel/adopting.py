"""Make a spec for a provider that was handed over as an object rather than installed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ministudio.contracts.cards import ModelCard, permissive_card
from ministudio.contracts.specs import VideoProviderSpec
from ministudio.errors import ConfigError, PluginConflict
from ministudio.kernel.models import with_cards
from ministudio.kernel.records import FoundPlugin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ministudio.contracts.providers import BaseVideoProvider

    Provider = BaseVideoProvider | type[BaseVideoProvider]

__all__ = ["Adopted", "adopt"]


class Adopted(NamedTuple):
    """A provider that was handed over: its spec, the object or class, and whose it counts as."""

    spec: VideoProviderSpec
    provider: Provider
    plugin: FoundPlugin


def adopt(
    provider: Provider,
    models: Sequence[ModelCard],
    taken: Callable[[str], tuple[FoundPlugin, VideoProviderSpec] | None],
) -> Adopted:
    """Return a provider that was handed over, with its spec.

    Args:
        provider: An object, or its class.
        models: Its cards; those of its own plugin, or one on which anything goes, if empty.
        taken: Says which installed plugin offers a name, with the spec.

    Raises:
        ConfigError: When the provider has no name that can be used.
        PluginConflict: When a plugin offers another provider under this name.
    """
    spec = _spec(provider, models)
    if (installed := taken(spec.name)) is None:
        return Adopted(spec, provider, FoundPlugin(spec.name, spec.factory))
    plugin, described = installed
    if not _comes_from(provider, plugin):
        raise PluginConflict(
            f"the provider name {spec.name!r} is taken by plugin {plugin.id!r}",
            plugin=plugin.id,
            distribution=plugin.distribution or None,
            hint="give the provider another name",
        )
    return Adopted(with_cards(described, models), provider, plugin)


def _spec(provider: Provider, models: Sequence[ModelCard]) -> VideoProviderSpec:
    # Its clips count as paid, because nobody said that they are free.
    cls = provider if isinstance(provider, type) else type(provider)
    name = getattr(provider, "name", None)
    if not isinstance(name, str) or not name:
        hint = f'write  name = "{_words(cls.__name__)}"  in the class'
        raise ConfigError(f"the provider {cls.__name__} has no name", hint=hint)
    # The object is at hand, so this only says where it is from; a script's name may hold a "-".
    module = re.sub(r"[^\w.]", "_", cls.__module__)
    try:
        return VideoProviderSpec(
            name=name,
            factory=f"{module}:{cls.__name__}",
            summary=(cls.__doc__ or "").strip().partition("\n")[0],
            models=models or [permissive_card(name)],
        )
    except (TypeError, ValueError) as error:
        raise ConfigError(
            f"the provider {cls.__name__} cannot be used: {error}",
            hint=f'a good name would be "{_words(name)}"',
        ) from error


def _comes_from(provider: Provider, plugin: FoundPlugin) -> bool:
    """Whether the provider's class, or one that it inherits from, is the plugin's own."""
    cls = provider if isinstance(provider, type) else type(provider)
    package = plugin.module.partition(".")[0]
    return any(base.__module__.partition(".")[0] == package for base in cls.__mro__)


def _words(name: str) -> str:
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name)
    return re.sub(r"[^a-z0-9]+", "-", apart.lower()).strip("-") or "mine"
