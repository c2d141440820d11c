"""A job at a provider: its handle, its states, what finding or cancelling it answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import attrs

from ministudio.errors import ProviderError

__all__ = [
    "Absent",
    "Cancel",
    "Found",
    "JobHandle",
    "JobState",
    "JobStatus",
    "Unknowable",
]


@attrs.frozen(kw_only=True)
class JobHandle:
    """All that is needed to find a job again from any process: plain JSON, no secret.

    Args:
        provider: The provider's name.
        model: The model's id.
        id: The job's id at the provider, complete.
        data: What else the provider needs to poll and fetch; JSON scalars, lists and mappings.
        v: Version of this form.
    """

    provider: str
    model: str
    id: str
    data: Mapping[str, Any] = attrs.field(factory=dict)
    v: int = 1

    def to_json(self) -> dict[str, Any]:
        """Return the handle as plain JSON data."""
        return {
            "v": self.v,
            "provider": self.provider,
            "model": self.model,
            "id": self.id,
            "data": dict(self.data),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> JobHandle:
        """Return the handle that ``to_json`` wrote.

        Raises:
            ValueError: When the data is of a newer form, or is no handle.
        """
        try:
            if data["v"] != 1:
                raise ValueError(f"job handle of form {data['v']}: written by a newer MiniStudio")
            return cls(
                provider=data["provider"],
                model=data["model"],
                id=data["id"],
                data=dict(data["data"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("this is no job handle") from error


class JobState(StrEnum):
    """Where a job is; the last three are ends."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self in {JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED}


@attrs.frozen(kw_only=True)
class JobStatus:
    """What a poll found.

    Args:
        state: Where the job is.
        progress: Fraction done, 0 to 1, where the provider says.
        eta: Seconds still to go, where the provider says.
        expires_at: When the result will be gone.
        error: Why it failed.
        charged: Whether it cost money; None when the provider does not say.
    """

    state: JobState
    progress: float | None = None
    eta: float | None = None
    expires_at: datetime | None = None
    error: ProviderError | None = None
    charged: bool | None = None


@attrs.frozen
class Found:
    """The provider has the job."""

    job: JobHandle


@attrs.frozen
class Absent:
    """The provider is sure that it never took the job."""


@attrs.frozen
class Unknowable:
    """The provider cannot say whether it took the job."""


class Cancel(StrEnum):
    """What asking for a cancel came to; only a poll ends a job."""

    REQUESTED = "requested"
    TOO_LATE = "too_late"
    UNSUPPORTED = "unsupported"
