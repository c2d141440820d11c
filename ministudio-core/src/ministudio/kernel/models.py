"""Find one model among the cards of all providers; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.errors import ConfigError
from ministudio.values.names import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ministudio.contracts.cards import ModelCard
    from ministudio.contracts.specs import VideoProviderSpec

    Pair = tuple[VideoProviderSpec, ModelCard]

__all__ = ["card_of", "choices", "default_card", "one_model", "retirement", "with_cards"]


def default_card(spec: VideoProviderSpec, today: date) -> ModelCard:
    """Return a provider's default model: the first that is not retired, else the first."""
    return next((card for card in spec.models if not card.retired(today)), spec.models[0])


def retirement(card: ModelCard, today: date) -> str:
    """Return when a model retires or retired, and what to use instead; empty for most."""
    when = ""
    if card.retired_on is not None:
        when = f"{'retired' if card.retired(today) else 'retires'} on {card.retired_on}"
    instead = f"use {card.replaced_by}" if card.replaced_by else ""
    return "; ".join(words for words in (when, card.retirement, instead) if words)


def card_of(spec: VideoProviderSpec, model: str) -> ModelCard | None:
    """Return the card whose id or alias is ``model``; an id counts before an alias."""
    by_alias = (card for card in spec.models if model in card.aliases)
    return next((card for card in spec.models if card.id == model), next(by_alias, None))


def one_model(model: str, specs: Sequence[VideoProviderSpec]) -> Pair | None:
    """Return the one provider and card that ``model`` means, or None when nobody has it.

    Raises:
        ConfigError: When it does not say enough; the hint says how to choose.
    """
    pairs = [(spec, card) for spec in specs if (card := card_of(spec, model)) is not None]
    if len(pairs) == 1:
        return pairs[0]
    if pairs:
        names = [f"{spec.name}/{card.id}" for spec, card in pairs]
        raise ConfigError(
            f"several providers have the model {model!r}", hint=f"say {' or '.join(names)}"
        )
    for spec in specs:
        if spec.name == model:
            names = [f"{model}/{card.id}" for card in spec.models]
            raise ConfigError(
                f"{model!r} is a provider, not a model", hint=f"say {' or '.join(names)}"
            )
    return None


def choices(model: str, specs: Sequence[VideoProviderSpec]) -> list[str]:
    """Return what ``model`` could have meant, in the form that it was written in.

    A model's other names are left out, but for one that is near.
    """
    head = "{}/" if "/" in model else ""
    known = [(head.format(spec.name), card) for spec in specs for card in spec.models]
    near = did_you_mean(model, [first + alias for first, card in known for alias in card.aliases])
    return [*(first + card.id for first, card in known), *([near] if near else [])]


def with_cards(spec: VideoProviderSpec, cards: Sequence[ModelCard]) -> VideoProviderSpec:
    """Return the spec with the user's own cards; one with a known id takes that card's place."""
    own = {card.id: card for card in cards}
    kept = [own.pop(card.id, card) for card in spec.models]
    return attrs.evolve(spec, models=(*kept, *own.values()))
