"""The files a production names: where they are, and whether they may be used.

A production that somebody else wrote must not make MiniStudio send a private file to a provider,
so names resolve inside the production's folder, links followed, unless the caller allows more.
"""

from __future__ import annotations

import functools
import os
import re
import stat
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Final

from ministudio.errors import StoryError
from ministudio.story.problems import Problem
from ministudio.story.shapes import Text
from ministudio.story.wording import shown

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PICTURE_SUFFIXES", "media_check", "resolve_media"]

PICTURE_SUFFIXES: Final = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".webp": "WebP",
}
"""The kinds of picture every provider takes, by the suffix of the file."""

_BEGINNINGS: Final = {
    "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "WebP": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


def resolve_media(name: str, folder: Path, *, allow_outside: bool = False) -> Path:
    """Return the real path of a picture that a production names.

    Args:
        name: The name as the production has it; ``/`` separates folders on every system.
        folder: The production's folder.
        allow_outside: Accept a file that lies elsewhere.

    Raises:
        StoryError: When it lies elsewhere, is missing, or is no picture.
    """
    try:
        path = _locate(name, folder, allow_outside=allow_outside)
        _check_picture(path)
    except ValueError as error:
        raise StoryError([Problem((), f"{shown(name)} {error}")]) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoryError([Problem((), f"{shown(name)} cannot be read: {reason}")]) from None
    return path


def media_check(folder: Path, *, allow_outside: bool) -> Callable[[str], str | None]:
    """Return a function that says what is wrong with a name, and looks at each file once."""

    @functools.cache
    def check(name: str) -> str | None:
        try:
            resolve_media(name, folder, allow_outside=allow_outside)
        except StoryError as error:
            return error.problems[0].message
        return None

    return check


def _locate(name: str, folder: Path, *, allow_outside: bool) -> Path:
    if not name.strip():
        raise ValueError("names no file")
    if Text().mistake(name) is not None:
        raise ValueError("holds a character that no name of a file has")
    if _ADDRESS.match(name):
        raise ValueError("is an address; media are files, so download it first")
    if name.startswith("~"):
        raise ValueError("begins with '~', which is not expanded; write the folder out")
    windows = PureWindowsPath(name)
    if not allow_outside and (name.startswith(("/", "\\")) or windows.drive):
        raise ValueError("is not relative to the production's folder")
    if "\\" in name and not (allow_outside and windows.drive):
        raise ValueError("holds a backslash; separate folders with '/'")
    # Not Path.resolve, which raises a RuntimeError for links that go in a circle.
    base = Path(os.path.realpath(folder))
    path = Path(os.path.realpath(base / name))
    if not allow_outside and not path.is_relative_to(base):
        raise ValueError("lies outside the production's folder")
    return path


def _check_picture(path: Path) -> None:
    kind = PICTURE_SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise ValueError(f"is not a picture; use {', '.join(PICTURE_SUFFIXES)}")
    try:
        found = path.stat()
    except FileNotFoundError:
        raise ValueError("does not exist") from None
    if not stat.S_ISREG(found.st_mode):
        raise ValueError("is a folder" if stat.S_ISDIR(found.st_mode) else "is not a regular file")
    if found.st_size == 0:
        raise ValueError("is empty")
    with path.open("rb") as file:
        if not _BEGINNINGS[kind].match(file.read(16)):
            raise ValueError(f"is not a {kind} picture, whatever its name says")
