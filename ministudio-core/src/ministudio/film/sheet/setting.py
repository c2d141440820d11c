"""Setting a sheet: every rule, frame and line of words at its place on its page.

Pure but for the ruler: how wide words are is asked of ``Measure``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.film.sheet.grid import FACTS, GUTTER, LINE, Box, Grid
from ministudio.film.sheet.words import SheetWords
from ministudio.media.lettering import Hand, Measure, lines_of, shortened
from ministudio.values.frames import Size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ministudio.film.sheet.words import ShotWords

__all__ = ["Frame", "Page", "Rule", "Text", "Tone", "longest", "set_pages"]


class Tone(Enum):
    """The colours of a sheet: ink, two greys, hairlines, and one accent for what was changed."""

    INK = "#1d1f22"
    QUIET = "#5c6066"
    FAINT = "#8b8f95"
    HAIR = "#d6d4ce"
    ACCENT = "#b0491e"


@attrs.frozen
class Rule:
    """A filled rectangle."""

    box: Box
    tone: Tone


@attrs.frozen
class Frame:
    """Where the frame of a shot goes; the shot is counted from 0 in the film's order."""

    shot: int
    box: Box


@attrs.frozen
class Text:
    """One line of words, from its left end on its baseline; ``width`` is how wide it comes out."""

    words: str
    x: int
    baseline: int
    width: float
    hand: Hand
    size: int
    tone: Tone

    @property
    def box(self) -> Box:
        """What its letters may cover, accents and descenders included."""
        up, down = round(self.size * 0.92), round(self.size * 0.24)
        return Box(self.x, self.baseline - up, math.ceil(self.width), up + down)


@attrs.frozen
class Page:
    """One page and what stands on it, in the order it is drawn."""

    size: Size
    items: Sequence[Rule | Frame | Text]


@attrs.frozen
class _Type:
    """A voice on the sheet: size in points, colour, weight."""

    size: float
    tone: Tone
    hand: Hand = Hand.PLAIN


_TITLE: Final = _Type(20, Tone.INK, Hand.STRONG)
_FILM: Final = _Type(9, Tone.QUIET)
_MADE: Final = _Type(9, Tone.FAINT)
_SCENE: Final = _Type(7.6, Tone.INK, Hand.STRONG)
_NUMBER: Final = _Type(11, Tone.INK, Hand.STRONG)
_SECONDS: Final = _Type(7.6, Tone.INK, Hand.STRONG)
_ACTION: Final = _Type(7.6, Tone.INK)
_DATA: Final = _Type(7.6, Tone.QUIET)
_ASIDE: Final = _Type(7.6, Tone.FAINT)
_MARK: Final = _Type(7, Tone.ACCENT, Hand.STRONG)
_NOTE: Final = _Type(7, Tone.ACCENT)
_FOOT: Final = _Type(7, Tone.FAINT)

_HAIR, _SCENE_RULE = 0.5, 1.25  # how thick rules are, in points
_GAP: Final = 6.0  # between two things on one line
_SHORTEST_ID: Final = 56.0  # an id cut shorter than this says nothing
_SQUARE: Final = 3.6
_ENOUGH: Final = 9


def longest(sheet: SheetWords, measure: Measure) -> Callable[[int, float], int]:
    """Return what ``make_grid`` asks for: how many lines the longest cell wants at a width."""

    def lines_at(width: int, scale: float) -> int:
        def fits(text: str) -> bool:
            return measure(text, _ACTION.hand, round(_ACTION.size * scale)) <= width

        return max(
            len(lines_of(shot.action, fits, _ENOUGH))
            + len(lines_of(shot.spoken, fits, _ENOUGH))
            + len(shot.marks)
            for shot in sheet.shots
        )

    return lines_at


def set_pages(
    sheet: SheetWords, grid: Grid, measure: Measure, notes: Sequence[str] = ()
) -> Iterator[Page]:
    """Yield the pages of a sheet.

    Args:
        sheet: What it says.
        grid: How it is cut.
        measure: The ruler.
        notes: What a reader should know, for the foot of every page.
    """
    setter = _Setter(sheet, grid, measure)
    for number in range(grid.pages):
        yield Page(grid.page, (*setter.head(), *setter.cells(number), *setter.foot(number, notes)))


