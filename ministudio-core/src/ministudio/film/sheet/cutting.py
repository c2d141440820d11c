"""Deciding the grid of a sheet from the number of shots and the shape of the film's frame."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.errors import ConfigError
from ministudio.film.sheet.grid import (
    FACTS,
    FOOT,
    GUTTER,
    HEAD,
    LINE,
    ROW_GAP,
    STRIP,
    Box,
    Cell,
    Grid,
    Paper,
)
from ministudio.values.frames import Size

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["make_grid"]


_MARGIN: Final = 30.0
_AIR: Final = 3.0  # between a frame and the words below it
_BESIDE: Final = 10.0  # between a frame and the words beside it
_SCREEN_SCALE: Final = 2.0
_PRINT_SCALE: Final = 300 / 72
_PAPERS: Final = {Paper.A4: (841.89, 595.28), Paper.LETTER: (792.0, 612.0)}

_TALL: Final = 0.8  # a frame narrower than this, by its height, has its words beside it
_TALL_SHARE, _WIDE_SHARE = 0.46, 0.54  # of a cell's width, for a frame with words beside it
_WIDE_ENOUGH: Final = 0.7  # of a cell's width, for a frame with words below it
_TALLEST: Final = 1.6  # a frame's height to its cell's width, at most
_FEWEST_LINES, _FEW_LINES, _SCREEN_LINES, _MOST_LINES = 2, 3, 5, 9
_NARROWEST: Final = 92.0  # what words need, in points
# What words are given where nobody asks for columns: every framing fits below, most beside.
_EASY_BELOW, _EASY_BESIDE = 136.0, 100.0
_LEAST_WIDTH: Final = 420.0  # of a screen sheet between its margins: the title needs it
_SCREEN_SHAPE: Final = 1.3
_UNFILLED: Final = 0.5  # how much worse empty places make a sheet, against a wrong shape
_MOST_COLUMNS: Final = 12
_MOST_PIXELS: Final = 64_000_000
# How much more a director likes many shots on one page than a large picture of each.
_TOGETHER: Final = 1.15


@attrs.frozen
class _Look:
    """What a screen sheet of up to ``shots`` shots looks like; widths in points."""

    shots: float
    width: float
    columns: int


_SCREEN_LOOKS: Final = (
    _Look(4, 330, 4),
    _Look(12, 300, 4),
    _Look(48, 240, 6),
    _Look(math.inf, 210, 8),
)


@attrs.frozen
class _Parts:
    """A cell's frame and the width left for words, in points."""

    width: float
    frame_width: float
    frame_height: float
    beside: bool

    @property
    def words_width(self) -> float:
        return self.width - self.frame_width - _BESIDE if self.beside else self.width

    @property
    def spare_height(self) -> float:
        """What the frame takes from a cell's height before the first line of words."""
        return STRIP + FACTS + (0 if self.beside else self.frame_height + _AIR)

    def height(self, lines: int) -> float:
        return max(STRIP + self.frame_height, self.spare_height + lines * LINE)

    def lines(self, height: float) -> int:
        return max(1, min(_MOST_LINES, int((height - self.spare_height) / LINE + 1e-6)))


def make_grid(
    shots: int,
    aspect: float,
    lines_at: Callable[[int, float], int],
    *,
    paper: Paper | None = None,
    columns: int | None = None,
) -> Grid:
    """Cut a sheet for so many shots.

    Args:
        shots: How many there are, at least 1.
        aspect: Width of the film's frame to its height.
        lines_at: How many lines the longest text takes, given a width in pixels and how many
            pixels there are to a point.
        paper: What to print on; None for one picture on a screen.
        columns: Cells in a row; chosen to suit if left out.

    Raises:
        ConfigError: When the columns would be too narrow for words, or a single picture of so
            many shots too large.
    """
    if paper is None:
        return _screen_grid(shots, aspect, lines_at, columns)
    return _paper_grid(shots, aspect, lines_at, paper, columns)


def _screen_grid(
    shots: int, aspect: float, lines_at: Callable[[int, float], int], columns: int | None
) -> Grid:
    scale = _SCREEN_SCALE
    look = next(look for look in _SCREEN_LOOKS if shots <= look.shots)

    def cut(count: int) -> Grid:
        wide = max(look.width, (_LEAST_WIDTH - (count - 1) * GUTTER) / count)
        parts = _beside(wide, aspect, math.inf) if aspect < _TALL else _below(wide, aspect)
        room = max(_SCREEN_LINES, parts.lines(STRIP + parts.frame_height))
        lines = min(room, lines_at(_px(parts.words_width, scale), scale))
        return _grid(scale, parts, lines, count, math.ceil(shots / count), pages=1)

    def flaws(grid: Grid) -> float:
        empty = 1 - shots / (grid.columns * grid.rows)
        shape = grid.page.width / grid.page.height / _SCREEN_SHAPE
        return abs(math.log(shape)) + _UNFILLED * empty

    counts = [columns] if columns else range(1, min(shots, look.columns) + 1)
    grid = min(map(cut, counts), key=flaws)
    if grid.page.width * grid.page.height > _MOST_PIXELS:
        raise ConfigError(
            f"{shots} shots are too many for one picture: it would have {grid.page} pixels",
            hint="write pages instead: -o NAME.pdf",
        )
    return grid


