"""What the kernel writes down about a plugin that was found, and about one that failed.

Named tuples rather than attrs classes: ``ministudio plugins list`` reads them, and importing
attrs alone costs more than the whole command may.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from ministudio.errors import MiniStudioError, PluginError, PluginLoadError

_LONGEST = 300
_MACHINERY = {"importlib", "ministudio", "pluggy", "attr"}

__all__ = ["FoundPlugin", "PluginFailure", "Stage", "normalised"]


def normalised(distribution: str) -> str:
    """Return a distribution's name as installers compare them: ``My.Plugin`` is ``my-plugin``."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


class Stage(StrEnum):
    """The steps of a plugin's life, in order; a failure names the one it happened in."""

    DISCOVER = "discover"
    IMPORT = "import"
    REGISTER = "register"
    CHECK = "check"
    DESCRIBE = "describe"
    CREATE = "create"


class FoundPlugin(NamedTuple):
    """A plugin as its distribution's metadata names it; nothing of it has been imported.

    Args:
        id: The entry point's name.
        target: The entry point's value, ``package.module`` or ``package.module:name``.
        distribution: The distribution that installed it; empty when it was registered by hand.
        version: That distribution's version.
    """

    id: str
    target: str
    distribution: str = ""
    version: str = ""

    @property
    def module(self) -> str:
        """The module that the entry point names."""
        return self.target.partition(":")[0]

    @property
    def origin(self) -> str:
        """The distribution and its version, for people."""
        return f"{self.distribution} {self.version}".strip() or "registered by hand"


class PluginFailure(NamedTuple):
    """What went wrong with one plugin; all others go on working.

    Args:
        plugin: The plugin that failed.
        stage: The step it failed in.
        error: What it raised.
        hint: What the user can do.
        printed: What it wrote to standard output before it failed.
    """

    plugin: FoundPlugin
    stage: Stage
    error: BaseException
    hint: str
    printed: str = ""

    @property
    def reason(self) -> str:
        """The error in one line: its type where that says something, and what it says."""
        lines = str(self.error).split("\n")
        if isinstance(self.error, MiniStudioError):
            return lines[0] + (f" (and {len(lines) - 1} more)" if len(lines) > 1 else "")
        kind = type(self.error).__name__
        said = " ".join(" ".join(lines).split())
        return f"{kind}: {said[:_LONGEST]}" if said else kind

    @property
    def line(self) -> str:
        """The failure in one line, naming the plugin, where it comes from, and the step."""
        found = self.plugin
        return f"plugin {found.id!r} ({found.origin}) is broken at {self.stage}: {self.reason}"

    @property
    def where(self) -> str | None:
        """``file:line`` of the plugin's innermost frame, where the error came from one."""
        place = None
        trace = self.error.__traceback__
        while trace is not None:
            module = str(trace.tb_frame.f_globals.get("__name__"))
            if module.partition(".")[0] not in _MACHINERY:
                place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
            trace = trace.tb_next
        return place

    def as_error(self) -> PluginError:
        """Return the failure as an error to raise ``from failure.error``."""
        if self.stage is Stage.DISCOVER and isinstance(self.error, PluginError):
            return self.error
        return PluginLoadError(
            self.line,
            plugin=self.plugin.id,
            distribution=self.plugin.distribution or None,
            version=self.plugin.version or None,
            stage=self.stage.value,
            hint=self.hint,
        )
