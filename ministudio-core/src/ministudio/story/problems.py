"""One thing that is wrong with a production, and where."""

from __future__ import annotations

from typing import Final

import attrs

__all__ = ["MAX_PROBLEMS", "Path", "Place", "Problem", "path_text"]

MAX_PROBLEMS: Final = 1000
"""More than anybody reads; at so many, looking for more ends."""

_LONGEST_NAME: Final = 64

Path = tuple[str | int, ...]


def path_text(path: Path) -> str:
    """Return a path as people write it: ``scenes[1].shots[2].duration`` (counted from 0).

    Names come from the file and may be of any length; here they are cut.
    """
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            name = step if len(step) <= _LONGEST_NAME else f"{step[: _LONGEST_NAME - 1]}…"
            text += f".{name}" if text else name
    return text


@attrs.frozen
class Place:
    """Where in a file something stands; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@attrs.frozen
class Problem:
    """One thing that is wrong: the path to the field, the message, and the place in the file.

    ``at_key`` says that the last name of the path is wrong itself, not what it holds; the place
    is then that of the name.
    """

    path: Path
    message: str
    place: Place | None = None
    at_key: bool = attrs.field(default=False, kw_only=True, eq=False, repr=False)

    def __str__(self) -> str:
        where = [str(self.place)] if self.place else []
        where += [text] if (text := path_text(self.path)) else []
        return ": ".join([*where, self.message])
