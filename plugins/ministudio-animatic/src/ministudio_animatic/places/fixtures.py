"""What stands in a room or hangs on its walls, drawn around one x of the scene."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import attrs

from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places.scene import Scene
from ministudio_animatic.reading.words import every, table

__all__ = ["FLOOR", "WALL", "Fixture", "named"]

WALL: Final = "wall"
"""Where a fixture hangs that hangs on the wall."""

FLOOR: Final = "floor"
"""Where a fixture stands that stands on the floor."""


@attrs.frozen
class Fixture:
    """One sort of thing that furnishes a room: its name, where it belongs, how it is drawn."""

    name: str
    stands: str
    draw: Callable[[Scene, float], None]


def named(texts: Sequence[str]) -> list[Fixture]:
    """Return the fixtures that ``texts`` name, each sort once, in the order they are named."""
    found = {fixture.name: fixture for text in texts for _, fixture in every(text, _NAMES)}
    return list(found.values())


def _window(s: Scene, x: float) -> None:
    _pane(s, x, round_one=False)


def _round_window(s: Scene, x: float) -> None:
    _pane(s, x, round_one=True)


def _pane(s: Scene, x: float, *, round_one: bool) -> None:
    c, (high, low) = s.canvas, s.light.sky
    frame = s.light.inside(lighter(s.tones.far, 0.13))
    y, w, h = -0.37, 0.125, 0.165
    if s.light.hour.night:
        c.glow((x, y), 0.4, mix(high, (160, 190, 255), 0.5), 0.2)
    else:
        c.glow((x, y), 0.5, s.light.hour.glow, 0.35)
    if round_one:
        c.ellipse((x, y), 0.155, 0.155, frame)
        c.ellipse((x, y), 0.135, 0.135, Fade(high, low))
    else:
        c.box(x - w - 0.018, y - h - 0.018, x + w + 0.018, y + h + 0.018, frame, radius=0.008)
        c.box(x - w, y - h, x + w, y + h, Fade(high, low))
        hill = [(x - w, y + h), (x - w, y + h * 0.75), (x - w * 0.3, y + h * 0.6),
                (x + w * 0.4, y + h * 0.78), (x + w, y + h * 0.52), (x + w, y + h)]  # fmt: skip
        c.polygon(hill, s.on((104, 128, 112), 0.45))
    if s.light.hour.moon:
        c.glow((x + 0.05, y - 0.06), 0.08, s.light.hour.glow, 0.5)
        c.ellipse((x + 0.05, y - 0.06), 0.022, 0.022, s.light.hour.glow)
    for dx, dy in ((-0.07, -0.08), (-0.02, 0.03), (0.08, 0.04), (-0.09, 0.06), (0.0, -0.11)):
        if s.light.hour.night:
            c.ellipse((x + dx, y + dy), 0.002, 0.002, (240, 240, 230))
    if s.light.weather.falling == "rain":
        for k in range(12):
            dx, dy = ((k * 0.37) % 1 - 0.5) * 0.2, ((k * 0.61) % 1 - 0.5) * 0.2
            c.stroke([(x + dx, y + dy), (x + dx - 0.004, y + dy + 0.024)], 0.002, (206, 218, 232))
    bar = 0.155 if round_one else max(w, h)
    c.box(x - 0.006, y - min(bar, h), x + 0.006, y + min(bar, h), frame)
    c.box(
        x - min(bar, 0.15 if round_one else w),
        y - 0.006,
        x + min(bar, 0.15 if round_one else w),
        y + 0.006,
        frame,
    )
    if not round_one:
        c.box(x - w - 0.035, y + h + 0.014, x + w + 0.035, y + h + 0.03, lighter(frame, 0.02))


def _picture(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    for dx, y, w, h in ((-0.05, -0.42, 0.06, 0.075), (0.075, -0.375, 0.042, 0.052)):
        c.box(x + dx - w, y - h, x + dx + w, y + h, inside(darker(s.tones.near, 0.04)))
        c.box(
            x + dx - w * 0.82,
            y - h * 0.84,
            x + dx + w * 0.82,
            y + h * 0.84,
            inside((236, 228, 212)),
        )
        tone = inside(mix(s.tones.accent, s.tones.middle, 0.5))
        c.ellipse((x + dx, y + h * 0.25), w * 0.5, h * 0.3, tone)
        c.ellipse((x + dx + w * 0.2, y - h * 0.25), w * 0.2, w * 0.2, inside(s.tones.accent))


def _clock(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    c.ellipse((x, -0.47), 0.062, 0.062, inside(darker(s.tones.near, 0.08)))
    c.ellipse((x, -0.47), 0.052, 0.052, inside((240, 234, 220)))
    c.stroke([(x, -0.47), (x + 0.002, -0.508)], 0.005, (52, 46, 48))
    c.stroke([(x, -0.47), (x + 0.024, -0.456)], 0.005, (52, 46, 48))


def _board(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    c.box(x - 0.24, -0.53, x + 0.24, -0.25, inside(darker(s.tones.near, 0.02)), radius=0.006)
    c.box(x - 0.228, -0.518, x + 0.228, -0.262, inside((232, 234, 232)))
    ink = inside(mix(s.tones.near, (60, 90, 120), 0.6))
    for k in range(5):
        y = -0.48 + 0.045 * k
        c.stroke([(x - 0.19, y), (x - 0.19 + 0.12 + 0.11 * ((k * 7) % 3), y)], 0.005, ink)
    c.stroke([(x + 0.1, -0.34), (x + 0.15, -0.4), (x + 0.19, -0.32)], 0.006, inside(s.tones.accent))


def _door(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    wood = inside(mix(s.tones.near, s.tones.middle, 0.3))
    c.box(x - 0.135, -0.56, x + 0.135, 0.0, inside(lighter(s.tones.far, 0.1)))
    c.box(x - 0.115, -0.54, x + 0.115, 0.0, Fade(lighter(wood, 0.02), darker(wood, 0.04)))
    for top in (-0.5, -0.24):
        c.box(x - 0.08, top, x + 0.08, top + 0.2, darker(wood, 0.05), radius=0.006)
    c.ellipse((x + 0.09, -0.26), 0.01, 0.01, (216, 178, 104))


def _bookcase(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    wood = inside(s.tones.near)
    c.box(x - 0.17, -0.52, x + 0.17, 0.015, wood)
    spines = (s.tones.accent, s.tones.middle, s.tones.far, (92, 104, 120), (150, 120, 84))
    for shelf in range(4):
        top = -0.5 + shelf * 0.126
        c.box(x - 0.155, top, x + 0.155, top + 0.106, darker(wood, 0.09))
        at = x - 0.15
        while at < x + 0.12:
            w, h = s.dice.uniform(0.012, 0.026), s.dice.uniform(0.06, 0.098)
            if s.dice.random() < 0.85:
                tone = inside(mix(s.dice.choice(spines), s.tones.near, 0.15))
                c.box(at, top + 0.106 - h, at + w - 0.002, top + 0.106, tone)
            at += w


def _desk(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    wood = inside(mix(s.tones.near, (140, 98, 66), 0.4))
    for dx in (-0.22, 0.22):
        c.box(x + dx - 0.012, -0.15, x + dx + 0.012, 0.05, darker(wood, 0.08))
    c.box(x - 0.26, -0.175, x + 0.26, -0.15, wood, radius=0.005)
    c.box(x + 0.06, -0.15, x + 0.2, -0.06, darker(wood, 0.04))
    for k, w in enumerate((0.1, 0.08, 0.09)):
        c.box(
            x - 0.18 - w * 0.1,
            -0.19 - k * 0.016,
            x - 0.18 + w,
            -0.176 - k * 0.016,
            inside((236, 228, 210) if k % 2 else s.tones.accent),
        )
    base = x + 0.16
    c.stroke(
        [(base, -0.178), (base - 0.02, -0.27), (base - 0.06, -0.31)], 0.008, inside((64, 58, 56))
    )
    c.glow((base - 0.07, -0.28), 0.16, (255, 214, 140), 0.6)
    c.polygon(
        [(base - 0.05, -0.335), (base - 0.1, -0.305), (base - 0.055, -0.27), (base - 0.035, -0.3)],
        inside(s.tones.accent),
    )


def _lamp(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    metal = inside((70, 62, 60))
    c.stroke([(x, 0.03), (x, -0.42)], 0.009, metal)
    c.ellipse((x, 0.03), 0.055, 0.012, metal)
    c.glow((x, -0.43), 0.34, (255, 212, 140), 0.65)
    c.polygon(
        [(x - 0.05, -0.5), (x + 0.05, -0.5), (x + 0.085, -0.39), (x - 0.085, -0.39)],
        (255, 230, 178),
    )


def _plant(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    leaf = inside((92, 128, 88))
    for dx, dy, tone in (
        (-0.11, -0.2, 0.04),
        (0.11, -0.22, 0.04),
        (-0.06, -0.32, 0.0),
        (0.07, -0.34, 0.0),
        (0.0, -0.26, -0.05),
    ):
        c.blob(
            [(x, -0.06), (x + dx * 0.2, dy * 0.7), (x + dx, dy), (x + dx * 0.9, dy * 0.55)],
            darker(leaf, tone),
        )
    pot = inside(s.tones.accent)
    c.polygon(
        [(x - 0.065, -0.075), (x + 0.065, -0.075), (x + 0.046, 0.04), (x - 0.046, 0.04)],
        Fade(pot, darker(pot, 0.06)),
    )


def _bed(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    wood = inside(s.tones.near)
    c.box(x + 0.27, -0.2, x + 0.3, 0.08, wood, radius=0.008)
    c.box(x - 0.3, -0.06, x + 0.28, 0.05, darker(wood, 0.05))
    c.blob(
        [
            (x - 0.31, -0.06),
            (x - 0.2, -0.12),
            (x + 0.1, -0.11),
            (x + 0.22, -0.08),
            (x + 0.2, 0.02),
            (x - 0.3, 0.02),
        ],
        inside(mix(s.tones.accent, s.tones.far, 0.4)),
    )
    c.blob(
        [(x + 0.12, -0.12), (x + 0.2, -0.15), (x + 0.27, -0.11), (x + 0.24, -0.07)],
        inside((238, 232, 222)),
    )


def _screens(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    wood = inside(s.tones.near)
    c.box(x - 0.28, -0.15, x + 0.28, -0.125, wood)
    for dx in (-0.25, 0.25):
        c.box(x + dx - 0.012, -0.13, x + dx + 0.012, 0.05, darker(wood, 0.06))
    for dx, tone in ((-0.135, (86, 146, 178)), (0.135, (70, 120, 164))):
        c.box(x + dx - 0.01, -0.2, x + dx + 0.01, -0.15, (48, 52, 60))
        c.box(x + dx - 0.125, -0.36, x + dx + 0.125, -0.19, (40, 44, 54), radius=0.008)
        c.box(x + dx - 0.115, -0.35, x + dx + 0.115, -0.2, Fade(lighter(tone, 0.05), tone))
        for k in range(5):
            wide = 0.05 + 0.1 * ((k * 5) % 3) / 2
            c.box(
                x + dx - 0.1,
                -0.336 + k * 0.026,
                x + dx - 0.1 + wide,
                -0.328 + k * 0.026,
                (214, 234, 242),
            )
    c.glow((x, -0.27), 0.42, (120, 180, 220), 0.3)


def _table(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    wood = inside(mix(s.tones.near, (150, 106, 72), 0.5))
    for dx in (-0.16, 0.16):
        c.limb([(x + dx, -0.12), (x + dx * 1.1, 0.06)], [0.02, 0.014], darker(wood, 0.07))
    c.ellipse((x, -0.13), 0.23, 0.026, wood)
    c.ellipse((x, -0.135), 0.21, 0.02, lighter(wood, 0.03))
    c.box(x - 0.06, -0.175, x - 0.02, -0.135, inside((234, 228, 216)), radius=0.006)


def _chair(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    cloth = inside(mix(s.tones.accent, s.tones.middle, 0.35))
    c.box(x - 0.115, -0.27, x + 0.115, -0.03, darker(cloth, 0.04), radius=0.05)
    c.box(x - 0.13, -0.12, x + 0.13, 0.0, cloth, radius=0.03)
    for side in (-1, 1):
        c.box(
            x + side * 0.125 - 0.028,
            -0.17,
            x + side * 0.125 + 0.028,
            0.01,
            darker(cloth, 0.07),
            radius=0.026,
        )
        c.stroke([(x + side * 0.1, 0.01), (x + side * 0.1, 0.04)], 0.012, inside(s.tones.near))


def _rack(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    body: Colour = inside((52, 58, 70))
    c.box(x - 0.11, -0.52, x + 0.11, 0.03, body, radius=0.006)
    for k in range(11):
        y = -0.5 + k * 0.047
        c.box(x - 0.095, y, x + 0.095, y + 0.036, lighter(body, 0.05))
        for n in range(3):
            lamp = (126, 226, 168) if (k * 3 + n) % 4 else (240, 178, 82)
            c.ellipse((x - 0.075 + n * 0.022, y + 0.018), 0.005, 0.005, lamp)


def _stove(s: Scene, x: float) -> None:
    c, inside = s.canvas, s.light.inside
    stone = inside(mix(s.tones.near, (120, 112, 108), 0.5))
    c.box(x - 0.19, -0.33, x + 0.19, 0.02, stone, radius=0.01)
    c.box(x - 0.22, -0.37, x + 0.22, -0.33, lighter(stone, 0.05))
    c.box(x - 0.11, -0.22, x + 0.11, 0.02, (38, 28, 30), radius=0.05)
    c.glow((x, -0.06), 0.36, (255, 160, 76), 0.6)
    c.blob(
        [
            (x - 0.06, 0.01),
            (x - 0.05, -0.08),
            (x - 0.01, -0.05),
            (x + 0.01, -0.15),
            (x + 0.04, -0.06),
            (x + 0.065, -0.09),
            (x + 0.06, 0.01),
        ],
        (255, 176, 84),
    )


_WINDOW: Final = Fixture("window", WALL, _window)
_ROUND: Final = Fixture("window", WALL, _round_window)
_BOOKS: Final = Fixture("bookcase", FLOOR, _bookcase)
_SCREENS: Final = Fixture("screens", FLOOR, _screens)
_NAMES: Final[Mapping[str, Fixture]] = table(
    (_ROUND, "round window, porthole"),
    (_WINDOW, "window, skylight"),
    (Fixture("picture", WALL, _picture), "picture, painting, photograph, poster"),
    (Fixture("clock", WALL, _clock), "clock"),
    (Fixture("board", WALL, _board), "whiteboard, blackboard, chalkboard, corkboard"),
    (Fixture("door", WALL, _door), "door, doorway"),
    (_BOOKS, "bookcase, bookshelf, bookshelves, shelf, shelves, cupboard, dresser"),
    (Fixture("desk", FLOOR, _desk), "desk, workbench"),
    (Fixture("lamp", FLOOR, _lamp), "lamp, candle"),
    (Fixture("plant", FLOOR, _plant), "plant, fern, flower, fig, houseplant"),
    (Fixture("bed", FLOOR, _bed), "bed, mattress, bunk, cot"),
    (_SCREENS, "monitor, screen, computer, terminal, console"),
    (Fixture("table", FLOOR, _table), "table, counter, altar"),
    (Fixture("chair", FLOOR, _chair), "armchair, chair, sofa, couch, stool, bench"),
    (Fixture("rack", FLOOR, _rack), "server, rack, mainframe"),
    (Fixture("stove", FLOOR, _stove), "fireplace, hearth, stove, oven, fire"),
)
