"""What a clip cost: from the tokens that Google counted, or from the card; pure."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

import attrs

from ministudio.plugin import Resolution, price

if TYPE_CHECKING:
    from ministudio.plugin import ModelCard
    from ministudio_vertex._mapping import Job

__all__ = ["RATES", "TokenRates", "by_card", "by_tokens"]


@attrs.frozen(kw_only=True)
class TokenRates:
    """Dollars for a million tokens, by what they hold.

    Args:
        video: Tokens of the clip.
        text: Tokens of words and of thought in the answer.
        input: Tokens of the request.
        as_of: When this was so.
        source: Who says it.
    """

    video: Decimal
    text: Decimal
    input: Decimal
    as_of: date
    source: str


RATES: Final = {
    "gemini-omni-1.2-flash": TokenRates(
        # 0.07 dollars a second at 720p, which is 5,792 tokens.
        video=Decimal("12.0856"),
        text=Decimal(9),
        input=Decimal("1.50"),
        as_of=date(2026, 11, 22),
        source="resellers' price lists; Google's own page was not at hand",
    )
}
"""Rates by model; a model that is not here is priced by its card."""


def by_tokens(model: str, usage: Any) -> int | None:
    """Return what an interaction cost in micro-dollars; None when it cannot be told.

    Args:
        model: The model's id.
        usage: What Google counted.
    """
    rates = RATES.get(model)
    rows = getattr(usage, "output_tokens_by_modality", None)
    if rates is None or not rows:
        return None
    video = sum(_tokens(row) for row in rows if _is_video(row))
    if not video:
        return None
    words = sum(_tokens(row) for row in rows if not _is_video(row))
    words += getattr(usage, "total_thought_tokens", None) or 0
    asked = getattr(usage, "total_input_tokens", None) or 0
    # Dollars for a million tokens are micro-dollars for one.
    micros = video * rates.video + words * rates.text + asked * rates.input
    return int(micros.to_integral_value(ROUND_UP))


def by_card(card: ModelCard | None, job: Job) -> int | None:
    """Return what a job costs by its card, where another clip was ordered than was priced."""
    if card is None or not job.adapted:
        return None
    cost = price(card, seconds=job.seconds, resolution=Resolution(job.resolution), audio=job.audio)
    return cost.micros if cost else None


def _tokens(row: Any) -> int:
    return int((row.get("tokens") if isinstance(row, dict) else getattr(row, "tokens", 0)) or 0)


def _is_video(row: Any) -> bool:
    modality = row.get("modality") if isinstance(row, dict) else getattr(row, "modality", "")
    return str(getattr(modality, "value", modality)).lower() == "video"
