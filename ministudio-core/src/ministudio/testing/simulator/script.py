"""Which fault strikes when: rules given from outside, and those that stand in the prompts."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.testing.simulator.faults import FOR_EVER, Fault, FaultKind, Operation, faults_in

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Asked", "Script"]

_OF_JOBS: Final = {
    *(FaultKind.TAKES, FaultKind.STUCK, FaultKind.FAIL),
    *(FaultKind.REFUSE_LATE, FaultKind.CANCEL_RACE),
}
_in_prompt = functools.lru_cache(maxsize=4096)(faults_in)


@attrs.frozen(kw_only=True)
class Asked:
    """What one submit asked for.

    Args:
        number: Which submit of the service it was, counted from 1.
        key: Its idempotency key; empty if it had none.
        queue: The queue it went to.
        content: The hash of what it asked for.
        prompt: The text of the prompt.
        seed: The seed, where it gave one.
    """

    number: int
    key: str
    queue: str
    content: str
    prompt: str = ""
    seed: int | None = None


class Script:
    """The faults still to come; each wears off after its number of times.

    Faults in prompts are counted by prompt, so a second attempt at a shot finds them worn off,
    be it with a new seed or in another queue.
    """

    def __init__(self) -> None:
        self._rules: list[Fault] = []
        self._worn: Counter[object] = Counter()

    def add(self, fault: Fault) -> None:
        """Add a rule; of several that match, the one added first strikes."""
        self._rules.append(fault)

    def clear(self) -> None:
        """Forget every rule, and how far those in prompts have worn off."""
        self._rules.clear()
        self._worn.clear()

    def strike(self, operation: Operation, asked: Asked | None) -> Fault | None:
        """Return the fault that strikes now, if any, and wear it off by one."""
        for mark, fault in self._matching(operation, asked):
            if fault.kind not in _OF_JOBS:
                self._worn[mark] += 1
                return fault
        return None

    def fate(self, asked: Asked) -> tuple[Fault, ...]:
        """Return what is going to happen to a job that has just been taken."""
        struck = []
        for mark, fault in self._matching(Operation.SUBMIT, asked):
            if fault.kind in _OF_JOBS:
                self._worn[mark] += 1
                struck.append(fault)
        return tuple(struck)

    def _matching(
        self, operation: Operation, asked: Asked | None
    ) -> Iterator[tuple[object, Fault]]:
        everything: list[tuple[object, Fault]] = list(enumerate(self._rules))
        if asked is not None:
            said = _in_prompt(asked.prompt)
            everything += [((asked.prompt, at), fault) for at, fault in enumerate(said)]
        for mark, fault in everything:
            left = fault.times == FOR_EVER or self._worn[mark] < fault.times
            if left and fault.operation is operation and _concerns(fault, asked):
                yield mark, fault


def _concerns(fault: Fault, asked: Asked | None) -> bool:
    if asked is None:
        return not fault.prompt and fault.nth is None and fault.queue is None
    return (
        fault.prompt in asked.prompt
        and fault.nth in {None, asked.number}
        and fault.queue in {None, asked.queue}
    )
