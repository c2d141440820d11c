"""A bare prompt becomes a story: who, where, when, read out of its words.

``ministudio shot "a red fox runs through snow at dusk"`` names no character and no place. Rather
than a card with words on it, the animatic draws what the words name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import (
    BeingKind,
    Camera,
    CameraMove,
    Cast,
    Character,
    CharacterIdentity,
    CharacterState,
    ClipRequest,
    Environment,
    EnvironmentContext,
    EnvironmentIdentity,
    PlaceKind,
    PromptInput,
    ShotSize,
)
from ministudio_animatic.figures.beast import read_beast
from ministudio_animatic.figures.carried import can_be_carried
from ministudio_animatic.reading.words import every, first, table, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["UNNAMED", "place_kind", "story_of"]

UNNAMED: Final = "the place"
"""What a place is called that a bare prompt describes without naming it."""

_PLACES: Final[Mapping[str, PlaceKind]] = table(
    (PlaceKind.INTERIOR, "room, kitchen, office, library, bedroom, house, studio, attic, hall"),
    (PlaceKind.INTERIOR, "classroom, cafe, café, bar, shop, workshop, lab, laboratory, desk"),
    (PlaceKind.INTERIOR, "indoors, corridor, apartment, cellar, castle, museum, church"),
    (PlaceKind.STREET, "street, alley, road, market, pavement, sidewalk, avenue, crossing"),
    (PlaceKind.CITY, "city, skyline, rooftop, skyscraper, downtown, tokyo, metropolis"),
    (PlaceKind.VILLAGE, "village, hamlet, cottage, farm, barn"),
    (PlaceKind.FOREST, "forest, wood, jungle, grove, woodland, clearing, taiga"),
    (PlaceKind.FIELD, "field, meadow, prairie, garden, park, farmland, hill, lawn"),
    (PlaceKind.MOUNTAINS, "mountain, peak, valley, cliff, alps, glacier, summit, canyon"),
    (PlaceKind.DESERT, "desert, dune, sahara, mesa, oasis"),
    (PlaceKind.SEA, "sea, ocean, beach, shore, harbour, harbor, coast, wave, lake, island"),
    (PlaceKind.SKY, "sky, cloud, flying, flies, above the"),
    (PlaceKind.SPACE, "space, galaxy, planet, astronaut, spaceship, orbit, mars, moon"),
    (PlaceKind.ABSTRACT, "abstract"),
)
# Words that hint at a place where no other word names one.
_HINTS: Final[Mapping[str, PlaceKind]] = table(
    (
        PlaceKind.SEA,
        "lighthouse, boat, ship, river, underwater, sailor, swims, swimmer, swimming, drowning",
    ),
    (PlaceKind.MOUNTAINS, "snow, ski, climber, blizzard"),
    (PlaceKind.DESERT, "cactus, camel"),
    (PlaceKind.INTERIOR, "cook, chef, pianist, scientist, reads, sofa, bed, pillow, blanket"),
    (PlaceKind.STREET, "car, taxi, bus, bicycle, rain, umbrella"),
    (PlaceKind.FOREST, "tree, leaves, firefly, deer, owl"),
    (PlaceKind.FIELD, "horse, flower, kite, picnic, dog"),
)

_PEOPLE: Final = (
    "woman", "man", "girl", "boy", "child", "person", "student", "engineer", "astronaut", "dancer",
    "chef", "fisherman", "farmer", "king", "queen", "knight", "monk", "detective", "teacher",
    "doctor", "nurse", "musician", "painter", "artist", "pilot", "sailor", "soldier", "traveller",
    "traveler", "wizard", "witch", "princess", "prince", "mother", "father", "grandmother",
    "grandfather", "lady", "gentleman", "runner", "reader", "writer", "baker", "gardener", "hero",
    "hiker", "cyclist", "skater", "surfer", "barista", "waiter", "scientist", "samurai", "ninja",
    "pirate", "cowboy", "bride", "groom", "keeper", "hermit", "singer", "pianist", "climber",
    "swimmer", "sleeper", "she", "he",
)  # fmt: skip
_OTHERS: Final[Mapping[str, BeingKind]] = table(
    (BeingKind.ROBOT, "robot, android, droid, cyborg"),
    (BeingKind.ORB, "orb, firefly, wisp, glowing ball"),
    (BeingKind.CREATURE, "dragon, monster, alien, troll, creature, ghost, goblin, yeti"),
    (BeingKind.OBJECT, "car, ship, boat, kettle, teapot, lantern, book, key, taxi"),
)
_LINE: Final = 400  # what a story's short fields hold
_HAIR: Final = re.compile(r"[\w-]+ [\w-]+ hair\b", re.IGNORECASE)
_WORN: Final = re.compile(r"\b(?:wearing|dressed in|in) ((?:an?|his|her|their) [^,.;]{3,60})")
_SIZES: Final[Mapping[str, ShotSize]] = table(
    (ShotSize.EXTREME_CLOSE_UP, "extreme close, macro"),
    (ShotSize.CLOSE_UP, "close up, closeup, portrait"),
    (ShotSize.MEDIUM, "medium shot"),
    (ShotSize.WIDE, "wide shot, wide"),
    (ShotSize.EXTREME_WIDE, "aerial, establishing, panorama"),
    (ShotSize.FULL, "full shot"),
)
_MOVES: Final[Mapping[str, CameraMove]] = table(
    (CameraMove.PUSH_IN, "push in, pushes in, dolly in"),
    (CameraMove.PULL_OUT, "pull out, pulls back, dolly out"),
    (CameraMove.PAN_LEFT, "pan left"),
    (CameraMove.PAN_RIGHT, "pan right, pans"),
    (CameraMove.TILT_UP, "tilt up"),
    (CameraMove.TILT_DOWN, "tilt down"),
    (CameraMove.ORBIT_LEFT, "orbit"),
    (CameraMove.ZOOM_IN, "zoom in"),
    (CameraMove.ZOOM_OUT, "zoom out"),
    (CameraMove.HANDHELD, "handheld"),
    (CameraMove.TRUCK_RIGHT, "tracking"),
    (CameraMove.CRANE_UP, "crane, drone"),
)


def story_of(request: ClipRequest) -> PromptInput:
    """Return the request's story; where it names nobody and no place, what its words name.

    A request without a story (from a caller that only has a prompt) is read from its prompt.
    """
    story = request.story or PromptInput(action=request.prompt.text, seconds=request.seconds)
    if story.cast or story.place:
        return story
    words = "".join(char if char.isprintable() else " " for char in story.action)
    story = attrs.evolve(story, cast=_cast(words), place=_place(words), context=_hour(story, words))
    if story.camera == Camera():
        camera = Camera(
            size=first(words, _SIZES) or (ShotSize.FULL if story.cast else ShotSize.WIDE),
            move=first(words, _MOVES) or CameraMove.PUSH_IN,
        )
        story = attrs.evolve(story, camera=camera)
    return story


def place_kind(story: PromptInput) -> PlaceKind:
    """Return the kind of a shot's place; abstract where it has none."""
    return story.place.identity.kind if story.place else PlaceKind.ABSTRACT


