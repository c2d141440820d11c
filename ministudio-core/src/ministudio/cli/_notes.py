"""What is worth knowing of single shots, said once for all shots that it is true of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio.cli._table import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["by_shots"]


def by_shots(notes: Iterable[tuple[int, str, str]]) -> list[str]:
    """Return a line for each text, with the shots that it is about.

    Args:
        notes: A shot's number, its id, and what is said of it, in the order of the film.
    """
    about: dict[str, dict[int, str]] = {}
    for number, name, text in notes:
        about.setdefault(clean(text), {})[number] = clean(name)
    return [f"{_shots(shots)}: {text}" for text, shots in about.items()]


def _shots(shots: dict[int, str]) -> str:
    if len(shots) == 1:
        ((number, name),) = shots.items()
        return f"shot {number} ({name})"
    return f"shots {_ranges(sorted(shots))}"


def _ranges(numbers: list[int]) -> str:
    """Numbers as people write them: ``1-3, 5``."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in runs)
