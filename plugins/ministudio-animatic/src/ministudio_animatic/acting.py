"""When somebody moves: which of a few held drawings shows at a moment, as pure functions.

An animatic is cut from few drawings. What is decided here is only when each is shown; the same
second of the same shot always shows the same drawing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.drawing.dice import dice

if TYPE_CHECKING:
    from ministudio_animatic.cues import Cue
    from ministudio_animatic.reading.emotions import Face

__all__ = [
    "ACTS_OF_SPEECH",
    "LIFT",
    "RUNNING",
    "STILL",
    "WALKING",
    "Act",
    "Schedule",
    "blinking",
    "glowing",
    "speaking",
    "spoken",
    "striding",
]

Schedule = Callable[[float], int]
"""Says which of several drawings shows, by the seconds that have passed of the shot."""

Span = tuple[float, float]

WALKING: Final = 2.0
"""Steps a second of somebody who walks."""

RUNNING: Final = 3.0
"""Steps a second of somebody who runs."""

LIFT: Final = 0.06
"""Heads that a body rises as one leg passes the other; the foot stays on the ground."""

_CYCLE: Final = (0, 1, 2, 1)  # one leg forward, both passing, the other forward, both passing
_BEAT: Final = 0.1  # seconds that one shape of the mouth is held: five openings a second
_BREATH: Final = 0.16  # how often an opening is left out, so that speech has its pauses
_LETTERS: Final = 11.0  # spoken a second, unhurried
_ONSET: Final = 0.25  # seconds between a caption and its first word
_BLINKS: Final = 3.4  # seconds between two blinks, on average
_LID: Final = 0.15  # seconds that the eyes stay shut


@attrs.frozen(kw_only=True)
class Act:
    """What sets one drawing of a figure apart from another on the same spot.

    Args:
        stride: Of somebody on the way: 0 and 2 with one leg and the other forward, 1 passing,
            3 standing still.
        mouth: How far the mouth is open, 0 to 1; None as the feeling has it.
        blink: Whether the eyes are shut.
        glow: How far a light has gone round and swelled, 0 to 1.
    """

    stride: int = 0
    mouth: float | None = None
    blink: bool = False
    glow: float = 0.0

    def on(self, face: Face) -> Face:
        """Return a face as this drawing has it."""
        if self.mouth is not None:
            face = attrs.evolve(face, mouth=self.mouth)
        return attrs.evolve(face, eyes=-1.0) if self.blink else face


STILL: Final = Act()
"""The drawing that stands for the figure when nothing moves."""

ACTS_OF_SPEECH: Final = (STILL, Act(mouth=0.0), Act(mouth=0.35), Act(mouth=0.8))
"""The drawings of a speaker: as the feeling has it, then shut, half open and open."""


def striding(seconds: float, rate: float) -> int:
    """Return which drawing of a step shows: 0, 1 or 2.

    Args:
        seconds: The moment.
        rate: Steps a second.
    """
    return _CYCLE[math.floor(seconds * rate * 2) % len(_CYCLE)]


def speaking(seconds: float, spans: Sequence[Span], seed: str) -> int:
    """Return which of ``ACTS_OF_SPEECH`` shows; 0 while somebody is not speaking.

    Args:
        seconds: The moment.
        spans: From when to when there is speech.
        seed: Makes one voice's beat differ from another's.
    """
    if not any(start <= seconds < end for start, end in spans):
        return 0
    beat = math.floor(seconds / _BEAT)
    chance = dice(f"{seed}/{beat}").random()
    if beat % 2 or chance < _BREATH:
        return 1
    return 3 if chance > 0.5 else 2  # noqa: PLR2004 - as often open as half open


def spoken(cues: Sequence[Cue], speaker: str, *, late: bool = False) -> tuple[Span, ...]:
    """Return from when to when somebody speaks: as long as the words take, within their captions.

    Narration is nobody's.

    Args:
        cues: The captions of the shot.
        speaker: The name they have for somebody.
        late: Whether it is said towards the end of a caption, by who must first appear.
    """
    spans = []
    for cue in cues:
        if cue.narrated or cue.speaker != speaker:
            continue
        onset = min(_ONSET, (cue.end - cue.start) * 0.2)
        takes = 0.4 + sum(map(len, cue.lines)) / _LETTERS
        start = cue.start + onset
        if late:
            start = max(start, cue.end - onset - takes)
        spans.append((start, min(cue.end, start + takes)))
    return tuple(spans)


def blinking(seconds: float, seed: str) -> int:
    """Return 1 while the eyes are shut in a blink, 0 while they are not."""
    turn = math.floor(seconds / _BLINKS)
    begin = (turn + 0.15 + 0.7 * dice(f"{seed}/blink/{turn}").random()) * _BLINKS
    return int(begin <= seconds < begin + _LID)


def glowing(seconds: float, count: int, around: float) -> int:
    """Return which of ``count`` drawings of a light shows that goes round in ``around`` seconds."""
    return math.floor(seconds / around * count) % count
