"""What can go wrong at the simulated service, and how a prompt asks for it.

Words in a prompt that begin with ``sim:`` are orders to the simulator::

    sim:KIND [=SECONDS] [xTIMES] [@OPERATION] [/QUEUE] [+charged | +free]     (without the spaces)

    The dog barks. sim:429x2              the first two submits are turned away
    The dog barks. sim:429=0.5x2          the same, with "Retry-After: 0.5"
    The dog barks. sim:500@poll           one poll is answered with 500
    The dog barks. sim:refusex*/a         refused for ever in queue a; queue b takes it
    The dog barks. sim:fail+charged       fails half-way, and costs money all the same
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FAULTS", "FOR_EVER", "Fault", "FaultKind", "Operation", "faults_in"]

FOR_EVER: Final = 0
"""As ``times``: the fault never wears off; ``x*`` in a prompt."""


class Operation(StrEnum):
    """What a client may ask of the service."""

    UPLOAD = "upload"
    SUBMIT = "submit"
    POLL = "poll"
    FETCH = "fetch"
    FIND = "find"
    CANCEL = "cancel"


class FaultKind(StrEnum):
    """What goes wrong; ``FAULTS`` says where each strikes by default."""

    SLOW = "slow"
    BUSY = "429"
    BROKEN = "500"
    OVERLOADED = "503"
    HANG = "hang"
    DROP = "drop"
    BROKEN_AFTER = "500-after"
    HANG_AFTER = "hang-after"
    DROP_AFTER = "drop-after"
    NO_KEY = "401"
    FORBIDDEN = "403"
    NO_MONEY = "402"
    RETIRED = "retired"
    HTML = "html"
    REFUSE = "refuse"
    REFUSE_LATE = "refuse-late"
    FAIL = "fail"
    TAKES = "takes"
    STUCK = "stuck"
    FORGET = "forget"
    TOO_LATE = "too-late"
    CANCEL_RACE = "cancel-race"
    EXPIRE = "expire"
    GONE = "gone"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    CUT_OFF = "cut-off"
    WRONG_SIZE = "wrong-size"
    WRONG_LENGTH = "wrong-length"
    ABSENT = "absent"
    UNKNOWABLE = "unknowable"


_SUBMIT, _ANY = {Operation.SUBMIT}, set(Operation)
_FETCH, _FIND, _CANCEL = {Operation.FETCH}, {Operation.FIND}, {Operation.CANCEL}

FAULTS: Final[Mapping[FaultKind, tuple[Operation, set[Operation]]]] = {
    **dict.fromkeys(
        (
            *(FaultKind.SLOW, FaultKind.BUSY, FaultKind.BROKEN, FaultKind.OVERLOADED),
            *(FaultKind.HANG, FaultKind.DROP, FaultKind.BROKEN_AFTER, FaultKind.HANG_AFTER),
            *(FaultKind.DROP_AFTER, FaultKind.NO_KEY, FaultKind.FORBIDDEN, FaultKind.NO_MONEY),
        ),
        (Operation.SUBMIT, _ANY),
    ),
    **dict.fromkeys(
        (
            *(FaultKind.RETIRED, FaultKind.REFUSE, FaultKind.REFUSE_LATE, FaultKind.FAIL),
            *(FaultKind.TAKES, FaultKind.STUCK, FaultKind.CANCEL_RACE),
        ),
        (Operation.SUBMIT, _SUBMIT),
    ),
    FaultKind.HTML: (Operation.FETCH, _ANY),
    FaultKind.FORGET: (Operation.POLL, {Operation.POLL, *_FETCH, *_FIND, *_CANCEL}),
    FaultKind.TOO_LATE: (Operation.CANCEL, _CANCEL),
    **dict.fromkeys(
        (
            *(FaultKind.EXPIRE, FaultKind.GONE, FaultKind.EMPTY, FaultKind.TRUNCATED),
            *(FaultKind.CUT_OFF, FaultKind.WRONG_SIZE, FaultKind.WRONG_LENGTH),
        ),
        (Operation.FETCH, _FETCH),
    ),
    FaultKind.ABSENT: (Operation.FIND, _FIND),
    FaultKind.UNKNOWABLE: (Operation.FIND, _FIND),
}
"""Where each kind strikes unless told otherwise, and where it can."""


@attrs.frozen
class Fault:
    """One thing that goes wrong, and how often.

    Args:
        kind: What goes wrong.
        times: How often, ``FOR_EVER`` for always.
        at: The operation it strikes at; the kind's own by default.
        seconds: How late, how long, or what ``Retry-After`` says; what depends on the kind.
        charged: For refusals and failures: whether they cost money; the terms decide if None.
        prompt: Only requests with this text in their prompt.
        nth: Only the job of the service's nth submit, counted from 1.
        queue: Only requests in this queue.

    Raises:
        ValueError: When there is no such kind or operation, or the kind cannot strike there.
    """

    kind: FaultKind = attrs.field(converter=FaultKind)
    times: int = 1
    at: Operation | None = attrs.field(
        default=None, converter=attrs.converters.optional(Operation), kw_only=True
    )
    seconds: float | None = attrs.field(default=None, kw_only=True)
    charged: bool | None = attrs.field(default=None, kw_only=True)
    prompt: str = attrs.field(default="", kw_only=True)
    nth: int | None = attrs.field(default=None, kw_only=True)
    queue: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.at is not None and self.at not in FAULTS[self.kind][1]:
            allowed = ", ".join(sorted(FAULTS[self.kind][1]))
            raise ValueError(f"{self.kind.value!r} strikes at {allowed}, not at {self.at.value!r}")

    @property
    def operation(self) -> Operation:
        """Where it strikes."""
        return self.at or FAULTS[self.kind][0]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Fault:
        """Return the fault that a JSON object describes, by the names of the fields.

        Raises:
            ValueError: When it describes none.
        """
        try:
            return cls(**data)
        except TypeError as error:
            raise ValueError(f"this is no fault: {error}") from error


_WORD = re.compile(
    r"\bsim:(?P<kind>\d{3}(?:-after)?|[a-z]+(?:-[a-z]+)*?)"
    r"(?:=(?P<seconds>\d+(?:\.\d+)?))?(?:x(?P<times>\d+|\*))?(?:@(?P<at>[a-z]+))?"
    r"(?:/(?P<queue>[a-z]+))?(?:\+(?P<money>charged|free))?(?=[\s.,;:!?)\"'\]]|$)"
)
_BEGINS = re.compile(r"\bsim:(\S+)")


def faults_in(prompt: str) -> tuple[Fault, ...]:
    """Return the faults that a prompt asks for, in its order.

    Raises:
        ValueError: When a word that begins with ``sim:`` is none of the grammar.
    """
    if "sim:" not in prompt:
        return ()
    found = [_fault(match) for match in _WORD.finditer(prompt)]
    begun = _BEGINS.findall(prompt)
    if len(found) < len(begun):
        read = {match.start() for match in _WORD.finditer(prompt)}
        odd = next(m[0] for m in _BEGINS.finditer(prompt) if m.start() not in read)
        raise ValueError(f"{odd!r} is no fault; see ministudio.testing.simulator.faults")
    return tuple(found)


def _fault(match: re.Match[str]) -> Fault:
    times = match["times"] or "1"
    return Fault(
        match["kind"],
        FOR_EVER if times == "*" else int(times),
        at=match["at"],
        seconds=float(match["seconds"]) if match["seconds"] else None,
        charged={"charged": True, "free": False}.get(match["money"]),
        queue=match["queue"],
    )
