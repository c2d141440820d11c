"""Things held in the hands, drawn small around one point. The measure is one head's height."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ministudio_animatic.drawing.canvas import Canvas, Point
from ministudio_animatic.drawing.colour import Colour, darker, lighter
from ministudio_animatic.reading.colours import first_colour
from ministudio_animatic.reading.words import first, table

__all__ = ["can_be_carried", "draw_carried", "draw_shouldered", "is_long"]

_Draw = Callable[[Canvas, float, float, Colour], None]


def draw_carried(canvas: Canvas, words: str, at: Point) -> None:
    """Draw what ``words`` name, around ``at``; what is not known is left to the caption."""
    found = first(words, _THINGS)
    if found is None:
        return
    draw, colour = found
    draw(canvas, at[0], at[1], first_colour(words) or colour)


def can_be_carried(words: str) -> bool:
    """Return whether ``words`` name something that can be drawn in a hand."""
    return first(words, _THINGS) is not None


def is_long(words: str) -> bool:
    """Return whether ``words`` name something as long as a person."""
    found = first(words, _THINGS)
    return found is not None and found[0] is _stick


def draw_shouldered(canvas: Canvas, words: str, hand: Point, back: Point) -> None:
    """Draw something long that lies over a shoulder, from below ``hand`` to ``back``."""
    colour = first_colour(words) or _WOOD
    low = (hand[0] + (hand[0] - back[0]) * 0.25, hand[1] + (hand[1] - back[1]) * 0.25)
    canvas.limb([low, back], [0.1, 0.06], colour)


def _page(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.polygon(
        [(x - 0.3, y - 0.34), (x + 0.28, y - 0.38), (x + 0.34, y + 0.36), (x - 0.26, y + 0.4)],
        colour,
    )
    for row in range(4):
        level = y - 0.2 + row * 0.14
        canvas.stroke([(x - 0.18, level), (x + 0.2, level - 0.02)], 0.03, darker(colour, 0.2))


def _book(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.box(x - 0.46, y - 0.28, x + 0.46, y + 0.3, darker(colour, 0.05), radius=0.04)
    canvas.polygon(
        [(x - 0.42, y - 0.3), (x, y - 0.22), (x, y + 0.24), (x - 0.42, y + 0.2)], (240, 232, 214)
    )
    canvas.polygon(
        [(x + 0.42, y - 0.3), (x, y - 0.22), (x, y + 0.24), (x + 0.42, y + 0.2)], (226, 216, 196)
    )


def _tablet(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.box(x - 0.42, y - 0.3, x + 0.42, y + 0.3, colour, radius=0.06)
    canvas.box(x - 0.36, y - 0.24, x + 0.36, y + 0.24, (150, 200, 226), radius=0.03)


def _phone(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.box(x - 0.15, y - 0.28, x + 0.15, y + 0.26, colour, radius=0.05)
    canvas.box(x - 0.11, y - 0.22, x + 0.11, y + 0.2, (160, 206, 230), radius=0.02)


def _torch(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.limb(
        [(x - 0.34, y + 0.1), (x + 0.2, y - 0.06), (x + 0.3, y - 0.1)], [0.17, 0.17, 0.3], colour
    )
    canvas.ellipse((x + 0.34, y - 0.11), 0.08, 0.14, (255, 236, 180))


def _lantern(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.glow((x, y + 0.3), 1.1, (255, 214, 130), 0.5)
    canvas.stroke([(x - 0.12, y + 0.02), (x, y - 0.12), (x + 0.12, y + 0.02)], 0.04, colour)
    canvas.box(x - 0.2, y, x + 0.2, y + 0.52, colour, radius=0.06)
    canvas.box(x - 0.13, y + 0.08, x + 0.13, y + 0.44, (255, 232, 168), radius=0.05)


def _candle(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.glow((x, y - 0.45), 1.0, (255, 214, 130), 0.55)
    canvas.box(x - 0.085, y - 0.3, x + 0.085, y + 0.22, colour, radius=0.03)
    canvas.ellipse((x, y + 0.22), 0.22, 0.06, (126, 110, 92))
    canvas.blob([(x, y - 0.62), (x + 0.09, y - 0.42), (x, y - 0.31), (x - 0.09, y - 0.42)],
                (255, 222, 140))  # fmt: skip


def _cup(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.ellipse((x + 0.16, y), 0.1, 0.1, darker(colour, 0.06))
    canvas.box(x - 0.16, y - 0.16, x + 0.16, y + 0.18, colour, radius=0.06)
    canvas.ellipse((x, y - 0.15), 0.15, 0.045, darker(colour, 0.2))


def _bag(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.stroke(
        [(x - 0.18, y + 0.2), (x, y - 0.06), (x + 0.18, y + 0.2)], 0.06, darker(colour, 0.1)
    )
    canvas.box(x - 0.42, y + 0.14, x + 0.42, y + 0.78, colour, radius=0.12)
    canvas.box(x - 0.42, y + 0.14, x + 0.42, y + 0.34, darker(colour, 0.06), radius=0.08)


def _stick(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.limb([(x + 0.04, y - 1.9), (x, y + 4.2)], [0.12, 0.09], colour)


def _cap(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.blob([(x - 0.4, y + 0.1), (x - 0.3, y - 0.24), (x + 0.1, y - 0.3), (x + 0.36, y - 0.1),
                 (x + 0.38, y + 0.14)], colour)  # fmt: skip
    canvas.limb([(x - 0.3, y + 0.13), (x + 0.52, y + 0.17)], [0.12, 0.1], darker(colour, 0.08))


def _flower(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.stroke([(x, y + 0.2), (x + 0.04, y - 0.34)], 0.05, (86, 128, 78))
    for dx, dy in ((0, -0.12), (0.12, -0.02), (0.07, 0.11), (-0.07, 0.11), (-0.12, -0.02)):
        canvas.ellipse((x + 0.04 + dx, y - 0.42 + dy), 0.1, 0.1, colour)
    canvas.ellipse((x + 0.04, y - 0.42), 0.075, 0.075, (238, 196, 84))


def _pen(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.limb([(x + 0.16, y - 0.3), (x - 0.08, y + 0.14)], [0.065, 0.03], colour)


def _umbrella(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.stroke([(x, y), (x, y - 2.6)], 0.06, (70, 66, 66))
    dome = [
        (x - 1.3, y - 2.5),
        (x - 0.8, y - 3.1),
        (x, y - 3.3),
        (x + 0.8, y - 3.1),
        (x + 1.3, y - 2.5),
    ]
    canvas.polygon(dome, colour)
    canvas.polygon([(x - 0.42, y - 2.5), (x, y - 3.3), (x + 0.42, y - 2.5)], lighter(colour, 0.06))


def _box(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.box(x - 0.48, y - 0.24, x + 0.48, y + 0.42, colour, radius=0.04)
    canvas.box(x - 0.08, y - 0.24, x + 0.08, y + 0.42, darker(colour, 0.08))


_PAPER: Final[Colour] = (238, 230, 212)
_DARK: Final[Colour] = (66, 70, 80)
_WOOD: Final[Colour] = (128, 92, 62)
_THINGS: Final[Mapping[str, tuple[_Draw, Colour]]] = table(
    ((_page, _PAPER), "page, paper, letter, map, note, card, scroll, photo, photograph, drawing"),
    ((_page, _PAPER), "envelope, ticket"),
    ((_book, (148, 74, 66)), "book, notebook, binder, diary, journal"),
    ((_tablet, _DARK), "laptop, tablet, clipboard, screen"),
    ((_phone, _DARK), "phone, smartphone, radio"),
    ((_torch, _DARK), "torch, flashlight"),
    ((_lantern, (92, 74, 58)), "lantern, lamp"),
    ((_candle, (240, 232, 212)), "candle, taper"),
    ((_cup, (226, 220, 208)), "cup, mug, glass, bowl, tea, coffee"),
    ((_bag, _WOOD), "bag, backpack, suitcase, briefcase, basket, bucket, satchel, sack"),
    ((_stick, _WOOD), "stick, staff, cane, spear, broom, rod, oar"),
    ((_cap, (201, 154, 53)), "cap, hat, beret, bonnet"),
    ((_flower, (214, 96, 104)), "flower, rose, bouquet, tulip, daisy"),
    ((_pen, (214, 158, 62)), "pencil, pen, brush, key, wand, needle"),
    ((_umbrella, (176, 72, 68)), "umbrella"),
    ((_box, (190, 148, 98)), "box, parcel, package, crate, gift, tray"),
)
