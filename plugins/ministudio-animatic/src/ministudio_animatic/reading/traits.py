"""Who somebody is, in the terms of somebody who has to draw them.

What the identity does not say is decided by a hash of the character's id and name, so that a
character looks the same in every shot and two characters rarely look alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from ministudio_animatic.drawing.colour import Colour, darker, hex_colour, lighter
from ministudio_animatic.reading.colours import colours_in, first_colour
from ministudio_animatic.reading.words import first, hashed, mentions, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.plugin import Cast

__all__ = ["Person", "key_colour", "read_person"]


@attrs.frozen(kw_only=True)
class Person:
    """A person's looks.

    Args:
        skin: Colour of the skin.
        hair: Colour of the hair.
        cut: The hair's shape: short, cropped, bob, long, bun, ponytail, curly, bald.
        eyes: Colour of the eyes.
        top: Colour of the main garment, the colour the person is known by.
        under: Colour of what is worn beneath it.
        legs: Colour of the trousers, or of the skirt.
        coat: Whether the main garment hangs open over the one beneath.
        dress: Whether it reaches down as a dress, robe or gown.
        hat: Colour of a hat, where there is one.
        crown: Whether the hat is a crown.
        scarf: Colour of a scarf, where there is one.
        apron: Colour of an apron, where there is one.
        glasses: Whether there are glasses.
        beard: Whether there is a beard.
        freckles: Whether there are freckles.
        child: Whether it is a child.
        old: Whether it is an old person.
        slight: Width of the shoulders, 1 for the average.
    """

    skin: Colour
    hair: Colour
    cut: str
    eyes: Colour
    top: Colour
    under: Colour
    legs: Colour
    coat: bool = False
    dress: bool = False
    hat: Colour | None = None
    crown: bool = False
    scarf: Colour | None = None
    apron: Colour | None = None
    glasses: bool = False
    beard: bool = False
    freckles: bool = False
    child: bool = False
    old: bool = False
    slight: float = 1.0


_SKINS: Final[Mapping[str, Colour]] = table(
    (hex_colour("#f6ded0"), "porcelain"),
    (hex_colour("#f3d6c1"), "pale"),
    (hex_colour("#f1cfb5"), "fair"),
    (hex_colour("#efc9a9"), "light, freckled"),
    (hex_colour("#efc0a4"), "rosy"),
    (hex_colour("#d5a06c"), "golden"),
    (hex_colour("#cfa377"), "olive"),
    (hex_colour("#c8956c"), "weathered"),
    (hex_colour("#c68e60"), "tanned, tan, light brown"),
    (hex_colour("#a36b47"), "medium brown, warm brown"),
    (hex_colour("#96613f"), "brown"),
    (hex_colour("#643d2c"), "dark brown, deep brown"),
    (hex_colour("#5d3a2b"), "dark, deep"),
    (hex_colour("#4c2f25"), "black, ebony"),
)
_HAIRS: Final[Mapping[str, Colour]] = table(  # red hair is not red as a coat is
    (hex_colour("#b5562c"), "red"),
    (hex_colour("#e9e6df"), "white"),
)
_SOME_SKINS: Final = tuple(map(hex_colour, ("#efc7a6", "#d9a57c", "#b97c53", "#8c5a3c", "#64402f")))
_SOME_HAIR: Final = tuple(
    map(hex_colour, ("#2a2320", "#4a3024", "#6f4529", "#1e1f26", "#8b5a33", "#7c3b25", "#b08d57"))
)
_SOME_EYES: Final = tuple(map(hex_colour, ("#4b3324", "#3e5a6e", "#5a6b3b", "#6b4a2b")))
# Far enough apart that two people whose clothes nobody named are told apart at a glance. Which
# one is whose hangs on the person alone: a table dealt out among the cast of a shot would change
# somebody's coat whenever somebody else walked in.
_SOME_TOPS: Final = tuple(
    map(
        hex_colour,
        ("#b8433f", "#e0853a", "#d8b64a", "#7f9a3c", "#2e7150", "#2f9a94", "#7fb4dc", "#2f4a9a",
         "#7d56b0", "#c8609a", "#74503a", "#d3c8b2", "#393c48"),
    )
)  # fmt: skip
_SOME_LEGS: Final = tuple(map(hex_colour, ("#2f3c5e", "#5f4a3c", "#7c828c", "#26272b", "#b39d70")))
_GREY_HAIR: Final = hex_colour("#c9c8c4")

_CUTS: Final[Mapping[str, str]] = table(
    ("bald", "bald, shaved, shaven"),
    ("cropped", "cropped, buzz, crew, close"),
    ("short", "short, pixie, spiky, messy, tousled"),
    ("bob", "bob, jaw, chin, shoulder, wavy"),
    ("long", "long, flowing, waist, loose, straight, dreadlock, loc"),
    ("bun", "bun, knot, pinned, topknot"),
    ("ponytail", "tied, ponytail, braid, plait, braided"),
    ("curly", "curly, curl, afro, coil, ringlet, wild, frizzy"),
)
_OPEN: Final = (
    "coat, jacket, cardigan, blazer, hoodie, vest, waistcoat, suit, parka, overcoat, "
    "raincoat, cape, cloak, gilet"
)
_DRESS: Final = (
    "dress, gown, robe, kimono, sari, tunic, cassock, habit, kaftan, nightgown, cloak, skirt, toga"
)
_LEGWEAR: Final = (
    "trousers, jeans, pants, leggings, shorts, slacks, chinos, breeches, skirt, overalls, dungarees"
)
_HATS: Final = "hat, cap, beanie, hood, helmet, beret, bonnet, turban, hijab, headscarf, fedora"
_EXTRAS: Final = "scarf, shoes, boots, gloves, apron"
_CROWNS: Final = "crown, tiara, diadem, coronet"
_FEMALE: Final = (
    "woman, girl, she, her, female, lady, mother, grandmother, daughter, sister, queen, "
    "princess, aunt, wife, actress"
)
_CHILD: Final = (
    "child, boy, girl, kid, toddler, six, seven, eight, nine, ten, eleven, twelve, little, "
    "girl, little boy"
)
_OLD: Final = (
    "old, elderly, aged, sixty, sixties, seventy, seventies, eighty, eighties, ninety, "
    "grandmother, grandfather, ancient, retired"
)


def read_person(member: Cast) -> Person:
    """Return the looks of a human member of the cast."""
    identity, state = member.character.identity, member.state
    seed = f"{member.id}/{member.character.name}"
    who = f"{identity.description} . {identity.age}"
    everything = f"{who} . {identity.face} . {identity.marks} . {state.clothing} . {identity.eyes}"
    old = mentions(who, _OLD) and not mentions(identity.age, "years old", "year old")
    child = mentions(identity.age or identity.description, _CHILD)
    top, under, legs = _garments(state.clothing, seed)
    cut = first(identity.hair, _CUTS)
    if cut is None:
        choices = ("long", "bob", "bun", "ponytail", "curly")
        plain = ("short", "short", "cropped", "curly")
        cut = hashed(seed + "cut", choices if mentions(who, _FEMALE) else (*plain, "bob"))
    hair = (
        first(identity.hair, _HAIRS)
        or first_colour(identity.hair)
        or (_GREY_HAIR if old else hashed(seed + "hair", _SOME_HAIR))
    )
    return Person(
        skin=first(identity.skin, _SKINS)
        or first_colour(identity.skin)
        or hashed(seed + "skin", _SOME_SKINS),
        hair=hair,
        cut=cut,
        eyes=first_colour(identity.eyes) or hashed(seed + "eyes", _SOME_EYES),
        top=top,
        under=under,
        legs=legs,
        coat=mentions(state.clothing, _OPEN),
        dress=mentions(state.clothing, _DRESS),
        hat=_worn(state.clothing, seed, _HATS, _CROWNS),
        crown=mentions(state.clothing, _CROWNS),
        scarf=_worn(state.clothing, seed, "scarf", "shawl", "bandana"),
        apron=_worn(state.clothing, seed, "apron, pinafore"),
        glasses=mentions(everything, "glasses", "spectacles", "goggles", "monocle"),
        beard=mentions(f"{everything} . {identity.hair}", "beard", "bearded", "goatee"),
        freckles=mentions(everything, "freckles", "freckled"),
        child=child,
        old=old,
        slight=_shoulders(identity.build),
    )


def key_colour(person: Person) -> Colour:
    """Return the colour a person is known by."""
    return person.top


def _garments(clothing: str, seed: str) -> tuple[Colour, Colour, Colour]:
    """Colours of the main garment, what is beneath it, and the trousers."""
    parts = [
        part.strip() for part in clothing.replace(" and ", ",").replace(" over ", ",").split(",")
    ]
    below = [part for part in parts if mentions(part, _LEGWEAR)]
    above = [
        part for part in parts if part not in below and not mentions(part, _HATS, _CROWNS, _EXTRAS)
    ]
    tops = [colour for part in above for colour in colours_in(part)[:1]]
    top = tops[0] if tops else hashed(seed + clothing + "top", _SOME_TOPS)
    under = tops[1] if len(tops) > 1 else lighter(top, 0.22)
    legs = next((c for part in below for c in colours_in(part)), None)
    return top, under, legs or hashed(seed + "legs", _SOME_LEGS)


def _worn(clothing: str, seed: str, *names: str) -> Colour | None:
    for part in clothing.replace(" and ", ",").split(","):
        if mentions(part, *names):
            return first_colour(part) or darker(hashed(seed + names[0], _SOME_TOPS), 0.08)
    return None


def _shoulders(build: str) -> float:
    table = {
        "slight": 0.88, "slim": 0.9, "thin": 0.86, "lean": 0.93, "rangy": 0.95, "petite": 0.86,
        "broad": 1.15, "stocky": 1.18, "heavy": 1.2, "muscular": 1.16, "large": 1.18,
        "round": 1.2, "stout": 1.2, "lanky": 0.92, "slender": 0.88, "plump": 1.18,
    }  # fmt: skip
    return first(build, table) or 1.0
