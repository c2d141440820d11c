"""Measuring a file's picture and sound from its index and its decoders' configuration."""

from __future__ import annotations

from array import array
from fractions import Fraction
from typing import TYPE_CHECKING, Final, cast

import av

from ministudio.errors import ArtifactError
from ministudio.media.boxes import Outline, rotations
from ministudio.media.decode import decode_whole
from ministudio.media.h264 import ParameterSets
from ministudio.media.info import AudioTrack, Colour, MediaInfo, VideoTrack
from ministudio.media.rates import frame_rate
from ministudio.media.sps import SequenceFacts, read_sequence
from ministudio.media.streams import open_clip, picture_of, sound_of
from ministudio.values.frames import Size

if TYPE_CHECKING:
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

__all__ = ["AGAIN", "measure"]

AGAIN: Final = "fetch the clip again; if it comes out the same, render the shot anew"
"""What to do about a clip that arrived broken."""

_LARGEST_SIDE: Final = 16_384


def measure(path: Path, shape: Outline, *, decode: bool = False) -> MediaInfo:
    """Measure a file that is a whole row of boxes.

    Args:
        path: The file.
        shape: Its boxes.
        decode: Decode every frame and sample as well.

    Raises:
        ArtifactError: When it has no picture, frames beyond its end, or is damaged.
        av.FFmpegError: When FFmpeg cannot read it.
    """
    with open_clip(path) as container:
        info = _measured(path, container, shape)
        if info.video.pix_fmt and not shape.fragmented:
            # Opening costs as much as decoding a second of a small clip: once will do.
            if decode:
                decode_whole(info, container)
            return info
    if not info.video.pix_fmt:
        # Only a decoder can tell how pixels are stored in anything but the usual H.264.
        with open_clip(path, describe=True) as container:
            info = _measured(path, container, shape)
    if decode:
        with open_clip(path) as container:
            decode_whole(info, container)
    return info


def _measured(path: Path, container: InputContainer, shape: Outline) -> MediaInfo:
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
    # One pass, keeping numbers only: an hour of film has 86,400 entries.
    shown = array("q")
    listed = end = 0
    for entry in stream.index_entries:
        listed += 1
        end = max(end, entry.pos + entry.size)
        if not entry.is_discard:
            shown.append(entry.timestamp)
    if end > shape.size:
        raise ArtifactError(
            f"{path} is cut off: its frames reach to byte {end}, it has {shape.size}", hint=AGAIN
        )
    start = (stream.start_time or 0) * stream.time_base
    fps, steady = frame_rate(shown, stream.time_base, stream.average_rate)
    seconds = _seconds(len(shown), fps, steady, stream, duration)
    if not shown or seconds <= 0:
        raise ArtifactError(f"{path} has no frames: it lasts 0 seconds", hint=AGAIN)
    pixel_aspect = stream.sample_aspect_ratio or Fraction(1)
    for side in (context.width, context.height, round(context.width * pixel_aspect)):
        if not 1 <= side <= _LARGEST_SIDE:
            raise ArtifactError(f"{path} says that a frame is {side} pixels long", hint=AGAIN)
    facts = _sequence_facts(context)
    tags = Colour(
        context.color_range, context.color_primaries, context.color_trc, context.colorspace
    )
    return VideoTrack(
        codec=context.name,
        pix_fmt=facts.pix_fmt if facts else context.pix_fmt or "",
        size=Size(context.width, context.height),
        pixel_aspect=pixel_aspect,
        rotation=next(rotations(shape.index), 0),
        colour=(facts and facts.colour) or tags,
        fps=fps,
        steady=steady,
        trimmed=len(shown) != listed,
        frames=len(shown),
        start=start,
        lead=max(Fraction(0), start - shown[0] * stream.time_base),
        seconds=seconds,
        parameters=context.extradata or b"",
    )


def _sequence_facts(context: VideoCodecContext) -> SequenceFacts | None:
    """What the H.264 parameter sets say, where there are some and they agree."""
    sets = ParameterSets.read(context.extradata or b"") if context.name == "h264" else None
    facts = {read_sequence(unit) for unit in sets.sequence} if sets else set()
    return facts.pop() if len(facts) == 1 else None


def _seconds(
    frames: int, fps: Fraction, steady: bool, stream: VideoStream, duration: int | None
) -> float:
    if steady:
        return float(frames / fps)
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return (duration or 0) / av.time_base if duration else float(frames / fps)
