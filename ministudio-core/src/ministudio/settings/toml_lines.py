"""Finding the line of a key in a TOML file, which the standard library's parser does not say."""

from __future__ import annotations

import contextlib
import itertools
import re
import tomllib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["key_lines"]

_PART: Final = r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_KEY: Final = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER: Final = re.compile(rf"[ \t]*\[{{1,2}}[ \t]*({_KEY})[ \t]*\]{{1,2}}[ \t\r]*(?:#|$)")
_ASSIGNMENT: Final = re.compile(rf"[ \t]*({_KEY})[ \t]*=")
_TRIPLE: Final = re.compile(r'"""|' + "'''")

_MAX_DEPTH: Final = 16

Path = tuple[str, ...]


def key_lines(text: str) -> Mapping[Path, int]:
    """Return the line, counted from 1, of each table and key of a TOML text that parses.

    Keys inside inline tables are not found, nor those deeper than any that mean something; ask
    for the nearest path above them.
    """
    lines: dict[Path, int] = {}
    table: Path = ()
    inside = ""
    for number, line in enumerate(text.split("\n"), start=1):
        began_inside = bool(inside)
        for quotes in _TRIPLE.findall(line):
            if not inside:
                inside = quotes
            elif inside == quotes:
                inside = ""
        if began_inside:
            continue
        if header := _HEADER.match(line):
            table = _path(header[1])
            found = table
        elif assignment := _ASSIGNMENT.match(line):
            found = (*table, *_path(assignment[1]))
        else:
            continue
        for depth in range(1, len(found) + 1):
            lines.setdefault(found[:depth], number)
    return lines


def _path(key: str) -> Path:
    # The parser itself knows best how a dotted or quoted key reads.
    parts = itertools.islice((part[0] for part in re.finditer(_PART, key)), _MAX_DEPTH)
    node: object = None
    with contextlib.suppress(ValueError):
        # Text in a string of many lines may look like a key and be none.
        node = tomllib.loads(f"{'.'.join(parts)} = 0")
    steps: list[str] = []
    while isinstance(node, dict):
        ((step, node),) = node.items()
        steps.append(step)
    return tuple(steps)
