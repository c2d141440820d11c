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
) -> tuple[int, int | None]:
    """Return the number of the take to be made, or to be found, and a seed that is not derived.

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
    takes = sorted(
        (take for take in known.values() if take.key == _key(way, request, take)),
        key=lambda take: take.number,
    )
    if is_open := [take for take in takes if take.state.open]:
        return _found(request, is_open[0])
    if fresh:
        last = max((take.number for take in known.values()), default=0)
        own = [take for take in takes if take.run == run and _worth_keeping(take)]
        return _found(request, own[-1]) if own else (last + 1, seed)
    if stored := [take for take in takes if take.state is TakeState.STORED]:
        return _found(request, stored[-1])
    spent = {take.number for take in takes if not _worth_keeping(take)}
    return next(number for number in range(1, len(spent) + 2) if number not in spent), None


def _key(way: Alternative, request: ClipRequest, take: Take) -> str:
    """The key that a take has if it is one of this request, whoever chose its seed."""
    return take_key(way, numbered(request, take.number, take.asked.get("seed")), take.number)


def _found(request: ClipRequest, take: Take) -> tuple[int, int | None]:
    seed = take.asked.get("seed")
    derived = numbered(request, take.number).seed
    return take.number, None if seed == derived else seed


def _worth_keeping(take: Take) -> bool:
    return not (take.state is TakeState.REFUSED and take.charged)
