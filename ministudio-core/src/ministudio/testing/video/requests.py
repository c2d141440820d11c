"""Requests to try a provider with: the smallest and shortest that a model card allows."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from PIL import Image

from ministudio.plugin import (
    AspectRatio,
    Capability,
    ClipRequest,
    CompiledPrompt,
    DurationRange,
    MediaFile,
    ModelCard,
    PromptInput,
    PromptUnit,
    Resolution,
    Support,
    measure,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["UNICODE", "lengths", "long_prompt", "picture", "prompt", "small_request"]

UNICODE: Final = 'A painter, «Zoë», looks at 画家, naïve \N{WATER WAVE} and "quoted" & <kept>.'
_PLAIN: Final = "A dog runs along the beach."
_WORDS: Final = "Then it looks up at the sea, number {}, and goes on."
_LONG: Final = 1500
_LONG_ENOUGH: Final = 20.0
_SIZE: Final = (320, 180)


def small_request(card: ModelCard, folder: Path, **changes: Any) -> ClipRequest:
    """Return a request for the smallest and shortest clip that a card allows.

    Args:
        card: The model's card.
        folder: Where a picture is put, for models that always begin with one.
        changes: Fields of the request that are to be otherwise.
    """
    needs_picture = card.support(Capability.TEXT) is Support.NONE and card.can(
        Capability.FIRST_FRAME
    )
    ratios, sizes, rates = card.aspect_ratios, card.resolutions, card.fps
    said: dict[str, Any] = {
        "model": card.id,
        "prompt": prompt(_PLAIN, card),
        "seconds": lengths(card)[0],
        "aspect_ratio": ratios[0] if ratios else AspectRatio.WIDE,
        "resolution": min(sizes, key=lambda size: size.lines) if sizes else Resolution.P360,
        "fps": min(rates) if rates else 24,
        "seed": 7,
        "first_frame": picture(folder, 7) if needs_picture else None,
        "story": PromptInput(action=_PLAIN, seconds=lengths(card)[0], shot_id="conformance"),
    }
    return ClipRequest(**(said | changes))


def lengths(card: ModelCard) -> tuple[float, float]:
    """Return the shortest clip that a card allows and the longest worth trying, in seconds.

    Whoever makes clips of any length is not asked for the longest, which may take an hour.
    """
    match card.durations:
        case None:
            return 1.0, 2.0
        case DurationRange(low=low, high=high, step=step):
            long = min(high, max(low, _LONG_ENOUGH))
            return low, low + (long - low) // step * step if step else long
        case several:
            return min(several), max(several)


def prompt(text: str, card: ModelCard, negative: str = "") -> CompiledPrompt:
    """Return a text as the prompt that a compiler would have made for a card."""
    budget = card.prompt
    return CompiledPrompt(
        text=text,
        negative=negative,
        used=measure(text, budget),
        unit=budget.unit if budget else PromptUnit.CHARACTERS,
        budget=budget.size if budget else None,
    )


def long_prompt(card: ModelCard) -> str:
    """Return a text that comes near to a card's budget, its last sentence unlike the others."""
    end, text, number = " At last it sleeps.", _PLAIN, 0
    limit = card.prompt.size if card.prompt else _LONG
    while True:
        number += 1
        longer = f"{text} {_WORDS.format(number)}"
        if len(longer) > _LONG or measure(longer + end, card.prompt) > limit:
            return text + end if measure(text + end, card.prompt) <= limit else text
        text = longer


def picture(folder: Path, number: int, name: str = "picture") -> MediaFile:
    """Write a picture that is told from others by its number, and return it."""
    path = folder / f"{name}.png"
    shade = (number * 53 % 256, number * 101 % 256, number * 199 % 256)
    Image.new("RGB", _SIZE, shade).save(path)
    return MediaFile(path, hashlib.sha256(path.read_bytes()).hexdigest())
