"""The nouns of the film room: parts, their places on the reel, chapters, and the film."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import attrs

from ministudio.media.info import MediaInfo
from ministudio.values.frames import Size

__all__ = [
    "Chapter",
    "FilmFormat",
    "FilmInfo",
    "FilmPart",
    "Normalised",
    "Place",
    "Reel",
]


@attrs.frozen(kw_only=True)
class FilmPart:
    """One clip of the film.

    Args:
        path: The clip.
        title: The shot's name, for messages.
        scene: The title of its scene; where it changes, a chapter begins.
    """

    path: Path
    title: str = ""
    scene: str = ""


def _even(_: object, __: object, size: Size) -> None:
    if size.width % 2 or size.height % 2 or min(size.width, size.height) <= 0:
        raise ValueError(f"both sides of a film's frame are even: {size}")


@attrs.frozen(kw_only=True)
class FilmFormat:
    """What every part of a film has in common.

    Args:
        size: The frame; both sides even.
        fps: Frames a second.
        sample_rate: Samples of sound a second.
    """

    size: Size = attrs.field(validator=_even)
    fps: Fraction = attrs.field(converter=Fraction)
    sample_rate: int = 48_000


@attrs.frozen(kw_only=True)
class Normalised:
    """A part that could not be taken over as it was, and why.

    Args:
        part: Which one, counted from 0.
        title: Its title, else its file's name.
        picture: Why its picture was encoded anew; empty when it was copied.
        sound: Why its sound was encoded anew or added; empty when it was copied.
    """

    part: int
    title: str
    picture: tuple[str, ...] = ()
    sound: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.title}: {'; '.join((*self.picture, *self.sound))}"


@attrs.frozen(kw_only=True)
class Place:
    """Where a part stands in the film, and what becomes of it.

    Args:
        part: The part.
        info: Its clip, as measured.
        first_frame: The number of its first frame in the film, counted from 0.
        frames: How many frames it has in the film.
        picture_why: Why its picture must be encoded anew; empty when it is copied.
        sound_why: Why its sound must be encoded anew or added; empty when it is copied.
    """

    part: FilmPart
    info: MediaInfo
    first_frame: int
    frames: int
    picture_why: tuple[str, ...] = ()
    sound_why: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Reel:
    """All parts in order, laid out on the film's frames; nothing is written yet.

    Args:
        format: What the film will be.
        places: The parts, in order.
    """

    format: FilmFormat
    places: Sequence[Place]

    @property
    def frames(self) -> int:
        """How many frames the film has."""
        last = self.places[-1]
        return last.first_frame + last.frames

    @property
    def seconds(self) -> float:
        """How long the film is."""
        return float(self.frames / self.format.fps)

    @property
    def starts(self) -> tuple[float, ...]:
        """When each part begins, in seconds."""
        return tuple(float(place.first_frame / self.format.fps) for place in self.places)

    @property
    def normalised(self) -> tuple[Normalised, ...]:
        """The parts that cannot be taken over as they are."""
        return tuple(
            Normalised(
                part=number,
                title=place.part.title or place.part.path.name,
                picture=place.picture_why,
                sound=place.sound_why,
            )
            for number, place in enumerate(self.places)
            if place.picture_why or place.sound_why
        )


@attrs.frozen
class Chapter:
    """A chapter of the film: when it starts, in seconds, and its title."""

    start: float
    title: str


@attrs.frozen(kw_only=True)
class FilmInfo:
    """A finished film.

    Args:
        path: The film.
        seconds: How long it is.
        frames: How many frames it has.
        fps: Frames a second.
        size: Its frame.
        starts: When each part begins, in seconds.
        normalised: The parts that were not simply copied, and why.
        subtitles: How many subtitles its track has; 0 means there is no track.
        chapters: Its chapters.
    """

    path: Path
    seconds: float
    frames: int
    fps: Fraction
    size: Size
    starts: tuple[float, ...]
    normalised: tuple[Normalised, ...]
    subtitles: int
    chapters: tuple[Chapter, ...]
