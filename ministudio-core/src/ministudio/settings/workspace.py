"""The workspace: the folder a production belongs to, with its configuration and its state."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs

from ministudio.errors import ConfigError
from ministudio.values.files import write_whole

__all__ = ["CONFIG_NAME", "Workspace", "find_workspace", "folder_workspace"]

CONFIG_NAME: Final = "ministudio.toml"
"""The file whose folder is a workspace."""

_STATE_NAME: Final = ".ministudio"


@attrs.frozen
class Workspace:
    """One folder with everything that belongs together: settings, ``.env``, takes, journal.

    Args:
        root: The folder, absolute.
        config_file: Its ``ministudio.toml``, where it has one.
    """

    root: Path
    config_file: Path | None = None

    @property
    def dotenv(self) -> Path:
        """Where the workspace's ``.env`` is, or would be; no other folder is looked at."""
        return self.root / ".env"

    @property
    def state(self) -> Path:
        """The folder for what MiniStudio keeps here; made, and hidden from git, when asked for.

        Raises:
            ConfigError: When it cannot be made.
        """
        folder = self.root / _STATE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not (ignore := folder / ".gitignore").exists():
                write_whole(ignore, "*\n")
        except OSError as wrong:
            raise ConfigError(
                f"{folder}: the folder for takes and records cannot be made: {wrong.strerror}",
                hint=f"let MiniStudio write in {self.root}, or move the production elsewhere",
            ) from wrong
        return folder


def find_workspace(production: Path) -> Workspace:
    """Return the workspace of a production file: the nearest folder with a ``ministudio.toml``.

    The search goes from the file's own folder upwards; where no folder has one, the file's
    folder is the workspace. The current directory plays no part.
    """
    return folder_workspace(production.resolve().parent)


def folder_workspace(folder: Path) -> Workspace:
    """Return the workspace that ``folder`` lies in, for commands that have no production file."""
    start = folder.resolve()
    for candidate in (start, *start.parents):
        if (config := candidate / CONFIG_NAME).is_file():
            return Workspace(candidate, config)
    return Workspace(start)
