"""What a log looks like, and how much is in it."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["LogFormat", "LogLevel"]


class LogFormat(StrEnum):
    """Lines for people, or one JSON object a line for programs."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """How much is logged, the most first."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
