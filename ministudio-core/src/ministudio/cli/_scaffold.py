"""A new plugin's files: templates that are whole plugins themselves, under another name."""

from __future__ import annotations

import re
import shutil
import tempfile
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ministudio.errors import ConfigError
from ministudio.kernel.names import FIRST_PARTY

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["PluginKind", "checked_name", "core_bounds", "project_files", "write_project"]


class PluginKind(StrEnum):
    """What a new plugin is to offer."""

    PROVIDER = "provider"
    SECRETS = "secrets"
    COMPILER = "compiler"


_MADE_UP: Final = {
    PluginKind.PROVIDER: "paintbox",
    PluginKind.SECRETS: "strongbox",
    PluginKind.COMPILER: "painterly",
}
"""The names that the templates' plugins have, where the new plugin's name comes to stand."""

# Under its real name, a .gitignore would keep files out of our own wheel.
_SHARED: Final = {
    ".github/workflows/tests.yml": "tests.yml",
    ".gitignore": "gitignore",
    "LICENSE": "LICENSE",
}
_ALL: Final = ("README.md", "pyproject.toml", "tests/test_conformance.py")
_MODULES: Final = {
    PluginKind.PROVIDER: ("__init__.py", "models.toml", "provider.py", "py.typed"),
    PluginKind.SECRETS: ("__init__.py", "backend.py", "client.py", "py.typed"),
    PluginKind.COMPILER: ("__init__.py", "dialect.py", "py.typed"),
}
_FAKES: Final = {
    PluginKind.PROVIDER: ("tests/fake_paintbox.py",),
    PluginKind.SECRETS: ("tests/fake_strongbox.py",),
    PluginKind.COMPILER: (),
}
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST: Final = 30
_BOUNDS: Final = ">=0.1,<1"
_TAKEN_BY_THE_CORE: Final = frozenset({"core", "dotenv", "env", "prose", "testing", "verbatim"})


def checked_name(name: str, taken: Collection[str]) -> str:
    """Return a new plugin's name when it can be one.

    Args:
        name: What it is to be called: its id, and what follows ``ministudio-``.
        taken: The ids of installed plugins.

    Raises:
        ConfigError: When it is no name, or is taken.
    """
    if name.startswith(("ministudio-", "ministudio_")):
        raise ConfigError(
            f"{name!r} is a distribution's name; a plugin's own is what comes after 'ministudio-'",
            hint=f"ministudio plugins new {name[len('ministudio-') :] or 'NAME'}",
        )
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise ConfigError(
            f"a plugin's name is lower-case words joined by '-', beginning with a letter, "
            f"{_LONGEST} characters at most; not {name!r}",
            hint="such as paintbox, or my-studio",
        )
    if name in taken:
        raise ConfigError(
            f"a plugin called {name!r} is installed already",
            hint='choose another name; "ministudio plugins list" shows those that are taken',
        )
    if name in {*_TAKEN_BY_THE_CORE, *FIRST_PARTY}:
        raise ConfigError(
            f"{name!r} is a name of MiniStudio's own", hint=f"such as my-{name}, or another"
        )
    return name


def core_bounds(version: str) -> str:
    """Return the versions of the core that a plugin written for ``version`` works with."""
    major, minor = version.split(".")[:2]
    return f">={major}.{minor},<{int(major) + 1}"


def project_files(name: str, kind: PluginKind, *, year: int, bounds: str) -> Mapping[str, str]:
    """Return a new plugin's files, each path with its text.

    Args:
        name: The plugin's name, one that ``checked_name`` let pass.
        kind: What it offers.
        year: The year that stands in the licence.
        bounds: The versions of the core that it works with, as ``core_bounds`` gives them.
    """
    home = resources.files("ministudio.cli") / "scaffold"
    made_up = _MADE_UP[kind]
    package = f"src/ministudio_{made_up}"
    own = (*_ALL, *_FAKES[kind], *(f"{package}/{module}" for module in _MODULES[kind]))
    files = {
        _renamed(path, made_up, name): _renamed(
            (home / kind.value / path).read_text(encoding="utf-8"), made_up, name
        )
        for path in own
    }
    for path, kept in _SHARED.items():
        text = (home / "shared" / kept).read_text(encoding="utf-8")
        files[path] = _renamed(text, _MADE_UP[PluginKind.PROVIDER], name)
    files["LICENSE"] = files["LICENSE"].replace("[year]", str(year))
    files["pyproject.toml"] = files["pyproject.toml"].replace(_BOUNDS, bounds)
    return dict(sorted(files.items()))


def write_project(files: Mapping[str, str], folder: Path) -> None:
    """Write a project into a folder that is not there yet, or empty; whole or not at all.

    Raises:
        ConfigError: When something is in the folder already, or it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "has files in it" if folder.is_dir() else "is a file"
        raise ConfigError(
            f"{folder} {what}; nothing was written",
            hint="name a new folder with --path, or an empty one",
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".ministudio-new-"))
        try:
            for path, text in files.items():
                (made / "p" / path).parent.mkdir(parents=True, exist_ok=True)
                (made / "p" / path).write_text(text, encoding="utf-8", newline="\n")
            if folder.exists():
                # It may be the current folder, which another one cannot take the place of.
                for entry in (made / "p").iterdir():
                    entry.rename(folder / entry.name)
            else:
                (made / "p").rename(folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as wrong:
        raise ConfigError(
            f"{folder} cannot be written: {wrong.strerror}",
            hint="name a folder you may write to with --path",
        ) from wrong


def _renamed(text: str, made_up: str, name: str) -> str:
    """Put the plugin's name where the made-up one stands, in each of its spellings."""
    words = name.split("-")
    under = "_".join(words)
    for old, new in (
        (made_up.upper(), under.upper()),
        (made_up.capitalize(), "".join(word.capitalize() for word in words)),
        (f"_{made_up}", f"_{under}"),
        (made_up, name),
    ):
        text = text.replace(old, new)
    return text
