"""How each shot follows the one before, as far as the film and then the model allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.cards import Capability, ModelCard
from ministudio.plan.model import Adaptation
from ministudio.story.vocabulary import Continuity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.contracts.prompts import PromptInput
    from ministudio.story.shot import ShotConfig

__all__ = ["FROM_PICTURE", "MAX_CHAIN", "Link", "fit_continuity", "links"]

MAX_CHAIN = 3
"""Shots made one from another's last frame before the chain is anchored anew.

Colour, contrast and sharpness drift with every hop; users of last-frame chains report it from
the third on.
"""

FROM_PICTURE = frozenset({Continuity.CHAIN, Continuity.EXTEND})
"""The ways to follow a shot that need its last picture, and so have to wait for it."""


@attrs.frozen
class Link:
    """What the film asks between a shot and the one before it.

    Args:
        continuity: What is wanted, before any model is asked.
        follows: Index of the shot whose last picture this one begins with, if any.
        note: Why it is not what the author wrote, if it is not.
    """

    continuity: Continuity
    follows: int | None = None
    note: str | None = None


def links(stories: Sequence[PromptInput], shots: Sequence[ShotConfig]) -> list[Link]:
    """Return the link of every shot: chains are capped, and a given first frame wins."""
    made: list[Link] = []
    hops = 0
    for index, (story, shot) in enumerate(zip(stories, shots, strict=True)):
        link = _link(index, story.continuity, hops, has_first_frame=shot.first_frame is not None)
        hops = hops + 1 if link.follows is not None else 0
        made.append(link)
    return made


def fit_continuity(
    link: Link, card: ModelCard, *, same_model: bool
) -> tuple[Continuity, list[Adaptation]]:
    """Return what ``card`` can make of a link, downgrading extend → chain → cut, and say so.

    Args:
        link: What is wanted.
        card: The model's card.
        same_model: Whether the shot before comes from the same model of the same provider.
    """
    wanted = link.continuity
    if wanted not in FROM_PICTURE:
        return wanted, []
    if wanted is Continuity.EXTEND and card.can(Capability.EXTEND) and same_model:
        return wanted, []
    got = Continuity.CHAIN if card.can(Capability.FIRST_FRAME) else Continuity.CUT
    if got is wanted:
        return got, []
    if wanted is Continuity.EXTEND and card.can(Capability.EXTEND):
        why = "a model can only extend its own clip, and the shot before comes from another"
    elif wanted is Continuity.EXTEND:
        why = f"{card.title} cannot extend a clip"
    else:
        why = f"{card.title} cannot begin with a given picture"
    return got, [Adaptation("continuity", wanted.value, got.value, why)]


def _link(index: int, wanted: Continuity, hops: int, *, has_first_frame: bool) -> Link:
    if wanted not in FROM_PICTURE:
        return Link(wanted)
    if index == 0:
        return Link(Continuity.CUT, note="the first shot has nothing to go on from")
    if has_first_frame:
        note = f"{wanted.value} → match: the shot brings its own first frame"
        return Link(Continuity.MATCH, note=note)
    if hops >= MAX_CHAIN:
        note = f"{wanted.value} → match: after {MAX_CHAIN} hops a chain is anchored anew"
        return Link(Continuity.MATCH, note=note)
    return Link(wanted, follows=index - 1)
