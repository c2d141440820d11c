"""Colour words: 'dark auburn', 'faded denim', '#c98b4b' become colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.colour import Colour, darker, hex_colour, lighter, mix
from ministudio_animatic.reading.words import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["COLOURS", "colour_before", "colours_in", "first_colour", "palette_colours"]

_NAMES: Final = """
black #1d1e22   white #f3f0ea   grey #8b9097    gray #8b9097    silver #c3c8cd  charcoal #3a3e46
red #c8443c     crimson #a8243a scarlet #d43a2c ruby #a3203f    maroon #6d2230  burgundy #6b1f34
rust #a8502e    brick #9e4a3a   terracotta #c4694a  coral #ec7d66   salmon #ee9380  rose #d97f92
pink #e79ab1    magenta #c2378c fuchsia #c9388f purple #7a4b94  violet #7d5cb5  lavender #b5a3d8
lilac #bda4d1   plum #6b3a63    indigo #3d3f86  navy #26355c    blue #3b6fb0    azure #4f9bd6
cobalt #2f55a4  sky #86bde0     cyan #4cb7c5    turquoise #41ada8   teal #2f7f7c    aqua #6cc5c2
green #4d8a54   emerald #2c8560 mint #9fd3b6    sage #93a584    olive #767a3f   lime #9bc14b
moss #6a7a42    forest #31563f  jade #3f8f6f    khaki #a3956a   yellow #edc54c  mustard #c99a35
gold #dba93c    golden #e6b04a  amber #dd962f   honey #d39b42   orange #df7f35  peach #f2b48c
apricot #f0ae78 brown #7a5238   chestnut #6f3f2a    chocolate #54362a   tan #c29a6c beige #d9c6a3
cream #f0e4c8   ivory #f2ead6   sand #d8bd8e    copper #b46a3e  bronze #95683a  caramel #b57a44
coffee #5b4033  espresso #3f2b25    denim #4a6487   blonde #d9b56c  blond #d9b56c   auburn #7c3b25
ginger #c2652f  brunette #4d3326    ash #a3a19a steel #73808c  slate #56626e   ink #22283a
midnight #1b2340    pearl #e6e1da   snow #eef2f4    ebony #2a211f   walnut #5a4030  oak #a47a4b
pine #2d4f43    wine #6a2135    cherry #a82a3a  lemon #efdb5a   ochre #c08a3a   sepia #7b5a3e
vanilla #f1e3bf mauve #9a7a9c   platinum #e3dccb    straw #d8b970   jet #1b1b1f graphite #44484e
stone #9c968a   concrete #a09e99    sapphire #2a4d94    raven #20222b
"""

COLOURS: Final[Mapping[str, Colour]] = {
    name: hex_colour(code)
    for name, code in zip(_NAMES.split()[::2], _NAMES.split()[1::2], strict=True)
}
"""Every colour word that is known, with its colour."""

_GREY: Final[Colour] = (139, 144, 151)

_MODIFIERS: Final[Mapping[str, Callable[[Colour], Colour]]] = {
    "dark": lambda c: darker(c, 0.13),
    "deep": lambda c: darker(c, 0.10),
    "light": lambda c: lighter(c, 0.14),
    "pale": lambda c: mix(lighter(c, 0.16), _GREY, 0.2),
    "soft": lambda c: mix(lighter(c, 0.06), _GREY, 0.15),
    "faded": lambda c: mix(lighter(c, 0.08), _GREY, 0.3),
    "muted": lambda c: mix(c, _GREY, 0.35),
    "dusty": lambda c: mix(c, _GREY, 0.3),
    "bright": lambda c: lighter(c, 0.08),
    "warm": lambda c: mix(c, (226, 150, 60), 0.2),
    "cold": lambda c: mix(c, (70, 120, 190), 0.2),
    "cool": lambda c: mix(c, (70, 120, 190), 0.2),
}


def colours_in(text: str) -> list[Colour]:
    """Return the colours ``text`` names, by word or as hex, in its order.

    'dark', 'pale' and such before a word change its colour.
    """
    found = []
    before: Callable[[Colour], Colour] | None = None
    for word in tokens(text):
        colour = hex_colour(word) if word.startswith("#") else COLOURS.get(word)
        if colour is not None:
            found.append(before(colour) if before else colour)
        before = _MODIFIERS.get(word)
    return found


def first_colour(text: str) -> Colour | None:
    """Return the first colour ``text`` names."""
    return next(iter(colours_in(text)), None)


def colour_before(text: str, name: str) -> Colour | None:
    """Return the colour that stands right before a name, as in 'a blue door'."""
    words = tokens(text)
    last = name.rsplit(maxsplit=1)[-1]
    at = next((i for i, word in enumerate(words) if word.startswith(last)), 0)
    return first_colour(" ".join(words[max(0, at - 2) : at]))


def palette_colours(palette: Iterable[str]) -> list[Colour]:
    """Return the colours a palette lists; words that name none are left out."""
    return [colour for entry in palette for colour in colours_in(entry)]
