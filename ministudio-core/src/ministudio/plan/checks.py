"""Refusing a model card whose facts cannot all be true, before anything relies on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ministudio.contracts.cards import DurationRange
from ministudio.errors import PlanError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ministudio.contracts.cards import ModelCard

__all__ = ["check_card"]


def check_card(provider: str, card: ModelCard) -> None:
    """Say what is wrong with a model card, if anything is.

    Raises:
        PlanError: When no clip could be planned by it.
    """
    if wrong := list(_wrong(card)):
        raise PlanError(
            f"the model card of {provider}/{card.id} cannot be right: {'; '.join(wrong)}",
            hint="correct it where it comes from: the plugin's models.toml, or your own card",
        )


def _wrong(card: ModelCard) -> Iterator[str]:
    durations = card.durations
    if isinstance(durations, DurationRange):
        low, high, step = durations.low, durations.high, durations.step
        if not (0 < low <= high < math.inf and 0 <= step < math.inf):
            yield f"durations from {low:g} to {high:g} s in steps of {step:g}"
    elif durations is not None and not durations:
        yield "no duration at all"
    elif not all(0 < seconds < math.inf for seconds in durations or ()):
        yield f"durations of {', '.join(f'{seconds:g}' for seconds in durations or ())} s"
    if any(fps <= 0 for fps in card.fps):
        yield f"frame rates of {', '.join(str(fps) for fps in card.fps)}"
    for row in card.prices:
        if row.per_clip and row.per_clip.currency != row.per_second.currency:
            yield f"one price in {row.per_second.currency} and {row.per_clip.currency}"
