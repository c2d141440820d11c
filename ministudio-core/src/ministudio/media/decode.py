"""Decoding a clip from end to end: damage in the middle shows in no other way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av

from ministudio.errors import ArtifactError

if TYPE_CHECKING:
    from ministudio.media.info import MediaInfo

__all__ = ["decode_whole"]


def decode_whole(info: MediaInfo) -> None:
    """Decode every frame and sample of a probed clip once.

    Raises:
        ArtifactError: When something cannot be decoded, or fewer frames come out than the
            file's index lists.
    """
    good = 0
    try:
        with av.open(str(info.path), format="mov") as container:
            video = container.streams.video[0]
            video.thread_type = "AUTO"
            for packet in container.demux(video, *container.streams.audio[:1]):
                for frame in packet.decode():
                    if frame.is_corrupt:
                        raise _damaged(info, good)
                    good += isinstance(frame, av.VideoFrame)
    except (av.FFmpegError, OSError) as error:
        raise _damaged(info, good) from error
    if good < info.frames:
        raise _damaged(info, good)


def _damaged(info: MediaInfo, good: int) -> ArtifactError:
    return ArtifactError(
        f"{info.path} is damaged: {good} of its {info.frames} frames can be decoded, "
        f"up to second {float(good / info.fps):.1f}",
        hint="fetch the clip again; if it comes out the same, render the shot anew",
    )
