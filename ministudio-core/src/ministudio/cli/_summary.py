"""What a command says of a film when it is made, and of the money when it is not."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ministudio.errors import MiniStudioError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ministudio.render.summing import Sum
    from ministudio.studio import Studio
    from ministudio.studio.results import Film

__all__ = ["say_costs", "shots", "summary"]


def summary(film: Film) -> list[str]:
    """Return the lines that say what came of a render that made a film."""
    result = film.result
    made = sum(not shot.reused for shot in result.shots)
    size = f"{film.seconds:.1f} s, {shots(len(result.shots))}"
    lines = [f"{_shown(film.path)}: {size}, {made or 'none'} rendered now"]
    if film.subtitles:
        lines.append(f"{_shown(film.subtitles)}: subtitles")
    lines.append(f"{_shown(film.record)}: run record")
    if stand_ins := [shot.shot.id for shot in result.shots if shot.placeholder]:
        lines.append(f"placeholders: {', '.join(stand_ins)}")
    if left_out := [shot.id for shot, _ in result.failures]:
        lines.append(f"left out: {', '.join(left_out)}")
    return [*lines, *_costs(film.costs)]


def say_costs(studio: Studio, run: str | None) -> None:
    """Say on standard error what a run has cost that made no film."""
    from ministudio.render.summing import By, sums  # noqa: PLC0415 - keeps --help quick

    # What stopped the run is what the user must hear of, whatever is wrong with the journal.
    with contextlib.suppress(MiniStudioError):
        if run is not None:
            with studio.journal() as journal:
                found = sums(journal.entries(run), By.FILM)
            for line in _costs(found):
                click.echo(line, err=True)


def shots(count: int) -> str:
    """Return a number of shots in words."""
    return "1 shot" if count == 1 else f"{count} shots"


def _costs(costs: Iterable[Sum]) -> list[str]:
    lines = []
    for cost in costs:
        said = f"spent in this run: {cost.spent}"
        if cost.promised.micros:
            said += f", promised: {cost.promised}"
        if cost.unknown:
            said += f", and {cost.unknown} of {cost.clips} clips at a price that nobody says"
        lines.append(said)
    return lines


def _shown(path: Path) -> str:
    """A path as a user would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_absolute() and here in path.parents else path)
