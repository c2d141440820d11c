"""Finding the picture and the sound inside an opened file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from av.stream import Disposition

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream

__all__ = ["picture_of", "sound_of"]


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
