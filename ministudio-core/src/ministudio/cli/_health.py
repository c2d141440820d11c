"""What the doctor finds: one thing each, how grave it is, and what to do about it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from ministudio.cli._table import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Finding", "Level", "all_of", "health_data", "health_text"]


class Level(StrEnum):
    """How grave a finding is; only an error makes the exit code 1."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@attrs.frozen
class Finding:
    """One thing that was found.

    Args:
        area: What it is about: plugins, settings, secrets, files, models or system.
        level: How grave it is.
        what: What was found; never a secret's value.
        hint: What to do about it.
    """

    area: str
    level: Level
    what: str
    hint: str | None = None


def all_of(area: str, level: Level, text: str, hint: str | None = None) -> Iterator[Finding]:
    """Yield a finding for each line of an error's text; the last of them has the hint."""
    lines = text.splitlines() or [""]
    for line in lines[:-1]:
        yield Finding(area, level, line)
    yield Finding(area, level, lines[-1], hint)


def health_text(findings: Sequence[Finding]) -> str:
    """Return the findings for people."""
    lines: list[str] = []
    area = ""
    for one in findings:
        if one.area != area:
            area = one.area
            lines += ["", area] if lines else [area]
        lines.append(f"  {one.level.value:<7}  {clean(one.what)}")
        lines += [f"           hint: {clean(line)}" for line in (one.hint or "").splitlines()]
    return "\n".join([*lines, "", _verdict(findings)])


def health_data(findings: Iterable[Finding]) -> list[dict[str, str | None]]:
    """Return the findings as plain JSON data."""
    return [
        {"area": one.area, "level": one.level.value, "what": one.what, "hint": one.hint}
        for one in findings
    ]


def _verdict(findings: Sequence[Finding]) -> str:
    errors = sum(one.level is Level.ERROR for one in findings)
    warnings = sum(one.level is Level.WARNING for one in findings)
    if not errors and not warnings:
        return "all is well"
    return f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
