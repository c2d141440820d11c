"""What is wrong with a production, a setting or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.errors.base import MiniStudioError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.story.problems import Problem

__all__ = ["ConfigError", "PlanError", "StoryError", "UnknownName"]


class StoryError(MiniStudioError, ValueError):
    """A production that cannot be read or is not right, with every problem found."""

    def __init__(self, problems: Sequence[Problem], *, hint: str | None = None) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems), hint=hint)


class ConfigError(MiniStudioError):
    """A setting, an option or a file of configuration that is not right."""


class UnknownName(ConfigError):
    """No provider, model, compiler, backend or plugin has this name."""

    def __init__(
        self, kind: str, name: str, *, choices: Sequence[str] = (), hint: str | None = None
    ) -> None:
        super().__init__(f"unknown {kind} {name!r}", hint=hint)
        self.kind = kind
        self.name = name
        self.choices = tuple(choices)


class PlanError(ConfigError):
    """The production cannot be planned as asked."""
