"""Rooms: walls, floor, a window on the hour outside, and the things that stand there."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import CameraAngle
from ministudio_animatic.drawing.canvas import Fade
from ministudio_animatic.drawing.colour import darker, lighter, mix
from ministudio_animatic.places.angled import ceiling
from ministudio_animatic.places.fixtures import FLOOR, WALL, Fixture, named
from ministudio_animatic.places.landmarks import landmarks
from ministudio_animatic.places.rooms import ROOM_WORDS, ROOMS, Room
from ministudio_animatic.places.shells import corners, floorboards, smooth_wall
from ministudio_animatic.places.waters import inland
from ministudio_animatic.reading.setting import elect
from ministudio_animatic.reading.words import mentions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ministudio.plugin import Environment
    from ministudio_animatic.places.scene import Scene

__all__ = ["interior", "room_of"]

_SPARE: Final = 2  # with fewer things than this on the wall or the floor a room looks empty
_DIM: Final = 0.9  # below this level lamps are lit by day
_SUNNY: Final = 0.6  # from this much cloud on no sun comes in
# What people's heads must not hide, or seem to grow out of: half its width, its top, its bottom.
_SLIM: Final[Mapping[str, tuple[float, float, float]]] = {
    "picture": (0.13, -0.51, -0.3),
    "clock": (0.075, -0.55, -0.4),
    "board": (0.25, -0.55, -0.24),
    "lamp": (0.1, -0.52, -0.36),
    "plant": (0.14, -0.36, 0.0),
    "throne": (0.16, -0.4, 0.0),
    "stove": (0.13, -0.7, 0.0),
}
_FLOOR_SLOTS = (0.52, -0.66, 0.9, -1.06, 0.2, 1.3, -1.45)


def interior(s: Scene) -> None:
    """Draw a room of its sort with what the story names in it, or sparely where it names none."""
    sort = ROOMS[room_of(s.place)]
    if sort is ROOMS["library"]:
        _aisle(s, " . ".join([s.said, *s.elements]))
        return
    if sort.draw is None:
        _plain(s)
    else:
        sort.draw(s)
    inland(s)
    wall, floor = _fixtures(s, sort)
    for fixture, x in zip(wall, sort.walls, strict=False):
        _furnish(s, fixture, x, sort)
    for fixture, x in zip(floor, _FLOOR_SLOTS, strict=False):
        if fixture.name not in s.in_use:
            _furnish(s, fixture, x, sort)
    lit = any(fixture.name == "window" for fixture in wall)
    _lamplight(s, floor, sort.walls[0] if lit else None)


def room_of(place: Environment | None) -> str:
    """Return which sort of room a place is."""
    return (elect(place, ROOM_WORDS) if place else "") or "living room"


def _fixtures(s: Scene, sort: Room) -> tuple[list[Fixture], list[Fixture]]:
    """What hangs in the room and what stands in it: what is named, then what is usual."""
    # Props come last: what happens to be there must not move what is always there.
    found = [f for f in named([*s.fixed, s.said, *s.elements]) if not _shown(f, sort)]
    wall = [fixture for fixture in found if fixture.stands == WALL]
    floor = [fixture for fixture in found if fixture.stands == FLOOR]
    said = " . ".join([s.said, *s.elements])
    dark = mentions(said, "windowless", "basement", "cellar", "bunker", "cave", "underground")
    if sort.window and not dark and not any(fixture.name == "window" for fixture in wall):
        wall.insert(0, attrs.evolve(named(["window"])[0], draw=sort.window))
    usual = named([" . ".join(sort.wants)])
    if len(wall) < _SPARE:
        wall += [f for f in usual if f.stands == WALL and f.name not in {w.name for w in wall}]
    missing = [f for f in usual if f.stands == FLOOR and f.name not in {w.name for w in floor}]
    return wall, floor + missing[: max(0, _SPARE - len(floor))]


def _shown(fixture: Fixture, sort: Room) -> bool:
    """Whether the room's own drawing has this already."""
    return sort.draw is not None and mentions(sort.shows, fixture.name)


def _furnish(s: Scene, fixture: Fixture, x: float, sort: Room) -> None:
    if fixture.name in _SLIM:
        x = s.clear(x, *_SLIM[fixture.name])
    s.paint = fixture.paint
    sort.instead.get(fixture.name, fixture.draw)(s, x)
    s.paint = None


def _plain(s: Scene) -> None:
    """Plaster, boards, a skirting and a rug: a room that could be anybody's."""
    t, c, inside = s.tones, s.canvas, s.light.inside
    wall, floor = inside(t.far), inside(t.ground)
    smooth_wall(s, wall, floor)
    floorboards(s, floor)
    c.box(s.left - 0.1, -0.026, s.right + 0.1, 0.0, inside(lighter(t.far, 0.06)))
    corners(s, wall)
    if s.angle is CameraAngle.LOW:
        ceiling(s)
    rug = inside(mix(t.accent, t.ground, 0.45))
    c.ellipse((0.02, 0.13), 0.5, 0.066, rug)
    c.ellipse((0.02, 0.13), 0.42, 0.05, lighter(rug, 0.035))


