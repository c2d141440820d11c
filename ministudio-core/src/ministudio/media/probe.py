"""Measuring a clip before anybody relies on it.

Clips are MP4 or MOV: what every video service hands out, and what players, browsers and editors
take. A provider that receives WebM, GIF or single pictures writes an MP4 in its ``fetch`` (see
``media.encode.ClipWriter``); anything else is refused here, by name.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

import av

from ministudio.contracts.clips import Clip
from ministudio.errors import ArtifactError
from ministudio.media.boxes import Outline, outline, rotations
from ministudio.media.decode import decode_whole
from ministudio.media.info import AudioTrack, Colour, MediaInfo, VideoTrack
from ministudio.media.rates import frame_rate
from ministudio.media.sniff import HEAD_BYTES, foreign_kind
from ministudio.media.streams import picture_of, sound_of
from ministudio.values.frames import Size
from ministudio.values.hashing import file_sha256

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

__all__ = ["clip_from_file", "probe"]

_AGAIN = "fetch the clip again; if it comes out the same, render the shot anew"


def probe(path: Path, *, decode: bool = False) -> MediaInfo:
    """Measure a clip, or say what is wrong with it.

    Without ``decode`` only the file's structure and index are read, which takes milliseconds.

    Args:
        path: An MP4 or MOV file.
        decode: Decode every frame and sample once as well: the only way to see damage in the
            middle of a file. Do it once, when a clip is first accepted.

    Raises:
        ArtifactError: When the file is missing, a folder, empty, something else than MP4 or
            MOV, cut off, without a picture, or damaged.
    """
    shape = _outline(path)
    try:
        # With a format named, a picture or a playlist called .mp4 is not opened as what it is.
        with av.open(str(path), format="mov") as container:
            info = _measure(path, container, shape)
    except (av.FFmpegError, OSError) as error:
        raise ArtifactError(f"{path} cannot be read as an MP4: {error}", hint=_AGAIN) from error
    if decode:
        decode_whole(info)
    return info


def clip_from_file(
    path: Path,
    *,
    seed: int | None = None,
    cost_reported: int | None = None,
    provider_meta: Mapping[str, object] | None = None,
) -> Clip:
    """Decode a file once, hash it, and return it as a clip that can be relied on.

    Args:
        path: An MP4 or MOV file.
        seed: The seed it was made with, where the provider says.
        cost_reported: What the provider says it cost, in micro-units of the card's currency.
        provider_meta: What else the provider said that is worth keeping; never a secret.

    Raises:
        ArtifactError: When the file is not a whole, playable clip.
    """
    info = probe(path, decode=True)
    return Clip(
        path=path,
        sha256=file_sha256(path),
        seconds=info.seconds,
        fps=float(info.fps),
        size=info.size,
        audio=info.has_audio,
        seed=seed,
        cost_reported=cost_reported,
        provider_meta=dict(provider_meta or {}),
    )


def _outline(path: Path) -> Outline:
    """Refuse everything that is visibly no whole MP4, by name."""
    try:
        if not path.exists():
            raise ArtifactError(f"{path} does not exist", hint="look at the path, or render again")
        if not path.is_file():
            kind = "a folder" if path.is_dir() else "not a regular file"
            raise ArtifactError(f"{path} is {kind}, not a clip", hint="name an MP4 file")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        shape = outline(path)
    except OSError as error:
        raise ArtifactError(
            f"{path} cannot be read: {error.strerror}", hint="look at the file's permissions"
        ) from error
    if not head:
        raise ArtifactError(f"{path} is empty", hint=_AGAIN)
    if (foreign := foreign_kind(head)) is not None:
        raise ArtifactError(
            f"{path} is {foreign}, not an MP4",
            hint="look inside: services answer an expired or refused download this way",
        )
    if shape is None:
        raise ArtifactError(f"{path} is not an MP4 or MOV file", hint=_AGAIN)
    if not shape.whole:
        raise ArtifactError(
            f"{path} is cut off: it has {shape.size} bytes of {shape.promised}", hint=_AGAIN
        )
    if "moov" not in shape.kinds:
        raise ArtifactError(f"{path} is cut off: its index (moov) is missing", hint=_AGAIN)
    return shape


def _measure(path: Path, container: InputContainer, shape: Outline) -> MediaInfo:
    picture, sound = picture_of(container), sound_of(container)
    if picture is None:
        what = "sound but no picture" if container.streams.audio else "neither picture nor sound"
        raise ArtifactError(f"{path} has {what}", hint="a clip needs a video stream")
    if shape.fragmented:
        # The index of a fragmented file grows while it is read.
        for _ in container.demux(picture):
            pass
    video = _video(path, picture, shape, container.duration)
    return MediaInfo(path=path, video=video, audio=None if sound is None else _audio(sound))


def _audio(stream: AudioStream) -> AudioTrack:
    context = stream.codec_context
    return AudioTrack(
        codec=context.name,
        profile=context.profile or "",
        sample_rate=context.sample_rate,
        layout=context.layout.name,
        parameters=context.extradata or b"",
    )


def _video(path: Path, stream: VideoStream, shape: Outline, duration: int | None) -> VideoTrack:
    # PyAV's types leave it out, but a stream in an unknown codec has no context.
    context = cast("VideoCodecContext | None", stream.codec_context)
    if context is None or stream.time_base is None:
        raise ArtifactError(
            f"{path} has a picture in an unknown codec", hint="clips are best in H.264"
        )
    entries = list(stream.index_entries)
    shown = [entry.timestamp for entry in entries if not entry.is_discard]
    end = max((entry.pos + entry.size for entry in entries), default=0)
    if end > shape.size:
        raise ArtifactError(
            f"{path} is cut off: its frames reach to byte {end}, it has {shape.size}", hint=_AGAIN
        )
    start = (stream.start_time or 0) * stream.time_base
    fps, steady = frame_rate(sorted(shown), stream.time_base, stream.average_rate)
    seconds = _seconds(len(shown), fps, steady, stream, duration)
    if not shown or seconds <= 0 or context.width <= 0 or context.height <= 0:
        raise ArtifactError(f"{path} has no frames: it lasts 0 seconds", hint=_AGAIN)
    return VideoTrack(
        codec=context.name,
        pix_fmt=context.pix_fmt or "",
        size=Size(context.width, context.height),
        pixel_aspect=stream.sample_aspect_ratio or Fraction(1),
        rotation=next(rotations(shape.index), 0),
        colour=Colour(
            context.color_range, context.color_primaries, context.color_trc, context.colorspace
        ),
        fps=fps,
        steady=steady,
        trimmed=len(shown) != len(entries),
        frames=len(shown),
        start=start,
        lead=max(Fraction(0), start - shown[0] * stream.time_base),
        seconds=seconds,
        parameters=context.extradata or b"",
    )


def _seconds(
    frames: int, fps: Fraction, steady: bool, stream: VideoStream, duration: int | None
) -> float:
    if steady:
        return float(frames / fps)
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return (duration or 0) / av.time_base if duration else float(frames / fps)
