"""Places from straight above: a ground for every kind, what hangs over it, and the weather."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ministudio.plugin import PlaceKind
from ministudio_animatic.drawing.colour import mix
from ministudio_animatic.places import plan_open, plan_rooms, plan_town, plan_wild

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ministudio_animatic.drawing.colour import Colour
    from ministudio_animatic.places.plan import Plan

__all__ = ["draw_ground", "draw_overhang"]

# What lies on the ground, and what is between the camera and those who are there.
_VIEWS: Final[Mapping[PlaceKind, tuple[Callable[[Plan], None], Callable[[Plan], None]]]] = {
    PlaceKind.INTERIOR: (plan_rooms.interior, plan_rooms.interior_overhang),
    PlaceKind.STREET: (plan_town.street, plan_town.street_overhang),
    PlaceKind.CITY: (plan_town.city, plan_town.roofs),
    PlaceKind.VILLAGE: (plan_town.village, plan_town.village_roofs),
    PlaceKind.FOREST: (plan_wild.forest, plan_wild.crowns),
    PlaceKind.FIELD: (plan_wild.field, plan_wild.birds),
    PlaceKind.MOUNTAINS: (plan_wild.mountains, plan_wild.wisps),
    PlaceKind.DESERT: (plan_wild.desert, plan_wild.birds),
    PlaceKind.SEA: (plan_open.sea, plan_open.gulls),
    PlaceKind.SKY: (plan_open.sky, plan_open.puffs),
    PlaceKind.SPACE: (plan_open.space, plan_open.debris),
    PlaceKind.ABSTRACT: (plan_open.abstract, plan_open.discs),
}
_DROPS: Final[Mapping[str, int]] = {"rain": 260, "snow": 220}
_FEWER: Final = 90


def draw_ground(plan: Plan, kind: PlaceKind) -> None:
    """Draw the ground of a place of this kind."""
    _VIEWS[kind][0](plan)
    s = plan.scene
    if kind is PlaceKind.INTERIOR:
        return
    if s.light.lamp is not None:
        plan.canvas.glow((0.0, 0.0), 9.0, s.light.lamp, 0.4)
    if s.light.weather.falling == "rain":
        _rings(plan, s.on(s.tones.middle if kind is PlaceKind.SEA else s.tones.ground))


def draw_overhang(plan: Plan, kind: PlaceKind) -> None:
    """Draw what hangs over a place of this kind, and what falls there."""
    _VIEWS[kind][1](plan)
    if kind is not PlaceKind.INTERIOR and plan.scene.light.weather.falling:
        _falling(plan)


def _rings(plan: Plan, ground: Colour) -> None:
    """Rings where drops meet the ground."""
    s, c = plan.scene, plan.canvas
    pale = mix(mix(s.light.haze, (255, 255, 255), 0.3), ground, 0.62)
    wide, high = (s.right - s.left) / 2, (s.bottom - s.top) / 2
    x0, y0 = (s.left + s.right) / 2, (s.top + s.bottom) / 2
    size = min(wide, high) / 90
    for _ in range(150):
        x, y = x0 + s.air.uniform(-wide, wide), y0 + s.air.uniform(-high, high)
        r = s.air.uniform(1.0, 2.6) * size
        ring = [(x + r * math.cos(math.tau * k / 14), y + r * math.sin(math.tau * k / 14))
                for k in range(15)]  # fmt: skip
        c.stroke(ring, size * 0.22, pale)


def _falling(plan: Plan) -> None:
    """Drops fall away from the camera: dashes that point at the middle, or flakes as dots."""
    s, c = plan.scene, plan.canvas
    kind = s.light.weather.falling
    pale = mix(s.light.haze, (255, 255, 255), 0.6)
    wide, high = (s.right - s.left) / 2, (s.bottom - s.top) / 2
    x0, y0 = (s.left + s.right) / 2, (s.top + s.bottom) / 2
    for _ in range(_DROPS.get(kind, _FEWER)):
        x, y = s.air.uniform(-1, 1), s.air.uniform(-1, 1)
        near = s.air.random() ** 2
        at = (x0 + x * wide, y0 + y * high)
        unit = min(wide, high) * (0.006 + 0.007 * near)
        if kind == "rain":
            long = 0.012 + 0.05 * near
            tip = (at[0] - x * wide * long, at[1] - y * high * long)
            c.polygon([(at[0] - unit * 0.16, at[1]), (at[0] + unit * 0.16, at[1]), tip], pale,
                      0.35 + 0.35 * near)  # fmt: skip
            c.ellipse(at, unit * 0.2, unit * 0.2, pale, 0.5)
        elif kind == "snow":
            c.ellipse(at, unit * 0.7, unit * 0.7, pale, 0.9 - 0.35 * near)
        else:
            c.ellipse(at, unit * 3.0, unit * 0.5, pale, 0.3)
