"""Read which plugins are installed, from metadata alone; none of them is imported.

A second, stale ``*.dist-info`` of one distribution counts once, and a distribution whose
metadata cannot be read is a failure of its own that hides no other.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from ministudio._version import HOOK_API
from ministudio.errors import PluginLoadError
from ministudio.kernel.claims import Discovery, sort_out
from ministudio.kernel.records import FoundPlugin, PluginFailure, Stage, normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from importlib_metadata import EntryPoint, IDistribution

    from ministudio.kernel.policy import PluginPolicy

    Claim = tuple[int, FoundPlugin]

__all__ = ["GROUP", "OLD_DISTRIBUTION", "installed_version", "requirements", "scan"]

GROUP = "ministudio.plugins"
"""The entry-point group; an entry point's name is its plugin's id."""

_NEWER = re.compile(rf"{re.escape(GROUP)}\.v(\d+)")

OLD_DISTRIBUTION = "ministudio"
"""An unrelated, older distribution that installs an import package of the same name as ours."""


def scan(policy: PluginPolicy) -> Discovery:
    """Return the plugins that are installed and that ``policy`` lets in.

    One that is only in the group of a newer hook API, ``ministudio.plugins.v2``, is a failure
    that says so, and is not imported.
    """
    points, unreadable = _installed()
    discovery = sort_out([plugin for api, plugin in points if api == HOOK_API], policy)
    newer = (
        _too_new(plugin, api)
        for api, plugin in points
        if api > HOOK_API and plugin.id not in discovery.plugins
        if policy.refusal(plugin.id, plugin.distribution) is None
    )
    return discovery._replace(failures=(*unreadable, *discovery.failures, *newer))


def requirements(distribution: str) -> tuple[str, ...]:
    """Return what a distribution requires, extras included; empty when it is not installed."""
    import importlib_metadata  # noqa: PLC0415 - see _installed

    try:
        return tuple(importlib_metadata.requires(distribution) or ())
    except (OSError, ValueError, importlib_metadata.PackageNotFoundError):
        return ()


def installed_version(distribution: str) -> str | None:
    """Return the version of an installed distribution, or None when it is not installed."""
    import importlib_metadata  # noqa: PLC0415 - see _installed

    try:
        return importlib_metadata.version(distribution)
    except (OSError, KeyError, importlib_metadata.PackageNotFoundError):
        return None


def _installed() -> tuple[list[Claim], list[PluginFailure]]:
    # The backport gives one behaviour on every Python. Importing it replaces the standard
    # library's finder, so it is imported when it is needed, and by this module alone.
    import importlib_metadata  # noqa: PLC0415 - see above

    try:
        return _claims(importlib_metadata.entry_points()), []
    except Exception:  # noqa: BLE001 - one unreadable distribution must not hide the others
        return _one_by_one(importlib_metadata.distributions())


def _claims(points: Iterable[EntryPoint]) -> list[Claim]:
    """The entry points that are plugins', each with the hook API that it is for."""
    claims = ((_api(point.group), point) for point in points)
    return [(api, _found(point)) for api, point in claims if api >= HOOK_API]


def _api(group: str) -> int:
    newer = _NEWER.fullmatch(group)
    return HOOK_API if group == GROUP else int(newer[1]) if newer else -1


def _too_new(plugin: FoundPlugin, api: int) -> PluginFailure:
    hint = f"pip install --upgrade ministudio-core {plugin.distribution}".rstrip()
    fault = PluginLoadError(
        f"plugin {plugin.id!r} ({plugin.origin}) is made for version {api} of the hooks, and this"
        f" ministudio-core has version {HOOK_API}",
        plugin=plugin.id,
        distribution=plugin.distribution,
        version=plugin.version,
        stage=Stage.DISCOVER.value,
        hint=hint,
    )
    return PluginFailure(plugin, Stage.DISCOVER, fault, hint)


def _one_by_one(
    distributions: Iterable[IDistribution],
) -> tuple[list[Claim], list[PluginFailure]]:
    found: dict[str, list[Claim]] = {}
    failures: list[PluginFailure] = []
    for distribution in _guarded(distributions, failures):
        name = "a distribution"
        version = ""
        try:
            name, version = _name_and_version(distribution)
            points = _claims(distribution.entry_points)
        except Exception as error:  # noqa: BLE001 - whatever it raises, it is this one's fault
            failures.append(_unreadable(name, version, error))
        else:
            if points:
                found.setdefault(normalised(name), points)
    return [plugin for points in found.values() for plugin in points], failures


def _guarded(
    distributions: Iterable[IDistribution], failures: list[PluginFailure]
) -> Iterator[IDistribution]:
    try:
        yield from distributions
    except Exception as error:  # noqa: BLE001 - a foreign finder on sys.meta_path may raise anything
        failures.append(_unreadable("a distribution", "", error))


def _unreadable(name: str, version: str, error: Exception) -> PluginFailure:
    plugin = FoundPlugin(name, "", name, version)
    hint = f"install it again: pip install --force-reinstall {name}"
    fault = PluginLoadError(
        f"the entry points of {plugin.origin} cannot be read: {type(error).__name__}: {error}",
        plugin=name,
        distribution=name,
        version=version,
        stage=Stage.DISCOVER.value,
        hint=hint,
    )
    return PluginFailure(plugin, Stage.DISCOVER, fault, hint)


def _found(point: EntryPoint) -> FoundPlugin:
    name, version = ("", "") if point.dist is None else _name_and_version(point.dist)
    return FoundPlugin(point.name, point.value, name, version)


def _name_and_version(distribution: IDistribution) -> tuple[str, str]:
    # Metadata read as a message costs a mail parser; the two headers stand in its first lines.
    headers: dict[str, str] = {}
    text = distribution.read_text("METADATA") or distribution.read_text("PKG-INFO") or ""
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if not colon:
            break
        headers.setdefault(key.casefold(), value.strip())
    stem = os.path.basename(str(distribution)).partition("-")[0]  # noqa: PTH119 - it may be no path
    return headers.get("name", stem), headers.get("version", "")
