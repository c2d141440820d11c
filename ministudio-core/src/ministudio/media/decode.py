"""Decoding a clip from end to end: damage in the middle shows in no other way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
from av.frame import Frame

from ministudio.errors import ArtifactError
from ministudio.media.streams import picture_of, sound_of

if TYPE_CHECKING:
    from av.container import InputContainer

    from ministudio.media.info import MediaInfo

__all__ = ["decode_whole"]

# The H.264 family escapes zeros, so that no long run of them can stand in its data. A hole left
# by a broken download does, and decoders often paint over it without a word.
_ESCAPED = frozenset({"h264", "hevc"})
_HOLE = bytes(32)
# Pixels, some 2 s of 720p: below that, starting the decoder's threads costs more than they save.
_LONG = 48 * 1280 * 720


def decode_whole(info: MediaInfo, container: InputContainer) -> None:
    """Decode every frame and sample of a clip once.

    Args:
        info: What was measured of it.
        container: Its file, open and at the beginning.

    Raises:
        ArtifactError: When something cannot be decoded, or fewer frames come out than the
            file's index lists.
    """
    good = 0
    escaped = info.video.codec in _ESCAPED
    try:
        video, sound = picture_of(container), sound_of(container)
        if video is None:
            raise _damaged(info, good)
        video.thread_type = "AUTO" if _is_long(info) else "NONE"
        for packet in container.demux([video, sound] if sound else [video]):
            if escaped and packet.stream is video and _HOLE in bytes(packet):
                raise _damaged(info, good)
            for frame in packet.decode():
                if isinstance(frame, Frame) and frame.is_corrupt:
                    raise _damaged(info, good)
                good += isinstance(frame, av.VideoFrame)
    except (av.FFmpegError, OSError) as error:
        raise _damaged(info, good) from error
    if good < info.frames:
        raise _damaged(info, good)


def _is_long(info: MediaInfo) -> bool:
    return info.frames * info.video.size.width * info.video.size.height >= _LONG


def _damaged(info: MediaInfo, good: int) -> ArtifactError:
    return ArtifactError(
        f"{info.path} is damaged: {good} of its {info.frames} frames can be decoded, "
        f"up to second {float(good / info.fps):.1f}",
        hint="fetch the clip again; if it comes out the same, render the shot anew",
    )
