"""What a finished film is."""

from __future__ import annotations

from pathlib import Path

import attrs

from ministudio.render.results import RenderResult

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
    """

    path: Path
    subtitles: Path | None
    record: Path
    seconds: float
    result: RenderResult
