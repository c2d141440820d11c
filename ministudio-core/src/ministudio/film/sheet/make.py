"""Making a contact sheet of a film: from the files beside each other to a PNG or a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.errors import ArtifactError, ConfigError
from ministudio.film.sheet.cutting import make_grid
from ministudio.film.sheet.drawing import draw_page
from ministudio.film.sheet.grid import Paper
from ministudio.film.sheet.reading import read_facts
from ministudio.film.sheet.setting import longest, set_pages
from ministudio.film.sheet.words import sheet_words
from ministudio.media.lettering import Lettering
from ministudio.media.probe import probe
from ministudio.media.stills import Stills
from ministudio.values.files import whole_file
from ministudio.values.frames import Size
from ministudio.values.hashing import file_sha256

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

    from ministudio.film.sheet.facts import FilmFacts
    from ministudio.media.info import MediaInfo

__all__ = ["SUFFIXES", "Sheet", "make_sheet"]

SUFFIXES: Final = (".png", ".pdf")
"""What a sheet can be: one picture for the screen, or pages for print."""

_SCREEN_DPI: Final = 144
_PRINT_DPI: Final = 300
_JPEG: Final = {"quality": 88, "subsampling": 0}  # whole colour, or small red letters would smear


@attrs.frozen(kw_only=True)
class Sheet:
    """A finished contact sheet.

    Args:
        path: The file.
        shots: How many shots are on it.
        pages: How many pages it has.
        size: One page, in pixels.
        notes: What a reader of it should know.
    """

    path: Path
    shots: int
    pages: int
    size: Size
    notes: tuple[str, ...]


def make_sheet(
    film: Path,
    target: Path | None = None,
    *,
    columns: int | None = None,
    paper: Paper | None = None,
) -> Sheet:
    """Make a contact sheet of a film that has its run record beside it.

    The same film and record give the same bytes, whenever it is made.

    Args:
        film: The film.
        target: The file to write, ending in .png or .pdf; beside the film if left out.
        columns: Shots in a row; chosen to suit if left out.
        paper: The paper of a PDF, A4 if left out.

    Raises:
        ArtifactError: When the film or its record is missing, broken, or not of the other.
        ConfigError: When the target or the columns are not right.
        OSError: When the sheet cannot be written.
    """
    target = target or film.with_suffix(".sheet.png")
    paper = _paper(target, paper)
    info = probe(film)
    facts = read_facts(film)
    _check_length(film, facts, info)
    letters = Lettering()
    words = sheet_words(facts, file=film.name, size=info.size, readable=letters.readable)
    notes = _notes(facts, film, letters)
    aspect = info.size.width / info.size.height
    grid = make_grid(
        len(words.shots), aspect, longest(words, letters.measure), paper=paper, columns=columns
    )
    with Stills(info) as stills:
        pages = (
            draw_page(page, tuple(facts.shots), stills, letters)
            for page in set_pages(words, grid, letters.measure, notes)
        )
        with whole_file(target) as part:
            if paper is None:
                next(pages).save(part, format="PNG", dpi=(_SCREEN_DPI, _SCREEN_DPI))
            else:
                _save_pdf(pages, part, facts)
    return Sheet(path=target, shots=len(words.shots), pages=grid.pages, size=grid.page, notes=notes)


def _paper(target: Path, paper: Paper | None) -> Paper | None:
    """What to print on; None for a picture."""
    if target.suffix.lower() not in SUFFIXES:
        raise ConfigError(
            f"a sheet is a PNG or a PDF, and {target.name!r} ends in neither .png nor .pdf",
            hint=f"write to {target.stem or 'film'}.sheet.png or {target.stem or 'film'}.sheet.pdf",
        )
    if target.suffix.lower() == ".pdf":
        return paper or Paper.A4
    if paper is not None:
        raise ConfigError("a PNG has no paper", hint="write to a file that ends in .pdf")
    return None


def _check_length(film: Path, facts: FilmFacts, info: MediaInfo) -> None:
    end = max(shot.end for shot in facts.shots)
    if end > info.seconds + 1 / float(info.fps):
        raise ArtifactError(
            f"{film.name} lasts {info.seconds:.1f} seconds, but by its record its shots go on "
            f"to second {end:.1f}",
            hint="it was cut after it was rendered, or the record is another film's; "
            "render it again: what is finished is kept",
        )


def _notes(facts: FilmFacts, film: Path, letters: Lettering) -> tuple[str, ...]:
    notes = []
    if letters.missing:
        notes.append(
            f"No font for {', '.join(letters.missing)}: their words are named in [brackets]"
        )
    if file_sha256(film) != facts.sha256:
        notes.append("The film was changed after its record was written")
    return tuple(notes)


def _save_pdf(pages: Iterator[Image.Image], part: Path, facts: FilmFacts) -> None:
    """Write page after page, so that only one is in memory."""
    # The date would otherwise be today's, and no two sheets alike.
    made = facts.made.timetuple()
    named = {"title": facts.title, "creationDate": made, "modDate": made}
    for number, page in enumerate(pages):
        about = {"append": True} if number else named
        page.save(part, format="PDF", resolution=_PRINT_DPI, **_JPEG, **about)
