"""Letters: fonts that come with a package, measured and broken into lines.

The fonts are Source Sans Pro, from the package ``font-source-sans-pro``, so that every machine
draws the same letters; they cover Latin, Cyrillic and Greek. Pillow's basic layout is asked
for by name, because its other one loads a shaping library from the system when it finds one.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Final

from PIL import ImageFont

from ministudio.plugin import MissingDependency
from ministudio_animatic.drawing.glyphs import charset, readable

__all__ = ["Hand", "Lettering", "Measure", "balanced", "shortened", "wrapped"]


class Hand(StrEnum):
    """The weights of letters there are."""

    PLAIN = "SourceSansPro-Regular.ttf"
    STRONG = "SourceSansPro-Semibold.ttf"


Measure = Callable[[str, Hand, int], float]
"""Says how many pixels wide a text is in one weight and size."""

_PACKAGE: Final = "font_source_sans_pro"
_LOOSE_ENDS: Final = " ,;:.\u2013\u2014-"


class Lettering:
    """The fonts of one render; not shared between threads, since a font keeps state."""

    def __init__(self) -> None:
        self.folder = _font_folder()
        self._missing: dict[str, None] = {}
        self._fonts: dict[tuple[Hand, int], ImageFont.FreeTypeFont] = {}

    def font(self, hand: Hand, size: int) -> ImageFont.FreeTypeFont:
        """Return the font of a weight, ``size`` pixels high."""
        if (hand, size) not in self._fonts:
            self._fonts[hand, size] = ImageFont.truetype(
                str(self.folder / hand.value), size, layout_engine=ImageFont.Layout.BASIC
            )
        return self._fonts[hand, size]

    def measure(self, text: str, hand: Hand, size: int) -> float:
        """Return how wide ``text`` is, in pixels."""
        return self.font(hand, size).getlength(text)

    @property
    def missing(self) -> tuple[str, ...]:
        """The scripts that could not be drawn so far, by name."""
        return tuple(self._missing)

    def readable(self, text: str) -> str:
        """Return ``text`` fit to be drawn; scripts that cannot be drawn are named in it."""
        known = charset(self.folder / Hand.PLAIN.value) & charset(self.folder / Hand.STRONG.value)
        drawn, missing = readable(text, known)
        self._missing.update(dict.fromkeys(missing))
        return drawn


def wrapped(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return ``text`` in lines that fit, broken between words, or inside one that is too long."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if fits(longer):
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while not fits(line) and len(line) > 1:
            cut = next((n for n in range(len(line) - 1, 1, -1) if fits(line[:n])), 1)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def balanced(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return ``text`` in as few lines as fit, with two lines as even as they can be."""
    lines = wrapped(text, fits)
    if len(lines) != 2:  # noqa: PLR2004 - two, as said
        return lines
    words = text.split()
    tries = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    even = [pair for pair in tries if all(map(fits, pair))]
    return list(min(even, key=lambda pair: abs(len(pair[0]) - len(pair[1])), default=lines))


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """Return ``text``, or as much of it as fits with an ellipsis after it."""
    if fits(text):
        return text
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        shorter = " ".join(words[:count]).rstrip(_LOOSE_ENDS) + "…"
        if fits(shorter):
            return shorter
    return next((text[:n] + "…" for n in range(len(text) - 1, 0, -1) if fits(text[:n] + "…")), "…")


def _font_folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise MissingDependency(
            "the animatic's letters are not installed",
            plugin="animatic",
            hint="pip install font-source-sans-pro",
        )
    return Path(spec.origin).parent / "files"
