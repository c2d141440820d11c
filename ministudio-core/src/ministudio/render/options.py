"""How to render, as its user says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import attrs

from ministudio.errors import ConfigError
from ministudio.render.ledger import Cap
from ministudio.values.money import Money

__all__ = ["FallbackScope", "Limits", "OnFailure", "RenderOptions"]


class OnFailure(StrEnum):
    """What becomes of a shot that nobody can make."""

    STOP = "stop"
    SKIP = "skip"
    PLACEHOLDER = "placeholder"


class FallbackScope(StrEnum):
    """What goes to the next provider together, so that it has one look."""

    SHOT = "shot"
    SCENE = "scene"
    FILM = "film"


def _at_least(low: float) -> Callable[[object, attrs.Attribute[Any], float | None], None]:
    def check(_: object, field: attrs.Attribute[Any], value: float | None) -> None:
        if value is not None and not value >= low:
            raise ConfigError(f"{field.name} is at least {low:g}, not {value}")

    return check


@attrs.frozen(kw_only=True)
class Limits:
    """How much may be asked of one provider.

    Args:
        concurrency: How many of its clips are made at a time; None means as many as shots are.
        per_minute: How many clips are ordered in a minute at most.

    Raises:
        ConfigError: When a number is too small to render anything.
    """

    concurrency: int | None = attrs.field(default=None, validator=_at_least(1))
    per_minute: float | None = attrs.field(default=None, validator=_at_least(0.01))


@attrs.frozen(kw_only=True)
class RenderOptions:
    """How to render.

    Args:
        concurrency: How many shots are made at once.
        job_timeout: Seconds to wait for one job before leaving it pending.
        call_timeout: Seconds to wait for a provider's answer to one call.
        transfer_timeout: Seconds to wait for one upload or download.
        poll_every: Seconds between polls; the provider's own if None.
        fetches: How often a finished job is fetched before giving up for now.
        rerolls: How often a refused shot is asked for again with another seed.
        resubmit: Ids of shots whose lost jobs or clips the user allows to be paid for again.
        fresh: Ids of shots to be made anew though there is a take; the old one is kept.
        seeds: Seeds of the takes made anew, by the shot's id; derived where it says nothing.
        caps: What may be spent.
        allow_unknown_price: Whether a clip may be ordered whose price nobody knows.
        confirm_above: What may be spent without a question; None asks nothing.
        on_failure: What becomes of a shot that nobody can make.
        fallback_scope: What goes to the next provider together.
        reuse: Whether a shot that another provider has made counts as made.
        limits: How much may be asked of each provider, by its name.

    Raises:
        ConfigError: When a number is too small to render anything.
    """

    concurrency: int = attrs.field(default=4, validator=_at_least(1))
    job_timeout: float = attrs.field(default=3600.0, validator=_at_least(0))
    call_timeout: float = attrs.field(default=120.0, validator=_at_least(0.01))
    transfer_timeout: float = attrs.field(default=900.0, validator=_at_least(0.01))
    poll_every: float | None = attrs.field(default=None, validator=_at_least(0.01))
    fetches: int = attrs.field(default=3, validator=_at_least(1))
    rerolls: int = attrs.field(default=2, validator=_at_least(0))
    resubmit: frozenset[str] = frozenset()
    fresh: frozenset[str] = frozenset()
    seeds: Mapping[str, int] = attrs.field(factory=dict)
    caps: Sequence[Cap] = ()
    allow_unknown_price: bool = False
    confirm_above: Money | None = None
    on_failure: OnFailure = OnFailure.STOP
    fallback_scope: FallbackScope = FallbackScope.SHOT
    reuse: bool = False
    limits: Mapping[str, Limits] = attrs.field(factory=dict)
