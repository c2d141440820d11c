"""What is wrong with an installed plugin."""

from __future__ import annotations

from ministudio.errors.base import MiniStudioError

__all__ = ["MissingDependency", "PluginConflict", "PluginError", "PluginLoadError"]


class PluginError(MiniStudioError):
    """Something is wrong with an installed plugin."""

    def __init__(
        self,
        message: str,
        *,
        plugin: str,
        distribution: str | None = None,
        version: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.plugin = plugin
        self.distribution = distribution
        self.version = version


class PluginLoadError(PluginError):
    """A plugin broke while it was imported, registered, checked, described or created.

    ``stage`` says in which of these steps.
    """

    def __init__(
        self,
        message: str,
        *,
        plugin: str,
        distribution: str | None = None,
        version: str | None = None,
        stage: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(
            message, plugin=plugin, distribution=distribution, version=version, hint=hint
        )
        self.stage = stage


class PluginConflict(PluginError):
    """Two distributions claim one plugin id, or two plugins one name."""


class MissingDependency(PluginError):
    """A plugin needs a package that is not installed; the hint says what to install."""
