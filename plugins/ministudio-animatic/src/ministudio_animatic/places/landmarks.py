"""What stands in the open because the story names it: doors, signposts, benches, loose pages."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import PlaceKind
from ministudio_animatic.drawing.canvas import Fade, Point
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.places.waters import dry
from ministudio_animatic.reading.colours import first_colour
from ministudio_animatic.reading.words import every, mentions, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ministudio_animatic.places.scene import Scene

__all__ = ["LANDMARK_WORDS", "Page", "draw_page", "landmarks", "loose_pages", "pages"]

_SLOTS: Final = ((0.46, 0.1), (-0.5, 0.12), (0.86, 0.16), (-0.92, 0.14), (0.16, 0.07))
_ALONE: Final = re.compile(
    r"free.?standing|stand\w* (?:alone|by itself|in the open)|no (?:house|wall)"
)
# What would seem to grow out of a head before it: half its width, and its height.
_SLIM: Final[Mapping[str, tuple[float, float]]] = table(
    ((0.13, 0.47), "door, gate, doorway"),
    ((0.18, 0.42), "signpost, sign, waymarker"),
    ((0.26, 0.27), "tent, camp, pavilion, stall"),
    ((0.15, 0.37), "well, fountain"),
)
_LOW_SUN: Final = 0.1  # lamps are lit when it stands lower
_WOOD: Final[Colour] = (122, 88, 62)
_LYING: Final = 0.02  # below this a loose page lies on the floor


def landmarks(s: Scene) -> None:
    """Draw what the place's fixed elements and props name, in slots beside the middle."""
    slots = iter(_SLOTS)
    built = s.kind in {PlaceKind.VILLAGE, PlaceKind.STREET, PlaceKind.CITY}
    for text in s.elements:
        found = next(every(text, _LANDMARKS), None)
        if found is None:
            continue
        name, draw = found
        if draw is _door and built and not _ALONE.search(text.lower()):
            draw = _front
        if s.kind is PlaceKind.SEA and draw is _stone and mentions(text, "flat", "shelf"):
            continue  # that is the shore itself
        s.paint = first_colour(text)
        twice = any(word in text.lower() for word in ("two ", "pair", f"{name}s"))
        for _ in range(2 if twice else 1):
            foot = next(slots, None)
            if foot is None or name in s.in_use:
                continue
            half, high = _SLIM.get(name, (0.0, 0.0))
            x, y = foot[0], dry(s, foot[1])
            draw(s, (s.clear(x, half, y - high, y) if half and draw is not _front else x, y))
    s.paint = None


def loose_pages(s: Scene, *, flying: bool = True) -> None:
    """Draw the sheets of paper that lie on the floor, and those ``flying`` in the air."""
    for page in pages(s):
        if flying or not page.flies:
            draw_page(s, page)


@attrs.frozen(kw_only=True)
class Page:
    """A loose sheet of paper: where it is, half its width, its turn, its fold and its shade."""

    at: Point
    size: float
    turn: float
    fold: float
    shade: float

    @property
    def flies(self) -> bool:
        """Whether it hangs in the air."""
        return self.at[1] <= _LYING


def pages(s: Scene) -> list[Page]:
    """Return the loose pages of a place, in the air and on the floor, or where they fell."""
    if not mentions(" . ".join(s.elements), "page", "paper", "index card", "letter", "leaflet"):
        return []
    fallen = mentions(" . ".join(s.elements), "dropped", "scattered", "trail", "fallen", "floor")
    found = []
    for i in range(46):
        x, y = s.dice.uniform(-1.1, 1.1), s.dice.uniform(0.03 if fallen else -0.5, 0.2)
        size = s.dice.uniform(0.012, 0.03) * (1.4 if y > 0 else 1.0)
        turn, fold = s.dice.uniform(-0.9, 0.9), s.dice.uniform(0.35, 1.0)
        found.append(Page(at=(x, y), size=size, turn=turn, fold=fold, shade=0.05 * (i % 3)))
    return found


