"""What stands on the floor of a room, drawn around one x of the scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix

if TYPE_CHECKING:
    from ministudio_animatic.places.scene import Scene

__all__ = ["bed", "bookcase", "chair", "desk", "lamp", "plant", "rack", "screens", "stove", "table"]


def bookcase(s: Scene, x: float) -> None:
    """Draw a bookcase with books."""
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


def desk(s: Scene, x: float) -> None:
    """Draw a desk with a lamp and a pile of books."""
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


def lamp(s: Scene, x: float) -> None:
    """Draw a standing lamp and its light."""
    c, inside = s.canvas, s.light.inside
    metal = inside((70, 62, 60))
    c.stroke([(x, 0.03), (x, -0.42)], 0.009, metal)
    c.ellipse((x, 0.03), 0.055, 0.012, metal)
    c.glow((x, -0.43), 0.34, (255, 212, 140), 0.65)
    c.polygon(
        [(x - 0.05, -0.5), (x + 0.05, -0.5), (x + 0.085, -0.39), (x - 0.085, -0.39)],
        (255, 230, 178),
    )


def plant(s: Scene, x: float) -> None:
    """Draw a plant in a pot."""
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


def bed(s: Scene, x: float) -> None:
    """Draw a bed, unmade: head and foot board, mattress, pillow, a cover thrown back."""
    c, inside = s.canvas, s.light.inside
    wood = inside(mix(s.tones.near, (130, 92, 64), 0.35))
    linen = inside((232, 226, 216))
    cover = inside(s.paint or mix(s.tones.accent, s.tones.far, 0.3))
    c.box(x - 0.3, 0.02, x - 0.275, 0.085, darker(wood, 0.06))
    c.box(x - 0.29, -0.06, x + 0.3, 0.03, darker(wood, 0.03), radius=0.008)
    c.box(x - 0.285, -0.1, x + 0.29, -0.03, linen, radius=0.022)
    c.box(x + 0.16, -0.155, x + 0.285, -0.085, lighter(linen, 0.03), radius=0.03)
    c.box(x + 0.19, -0.13, x + 0.26, -0.124, darker(linen, 0.05))
    folds = [(x - 0.3, -0.11), (x - 0.24, -0.15), (x - 0.13, -0.135), (x - 0.05, -0.165),
             (x + 0.05, -0.14), (x + 0.11, -0.15), (x + 0.14, -0.1), (x + 0.07, -0.06),
             (x + 0.1, 0.0), (x + 0.02, 0.045), (x - 0.1, 0.02), (x - 0.2, 0.05),
             (x - 0.305, 0.03)]  # fmt: skip
    c.blob(folds, Fade(lighter(cover, 0.03), darker(cover, 0.05)))
    for a, b in (((-0.22, -0.12), (-0.2, 0.03)), ((-0.06, -0.13), (-0.09, 0.0)),
                 ((0.06, -0.12), (0.03, 0.02))):  # fmt: skip
        course = [(x + a[0], a[1]), (x + (a[0] + b[0]) / 2 - 0.014, (a[1] + b[1]) / 2),
                  (x + b[0], b[1])]  # fmt: skip
        c.limb(course, [0.003, 0.006, 0.003], darker(cover, 0.06))
    c.box(x + 0.28, -0.27, x + 0.315, 0.085, wood, radius=0.01)
    c.box(x - 0.32, -0.17, x - 0.292, 0.085, wood, radius=0.01)


def screens(s: Scene, x: float) -> None:
    """Draw a table with two screens."""
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


def table(s: Scene, x: float) -> None:
    """Draw a round table with a cup."""
    c, inside = s.canvas, s.light.inside
    wood = inside(mix(s.tones.near, (150, 106, 72), 0.5))
    for dx in (-0.16, 0.16):
        c.limb([(x + dx, -0.12), (x + dx * 1.1, 0.06)], [0.02, 0.014], darker(wood, 0.07))
    c.ellipse((x, -0.13), 0.23, 0.026, wood)
    c.ellipse((x, -0.135), 0.21, 0.02, lighter(wood, 0.03))
    c.box(x - 0.06, -0.175, x - 0.02, -0.135, inside((234, 228, 216)), radius=0.006)


def chair(s: Scene, x: float) -> None:
    """Draw an armchair."""
    c, inside = s.canvas, s.light.inside
    cloth = inside(s.paint or mix(s.tones.accent, s.tones.middle, 0.35))
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


def rack(s: Scene, x: float) -> None:
    """Draw a rack of machines with small lights."""
    c, inside = s.canvas, s.light.inside
    body: Colour = inside((52, 58, 70))
    c.box(x - 0.11, -0.52, x + 0.11, 0.03, body, radius=0.006)
    for k in range(11):
        y = -0.5 + k * 0.047
        c.box(x - 0.095, y, x + 0.095, y + 0.036, lighter(body, 0.05))
        for n in range(3):
            lamp = (126, 226, 168) if (k * 3 + n) % 4 else (240, 178, 82)
            c.ellipse((x - 0.075 + n * 0.022, y + 0.018), 0.005, 0.005, lamp)


def stove(s: Scene, x: float) -> None:
    """Draw a fireplace with a fire in it."""
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
