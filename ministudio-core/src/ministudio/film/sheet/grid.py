"""The grid of a sheet: how large a page is, how it is cut into cells, and a cell into parts.

Everything is designed in points, as type is; ``cutting`` turns it into whole pixels, once.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import attrs

from ministudio.values.frames import Size

__all__ = [
    "FACTS",
    "FOOT",
    "GUTTER",
    "HEAD",
    "LINE",
    "ROW_GAP",
    "STRIP",
    "Box",
    "Cell",
    "Grid",
    "Paper",
]


LINE: Final = 10.0
"""From one line of small text to the next, in points; every other height is made of it."""

HEAD: Final = 46.0
"""Height of title and facts, in points."""

FOOT: Final = 24.0
"""Height of notes and page number, in points."""

STRIP: Final = 16.0
"""Height of the scene's heading over each frame, in points."""

FACTS: Final = 38.0
"""Height of the lines with number, camera and maker, in points."""

GUTTER: Final = 16.0
"""Between two columns, in points."""

ROW_GAP: Final = 14.0
"""Between two rows, in points."""


class Paper(StrEnum):
    """Paper that PDF pages are meant for, used across."""

    A4 = "a4"
    LETTER = "letter"


@attrs.frozen
class Box:
    """A rectangle in pixels, from its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Where it ends to the right."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Where it ends below."""
        return self.y + self.height


@attrs.frozen(kw_only=True)
class Cell:
    """What every cell of a sheet looks like, from its own upper left corner.

    Args:
        size: The whole cell.
        frame: The film's frame in it.
        words: Where the words stand: below the frame, or beside a tall one.
        lines: How many lines there are for action, speech and marks.
    """

    size: Size
    frame: Box
    words: Box
    lines: int


@attrs.frozen(kw_only=True)
class Grid:
    """A sheet cut into pages and cells.

    Args:
        scale: Pixels to a point.
        page: One page.
        margin: The page's empty edge.
        columns: Cells in a row.
        rows: Rows on a page.
        pages: How many pages there are.
        cell: What every cell looks like.
    """

    scale: float
    page: Size
    margin: int
    columns: int
    rows: int
    pages: int
    cell: Cell

    @property
    def on_a_page(self) -> int:
        """How many cells a page has room for."""
        return self.columns * self.rows

    def at(self, place: int) -> Box:
        """Return the cell at a place on its page, counted from 0 in reading order."""
        row, column = divmod(place, self.columns)
        across, down = (round(gap * self.scale) for gap in (GUTTER, ROW_GAP))
        return Box(
            self.margin + column * (self.cell.size.width + across),
            self.margin + round(HEAD * self.scale) + row * (self.cell.size.height + down),
            self.cell.size.width,
            self.cell.size.height,
        )
