"""Faults as replies: those that stand in for an answer, and those that spoil one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio.testing.simulator.exchange import Reply, said
from ministudio.testing.simulator.faults import FaultKind
from ministudio.testing.simulator.wire import ErrorView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.testing.simulator.faults import Fault
    from ministudio.testing.simulator.wire import Wire

__all__ = ["instead", "spoilt"]

_PAGE: Final = b"<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>"
_SLOW: Final = 0.2

_NO: Final[Mapping[FaultKind, ErrorView]] = {
    FaultKind.BUSY: ErrorView(status=429, code="busy", message="too many requests"),
    FaultKind.BROKEN: ErrorView(status=500, code="internal", message="something broke"),
    # The one server error that says what it means for a submit: nothing was taken.
    FaultKind.OVERLOADED: ErrorView(
        status=503, code="overloaded", message="no machine is free", accepted=False
    ),
    FaultKind.NO_KEY: ErrorView(status=401, code="key", message="the key is missing or wrong"),
    FaultKind.NO_MONEY: ErrorView(status=402, code="balance", message="the balance is used up"),
    FaultKind.FORBIDDEN: ErrorView(
        status=403, code="forbidden", message="this key may not do that"
    ),
    FaultKind.RETIRED: ErrorView(
        status=410, code="retired", message="this model has retired", replacement="sim-1"
    ),
    FaultKind.TOO_LATE: ErrorView(status=409, code="too_late", message="it is too late to cancel"),
    FaultKind.UNKNOWABLE: ErrorView(
        status=501, code="unknowable", message="this service cannot look jobs up by key"
    ),
}
_INSTEAD: Final[Mapping[FaultKind, Reply]] = {
    FaultKind.HANG: Reply(200, silent=True),
    FaultKind.DROP: Reply(200, dropped=True),
    FaultKind.HTML: Reply(200, _PAGE, kind="text/html"),
}
_AFTER: Final[Mapping[FaultKind, FaultKind]] = {
    FaultKind.BROKEN_AFTER: FaultKind.BROKEN,
    FaultKind.HANG_AFTER: FaultKind.HANG,
    FaultKind.DROP_AFTER: FaultKind.DROP,
}


def instead(fault: Fault, wire: Wire) -> Reply | None:
    """Return the reply that is given instead of doing anything, for faults of that sort."""
    if fault.kind is FaultKind.ABSENT:
        return said(wire.listing(()))
    if (trouble := _NO.get(fault.kind)) is None:
        return _INSTEAD.get(fault.kind)
    if fault.kind in {FaultKind.BUSY, FaultKind.OVERLOADED}:
        trouble = attrs.evolve(trouble, retry_after=fault.seconds)
    return wire.error(trouble)


def spoilt(fault: Fault, reply: Reply, wire: Wire) -> Reply:
    """Return what becomes of the reply to a request that was carried out."""
    if fault.kind is FaultKind.SLOW:
        return attrs.evolve(reply, delay=_SLOW if fault.seconds is None else fault.seconds)
    if fault.kind is FaultKind.CUT_OFF:
        return attrs.evolve(reply, cut=True)
    if fault.kind is FaultKind.EMPTY:
        return reply.with_body(lambda _: b"")
    if fault.kind is FaultKind.TRUNCATED:
        return reply.with_body(lambda body: body[: len(body) // 2])
    if fault.kind in _AFTER:
        return instead(attrs.evolve(fault, kind=_AFTER[fault.kind], at=None), wire) or reply
    return reply
