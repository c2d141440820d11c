"""A bare prompt becomes a story: who, where, when, read out of its words.

``ministudio shot "a red fox runs through snow at dusk"`` names no character and no place. Rather
than a card with words on it, the animatic draws what the words name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

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
from ministudio_animatic.reading.words import every, first, mentions

__all__ = ["place_kind", "story_of"]

_PLACES: Final[Mapping[str, PlaceKind]] = {
    **dict.fromkeys(("room", "kitchen", "office", "library", "bedroom", "house", "studio", "attic"), PlaceKind.INTERIOR),
    **dict.fromkeys(("hall", "classroom", "cafe", "café", "bar", "shop", "workshop", "lab", "laboratory"), PlaceKind.INTERIOR),
    **dict.fromkeys(("desk", "indoors", "corridor", "apartment", "cellar", "castle", "museum", "church"), PlaceKind.INTERIOR),
    **dict.fromkeys(("street", "alley", "road", "market", "pavement", "sidewalk", "avenue", "crossing"), PlaceKind.STREET),
    **dict.fromkeys(("city", "skyline", "rooftop", "skyscraper", "downtown", "tokyo", "metropolis"), PlaceKind.CITY),
    **dict.fromkeys(("village", "hamlet", "cottage", "farm", "barn"), PlaceKind.VILLAGE),
    **dict.fromkeys(("forest", "wood", "jungle", "grove", "woodland", "clearing", "taiga"), PlaceKind.FOREST),
    **dict.fromkeys(("field", "meadow", "prairie", "garden", "park", "farmland", "hill", "lawn"), PlaceKind.FIELD),
    **dict.fromkeys(("mountain", "peak", "valley", "cliff", "alps", "glacier", "summit", "canyon"), PlaceKind.MOUNTAINS),
    **dict.fromkeys(("desert", "dune", "sahara", "mesa", "oasis"), PlaceKind.DESERT),
    **dict.fromkeys(("sea", "ocean", "beach", "shore", "harbour", "harbor", "coast", "wave", "lake", "island"), PlaceKind.SEA),
    **dict.fromkeys(("lighthouse", "boat", "ship", "river", "underwater"), PlaceKind.SEA),
    **dict.fromkeys(("sky", "cloud", "flying", "flies", "above the"), PlaceKind.SKY),
    **dict.fromkeys(("space", "galaxy", "planet", "astronaut", "spaceship", "orbit", "mars", "moon"), PlaceKind.SPACE),
    "snow": PlaceKind.MOUNTAINS,
}  # fmt: skip

_PEOPLE: Final = (
    "woman", "man", "girl", "boy", "child", "person", "student", "engineer", "astronaut", "dancer",
    "chef", "fisherman", "farmer", "king", "queen", "knight", "monk", "detective", "teacher",
    "doctor", "nurse", "musician", "painter", "artist", "pilot", "sailor", "soldier", "traveller",
    "traveler", "wizard", "witch", "princess", "prince", "mother", "father", "grandmother",
    "grandfather", "lady", "gentleman", "runner", "reader", "writer", "baker", "gardener", "hero",
    "hiker", "cyclist", "skater", "surfer", "barista", "waiter", "scientist", "samurai", "ninja",
    "pirate", "cowboy", "bride", "groom", "keeper", "hermit", "singer", "pianist", "she", "he",
)  # fmt: skip
_OTHERS: Final[Mapping[str, BeingKind]] = {
    **dict.fromkeys(("robot", "android", "droid", "cyborg"), BeingKind.ROBOT),
    **dict.fromkeys(("orb", "firefly", "wisp", "glowing ball"), BeingKind.ORB),
    **dict.fromkeys(("dragon", "monster", "alien", "troll", "creature", "ghost", "goblin", "yeti"), BeingKind.CREATURE),
    **dict.fromkeys(("car", "ship", "boat", "kettle", "teapot", "lantern", "book", "key", "taxi"), BeingKind.OBJECT),
}  # fmt: skip
_SIZES: Final[Mapping[str, ShotSize]] = {
    "extreme close": ShotSize.EXTREME_CLOSE_UP, "macro": ShotSize.EXTREME_CLOSE_UP,
    "close up": ShotSize.CLOSE_UP, "closeup": ShotSize.CLOSE_UP, "portrait": ShotSize.CLOSE_UP,
    "medium shot": ShotSize.MEDIUM, "wide shot": ShotSize.WIDE, "wide": ShotSize.WIDE,
    "aerial": ShotSize.EXTREME_WIDE, "establishing": ShotSize.EXTREME_WIDE,
    "panorama": ShotSize.EXTREME_WIDE, "full shot": ShotSize.FULL,
}  # fmt: skip
_MOVES: Final[Mapping[str, CameraMove]] = {
    "push in": CameraMove.PUSH_IN, "pushes in": CameraMove.PUSH_IN, "dolly in": CameraMove.PUSH_IN,
    "pull out": CameraMove.PULL_OUT, "pulls back": CameraMove.PULL_OUT, "dolly out": CameraMove.PULL_OUT,
    "pan left": CameraMove.PAN_LEFT, "pan right": CameraMove.PAN_RIGHT, "pans": CameraMove.PAN_RIGHT,
    "tilt up": CameraMove.TILT_UP, "tilt down": CameraMove.TILT_DOWN, "orbit": CameraMove.ORBIT_LEFT,
    "zoom in": CameraMove.ZOOM_IN, "zoom out": CameraMove.ZOOM_OUT, "handheld": CameraMove.HANDHELD,
    "tracking": CameraMove.TRUCK_RIGHT, "crane": CameraMove.CRANE_UP, "drone": CameraMove.CRANE_UP,
}  # fmt: skip


def story_of(request: ClipRequest) -> PromptInput:
    """Return the request's story; where it names nobody and no place, what its words name.

    A request without a story (from a caller that only has a prompt) is read from its prompt.
    """
    story = request.story or PromptInput(action=request.prompt.text, seconds=request.seconds)
    if story.cast or story.place:
        return story
    words = story.action
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
    kind = first(words, _PLACES)
    if kind is None:
        return None
    identity = EnvironmentIdentity(kind=kind, description=words[:1000])
    return Environment(name="the place", identity=identity)


def _hour(story: PromptInput, words: str) -> EnvironmentContext:
    said = words[:400]
    context = story.context
    return attrs.evolve(
        context,
        time_of_day=context.time_of_day or said,
        weather=context.weather or said,
    )


def _cast(words: str) -> tuple[Cast, ...]:
    named: dict[str, BeingKind] = {}
    for name, kind in every(words, {**dict.fromkeys(_PEOPLE, BeingKind.HUMAN), **_OTHERS}):
        if name not in {"she", "he"} or not named:
            named[name] = kind
    for word in words.split():
        bare = word.strip(".,;:!?\"'").lower()
        if read_beast(bare) is not None and bare not in named:
            named[bare] = BeingKind.ANIMAL
    if mentions(words, "astronaut") and "moon" in named:
        del named["moon"]
    return tuple(_member(name, kind, words) for name, kind in list(named.items())[:4])


def _member(name: str, kind: BeingKind, words: str) -> Cast:
    # The words around the name say what it looks like: 'a small red fox', 'a girl in a blue coat'.
    at = max(0, words.lower().find(name))
    near = words[max(0, at - 40) : at + 60]
    before = words[max(0, at - 24) : at + len(name)]
    human = kind is BeingKind.HUMAN
    identity = CharacterIdentity(
        kind=kind, description=near if human else before, age=before if human else ""
    )
    state = CharacterState(
        clothing=words[at : at + 60] if human else "", emotion=words[:400], posture=words[:400]
    )
    character = Character(name=name.capitalize(), identity=identity, current_state=state)
    return Cast(id=name, character=character, state=state)
