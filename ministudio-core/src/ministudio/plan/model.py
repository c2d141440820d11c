"""What a plan is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import attrs

from ministudio.contracts.clips import ClipRequest
from ministudio.contracts.prompts import PromptInput
from ministudio.contracts.specs import Billing
from ministudio.story.vocabulary import Continuity
from ministudio.values.frames import AspectRatio, Resolution
from ministudio.values.money import Money

__all__ = [
    "Adaptation",
    "Alternative",
    "Cost",
    "Look",
    "Plan",
    "PlannedPart",
    "SecondsFrom",
    "ShotPlan",
]


@attrs.frozen
class Adaptation:
    """Something that is not done as asked: what, what was asked, what is got, and why."""

    what: str
    asked: str
    got: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}: {self.asked} → {self.got} ({self.why})"


class SecondsFrom(StrEnum):
    """Where a shot's length comes from."""

    GIVEN = "given"
    MEASURED = "measured"
    ESTIMATED = "estimated"


@attrs.frozen(kw_only=True)
class Look:
    """What every shot of the film shares.

    Args:
        aspect_ratio: Shape of the frame.
        resolution: Shorter side of the frame.
        fps: Frames a second.
        seed: Base of every derived seed.
    """

    aspect_ratio: AspectRatio = AspectRatio.WIDE
    resolution: Resolution = Resolution.P720
    fps: int = 24
    seed: int = 0


@attrs.frozen(kw_only=True)
class PlannedPart:
    """One clip to be made: a whole shot, or one part of a shot longer than the model can do.

    ``request`` is complete but for what only rendering can know: the last frame of the clip
    it goes on from.
    """

    request: ClipRequest
    price: Money | None


@attrs.frozen(kw_only=True)
class Alternative:
    """One way to make a shot: one model of one provider, decided to the end.

    Args:
        provider: The provider's name.
        model: The model's id.
        billing: Whether it costs money.
        pixels_version: The provider's, part of a take's identity.
        compiler: The name of the prompt compiler used.
        continuity: How the clip follows the shot before, as far as this model can.
        can_begin_with_picture: Whether the model takes a first frame.
        parts: The clips to be made, in order.
        adaptations: What is not as asked.
        notes: What the provider itself says of it, before it is made.
    """

    provider: str
    model: str
    billing: Billing
    pixels_version: int
    compiler: str
    continuity: Continuity
    can_begin_with_picture: bool
    parts: Sequence[PlannedPart]
    adaptations: Sequence[Adaptation] = ()
    notes: Sequence[str] = ()

    @property
    def seconds(self) -> float:
        """Length of all parts together, in seconds."""
        return sum(part.request.seconds for part in self.parts)

    @property
    def price(self) -> Money | None:
        """What all parts cost together; None when the price of any is unknown."""
        total: Money | None = None
        for part in self.parts:
            if part.price is None:
                return None
            total = part.price if total is None else total + part.price
        return total


@attrs.frozen(kw_only=True)
class ShotPlan:
    """One shot with every way to make it, the first choice first.

    Args:
        id: The shot's id: given, or derived from its content.
        number: Its number in the film, from 1.
        scene: The number of its scene, from 1.
        scene_title: The scene's title, or its concept.
        story: What the prompts were compiled from.
        seconds: The length asked for, in seconds.
        seconds_from: Where that length comes from.
        follows: The id of the shot whose picture this one begins with, if any.
        alternatives: The ways to make it, never empty.
        seed: Its seed: given, or derived from the film's and its id.
        pictures: The hashes of every picture it names, whatever the models can take of them.
        placeholder: What stands in for it when nobody can make it, if anything may.
        notes: What the author should know.
    """

    id: str
    number: int
    scene: int
    scene_title: str
    story: PromptInput
    seconds: float
    seconds_from: SecondsFrom
    follows: str | None
    alternatives: Sequence[Alternative]
    seed: int = 0
    pictures: Sequence[str] = ()
    placeholder: Alternative | None = None
    notes: Sequence[str] = ()

    @property
    def first_choice(self) -> Alternative:
        """The alternative that is tried first."""
        return self.alternatives[0]


@attrs.frozen(kw_only=True)
class Plan:
    """A film decided to the last request, and priced.

    Args:
        title: The film's title.
        language: Its language, as a BCP 47 tag.
        look: What every shot shares.
        chain: The selections asked for, in order of preference.
        shots: Every shot to be rendered, in the order of the film.
    """

    title: str
    language: str
    look: Look
    chain: Sequence[str]
    shots: Sequence[ShotPlan]

    @property
    def seconds(self) -> float:
        """Length of the film by the first choices, in seconds."""
        return sum(shot.first_choice.seconds for shot in self.shots)

    @property
    def adaptations(self) -> Iterator[tuple[ShotPlan, Adaptation]]:
        """Every adaptation of the first choices, with its shot."""
        return ((shot, a) for shot in self.shots for a in shot.first_choice.adaptations)

    def cost(self) -> Cost:
        """Return what the first choices cost."""
        return Cost.of(shot.first_choice.price for shot in self.shots)

    def worst_cost(self) -> Cost:
        """Return what the film costs if every shot ends at its most expensive alternative."""
        return Cost.of(_worst(shot) for shot in self.shots)


@attrs.frozen
class Cost:
    """Sums by currency, and how many shots have no known price; unknown is never 0."""

    known: Mapping[str, Money]
    unknown: int

    @classmethod
    def of(cls, prices: Iterator[Money | None]) -> Cost:
        """Add prices up, currencies apart."""
        known: dict[str, Money] = {}
        unknown = 0
        for price in prices:
            if price is None:
                unknown += 1
            else:
                known[price.currency] = price + known.get(price.currency, Money(0, price.currency))
        return cls(known, unknown)

    def __str__(self) -> str:
        sums = [str(money) for _, money in sorted(self.known.items()) if money.micros]
        if self.unknown:
            sums.append(
                f"{self.unknown} {'shot' if self.unknown == 1 else 'shots'} of unknown price"
            )
        return " + ".join(sums) or "free"


def _worst(shot: ShotPlan) -> Money | None:
    prices = [alternative.price for alternative in shot.alternatives]
    known = [price for price in prices if price is not None]
    if len(known) < len(prices) or len({price.currency for price in known}) > 1:
        return None
    return max(known, key=lambda price: price.micros)
