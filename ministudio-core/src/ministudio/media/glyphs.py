"""Which characters a font can draw, read from the font file itself."""

from __future__ import annotations

import functools
import re
import struct
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["charset", "readable"]

_UNICODE_PLATFORMS: Final = (0, 3)
_SEGMENTS, _GROUPS = 4, 12  # the two layouts of a cmap table that fonts of today use
_LAST: Final = 0xFFFF
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_SELECTORS: Final = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
_RUN: Final = re.compile("n(?:j*n)*")

# Unicode names characters by alphabet; people name what they read.
_LANGUAGES: Final = {
    "CJK": "Chinese",
    "BOPOMOFO": "Chinese",
    "FULLWIDTH": "Chinese",
    "IDEOGRAPHIC": "Chinese",
    "HANGUL": "Korean",
    "HALFWIDTH": "Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "KATAKANA-HIRAGANA": "Japanese",
}


@functools.cache
def charset(font: Path) -> frozenset[int]:
    """Return the code points that a TrueType font has glyphs for.

    Raises:
        OSError: When the file cannot be read.
        ValueError: When it is no font with a Unicode table.
    """
    data = font.read_bytes()
    points: set[int] = set()
    try:
        for at in _tables(data):
            (layout,) = struct.unpack_from(">H", data, at)
            if layout == _SEGMENTS:
                points.update(_segments(data, at))
            elif layout == _GROUPS:
                points.update(_groups(data, at))
    except struct.error as error:
        raise ValueError(f"{font.name} is not a whole TrueType font") from error
    if not points:
        raise ValueError(f"{font.name} has no Unicode table")
    return frozenset(points)


def readable(text: str, known: frozenset[int]) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` as one line fit to be drawn, and the names of what could not be.

    A run of characters that are not in ``known`` is replaced by its scripts' names in brackets,
    so that a reader sees what is missing where a font would draw empty boxes. Spaces, marks,
    digits and punctuation stay where they are around a run, and belong to it within.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if text.isprintable() and known.issuperset(map(ord, text)):
        return text, ()
    text = "".join(char for char in text if _is_seen(char))
    drawn: list[str] = []
    missing: dict[str, None] = {}
    done = 0
    for run in _RUN.finditer("".join(_kind(char, known) for char in text)):
        names = _scripts(text[run.start() : run.end()])
        missing.update(dict.fromkeys(names))
        drawn += [text[done : run.start()], " ".join(f"[{name}]" for name in names)]
        done = run.end()
    return " ".join("".join([*drawn, text[done:]]).split()), tuple(missing)


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN and ord(char) not in _SELECTORS


def _kind(char: str, known: frozenset[int]) -> str:
    """``n`` for one that cannot be drawn, ``j`` for one that joins others, ``y`` for the rest."""
    if char != " " and ord(char) not in known:
        return "n"
    return "j" if char == " " or unicodedata.category(char)[0] in "MNP" else "y"


def _scripts(run: str) -> tuple[str, ...]:
    """The languages or alphabets that a run's letters belong to."""
    words = (unicodedata.name(char, "SYMBOL").partition(" ")[0] for char in run if _is_letter(char))
    names = dict.fromkeys(_LANGUAGES.get(word, word.title()) for word in words)
    if "Japanese" in names:
        names.pop("Chinese", None)  # the same characters
    return tuple(names) or ("symbol",)


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] == "L"


def _tables(data: bytes) -> Iterator[int]:
    """Yield where each Unicode subtable of the font's ``cmap`` begins."""
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if tag == b"cmap":
            (subtables,) = struct.unpack_from(">H", data, start + 2)
            for record in range(subtables):
                platform, _, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * record)
                if platform in _UNICODE_PLATFORMS:
                    yield start + offset


def _segments(data: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", data, at + 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + twice)
    for first, last in zip(starts, ends, strict=True):
        yield from (point for point in range(first, last + 1) if point != _LAST)


def _groups(data: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    for number in range(count):
        first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * number)
        yield from range(first, last + 1)
