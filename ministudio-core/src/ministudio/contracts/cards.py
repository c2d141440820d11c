"""Model cards: what a model can do, what it costs and when it retires, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import attrs
from attrs.validators import deep_iterable, deep_mapping, instance_of

from ministudio.values.frames import AspectRatio, Resolution
from ministudio.values.money import Money

__all__ = [
    "Capability",
    "DurationRange",
    "FrameRule",
    "ModelCard",
    "PriceRow",
    "PromptBudget",
    "PromptUnit",
    "Support",
    "permissive_card",
]


class Capability(StrEnum):
    """What a model may be able to do beyond turning text into a silent clip."""

    TEXT = "text"
    FIRST_FRAME = "first_frame"
    LAST_FRAME = "last_frame"
    REFERENCES = "references"
    EXTEND = "extend"
    AUDIO = "audio"
    NEGATIVE_PROMPT = "negative_prompt"
    SEED = "seed"


class Support(StrEnum):
    """How well a model does something; what a card does not say is unknown."""

    UNKNOWN = "unknown"
    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


@attrs.frozen
class DurationRange:
    """Any length from ``low`` to ``high``, both included.

    Args:
        low: The shortest clip, in seconds.
        high: The longest, in seconds.
        step: The seconds from one length to the next, counted from ``low``; 0 means any length.
    """

    low: float
    high: float
    step: float = 0.0


@attrs.frozen
class FrameRule:
    """How many frames a model makes, and how large they may be.

    Args:
        multiple: The count of frames is ``multiple * n + offset``, for a whole ``n``.
        offset: See ``multiple``.
        size: Both sides of a frame are multiples of this many pixels.
    """

    multiple: int = 1
    offset: int = 0
    size: int = 2


class PromptUnit(StrEnum):
    """What a prompt's budget counts."""

    CHARACTERS = "characters"
    WORDS = "words"
    TOKENS = "tokens"


@attrs.frozen
class PromptBudget:
    """How long a prompt may be.

    Args:
        size: The limit, in ``unit``.
        unit: What is counted.
        characters_per_token: For tokens: a low, safe ratio for counting without a tokenizer.
    """

    size: int
    unit: PromptUnit = PromptUnit.CHARACTERS
    characters_per_token: float = 3.0


@attrs.frozen(kw_only=True)
class PriceRow:
    """What a second costs at one resolution, with or without audio; None means any.

    Args:
        per_second: What one second of the clip costs.
        per_clip: What is added once for each clip.
        resolution: The resolution that the row is for.
        audio: Whether it is for clips with native audio, or for those without.
        as_of: The day on which the price was looked up.
        source: Where: the address of a page of prices.
    """

    per_second: Money
    per_clip: Money | None = None
    resolution: Resolution | None = None
    audio: bool | None = None
    as_of: date
    source: str


def texts(values: Iterable[str]) -> tuple[str, ...]:
    """Return the texts as a tuple; a lone text is refused, for it would become its letters.

    Raises:
        TypeError: When ``values`` is one text.
    """
    if isinstance(values, str):
        raise TypeError(f"a list of texts is wanted, not {values!r}")
    return tuple(values)


def _each(kind: type) -> Any:
    """Declare a sequence of ``kind``, empty when left out; a card of wrong types is not made."""
    many = texts if kind is str else tuple
    return attrs.field(default=(), converter=many, validator=deep_iterable(instance_of(kind)))


@attrs.frozen(kw_only=True)
class ModelCard:
    """One model as planning, pricing and choosing see it: data, no SDK, no key, no network.

    Args:
        id: The model's id at its provider.
        title: Its name for people.
        aliases: Other ids that mean the same model.
        durations: The lengths it makes: a set of seconds, or a range; None means any.
        resolutions: What it renders; empty means any.
        aspect_ratios: What it renders; empty means any.
        fps: The frame rates it renders; empty means any.
        capabilities: How well it does what; what is absent is unknown.
        max_references: How many reference pictures it takes.
        frames: Its rule for frame counts and sizes.
        dialect: The prompt dialect it understands best.
        prompt: The prompt's budget; None where no limit is known.
        prices: Price rows; empty means the price is unknown, which is never 0.
        free: Whether it costs nothing to run.
        retired_on: When it retires or retired.
        retirement: What else is known of that, in words: dates that sources disagree about.
        replaced_by: The model to use instead.
        licence: The licence of the weights, or the terms of the service.
        source: Where the card's facts come from.
    """

    id: str = attrs.field(validator=instance_of(str))
    title: str = attrs.field(validator=instance_of(str))
    aliases: Sequence[str] = _each(str)
    durations: Sequence[float] | DurationRange | None = None
    resolutions: Sequence[Resolution] = _each(Resolution)
    aspect_ratios: Sequence[AspectRatio] = _each(AspectRatio)
    fps: Sequence[int] = _each(int)
    capabilities: Mapping[Capability, Support] = attrs.field(
        factory=dict,
        converter=dict,
        validator=deep_mapping(instance_of(Capability), instance_of(Support)),
    )
    max_references: int = 0
    frames: FrameRule = FrameRule()
    dialect: str = "prose"
    prompt: PromptBudget | None = None
    prices: Sequence[PriceRow] = _each(PriceRow)
    free: bool = False
    retired_on: date | None = None
    retirement: str = attrs.field(default="", validator=instance_of(str))
    replaced_by: str | None = None
    licence: str = ""
    source: str = ""

    def support(self, capability: Capability) -> Support:
        """How well the model does ``capability``; unknown when the card does not say."""
        return self.capabilities.get(capability, Support.UNKNOWN)

    def can(self, capability: Capability) -> bool:
        """Whether the card promises ``capability``, fully or in part."""
        return self.support(capability) in {Support.PARTIAL, Support.FULL}

    def retired(self, today: date) -> bool:
        """Whether the model is past its retirement date on ``today``."""
        return self.retired_on is not None and today >= self.retired_on


def permissive_card(name: str) -> ModelCard:
    """Return the card of a provider that has none: anything goes, and the price is unknown."""
    return ModelCard(id=name, title=name)
