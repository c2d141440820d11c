"""Reading one part of a film, one track at a time, with errors that name the part."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import av
from av.stream import Discard

from ministudio.errors import ArtifactError
from ministudio.media.streams import open_clip, picture_of, sound_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.stream import Stream
    from av.video.stream import VideoStream

    from ministudio.film.parts import Place

__all__ = ["broken", "picture", "sound"]


@contextlib.contextmanager
def picture(place: Place) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open a part for its picture alone.

    Raises:
        ArtifactError: When the part cannot be read to its end.
    """
    with _opened(place) as container:
        stream = picture_of(container)
        if stream is None:
            raise broken(place, "its picture is gone")
        _skip_others(container, stream)
        yield container, stream


@contextlib.contextmanager
def sound(place: Place) -> Iterator[tuple[InputContainer, AudioStream]]:
    """Open a part for its sound alone.

    Raises:
        ArtifactError: When the part cannot be read to its end.
    """
    with _opened(place) as container:
        stream = sound_of(container)
        if stream is None:
            raise broken(place, "its sound is gone")
        _skip_others(container, stream)
        yield container, stream


def broken(place: Place, what: str) -> ArtifactError:
    """Return the error of a part that could be measured and yet not be read to its end."""
    return ArtifactError(
        f"{place.part.path} broke off while it was joined: {what}",
        hint="probe the clip with decoding; fetch it again, or render the shot anew",
    )


@contextlib.contextmanager
def _opened(place: Place) -> Iterator[InputContainer]:
    try:
        with open_clip(place.part.path) as container:
            yield container
    except (av.FFmpegError, OSError) as error:
        raise broken(place, str(error)) from error


def _skip_others(container: InputContainer, wanted: Stream) -> None:
    # The bytes of the other streams are then not even read from disk.
    for stream in container.streams:
        if stream.index != wanted.index:
            stream.discard = Discard.all
