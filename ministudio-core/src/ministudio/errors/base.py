"""The root of the tree, and what belongs to no room of its own."""

from __future__ import annotations

__all__ = ["ArtifactError", "MiniStudioError", "Stopped"]


class MiniStudioError(Exception):
    """Something MiniStudio can explain: what happened, and in ``hint`` what to do about it."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message


class ArtifactError(MiniStudioError):
    """A file is missing, empty, cut off, or not the media it claims to be."""


class Stopped(MiniStudioError):
    """The user stopped the run; what was finished is kept."""
