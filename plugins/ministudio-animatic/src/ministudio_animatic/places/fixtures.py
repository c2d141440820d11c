"""What furnishes a room: names in a story, and the drawings that belong to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import attrs

from ministudio_animatic.drawing.colour import Colour
from ministudio_animatic.places import furniture, panes, seats, walls, waters
from ministudio_animatic.places.scene import Scene
from ministudio_animatic.reading.colours import colour_before
from ministudio_animatic.reading.words import every, table

__all__ = ["FIXTURE_WORDS", "FLOOR", "WALL", "Fixture", "named"]

WALL: Final = "wall"
"""Where a fixture hangs that hangs on the wall."""

FLOOR: Final = "floor"
"""Where a fixture stands that stands on the floor."""


@attrs.frozen
class Fixture:
    """One sort of thing that furnishes a room: its name, where it belongs, how it is drawn.

    ``paint`` is its colour, where the words give it one.
    """

    name: str
    stands: str
    draw: Callable[[Scene, float], None]
    paint: Colour | None = None


def named(texts: Sequence[str]) -> list[Fixture]:
    """Return the fixtures that ``texts`` name, each sort once, in the order they are named."""
    found: dict[str, Fixture] = {}
    for text in texts:
        for name, fixture in every(text, _NAMES):
            found.setdefault(fixture.name, attrs.evolve(fixture, paint=colour_before(text, name)))
    return list(found.values())


_WINDOW: Final = Fixture("window", WALL, panes.window)
_ROUND: Final = Fixture("window", WALL, panes.round_window)
_BOOKS: Final = Fixture("bookcase", FLOOR, furniture.bookcase)
_SCREENS: Final = Fixture("screens", FLOOR, furniture.screens)
_NAMES: Final[Mapping[str, Fixture]] = table(
    (_ROUND, "round window, porthole"),
    (_WINDOW, "window, skylight"),
    (Fixture("picture", WALL, walls.picture), "picture, painting, photograph, poster"),
    (Fixture("clock", WALL, walls.clock), "clock"),
    (Fixture("board", WALL, walls.board), "whiteboard, blackboard, chalkboard, corkboard"),
    (Fixture("door", WALL, walls.door), "door, doorway"),
    (_BOOKS, "bookcase, bookshelf, bookshelves, shelf, shelves, cupboard, dresser"),
    (Fixture("desk", FLOOR, furniture.desk), "desk, workbench"),
    (Fixture("lamp", FLOOR, furniture.lamp), "lamp, candle"),
    (Fixture("plant", FLOOR, furniture.plant), "plant, fern, flower, fig, houseplant"),
    (Fixture("bed", FLOOR, furniture.bed), "bed, mattress, bunk, cot"),
    (_SCREENS, "monitor, screen, computer, terminal, console"),
    (Fixture("aquarium", FLOOR, waters.aquarium), "aquarium, fish tank, fishbowl"),
    (Fixture("table", FLOOR, furniture.table), "table, counter, altar"),
    (Fixture("throne", FLOOR, seats.throne), "throne, gilded chair, golden chair"),
    (Fixture("stool", FLOOR, seats.stool), "stool, milking stool"),
    (Fixture("chair", FLOOR, furniture.chair), "armchair, chair, sofa, couch, bench"),
    (Fixture("stove", FLOOR, seats.iron_stove), "iron stove, woodstove, wood stove"),
    (Fixture("rack", FLOOR, furniture.rack), "server, rack, mainframe"),
    (Fixture("stove", FLOOR, furniture.stove), "fireplace, hearth, stove, oven, fire"),
)

FIXTURE_WORDS: Final = ", ".join(_NAMES)
"""Every word for something that can be drawn in a room."""
