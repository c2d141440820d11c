"""An old city: roof behind roof, chimneys, spires and bell towers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio_animatic.drawing.canvas import Fade, Point
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.reading.words import mentions

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["is_old", "roofs"]

_OLD: Final = (
    "roof, spire, bell tower, belfry, chimney, market, palace, cathedral, castle, medieval, "
    "baroque, old town, tiles, gable, dome, minaret"
)
_NEW: Final = "skyscraper, glass, neon, highway, office, subway, futuristic, modern, highrise"
_LAMP: Final[Colour] = (255, 206, 128)


def is_old(s: Scene) -> bool:
    """Return whether the words describe a city from before the skyscraper."""
    said = " . ".join([s.said, *s.elements])
    return mentions(said, _OLD) and not mentions(said, _NEW)


def roofs(s: Scene) -> None:
    """Draw four rows of houses with steep roofs, the towers of churches between them."""
    t = s.tones
    for base, size, away, step in (
        (0.0, 0.055, 0.68, 0.07), (0.035, 0.085, 0.48, 0.105),
        (0.085, 0.13, 0.3, 0.155), (0.16, 0.19, 0.12, 0.22),
    ):  # fmt: skip
        for _ in range(2 if away > 0.2 else 1):
            x = s.dice.uniform(0.25, 1.3) * s.dice.choice((-1, 1))
            _tower(s, (x, base), size, away)
        x = -1.85
        while x < 1.85:
            wide = size * s.dice.uniform(0.8, 1.25)
            wall = s.on(mix(t.middle, (226, 206, 182), s.dice.uniform(0.2, 0.6)), away)
            roof = s.on(mix((158, 84, 66), t.near, s.dice.uniform(0.1, 0.5)), away)
            _house(s, (x, base + s.dice.uniform(-0.3, 0.1) * size), wide, wall, roof)
            x += step * s.dice.uniform(0.8, 1.1)


def _house(s: Scene, foot: Point, size: float, wall: Colour, roof: Colour) -> None:
    x, y = foot
    c = s.canvas
    c.box(x - size * 0.5, y - size * 0.55, x + size * 0.5, y + size * 1.6, wall)
    if s.dice.random() < 0.6:
        at = x + size * s.dice.choice((-0.28, 0.24))
        c.box(
            at - size * 0.06, y - size * 1.35, at + size * 0.06, y - size * 0.8, darker(wall, 0.1)
        )
    peak = x + size * s.dice.uniform(-0.06, 0.06)
    slope = [
        (x - size * 0.6, y - size * 0.5),
        (peak, y - size * 1.25),
        (x + size * 0.6, y - size * 0.5),
    ]
    c.polygon(slope, Fade(lighter(roof, 0.03), darker(roof, 0.04)))
    c.polygon([slope[1], slope[2], (peak + size * 0.1, y - size * 0.5)], darker(roof, 0.05))
    warm = s.light.hour.lamps
    for u in (-0.24, 0.2):
        lit = warm and s.dice.random() < 0.45
        pane = _LAMP if lit else darker(wall, 0.16)
        c.box(x + size * (u - 0.08), y - size * 0.36, x + size * (u + 0.08), y - size * 0.12, pane)


def _tower(s: Scene, foot: Point, size: float, away: float) -> None:
    """Draw a bell tower with a spire."""
    x, y = foot
    c = s.canvas
    stone = s.on(mix(s.tones.middle, (214, 200, 184), 0.5), away)
    copper = s.on(mix((92, 128, 118), s.tones.near, 0.35), away)
    wide, high = size * 0.34, size * 2.3
    c.box(x - wide, y - high, x + wide, y + size, stone)
    c.box(x + wide * 0.35, y - high, x + wide, y + size, darker(stone, 0.05))
    for dx in (-0.4, 0.4):
        left, right = x + wide * (dx - 0.26), x + wide * (dx + 0.26)
        c.box(left, y - high * 0.9, right, y - high * 0.72, darker(stone, 0.22), radius=wide * 0.2)
    c.box(x - wide * 1.18, y - high - size * 0.06, x + wide * 1.18, y - high, lighter(stone, 0.05))
    c.polygon([(x - wide * 1.1, y - high - size * 0.05), (x, y - high - size * 1.25),
               (x + wide * 1.1, y - high - size * 0.05)], copper)  # fmt: skip
    c.stroke([(x, y - high - size * 1.2), (x, y - high - size * 1.45)], size * 0.03, copper)
