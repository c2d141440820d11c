"""Water in places that are not the sea: rivers and ponds in the land, and pools in a floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ministudio.plugin import PlaceKind
from ministudio_animatic.drawing.canvas import Fade, smooth
from ministudio_animatic.drawing.colour import Colour, darker, lighter, mix
from ministudio_animatic.reading.waters import Water

if TYPE_CHECKING:
    from ministudio_animatic.drawing.canvas import Point
    from ministudio_animatic.places.scene import Scene

__all__ = ["aquarium", "dry", "inland"]

_FAR: Final = 0.014
"""The far bank."""

_NEAR: Final = 0.2  # the near bank, where nobody's feet say where it is
_LEAST: Final = 0.045  # between the banks
_DEEP: Final[Colour] = (62, 112, 126)
_POOL: Final[Colour] = (112, 190, 206)
_BUILT: Final = frozenset({PlaceKind.STREET, PlaceKind.CITY, PlaceKind.INTERIOR})


def inland(s: Scene) -> None:
    """Draw the water of a place that has some, from its far bank to its near one, once."""
    if s.water not in {Water.RIVER, Water.POND} or s.watered:
        return
    s.watered = True
    near = _near(s)
    deep, pale = _colours(s)
    edge = _outline(s, near, 0.0)
    stone = s.kind in _BUILT
    rim = s.lit(mix(s.tones.ground, (206, 200, 188), 0.6) if stone else darker(s.tones.ground, 0.1))
    s.canvas.polygon(_outline(s, near, 0.02 if stone else 0.012), rim)
    s.canvas.polygon(edge, Fade(pale, deep))
    if stone:  # the wall under the kerb on the far side
        s.canvas.stroke([(s.left - 0.1, _FAR), (s.right + 0.1, _FAR)], 0.008, darker(rim, 0.12))
    for i in range(30):
        share = (i + 0.5) / 30
        y = _FAR + 0.006 + (near - _FAR - 0.012) * share
        x, half = s.dice.uniform(-1.0, 1.0), s.dice.uniform(0.015, 0.03 + 0.2 * y)
        if s.water is Water.RIVER:
            x *= 1.6
        tone = lighter(pale, 0.08) if i % 3 else darker(deep, 0.04)
        s.canvas.ellipse((x * (0.9 if share < 0.8 else 0.6), y), half, 0.001 + y * 0.008, tone, 0.5)
    if not stone:
        _reeds(s, near)


def dry(s: Scene, y: float) -> float:
    """Return where something stands that would stand in the water: on its far bank."""
    if s.water not in {Water.RIVER, Water.POND}:
        return y
    return _FAR if _FAR < y < _near(s) else y


def aquarium(s: Scene, x: float) -> None:
    """Draw a tank on a stand, with nobody in it but weeds."""
    c, inside = s.canvas, s.light.inside
    wood = inside(mix(s.tones.near, (120, 84, 58), 0.5))
    c.box(x - 0.19, -0.14, x + 0.19, 0.04, Fade(wood, darker(wood, 0.06)))
    c.box(x - 0.2, -0.36, x + 0.2, -0.14, Fade((150, 206, 216), (84, 156, 176)))
    for dx, up in ((-0.12, 0.12), (-0.08, 0.08), (0.1, 0.14)):
        weed = [(x + dx, -0.145), (x + dx + 0.015, -0.145 - up / 2), (x + dx, -0.145 - up)]
        c.limb(smooth(weed), [0.012, 0.004], (72, 128, 92))
    c.glow((x, -0.26), 0.3, (140, 214, 226), 0.3)
    c.box(x - 0.205, -0.375, x + 0.205, -0.355, darker(wood, 0.1))


def _near(s: Scene) -> float:
    """How far down the water reaches: to the bottom where nobody stands on land."""
    bottom = max(s.bottom, 0.5) + 0.1
    return min(bottom, max(_FAR + _LEAST, _NEAR if s.stand is None else s.stand))


def _colours(s: Scene) -> tuple[Colour, Colour]:
    if s.indoors:
        return s.lit(darker(_POOL, 0.08)), s.lit(_POOL)
    # Still water has the colour of the sky over it.
    pale = mix(s.on(_DEEP, 0.2), s.light.sky[1], 0.5)
    return mix(s.on(_DEEP), s.light.sky[0], 0.25), pale


def _outline(s: Scene, near: float, more: float) -> list[Point]:
    """The edge of the water, ``more`` wider than it is."""
    if s.water is Water.POND and s.stand is not None and s.stand < 1:
        wide = 1.2 + more * 2
        far, low = _FAR - more * 0.4, near + more
        round_ = [(-wide, (far + low) / 2), (-wide * 0.8, far), (0.0, far - 0.002),
                  (wide * 0.8, far), (wide, (far + low) / 2), (wide * 0.75, low - 0.006),
                  (0.1, low), (-wide * 0.75, low - 0.006)]  # fmt: skip
        return smooth(round_, closed=True)
    left, right = min(s.left, -1.9) - 0.1, max(s.right, 1.9) + 0.1
    if s.kind in _BUILT or near > s.bottom:
        return [(left, _FAR), (right, _FAR), (right, near + more), (left, near + more)]
    low = near + more
    bank = [(right, low), (1.1, low + 0.004), (0.5, low - 0.006), (-0.1, low + 0.002),
            (-0.8, low - 0.006), (left, low)]  # fmt: skip
    return [(left, _FAR - more * 0.3), (right, _FAR - more * 0.3), *smooth(bank)]


def _reeds(s: Scene, near: float) -> None:
    """Reeds on the near bank, in clumps left and right of the middle."""
    if near > s.bottom:
        return
    tone = s.on(mix((96, 118, 70), s.tones.near, 0.4))
    for _ in range(34):
        x = s.dice.choice((-1, 1)) * s.dice.uniform(0.5, 1.25)
        high, lean = s.dice.uniform(0.03, 0.075), s.dice.uniform(-0.012, 0.012)
        foot = near + s.dice.uniform(0.0, 0.014)
        s.canvas.limb([(x, foot), (x + lean, foot - high)], [0.006, 0.002], tone)
