"""What a finished film is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import attrs

from ministudio.render.results import RenderResult
from ministudio.render.summing import Sum

__all__ = ["Film"]


@attrs.frozen(kw_only=True)
class Film:
    """A finished film and what lies beside it.

    Args:
        path: The film.
        subtitles: The subtitles as a file of their own; None where nothing is spoken.
        record: The run record.
        seconds: The film's length.
        result: Every shot as it was made.
        costs: What the run that made it cost, in each currency; empty where nothing was paid.
    """

    path: Path
    subtitles: Path | None
    record: Path
    seconds: float
    # Python's own runner takes the text of what it returns, and that of a long film takes a while.
    result: RenderResult = attrs.field(repr=False)
    costs: Sequence[Sum] = ()
