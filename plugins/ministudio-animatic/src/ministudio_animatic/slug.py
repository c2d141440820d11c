"""The slug line, as every screenplay has it: INT. or EXT., the place, the time of day, the weather.

It comes in several lengths, so that a narrow frame can say less of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ministudio.plugin import PlaceKind
from ministudio_animatic.places.variants import variant_of
from ministudio_animatic.reading.imagine import UNNAMED
from ministudio_animatic.reading.light import hour_word
from ministudio_animatic.reading.weather import weather_word

if TYPE_CHECKING:
    from ministudio.plugin import PromptInput

__all__ = ["slug_lines"]

_SHORT: Final = 22  # letters: what is longer is told by the word it was read as
_LEAST: Final = 9  # letters of a place's name, below which a shorter one says nothing
_BREAK: Final = re.compile(r"[,;:(\u2013\u2014]|\s(?:at|of|with|above|under|over|by|in|on|where)\s")
_ARTICLE: Final = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def slug_lines(story: PromptInput) -> tuple[str, ...]:
    """Return the slug line of a shot, from the whole of it to the least that is worth saying.

    Nothing is returned for a shot that has no place, no hour and no weather.
    """
    context = story.context
    hour = _told(context.time_of_day, hour_word(story))
    weather = _told(context.weather, weather_word(context.weather))
    when = ", ".join(part for part in (hour, weather) if part)
    side, names = _where(story)
    lines = [
        " \u2013 ".join(part for part in (f"{side} {name}".strip(), time) if part)
        for name in names
        for time in dict.fromkeys((when, hour))
    ]
    lines += [f"{side} {when}", when, hour]
    lines = [line.strip().upper() for line in lines]
    return tuple(dict.fromkeys(line for line in lines if line and line != side))


def _where(story: PromptInput) -> tuple[str, list[str]]:
    """INT. or EXT., and the place's name in ever fewer letters."""
    if story.place is None:
        return "", []
    kind = story.place.identity.kind
    variant = variant_of(story.place, kind)
    side = "" if kind is PlaceKind.ABSTRACT else "INT." if variant.within else "EXT."
    name = " ".join(story.place.name.split())
    if name == UNNAMED:
        name = variant.name
    shorter = _ARTICLE.sub("", name)
    breaks = [found.start() for found in _BREAK.finditer(shorter)]
    names = [name, shorter, *(shorter[:at].rstrip() for at in reversed(breaks))]
    return side, list(dict.fromkeys(n for n in names if len(n) >= min(_LEAST, len(shorter))))


def _told(said: str, read: str) -> str:
    """What a story says in a few words as it says it; more than that by the word it means."""
    said = " ".join(said.split()).rstrip(".")
    return said if said and len(said) <= _SHORT else read
