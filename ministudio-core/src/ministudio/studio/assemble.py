"""From finished shots to the film on disk: joined, subtitled, recorded."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from ministudio.contracts.events import EventKind
from ministudio.errors import SecretError
from ministudio.film.join import join
from ministudio.film.layout import lay_out
from ministudio.film.parts import FilmPart
from ministudio.film.record import record_text, run_record
from ministudio.film.subtitles import Cue, Line, SpokenShot, cue_sheet, hurried, srt
from ministudio.render.summing import By, sums
from ministudio.studio.joined import Joined, film_identity, recall, remember
from ministudio.studio.results import Film
from ministudio.studio.targets import record_beside
from ministudio.values.files import write_whole
from ministudio.values.hashing import file_sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from ministudio.film.parts import FilmInfo
    from ministudio.plan.model import Plan
    from ministudio.render.context import RenderContext
    from ministudio.render.results import RenderResult, ShotResult
    from ministudio.studio.usage import Meter
    from ministudio.values.redaction import Redactor

__all__ = ["assemble"]


async def assemble(
    plan: Plan,
    result: RenderResult,
    target: Path,
    *,
    wanted: Collection[str] | None,
    context: RenderContext,
    versions: Mapping[str, str],
    redactor: Redactor,
    started: float,
    meter: Meter,
) -> Film:
    """Join the wanted shots into ``target``, with ``.srt`` and run record beside it.

    Raises:
        ArtifactError: When a clip cannot be joined or the film cannot be written.
        SecretError: When a secret would have got into the record, which is then not written.
    """
    shots = [shot for shot in result.shots if wanted is None or shot.shot.id in wanted]
    joined = await _joined(plan, shots, target, context)
    info = joined.info
    places = _places(shots, info.starts, info.seconds)
    cues = _cues(shots, places, info.seconds)
    # Players take subtitles and record for the film's by the name, so none of an older film stays.
    subtitles = target.with_suffix(".srt")
    if cues:
        write_whole(subtitles, srt(cues))
    else:
        subtitles.unlink(missing_ok=True)
    costs = sums(context.journal.entries(context.run), By.FILM)
    record = run_record(
        plan,
        result,
        film={
            "file": target.name,
            "subtitles": subtitles.name if cues else None,
            "sha256": joined.sha256,
            "seconds": round(info.seconds, 3),
            "size": str(info.size),
            "fps": float(info.fps),
        },
        places=places,
        versions=versions,
        started=started,
        ended=context.clock(),
        notes=_notes(info, cues),
        usage=meter.read(
            store_bytes=context.store.total_size(), journal=context.journal.database.path
        ).to_json(),
        costs=costs,
    )
    path = record_beside(target)
    text = record_text(record)
    if redactor.contains(text):
        raise SecretError(
            f"a secret would have got into {path.name}, so it was not written",
            hint="the film is whole; tell the plugin's author what put it there",
        )
    write_whole(path, text)
    context.emit(EventKind.RUN_DONE, str(target), fraction=1.0, data={"money": record["money"]})
    return Film(
        path=target,
        subtitles=subtitles if cues else None,
        record=path,
        seconds=info.seconds,
        result=result,
        costs=costs,
    )


async def _joined(
    plan: Plan, shots: Sequence[ShotResult], target: Path, context: RenderContext
) -> Joined:
    """Join the shots, unless the film lies there as it would come out."""
    memory, identity = context.store.films, film_identity(plan, shots, target)
    if known := await asyncio.to_thread(recall, memory, identity, target):
        context.emit(EventKind.NOTICE, f"{target.name} is as it was joined")
        return known
    count = "1 shot" if len(shots) == 1 else f"{len(shots)} shots"
    context.emit(EventKind.FILM_JOINING, f"joining {count} into {target.name}")
    reel = await asyncio.to_thread(lay_out, _parts(shots))
    cues = _cues(shots, _places(shots, reel.starts, reel.seconds), reel.seconds)
    info = await _stoppable(
        lambda stop: join(
            reel,
            target,
            subtitles=cues,
            language=plan.language,
            metadata={"title": plan.title},
            should_stop=stop,
        )
    )
    sha256 = await asyncio.to_thread(file_sha256, target)
    return await asyncio.to_thread(remember, memory, identity, info, sha256)


def _parts(shots: Sequence[ShotResult]) -> list[FilmPart]:
    return [
        FilmPart(
            path=part.clip.path,
            title=f"shot {shot.shot.number} ({shot.shot.id})",
            scene=shot.shot.scene_title,
        )
        for shot in shots
        for part in shot.parts
    ]


def _places(
    shots: Sequence[ShotResult], begins: Sequence[float], seconds: float
) -> dict[str, tuple[float, float]]:
    """Where each shot begins and how long it is, in seconds, by its id."""
    starts = iter(zip(begins, [*begins[1:], seconds], strict=True))
    places = {}
    for shot in shots:
        times = [next(starts) for _ in shot.parts]
        places[shot.shot.id] = (times[0][0], times[-1][1] - times[0][0])
    return places


def _cues(
    shots: Sequence[ShotResult], places: Mapping[str, tuple[float, float]], seconds: float
) -> tuple[Cue, ...]:
    spoken = [SpokenShot(*places[shot.shot.id], _lines(shot)) for shot in shots]
    return cue_sheet(spoken, seconds)


def _lines(shot: ShotResult) -> list[Line]:
    story = shot.shot.story
    lines = [Line(story.narration)] if story.narration.strip() else []
    return lines + [Line(d.line, story.speakers[d.speaker]) for d in story.dialogue]


def _notes(info: FilmInfo, cues: Sequence[Cue]) -> list[str]:
    notes = [
        f"{'encoded anew' if part.picture else 'sound made'} to match the film: {part}"
        for part in info.normalised
    ]
    if fast := hurried(cues):
        notes.append(f"{len(fast)} subtitles go by faster than one reads with ease")
    return notes


async def _stoppable(work: Callable[[Callable[[], bool]], FilmInfo]) -> FilmInfo:
    """Run blocking work in a thread that is told to stop when the task is cancelled."""
    stop = threading.Event()
    task = asyncio.ensure_future(asyncio.to_thread(work, stop.is_set))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait({task})
        raise