def draw_page(s: Scene, page: Page) -> None:
    """Draw one loose page."""
    (x, y), size = page.at, page.size
    flat = 1.0 if page.flies else 0.4  # what lies on the floor is seen from the side
    sheet = mix((244, 236, 218), s.tones.middle, page.shade)
    paper = mix(s.lit(sheet), sheet, 0.4)
    cos, sin, high = math.cos(page.turn), math.sin(page.turn), size * 1.3 * page.fold
    corners = [
        (x + px * cos - py * sin, y + (px * sin + py * cos) * flat)
        for px, py in ((-size, -high), (size, -high), (size, high), (-size, high))
    ]
    s.canvas.polygon(corners, paper)
    a, b = corners[0], corners[1]
    for row in (0.3, 0.5, 0.7):
        left, right = _between(a, corners[3], row), _between(b, corners[2], row)
        line = [_between(left, right, 0.18), _between(left, right, 0.8)]
        s.canvas.stroke(line, size * 0.07, darker(paper, 0.16))


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _door(s: Scene, foot: Point) -> None:
    x, y = foot
    wood = s.lit(s.paint or mix(_WOOD, s.tones.accent, 0.4), 0.12)
    h, w = 0.44, 0.1
    s.canvas.ellipse((x + 0.02, y), w * 1.5, 0.014, (18, 16, 30), 0.25)
    s.canvas.box(x - w - 0.018, y - h - 0.018, x + w + 0.018, y, darker(wood, 0.1))
    s.canvas.box(x - w, y - h, x + w, y, Fade(lighter(wood, 0.03), darker(wood, 0.04)))
    for top in (0.05, 0.25):
        s.canvas.box(
            x - w * 0.65, y - h + top, x + w * 0.65, y - h + top + 0.15, darker(wood, 0.05)
        )
    s.canvas.ellipse((x + w * 0.74, y - h * 0.48), 0.008, 0.008, (226, 190, 112))


def _front(s: Scene, foot: Point) -> None:
    """A door in the front of a house."""
    x, y = foot
    c = s.canvas
    wood = s.lit(s.paint or mix(_WOOD, s.tones.accent, 0.4), 0.06)
    white = mentions(s.said, "white", "whitewashed")
    wall = s.lit((244, 240, 230) if white else mix(s.tones.far, (240, 232, 216), 0.75), 0.06)
    roof = s.lit(mix(s.tones.accent, s.tones.near, 0.25), 0.08)
    wide, high, h, w = 0.3, 0.45, 0.36, 0.075
    c.box(x + wide * 0.5, y - high * 1.75, x + wide * 0.72, y - high, darker(wall, 0.1))
    c.box(x - wide, y - high, x + wide, y, Fade(wall, darker(wall, 0.05)))
    c.polygon([(x - wide - 0.04, y - high + 0.015), (x - wide * 0.72, y - high * 1.55),
               (x + wide * 0.72, y - high * 1.55), (x + wide + 0.04, y - high + 0.015)],
              roof)  # fmt: skip
    for row in range(1, 4):
        level = y - high * (1 + 0.13 * row)
        half = wide + 0.04 - 0.035 * row
        c.stroke([(x - half, level), (x + half, level)], 0.004, darker(roof, 0.06))
    at = x - 0.09
    c.box(at - w - 0.016, y - h - 0.016, at + w + 0.016, y, lighter(wall, 0.08))
    c.box(at - w, y - h, at + w, y, Fade(lighter(wood, 0.03), darker(wood, 0.04)))
    for top in (0.04, 0.2):
        c.box(at - w * 0.65, y - h + top, at + w * 0.65, y - h + top + 0.12, darker(wood, 0.05))
    c.ellipse((at + w * 0.72, y - h * 0.48), 0.007, 0.007, (226, 190, 112))
    pane = (255, 206, 128) if s.light.hour.lamps else s.lit((96, 120, 138), 0.1)
    c.box(x + 0.07, y - 0.31, x + 0.23, y - 0.15, lighter(wall, 0.08))
    c.box(x + 0.08, y - 0.3, x + 0.22, y - 0.16, pane)
    for line in (
        [(x + 0.15, y - 0.3), (x + 0.15, y - 0.16)],
        [(x + 0.08, y - 0.23), (x + 0.22, y - 0.23)],
    ):
        c.stroke(line, 0.008, lighter(wall, 0.08))


def _signpost(s: Scene, foot: Point) -> None:
    x, y = foot
    wood = s.lit(s.paint or _WOOD, 0.12)
    s.canvas.stroke([(x, y), (x, y - 0.42)], 0.016, darker(wood, 0.06))
    for side, up in ((1, 0.37), (-1, 0.29), (1, 0.21)):
        tip = x + side * 0.14
        board = [(x - side * 0.03, y - up - 0.028), (tip, y - up - 0.028),
                 (tip + side * 0.03, y - up), (tip, y - up + 0.028),
                 (x - side * 0.03, y - up + 0.028)]  # fmt: skip
        s.canvas.polygon(board, lighter(wood, 0.04 if side > 0 else 0.0))


def _bench(s: Scene, foot: Point) -> None:
    x, y = foot
    wood = s.lit(s.paint or _WOOD, 0.1)
    for dx in (-0.12, 0.12):
        s.canvas.stroke([(x + dx, y), (x + dx, y - 0.15)], 0.014, darker(wood, 0.1))
    for up in (0.07, 0.115, 0.145):
        s.canvas.box(x - 0.15, y - up - 0.012, x + 0.15, y - up + 0.006, wood, radius=0.004)