@attrs.frozen
class _Setter:
    sheet: SheetWords
    grid: Grid
    measure: Measure

    def px(self, points: float) -> int:
        return round(points * self.grid.scale)

    def wide(self, words: str, kind: _Type) -> float:
        return self.measure(words, kind.hand, self.px(kind.size))

    def text(self, words: str, kind: _Type, x: int, baseline: int, width: int) -> Text:
        """Set one line, cut to ``width``."""
        cut = shortened(words, lambda text: self.wide(text, kind) <= width)
        size = self.px(kind.size)
        return Text(cut, x, baseline, self.wide(cut, kind), kind.hand, size, kind.tone)

    def text_to(self, words: str, kind: _Type, right: int, baseline: int, width: int) -> Text:
        """Set one line that ends at ``right``."""
        text = self.text(words, kind, 0, baseline, width)
        return attrs.evolve(text, x=right - math.ceil(text.width))

    def head(self) -> Iterator[Text]:
        left, width = self.grid.margin, self.grid.page.width - 2 * self.grid.margin
        top = self.grid.margin
        yield self.text(self.sheet.title, _TITLE, left, top + self.px(18.5), width)
        below = top + self.px(33.5)
        made = self.text_to(self.sheet.made, _MADE, left + width, below, width // 2)
        yield self.text(self.sheet.facts, _FILM, left, below, made.x - self.px(GUTTER) - left)
        yield made

    def foot(self, page: int, notes: Sequence[str]) -> Iterator[Text]:
        left, width = self.grid.margin, self.grid.page.width - 2 * self.grid.margin
        baseline = self.grid.page.height - self.grid.margin - self.px(2)
        where = f"page {page + 1} of {self.grid.pages}" if self.grid.pages > 1 else ""
        right = self.text_to(where, _FOOT, left + width, baseline, width // 2)
        if where:
            yield right
        file = self.text(self.sheet.file, _FOOT, left, baseline, width // 3)
        yield file
        if notes:
            left = file.x + math.ceil(file.width) + self.px(GUTTER)
            room = right.x - self.px(GUTTER) - left
            yield self.text(" · ".join(notes), _NOTE, left, baseline, room)

    def cells(self, page: int) -> Iterator[Rule | Frame | Text]:
        first = page * self.grid.on_a_page
        shots = self.sheet.shots[first : first + self.grid.on_a_page]
        for place, shot in enumerate(shots):
            cell = self.grid.at(place)
            yield from self.strip(cell, first + place, place)
            yield Frame(first + place, _moved(self.grid.cell.frame, cell))
            words = _moved(self.grid.cell.words, cell)
            yield from self.facts(shot, words)
            yield from self.lines(shot, words)

    def strip(self, cell: Box, number: int, place: int) -> Iterator[Rule | Text]:
        """The scene's heading: a rule that runs on over all its shots, and its title once."""
        shots = self.sheet.shots
        shot = shots[number]
        begins = not number or shots[number - 1].scene != shot.scene
        goes_on = number + 1 < len(shots) and shots[number + 1].scene == shot.scene
        ends_row = (place + 1) % self.grid.columns == 0
        width = cell.width + (self.px(GUTTER) if goes_on and not ends_row else 0)
        yield Rule(Box(cell.x, cell.y, width, max(1, self.px(_HAIR))), Tone.HAIR)
        if begins:
            yield Rule(Box(cell.x, cell.y, cell.width, max(1, self.px(_SCENE_RULE))), Tone.INK)
        if begins or place == 0:
            baseline = cell.y + self.px(10.5)
            scene = self.text(shot.scene, _ASIDE, cell.x, baseline, cell.width)
            yield scene
            left = scene.x + math.ceil(scene.width) + self.px(_GAP)
            title = shot.scene_title if begins else f"{shot.scene_title} (continued)"
            if title:
                kind = _SCENE if begins else _ASIDE
                yield self.text(title, kind, left, baseline, cell.right - left)

    def facts(self, shot: ShotWords, box: Box) -> Iterator[Text]:
        """Number, id, time code and length; framing; move and maker: a line each."""
        gap, baseline = self.px(_GAP), box.y + self.px(11)
        seconds = self.text_to(shot.seconds, _SECONDS, box.right, baseline, box.width)
        code = self.text_to(shot.timecode, _DATA, seconds.x - gap, baseline, box.width)
        number = self.text(shot.number, _NUMBER, box.x, baseline, seconds.x - gap - box.x)
        yield seconds
        yield number
        left = number.x + math.ceil(number.width) + gap
        if code.x >= left:
            yield code
        room = code.x - gap - left
        if room >= min(self.wide(shot.id, _ASIDE), self.px(_SHORTEST_ID)):
            yield self.text(shot.id, _ASIDE, left, baseline, room)
        yield self.text(shot.framing, _DATA, box.x, box.y + self.px(22.5), box.width)
        baseline = box.y + self.px(32.5)
        move = self.text(shot.move, _DATA, box.x, baseline, box.width * 2 // 3)
        room = box.right - move.x - math.ceil(move.width) - gap
        yield move
        yield self.text_to(shot.maker, _ASIDE, box.right, baseline, room)

    def lines(self, shot: ShotWords, box: Box) -> Iterator[Rule | Text]:
        """Action, what is said, and marks, in the lines that a cell has for them."""

        def fits(text: str) -> bool:
            return self.wide(text, _ACTION) <= box.width

        most = self.grid.cell.lines
        marks = shot.marks[:most]
        action, spoken = _shares(
            most - len(marks),
            len(lines_of(shot.action, fits, _ENOUGH)),
            len(lines_of(shot.spoken, fits, _ENOUGH)),
        )
        said = [(words, _ACTION) for words in lines_of(shot.action, fits, action)]
        said += [(words, _DATA) for words in lines_of(shot.spoken, fits, spoken)]
        said += [(words, _MARK) for words in marks]
        for line, (words, kind) in enumerate(said):
            baseline = box.y + self.px(FACTS + line * LINE + 8)
            left = box.x
            if kind is _MARK:
                side = self.px(_SQUARE)
                yield Rule(Box(left, baseline - side - self.px(0.6), side, side), Tone.ACCENT)
                left += side + self.px(_GAP / 2)
            yield self.text(words, kind, left, baseline, box.right - left)


def _shares(lines: int, action: int, spoken: int) -> tuple[int, int]:
    """Share the lines there are between action and speech: what one leaves, the other takes."""
    speech = min(spoken, max(1, lines // 3, lines - action)) if lines > 1 else 0
    return max(0, min(action, lines - speech)), speech


def _moved(box: Box, cell: Box) -> Box:
    return attrs.evolve(box, x=cell.x + box.x, y=cell.y + box.y)
