"""The problems found while one file is read, each with its place, collected to be told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import attrs

from ministudio.errors import StoryError
from ministudio.story.problems import MAX_PROBLEMS, Path, Place, Problem

if TYPE_CHECKING:
    from ministudio.story.nodes import Mark

__all__ = ["Report"]


@attrs.define
class Report:
    """What is wrong with the file called ``file``, so far."""

    file: str
    problems: list[Problem] = attrs.field(factory=list, init=False)

    def add(self, path: Path, message: str, mark: Mark) -> None:
        """Note a problem and go on.

        Raises:
            StoryError: With everything noted, when that is more than anybody reads.
        """
        self.problems.append(Problem(path, message, Place(self.file, *mark)))
        if len(self.problems) == MAX_PROBLEMS:
            raise self.error(hint=f"Only the first {MAX_PROBLEMS} problems are shown.")

    def fatal(self, path: Path, message: str, mark: Mark) -> NoReturn:
        """Note a problem after which nothing more can be read.

        Raises:
            StoryError: Always, with everything noted.
        """
        self.problems.append(Problem(path, message, Place(self.file, *mark)))
        raise self.error()

    def error(self, *, hint: str | None = None) -> StoryError:
        """Return the error that tells every problem, in the order of the file."""
        return StoryError(sorted(self.problems, key=_where), hint=hint)


def _where(problem: Problem) -> Mark:
    place = problem.place
    return (place.line, place.column) if place else (0, 0)
