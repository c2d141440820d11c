"""Make a spec for a provider that was handed over as an object rather than installed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ministudio.contracts.cards import ModelCard, permissive_card
from ministudio.contracts.specs import VideoProviderSpec
from ministudio.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.contracts.providers import BaseVideoProvider
    from ministudio.kernel.records import FoundPlugin

    Provider = BaseVideoProvider | type[BaseVideoProvider]

__all__ = ["Adopted", "adopted_spec", "comes_from"]


class Adopted(NamedTuple):
    """A provider that was handed over: its spec, the object or class, and whose it counts as."""

    spec: VideoProviderSpec
    provider: Provider
    plugin: FoundPlugin


def adopted_spec(provider: Provider, models: Sequence[ModelCard] = ()) -> VideoProviderSpec:
    """Return a spec for ``provider``, an object or its class.

    Without ``models`` it gets one card on which anything goes and the price is unknown; its
    clips count as paid, because nobody said that they are free.

    Raises:
        ConfigError: When the provider has no name, or one that cannot be typed on a command line.
    """
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


def comes_from(provider: Provider, plugin: FoundPlugin) -> bool:
    """Whether the provider's class, or one that it inherits from, is the plugin's own."""
    cls = provider if isinstance(provider, type) else type(provider)
    package = plugin.module.partition(".")[0]
    return any(base.__module__.partition(".")[0] == package for base in cls.__mro__)


def _words(name: str) -> str:
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name)
    return re.sub(r"[^a-z0-9]+", "-", apart.lower()).strip("-") or "mine"
