"""Model cards in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ministudio.contracts.cards import Capability, DurationRange

if TYPE_CHECKING:
    from datetime import date

    from ministudio.contracts.cards import ModelCard
    from ministudio.contracts.specs import VideoProviderSpec
    from ministudio.values.money import Money

__all__ = ["card_data", "lengths", "per_second"]


def lengths(card: ModelCard) -> str:
    """Return the lengths of clip that a model makes, in words."""
    if card.durations is None:
        return "any"
    if isinstance(card.durations, DurationRange):
        low, high, step = card.durations.low, card.durations.high, card.durations.step
        return f"{low:g}-{high:g} s" + (f" by {step:g}" if step else "")
    return f"{', '.join(f'{seconds:g}' for seconds in card.durations)} s"


def per_second(card: ModelCard) -> str:
    """Return what a second costs, from the cheapest row to the dearest."""
    if card.free:
        return "free"
    if not card.prices:
        return "unknown"
    rates = sorted(
        {row.per_second for row in card.prices}, key=lambda rate: (rate.currency, rate.micros)
    )
    first, last = rates[0], rates[-1]
    return f"{first}/s" if first == last else f"{first} to {last}/s"


def card_data(spec: VideoProviderSpec, card: ModelCard, today: date) -> dict[str, Any]:
    """Return a model card as plain JSON data."""
    return {
        "provider": spec.name,
        "id": card.id,
        "name": f"{spec.name}/{card.id}",
        "title": card.title,
        "aliases": list(card.aliases),
        "durations": _durations(card),
        "resolutions": [resolution.value for resolution in card.resolutions],
        "aspect_ratios": [ratio.value for ratio in card.aspect_ratios],
        "fps": list(card.fps),
        "capabilities": {c.value: card.support(c).value for c in Capability},
        "max_references": card.max_references,
        "dialect": card.dialect,
        "prompt": None
        if card.prompt is None
        else {"size": card.prompt.size, "unit": card.prompt.unit.value},
        "free": card.free,
        "prices": [
            {
                "per_second": _money(row.per_second),
                "per_clip": None if row.per_clip is None else _money(row.per_clip),
                "currency": row.per_second.currency,
                "resolution": row.resolution and row.resolution.value,
                "audio": row.audio,
                "as_of": row.as_of.isoformat(),
                "source": row.source,
            }
            for row in card.prices
        ],
        "retired": card.retired(today),
        "retired_on": card.retired_on and card.retired_on.isoformat(),
        "retirement": card.retirement,
        "replaced_by": card.replaced_by,
        "licence": card.licence,
        "source": card.source,
    }


def _durations(card: ModelCard) -> object:
    if isinstance(card.durations, DurationRange):
        limits = card.durations
        return {"low": limits.low, "high": limits.high, "step": limits.step}
    return None if card.durations is None else list(card.durations)


def _money(money: Money) -> str:
    # A text keeps the amount exact for whoever reads it.
    return f"{money.amount.normalize():f}"
