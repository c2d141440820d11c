"""Opening a clip, and finding the picture and the sound inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
from av.stream import Disposition

if TYPE_CHECKING:
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream

__all__ = ["open_clip", "picture_of", "sound_of"]


def open_clip(path: Path) -> InputContainer:
    """Open a clip that was probed before, to be used in a ``with`` block.

    FFmpeg decodes a frame or two at opening, to describe the picture; a large key frame costs
    80 ms. Whoever has probed the clip knows already, so that is left out here. Decoding
    afterwards works as ever.

    Raises:
        av.FFmpegError: When the file is no MP4 or cannot be opened.
    """
    return av.open(str(path), format="mov", options={"skip_frame": "all"})


def picture_of(container: InputContainer) -> VideoStream | None:
    """Return the first video stream that is not a cover picture, or None."""
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    return None


def sound_of(container: InputContainer) -> AudioStream | None:
    """Return the first audio stream that can be decoded, or None."""
    for stream in container.streams.audio:
        # PyAV's types leave it out, but a stream in an unknown codec has no context.
        if getattr(stream, "codec_context", None) is not None:
            return stream
    return None
