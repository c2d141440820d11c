"""What a run will have to make, and what that costs, before anything is asked of anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.contracts.specs import Billing
from ministudio.plan.model import Cost, ShotPlan
from ministudio.render.keys import intent_key, slot_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.plan.model import Plan
    from ministudio.render.journal import Journal
    from ministudio.render.options import RenderOptions

__all__ = ["Quotation", "quote"]


@attrs.frozen
class Quotation:
    """The shots that are not in the store, and what their first choices cost together."""

    shots: tuple[ShotPlan, ...]
    cost: Cost


def quote(
    plan: Plan, shots: Sequence[ShotPlan], journal: Journal, options: RenderOptions
) -> Quotation:
    """Return what is still to be made of some shots, by what the journal says is stored.

    A shot that goes on from one that is still to be made counts as to be made.

    Args:
        plan: The film's plan.
        shots: The shots wanted and those they go on from, in the order of the film.
        journal: What is stored.
        options: How to render.
    """
    stored: dict[str, tuple[str, str]] = {}
    missing: list[ShotPlan] = []
    for shot in shots:
        before = stored.get(shot.follows) if shot.follows is not None else None
        if shot.follows is not None and before is None:
            missing.append(shot)
            continue
        intent = intent_key(plan, shot, before[1] if before else None)
        slot = slot_key(plan, shot, intent, before[0] if before else None)
        takes = journal.selected(slot)
        if not takes and options.reuse:
            takes = journal.selected_for(intent)
        if shot.id in options.fresh or not takes:
            missing.append(shot)
        else:
            stored[shot.id] = (slot, takes[-1].key)
    paid = [shot.first_choice for shot in missing if shot.first_choice.billing is Billing.PAID]
    return Quotation(tuple(missing), Cost.of(way.price for way in paid))
