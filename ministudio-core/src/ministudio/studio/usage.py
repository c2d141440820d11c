"""What a run takes of this machine: time, processor, memory and disk."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Meter", "Usage"]


@attrs.frozen(kw_only=True)
class Usage:
    """What a run took.

    Args:
        wall_seconds: How long it took, joining included.
        cpu_seconds: Processor time of this process, and of its children that have ended.
        peak_memory_bytes: The most memory this process ever held; None where nobody can say.
        peak_child_memory_bytes: The most that one of its children held; None likewise.
        store_bytes: Size of all finished takes in the workspace.
        journal_bytes: Size of the workspace's journal, with its write-ahead log.
    """

    wall_seconds: float
    cpu_seconds: float
    peak_memory_bytes: int | None
    peak_child_memory_bytes: int | None
    store_bytes: int
    journal_bytes: int

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON data."""
        return attrs.asdict(self)


class Meter:
    """Begins to measure when it is made."""

    def __init__(self) -> None:
        self._wall = time.monotonic()
        self._cpu = _cpu_seconds()

    def read(self, *, store_bytes: int, journal: Path) -> Usage:
        """Return what has been taken since then.

        Args:
            store_bytes: Size of the finished takes.
            journal: The journal's file.
        """
        own, children = _peaks()
        files = (journal, journal.with_name(f"{journal.name}-wal"))
        return Usage(
            wall_seconds=round(time.monotonic() - self._wall, 3),
            cpu_seconds=round(_cpu_seconds() - self._cpu, 3),
            peak_memory_bytes=own,
            peak_child_memory_bytes=children,
            store_bytes=store_bytes,
            journal_bytes=sum(file.stat().st_size for file in files if file.exists()),
        )


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peaks() -> tuple[int | None, int | None]:
    try:
        from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage  # noqa: PLC0415 - POSIX only
    except ImportError:
        return None, None
    # Linux counts in kibibytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return getrusage(RUSAGE_SELF).ru_maxrss * unit, getrusage(RUSAGE_CHILDREN).ru_maxrss * unit
