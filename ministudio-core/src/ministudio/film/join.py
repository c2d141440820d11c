"""Joining clips into one film, packet by packet."""

from __future__ import annotations

import errno
import heapq
from fractions import Fraction
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import av

from ministudio.errors import ArtifactError, Stopped
from ministudio.film.languages import UNDETERMINED, three_letter_code
from ministudio.film.layout import lay_out, scene_chapters
from ministudio.film.parts import FilmInfo, Reel
from ministudio.film.picture import PictureTrack
from ministudio.film.sound import SoundTrack
from ministudio.film.titles import SubtitleTrack
from ministudio.media.codecs import Quality
from ministudio.media.encode import open_mp4
from ministudio.media.probe import probe
from ministudio.values.files import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from av.container import OutputContainer
    from av.packet import Packet

    from ministudio.contracts.clips import Progress
    from ministudio.film.parts import Chapter, FilmPart
    from ministudio.film.subtitles import Cue

__all__ = ["METADATA_KEYS", "join"]

METADATA_KEYS: Final = frozenset(
    {"title", "artist", "album", "comment", "copyright", "description", "genre", "synopsis"}
)
"""What an MP4 can say about itself; other keys would be dropped in silence."""

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def join(
    parts: Sequence[FilmPart] | Reel,
    target: Path,
    *,
    subtitles: Sequence[Cue] = (),
    language: str = UNDETERMINED,
    chapters: Sequence[Chapter] | None = None,
    metadata: Mapping[str, str] | None = None,
    quality: Quality | None = None,
    progress: Progress | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> FilmInfo:
    """Join clips into one MP4: H.264, stereo AAC, subtitles and chapters, index in front.

    Clips that match are copied, packet by packet; the others are brought to the film's format
    on the way, and ``FilmInfo.normalised`` says which and why. The same input gives the same
    bytes. Memory does not grow with the film. The film appears under its name when it is whole,
    and not at all when anything fails.

    Args:
        parts: The clips in order, or the reel they were laid out on already.
        target: The film to write; an existing one is replaced.
        subtitles: The cues of the subtitle track, in order; without any there is no track.
        language: Their language, as a BCP 47 tag such as ``en-GB``.
        chapters: The chapters; by default one for each scene.
        metadata: What the file says about itself, by the names in ``METADATA_KEYS``.
        quality: How hard the encoder tries for the clips that must be encoded.
        progress: Told how far it is.
        should_stop: Asked between packets; when it says yes, nothing is written.

    Raises:
        ArtifactError: When a part is not a whole clip, or the film cannot be written.
        Stopped: When ``should_stop`` said so.
        ValueError: When the metadata has a name an MP4 has no place for.
    """
    if unknown := sorted(set(metadata or {}) - METADATA_KEYS):
        raise ValueError(f"an MP4 has no place for {', '.join(unknown)}")
    reel = parts if isinstance(parts, Reel) else lay_out(parts)
    marks = scene_chapters(reel) if chapters is None else tuple(chapters)
    try:
        with whole_file(target) as part:
            with open_mp4(part) as container:
                container.metadata.update(metadata or {})
                _set_chapters(container, marks, reel)
                tracks = [PictureTrack(container, reel, quality or Quality()).packets()]
                tracks.append(SoundTrack(container, reel).packets())
                if subtitles:
                    code = three_letter_code(language)
                    tracks.append(SubtitleTrack(container, subtitles, code).packets())
                _write(container, tracks, reel, progress, should_stop)
            _check(part, reel)
    except (av.FFmpegError, OSError) as error:
        raise _unwritable(target, error) from error
    return FilmInfo(
        path=target,
        seconds=reel.seconds,
        frames=reel.frames,
        fps=reel.format.fps,
        size=reel.format.size,
        starts=reel.starts,
        normalised=reel.normalised,
        subtitles=len(subtitles),
        chapters=marks,
    )


def _write(
    container: OutputContainer,
    tracks: Sequence[Iterator[tuple[float, Packet[Any]]]],
    reel: Reel,
    progress: Progress | None,
    should_stop: Callable[[], bool] | None,
) -> None:
    """Write all packets in the order of their times, so that none waits long in memory."""
    percent = -1
    for second, packet in heapq.merge(*tracks, key=itemgetter(0)):
        if should_stop is not None and should_stop():
            raise Stopped("joining was stopped; no film was written", hint="join again")
        container.mux_one(packet)
        if progress is not None and int(second / reel.seconds * 100) > percent:
            percent = min(100, int(second / reel.seconds * 100))
            progress(percent / 100, "joining")


def _set_chapters(container: OutputContainer, chapters: Sequence[Chapter], reel: Reel) -> None:
    ends = [*(chapter.start for chapter in chapters), reel.seconds][1:]
    container.set_chapters(
        [
            {
                "id": number,
                "start": round(chapter.start * 1000),
                "end": round(end * 1000),
                "time_base": Fraction(1, 1000),
                "metadata": {"title": chapter.title},
            }
            for number, (chapter, end) in enumerate(zip(chapters, ends, strict=True))
        ]
    )


def _check(part: Path, reel: Reel) -> None:
    """Look at the film before it gets its name."""
    written = probe(part)
    if (written.frames, written.size) != (reel.frames, reel.format.size):
        raise ArtifactError(
            f"the joined film has {written.frames} frames of {written.size}, "
            f"not {reel.frames} of {reel.format.size}",
            hint="this is a fault in MiniStudio; please report it with the clips' formats",
        )


def _unwritable(target: Path, error: Exception) -> ArtifactError:
    number = getattr(error, "errno", None)
    if number in _NO_ROOM:
        hint = "make room on the disk, or write the film elsewhere; the clips are kept"
    elif isinstance(error, PermissionError):
        hint = "name a folder that can be written; the clips are kept"
    else:
        hint = "look at the folder and the disk, then join again; the clips are kept"
    reason = getattr(error, "strerror", None) or str(error)
    return ArtifactError(f"{target} cannot be written: {reason}", hint=hint)
