"""What a model card says, taken as a whole: lengths, amounts, and what becomes of the model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ministudio.plugin import (
    Capability,
    DurationRange,
    ModelCard,
    VideoProviderSpec,
    permissive_card,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["contradictions", "odd_amounts", "of", "possible", "without_heir"]

_SENSE: Final = (Capability.TEXT, Capability.FIRST_FRAME, Capability.REFERENCES)


def of(spec: VideoProviderSpec, card: ModelCard) -> str:
    """Return what a card is called in a message."""
    return f"the card {spec.name}/{card.id}"


def possible(durations: Sequence[float] | DurationRange | None) -> bool:
    """Say whether a card's lengths can be made."""
    if durations is None:
        return True
    if isinstance(durations, DurationRange):
        return 0 < durations.low <= durations.high and durations.step >= 0
    return list(durations) == sorted(set(durations)) and min(durations, default=0) > 0


def odd_amounts(card: ModelCard) -> Iterator[str]:
    """Yield what is wrong with a card's prices as amounts."""
    amounts = [row.per_second for row in card.prices]
    amounts += [row.per_clip for row in card.prices if row.per_clip is not None]
    if len({amount.currency for amount in amounts}) > 1:
        yield "its prices are in several currencies: write them in one"
    for amount in amounts:
        if not re.fullmatch(r"[A-Z]{3}", amount.currency):
            yield f"{amount.currency!r} is no currency: write its three letters, such as USD"
        if amount.micros < 0:
            yield f"the price {amount} is below zero"
    if amounts and not any(amount.micros for amount in amounts):
        yield "it costs nothing: say free = true, and give no prices"


def without_heir(spec: VideoProviderSpec, card: ModelCard) -> Iterator[str]:
    """Yield what is wrong with the model that is to be used instead of a retired one."""
    if card.retired_on is None and not card.replaced_by:
        return
    if not card.replaced_by:
        yield (
            f"{of(spec, card)} retires on {card.retired_on} and names no other: write "
            'replaced_by = "..."'
        )
        return
    names = {n for other in spec.models if other is not card for n in (other.id, *other.aliases)}
    if card.replaced_by.removeprefix(f"{spec.name}/") not in names:
        yield (
            f"{of(spec, card)} is replaced by {card.replaced_by!r}, which is no other card of "
            f"{spec.name}: add its card, or name one of {', '.join(sorted(names)) or 'your own'}"
        )


def contradictions(spec: VideoProviderSpec, card: ModelCard) -> Iterator[str]:
    """Yield what a card says in one place and takes back in another."""
    if card == permissive_card(card.id):
        return
    what = of(spec, card)
    if not any(card.can(capability) for capability in _SENSE):
        yield (
            f"{what} says of nothing that a clip can be made from it: write capabilities = "
            '{ text = "full" }, first_frame or references'
        )
    if card.can(Capability.REFERENCES) != (card.max_references > 0):
        yield (
            f"{what} says references = {card.support(Capability.REFERENCES).value} and "
            f"max_references = {card.max_references}: they go together"
        )
    if any(rate <= 0 for rate in card.fps):
        yield f"{what}: fps = {list(card.fps)} cannot be"
