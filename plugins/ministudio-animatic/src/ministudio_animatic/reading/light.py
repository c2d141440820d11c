"""Time of day, weather and lighting words become the light everything is drawn in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.drawing.colour import Colour, chroma, hex_colour, mix, tinted
from ministudio_animatic.reading.colours import first_colour
from ministudio_animatic.reading.weather import Weather, read_weather
from ministudio_animatic.reading.words import every, first, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.plugin import PromptInput

__all__ = ["HOURS", "Hour", "Light", "hour_word", "read_light"]


@attrs.frozen(kw_only=True)
class Hour:
    """What the sky does at one time of the day.

    Args:
        high: Colour of the sky overhead.
        low: Colour of the sky at the horizon; what is far away fades into it.
        glow: Colour of the sun, the moon or the lamp that lights the scene.
        ambient: What every colour is multiplied with.
        sun: Where the sun or moon stands: across from -1 to 1, height above the horizon from 0.
        night: Whether stars are out.
        moon: Whether it is the moon.
        lamps: Whether windows and street lamps are lit.
        mist: How much mist lies low over the ground, 0 to 1, in any weather.
    """

    high: Colour
    low: Colour
    glow: Colour
    ambient: Colour
    sun: tuple[float, float]
    night: bool = False
    moon: bool = False
    lamps: bool = False
    mist: float = 0.0


_HIGH: Final = 0.2  # what stands higher at night is the moon


def _hour(
    high: str, low: str, glow: str, ambient: str, sun: tuple[float, float], *, night: bool = False
) -> Hour:
    return Hour(
        high=hex_colour(high),
        low=hex_colour(low),
        glow=hex_colour(glow),
        ambient=hex_colour(ambient),
        sun=sun,
        night=night,
        moon=night and sun[1] > _HIGH,
        lamps=night,
    )


HOURS: Final[Mapping[str, Hour]] = {
    # Cool and pink against hot and violet: nobody should have to guess which end of the day it is.
    "dawn": attrs.evolve(_hour("#6f93cf", "#f3c6d2", "#ffe3dc", "#cbd3ec", (0.42, 0.03)), mist=0.4),
    "morning": _hour("#79b4df", "#e9f1ea", "#fff1c9", "#fbf6ea", (0.5, 0.34)),
    "day": _hour("#5fa6dc", "#dcedf2", "#fff8dc", "#ffffff", (0.38, 0.46)),
    "afternoon": _hour("#6aaede", "#f3e8cf", "#ffeab0", "#fdf5e4", (-0.45, 0.32)),
    "golden hour": _hour("#6f8fbe", "#fbc981", "#ffdf95", "#ffe2ba", (-0.46, 0.12)),
    "dusk": attrs.evolve(
        _hour("#43317a", "#ff8f4f", "#ffb45c", "#d8a79c", (-0.4, 0.03)), lamps=True
    ),
    "blue hour": _hour("#1c2a58", "#7286b8", "#ffd08a", "#8f9fcb", (-0.4, 0.01), night=True),
    "night": _hour("#0e1534", "#2f4272", "#e9eefc", "#6a7cb4", (0.44, 0.36), night=True),
}
"""The hours that can be drawn, by name."""

_TIMES: Final[Mapping[str, str]] = table(
    ("dawn", "dawn, first light, sunrise, daybreak, early morning"),
    ("morning", "morning, breakfast"),
    ("day", "day, midday, noon, daytime, daylight, bright, sunny"),
    ("afternoon", "afternoon"),
    ("golden hour", "golden hour, late afternoon, low sun"),
    ("dusk", "sunset, dusk, sundown"),
    ("blue hour", "evening, twilight, blue hour"),
    ("night", "night, midnight, late night, moonlight, moonlit, no hour, starlight, nighttime"),
    ("night", "small hours"),
)


_CAST: Final[Mapping[str, Colour]] = table(
    ((255, 214, 160), "warm"),
    ((255, 190, 120), "candle, candlelight"),
    ((255, 180, 110), "firelight"),
    ((255, 205, 145), "lamplight"),
    ((180, 208, 255), "cold"),
    ((190, 214, 255), "cool"),
    ((214, 240, 232), "fluorescent"),
    ((235, 150, 235), "neon"),
    ((222, 238, 246), "sterile"),
    ((170, 205, 255), "screen, monitor"),
    ((170, 195, 255), "moonlight"),
)

_DIM: Final[Mapping[str, float]] = table(
    (0.8, "low key, dim, candle"),
    (0.74, "dark"),
    (0.78, "gloomy, weak"),
)

_VIVID: Final = 0.08  # the chroma from which on a colour is a light's own
_OVERCAST_SKY: Final[Colour] = (168, 174, 182)
_STORM_SKY: Final[Colour] = (58, 64, 84)
_UNDER_CLOUD: Final[Colour] = (206, 208, 214)
_GREY_DAY: Final[Colour] = (206, 212, 224)  # what a closed sky leaves of the light in a room
_FOG: Final[Colour] = (226, 230, 234)


@attrs.frozen(kw_only=True)
class Light:
    """The light of one shot; ``on`` says how a colour looks in it.

    Args:
        hour: The sky.
        weather: What hangs in the air.
        cast: The colour of the light by name, where the story says one; white where not.
        level: How bright it is indoors, from 0.4 (low-key) to 1.
        lamp: The colour of a light near at hand in the dark, where the story names one.
    """

    hour: Hour
    weather: Weather
    cast: Colour = (255, 255, 255)
    level: float = 1.0
    lamp: Colour | None = None

    @property
    def sky(self) -> tuple[Colour, Colour]:
        """The sky overhead and at the horizon, clouds and fog counted in."""
        weather = self.weather
        grey = mix(tinted(_OVERCAST_SKY, self.hour.high, 0.08), self.hour.high, self._dark_sky())
        if weather.storm:
            grey = mix(grey, _STORM_SKY, 0.6)
        share = 0.92 * max(0.0, weather.clouds - 0.4) / 0.6
        low = mix(grey, self.hour.low, 0.3)
        high, low = mix(self.hour.high, grey, share), mix(self.hour.low, low, share)
        milk = mix(low, tinted(_FOG, low, 0.35), 0.2 if self.hour.night else 0.5)
        return mix(high, milk, 0.85 * weather.fog), mix(low, milk, 0.6 * weather.fog)

    @property
    def ambient(self) -> Colour:
        """What every colour in the open is multiplied with: less, and greyer, under cloud."""
        share = max(0.0, self.weather.clouds - 0.4) / 0.6
        grey = mix(tinted(_UNDER_CLOUD, self.hour.ambient, 0.3), self.hour.ambient,
                   0.8 if self.hour.night else 0.3)  # fmt: skip
        if self.weather.falling == "rain":
            grey = _times(grey, (224, 226, 232))
        if self.weather.storm:
            grey = _times(grey, (190, 194, 210))
        return mix(self.hour.ambient, grey, share)

    @property
    def haze(self) -> Colour:
        """What far things fade into."""
        return self.sky[1]

    def on(self, colour: Colour, distance: float = 0.0) -> Colour:
        """Return ``colour`` as it looks in the open, ``distance`` (0 near, 1 far) away."""
        clouds = self.weather.clouds
        faded = mix(colour, tinted(colour, _OVERCAST_SKY, 0.9), 0.3 * max(0.0, clouds - 0.5) / 0.5)
        lit = _times(_times(faded, self.ambient), mix((255, 255, 255), self.cast, 0.5))
        air = min(0.94, distance * (0.72 + 0.28 * self.weather.fog) + 0.45 * self.weather.fog)
        return mix(lit, self.haze, air if distance else air * 0.35)

    def beside(self, colour: Colour) -> Colour:
        """Return ``colour`` as it looks in the light near at hand; unchanged where none is."""
        if self.lamp is None:
            return colour
        # It adds to what there is: a grey beard by a golden light is golden, not khaki.
        lit = _times(colour, mix((255, 255, 255), self.lamp, 0.5))
        red, green, blue = (
            min(255, round(a * 1.2 + b * 0.07)) for a, b in zip(lit, self.lamp, strict=True)
        )
        return red, green, blue

    def inside(self, colour: Colour) -> Colour:
        """Return ``colour`` as it looks in a room, where lamps make up for the night."""
        room = mix(self.hour.ambient, (255, 236, 208), 0.55 if self.hour.night else 0.25)
        lit = _times(_times(colour, room), mix((255, 255, 255), self.cast, 0.35))
        if not self.hour.night:
            cover = max(0.0, self.weather.clouds - 0.4) / 0.6
            lit = _times(lit, mix((255, 255, 255), _GREY_DAY, cover))
        return _times(lit, (round(255 * self.level),) * 3)

    def _dark_sky(self) -> float:
        return 0.72 if self.hour.night else 0.04


def read_light(story: PromptInput) -> Light:
    """Return the light of a shot: its lighting, then its place's context, then its mood."""
    context = story.context
    said = " . ".join([_lighting(story), context.light])
    hour = _TIMES.get(hour_word(story), "day")
    weather = read_weather(context.weather)
    named = first_colour(story.lighting.colour) if story.lighting else None
    cast = named and mix((255, 255, 255), named, 0.5)
    dim = first(said, _DIM)
    return Light(
        hour=HOURS[hour],
        weather=weather,
        cast=cast or first(said, _CAST) or (255, 255, 255),
        level=dim or 1.0,
        lamp=_lamp(story) if HOURS[hour].night else None,
    )


def hour_word(story: PromptInput) -> str:
    """Return the story's own word for the hour of a shot, such as 'sunset'."""
    context = story.context
    for words in (context.time_of_day, context.light, story.scene_title):
        for word, _ in every(words, _TIMES):
            return word
    return ""


def _lamp(story: PromptInput) -> Colour | None:
    """The colour of a light near at hand: gold or red, say, never the grey of the sky."""
    named = first_colour(story.lighting.colour) if story.lighting else None
    for colour in (named, first_colour(story.context.light)):
        if colour is not None and chroma(colour) > _VIVID:
            red, green, blue = (round(part * 255 / max(colour)) for part in colour)
            return red, green, blue
    return None


def _lighting(story: PromptInput) -> str:
    if story.lighting is None:
        return ""
    light = story.lighting
    return f"{light.colour} . {light.key} . {light.quality} . {light.contrast}"


def _times(one: Colour, other: Colour) -> Colour:
    return (
        one[0] * other[0] // 255,
        one[1] * other[1] // 255,
        one[2] * other[2] // 255,
    )
