"""What the service remembers: jobs, by id and by key, uploads, and bills for refused content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ministudio.testing.simulator.jobs import Job
from ministudio.testing.simulator.script import Asked
from ministudio.testing.simulator.tally import Bill, Counts, Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.testing.simulator.terms import Terms

__all__ = ["Register"]


class Register:
    """The service's memory, which a restart may keep or lose."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.jobs: dict[str, Job] = {}
        self.asked: dict[str, Asked] = {}
        self.refusals: list[Bill] = []
        self.uploads: set[str] = set()
        self._by_key: dict[tuple[str, str], list[Job]] = {}

    def add(self, job: Job) -> None:
        """Keep a job that was taken."""
        self.jobs[job.id] = job
        self._by_key.setdefault((job.asked.key, job.asked.queue), []).append(job)

    def with_key(self, key: str, queue: str) -> list[Job]:
        """Return the jobs with a key in a queue that are not forgotten, the oldest first."""
        return [job for job in self._by_key.get((key, queue), []) if key and not job.forgotten]

    def bills(self, now: float) -> list[Bill]:
        """Return the bills that stand, forgotten jobs included."""
        return [*self.refusals, *(job.bill() for job in self.jobs.values() if job.charged(now))]

    def forget(self) -> None:
        """Forget every job and upload, as a service does whose disk is lost; bills stand."""
        self.uploads.clear()
        for job in self.jobs.values():
            job.forgotten = True

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON data."""
        # The terms belong to the service that reads this, and hold its key.
        keep = attrs.filters.exclude("terms")
        return {
            "jobs": [attrs.asdict(job, filter=keep) for job in self.jobs.values()],
            "asked": [attrs.asdict(asked) for asked in self.asked.values()],
            "refusals": [attrs.asdict(bill) for bill in self.refusals],
            "uploads": sorted(self.uploads),
            "total": attrs.asdict(self.tally.total),
            "by_key": {key: attrs.asdict(c) for key, c in self.tally.by_key.items()},
            "by_content": {key: attrs.asdict(c) for key, c in self.tally.by_content.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], terms: Terms) -> Register:
        """Return what ``to_json`` wrote, under terms that may be new."""
        register = cls()
        for job in data["jobs"]:
            register.add(Job.from_json(job, terms))
        register.asked = {asked["key"]: Asked(**asked) for asked in data["asked"]}
        register.refusals = [Bill(**bill) for bill in data["refusals"]]
        register.uploads = set(data["uploads"])
        register.tally.total = Counts(**data["total"])
        register.tally.by_key = {key: Counts(**c) for key, c in data["by_key"].items()}
        register.tally.by_content = {key: Counts(**c) for key, c in data["by_content"].items()}
        return register
