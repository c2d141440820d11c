"""How a plugin is packaged: what stands in the metadata of the distribution it comes in.

Of an editable install the project's own ``pyproject.toml`` counts where it says something, since
its metadata is as old as the last install.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import attrs

from ministudio.testing.checks.known import GROUP

__all__ = ["Packaged", "bare", "packaged"]

_STATIC: Final = ("dependencies", "requires-python", "license", "description", "readme")


@attrs.frozen(kw_only=True)
class Packaged:
    """A distribution that a plugin comes in.

    Args:
        id: The plugin's id: the name of its entry point.
        name: The distribution's name.
        requires: What it requires.
        python: The Pythons it runs on.
        licence: Its licence.
        summary: What it is, in one line.
        readme: Its readme.
        place: Where all this is written.
    """

    id: str
    name: str
    requires: Sequence[str]
    python: str
    licence: str
    summary: str
    readme: str
    place: str


@functools.cache
def packaged(plugin: str) -> Packaged | None:
    """Return how the plugin with this entry module is packaged; None where no entry point is."""
    module = plugin.partition(":")[0]
    for point in metadata.entry_points(group=GROUP):
        if point.dist is not None and point.value.partition(":")[0].strip() == module:
            return _read(point.name, point.dist)
    return None


def bare(name: str) -> str:
    """Return a distribution's name as it is compared."""
    return name.casefold().replace("_", "-").replace(".", "-")


def _read(plugin_id: str, distribution: Any) -> Packaged:
    headers = distribution.metadata.json
    licence = [headers.get("license_expression", ""), headers.get("license", "")]
    licence += [c for c in headers.get("classifier", ()) if c.startswith("License ::")]
    installed = Packaged(
        id=plugin_id,
        name=headers["name"],
        requires=headers.get("requires_dist", ()),
        python=headers.get("requires_python", ""),
        licence=next((text for text in licence if text), ""),
        summary=headers.get("summary", ""),
        readme=headers.get("description", ""),
        place=f"the metadata of {headers['name']} {headers['version']}",
    )
    project = _project(distribution)
    return installed if project is None else _as_written(installed, project)


def _project(distribution: Any) -> Path | None:
    """The ``pyproject.toml`` that an editable install was made from."""
    told = distribution.read_text("direct_url.json")
    if told is None or '"editable": true' not in told.replace('":true', '": true'):
        return None
    url = urlsplit(told.partition('"url"')[2].split('"')[1])
    file = Path(url2pathname(unquote(url.path))) / "pyproject.toml"
    return file if url.scheme == "file" and file.is_file() else None


def _as_written(installed: Packaged, file: Path) -> Packaged:
    try:
        project = tomllib.loads(file.read_text("utf-8")).get("project", {})
    except (OSError, ValueError):
        return installed
    dynamic = project.get("dynamic", ())
    static = {name: project.get(name, "") for name in _STATIC if name not in dynamic}
    changes = dict(_changes(static, file.parent))
    return attrs.evolve(installed, place=str(file), **changes)


def _changes(static: Mapping[str, Any], folder: Path) -> Iterator[tuple[str, Any]]:
    if "dependencies" in static:
        yield "requires", tuple(static["dependencies"])
    if "requires-python" in static:
        yield "python", static["requires-python"]
    if "license" in static:
        yield "licence", static["license"] if isinstance(static["license"], str) else "in a file"
    if "description" in static:
        yield "summary", static["description"]
    if "readme" in static:
        readme = static["readme"]
        name = readme if isinstance(readme, str) else readme.get("file", "")
        text = "" if isinstance(readme, str) else readme.get("text", "")
        file = folder / name
        yield "readme", file.read_text("utf-8") if name and file.is_file() else text