def _stone(s: Scene, foot: Point) -> None:
    x, y = foot
    grey = s.lit(s.paint or mix((150, 146, 140), s.tones.near, 0.2), 0.1)
    shape = [
        (x - 0.15, y),
        (x - 0.12, y - 0.07),
        (x - 0.02, y - 0.095),
        (x + 0.11, y - 0.075),
        (x + 0.16, y),
    ]
    s.canvas.blob(shape, Fade(lighter(grey, 0.06), darker(grey, 0.06)))


def _tent(s: Scene, foot: Point) -> None:
    x, y = foot
    cloth = s.lit(s.paint or s.tones.accent, 0.1)
    s.canvas.polygon([(x - 0.2, y), (x, y - 0.26), (x + 0.2, y)], cloth)
    s.canvas.polygon([(x, y - 0.26), (x + 0.2, y), (x + 0.26, y - 0.02)], darker(cloth, 0.08))
    s.canvas.polygon([(x - 0.05, y), (x, y - 0.18), (x + 0.06, y)], darker(cloth, 0.2))


def _fire(s: Scene, foot: Point) -> None:
    x, y = foot
    s.canvas.glow((x, y - 0.05), 0.4, (255, 164, 82), 0.6)
    for dx in (-0.05, 0.05):
        s.canvas.stroke([(x - dx, y), (x + dx, y - 0.025)], 0.02, s.lit((92, 64, 48)))
    flame = [(x - 0.045, y - 0.01), (x - 0.04, y - 0.07), (x - 0.01, y - 0.045),
             (x + 0.005, y - 0.14), (x + 0.03, y - 0.06), (x + 0.05, y - 0.08),
             (x + 0.045, y - 0.01)]  # fmt: skip
    s.canvas.blob(flame, (255, 168, 78))
    s.canvas.ellipse((x, y - 0.03), 0.022, 0.028, (255, 226, 150))


def _well(s: Scene, foot: Point) -> None:
    x, y = foot
    stone = s.lit((158, 150, 140), 0.1)
    s.canvas.box(
        x - 0.1, y - 0.1, x + 0.1, y, Fade(lighter(stone, 0.04), darker(stone, 0.07)), radius=0.012
    )
    s.canvas.ellipse((x, y - 0.1), 0.1, 0.022, darker(stone, 0.22))
    for dx in (-0.085, 0.085):
        s.canvas.stroke([(x + dx, y - 0.1), (x + dx, y - 0.28)], 0.014, s.lit(_WOOD))
    s.canvas.polygon(
        [(x - 0.14, y - 0.26), (x, y - 0.36), (x + 0.14, y - 0.26)], s.lit(s.tones.accent, 0.08)
    )


def _fence(s: Scene, foot: Point) -> None:
    x, y = foot
    wood = s.lit(s.paint or lighter(_WOOD, 0.1), 0.12)
    for k in range(-4, 5):
        s.canvas.stroke([(x + k * 0.05, y), (x + k * 0.05, y - 0.1)], 0.01, wood)
    for up in (0.035, 0.08):
        s.canvas.stroke([(x - 0.22, y - up), (x + 0.22, y - up)], 0.009, darker(wood, 0.05))


def _post(s: Scene, foot: Point) -> None:
    x, y = foot
    wood = s.lit(s.paint or darker(_WOOD, 0.04), 0.1)
    s.canvas.ellipse((x + 0.01, y), 0.05, 0.01, (18, 16, 30), 0.25)
    s.canvas.limb([(x, y), (x + 0.008, y - 0.19)], [0.046, 0.04], wood)
    s.canvas.ellipse((x + 0.008, y - 0.19), 0.02, 0.008, lighter(wood, 0.08))
    rope = s.lit((196, 172, 128), 0.1)
    for up in (0.1, 0.115, 0.13):
        s.canvas.stroke([(x - 0.02, y - up), (x + 0.028, y - up - 0.004)], 0.009, rope)


def _table(s: Scene, foot: Point) -> None:
    x, y = foot
    wood = s.lit(s.paint or _WOOD, 0.08)
    for dx in (-0.13, 0.13):
        s.canvas.stroke([(x + dx, y), (x + dx, y - 0.15)], 0.014, darker(wood, 0.08))
    s.canvas.box(x - 0.18, y - 0.17, x + 0.18, y - 0.15, wood, radius=0.004)


_LANDMARKS: Final[Mapping[str, Callable[[Scene, Point], None]]] = table(
    (_door, "door, gate, doorway"),
    (_signpost, "signpost, sign, waymarker"),
    (_bench, "bench, pew"),
    (_stone, "stone, rock, boulder, slab"),
    (_tent, "tent, camp, pavilion, stall"),
    (_fire, "fire, campfire, bonfire"),
    (_well, "well, fountain"),
    (_fence, "fence, railing, hedge"),
    (_post, "post, mooring post, stake, bollard"),
    (_table, "table, desk, altar"),
)

LANDMARK_WORDS: Final = ", ".join(_LANDMARKS)
"""Every word for something that can be drawn standing in the open."""