@attrs.frozen
class _Choice:
    """One way to cut paper: so many columns and rows of such cells."""

    columns: int
    rows: int
    parts: _Parts

    @property
    def easy(self) -> bool:
        """Whether its words have room to spare."""
        return self.parts.words_width >= (_EASY_BESIDE if self.parts.beside else _EASY_BELOW)

    def pages(self, shots: int) -> int:
        return math.ceil(shots / (self.columns * self.rows))

    def liking(self, shots: int) -> float:
        """Large pictures are liked, many on a page more so, and empty places not at all."""
        places = self.columns * min(self.rows, math.ceil(shots / self.columns))
        together = min(shots, places)
        filled = shots / (self.pages(shots) * places)
        picture = self.parts.frame_width * self.parts.frame_height
        return picture * filled * float(together ** (1 + _TOGETHER))


def _paper_grid(
    shots: int,
    aspect: float,
    lines_at: Callable[[int, float], int],
    paper: Paper,
    columns: int | None,
) -> Grid:
    scale = _PRINT_SCALE
    across, down = _PAPERS[paper]
    inner, room = across - 2 * _MARGIN, down - 2 * _MARGIN - HEAD - FOOT
    choices = _choices(inner, room, aspect, _FEWEST_LINES if columns else _FEW_LINES)
    if columns is None:
        asked = [choice for choice in choices if choice.easy] or choices[:1]
    else:
        asked = [choice for choice in choices if choice.columns == columns]
    if not asked:
        raise ConfigError(
            f"{columns} columns leave no room for words on {paper.value} paper",
            hint=f"at most {choices[-1].columns} columns fit a film of this shape",
        )
    best = max(asked, key=lambda choice: choice.liking(shots))
    parts, pages = best.parts, best.pages(shots)
    rows = min(best.rows, math.ceil(shots / best.columns))
    high = (room - (rows - 1) * ROW_GAP) / rows
    lines = min(parts.lines(high), lines_at(_px(parts.words_width, scale), scale))
    page = Size(_px(across, scale), _px(down, scale))
    return _grid(scale, parts, lines, best.columns, rows, pages=pages, page=page)


def _choices(inner: float, room: float, aspect: float, lines: int) -> list[_Choice]:
    """Every way to cut paper that leaves room for words; sizes in points."""
    choices = []
    for columns in range(1, _MOST_COLUMNS + 1):
        wide = (inner - (columns - 1) * GUTTER) / columns
        high = room - STRIP - _AIR - FACTS - lines * LINE
        below, beside = _below(wide, aspect, high), _beside(wide, aspect, room)
        fit = [below] if below.frame_width >= _WIDE_ENOUGH * wide else []
        for parts in (*fit, beside):
            rows = max(1, int((room + ROW_GAP) / (parts.height(lines) + ROW_GAP)))
            if parts.words_width >= _NARROWEST:
                choices.append(_Choice(columns, rows, parts))
    return choices


def _below(wide: float, aspect: float, tallest: float = math.inf) -> _Parts:
    """A cell with its words below the frame."""
    high = min(wide / aspect, tallest)
    return _Parts(wide, high * aspect, high, beside=False)


def _beside(wide: float, aspect: float, room: float) -> _Parts:
    """A cell with its words beside the frame; ``room`` is the height a single row has."""
    share = _TALL_SHARE if aspect < _TALL else _WIDE_SHARE
    high = min(share * wide / aspect, _TALLEST * wide, room - STRIP)
    return _Parts(wide, high * aspect, high, beside=True)


def _grid(
    scale: float,
    parts: _Parts,
    lines: int,
    columns: int,
    rows: int,
    *,
    pages: int,
    page: Size | None = None,
) -> Grid:
    """Turn points into pixels; lengths are rounded down so that nothing grows past its page."""
    cell = Size(int(parts.width * scale), int(parts.height(lines) * scale))
    strip, frame_width = _px(STRIP, scale), max(1, int(parts.frame_width * scale))
    frame_height = max(1, min(int(parts.frame_height * scale), cell.height - strip))
    frame = Box(0, strip, frame_width, frame_height)
    if parts.beside:
        left, top = frame.right + _px(_BESIDE, scale), strip
    else:
        left, top = 0, frame.bottom + _px(_AIR, scale)
    words = Box(left, top, cell.width - left, cell.height - top)
    margin = _px(_MARGIN, scale)
    if page is None:
        across = columns * cell.width + (columns - 1) * _px(GUTTER, scale)
        down = rows * cell.height + (rows - 1) * _px(ROW_GAP, scale)
        edges = 2 * margin
        page = Size(across + edges, down + edges + _px(HEAD, scale) + _px(FOOT, scale))
    return Grid(
        scale=scale,
        page=page,
        margin=margin,
        columns=columns,
        rows=rows,
        pages=pages,
        cell=Cell(size=cell, frame=frame, words=words, lines=lines),
    )


def _px(points: float, scale: float) -> int:
    return round(points * scale)
