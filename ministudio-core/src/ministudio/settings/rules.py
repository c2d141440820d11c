"""What each setting of a render must be, whoever says it: a program, a variable or a file.

The limits of what a production may also say are the production's own, so that they cannot
drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.settings.logs import LogFormat, LogLevel
from ministudio.settings.rendering import FallbackScope, OnFailure
from ministudio.story.look import Style
from ministudio.story.production import Production
from ministudio.story.vocabulary import Continuity
from ministudio.values.frames import AspectRatio, Resolution
from ministudio.values.money import Money
from ministudio.values.names import one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROVIDER_NAME", "RULES", "Quality", "Rule", "money", "names_of"]

Rule = Callable[[object], object]
"""Takes what was said and returns the value; raises ValueError with the reason it cannot be."""

PROVIDER_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What a provider's name looks like: the form the specs of plugins insist on."""

_MAX_CONCURRENCY: Final = 1000
_MAX_JOB_SECONDS: Final = 7 * 24 * 3600


class Quality(StrEnum):
    """How much care a render takes: a resolution by purpose."""

    DRAFT = "draft"
    STANDARD = "standard"
    HIGH = "high"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - a line's worth


def _member(kind: type[StrEnum]) -> Rule:
    values = [member.value for member in kind]

    def rule(value: object) -> StrEnum:
        if isinstance(value, str) and value in values:
            return kind(value)
        near = one_of(value, values) if isinstance(value, str) else one_of("", values)
        raise ValueError(f"is not known: {_shown(value)}; {near}")

    return rule


def _whole(low: int, high: int) -> Rule:
    def rule(value: object) -> int:
        # True is an int to Python, and to nobody else.
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        raise ValueError(f"must be a whole number from {low} to {high}, not {_shown(value)}")

    return rule


def _like(owner: type[Any], name: str, kind: type[int | str]) -> Rule:
    checks = attrs.fields_dict(owner)[name].metadata["checks"]
    called = "a whole number" if kind is int else "a text"

    def rule(value: object) -> object:
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ValueError(f"must be {called}, not {_shown(value)}")  # noqa: TRY004 - a rule raises one kind
        for check in checks:
            if (message := check.test(value)) is not None:
                raise ValueError(message)
        return value

    return rule


def names_of(what: str) -> Callable[[object], tuple[str, ...]]:
    """Return the rule for a list of names, each once and in lower-case words joined by '-'."""

    def rule(value: object) -> tuple[str, ...]:
        if not isinstance(value, (list, tuple)) or not value:
            raise ValueError(f"must be a list of {what} names, not {_shown(value)}")
        for name in value:
            if not isinstance(name, str) or not PROVIDER_NAME.fullmatch(name):
                raise ValueError(
                    f"must hold names in lower-case words joined by '-', not {_shown(name)}"
                )
        if twice := sorted({name for name in value if value.count(name) > 1}):
            raise ValueError(f"names a {what} twice: {', '.join(twice)}")
        return tuple(value)

    return rule


def _folder(value: object) -> Path:
    if not isinstance(value, (str, Path)) or not str(value).strip() or "\0" in str(value):
        raise ValueError(f"must be the path of a folder, not {_shown(value)}")
    if str(value).startswith("~"):
        raise ValueError("must be written out in full; '~' means a home folder only to a shell")
    return Path(value)


def money(value: object) -> Money:
    """Return an amount of money that somebody wrote.

    Raises:
        ValueError: When it is none.
    """
    if not isinstance(value, str):
        raise ValueError(f"must be an amount of money such as '20 USD', not {_shown(value)}")  # noqa: TRY004 - a rule raises one kind
    return Money.parse(value)


RULES: Final[Mapping[str, Rule]] = {
    "providers": names_of("provider"),
    "model": _like(Production, "model", str),
    "output": _folder,
    "concurrency": _whole(1, _MAX_CONCURRENCY),
    "job_timeout": _whole(1, _MAX_JOB_SECONDS),
    "on_failure": _member(OnFailure),
    "fallback_scope": _member(FallbackScope),
    "budget": money,
    "confirm_above": money,
    "observers": names_of("plugin"),
    "log_format": _member(LogFormat),
    "log_level": _member(LogLevel),
    "aspect_ratio": _member(AspectRatio),
    "resolution": _member(Resolution),
    "fps": _like(Production, "fps", int),
    "quality": _member(Quality),
    "seed": _like(Production, "seed", int),
    "negative_prompt": _like(Production, "negative_prompt", str),
    "style": _like(Style, "preset", str),
    "mood": _like(Production, "mood", str),
    "continuity": _member(Continuity),
}
"""The rule for each key."""
