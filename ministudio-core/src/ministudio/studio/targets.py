"""What a film is called, and where it is written: looked at before anything is paid for."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from ministudio.errors import ArtifactError, ConfigError

__all__ = ["check_target", "film_name", "record_beside", "shot_name", "whole_target"]


def film_name(production: Path) -> str:
    """Return a film's file name, after its production's file, or the folder of that."""
    path = production.resolve()
    name = path.parent.name if path.stem == "production" else path.stem
    return f"{name or 'film'}.mp4"


def shot_name(prompt: str) -> str:
    """Return the file name of a single shot, after the first words of its prompt."""
    words = re.findall(r"\w+", prompt.casefold())[:6]
    return f"{'-'.join(words)[:60] or 'shot'}.mp4"


def record_beside(target: Path) -> Path:
    """Where the run record of a film lies."""
    return target.with_suffix(".json")


def check_target(target: Path) -> None:
    """See that a film can be written to ``target``, and that nothing else is lost by it.

    Raises:
        ConfigError: When it is no name for a film, or its record would replace another file.
        ArtifactError: When its folder cannot be written.
    """
    if target.suffix.lower() != ".mp4":
        raise ConfigError(
            f"a film is an MP4 file, and {target.name!r} does not end in .mp4",
            hint=f"write to {target.with_suffix('.mp4')}",
        )
    if target.is_dir():
        raise ConfigError(f"{target} is a folder", hint="name a file in it")
    record = record_beside(target)
    if record.exists() and not _is_record(record):
        raise ConfigError(
            f"the film's run record would replace {record}, which is something else",
            hint="give the film another name, or write it to another folder",
        )
    folder = target.absolute().parent
    while not folder.exists():
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ArtifactError(
            f"{target} cannot be written: {error.strerror or error}",
            hint="write it to a folder that is yours, with -o",
        ) from error


def whole_target(output: Path | str) -> Path:
    """Return where a film goes, wherever the process that goes on with it stands.

    Raises:
        ConfigError: When it is no name for a film, or its record would replace another file.
        ArtifactError: When its folder cannot be written.
    """
    check_target(Path(output))
    return Path(output).absolute()


def _is_record(path: Path) -> bool:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and {"form", "ministudio", "shots"} <= found.keys()
