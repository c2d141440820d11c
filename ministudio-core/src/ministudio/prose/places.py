"""Places in words: what never changes, then how it is right now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ministudio.prose.colours import colours
from ministudio.prose.words import listed, opening, phrase, sentence, squeeze, vocabulary
from ministudio.story.vocabulary import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ministudio.story.environment import Environment, EnvironmentContext

__all__ = ["context_text", "fixtures_text", "place_colours", "place_text"]

# An interior is what a production says by saying nothing, so it is not put into words.
_KINDS: Final[Mapping[PlaceKind, str]] = {
    PlaceKind.STREET: "a street",
    PlaceKind.CITY: "a city",
    PlaceKind.VILLAGE: "a village",
    PlaceKind.FOREST: "a forest",
    PlaceKind.FIELD: "an open field",
    PlaceKind.MOUNTAINS: "a mountain landscape",
    PlaceKind.DESERT: "a desert",
    PlaceKind.SEA: "the sea",
    PlaceKind.SKY: "the open sky",
    PlaceKind.SPACE: "outer space",
    PlaceKind.ABSTRACT: "an abstract space",
}
_BUILT = {PlaceKind.INTERIOR, PlaceKind.STREET, PlaceKind.CITY, PlaceKind.VILLAGE}
_BEGINS_WITH_ARTICLE = re.compile(r"(?:an?|the|one)\b", re.IGNORECASE)
_WEATHER_ADJECTIVES = vocabulary(
    "breezy bright calm clear cloudy cold cool damp dry fair fine foggy freezing frosty grey hazy "
    "hot humid icy mild misty overcast rainy snowy still stormy sultry sunny warm wet windy"
)


def place_text(place: Environment) -> str:
    """Return what a place is: a function of the place alone, the same in every shot."""
    name, described = squeeze(place.name), squeeze(place.identity.description)
    if not described:
        kind = _KINDS.get(place.identity.kind)
        return f"Setting: {name}, {kind}." if kind else sentence(f"Setting: {name}")
    if _BEGINS_WITH_ARTICLE.match(described):
        return sentence(f"Setting: {name}, {described[0].lower()}{described[1:]}")
    return f"{sentence(f'Setting: {name}')} {sentence(described)}"


def fixtures_text(place: Environment) -> str:
    """Return how a place is built and what is always there, again the same in every shot."""
    identity = place.identity
    kind = "Architecture" if identity.kind in _BUILT else "Landscape"
    architecture, fixed = phrase(identity.architecture), listed(_each(identity.fixed_elements))
    lines = [
        f"{kind}: {architecture}." if architecture else "",
        f"Always there: {fixed}." if fixed else "",
    ]
    return " ".join(line for line in lines if line)


def place_colours(place: Environment) -> str:
    """Return the colours of a place, as a sentence."""
    said = colours(place.identity.palette)
    return f"Colours of the place: {said}." if said else ""


def context_text(context: EnvironmentContext) -> str:
    """Return time, weather, light and props, as far as they are said."""
    light, props = phrase(context.light), listed(_each(context.props))
    lines = [
        sentence(_hour(phrase(context.time_of_day), phrase(context.weather))),
        f"Light: {light}." if light else "",
        f"In view: {props}." if props else "",
    ]
    return " ".join(line for line in lines if line)


def _hour(time: str, weather: str) -> str:
    if not weather:
        return f"it is {time}" if time else ""
    last = opening(weather)[0].rsplit(" ", 1)[-1].lower()
    clear = last in _WEATHER_ADJECTIVES
    if not time:
        return f"the weather is {weather}" if clear else f"weather: {weather}"
    return f"it is {time}{', and the weather is' if clear else ', with'} {weather}"


def _each(items: Iterable[str]) -> list[str]:
    return [phrase(item) for item in items]
