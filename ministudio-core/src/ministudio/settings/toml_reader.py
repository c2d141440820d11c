"""Walking a parsed ``ministudio.toml``: what is wrong, and what counts only in a trusted file."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from ministudio.settings.project_limits import ADDRESS, why_forbidden
from ministudio.settings.rules import RULES
from ministudio.settings.toml_lines import key_lines
from ministudio.values.names import one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["TomlReader"]

Place = tuple[str, ...]


class TomlReader:
    """Gathers what is wrong with one file, each thing with its line.

    Args:
        path: The file.
        text: Its text, which parses.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.file = path
        self._lines = key_lines(text)
        self._problems: list[tuple[int, str]] = []
        self._claims: list[tuple[int, str]] = []

    @property
    def problems(self) -> Sequence[str]:
        """Everything that is wrong, by line."""
        return _sorted(self._problems)

    @property
    def claims(self) -> Sequence[str]:
        """Everything that counts only where the file is trusted, by line."""
        return _sorted(self._claims)

    def say(self, said: dict[str, object], path: Place, value: object) -> None:
        """Put the value of a setting into ``said``, by the last step of its path."""
        try:
            said[path[-1]] = RULES[path[-1]](value)
        except ValueError as wrong:
            self.problem(path, str(wrong))

    def known(
        self, table: dict[str, Any], path: Place, keys: Sequence[str]
    ) -> Iterable[tuple[str, Any]]:
        """Yield the entries of a table that may be there; the others are problems."""
        for key, value in table.items():
            if key in keys:
                yield key, value
            elif (reason := why_forbidden(key)) is not None:
                elsewhere = "is no key here; an address is a provider's endpoint"
                self.problem((*path, key), elsewhere if reason is ADDRESS else reason)
            else:
                what = "key" if path else "section"
                self.problem((*path, key), f"is no {what} here; {one_of(key, keys)}")

    def table(self, value: object, path: Place) -> dict[str, Any] | None:
        """Return a value that must be a table, or None."""
        if isinstance(value, dict):
            return value
        self.problem(path, f"must be a table, written [{'.'.join(path)}]")
        return None

    def problem(self, path: Place, message: str) -> None:
        """Take note of something wrong."""
        self._problems.append(self._line(path, message))

    def needs_trust(self, path: Place, why: str) -> None:
        """Take note of something that counts only where the file is trusted."""
        self._claims.append(self._line(path, why))

    def _line(self, path: Place, message: str) -> tuple[int, str]:
        above = (path[:end] for end in range(len(path), 0, -1))
        line = next((self._lines[step] for step in above if step in self._lines), 0)
        place = f"{self.file}:{line}" if line else str(self.file)
        return line, f"{place}: {'.'.join(path)}: {message}"


def _sorted(lines: list[tuple[int, str]]) -> list[str]:
    return [text for _, text in sorted(lines, key=operator.itemgetter(0))]
