"""What the service counts: requests and money, in all, by idempotency key and by content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Bill", "Counts", "Stats", "Tally"]


@attrs.define
class Counts:
    """How often each thing happened.

    Args:
        uploads: Pictures and clips that were uploaded.
        submits: Submits that were read, whatever became of them.
        accepted: Jobs that came of them.
        polls: Questions about one job.
        fetches: Downloads that were begun.
        finds: Questions about a key.
        cancels: Cancels that were asked for.
        bills: Bills that stand; one that was taken back is not counted.
    """

    uploads: int = 0
    submits: int = 0
    accepted: int = 0
    polls: int = 0
    fetches: int = 0
    finds: int = 0
    cancels: int = 0
    bills: int = 0


@attrs.frozen(kw_only=True)
class Bill:
    """One charge that stands.

    Args:
        job: The job's id; empty for content that was refused before there was a job.
        key: The idempotency key it was submitted with.
        content: The hash of what was asked, key and queue left out.
        queue: The queue it went to.
        prompt: The prompt, for messages that people read.
        micros: The amount, in micro-units of a dollar.
    """

    job: str
    key: str
    content: str
    queue: str
    prompt: str
    micros: int


@attrs.frozen
class Stats:
    """The counts at one moment.

    Args:
        total: Of everything.
        by_key: By idempotency key.
        by_content: By the hash of what was asked.
        bills: The bills that stand, in the order in which the jobs were taken.
    """

    total: Counts
    by_key: Mapping[str, Counts]
    by_content: Mapping[str, Counts]
    bills: tuple[Bill, ...]

    @property
    def micros(self) -> int:
        """What everything cost, in micro-units of a dollar."""
        return sum(bill.micros for bill in self.bills)

    @property
    def bills_by_content(self) -> dict[str, int]:
        """How many bills stand for each content; all ones means nothing was paid for twice."""
        return {content: counts.bills for content, counts in self.by_content.items()}

    def to_json(self) -> dict[str, Any]:
        """Return the counts as JSON data."""
        return attrs.asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Stats:
        """Return the counts that ``to_json`` wrote, as ``GET /stats`` answers."""
        return cls(
            Counts(**data["total"]),
            {key: Counts(**counts) for key, counts in data["by_key"].items()},
            {key: Counts(**counts) for key, counts in data["by_content"].items()},
            tuple(Bill(**bill) for bill in data["bills"]),
        )


class Tally:
    """Counts while the service runs."""

    def __init__(self) -> None:
        self.total = Counts()
        self.by_key: dict[str, Counts] = {}
        self.by_content: dict[str, Counts] = {}

    def count(self, what: str, key: str = "", content: str = "") -> None:
        """Count one thing, by the name of its field in ``Counts``."""
        for counts in self._concerned(key, content):
            setattr(counts, what, getattr(counts, what) + 1)

    def stats(self, bills: Iterable[Bill]) -> Stats:
        """Return what was counted so far, together with the bills that stand."""
        copy = Tally()
        copy.total = attrs.evolve(self.total, bills=0)
        copy.by_key = {k: attrs.evolve(c, bills=0) for k, c in self.by_key.items()}
        copy.by_content = {k: attrs.evolve(c, bills=0) for k, c in self.by_content.items()}
        standing = tuple(bills)
        for bill in standing:
            copy.count("bills", bill.key, bill.content)
        return Stats(copy.total, copy.by_key, copy.by_content, standing)

    def _concerned(self, key: str, content: str) -> list[Counts]:
        found = [self.total]
        if key:
            found.append(self.by_key.setdefault(key, Counts()))
        if content:
            found.append(self.by_content.setdefault(content, Counts()))
        return found
