"""``ministudio check``: whether productions are right, and if not, everything that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ministudio.errors import StoryError
from ministudio.story.load import load_production

if TYPE_CHECKING:
    from ministudio.story.problems import Problem
    from ministudio.story.production import Production

__all__ = ["command", "summary"]


def summary(production: Production) -> str:
    """Return what a production holds, such as ``3 scenes, 6 shots, 30 s``."""
    lengths = [shot.duration for _, shot in production.shots]
    seconds = sum(length for length in lengths if length != "auto")
    parts = [
        _count(len(production.scenes), "scene"),
        _count(len(lengths), "shot"),
        f"{seconds:g} s",
    ]
    if spoken := lengths.count("auto"):
        parts.append(f"and {_count(spoken, 'shot')} as long as what is said")
    return ", ".join(parts)


@click.command("check")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--allow-outside-media",
    is_flag=True,
    help="Accept pictures that lie outside the production's folder.",
)
def command(files: tuple[Path, ...], allow_outside_media: bool) -> None:
    """Check productions, and print every problem with its line.

    Nothing is planned and no provider is asked. The exit code is 2 when anything is wrong.
    """
    problems: list[Problem] = []
    for file in files:
        try:
            production = load_production(file, allow_outside_media=allow_outside_media)
        except StoryError as wrong:
            problems += wrong.problems
        else:
            click.echo(f"{click.format_filename(file)}: ok: {summary(production)}")
    if problems:
        raise StoryError(problems)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
