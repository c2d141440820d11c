"""Find one model among the cards of all providers; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ministudio.contracts.cards import ModelCard
    from ministudio.contracts.specs import VideoProviderSpec

__all__ = ["card_of", "one_model", "with_cards"]

Pair = tuple["VideoProviderSpec", "ModelCard"]


def card_of(spec: VideoProviderSpec, model: str) -> ModelCard | None:
    """Return the card whose id or alias is ``model``; an id counts before an alias."""
    by_alias = (card for card in spec.models if model in card.aliases)
    return next((card for card in spec.models if card.id == model), next(by_alias, None))


def one_model(model: str, specs: Iterable[VideoProviderSpec]) -> Pair | None:
    """Return the one provider and card that ``model`` means, or None when nobody has it.

    Raises:
        ConfigError: When several providers have it; the hint says how to choose.
    """
    pairs = [(spec, card) for spec in specs if (card := card_of(spec, model)) is not None]
    if len(pairs) > 1:
        choices = [f"{spec.name}/{card.id}" for spec, card in pairs]
        raise ConfigError(
            f"several providers have the model {model!r}", hint=f"say {' or '.join(choices)}"
        )
    return pairs[0] if pairs else None


def with_cards(spec: VideoProviderSpec, cards: Sequence[ModelCard]) -> VideoProviderSpec:
    """Return the spec with the user's own cards; one with a known id takes that card's place."""
    own = {card.id: card for card in cards}
    kept = [own.pop(card.id, card) for card in spec.models]
    return attrs.evolve(spec, models=(*kept, *own.values()))
