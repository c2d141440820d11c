"""What a clip costs: one pure function of a card and a request."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ministudio.values.money import Money

if TYPE_CHECKING:
    from ministudio.contracts.cards import ModelCard, PriceRow
    from ministudio.values.frames import Resolution

__all__ = ["price"]


def price(card: ModelCard, *, seconds: float, resolution: Resolution, audio: bool) -> Money | None:
    """Return the list price of one clip, or None where the card does not know it.

    The most specific row that fits counts: one that names the resolution and the audio before
    one that names less. A free model costs 0; an unknown price is never 0.

    Args:
        card: The model's card.
        seconds: Length of the clip as it will be billed.
        resolution: What it is rendered at.
        audio: Whether native audio is asked for.
    """
    if card.free:
        return Money(0)
    rows = [row for row in card.prices if _fits(row, resolution, audio=audio)]
    if not rows:
        return None
    row = max(rows, key=_specific)
    total = row.per_second.times(Decimal(str(seconds)))
    return total + row.per_clip if row.per_clip else total


def _fits(row: PriceRow, resolution: Resolution, *, audio: bool) -> bool:
    return row.resolution in {None, resolution} and row.audio in {None, audio}


def _specific(row: PriceRow) -> int:
    return (row.resolution is not None) + (row.audio is not None)
