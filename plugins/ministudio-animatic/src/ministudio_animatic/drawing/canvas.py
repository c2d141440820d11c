"""A canvas with smooth edges: shapes in scene units, drawn at twice the size and reduced.

The scene's x grows to the right and its y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

import attrs
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from ministudio_animatic.drawing.colour import Colour
from ministudio_animatic.drawing.soft import soft_mask

__all__ = ["Canvas", "Fade", "Paint", "Point", "smooth"]

Point = tuple[float, float]


@attrs.frozen
class Fade:
    """Two colours that run into each other, from the top of a shape to its bottom."""

    top: Colour
    bottom: Colour


Paint = Colour | Fade

_Pixels = list[tuple[float, float]]
_Shape = Callable[[ImageDraw.ImageDraw, _Pixels, "Colour | int"], None]
_Area = tuple[int, int, int, int]

_FINE = 2  # samples per pixel in each direction; more costs time and is not seen in motion


class Canvas:
    """Shapes in scene units on a picture of ``width`` by ``height`` pixels.

    Args:
        width: Width of the finished picture, in pixels.
        height: Height of the finished picture, in pixels.
        origin: The scene point at the top left corner.
        unit: Pixels of the finished picture per scene unit.
        ground: What it is filled with; None makes it transparent.
        deep: How many times further apart everything below y = 0 lies than it is given.
    """

    def __init__(
        self,
        width: int,
        height: int,
        origin: Point,
        unit: float,
        ground: Colour | None = None,
        deep: float = 1.0,
    ) -> None:
        self.width, self.height = width, height
        self.origin, self.unit, self.deep = origin, unit, deep
        size = (width * _FINE, height * _FINE)
        if ground is None:
            self._image = Image.new("RGBA", size, (0, 0, 0, 0))
        else:
            self._image = Image.new("RGB", size, ground)
        self._scale = unit * _FINE

    @property
    def span(self) -> tuple[float, float, float, float]:
        """The part of the scene that is on the canvas: left, top, right, bottom."""
        x, y = self.origin
        low = y + self.height / self.unit
        top, bottom = (v / self.deep if v > 0 else v for v in (y, low))
        return x, top, x + self.width / self.unit, bottom

    @contextmanager
    def lowered(self, by: float) -> Iterator[None]:
        """Draw everything lower by ``by`` for a while."""
        kept = self.origin
        self.origin = (kept[0], kept[1] - by)
        yield
        self.origin = kept

    def polygon(self, points: Iterable[Point], paint: Paint, opacity: float = 1.0) -> None:
        """Fill a polygon."""
        self._fill([self._at(point) for point in points], _polygon, paint, opacity)

    def blob(self, points: Sequence[Point], paint: Paint, opacity: float = 1.0) -> None:
        """Fill a closed curve that runs smoothly through ``points``."""
        self.polygon(smooth(points, closed=True), paint, opacity)

    def ellipse(
        self, centre: Point, rx: float, ry: float, paint: Paint, opacity: float = 1.0
    ) -> None:
        """Fill an ellipse."""
        x, y = centre
        corners = [self._at((x - rx, y - ry)), self._at((x + rx, y + ry))]
        self._fill(corners, _ellipse, paint, opacity)

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        paint: Paint,
        opacity: float = 1.0,
        radius: float = 0.0,
    ) -> None:
        """Fill a rectangle, its corners rounded by ``radius``."""
        if right <= left or bottom <= top:
            return
        soft = min(radius, (right - left) / 2, (bottom - top) / 2) * self._scale

        def shape(pen: ImageDraw.ImageDraw, corners: _Pixels, fill: Colour | int) -> None:
            pen.rounded_rectangle(corners, soft, fill=fill)

        self._fill([self._at((left, top)), self._at((right, bottom))], shape, paint, opacity)

    def stroke(self, points: Sequence[Point], width: float, paint: Colour) -> None:
        """Draw a line of even ``width`` with round joints and ends."""
        self.limb(points, [width] * len(points), paint)

    def limb(self, points: Sequence[Point], widths: Sequence[float], paint: Colour) -> None:
        """Draw a line with round joints that is ``widths[i]`` wide at ``points[i]``."""
        pen = ImageDraw.Draw(self._image)
        joints = [
            (self._at(point), max(0.6, width * self._scale / 2))
            for point, width in zip(points, widths, strict=True)
        ]
        for (x, y), r in joints:
            pen.ellipse([(x - r, y - r), (x + r, y + r)], fill=paint)
        for ((ax, ay), ra), ((bx, by), rb) in pairwise(joints):
            long = math.hypot(bx - ax, by - ay)
            if long > 0.01:
                nx, ny = (ay - by) / long, (bx - ax) / long
                side = [(ax + nx * ra, ay + ny * ra), (bx + nx * rb, by + ny * rb)]
                back = [(bx - nx * rb, by - ny * rb), (ax - nx * ra, ay - ny * ra)]
                pen.polygon(side + back, fill=paint)

    def glow(self, centre: Point, radius: float, colour: Colour, strength: float) -> None:
        """Lay a soft round light over what is there."""
        x, y = self._at(centre)
        r = max(1.0, radius * self._scale)
        area = self._clip([(x - r, y - r), (x + r, y + r)])
        if area is None:
            return
        size = ((area[2] - area[0]) // _FINE + 1, (area[3] - area[1]) // _FINE + 1)
        corners = (
            ((area[0] - x) / r, (area[1] - y) / r),
            ((area[0] + size[0] * _FINE - x) / r, (area[1] + size[1] * _FINE - y) / r),
        )
        mask = soft_mask(_glow, size, corners).point([round(v * strength) for v in range(256)])
        fine = mask.resize((size[0] * _FINE, size[1] * _FINE), Image.Resampling.NEAREST)
        self._lay(area, colour, fine.crop((0, 0, area[2] - area[0], area[3] - area[1])))

    def veil(self, points: Iterable[Point], paint: Paint, opacity: float) -> None:
        """Tint what is already drawn inside a polygon; what is transparent stays so."""
        self._fill([self._at(p) for p in points], _polygon, paint, opacity, inside=True)

    def soft(self, points: Iterable[Point], colour: Colour, opacity: float, blur: float) -> None:
        """Fill a polygon whose edge runs out over ``blur`` to each side."""
        shape = [self._at(point) for point in points]
        room = max(1.0, blur * self._scale)
        across, down = [x for x, _ in shape], [y for _, y in shape]
        corner = (min(across) - 2 * room, min(down) - 2 * room)
        area = self._clip([corner, (max(across) + 2 * room, max(down) + 2 * room)])
        if area is None or opacity <= 0:
            return
        # What is blurred needs no detail: a small mask is as smooth, and much quicker.
        less = max(1.0, min(16.0, room / 2))
        size = tuple(max(1, math.ceil(long / less)) for long in _extent(area))
        mask = Image.new("L", (size[0], size[1]), 0)
        moved = [((x - area[0]) / less, (y - area[1]) / less) for x, y in shape]
        ImageDraw.Draw(mask).polygon(moved, fill=round(255 * min(1.0, opacity)))
        mask = mask.filter(ImageFilter.GaussianBlur(room / less / 1.5))
        self._lay(area, colour, mask.resize(_extent(area), Image.Resampling.BILINEAR))

    def picture(self, image: Image.Image, left: float, top: float, right: float) -> None:
        """Put a picture on the canvas, scaled to reach from ``left`` to ``right``."""
        x, y = self._at((left, top))
        width = max(1, round((right - left) * self._scale))
        height = max(1, round(width * image.height / image.width))
        scaled = image.convert("RGB").resize((width, height), Image.Resampling.BILINEAR)
        self._image.paste(scaled, (round(x), round(y)))

    def finish(self) -> Image.Image:
        """Return the picture at its final size, RGB or RGBA."""
        if self._image.mode == "RGB":
            return self._image.reduce(_FINE)
        # Colours must be weighed by their opacity, or edges turn dark.
        return self._image.convert("RGBa").reduce(_FINE).convert("RGBA")

    def _at(self, point: Point) -> Point:
        x, y = self.origin
        down = point[1] * self.deep if point[1] > 0 else point[1]
        return (point[0] - x) * self._scale, (down - y) * self._scale

    def _clip(self, points: _Pixels) -> _Area | None:
        across, down = [x for x, _ in points], [y for _, y in points]
        left, top = max(0, math.floor(min(across))), max(0, math.floor(min(down)))
        right = min(self._image.width, math.ceil(max(across)) + 1)
        bottom = min(self._image.height, math.ceil(max(down)) + 1)
        return (left, top, right, bottom) if left < right and top < bottom else None

    def _fill(
        self,
        points: _Pixels,
        shape: _Shape,
        paint: Paint,
        opacity: float,
        *,
        inside: bool = False,
    ) -> None:
        if len(points) < 2 or opacity <= 0:
            return
        if isinstance(paint, tuple) and opacity >= 1 and not inside:
            shape(ImageDraw.Draw(self._image), points, paint)
            return
        area = self._clip(points)
        if area is None:
            return
        mask = Image.new("L", (area[2] - area[0], area[3] - area[1]), 0)
        moved = [(x - area[0], y - area[1]) for x, y in points]
        shape(ImageDraw.Draw(mask), moved, round(255 * min(1.0, opacity)))
        if inside and self._image.mode == "RGBA":
            mask = ImageChops.multiply(mask, self._image.crop(area).getchannel("A"))
        if isinstance(paint, tuple):
            self._lay(area, paint, mask)
        else:
            down = [y for _, y in points]
            self._lay(area, _ramp(paint, min(down), max(down), area), mask)

    def _lay(self, area: _Area, paint: Colour | Image.Image, mask: Image.Image) -> None:
        if self._image.mode == "RGB":
            self._image.paste(paint, area, mask)
            return
        colour = paint if isinstance(paint, Image.Image) else Image.new("RGB", mask.size, paint)
        layer = colour.convert("RGBA")
        layer.putalpha(mask)
        self._image.alpha_composite(layer, area[:2])


def smooth(points: Sequence[Point], *, closed: bool = False, steps: int = 10) -> list[Point]:
    """Return the points of a curve that runs smoothly through ``points`` (Catmull-Rom)."""
    count = len(points)
    if count < 3:
        return list(points)
    curve = []
    for i in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            a, b, c, d = (points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            curve.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return curve if closed else [*curve, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def _extent(area: _Area) -> tuple[int, int]:
    return area[2] - area[0], area[3] - area[1]


def _glow(distance: float) -> float:
    return max(0.0, 1 - distance) ** 2


def _polygon(pen: ImageDraw.ImageDraw, points: _Pixels, fill: Colour | int) -> None:
    pen.polygon(points, fill=fill)


def _ellipse(pen: ImageDraw.ImageDraw, corners: _Pixels, fill: Colour | int) -> None:
    pen.ellipse(corners, fill=fill)


def _ramp(paint: Fade, top: float, bottom: float, area: _Area) -> Image.Image:
    """Return the gradient from ``top`` to ``bottom``, cut to the area's size."""
    height = max(1.0, bottom - top)
    column = Image.new("RGB", (1, area[3] - area[1]))
    column.putdata(
        [
            tuple(
                round(a + (b - a) * min(1.0, max(0.0, (y - top) / height)))
                for a, b in zip(paint.top, paint.bottom, strict=True)
            )
            for y in range(area[1], area[3])
        ]
    )
    return column.resize((area[2] - area[0], area[3] - area[1]))
