"""Characters in words: the identity word for word the same in every shot, then the state."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ministudio.prose.words import (
    listed,
    opening,
    phrase,
    possessive,
    sentence,
    squeeze,
    vocabulary,
    with_article,
)
from ministudio.story.vocabulary import BeingKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.contracts.prompts import Cast
    from ministudio.story.character import Character, CharacterIdentity

__all__ = ["identity_text", "looks_text", "state_text"]

_KINDS: Final[Mapping[BeingKind, tuple[str, frozenset[str]]]] = {
    BeingKind.HUMAN: ("a person", vocabulary("")),
    BeingKind.ANIMAL: (
        "an animal",
        vocabulary(
            "animal bear bird cat cow crow deer dog donkey elephant fish fox frog goat hare hen "
            "horse hound kitten lion mouse otter owl pig puppy rabbit raven sheep tiger tortoise "
            "whale wolf wolfhound"
        ),
    ),
    BeingKind.ROBOT: ("a robot", vocabulary("android automaton droid machine mech robot")),
    BeingKind.CREATURE: (
        "a creature",
        vocabulary("beast creature demon dragon fairy ghost giant monster spirit troll"),
    ),
    BeingKind.ORB: (
        "a floating orb",
        vocabulary("ball bubble globe orb pearl spark sphere"),
    ),
    BeingKind.OBJECT: ("an object", vocabulary("object")),
}

# Words that name the part already, so that "black curls" does not become "black curls hair".
_HAIR = "afro bald beard bob braids bun curls dreadlocks fringe hair locks plaits ponytail shaved"
_FACE = "brow brows cheek cheekbones cheeks chin eyebrows face features jaw nose snout visage"
_SKIN = "bark coat complexion feathers fleece fur hide plumage scales shell skin surface"
_BUILD = "build body figure frame height physique silhouette stature"
_EYES = "eye eyes gaze lens lenses"
_SINGLE = vocabulary("a an one single")

_SURFACES: Final[Mapping[BeingKind, str]] = {
    BeingKind.HUMAN: "skin",
    BeingKind.CREATURE: "skin",
    BeingKind.ANIMAL: "coat",
}

_BEGINS_WITH_ARTICLE = re.compile(r"(?:an?|the|one)\b", re.IGNORECASE)
_BEGINS_WITH_PRONOUN = re.compile(r"(?:he|she|they|it|his|her|their|its)\b", re.IGNORECASE)
_WEARING = re.compile(r"^(?:wearing|wears|dressed in)\s+", re.IGNORECASE)
_CARRYING = re.compile(r"^(?:carrying|carries)\s+", re.IGNORECASE)
_HOLDING = re.compile(r"^(?:holding|holds)\s+", re.IGNORECASE)
_POSTURE_VERBS = vocabulary(
    "bends climbs crouches floats flies glides hangs hovers hunches kneels leans lies moves "
    "perches rests runs sits sleeps slouches squats stands stoops swims walks"
)
_POSTURES_TO_BE_IN = vocabulary(
    "against asleep at barefoot behind bent beside bowed by calm in low on still straight under "
    "upright"
)


def identity_text(character: Character) -> str:
    """Return who somebody is: a function of the character alone, so no shot words it otherwise."""
    name, identity = squeeze(character.name), character.identity
    described = squeeze(identity.description)
    kind, synonyms = _KINDS[identity.kind]
    if not described:
        # A name alone shows a model nothing; a person whose looks follow needs no such line.
        return (
            ""
            if identity.kind is BeingKind.HUMAN and _details(identity)
            else sentence(f"{name} is {kind}")
        )
    said = set(re.findall(r"\w+", described.lower()))
    aside = "" if identity.kind is BeingKind.HUMAN or synonyms & said else f", {kind},"
    if described.startswith(name) or _BEGINS_WITH_PRONOUN.match(described):
        return (
            f"{sentence(f'{name} is {kind}')} {sentence(described)}"
            if aside
            else sentence(described)
        )
    if _BEGINS_WITH_ARTICLE.match(described):
        return sentence(f"{name}{aside} is {described[0].lower()}{described[1:]}")
    return sentence(f"{name}{aside.rstrip(',')}: {described}")


def looks_text(character: Character) -> str:
    """Return what somebody looks like, again a function of the character alone."""
    name, identity = squeeze(character.name), character.identity
    age, details = _age(identity.age), listed(_details(identity))
    # As in a screenplay: "Mira, early sixties, has"; "in the early sixties" would be a decade.
    if details:
        return sentence(f"{name}, {age}, has {details}" if age else f"{name} has {details}")
    return sentence(f"{possessive(name)} age: {age}") if age else ""


def state_text(cast: Cast) -> str:
    """Return how somebody is right now, or an empty text when nothing is said of it."""
    name, state = squeeze(cast.character.name), cast.state
    doing, pose = _posture(phrase(state.posture))
    acts = listed([_clothing(phrase(state.clothing)), _carrying(phrase(state.carrying)), doing])
    emotion = phrase(state.emotion)
    if emotion:
        human = cast.character.identity.kind is BeingKind.HUMAN
        emotion = f"{'expression' if human else 'manner'}: {emotion}"
    bearing = "; ".join(text for text in (pose, emotion) if text)
    lines = [
        sentence(f"{name} {acts}") if acts else "",
        sentence(f"{possessive(name)} {bearing}") if bearing else "",
    ]
    return " ".join(line for line in lines if line)


def _posture(text: str) -> tuple[str, str]:
    """A posture as something done (``is bent over``), or else as a label (``posture: chin up``)."""
    first = text.split(" ", 1)[0].lower().rstrip(",")
    if first in _POSTURE_VERBS:
        return text, ""
    if first.endswith(("ing", "ed")) or first in _POSTURES_TO_BE_IN:
        return f"is {text}", ""
    return "", f"posture: {text}" if text else ""


def _clothing(text: str) -> str:
    worn = _WEARING.sub("", text)
    return f"wears {worn}" if worn else ""


def _carrying(text: str) -> str:
    if held := _HOLDING.match(text):
        return f"holds {text[held.end() :]}"
    carried = _CARRYING.sub("", text)
    return f"carries {carried}" if carried else ""


def _details(identity: CharacterIdentity) -> list[str]:
    surface = _SURFACES.get(identity.kind, "surface")
    details = [
        _named(identity.build, "build", _BUILD, article=True),
        _named(identity.face, "face", _FACE, article=True),
        _named(identity.skin, surface, _SKIN, article=surface != "skin"),
        _named(identity.hair, "hair", _HAIR, article=False),
        _named(identity.eyes, "eyes", _EYES, article=False),
        phrase(identity.marks),
    ]
    return [detail for detail in details if detail]


def _named(text: str, noun: str, names: str, *, article: bool) -> str:
    """``round, with a small chin`` becomes ``a round face, with a small chin``."""
    said = phrase(text)
    head, rest = opening(said)
    words = re.findall(r"\w+", head.lower())
    if not said or set(words) & vocabulary(names):
        return said
    if noun == "eyes" and set(words[:1]) & _SINGLE:
        noun = "eye"
    named = f"{head} {noun}".strip()
    return f"{with_article(named) if article else named}{rest}".strip()


def _age(text: str) -> str:
    said = phrase(text)
    return f"{said} years old" if said.isdigit() else said
