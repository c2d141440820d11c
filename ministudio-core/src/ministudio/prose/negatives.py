"""What must not be seen: apart where the model takes it so, else said the other way round."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ministudio.prose.words import listed, phrase, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["bare", "named", "opposites"]

_NEGATION = re.compile(
    r"^(?:no|not|without|avoid|avoiding|never|don't show|do not show)\s+", re.IGNORECASE
)

# Naming a thing in a prompt tends to draw it, "no" or not; so only its opposite is ever said.
_COMPANY = "only the figures described"
_DESERTED = "a deserted place"
_WANTED: Final[Mapping[str, Sequence[str]]] = {
    "a clean unmarked frame": [
        r"(readable |on-?screen |burn(t|ed)-in |garbled )?(text|captions?|subtitles?|lettering)",
        r"letters|writing|typography|(text )?overlays?|watermarks?|logos?",
    ],
    "sharp focus": [r"blur|blurry|blurred|blurriness|out[ -]of[ -]focus"],
    "a crisp clean image": [
        r"(low|bad|poor|worst)[ -](quality|resolution)|low-?res|pixelat(ed|ion)",
        r"((jpeg|compression) )?artifacts?|noise|noisy|grainy",
    ],
    "natural anatomy": [
        r"(bad|wrong|distorted|deformed) (anatomy|hands?|fingers|faces?|limbs)",
        r"(extra|missing|too many|fused) (fingers|limbs|arms|legs|hands)",
        r"deformed|disfigured|malformed|mutated|mutation|distorted|distortion",
    ],
    "solid shapes": [r"morphing|warping|melting|wobbling"],
    "even light": [r"flicker|flickering|strobing"],
    "restrained natural colours": [r"over-?saturat(ed|ion)|garish colou?rs?"],
    "balanced exposure": [r"(over|under)-?expos(ed|ure)|too dark|too bright"],
    "one continuous take": [r"(jump )?cuts?|scene changes?|montages?|split[ -]screens?"],
    "real-time motion": [r"slow[ -]motion|time-?lapse|fast[ -]motion"],
    _COMPANY: [r"crowds?|bystanders?|passers-?by|strangers|(extra|other|background) people"],
    _DESERTED: [r"people|persons?|humans?|anybody|anyone"],
}
_OPPOSITES: Final[Sequence[tuple[re.Pattern[str], str]]] = tuple(
    (re.compile("|".join(words), re.IGNORECASE), wanted) for wanted, words in _WANTED.items()
)


def bare(negatives: Iterable[str]) -> list[str]:
    """Return what must not be seen without a ``no`` before it, which would turn it round again."""
    terms = (_NEGATION.sub("", phrase(negative)) for negative in negatives)
    return list(dict.fromkeys(term for term in terms if term))


def named(terms: Iterable[str]) -> str:
    """Return a sentence that names what must not be seen, such as no text and no watermark."""
    return sentence(listed([f"no {term}" for term in terms]))


def opposites(terms: Iterable[str], *, empty: bool) -> tuple[str, list[str], list[str]]:
    """Return a sentence that asks for the opposite of what must not be seen.

    Args:
        terms: What must not be seen.
        empty: Whether nobody is in the shot.

    Returns:
        The sentence (empty when there is nothing to say), the terms it stands for, and the
        terms nobody knows an opposite of.
    """
    wanted: dict[str, None] = {}
    turned, left = [], []
    for term in terms:
        opposite = next((w for pattern, w in _OPPOSITES if pattern.fullmatch(term)), None)
        if opposite == _COMPANY and empty:
            opposite = _DESERTED
        if opposite is None or (opposite == _DESERTED and not empty):
            left.append(term)
        else:
            wanted[opposite] = None
            turned.append(term)
    return f"Picture: {listed(list(wanted))}." if wanted else "", turned, left