def _place(words: str) -> Environment | None:
    kind = first(words, _PLACES) or first(words, _HINTS)
    if kind is None:
        return None
    identity = EnvironmentIdentity(kind=kind, description=words[:1000])
    return Environment(name=UNNAMED, identity=identity)


def _hour(story: PromptInput, words: str) -> EnvironmentContext:
    said = words[:_LINE]
    context = story.context
    return EnvironmentContext(
        time_of_day=context.time_of_day or said,
        weather=context.weather or said,
        light=context.light,
        props=context.props,
    )


def _cast(words: str) -> tuple[Cast, ...]:
    named: dict[str, BeingKind] = {}
    for name, kind in every(words, {**dict.fromkeys(_PEOPLE, BeingKind.HUMAN), **_OTHERS}):
        if name not in {"she", "he"} or not named:
            named[name] = kind
    for word in tokens(words):
        if read_beast(word) is not None:
            named.setdefault(word, BeingKind.ANIMAL)
    if set(named.values()) - {BeingKind.OBJECT}:
        # Beside somebody, a thing is what somebody holds or what stands there.
        named = {name: kind for name, kind in named.items() if kind is not BeingKind.OBJECT}
    return tuple(_member(name, kind, words) for name, kind in list(named.items())[:4])


def _member(name: str, kind: BeingKind, words: str) -> Cast:
    # The words before the name say what it looks like: 'a small red fox'.
    at = max(0, words.lower().find(name))
    before = words[max(0, at - 24) : at + len(name)]
    if kind is BeingKind.HUMAN:
        identity = CharacterIdentity(kind=kind, description=before, age=before, hair=_hair(words))
        state = CharacterState(
            clothing=_clothing(words[at:]),
            carrying=words[:_LINE] if can_be_carried(words) else "",
            emotion=words[:_LINE],
            posture=words[:_LINE],
        )
    else:
        identity = CharacterIdentity(kind=kind, description=before)
        state = CharacterState(emotion=words[:_LINE])
    character = Character(name=name.capitalize(), identity=identity, current_state=state)
    return Cast(id=name.replace(" ", "-"), character=character, state=state)


def _hair(words: str) -> str:
    found = _HAIR.search(words)
    return found.group(0) if found else ""


def _clothing(words: str) -> str:
    found = _WORN.search(words)
    return found.group(1) if found else ""
