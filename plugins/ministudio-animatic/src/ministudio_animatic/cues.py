"""What is said during a shot, cut into captions and spread over its seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import lines_of

if TYPE_CHECKING:
    from ministudio_animatic.slate import Speech

__all__ = ["Cue", "balanced", "cues"]

_PAUSE: Final = 12  # characters' worth of time that every caption gets besides its text


@attrs.frozen(kw_only=True)
class Cue:
    """One caption: its lines, who speaks, and from when to when, in seconds of the shot."""

    start: float
    end: float
    speaker: str = ""
    lines: Sequence[str] = ()
    narrated: bool = False


def cues(
    said: Sequence[Speech],
    seconds: float,
    rows: int,
    fits: Callable[[str], bool],
) -> list[Cue]:
    """Return the captions of a shot, one after the other, each of at most ``rows`` lines.

    A caption lasts as long as its share of the shot's letters; nothing is left out.
    """
    parts: list[tuple[Speech, list[str]]] = []
    for speech in said:
        lines = balanced(speech.words, fits)
        # Even captions read better than a full one followed by a single word.
        count = -(-len(lines) // rows)
        size = -(-len(lines) // count)
        parts += [(speech, lines[at : at + size]) for at in range(0, len(lines), size)]
    weights = [_PAUSE + sum(map(len, lines)) for _, lines in parts]
    total = sum(weights)
    found = []
    before = 0
    for (speech, lines), weight in zip(parts, weights, strict=True):
        start, before = before, before + weight
        found.append(
            Cue(
                start=seconds * start / total,
                end=seconds * before / total,
                speaker=speech.speaker,
                lines=tuple(lines),
                narrated=speech.narrated,
            )
        )
    return found


def balanced(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return ``text`` in as few lines as fit, with two lines as even as they can be."""
    lines = lines_of(text, fits)
    if len(lines) != 2:  # noqa: PLR2004 - two, as said
        return lines
    words = text.split()
    tries = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    even = [pair for pair in tries if all(map(fits, pair))]
    return list(min(even, key=lambda pair: abs(len(pair[0]) - len(pair[1])), default=lines))
