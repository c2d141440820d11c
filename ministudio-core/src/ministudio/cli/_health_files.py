"""Looking after the files of a workspace: ``.env``, what git knows of it, and trust."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

from ministudio.cli._health import Finding, Level, all_of
from ministudio.errors import MiniStudioError
from ministudio.settings.claims import claims_in
from ministudio.settings.dotenv import read_dotenv
from ministudio.settings.trust import Trust, how_to_trust
from ministudio.settings.validation import unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ministudio.contracts.setting import Setting
    from ministudio.settings.workspace import Workspace

__all__ = ["look_at_files"]

_AREA: Final = "files"
_GIT_SECONDS: Final = 5.0


def look_at_files(workspace: Workspace, settings: Sequence[Setting]) -> Iterator[Finding]:
    """Yield what is to be said of the files of a workspace.

    Args:
        workspace: The workspace.
        settings: Every declared setting.
    """
    try:
        dotenv = read_dotenv(workspace.dotenv)
    except MiniStudioError as error:
        yield from all_of(_AREA, Level.ERROR, error.message, error.hint)
        names: list[str] = []
    else:
        for warning in dotenv.warnings:
            yield Finding(_AREA, Level.WARNING, warning)
        for line in unread(dotenv.values, settings, str(workspace.dotenv)):
            yield Finding(_AREA, Level.WARNING, line)
        names = [s.name for s in settings if s.secret and _is_set(s, dotenv.values)]
        if dotenv.values and not dotenv.warnings:
            yield Finding(_AREA, Level.OK, f"{workspace.dotenv}: yours alone, and well formed")
    if workspace.dotenv.exists():
        yield from _what_git_knows(workspace, names)
    yield from _untrusted(workspace)


def _is_set(setting: Setting, values: object) -> bool:
    return isinstance(values, dict) and any(
        values.get(name) for name in (setting.name, *setting.aliases)
    )


def _what_git_knows(workspace: Workspace, names: list[str]) -> Iterator[Finding]:
    if shutil.which("git") is None or _git(workspace, "rev-parse", "--git-dir") is None:
        return
    rotate = f"; then make new keys: {', '.join(names)}" if names else ""
    place = workspace.dotenv
    if _git(workspace, "ls-files", "--error-unmatch", "--", ".env") is not None:
        hint = f"run: git rm --cached .env{rotate}"
        yield Finding(_AREA, Level.ERROR, f"{place}: is tracked by git", hint)
    elif _git(workspace, "check-ignore", "-q", "--", ".env") is None:
        hint = "write .env into .gitignore"
        yield Finding(_AREA, Level.WARNING, f"{place}: git does not ignore it", hint)
    log = _git(workspace, "log", "--all", "--diff-filter=A", "--format=%h", "--", ".env")
    if commits := (log or "").split():
        told = f"{place}: is in the history of git, first in {commits[-1]}"
        yield Finding(_AREA, Level.ERROR, told, "whoever has the history has the keys" + rotate)


def _git(workspace: Workspace, *words: str) -> str | None:
    """What git says; None where it says no."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed words
            ["git", *words],  # noqa: S607 - whichever git the user has
            cwd=workspace.root,
            capture_output=True,
            text=True,
            timeout=_GIT_SECONDS,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None


def _untrusted(workspace: Workspace) -> Iterator[Finding]:
    try:
        trust = Trust.of(os.environ)
        for one in claims_in(workspace):
            if not trust.holds(one.path, one.sha256):
                for line in one.lines:
                    yield Finding(_AREA, Level.ERROR, f"{line}; the file is not trusted")
                yield Finding(
                    _AREA, Level.ERROR, f"{one.path}: not trusted", how_to_trust(workspace.root)
                )
            else:
                yield Finding(_AREA, Level.OK, f"{one.path}: trusted by you")
    except MiniStudioError:
        return  # what is wrong with them is told elsewhere
