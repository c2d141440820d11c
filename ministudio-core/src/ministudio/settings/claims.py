"""What the files of a workspace say that counts only where they are trusted, to be looked at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import attrs

from ministudio.errors import ConfigError
from ministudio.settings.dotenv import read_dotenv
from ministudio.settings.project_file import read_project_file

if TYPE_CHECKING:
    from ministudio.settings.workspace import Workspace

__all__ = ["Claims", "claims_in"]


@attrs.frozen(kw_only=True)
class Claims:
    """One file that wants to be trusted.

    Args:
        path: The file.
        sha256: The hash that is recorded for it.
        lines: What it says, one line each, without any key.
    """

    path: Path
    sha256: str
    lines: tuple[str, ...]


def claims_in(workspace: Workspace) -> list[Claims]:
    """Return the files of a workspace that want to be trusted.

    Raises:
        ConfigError: When ``ministudio.toml`` is not right.
        SecretInvalid: When ``.env`` is not.
    """
    found: list[Claims] = []
    if workspace.config_file is not None:
        file = read_project_file(workspace.config_file)
        if file.problems:
            raise ConfigError("\n".join(file.problems), hint="mend it first; then trust it")
        found.append(Claims(path=workspace.config_file, sha256=file.sha256, lines=file.claims))
    dotenv = read_dotenv(workspace.dotenv)
    lines = tuple(
        f"{workspace.dotenv}: {name}: {_told(dotenv.values[name])}" for name in dotenv.claims
    )
    found.append(Claims(path=workspace.dotenv, sha256=dotenv.claimed, lines=lines))
    return [one for one in found if one.lines]


def _told(value: str) -> str:
    """What an address says, without what may be secret in it."""
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        host = None
    return f"leads to {parts.scheme}://{host}" if host else "says where something goes"
