"""Deciding what a film will be: its format, where each part stands, what must be encoded anew."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeVar

from ministudio.errors import ArtifactError
from ministudio.film.parts import Chapter, FilmFormat, Place, Reel
from ministudio.media.codecs import aac_parameters
from ministudio.media.h264 import ParameterSets
from ministudio.media.probe import probe
from ministudio.values.frames import Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ministudio.film.parts import FilmPart
    from ministudio.media.info import AudioTrack, MediaInfo, VideoTrack

__all__ = ["arrange", "lay_out", "scene_chapters"]

_SAMPLE_RATES: Final = (48_000, 44_100)
_FULL_RANGE: Final = 2
_FASTEST: Final = 120

Key = TypeVar("Key")


def lay_out(parts: Sequence[FilmPart], film_format: FilmFormat | None = None) -> Reel:
    """Measure every part and lay the film out.

    Args:
        parts: The clips, in order.
        film_format: What the film shall be; by default what most of its seconds already are,
            so that as little as possible is encoded anew.

    Raises:
        ArtifactError: When a part is not a whole clip, or there are none.
    """
    return arrange(parts, [probe(part.path) for part in parts], film_format)


def arrange(
    parts: Sequence[FilmPart], infos: Sequence[MediaInfo], film_format: FilmFormat | None = None
) -> Reel:
    """Lay out parts that were measured already; a pure function.

    Raises:
        ArtifactError: When there are no parts.
    """
    if not parts:
        raise ArtifactError("a film needs at least one clip", hint="render a shot first")
    chosen = film_format or _usual_format(infos)
    plain = [info for info in infos if not _oddities(info.video, chosen)]
    leading = _most([(info.video.parameters, info.seconds) for info in plain]) if plain else b""
    places: list[Place] = []
    at = 0
    for part, info in zip(parts, infos, strict=True):
        why = _oddities(info.video, chosen)
        if not why and info.video.parameters != leading:
            why = ("other encoder settings than most",)
        frames = max(1, round(Fraction(info.seconds) * chosen.fps)) if why else info.frames
        sound_why = _sound_oddities(info.audio, chosen)
        places.append(
            Place(
                part=part,
                info=info,
                first_frame=at,
                frames=frames,
                picture_why=why,
                sound_why=sound_why,
            )
        )
        at += frames
    return Reel(format=chosen, places=tuple(places))


def scene_chapters(reel: Reel) -> tuple[Chapter, ...]:
    """Return a chapter for each scene; none where there is only one scene."""
    chapters: list[Chapter] = []
    for place, start in zip(reel.places, reel.starts, strict=True):
        title = place.part.scene
        if title and (not chapters or chapters[-1].title != title):
            chapters.append(Chapter(start if chapters else 0.0, title))
    return tuple(chapters) if len(chapters) > 1 else ()


def _usual_format(infos: Sequence[MediaInfo]) -> FilmFormat:
    size, fps = _most([((info.size, _sensible_fps(info)), info.seconds) for info in infos])
    rates = [
        (info.audio.sample_rate, info.seconds)
        for info in infos
        if info.audio is not None and _is_copyable(info.audio, info.audio.sample_rate)
    ]
    return FilmFormat(
        size=Size(size.width + size.width % 2, size.height + size.height % 2),
        fps=fps,
        sample_rate=_most(rates) if rates else _SAMPLE_RATES[0],
    )


def _sensible_fps(info: MediaInfo) -> Fraction:
    """The clip's own rate where it has a steady one, else the nearest whole one."""
    if info.video.steady and info.fps <= _FASTEST:
        return info.fps
    return Fraction(min(_FASTEST, max(1, round(info.fps))))


def _oddities(track: VideoTrack, film: FilmFormat) -> tuple[str, ...]:
    """Why this picture cannot be copied into the film whatever the other parts are."""
    checks = (
        (track.codec == "h264", f"{track.codec} is not H.264"),
        (track.pix_fmt == "yuv420p", f"its pixels are {track.pix_fmt}, not yuv420p"),
        (track.colour.range != _FULL_RANGE, "its colours span the full range"),
        (track.size == film.size, f"{track.size} is not {film.size}"),
        (track.pixel_aspect == 1, f"its pixels are not square ({track.pixel_aspect})"),
        (not track.rotation, f"it is turned by {track.rotation} degrees"),
        (track.fps == film.fps, f"{float(track.fps):g} frames a second, not {float(film.fps):g}"),
        (track.steady, "its frames are of uneven length"),
        (not track.trimmed, "an edit list hides some of its frames"),
    )
    oddities = tuple(why for right, why in checks if not right)
    if oddities:
        return oddities
    sets = ParameterSets.read(track.parameters)
    numbered = sets is not None and sets.free_number is not None
    return () if numbered else ("its H.264 is laid out in an unusual way",)


def _sound_oddities(track: AudioTrack | None, film: FilmFormat) -> tuple[str, ...]:
    if track is None:
        return ("it had no sound, silence was added",)
    if _is_copyable(track, film.sample_rate):
        return ()
    kind = f"{track.codec} {track.profile}".strip()
    found, wanted = f"{track.sample_rate} Hz {track.layout}", f"{film.sample_rate} Hz stereo"
    return (f"its sound is {kind}, {found}; not AAC LC, {wanted}",)


def _is_copyable(track: AudioTrack, sample_rate: int) -> bool:
    return (
        sample_rate in _SAMPLE_RATES
        and track.codec == "aac"
        and track.profile == "LC"
        and track.parameters.startswith(aac_parameters(sample_rate))
    )


def _most(weighed: Sequence[tuple[Key, float]]) -> Key:
    """The key with the greatest weight in all, the first of equals."""
    total: dict[Key, float] = {}
    for key, weight in weighed:
        total[key] = total.get(key, 0.0) + weight
    return max(total, key=total.__getitem__)
