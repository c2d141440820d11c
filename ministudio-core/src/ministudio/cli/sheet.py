"""``ministudio sheet``: a contact sheet of a film."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command("sheet")
@click.argument("film", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The sheet's file, ending in .png or .pdf.  [default: FILE's name with .sheet.png]",
)
@click.option("--columns", type=click.IntRange(1, 12), help="Shots in a row.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="Paper of a PDF.  [default: a4]")
def command(*, film: Path, output: Path | None, columns: int | None, paper: str | None) -> None:
    """Make a contact sheet of FILE, a film that `ministudio render` made.

    Each shot has one frame, with number, time code, length, camera, action, what is said and who
    made it. A PNG is one picture; a PDF has as many pages as it takes.
    """
    from ministudio.film.sheet.grid import Paper  # noqa: PLC0415 - keeps --help quick
    from ministudio.film.sheet.make import make_sheet  # noqa: PLC0415

    sheet = make_sheet(film, output, columns=columns, paper=Paper(paper) if paper else None)
    shots = "1 shot" if sheet.shots == 1 else f"{sheet.shots} shots"
    pages = f"{sheet.size} pixels"
    if sheet.path.suffix.lower() == ".pdf":
        pages = "1 page" if sheet.pages == 1 else f"{sheet.pages} pages"
    click.echo(f"{sheet.path}: {shots}, {pages}")
    for note in sheet.notes:
        click.echo(f"note: {note}", err=True)
