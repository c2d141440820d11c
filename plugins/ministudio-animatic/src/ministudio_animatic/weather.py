"""What moves in the air: rain, snow, dust and banks of fog, on planes of their own.

Each plane is a mask that repeats, drawn once and moved over the frame; it costs no more than
laying one colour. One lies behind the figures, one in front of them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import attrs
from PIL import Image, ImageFilter

from ministudio_animatic.drawing.canvas import Canvas, Point
from ministudio_animatic.drawing.colour import mix
from ministudio_animatic.drawing.dice import dice
from ministudio_animatic.planes import Picture, picture

if TYPE_CHECKING:
    from ministudio_animatic.drawing.colour import Colour
    from ministudio_animatic.reading.light import Light

__all__ = ["Veil", "veils"]

_FOGGY: Final = 0.3  # from this much fog on it hangs in banks
_BANK: Final = 0.34  # height of a bank of fog, of the frame's
# By how much a gale drives what falls aside, for its way down; dust goes with the wind already.
_DRIVEN: Final = {"rain": 0.6, "snow": 1.6, "dust": 0.0}
_WHITE: Final[Colour] = (255, 255, 255)


@attrs.frozen(kw_only=True)
class Veil:
    """A mask of one colour that slides over the frame and comes round again.

    Args:
        mask: How much of the colour is seen where; twice the size of what repeats.
        half: The same at half the size; None for what is too fine to be seen to have a colour.
        colour: The colour, as brightness and the two others.
        top: From which row of the frame on it lies, even.
        rows: How many rows it covers, even.
        speed: How many pixels it moves a second: across and down.
    """

    mask: Image.Image
    half: Image.Image | None
    colour: tuple[int, int, int]
    top: int
    rows: int
    speed: tuple[float, float]

    def lay(self, frame: Picture, seconds: float) -> None:
        """Lay it over a frame, as far on as it is by then."""
        wide = frame.y.width
        period = (self.mask.width // 2, self.mask.height // 2)
        x, y = (
            math.floor(-pace * seconds / 2) * 2 % size
            for pace, size in zip(self.speed, period, strict=True)
        )
        mask = self.mask.crop((x, y, x + wide, y + self.rows))
        frame.y.paste(self.colour[0], (0, self.top, wide, self.top + self.rows), mask)
        if self.half is None:
            return
        x, y = x // 2, y // 2
        small = self.half.crop((x, y, x + wide // 2, y + self.rows // 2))
        box = (0, self.top // 2, wide // 2, (self.top + self.rows) // 2)
        frame.u.paste(self.colour[1], box, small)
        frame.v.paste(self.colour[2], box, small)


def veils(
    light: Light, size: tuple[int, int], rows: int, horizon: float
) -> tuple[tuple[Veil, ...], tuple[Veil, ...]]:
    """Return what moves in the air behind the figures, and what does in front of them.

    Args:
        light: The light and weather.
        size: Width and height of the frame in pixels.
        rows: How many rows of it are seen above the captions.
        horizon: The height of the frame at which the horizon is.
    """
    behind, before = [], []
    falls = _FALLS.get(light.weather.falling)
    if falls is not None:
        pale = mix(light.haze, _WHITE, 0.55)
        falls = falls.blown(light.weather.wind)
        behind.append(_fall(falls, 0, pale, size, rows))
        before.append(_fall(falls, 1, pale, size, rows))
    if light.weather.fog >= _FOGGY:
        pale = mix(light.haze, _WHITE, 0.2)
        thick = min(0.62, 0.25 + 0.6 * light.weather.fog)
        # The place has banks of its own: what drifts before them is the thinner.
        behind.append(_bank(pale, size, rows, at=horizon - 0.02, thick=thick * 0.5, speed=0.018))
        before.append(_bank(pale, size, rows, at=horizon + 0.2, thick=thick * 0.55, speed=-0.03))
    return tuple(behind), tuple(before)


@attrs.frozen(kw_only=True)
class _Fall:
    """How something falls: how many to a frame height squared, how it looks, how fast it is.

    ``speed`` is in frame heights a second across and down, far off and close by.
    """

    seed: str
    count: tuple[int, int]
    speed: tuple[Point, Point]
    sizes: tuple[float, float]
    opacity: float

    def blown(self, wind: float) -> _Fall:
        """Return it as a wind drives it aside, from 0 (a calm) to 1 (a gale)."""
        far, near = ((x - _DRIVEN[self.seed] * wind * y, y) for x, y in self.speed)
        return attrs.evolve(self, speed=(far, near))


_FALLS: Final = {
    "rain": _Fall(
        seed="rain",
        count=(130, 60),
        speed=((-0.2, 1.25), (-0.3, 1.9)),
        sizes=(0.04, 0.085),
        opacity=0.42,
    ),
    "snow": _Fall(
        seed="snow",
        count=(90, 36),
        speed=((-0.03, 0.1), (-0.05, 0.17)),
        sizes=(0.0026, 0.006),
        opacity=0.8,
    ),
    "dust": _Fall(
        seed="dust",
        count=(60, 26),
        speed=((-0.35, 0.02), (-0.6, 0.03)),
        sizes=(0.02, 0.04),
        opacity=0.3,
    ),
}


def _fall(fall: _Fall, near: int, colour: Colour, size: tuple[int, int], rows: int) -> Veil:
    wide, high = size[0], _even(rows)
    unit = size[1]
    canvas = Canvas(wide, high, (0.0, 0.0), unit)
    across, down = wide / unit, high / unit
    fallen = dice(f"{fall.seed}/{near}")
    for _ in range(round(fall.count[near] * across * down)):
        at = fallen.uniform(0, across), fallen.uniform(0, down)
        large = fall.sizes[near] * fallen.uniform(0.7, 1.1)
        for dx in (-across, 0.0, across):  # what leaves on one side comes in on the other
            for dy in (-down, 0.0, down):
                _drop(canvas, fall, near, (at[0] + dx, at[1] + dy), large)
    mask = canvas.finish().getchannel("A")
    x, y = fall.speed[near]
    return _veil(mask, colour, 0, rows, (x * unit, y * unit), fine=True)


def _drop(canvas: Canvas, fall: _Fall, near: int, at: Point, large: float) -> None:
    x, y = at
    left, top, right, bottom = canvas.span
    if not (left - large <= x <= right + large and top - large <= y <= bottom + large):
        return
    if fall.seed == "rain":
        slant = fall.speed[near][0] / fall.speed[near][1]
        tip, thin = (x + large * slant, y + large), 0.0016 + 0.0012 * near
        canvas.polygon([(x, y), (x + thin, y), tip], _WHITE, fall.opacity)
    elif fall.seed == "snow":
        canvas.ellipse(at, large, large, _WHITE, fall.opacity)
    else:
        canvas.ellipse(at, large, 0.0014, _WHITE, fall.opacity)


def _bank(
    colour: Colour, size: tuple[int, int], rows: int, *, at: float, thick: float, speed: float
) -> Veil:
    """A bank of fog about a height of the frame: puffs drawn small, run together, enlarged."""
    wide, high = size[0], _even(size[1] * _BANK)
    small = (128, 32)
    canvas = Canvas(small[0], small[1], (0.0, 0.0), small[1])
    across = small[0] / small[1]
    puffs = dice(f"fog/{speed}")
    for _ in range(16):
        x, y = puffs.uniform(0, across), puffs.uniform(0.38, 0.62)
        rx, ry = puffs.uniform(0.3, 0.8), puffs.uniform(0.07, 0.17)
        for dx in (-across, 0.0, across):
            canvas.ellipse((x + dx, y), rx, ry, _WHITE, 0.35)
    soft = canvas.finish().getchannel("A")
    # Blurred as a ring, so that the two ends meet.
    ring = Image.new("L", (small[0] * 3, small[1]))
    for k in range(3):
        ring.paste(soft, (k * small[0], 0))
    ring = ring.filter(ImageFilter.GaussianBlur(3.2)).point([round(v * thick) for v in range(256)])
    large = ring.resize((wide * 3, high), Image.Resampling.BICUBIC)
    mask = large.crop((wide, 0, wide * 2, high))
    top = max(0, _even((at - _BANK / 2) * size[1]))
    return _veil(mask, colour, top, min(high, rows - top), (speed * size[1], 0.0), fine=False)


def _veil(
    mask: Image.Image,
    colour: Colour,
    top: int,
    rows: int,
    speed: tuple[float, float],
    *,
    fine: bool,
) -> Veil:
    doubled = Image.new("L", (mask.width * 2, mask.height * 2))
    for x in (0, mask.width):
        for y in (0, mask.height):
            doubled.paste(mask, (x, y))
    ink = picture(Image.new("RGB", (2, 2), colour))
    y, u, v = (plane.tobytes()[0] for plane in (ink.y, ink.u, ink.v))
    return Veil(
        mask=doubled,
        half=None if fine else doubled.reduce(2),
        colour=(y, u, v),
        top=top,
        rows=_even(rows),
        speed=speed,
    )


def _even(length: float) -> int:
    return max(2, math.floor(length / 2) * 2)
