"""The two secret backends everybody has: the process environment, and the workspace's ``.env``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ministudio.plugin import (
    PluginContext,
    SecretInvalid,
    SecretNotFound,
    SecretRef,
    read_dotenv,
)

__all__ = ["DotenvBackend", "EnvBackend"]


class EnvBackend:
    """The process environment, read anew at each question.

    Args:
        context: The option ``environ``, a mapping, stands in for the process environment.
    """

    def __init__(self, context: PluginContext) -> None:
        self._environ = context.options.get("environ")

    def get(self, ref: SecretRef) -> tuple[str, str | None]:
        """Return the variable's text; an empty one counts as not set.

        Raises:
            SecretNotFound: When the variable is not set.
            SecretInvalid: When the reference asks for a key or a version.
        """
        environ = self._environ if isinstance(self._environ, Mapping) else os.environ
        return _variable(environ, ref, "the environment")


class DotenvBackend:
    """One ``.env`` file, read at the first question, and again when it was changed.

    Args:
        context: The option ``path`` says which file; without it nothing is known.
    """

    def __init__(self, context: PluginContext) -> None:
        path = context.options.get("path")
        self._path = Path(path) if isinstance(path, (str, Path)) else None
        self._values: Mapping[str, str] = {}
        self._looks: tuple[int, ...] | None = None

    def get(self, ref: SecretRef) -> tuple[str, str | None]:
        """Return the variable's text; an empty one counts as not set.

        Raises:
            SecretNotFound: When the file does not set it, or there is no file.
            SecretInvalid: When the file is not plainly right, or the reference asks for a key
                or a version.
        """
        looks = _looks(self._path) if self._path is not None else None
        if self._path is not None and looks != self._looks:
            self._values = read_dotenv(self._path).values
            self._looks = looks
        return _variable(self._values, ref, str(self._path or ".env"))


def _looks(path: Path) -> tuple[int, ...]:
    try:
        about = path.stat()
    except OSError:
        return ()
    return about.st_mtime_ns, about.st_size, about.st_ino, about.st_mode


def _variable(variables: Mapping[str, str], ref: SecretRef, place: str) -> tuple[str, None]:
    if ref.key is not None or ref.version is not None:
        raise SecretInvalid(f"{place} holds plain texts, without keys or versions: {ref.path}")
    if not (text := variables.get(ref.path, "")):
        raise SecretNotFound(f"{ref.path} is not set in {place}")
    return text, None
