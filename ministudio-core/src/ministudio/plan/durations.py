"""How long a shot is, and in which clips a model makes that length."""

from __future__ import annotations

import math
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

from ministudio.contracts.cards import DurationRange
from ministudio.plan.model import SecondsFrom

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ministudio.story.character import Voice
    from ministudio.story.production import Production
    from ministudio.story.shot import ShotConfig

__all__ = ["clip_lengths", "shot_seconds", "spoken_seconds"]

_WORDS_PER_MINUTE = 150.0
# A breath after each line, and room for the picture to settle before and after the words.
_PAUSE = 0.4
_MARGIN = 1.0
_SHORTEST_AUTO = 2.0
_EPSILON = 1e-6
_MOST_TRIED = 500


def spoken_seconds(
    production: Production, shot: ShotConfig, measured: Mapping[str, float]
) -> tuple[float, SecondsFrom]:
    """Return how long a shot's narration and dialogue take, pauses included, in seconds.

    A line found in ``measured`` (text to seconds) counts as measured; any other is estimated
    from its words and the speaker's pace, 150 words a minute unless the voice says otherwise.
    """
    lines = [(shot.narration, production.narrator)] if shot.narration.strip() else []
    lines += [(d.line, production.characters[d.speaker].voice) for d in shot.dialogue]
    if not lines:
        return 0.0, SecondsFrom.GIVEN
    total, how = 0.0, SecondsFrom.MEASURED
    for text, voice in lines:
        if (exact := measured.get(text)) is None:
            how = SecondsFrom.ESTIMATED
            exact = len(text.split()) / _pace(voice) * 60
        total += exact + _PAUSE
    return total, how


def shot_seconds(
    production: Production, shot: ShotConfig, measured: Mapping[str, float]
) -> tuple[float, SecondsFrom, tuple[str, ...]]:
    """Return a shot's length in seconds, where it comes from, and what the author should know."""
    spoken, how = spoken_seconds(production, shot, measured)
    if isinstance(shot.duration, str):
        # Tenths of a second: an estimate is no more exact than that.
        seconds = max(_SHORTEST_AUTO, math.ceil((spoken + _MARGIN) * 10) / 10)
        if how is SecondsFrom.GIVEN:
            note = f"nothing is spoken: 'auto' becomes {seconds:g} s"
            return seconds, SecondsFrom.ESTIMATED, (note,)
        notes = (f"{seconds:g} s estimated from the words",) if how is SecondsFrom.ESTIMATED else ()
        return seconds, how, notes
    if spoken > shot.duration:
        word = "take" if how is SecondsFrom.MEASURED else "take about"
        note = f"the words {word} {spoken:.1f} s and the shot has {shot.duration:g} s"
        return shot.duration, SecondsFrom.GIVEN, (note,)
    return shot.duration, SecondsFrom.GIVEN, ()


def clip_lengths(seconds: float, allowed: Sequence[float] | DurationRange | None) -> list[float]:
    """Return the lengths of the clips that together make at least ``seconds``.

    As few clips as possible, of those the ones with the least left over, and of those the most
    even; together they are never shorter than asked, so that no word is cut off.
    """
    if allowed is None:
        return [seconds]
    if isinstance(allowed, DurationRange):
        return _from_range(seconds, allowed)
    return _from_set(seconds, sorted(allowed))


def _from_range(seconds: float, allowed: DurationRange) -> list[float]:
    longest = allowed.high
    if allowed.step:
        steps = math.floor((allowed.high - allowed.low) / allowed.step + _EPSILON)
        longest = allowed.low + steps * allowed.step
    count = max(1, math.ceil(seconds / longest - _EPSILON))
    each = max(seconds / count, allowed.low)
    if allowed.step:
        steps = math.ceil((each - allowed.low) / allowed.step - _EPSILON)
        each = allowed.low + steps * allowed.step
    # Whole milliseconds, up rather than down: the parts must last as long as the words.
    return [min(math.ceil(each * 1000 - _EPSILON) / 1000, longest)] * count


def _from_set(seconds: float, allowed: list[float]) -> list[float]:
    longest = allowed[-1]
    count = max(1, math.ceil(seconds / longest - _EPSILON))
    # Of a long row of clips only so many are worth trying; the first ones are the longest.
    tried = count
    while math.comb(tried + len(allowed) - 1, tried) > _MOST_TRIED:
        tried -= 1
    head = [longest] * (count - tried)
    rest = seconds - sum(head)
    tails = combinations_with_replacement(allowed[::-1], tried)
    enough = [tail for tail in tails if sum(tail) >= rest - _EPSILON]
    best = min(enough, key=lambda tail: (sum(tail), tail[0] - tail[-1]))
    return [*head, *best]


def _pace(voice: Voice | None) -> float:
    return voice.words_per_minute if voice else _WORDS_PER_MINUTE
