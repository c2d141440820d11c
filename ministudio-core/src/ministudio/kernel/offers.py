"""What the loaded plugins offer, kind by kind: everything, or the one that a name belongs to."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from ministudio.kernel.names import owner, unknown
from ministudio.kernel.policy import CORE
from ministudio.kernel.records import PluginFailure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ministudio.kernel.loading import LoadedPlugin
    from ministudio.kernel.plugins import Plugins
    from ministudio.kernel.records import FoundPlugin

    Offer = tuple[FoundPlugin, Any]

__all__ = ["Kind", "Offers"]


class Kind(Enum):
    """What a plugin may offer: the field of ``LoadedPlugin``, and the word for people."""

    PROVIDER = ("providers", "provider")
    BACKEND = ("backends", "secret backend")
    COMPILER = ("compilers", "prompt compiler")
    SPEECH = ("speech", "speech provider")

    def of(self, plugin: LoadedPlugin) -> tuple[Any, ...]:
        """Return the plugin's specs of this kind."""
        return tuple(getattr(plugin, self.value[0]))

    @property
    def word(self) -> str:
        """The kind, as a word for people."""
        return self.value[1]


class Offers:
    """Looks specs up by name.

    A name of the core's own comes first. Any other belongs to the plugin with the longest id
    that begins it, and to no other: installing a plugin never changes what another's name
    means, and the order of installation decides nothing.
    """

    def __init__(self, plugins: Plugins) -> None:
        self._plugins = plugins

    def all(self, kind: Kind) -> Iterator[Offer]:
        """Load every plugin and yield each plugin with each spec that counts."""
        for plugin in self._plugins.each():
            for spec in kind.of(plugin):
                if self._counts(kind, plugin, spec.name):
                    yield plugin.plugin, spec

    def lookup(self, kind: Kind, name: str) -> Offer | None:
        """Return the plugin and the spec with this name, or None when nobody offers it.

        Raises:
            PluginError: When the plugin that the name belongs to is broken.
        """
        if (core := self._core(kind, name)) is not None:
            return core
        plugin = self._plugins.owning(name)
        specs = kind.of(plugin) if plugin is not None else ()
        spec = next((spec for spec in specs if spec.name == name), None)
        return None if plugin is None or spec is None else (plugin.plugin, spec)

    def one(self, kind: Kind, name: str) -> Offer:
        """Return the plugin and the spec with this name.

        Raises:
            UnknownName: When nobody offers it; the hint says what was meant or what to install.
            PluginError: When the plugin that the name belongs to is broken.
        """
        if (offer := self.lookup(kind, name)) is not None:
            return offer
        choices = [spec.name for _, spec in self.all(kind)]
        raise unknown(kind.word, name, choices, self._plugins.discovery, self._plugins.failures)

    def shadowed(self, plugin: LoadedPlugin) -> tuple[str, ...]:
        """Return a line for each spec of ``plugin`` whose name belongs to another plugin."""
        return tuple(
            f"the {kind.word} {spec.name!r} is not used: the name belongs to another plugin"
            for kind in Kind
            for spec in kind.of(plugin)
            if not self._counts(kind, plugin, spec.name)
        )

    def _counts(self, kind: Kind, plugin: LoadedPlugin, name: str) -> bool:
        if plugin.plugin.id == CORE:
            return True
        ids = self._plugins.discovery.plugins
        return owner(name, ids) == plugin.plugin.id and self._core(kind, name) is None

    def _core(self, kind: Kind, name: str) -> Offer | None:
        if CORE not in self._plugins.discovery.plugins:
            return None
        core = self._plugins.load(CORE)
        if isinstance(core, PluginFailure):
            return None
        return next(((core.plugin, spec) for spec in kind.of(core) if spec.name == name), None)
