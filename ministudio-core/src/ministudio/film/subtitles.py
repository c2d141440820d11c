"""Subtitles: what is said, broken into cues and timed; and the ``.srt`` file.

Until there is measured speech, a cue's length follows its text. Cues never overlap, never leave
the film, and lose no word; where a shot is too short for its words, cues run on into the silence
after it, and only when there is none do they go by faster than one can comfortably read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.film.wrapping import blocks, columns

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["READING_SPEED", "Cue", "Line", "SpokenShot", "cue_sheet", "hurried", "srt"]

READING_SPEED: Final = 17.0
"""Columns a second that a viewer reads with ease."""

_SHORTEST: Final = 1_000  # milliseconds, as all whole-number times here
_LONGEST: Final = 7_000
_FLASH: Final = 40
_STRETCH: Final = 1.5
_MARKUP: Final = re.compile("(?<=<)|(?<=--)(?=>)")
_WORD_JOINER: Final = "\u2060"
_ROUND: Final = str.maketrans("{}", "()")


@attrs.frozen
class Cue:
    """One subtitle: when it comes and goes, in seconds, and its one or two lines."""

    start: float
    end: float
    text: str

    @property
    def speed(self) -> float:
        """Columns a second that one must read to keep up."""
        return columns(self.text) / (self.end - self.start)


@attrs.frozen
class Line:
    """Something said: the words, and the speaker's name where it is to be shown."""

    text: str
    speaker: str = ""


@attrs.frozen
class SpokenShot:
    """A shot as its subtitles see it: when it starts, how long it is, and what is said."""

    start: float
    seconds: float
    lines: Sequence[Line] = ()


def cue_sheet(shots: Sequence[SpokenShot], film_seconds: float) -> tuple[Cue, ...]:
    """Break and time everything that is said in a film; a pure function.

    Args:
        shots: The shots in the film's order.
        film_seconds: How long the film is; no cue ends later.
    """
    end = int(film_seconds * 1000)
    spoken = [(_milliseconds(shot.start), shot) for shot in shots if _texts(shot)]
    cues: list[Cue] = []
    for number, (start, shot) in enumerate(spoken):
        until = min(end, spoken[number + 1][0] if number + 1 < len(spoken) else end)
        cues.extend(_timed(_texts(shot), start, _milliseconds(shot.seconds), until))
    return tuple(cues)


def hurried(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Return the cues that go by faster than one reads with ease."""
    return tuple(cue for cue in cues if cue.speed > READING_SPEED * 1.05)


def srt(cues: Iterable[Cue]) -> str:
    """Return the cues as the text of an ``.srt`` file, to be written as UTF-8.

    The format has no way to quote. So a ``<`` and an arrow, which would be read as markup and as
    a time line, get an invisible word joiner (U+2060) beside them, and curly brackets become
    round ones, because players hide what stands between curly ones.
    """
    return "\n".join(
        f"{number}\n{_clock(cue.start)} --> {_clock(cue.end)}\n"
        f"{_MARKUP.sub(_WORD_JOINER, cue.text.translate(_ROUND))}\n"
        for number, cue in enumerate(cues, start=1)
    )


def _texts(shot: SpokenShot) -> list[str]:
    return [
        block
        for line in shot.lines
        for block in (blocks(f"{line.speaker}: {line.text}" if line.speaker else line.text))
    ]


def _timed(texts: Sequence[str], start: int, shot: int, until: int) -> Iterable[Cue]:
    room = until - start
    if room < 1:
        return
    texts = _merged(texts, max(1, room // _FLASH))
    needs = [_need(text) for text in texts]
    total = sum(needs)
    shot = min(shot, room)
    scale = min(_STRETCH, shot / total) if total <= shot else min(1.0, room / total)
    ends = [start + int(reached * scale) for reached in accumulate(needs)]
    for text, begin, end in zip(texts, [start, *ends], ends, strict=False):
        yield Cue(begin / 1000, min(end, begin + _LONGEST) / 1000, text)


def _need(text: str) -> int:
    """How many milliseconds one needs to read ``text``."""
    return min(_LONGEST, max(_SHORTEST, int(columns(text) / READING_SPEED * 1000)))


def _merged(texts: Sequence[str], most: int) -> list[str]:
    """Put texts together until they are at most ``most``: better tall than too brief to see."""
    group = -(-len(texts) // most)
    return ["\n".join(texts[at : at + group]) for at in range(0, len(texts), group)]


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(_milliseconds(seconds), 1000)
    minutes, second = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02},{thousandths:03}"
