"""Which files of projects the user trusts: recorded by hash, in the user's own configuration.

A project that somebody else made may bring a ``ministudio.toml`` and a ``.env``. What in them says
where keys come from and where they are sent counts only after the user has looked at it.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from ministudio.errors import ConfigError
from ministudio.settings.textfile import read_small_text
from ministudio.values.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Trust", "Trusting", "how_to_trust", "user_folder"]

_NAME: Final = "trusted.json"
_FORM: Final = 1


class Trusting(Protocol):
    """Says whether a file is trusted as it stands."""

    def holds(self, path: Path, sha256: str) -> bool:
        """Whether the user has trusted this file with these contents."""


class Trust:
    """The user's record of trusted files.

    Args:
        folder: The user's own configuration folder.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / _NAME

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Trust:
        """Return the record that a process with these variables uses."""
        return cls(user_folder(environ))

    def holds(self, path: Path, sha256: str) -> bool:
        """Whether the user has trusted this file with these contents.

        Raises:
            ConfigError: When the record cannot be read, or others may have written it.
        """
        return self.files().get(str(path.resolve())) == sha256

    def files(self) -> dict[str, str]:
        """Return the hash of every trusted file, by its path.

        Raises:
            ConfigError: When the record cannot be read, or others may have written it.
        """
        try:
            file = read_small_text(self.path)
        except ValueError as wrong:
            raise ConfigError(f"{self.path}: {wrong}") from None
        if file is None:
            return {}
        if os.name == "posix" and file.mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise ConfigError(
                f"{self.path}: others may write to it, so it says nothing about your trust",
                hint=f"look at it, then run: chmod 600 {self.path}",
            )
        try:
            data = json.loads(file.text)
            files = data["files"] if data["form"] == _FORM else None
        except (ValueError, KeyError, TypeError, RecursionError):
            files = None
        if not isinstance(files, dict) or not all(isinstance(x, str) for x in files.values()):
            raise ConfigError(
                f"{self.path}: is no record of trusted files that this MiniStudio can read",
                hint="remove it, and trust your projects anew",
            )
        return files

    def record(self, path: Path, sha256: str) -> None:
        """Trust a file with these contents.

        Raises:
            ConfigError: When that cannot be written down.
        """
        self._write(self.files() | {str(path.resolve()): sha256})

    def revoke(self, path: Path) -> bool:
        """Trust a file no longer, and return whether it was trusted.

        Raises:
            ConfigError: When that cannot be written down.
        """
        files = self.files()
        if files.pop(str(path.resolve()), None) is None:
            return False
        self._write(files)
        return True

    def _write(self, files: dict[str, str]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            text = json.dumps({"form": _FORM, "files": files}, indent=2, sort_keys=True)
            write_whole(self.path, f"{text}\n")
            self.path.chmod(0o600)
        except OSError as wrong:
            raise ConfigError(
                f"{self.path}: cannot be written: {wrong.strerror}",
                hint="set MINISTUDIO_CONFIG_DIR to a folder of yours",
            ) from None


def how_to_trust(folder: Path) -> str:
    """Return what to do about a file that is not trusted."""
    return f"look at what it says; then, if you mean it, run: ministudio trust {folder}"


def user_folder(environ: Mapping[str, str]) -> Path:
    """Return the user's own configuration folder, by the customs of the platform."""
    if said := environ.get("MINISTUDIO_CONFIG_DIR", "").strip():
        return Path(said).absolute()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "ministudio"
    if sys.platform == "win32":
        return Path.home() / "AppData" / "Roaming" / "ministudio"
    base = environ.get("XDG_CONFIG_HOME", "").strip()
    # The customs say that a relative path there is to be ignored.
    root = Path(base) if base and Path(base).is_absolute() else Path.home() / ".config"
    return root / "ministudio"
