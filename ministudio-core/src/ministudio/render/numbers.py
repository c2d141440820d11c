"""Which take of a shot it is: the first, or one more with another seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ministudio.render.keys import take_key
from ministudio.render.takes import TakeState
from ministudio.values.hashing import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.contracts.clips import ClipRequest
    from ministudio.plan.model import Alternative
    from ministudio.render.takes import Take

__all__ = ["first_number", "numbered"]

_SEEDS = 2**32


def numbered(request: ClipRequest, number: int, seed: int | None = None) -> ClipRequest:
    """Return the request for the take of a number: the first keeps the planned seed.

    Args:
        request: What was planned.
        number: Which take it is, from 1.
        seed: The seed the user gave for it; derived from the planned one and the number if None.
    """
    if seed is None:
        if number == 1:
            return request
        seed = int(digest([request.seed, number], 8), 16) % _SEEDS
    return attrs.evolve(request, seed=seed)


def first_number(
    way: Alternative,
    request: ClipRequest,
    known: Mapping[str, Take],
    *,
    run: str,
    fresh: bool = False,
    seed: int | None = None,
) -> int:
    """Return the number of the take to be made, or to be found.

    A take that may have a job comes first, since that job is paid for. A fresh take gets the next
    free number, once for each run. Otherwise what is stored is used, the last one made; and a
    refusal that cost money is not bought again with the same seed.

    Args:
        way: How the shot is made.
        request: What was planned.
        known: Every take of the shot's intent, by key.
        run: The run's id.
        fresh: Whether the user wants another take than there is.
        seed: The seed the user gave for a fresh take.
    """
    last = max((take.number for take in known.values()), default=0)
    here = [
        (number, known.get(take_key(way, numbered(request, number, given), number)))
        for number in range(1, last + 1)
        for given in ([None, seed] if seed is not None else [None])
    ]
    takes = [(number, take) for number, take in here if take is not None]
    if is_open := [number for number, take in takes if take.state.open]:
        return is_open[0]
    if fresh:
        own = [number for number, take in takes if take.run == run and _worth_keeping(take)]
        return own[-1] if own else last + 1
    if stored := [number for number, take in takes if take.state is TakeState.STORED]:
        return stored[-1]
    spent = {number for number, take in takes if not _worth_keeping(take)}
    return next(number for number in range(1, last + 2) if number not in spent)


def _worth_keeping(take: Take) -> bool:
    return not (take.state is TakeState.REFUSED and take.charged)
