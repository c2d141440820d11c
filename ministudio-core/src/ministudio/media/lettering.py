"""Letters: fonts that come with a package, measured, and texts cut to fit.

The fonts are Source Sans Pro, from the package ``font-source-sans-pro``, so that every machine
draws the same letters; they cover Latin, Cyrillic and Greek. Pillow's basic layout is asked for
by name, because its other one loads a shaping library from the system when it finds one.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import ImageFont

from ministudio.errors import MissingDependency
from ministudio.media.glyphs import charset, readable

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Hand", "Lettering", "Measure", "lines_of", "shortened"]


class Hand(StrEnum):
    """The weights of letters there are."""

    PLAIN = "SourceSansPro-Regular.ttf"
    STRONG = "SourceSansPro-Semibold.ttf"


Measure = Callable[[str, Hand, int], float]
"""Says how many pixels wide a text is in one weight, its letters so many pixels high."""

_PACKAGE: Final = "font_source_sans_pro"
_LOOSE_ENDS: Final = " ,;:./\u00b7\u2013\u2014-(\u201c"


class Lettering:
    """The fonts of one piece of work; not shared between threads, since a font keeps state.

    Raises:
        MissingDependency: When the fonts are not installed.
    """

    def __init__(self) -> None:
        self._folder = _font_folder()
        self._fonts: dict[tuple[Hand, int], ImageFont.FreeTypeFont] = {}
        self._missing: dict[str, None] = {}

    def font(self, hand: Hand, size: int) -> ImageFont.FreeTypeFont:
        """Return the font of a weight, ``size`` pixels high."""
        if (hand, size) not in self._fonts:
            self._fonts[hand, size] = ImageFont.truetype(
                str(self._folder / hand.value), size, layout_engine=ImageFont.Layout.BASIC
            )
        return self._fonts[hand, size]

    def measure(self, text: str, hand: Hand, size: int) -> float:
        """Return how wide ``text`` is, in pixels."""
        return self.font(hand, size).getlength(text)

    def readable(self, text: str) -> str:
        """Return ``text`` fit to be drawn; what no font can draw is named in brackets."""
        drawn, missing = readable(text, _known(self._folder))
        self._missing.update(dict.fromkeys(missing))
        return drawn

    @property
    def missing(self) -> tuple[str, ...]:
        """The scripts that could not be drawn so far, by name."""
        return tuple(self._missing)


def lines_of(text: str, fits: Callable[[str], bool], most: int | None = None) -> list[str]:
    """Break ``text`` between words into lines that fit, as many as it takes or at most ``most``.

    A word longer than a line is broken inside; what does not fit in the end is cut after a whole
    word, and an ellipsis says so.
    """
    words = text.split()
    lines: list[str] = []
    while words and (most is None or len(lines) < most - 1):
        line, words = _line(words, fits)
        lines.append(line)
    return [*lines, shortened(" ".join(words), fits)] if words and most else lines


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """Return ``text`` as one line, or as much of it as fits with an ellipsis after it."""
    words = text.split()
    line, rest = _line(words, fits)
    if not rest:
        return line
    kept = line.split()
    for count in range(len(kept), 0, -1):
        shorter = " ".join(kept[:count]).rstrip(_LOOSE_ENDS) + "…"
        if fits(shorter):
            return shorter
    letters = kept[0]
    while letters and not fits(letters + "…"):
        letters = letters[:-1]
    return f"{letters.rstrip(_LOOSE_ENDS)}…"


def _line(words: Sequence[str], fits: Callable[[str], bool]) -> tuple[str, list[str]]:
    """Return the first line, and the words left for the lines after it."""
    if not words:
        return "", []
    line = ""
    for number, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if not fits(longer):
            if line:
                return line, list(words[number:])
            cut = next((n for n in range(len(word) - 1, 1, -1) if fits(word[:n])), 1)
            return word[:cut], [piece for piece in (word[cut:], *words[1:]) if piece]
        line = longer
    return line, []


@functools.cache
def _known(folder: Path) -> frozenset[int]:
    """The code points that every weight has."""
    return frozenset.intersection(*(charset(folder / hand.value) for hand in Hand))


@functools.cache
def _font_folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise MissingDependency(
            "the letters that pictures are set in are not installed",
            plugin="core",
            hint="pip install font-source-sans-pro",
        )
    return Path(spec.origin).parent / "files"
