"""The states of a take, and which may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import attrs

from ministudio.contracts.clips import Clip
from ministudio.contracts.jobs import JobHandle
from ministudio.contracts.specs import Billing

__all__ = ["FOLLOWS", "Take", "TakeState"]


class TakeState(StrEnum):
    """Where a take is between being planned and lying in the store."""

    PLANNED = "planned"
    RESERVED = "reserved"
    SUBMITTING = "submitting"
    SUBMITTED = "submitted"
    RUNNING = "running"
    READY = "ready"
    STORED = "stored"
    REFUSED = "refused"
    FAILED = "failed"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"

    @property
    def open(self) -> bool:
        """Whether a job may exist at the provider: nothing else may be submitted for its slot."""
        return self in _OPEN


_OPEN = {
    TakeState.SUBMITTING,
    TakeState.SUBMITTED,
    TakeState.RUNNING,
    TakeState.READY,
    TakeState.UNKNOWN,
    TakeState.CANCELLING,
}

_S = TakeState
FOLLOWS: Final[Mapping[TakeState, frozenset[TakeState]]] = {
    _S.PLANNED: frozenset({_S.RESERVED, _S.SUBMITTING, _S.STORED, _S.FAILED, _S.REFUSED}),
    _S.RESERVED: frozenset({_S.SUBMITTING, _S.CANCELLED}),
    _S.SUBMITTING: frozenset({_S.SUBMITTED, _S.STORED, _S.REFUSED, _S.FAILED, _S.UNKNOWN}),
    _S.SUBMITTED: frozenset(
        {_S.RUNNING, _S.READY, _S.REFUSED, _S.FAILED, _S.EXPIRED, _S.CANCELLING, _S.CANCELLED}
    ),
    _S.RUNNING: frozenset(
        {_S.RUNNING, _S.READY, _S.REFUSED, _S.FAILED, _S.EXPIRED, _S.CANCELLING, _S.CANCELLED}
    ),
    _S.READY: frozenset({_S.STORED, _S.REFUSED, _S.FAILED, _S.EXPIRED}),
    _S.STORED: frozenset({_S.READY, _S.PLANNED}),
    _S.REFUSED: frozenset({_S.PLANNED}),
    _S.FAILED: frozenset({_S.PLANNED}),
    _S.UNKNOWN: frozenset({_S.SUBMITTED, _S.PLANNED, _S.REFUSED, _S.FAILED, _S.STORED, _S.UNKNOWN}),
    _S.EXPIRED: frozenset({_S.PLANNED}),
    _S.CANCELLING: frozenset({_S.CANCELLED, _S.READY, _S.REFUSED, _S.FAILED, _S.EXPIRED}),
    _S.CANCELLED: frozenset({_S.PLANNED}),
}
"""Which state may follow which.

``planned`` again means a fresh attempt; after ``unknown`` only on the user's word, or on the
provider's that there is no job. ``ready`` after ``stored`` means that the stored file is lost and
the job's result is fetched once more.
"""


@attrs.frozen(kw_only=True)
class Take:
    """One attempt to make one clip, as the journal knows it.

    Args:
        key: The take's identity.
        intent: The identity of what the shot is to show, whoever makes it.
        shot: The shot's id.
        part: Which part of the shot, from 1.
        provider: The provider's name.
        model: The model's id.
        billing: Whether it costs money.
        asked: What was asked, as plain JSON.
        state: Where it is.
        idempotency_key: Minted before ``submit`` was called.
        submitted_at: When ``submit`` was called, in seconds since the epoch.
        handle: The job, once the provider has named it.
        clip: The finished clip, once it is stored.
        charged: Whether the attempt cost money; None while nobody can say.
        error: What went wrong, in one line.
        film: The film it is for: its file within the workspace, or its title.
        run: The run that ordered it last.
        number: Which take of the shot by this model it is, from 1.
        wish: The identity of what the shot is to show, whatever it begins with.
    """

    key: str
    intent: str
    shot: str
    part: int
    provider: str
    model: str
    billing: Billing
    asked: Mapping[str, Any] = attrs.field(factory=dict)
    state: TakeState = TakeState.PLANNED
    idempotency_key: str = ""
    submitted_at: float | None = None
    handle: JobHandle | None = None
    clip: Clip | None = None
    charged: bool | None = None
    error: str = ""
    film: str = ""
    run: str = ""
    number: int = 1
    wish: str = ""
