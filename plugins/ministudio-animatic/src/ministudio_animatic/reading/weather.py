"""Weather words become what hangs in the air: cloud, fog, wind, what falls, whether it storms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.reading.words import every, table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Weather", "read_weather", "weather_word"]


_USUAL: Final = 0.25  # the clouds of a day of which nothing is said


@attrs.frozen(kw_only=True)
class Weather:
    """What hangs in the air.

    Args:
        clouds: How much of the sky is covered, 0 to 1.
        fog: How thick the air is, 0 to 1.
        falling: What falls or is blown: 'rain', 'snow', 'dust' or nothing.
        wind: How hard it blows, 0 to 1.
        storm: Whether there is lightning.
    """

    clouds: float = _USUAL
    fog: float = 0.0
    falling: str = ""
    wind: float = 0.0
    storm: bool = False


_WEATHERS: Final[Mapping[str, Weather]] = table(
    (Weather(clouds=0.0), "clear, cloudless, sunny"),
    (Weather(clouds=0.7), "cloudy, cloud"),
    (Weather(clouds=1.0, fog=0.1), "overcast, grey"),
    (Weather(clouds=1.0, fog=0.15, falling="rain"), "rain, rainy, raining, shower"),
    (Weather(clouds=0.9, fog=0.2, falling="rain"), "drizzle"),
    (Weather(clouds=1.0, fog=0.2, falling="rain", wind=0.9, storm=True),
     "storm, stormy, thunder, thunderstorm, lightning"),
    (Weather(clouds=0.8, fog=0.2, falling="snow"), "snow, snowy, snowfall, snowing"),
    (Weather(clouds=1.0, fog=0.55, falling="snow", wind=0.8), "blizzard, snowstorm"),
    (Weather(clouds=0.6, fog=0.7), "fog, foggy"),
    (Weather(clouds=0.5, fog=0.5), "mist, misty"),
    (Weather(clouds=0.2, fog=0.35), "haze, hazy"),
    (Weather(clouds=0.2, fog=0.35, falling="dust"), "dust"),
    (Weather(clouds=0.6, fog=0.6, falling="dust", wind=0.9), "sandstorm"),
    (Weather(wind=0.65), "wind, windy, gust, gusty"),
    (Weather(wind=0.35), "breeze, breezy"),
    (Weather(clouds=0.7, wind=1.0), "gale, hurricane"),
)  # fmt: skip

_WITHOUT: Final = re.compile(r"\b(?:no|not|without|never|nor)\s+(?:\w+ )?(\w+)", re.IGNORECASE)


def weather_word(words: str) -> str:
    """Return the first word for weather in ``words``; empty where there is none."""
    return next((word for word, _ in every(_WITHOUT.sub(" ", words), _WEATHERS)), "")


def read_weather(words: str) -> Weather:
    """Return the weather of ``words``: the first word says which, the others what comes with it.

    'Clear, with mist over the river' is a clear sky and mist; 'no wind' is no word for wind.
    """
    found = [weather for _, weather in every(_WITHOUT.sub(" ", words), _WEATHERS)]
    if not found:
        return Weather()
    first, *others = found
    for other in others:
        first = attrs.evolve(
            first,
            clouds=other.clouds if first.clouds == _USUAL else first.clouds,
            fog=max(first.fog, other.fog),
            falling=first.falling or (other.falling if first.clouds else ""),
            wind=max(first.wind, other.wind),
            storm=first.storm or other.storm,
        )
    return first