def _aisle(s: Scene, said: str) -> None:
    """Shelves (or racks) in perspective on both sides of a polished floor."""
    t, c, inside = s.tones, s.canvas, s.light.inside
    top, low = min(s.top, -0.75) - 0.1, max(s.bottom, 0.5) + 0.1
    deep = darker(inside(t.near), 0.12)
    c.box(
        s.left - 0.1,
        top,
        s.right + 0.1,
        0.05,
        Fade(darker(deep, 0.08), mix(deep, inside(t.middle), 0.55)),
    )
    floor = inside(t.ground)
    c.box(
        s.left - 0.1,
        -0.06,
        s.right + 0.1,
        low,
        Fade(mix(floor, inside(t.far), 0.25), darker(floor, 0.14)),
    )
    c.glow((0.0, -0.12), 0.5, inside(mix(t.far, (255, 244, 220), 0.4)), 0.4)
    racks = mentions(said, "server", "rack", "data centre", "data center")
    depths = (0.1, 0.16, 0.26, 0.42, 0.68, 1.1, 1.8)
    for side in (-1, 1):
        for i, (near, far) in enumerate(pairwise(depths)):
            light = 1 - i / len(depths)
            _bay(s, side, near, far, light, racks=racks)
    for i in range(-6, 7):
        line = [(i * 0.022, -0.05), (i * 0.022 * 9, 0.5)]
        c.limb(line, [0.001, 0.005], darker(floor, 0.05))
    extra = [
        f for f in named(s.elements) if f.stands == FLOOR and f.name not in {"bookcase", "rack"}
    ]
    for fixture, x in zip(extra, (0.42, -0.46), strict=False):
        fixture.draw(s, x)
    landmarks(s)


def _bay(s: Scene, side: int, near: float, far: float, light: float, *, racks: bool) -> None:
    """One stretch of shelves between two distances from the middle."""
    c, inside, t = s.canvas, s.light.inside, s.tones
    frame = mix(inside(darker(t.near, 0.03)), inside(t.middle), light * 0.5)

    def at(u: float, v: float) -> tuple[float, float]:
        out = near + (far - near) * u
        return side * out, -0.1 - out * 0.95 + (out * 0.95 + 0.04 + out * 0.36) * v

    c.polygon([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], frame)
    rows = 6
    for row in range(rows):
        top, low = (row + 0.16) / rows, (row + 0.9) / rows
        c.polygon([at(0.04, top), at(0.97, top), at(0.97, low), at(0.04, low)], darker(frame, 0.1))
        count = 7
        for k in range(count):
            if s.dice.random() < 0.12 and not racks:
                continue
            u0, u1 = 0.05 + 0.91 * k / count, 0.05 + 0.91 * (k + 0.84) / count
            tall = 0.0 if racks else s.dice.uniform(0.05, 0.3)
            head = top + (low - top) * tall
            shade = mix(inside(t.far), inside(t.middle), s.dice.random())
            shade = mix(mix(frame, shade, 0.75), inside(t.far), light * 0.3)
            if s.dice.random() < 0.06:
                shade = inside(t.accent)
            c.polygon(
                [at(u0, head), at(u1, head), at(u1, low), at(u0, low)],
                darker(shade, 0.06) if racks else shade,
            )
            if racks:
                lamp = (126, 226, 168) if s.dice.random() < 0.7 else (240, 178, 82)
                x, y = at((u0 + u1) / 2, (head + low) / 2)
                c.ellipse((x, y), near * 0.012, near * 0.008, lamp)


def _lamplight(s: Scene, floor: list[Fixture], window: float | None) -> None:
    """Warm pools where lamps stand at night; daylight from the window by day."""
    c, hour, weather = s.canvas, s.light.hour, s.light.weather
    if hour.night or s.light.level < _DIM:
        lamps = [x for f, x in zip(floor, _FLOOR_SLOTS, strict=False) if f.name in {"lamp", "desk"}]
        for x in lamps[:2] or [0.0]:
            c.glow((x, -0.34), 1.0, (255, 198, 120), 0.5)
    elif window is not None and weather.clouds < _SUNNY and not weather.falling:
        x, low = window, 1.0 - 0.6 * weather.fog
        for grow, share in ((1.0, 0.1), (0.6, 0.08)):
            shaft = [(x - 0.1 * grow, -0.48), (x + 0.1 * grow, -0.44),
                     (x + 0.42 + 0.24 * grow, 0.2), (x + 0.42 - 0.24 * grow, 0.2)]  # fmt: skip
            c.soft(shaft, hour.glow, share * low, 0.07)
        c.glow((x + 0.42, 0.14), 0.34, hour.glow, 0.2 * low)
