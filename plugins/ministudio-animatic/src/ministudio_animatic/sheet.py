"""The sheet a card is drawn on, its pieces, and what a camera that leans makes of them."""

from __future__ import annotations

import math
from typing import Final

import attrs
from PIL import Image

from ministudio_animatic.angles import Keystone
from ministudio_animatic.camera import Reach

__all__ = ["TILT_ROOM", "Piece", "Sheet", "bent", "tilted", "tilted_piece"]

TILT_ROOM: Final = 0.13
"""Of the frame's width and height on each side, for the corners that a tilt turns in."""

_TILT: Final = math.radians(6)
_SOFT: Final = Image.Resampling.BICUBIC


@attrs.frozen(kw_only=True)
class Sheet:
    """The size of a card: the frame's pixels, and how far the camera reaches beyond it.

    Args:
        width: Width of the frame in pixels.
        height: Height of the frame in pixels.
        reach: How far the camera reaches.
        keystone: How a camera that looks up or down bends the picture.
    """

    width: int
    height: int
    reach: Reach
    keystone: Keystone | None = None

    @property
    def aspect(self) -> float:
        """Width of the frame over its height."""
        return self.width / self.height

    @property
    def unit(self) -> float:
        """Pixels of the card in one height of the frame."""
        return self.height / self.reach.widest

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the card in pixels, both even."""
        across = (self.reach.right - self.reach.left) * self.unit * self.aspect
        down = (self.reach.bottom - self.reach.top) * self.unit
        return math.ceil(across / 2 - 1e-6) * 2, math.ceil(down / 2 - 1e-6) * 2

    @property
    def upright(self) -> Sheet:
        """The sheet to draw on before the picture is bent; the same where it is not."""
        if self.keystone is None:
            return self
        return attrs.evolve(self, reach=self.keystone.covers(self.reach), keystone=None)

    def grown(self, room: float) -> Sheet:
        """Return the sheet with ``room`` more on every side, in widths and heights of the frame."""
        wide = room * max(1.0, 1 / self.aspect)
        high = room * max(1.0, self.aspect)
        reach = attrs.evolve(
            self.reach,
            left=self.reach.left - wide,
            top=self.reach.top - high,
            right=self.reach.right + wide,
            bottom=self.reach.bottom + high,
        )
        return attrs.evolve(self, reach=reach)

    @property
    def corner(self) -> tuple[float, float]:
        """The card's top left corner, in frame heights from the frame's top left corner."""
        return (0.5 + self.reach.left) * self.aspect, 0.5 + self.reach.top


@attrs.frozen
class Piece:
    """A part of a card: an RGBA picture, where its top left corner lies, and what it is.

    It is a ``figure``, or the ``shadow`` on the ground or the ``rings`` on the water it makes.
    """

    image: Image.Image
    left: int
    top: int
    role: str = "figure"


def bent(piece: Piece, sheet: Sheet) -> Piece:
    """Return a piece drawn on ``sheet.upright`` as it is seen on the sheet."""
    if sheet.keystone is None:
        return piece
    unit, (x, y) = sheet.unit, sheet.upright.corner
    source = (x + piece.left / unit, y + piece.top / unit)
    wide, high = piece.image.width / unit, piece.image.height / unit
    corners = [
        sheet.keystone.seen(source[0] + across, source[1] + down)
        for across in (0.0, wide)
        for down in (0.0, high)
    ]
    left, top = (
        max(0, math.floor((min(c[i] for c in corners) - sheet.corner[i]) * unit)) for i in (0, 1)
    )
    right, bottom = (
        min(sheet.size[i], math.ceil((max(c[i] for c in corners) - sheet.corner[i]) * unit))
        for i in (0, 1)
    )
    target = (sheet.corner[0] + left / unit, sheet.corner[1] + top / unit)
    matrix = sheet.keystone.matrix(target, source, unit)
    size = (max(1, right - left), max(1, bottom - top))
    seen = piece.image.transform(size, Image.Transform.PERSPECTIVE, matrix, _SOFT)
    return Piece(seen, left, top, piece.role)


def tilted(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Turn a picture a few degrees about its middle and cut it to ``size``."""
    cos, sin = math.cos(_TILT), math.sin(_TILT)
    wide, high = size
    x, y = image.width / 2, image.height / 2
    left, top = wide / 2, high / 2
    matrix = (cos, sin, x - cos * left - sin * top, -sin, cos, y + sin * left - cos * top)
    return image.transform(size, Image.Transform.AFFINE, matrix, _SOFT)


def tilted_piece(piece: Piece, drawn: tuple[int, int], size: tuple[int, int]) -> Piece:
    """Turn a piece of a larger card about its middle into its place on the card itself.

    Args:
        piece: The piece.
        drawn: Width and height of the larger card.
        size: Width and height of the card itself.
    """
    cos, sin = math.cos(_TILT), math.sin(_TILT)
    image = piece.image
    x, y = drawn[0] / 2 - piece.left, drawn[1] / 2 - piece.top
    wide, high = size
    corners = [(dx * image.width - x, dy * image.height - y) for dx in (0, 1) for dy in (0, 1)]
    across = [cos * u - sin * v + wide / 2 for u, v in corners]
    down = [sin * u + cos * v + high / 2 for u, v in corners]
    left, top = max(0, math.floor(min(across))), max(0, math.floor(min(down)))
    right, bottom = min(wide, math.ceil(max(across))), min(high, math.ceil(max(down)))
    # The point of the piece that belongs at the upper left corner of the new one.
    u, v = left - wide / 2, top - high / 2
    matrix = (cos, sin, cos * u + sin * v + x, -sin, cos, -sin * u + cos * v + y)
    area = (max(1, right - left), max(1, bottom - top))
    turned = image.transform(area, Image.Transform.AFFINE, matrix, _SOFT)
    return Piece(turned, left, top, piece.role)
