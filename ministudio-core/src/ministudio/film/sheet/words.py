"""What a sheet says of a film and of each shot, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.film.sheet.facts import maker_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from ministudio.film.sheet.facts import FilmFacts, ShotFacts
    from ministudio.values.frames import Size

__all__ = ["SheetWords", "ShotWords", "framing_words", "move_words", "sheet_words", "timecode"]

_ANGLES: Final = {
    "eye": "eye level",
    "low": "low angle",
    "high": "high angle",
    "dutch": "Dutch angle",
}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@attrs.frozen(kw_only=True)
class ShotWords:
    """One cell's words, each fit to be drawn; ``marks`` are what a reader must not miss."""

    number: str
    id: str
    scene: str
    scene_title: str
    timecode: str
    seconds: str
    framing: str
    move: str
    maker: str
    action: str
    spoken: str
    marks: Sequence[str]


@attrs.frozen(kw_only=True)
class SheetWords:
    """All words of a sheet: title, the line under it, the date, the film's file, the cells."""

    title: str
    facts: str
    made: str
    file: str
    shots: Sequence[ShotWords]


def sheet_words(
    film: FilmFacts, *, file: str, size: Size, readable: Callable[[str], str] = str
) -> SheetWords:
    """Put a film into words.

    Args:
        film: The film.
        file: Its file's name.
        size: Its frame.
        readable: Makes a text fit to be drawn.
    """
    scenes = len({shot.scene_number for shot in film.shots})
    shots = len(film.shots)
    facts = (
        _length(film.seconds),
        f"{shots} {'shot' if shots == 1 else 'shots'}",
        f"{scenes} {'scene' if scenes == 1 else 'scenes'}",
        f"{size.width} \u00d7 {size.height}",
        f"{film.fps:g} fps",
    )
    return SheetWords(
        title=readable(film.title),
        facts=" · ".join(facts),
        made=f"rendered {_day(film.made)}",
        file=readable(file),
        shots=tuple(_shot_words(shot, film.fps, readable) for shot in film.shots),
    )


def timecode(seconds: float, fps: float) -> str:
    """Return hours, minutes, seconds and frames, counted without dropping any."""
    rate = max(1, round(fps))
    whole, frame = divmod(round(seconds * rate), rate)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}:{frame:02}"


def framing_words(camera: Mapping[str, str]) -> str:
    """Return shot size and angle as people write them in a shot list."""
    angle = _ANGLES.get(camera["angle"], _plain(camera["angle"]))
    said = " · ".join(text for text in (_plain(camera["size"]), angle) if text)
    return said[:1].upper() + said[1:]


def move_words(camera: Mapping[str, str]) -> str:
    """Return the camera's move, with its pace where there is something to say of it."""
    move, pace = _plain(camera["move"]), _plain(camera["pace"])
    said = f"{pace} {move}" if move != "static" and pace != "steady" else move
    return said[:1].upper() + said[1:]


def _shot_words(shot: ShotFacts, fps: float, readable: Callable[[str], str]) -> ShotWords:
    said = [
        f"{f'{s.speaker}:' if s.speaker else 'V.O.'} “{' '.join(s.line.split())}”"
        for s in shot.spoken
    ]
    marks = [f"Fallback: planned for {shot.instead_of}"] if shot.instead_of else []
    if shot.adapted:
        marks.append(f"Adapted: {'; '.join(shot.adapted)}")
    return ShotWords(
        number=str(shot.number),
        id=readable(shot.id),
        scene=f"Scene {shot.scene_number}",
        scene_title=readable(shot.scene),
        timecode=timecode(shot.start, fps),
        seconds=f"{shot.seconds:.1f} s",
        framing=readable(framing_words(shot.camera)),
        move=readable(move_words(shot.camera)),
        maker=readable(maker_name(shot.provider, shot.model)),
        action=readable(shot.action),
        spoken=readable(" ".join(said)),
        marks=tuple(readable(mark) for mark in marks),
    )


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("close up", "close-up")


def _length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds, 1), 60)
    return f"{int(minutes)} min {rest:04.1f} s" if minutes else f"{rest:.1f} s"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
