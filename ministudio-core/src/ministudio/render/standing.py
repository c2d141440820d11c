"""Where every shot of a plan stands, by what the journal says: nothing is asked of anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.specs import Billing
from ministudio.plan.model import Cost, ShotPlan
from ministudio.render.keys import intent_key, slot_key
from ministudio.render.takes import Take

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ministudio.plan.model import Plan
    from ministudio.render.journal import Journal
    from ministudio.render.options import RenderOptions

__all__ = ["Standing", "cost_of", "missing", "standings"]


@attrs.frozen(kw_only=True)
class Standing:
    """Where one shot stands.

    Args:
        shot: The shot.
        intent: What it is to show, whoever makes it; None while the shot that it goes on from
            is not made, for its last picture is a part of that.
        slot: The intent together with who may make it; None likewise.
        selected: The stored takes it is filled with; empty where it is not.
    """

    shot: ShotPlan
    intent: str | None = None
    slot: str | None = None
    selected: tuple[Take, ...] = ()


def standings(
    plan: Plan, shots: Iterable[ShotPlan], journal: Journal, *, reuse: bool = False
) -> Iterator[Standing]:
    """Yield where shots stand, in the order of the film.

    Args:
        plan: The film's plan.
        shots: The shots, and every one they go on from.
        journal: What is stored.
        reuse: Whether a shot that another provider has made counts as made.
    """
    known: dict[str, Standing] = {}
    for shot in shots:
        before = known.get(shot.follows) if shot.follows is not None else None
        if shot.follows is not None and (before is None or not before.selected):
            standing = Standing(shot=shot)
        else:
            intent = intent_key(plan, shot, before.selected[-1].key if before else None)
            slot = slot_key(plan, shot, intent, before.slot if before else None)
            takes = journal.selected(slot) or (journal.selected_for(intent) if reuse else [])
            standing = Standing(shot=shot, intent=intent, slot=slot, selected=tuple(takes))
        known[shot.id] = standing
        yield standing


def missing(
    plan: Plan, shots: Sequence[ShotPlan], journal: Journal, options: RenderOptions
) -> list[ShotPlan]:
    """Return the shots that are still to be made, by what the journal says is stored."""
    return [
        standing.shot
        for standing in standings(plan, shots, journal, reuse=options.reuse)
        if not standing.selected or standing.shot.id in options.fresh
    ]


def cost_of(shots: Iterable[ShotPlan]) -> Cost:
    """Return what the first choices of shots cost together, paid ones only."""
    ways = [shot.first_choice for shot in shots]
    return Cost.of(way.price for way in ways if way.billing is Billing.PAID)
