"""Decide which of the entry points found may be loaded; pure, and nothing is imported.

Where two different distributions claim one id, neither is chosen: which of them came first
would depend on the order of folders.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ministudio._version import __version__
from ministudio.errors import PluginConflict, PluginLoadError
from ministudio.kernel.policy import CORE, DENY
from ministudio.kernel.records import FoundPlugin, PluginFailure, Stage, normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ministudio.kernel.policy import PluginPolicy

__all__ = ["Discovery", "Skipped", "sort_out"]

_OURS = FoundPlugin(CORE, "ministudio.builtin", "ministudio-core", __version__)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DOTTED = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
_TARGET = re.compile(rf"{_DOTTED}(?::{_DOTTED})?")


class Skipped(NamedTuple):
    """A plugin that the policy leaves out, and why."""

    plugin: FoundPlugin
    why: str


class Discovery(NamedTuple):
    """What a scan found.

    Args:
        plugins: The plugins that may be loaded, by id, in the order of their ids.
        failures: The ones that cannot be.
        skipped: The ones that the policy leaves out.
        notes: Entries of the policy that mean no installed plugin.
    """

    plugins: Mapping[str, FoundPlugin]
    failures: tuple[PluginFailure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()


def sort_out(found: Iterable[FoundPlugin], policy: PluginPolicy) -> Discovery:
    """Return which of the plugins found may be loaded, and why the others may not.

    The core's own plugin is part of this package, so it is there even where no metadata is.
    """
    everything = _with_ours([plugin._replace(target=_bare(plugin.target)) for plugin in found])
    claims: dict[str, list[FoundPlugin]] = {}
    skipped: list[Skipped] = []
    failures: list[PluginFailure] = []
    for plugin in everything:
        if (why := policy.refusal(plugin.id, plugin.distribution)) is not None:
            skipped.append(Skipped(plugin, why))
        elif (failure := _malformed(plugin)) is not None:
            failures.append(failure)
        else:
            claims.setdefault(plugin.id, []).append(plugin)
    plugins: dict[str, FoundPlugin] = {}
    for id_, claimants in sorted(claims.items()):
        if len({(normalised(plugin.distribution), plugin.target) for plugin in claimants}) == 1:
            plugins[id_] = claimants[0]
        else:
            failures.append(_conflict(claimants))
    installed = [(plugin.id, plugin.distribution) for plugin in everything]
    return Discovery(plugins, tuple(failures), tuple(skipped), policy.unmatched(installed))


def _bare(target: str) -> str:
    # Extras in a value, as in "package.module [extra]", mean nothing to us.
    return re.sub(r"\s*:\s*", ":", target.partition("[")[0].strip())


def _with_ours(found: Sequence[FoundPlugin]) -> Sequence[FoundPlugin]:
    return found if any(map(_is_ours, found)) else [_OURS, *found]


def _is_ours(plugin: FoundPlugin) -> bool:
    return plugin.id == CORE and normalised(plugin.distribution) == _OURS.distribution


def _malformed(plugin: FoundPlugin) -> PluginFailure | None:
    if not _ID.fullmatch(plugin.id):
        fault = f"its name {plugin.id!r} is not lower-case words joined by '-'"
    elif not _TARGET.fullmatch(plugin.target):
        fault = f"its value {plugin.target!r} is no module, such as 'my_plugin'"
    elif plugin.id == CORE and not _is_ours(plugin):
        fault = f"the id {CORE!r} belongs to ministudio-core"
    else:
        return None
    hint = f"its authors must mend it; until then: pip uninstall {plugin.distribution}"
    error = PluginLoadError(
        f"an entry point of {plugin.origin} is wrong: {fault}",
        plugin=plugin.id,
        distribution=plugin.distribution,
        version=plugin.version,
        stage=Stage.DISCOVER.value,
        hint=hint,
    )
    return PluginFailure(plugin, Stage.DISCOVER, error, hint)


def _conflict(claimants: Sequence[FoundPlugin]) -> PluginFailure:
    first, last = claimants[0], claimants[-1]
    makers = sorted({plugin.origin for plugin in claimants})
    if normalised(first.distribution) == normalised(last.distribution):
        message = f"{first.origin} names the plugin id {first.id!r} twice"
        hint = f"its authors must mend that; until then: {DENY}={first.id}"
    else:
        message = f"{' and '.join(makers)} both claim the plugin id {first.id!r}: neither is loaded"
        hint = f"uninstall one, or switch one off: {DENY}={last.id}@{last.distribution}"
    error = PluginConflict(message, plugin=first.id, distribution=", ".join(makers), hint=hint)
    return PluginFailure(first, Stage.DISCOVER, error, hint)
