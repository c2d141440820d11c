"""Writing plain data as YAML that people like to read, and that reads back as the same data.

Whatever some YAML reader might take for something else (``no``, ``1:30``, ``2024-05-01``)
stands in quotes, which follow JSON's rules and mean the same in both languages.
"""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ministudio.story.scalars import plain_value
from ministudio.story.wording import number_text

__all__ = ["Prose", "yaml_text"]

_WIDTH: Final = 92
_NARROWEST: Final = 40

# A letter or digit first, then nothing that YAML gives a meaning anywhere in a line.
_PLAIN = re.compile(r"[^\W_][\w ./()'\"!?;&%+*=@-]*(?<! )")
# Some readers end a text at '?' inside brackets.
_PLAIN_IN_ROW = re.compile(r"[^\W_][\w ./()'\"!;&%+*=@-]*(?<! )")
_LIKE_A_NUMBER = re.compile(r"[0-9][0-9a-fA-FxXoO_.+\-TZ ]*")
_OTHER_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_UNPRINTABLE: Final = "\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
_ESCAPED = re.compile(f"[{_UNPRINTABLE}]")
_NOT_IN_A_BLOCK = re.compile(f"[\x00-\x09\x0b-\x1f{_UNPRINTABLE}]")
_BLOCK_LINE = re.compile(r"(?:\S(?:.*\S)?)?")


class Prose(str):
    """A text that may run over several lines of the file."""

    __slots__ = ()


def yaml_text(data: Mapping[str, Any]) -> str:
    """Return a table as a YAML document; what takes several lines stands apart."""
    sections = [list(_entry(key, value, 0)) for key, value in data.items()]
    lines = [*sections[0]] if sections else ["{}"]
    for before, section in itertools.pairwise(sections):
        lines += ["", *section] if len(before) > 1 or len(section) > 1 else section
    return "\n".join(lines) + "\n"


def _entry(key: str, value: Any, indent: int) -> Iterator[str]:
    """Yield the lines of ``key: value``."""
    name = f"{' ' * indent}{_text(key)}:"
    room = _WIDTH - len(name) - 1
    if (rest := _in_line(value, room)) is not None:
        yield f"{name} {rest}"
    elif isinstance(value, Mapping):
        yield name
        for inner_key, inner in value.items():
            yield from _entry(inner_key, inner, indent + 2)
    elif isinstance(value, list):
        yield name
        for inner in value:
            yield from _item(inner, indent + 2)
    else:
        head, *lines = _block(value, indent + 2)
        yield f"{name} {head}"
        yield from lines


def _item(value: Any, indent: int) -> Iterator[str]:
    """Yield the lines of ``- value``."""
    pad = " " * indent
    if (rest := _in_line(value, _WIDTH - indent - 2)) is not None:
        yield f"{pad}- {rest}"
        return
    lines = [line for key, inner in value.items() for line in _entry(key, inner, indent + 2)]
    yield f"{pad}- {lines[0][indent + 2 :]}"
    yield from lines[1:]


def _in_line(value: Any, room: int) -> str | None:
    """Return a value as the rest of a line, or None where several lines read better."""
    if isinstance(value, Prose):
        fits = "\n" not in value and len(_text(value)) <= room
        return _text(value) if fits or not _block(value, 0) else None
    if not isinstance(value, (Mapping, list)):
        return _simple(value)
    inside = value.values() if isinstance(value, Mapping) else value
    if any(isinstance(item, (Prose, Mapping, list)) for item in inside):
        return None
    if isinstance(value, Mapping):
        parts = (f"{_text(k)}: {_simple(v, _PLAIN_IN_ROW)}" for k, v in value.items())
        row = f"{{{', '.join(parts)}}}"
    else:
        row = f"[{', '.join(_simple(item, _PLAIN_IN_ROW) for item in value)}]"
    return row if len(row) <= room else None


def _block(text: str, indent: int) -> list[str]:
    """Return a text as the head and lines of a block, or nothing where it would not survive."""
    if text.startswith(" ") or _NOT_IN_A_BLOCK.search(text):
        return []
    pad = " " * indent
    if "\n" in text:
        lines = text.split("\n")
        sound = lines[0] and lines[-1] and all(map(_BLOCK_LINE.fullmatch, lines))
        return ["|-", *(pad + line if line else "" for line in lines)] if sound else []
    width = max(_WIDTH - indent, _NARROWEST)
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    # Reading puts one space where a line was broken.
    return [">-", *(pad + line for line in lines)] if " ".join(lines) == text != "" else []


def _simple(value: Any, plain: re.Pattern[str] = _PLAIN) -> str:
    match value:
        case str():
            return _text(value, plain)
        case bool():
            return str(value).lower()
        case _:
            text = number_text(value)
            # Without a point, YAML 1.1 takes 1e-05 for text.
            return text.replace("e", ".0e") if "e" in text and "." not in text else text


def _text(text: str, plain: re.Pattern[str] = _PLAIN) -> str:
    unquoted = (
        plain.fullmatch(text)
        and not _LIKE_A_NUMBER.fullmatch(text)
        and text.lower() not in _OTHER_WORDS
        and isinstance(plain_value(text), str)
    )
    if unquoted:
        return text
    from json import dumps  # noqa: PLC0415 - reading a production needs no writer

    quoted = dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
