"""Which characters a font can draw, read from the font file itself."""

from __future__ import annotations

import functools
import struct
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["charset", "readable"]

_WINDOWS, _UNICODE = 3, 0
_SEGMENTS, _GROUPS = 4, 12
_END = 0xFFFF
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})  # controls, and what no font should draw

_NAMES = {
    "CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
    "FULLWIDTH": "Chinese", "IDEOGRAPHIC": "Chinese", "BOPOMOFO": "Chinese",
}  # fmt: skip


@functools.cache
def charset(font: Path) -> frozenset[int]:
    """Return the code points that a TrueType font has glyphs for.

    Raises:
        OSError: When the file cannot be read.
        ValueError: When it is no font with a Unicode table.
    """
    data = font.read_bytes()
    points: set[int] = set()
    for offset in _subtables(data):
        kind = _number(data, offset)
        if kind == _SEGMENTS:
            points.update(_segments(data, offset))
        elif kind == _GROUPS:
            points.update(_groups(data, offset))
    if not points:
        raise ValueError(f"{font.name} has no Unicode table")
    return frozenset(points)


def readable(text: str, known: frozenset[int]) -> tuple[str, list[str]]:
    """Return ``text`` fit to be drawn, and the names of the scripts that could not be.

    What the font lacks is replaced by the script's name in brackets, once per run, so that a
    viewer reads what is missing instead of seeing empty boxes.
    """
    drawn: list[str] = []
    missing: list[str] = []
    run: list[str] = []
    for char in (*unicodedata.normalize("NFC", text), ""):
        if char and char.isspace():
            (run or drawn).append(" ")
        elif char and unicodedata.category(char) in _UNSEEN:
            continue
        elif char and (ord(char) not in known or (run and _joins(char))):
            if unicodedata.category(char)[0] != "M":
                run.append(char)
        else:
            if run:
                name = _script("".join(run))
                missing.append(name)
                drawn.append(f"[{name}]" + (" " if run[-1] == " " else ""))
                run = []
            drawn.append(char)
    return " ".join("".join(drawn).split()), list(dict.fromkeys(missing))


def _joins(char: str) -> bool:
    """Punctuation and digits between undrawable words belong to them."""
    return unicodedata.category(char)[0] in "MPN"


def _script(run: str) -> str:
    names = [unicodedata.name(char, "SYMBOL").split()[0] for char in run if not char.isspace()]
    known = [_NAMES.get(name, name.title()) for name in names]
    letters = [
        name
        for name, char in zip(known, run.replace(" ", ""), strict=False)
        if unicodedata.category(char)[0] == "L"
    ]
    if "Japanese" in letters:
        return "Japanese"
    return max(letters, key=letters.count) if letters else "symbol"


def _number(data: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", data, at)[0])


def _subtables(data: bytes) -> list[int]:
    for i in range(_number(data, 4)):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * i)
        if tag == b"cmap":
            records = (
                struct.unpack_from(">HHI", data, offset + 4 + 8 * k)
                for k in range(_number(data, offset + 2))
            )
            return [offset + start for kind, _, start in records if kind in {_WINDOWS, _UNICODE}]
    return []


def _segments(data: bytes, at: int) -> set[int]:
    count = _number(data, at + 6) // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    return {
        point
        for first, last in zip(starts, ends, strict=True)
        for point in range(first, last + 1)
        if point != _END
    }


def _groups(data: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">I", data, at + 12)[0]
    groups = (struct.unpack_from(">III", data, at + 16 + 12 * i) for i in range(count))
    return {point for first, last, _ in groups for point in range(first, last + 1)}
