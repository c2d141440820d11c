"""Who wins when several say something: one ladder for the look, one for the making.

A film's look belongs to its author, so the production stands above the machine's settings.
Where and how it is rendered belongs to the machine, so a production may only *prefer*.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LADDERS", "LOOK", "MAKING", "Resolved", "Rung", "resolve"]


class Rung(StrEnum):
    """Who said something."""

    ARGUMENT = "the command line"
    PRODUCTION = "the production"
    ENVIRONMENT = "the environment"
    DOTENV = ".env"
    PROFILE = "the profile"
    PROJECT = "ministudio.toml"
    DEFAULT = "the built-in default"


LOOK: Final = (
    Rung.ARGUMENT,
    Rung.PRODUCTION,
    Rung.ENVIRONMENT,
    Rung.DOTENV,
    Rung.PROFILE,
    Rung.PROJECT,
    Rung.DEFAULT,
)
"""The ladder of what a film looks like, strongest first."""

MAKING: Final = (
    Rung.ARGUMENT,
    Rung.ENVIRONMENT,
    Rung.DOTENV,
    Rung.PROFILE,
    Rung.PROJECT,
    Rung.PRODUCTION,
    Rung.DEFAULT,
)
"""The ladder of where and how it is made, strongest first."""

LADDERS: Final[Mapping[str, tuple[Rung, ...]]] = {
    "aspect_ratio": LOOK,
    "resolution": LOOK,
    "fps": LOOK,
    "seed": LOOK,
    "negative_prompt": LOOK,
    "style": LOOK,
    "mood": LOOK,
    "continuity": LOOK,
    "quality": MAKING,
    "providers": MAKING,
    "model": MAKING,
    "output": MAKING,
    "concurrency": MAKING,
    "job_timeout": MAKING,
    "on_failure": MAKING,
    "fallback_scope": MAKING,
    "budget": MAKING,
    "confirm_above": MAKING,
    "observers": MAKING,
    "log_format": MAKING,
    "log_level": MAKING,
}
"""The ladder each key is decided on."""


@attrs.frozen
class Resolved:
    """A value, and who said it; ``value`` is None, said by the default, where nobody did."""

    value: Any
    source: Rung


def resolve(key: str, said: Mapping[Rung, Mapping[str, object]]) -> Resolved:
    """Return the value of ``key`` from the highest rung that says one.

    Args:
        key: A key of ``LADDERS``.
        said: What each rung says, by key; a missing key, and None, mean "not said".
    """
    for rung in LADDERS[key]:
        if (value := said.get(rung, {}).get(key)) is not None:
            return Resolved(value, rung)
    return Resolved(None, Rung.DEFAULT)
