"""Looking after the installation: plugins, media, disk, and the models that are set up."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ministudio._version import __version__
from ministudio.cli._doctor import examine, foreign_package
from ministudio.cli._health import Finding, Level, all_of
from ministudio.errors import MiniStudioError
from ministudio.kernel.checkup import checked_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ministudio.kernel.registry import Registry
    from ministudio.settings.config import StudioConfig

__all__ = ["look_at_devices", "look_at_models", "look_at_plugins", "look_at_system"]

_LITTLE: Final = 2_000_000_000
_TOO_LITTLE: Final = 200_000_000


def look_at_plugins(registry: Registry) -> Iterator[Finding]:
    """Yield what is wrong with the plugins; SDKs are not imported, ``plugins doctor`` does that."""
    reports = examine(registry, None, today=datetime.now(UTC).date(), create=False)
    for report in reports:
        for fault in report.faults:
            what = f"{report.plugin.id} is broken at {fault.stage}: {fault.reason}"
            yield Finding("plugins", Level.ERROR, what, fault.hint)
        if not report.faults:
            offers = ", ".join(name for names in report.offers.values() for name in names)
            yield Finding(
                "plugins",
                Level.OK,
                f"{report.plugin.id} ({report.plugin.origin}){f': {offers}' if offers else ''}",
            )
    for what, hint in foreign_package():
        yield Finding("plugins", Level.ERROR, what, hint)


def look_at_models(registry: Registry, config: StudioConfig) -> Iterator[Finding]:
    """Yield which of the models that are set up are retired, or unknown."""
    today = datetime.now(UTC).date()
    named = [config.model] if config.model else []
    named += [f"{name}/{one.model_name}" for name, one in config.provider.items() if one.model_name]
    for name in dict.fromkeys(named):
        try:
            spec, card = registry.model(name)
        except MiniStudioError as error:
            yield from all_of("models", Level.ERROR, error.message, error.hint)
            continue
        if card.retired(today):
            instead = f"use {spec.name}/{card.replaced_by}" if card.replaced_by else None
            what = f"{spec.name}/{card.id} was retired on {card.retired_on}"
            yield Finding("models", Level.ERROR, what, instead)
        else:
            yield Finding("models", Level.OK, f"{spec.name}/{card.id}")


def look_at_devices(registry: Registry, config: StudioConfig) -> Iterator[Finding]:
    """Yield what the machine offers those who are set up to render, as their plugins tell it."""
    by_model = [config.model.partition("/")[0]] if config.model and "/" in config.model else []
    for name in dict.fromkeys([*config.providers, *by_model]):
        try:
            lines = checked_up(registry, name)
        except MiniStudioError as error:
            yield from all_of("devices", Level.ERROR, f"{name}: {error}", error.hint)
        else:
            yield from (Finding("devices", Level.OK, f"{name}: {line}") for line in lines)


def look_at_system(folder: Path) -> Iterator[Finding]:
    """Yield what is to be said of Python, of the media library and of the disk."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("system", Level.OK, f"MiniStudio {__version__} on Python {python}")
    try:
        import av  # noqa: PLC0415 - takes a while
    except ImportError as error:
        hint = "pip install --force-reinstall av"
        yield Finding("system", Level.ERROR, f"PyAV cannot be imported: {error}", hint)
    else:
        version = ".".join(map(str, av.library_versions["libavcodec"]))
        yield Finding(
            "system", Level.OK, f"PyAV {av.__version__} with FFmpeg's libavcodec {version}"
        )
        wanting = [name for name in ("libx264", "aac") if name not in av.codecs_available]
        if wanting:
            what = f"PyAV has no encoder for {' and '.join(wanting)}"
            yield Finding("system", Level.ERROR, what, "pip install --force-reinstall av")
    free = shutil.disk_usage(folder).free
    level = Level.ERROR if free < _TOO_LITTLE else Level.WARNING if free < _LITTLE else Level.OK
    yield Finding(
        "system",
        level,
        f"{free / 1e9:.1f} GB free on the disk of {folder}",
        None if level is Level.OK else "films take about 1 GB an hour, and clips as much",
    )
