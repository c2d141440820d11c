"""How to render, as its user says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from ministudio.settings.rendering import Cap, FallbackScope, Limits, OnFailure, at_least
from ministudio.values.money import Money

__all__ = ["RenderOptions"]


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
        cancel: Ids of shots whose jobs are to be cancelled.
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

    concurrency: int = attrs.field(default=4, validator=at_least(1))
    job_timeout: float = attrs.field(default=3600.0, validator=at_least(0))
    call_timeout: float = attrs.field(default=120.0, validator=at_least(0.01))
    transfer_timeout: float = attrs.field(default=900.0, validator=at_least(0.01))
    poll_every: float | None = attrs.field(default=None, validator=at_least(0.01))
    fetches: int = attrs.field(default=3, validator=at_least(1))
    rerolls: int = attrs.field(default=2, validator=at_least(0))
    resubmit: frozenset[str] = frozenset()
    cancel: frozenset[str] = frozenset()
    fresh: frozenset[str] = frozenset()
    seeds: Mapping[str, int] = attrs.field(factory=dict)
    caps: Sequence[Cap] = ()
    allow_unknown_price: bool = False
    confirm_above: Money | None = None
    on_failure: OnFailure = OnFailure.STOP
    fallback_scope: FallbackScope = FallbackScope.SHOT
    reuse: bool = False
    limits: Mapping[str, Limits] = attrs.field(factory=dict)
