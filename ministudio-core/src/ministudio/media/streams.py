"""Opening a clip, and finding the picture and the sound inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import av
from av.stream import Disposition

if TYPE_CHECKING:
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream

__all__ = ["open_clip", "picture_of", "sound_of"]


_LENIENT_SINCE: Final = 19
# Titles are not always UTF-8, and a strange letter is no reason to refuse a clip. PyAV before 19
# has to be told; from 19 on it knows, and has no such argument any more.
_LENIENT: Final[dict[str, Any]] = (
    {}
    if int(av.__version__.partition(".")[0]) >= _LENIENT_SINCE
    else {"metadata_errors": "replace"}
)


def open_clip(path: Path, *, describe: bool = False) -> InputContainer:
    """Open a clip for reading, to be used in a ``with`` block.

    Args:
        path: An MP4 or MOV file; with the format named, a picture or a playlist called
            ``.mp4`` is not opened as what it is.
        describe: Let FFmpeg decode a frame or two to describe the picture. A large key frame
            costs 80 ms; without it ``pix_fmt`` is unknown until something is decoded.

    Raises:
        av.FFmpegError: When the file is no MP4 or cannot be opened.
    """
    options = {} if describe else {"skip_frame": "all"}
    container: InputContainer = av.open(str(path), "r", format="mov", options=options, **_LENIENT)
    return container


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
