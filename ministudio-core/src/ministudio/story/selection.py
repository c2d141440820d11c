"""Choosing shots by number or by id: ``3,5-7,opening``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ministudio.errors import ConfigError
from ministudio.story.wording import shown, suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["parse_selection"]

_RANGE = re.compile(r"([0-9]{1,9})(?:\s*(-)\s*([0-9]{1,9})?)?")


def parse_selection(text: str, ids: Sequence[str]) -> tuple[int, ...]:
    """Return the positions (from 0) of the shots a selection names, in the film's order.

    Args:
        text: Numbers from 1, ranges (``5-7``, or ``5-`` to the end) and ids, with commas
            between. A word that is some shot's id means that shot, whatever it looks like.
        ids: The id of every shot, in the order of the film.

    Raises:
        ConfigError: With everything that is wrong in the selection.
    """
    positions = {name: position for position, name in enumerate(ids)}
    chosen: set[int] = set()
    wrong: list[str] = []
    for word in (part.strip() for part in text.split(",")):
        if word in positions:
            chosen.add(positions[word])
        elif found := _RANGE.fullmatch(word):
            first = int(found[1])
            last = int(found[3]) if found[3] else len(ids) if found[2] else first
            if problem := _out_of_range(word, first, last, len(ids)):
                wrong.append(problem)
            else:
                chosen.update(range(first - 1, last))
        elif word:
            wrong.append(f"no shot has the id {shown(word)}; {suggestion(word, ids)}")
    if not chosen and not wrong:
        wrong.append("it names no shot")
    if wrong:
        raise ConfigError(
            f"the selection of shots {shown(text)} is not right: {'; '.join(wrong)}",
            hint="name shots by number from 1, by range or by id, such as 3,5-7,opening",
        )
    return tuple(sorted(chosen))


def _out_of_range(word: str, first: int, last: int, count: int) -> str | None:
    if first < 1:
        return f"{word}: shots are numbered from 1"
    if first > count or last > count:
        return f"{word}: the film has {count} {'shot' if count == 1 else 'shots'}"
    if last < first:
        return f"{word}: a range runs from the smaller number to the larger"
    return None
