"""The plugins of one registry: found once, each loaded at most once, failures on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.errors import PluginConflict
from ministudio.kernel.loading import LoadedPlugin, load
from ministudio.kernel.names import owner, unknown
from ministudio.kernel.policy import CORE
from ministudio.kernel.records import FoundPlugin, PluginFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ministudio.kernel.claims import Discovery
    from ministudio.kernel.policy import PluginPolicy

__all__ = ["Plugins"]


class Plugins:
    """Finds plugins when first asked, and loads the ones that are asked for.

    Args:
        policy: Which plugins may be loaded, and whether a broken one is an error.
        scan: Finds the plugins that a policy lets in.
    """

    def __init__(self, policy: PluginPolicy, scan: Callable[[PluginPolicy], Discovery]) -> None:
        self._policy = policy
        self._scan = scan
        self._discovery: Discovery | None = None
        self._objects: dict[str, object] = {}
        self._loaded: dict[str, LoadedPlugin | PluginFailure] = {}

    @property
    def discovery(self) -> Discovery:
        """What is installed, and what was registered by hand.

        Raises:
            PluginError: When a plugin is broken and the policy is strict.
        """
        if self._discovery is None:
            self._discovery = self._scan(self._policy)
        if self._policy.strict:
            for failure in self._discovery.failures:
                raise failure.as_error() from failure.error
        return self._discovery

    @property
    def failures(self) -> tuple[PluginFailure, ...]:
        """Every failure so far: of finding plugins, and of the ones loaded until now."""
        early = self._discovery.failures if self._discovery is not None else ()
        late = [one for one in self._loaded.values() if isinstance(one, PluginFailure)]
        return (*early, *late)

    def register(self, id_: str, plugin: object) -> FoundPlugin:
        """Add a plugin by hand: a module, an object with hooks, or a module's name.

        Raises:
            PluginConflict: When the id is taken.
        """
        found = dict(self.discovery.plugins)
        if id_ in found:
            raise PluginConflict(
                f"the plugin id {id_!r} is taken by {found[id_].origin}",
                plugin=id_,
                hint="register it under another id",
            )
        if isinstance(plugin, str):
            new = FoundPlugin(id_, plugin)
        else:
            new = FoundPlugin(id_, getattr(plugin, "__name__", type(plugin).__module__))
            self._objects[id_] = plugin
        found[id_] = new
        self._discovery = self.discovery._replace(plugins=dict(sorted(found.items())))
        return new

    def load(self, id_: str) -> LoadedPlugin | PluginFailure:
        """Load a plugin that was found, unless it is loaded already.

        Raises:
            PluginError: When it is broken and the policy is strict.
        """
        if id_ not in self._loaded:
            found = self.discovery.plugins[id_]
            self._loaded[id_] = load(found, self._objects.get(id_))
        outcome = self._loaded[id_]
        if isinstance(outcome, PluginFailure) and self._policy.strict:
            raise outcome.as_error() from outcome.error
        return outcome

    def each(self) -> Iterator[LoadedPlugin]:
        """Load every plugin and yield the sound ones, the core's own first."""
        for id_ in sorted(self.discovery.plugins, key=lambda id_: (id_ != CORE, id_)):
            outcome = self.load(id_)
            if isinstance(outcome, LoadedPlugin):
                yield outcome

    def owning(self, name: str) -> LoadedPlugin | None:
        """Return the plugin that ``name`` belongs to, or None when no plugin has such an id.

        Raises:
            PluginError: When that plugin is broken; the cause is what it raised.
        """
        failed = {failure.plugin.id: failure for failure in self.discovery.failures}
        id_ = owner(name, {*self.discovery.plugins, *failed})
        if id_ is None:
            return None
        outcome = self.load(id_) if id_ in self.discovery.plugins else failed[id_]
        if isinstance(outcome, PluginFailure):
            raise outcome.as_error() from outcome.error
        return outcome

    def named(self, id_: str) -> LoadedPlugin:
        """Return the plugin with this id, loaded.

        Raises:
            UnknownName: When no such plugin is installed.
            PluginError: When it is broken; the cause is what it raised.
        """
        loaded = self.owning(id_)
        if loaded is None or loaded.plugin.id != id_:
            raise unknown("plugin", id_, self.discovery.plugins, self.discovery)
        return loaded
