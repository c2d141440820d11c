"""What must not be seen: apart where the model takes it so, else said the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from ministudio.builtin._words import listed, phrase

__all__ = ["bare", "opposites"]

_NEGATION = re.compile(r"^(?:no|not|without|avoid|avoiding|never|don't show|do not show)\s+", re.I)

# Naming a thing in a prompt tends to draw it, "no" or not; so only its opposite is ever said.
_OPPOSITES: Final[Sequence[tuple[re.Pattern[str], str]]] = tuple(
    (re.compile(rf"(?:{words})", re.I), wanted)
    for words, wanted in (
        (
            r"(?:readable |on-?screen |burnt-in |burned-in |garbled )?(?:text|captions?|subtitles?"
            r"|lettering|letters|writing|typography)|(?:text )?overlays?|watermarks?|logos?",
            "a clean, unmarked frame",
        ),
        (r"blur|blurry|blurred|blurriness|out[ -]of[ -]focus", "sharp focus"),
        (
            r"(?:low|bad|poor|worst)[ -](?:quality|resolution)|low-?res|pixelat(?:ed|ion)"
            r"|(?:(?:jpeg|compression) )?artifacts?|noise|noisy|grainy",
            "a crisp, clean image",
        ),
        (
            r"(?:bad|wrong|distorted|deformed) (?:anatomy|hands?|fingers|faces?|limbs)"
            r"|(?:extra|missing|too many|fused) (?:fingers|limbs|arms|legs|hands)"
            r"|deformed|disfigured|malformed|mutated|mutation|distorted|distortion",
            "natural, well-formed anatomy",
        ),
        (r"morphing|warping|melting|wobbling", "solid, stable shapes"),
        (r"flicker|flickering|strobing", "even, stable light"),
        (r"over-?saturat(?:ed|ion)|garish colou?rs?", "restrained, natural colours"),
        (r"over-?expos(?:ed|ure)|under-?expos(?:ed|ure)|too dark|too bright", "balanced exposure"),
        (r"(?:jump )?cuts?|scene changes?|montages?|split[ -]screens?", "one continuous take"),
        (r"slow[ -]motion|time-?lapse|fast[ -]motion", "real-time speed"),
        (
            r"crowds?|bystanders?|passers-?by|strangers|(?:extra|other|background) people",
            "only the figures named here",
        ),
    )
)


def bare(negatives: Iterable[str]) -> list[str]:
    """Return what must not be seen without a ``no`` before it, which would turn it round again."""
    terms = (_NEGATION.sub("", phrase(negative)) for negative in negatives)
    return list(dict.fromkeys(term for term in terms if term))


def opposites(terms: Iterable[str]) -> tuple[str, list[str], list[str]]:
    """Return a sentence that asks for the opposite of what must not be seen.

    Returns:
        The sentence (empty when there is nothing to say), the terms it stands for, and the
        terms nobody knows an opposite of.
    """
    wanted: dict[str, None] = {}
    turned, left = [], []
    for term in terms:
        opposite = next((w for pattern, w in _OPPOSITES if pattern.fullmatch(term)), None)
        if opposite is None:
            left.append(term)
        else:
            wanted[opposite] = None
            turned.append(term)
    return f"The picture keeps to {listed(list(wanted))}." if wanted else "", turned, left
