"""Faults as replies: those that stand in for an answer, and those that spoil one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio.testing.simulator.exchange import Reply, failed, said
from ministudio.testing.simulator.faults import FaultKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.testing.simulator.faults import Fault

__all__ = ["instead", "spoilt"]

_PAGE: Final = b"<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>"
_SLOW: Final = 0.2

_INSTEAD: Final[Mapping[FaultKind, Reply]] = {
    FaultKind.BROKEN: failed(500, "internal", "something broke"),
    FaultKind.HANG: Reply(200, silent=True),
    FaultKind.DROP: Reply(200, dropped=True),
    FaultKind.NO_KEY: failed(401, "key", "the key is missing or wrong"),
    FaultKind.NO_MONEY: failed(402, "balance", "the balance is used up"),
    FaultKind.FORBIDDEN: failed(403, "forbidden", "this key may not do that"),
    FaultKind.RETIRED: failed(410, "retired", "this model has retired", replacement="sim-1"),
    FaultKind.HTML: Reply(200, _PAGE, kind="text/html"),
    FaultKind.TOO_LATE: failed(409, "too_late", "it is too late to cancel"),
    FaultKind.ABSENT: said({"jobs": []}),
    FaultKind.UNKNOWABLE: failed(501, "unknowable", "this service cannot look jobs up by key"),
}
_AFTER: Final[Mapping[FaultKind, Reply]] = {
    FaultKind.BROKEN_AFTER: _INSTEAD[FaultKind.BROKEN],
    FaultKind.HANG_AFTER: _INSTEAD[FaultKind.HANG],
    FaultKind.DROP_AFTER: _INSTEAD[FaultKind.DROP],
}


def instead(fault: Fault) -> Reply | None:
    """Return the reply that is given instead of doing anything, for faults of that sort."""
    wait = {} if fault.seconds is None else {"retry_after": f"{fault.seconds:g}"}
    if fault.kind is FaultKind.BUSY:
        return failed(429, "busy", "too many requests", **wait)
    if fault.kind is FaultKind.OVERLOADED:
        # The one server error that says what it means for a submit: nothing was taken.
        return failed(503, "overloaded", "no machine is free", accepted=False, **wait)
    return _INSTEAD.get(fault.kind)


def spoilt(fault: Fault, reply: Reply) -> Reply:
    """Return what becomes of the reply to a request that was carried out."""
    if fault.kind is FaultKind.SLOW:
        return attrs.evolve(reply, delay=_SLOW if fault.seconds is None else fault.seconds)
    if fault.kind is FaultKind.CUT_OFF:
        return attrs.evolve(reply, cut=True)
    if fault.kind is FaultKind.EMPTY:
        return reply.with_body(lambda _: b"")
    if fault.kind is FaultKind.TRUNCATED:
        return reply.with_body(lambda body: body[: len(body) // 2])
    return _AFTER.get(fault.kind, reply)
