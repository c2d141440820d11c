"""From finished shots to the film on disk: joined, subtitled, recorded."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

from ministudio.contracts.events import EventKind
from ministudio.film.join import Chapter, FilmPart, join
from ministudio.film.record import record_text, run_record
from ministudio.film.subtitles import Spoken, cues_for, srt
from ministudio.studio.results import Film
from ministudio.values.files import write_whole
from ministudio.values.hashing import file_sha256

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from ministudio.film.join import FilmInfo
    from ministudio.film.subtitles import Cue
    from ministudio.plan.model import Plan, ShotPlan
    from ministudio.render.context import RenderContext
    from ministudio.render.results import RenderResult, ShotResult

__all__ = ["assemble"]


async def assemble(
    plan: Plan,
    result: RenderResult,
    target: Path,
    *,
    wanted: Collection[str] | None,
    context: RenderContext,
    versions: Mapping[str, str],
    started: float,
) -> Film:
    """Join the wanted shots into ``target``, with ``.srt`` and run record beside it.

    Raises:
        ArtifactError: When a clip cannot be joined or the film cannot be written.
    """
    shots = [s for s in result.shots if wanted is None or s.shot.id in wanted]
    context.emit(EventKind.FILM_JOINING, f"joining {len(shots)} shots into {target.name}")
    cues = cues_for([_spoken(shot) for shot in shots])
    info = await _join(plan, shots, cues, target)
    subtitles = target.with_suffix(".srt") if cues else None
    if subtitles:
        write_whole(subtitles, srt(cues))
    film = {
        "file": target.name,
        "subtitles": subtitles.name if subtitles else None,
        "sha256": await asyncio.to_thread(file_sha256, target),
        "seconds": round(info.seconds, 3),
        "size": str(info.size),
        "fps": float(info.fps),
    }
    record = run_record(
        plan,
        result,
        film=film,
        versions=versions,
        started=started,
        ended=context.clock(),
        notes=info.notes,
    )
    path = target.with_suffix(".json")
    write_whole(path, record_text(record))
    context.emit(EventKind.RUN_DONE, str(target), fraction=1.0)
    return Film(path=target, subtitles=subtitles, record=path, seconds=info.seconds, result=result)
