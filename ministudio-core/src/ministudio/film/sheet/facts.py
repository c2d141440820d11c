"""What a sheet knows of a film, as its run record tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import attrs

__all__ = ["FilmFacts", "ShotFacts", "Spoken", "maker_name"]


def maker_name(provider: str, model: str) -> str:
    """Return provider and model in one name, or the one name that both have."""
    return provider if provider == model else f"{provider} / {model}"


@attrs.frozen
class Spoken:
    """Something said: by whom (empty for the narrator), and the words."""

    speaker: str
    line: str


@attrs.frozen(kw_only=True)
class ShotFacts:
    """One shot of a film.

    Args:
        number: Its number in the production, from 1.
        id: Its id.
        scene_number: The number of its scene, from 1.
        scene: The scene's title; may be empty.
        start: Where it begins in the film, in seconds.
        seconds: How long it is in the film.
        action: What happens.
        camera: Size, angle, move and pace by these names, in the words of the vocabulary.
        spoken: What is said, in order.
        provider: Who made it.
        model: With which model.
        instead_of: Who was planned to make it, where somebody else did; else empty.
        adapted: What is not as asked, each in a few words.
    """

    number: int
    id: str
    scene_number: int
    scene: str
    start: float
    seconds: float
    action: str
    camera: Mapping[str, str]
    spoken: Sequence[Spoken] = ()
    provider: str
    model: str
    instead_of: str = ""
    adapted: Sequence[str] = ()

    @property
    def end(self) -> float:
        """Where it ends in the film, in seconds."""
        return self.start + self.seconds


@attrs.frozen(kw_only=True)
class FilmFacts:
    """A film and its shots in order.

    Args:
        title: The film's title.
        seconds: How long it was when its record was written.
        fps: Frames a second.
        sha256: Its hash when its record was written.
        made: The day its run ended.
        shots: The shots in it, at least one.
    """

    title: str
    seconds: float
    fps: float
    sha256: str
    made: date
    shots: Sequence[ShotFacts]
