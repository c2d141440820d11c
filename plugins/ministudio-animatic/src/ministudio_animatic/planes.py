"""Pictures as YUV planes: converted once per shot, then only moved and laid over each other.

Converting every frame from RGB costs more than drawing it, so the card is split into its three
planes once, and each frame is cut from them with Pillow's resize, whose ``box`` takes fractions
of a pixel: that is what makes slow camera moves smooth.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs
import av
from PIL import Image

from ministudio.plugin import as_yuv

if TYPE_CHECKING:
    from av.video.plane import VideoPlane

    from ministudio_animatic.camera import Reach, View

__all__ = [
    "Box",
    "Cutout",
    "Picture",
    "blend",
    "cutout",
    "frame_of",
    "keep",
    "lay",
    "look",
    "overlay",
    "picture",
    "stick",
    "upto",
    "window",
]

Box = tuple[float, float, float, float]
_SOFT = Image.Resampling.BILINEAR
_FAINT = 2  # of 255: what is no more opaque than this, nobody sees
_NOTHING = 1e-6  # of a pixel: less is rounding
_EDGE = 8  # pixels of clear margin kept around a cutout, so that its edge is never cut


@attrs.frozen
class Picture:
    """An opaque picture as three planes: brightness in full, the two colours at half the size."""

    y: Image.Image
    u: Image.Image
    v: Image.Image


@attrs.frozen
class Cutout:
    """A picture with a mask, and where its top left corner lies on the card (even pixels)."""

    colours: Picture
    mask: Image.Image
    half: Image.Image
    left: int
    top: int


def picture(image: Image.Image) -> Picture:
    """Return the planes of an RGB picture whose sides are even (BT.709, limited range)."""
    rgb = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]  # PyAV has no types here
    return Picture(*(_plane(plane) for plane in as_yuv(rgb).planes))


def cutout(image: Image.Image, at: tuple[int, int], card: tuple[int, int]) -> Cutout | None:
    """Return what is visible of an RGBA picture as a cutout of a card; None when nothing is.

    Args:
        image: The picture.
        at: Where its top left corner lies on the card.
        card: Width and height of the card, both even.
    """
    bounds = image.getchannel("A").point(lambda a: a > _FAINT and 255).getbbox()
    if bounds is None:
        return None
    left, top = (max(0, (a + edge - _EDGE) // 2 * 2) for a, edge in zip(at, bounds, strict=False))
    right = min(card[0], (at[0] + bounds[2] + _EDGE + 1) // 2 * 2)
    bottom = min(card[1], (at[1] + bounds[3] + _EDGE + 1) // 2 * 2)
    visible = image.crop((left - at[0], top - at[1], right - at[0], bottom - at[1]))
    mask = visible.getchannel("A")
    return Cutout(picture(_spread(visible)), mask, mask.reduce(2), left, top)


def overlay(image: Image.Image, left: int, top: int) -> Cutout:
    """Return an RGBA picture (even sides) as a cutout that lies at an even point of the frame."""
    mask = image.getchannel("A")
    return Cutout(picture(image.convert("RGB")), mask, mask.reduce(2), left, top)


def window(view: View, reach: Reach, width: int, height: int) -> Box:
    """Return the part of the card a view takes in, in pixels of the card."""
    across, down = width / reach.widest, height / reach.widest
    left = (view.x - view.size / 2 - reach.left) * across
    top = (view.y - view.size / 2 - reach.top) * down
    return left, top, left + view.size * across, top + view.size * down


def look(
    card: Picture, box: Box, width: int, height: int, how: Image.Resampling = _SOFT
) -> Picture:
    """Return the ``box`` of the card as a frame of ``width`` by ``height``."""
    half, small = _halved(box), (width // 2, height // 2)
    return Picture(
        _resized(card.y, (width, height), box, how),
        _resized(card.u, small, half, how),
        _resized(card.v, small, half, how),
    )


def lay(
    frame: Picture, piece: Cutout, box: Box, width: int, height: int, *, share: float = 1.0
) -> None:
    """Lay a cutout of the card over the frame that shows the ``box`` of the card.

    Less than the whole ``share`` of it lets through what is there.
    """
    zoom = (box[2] - box[0]) / width
    right, bottom = piece.left + piece.mask.width, piece.top + piece.mask.height
    x0, x1 = _even_inside((piece.left - box[0]) / zoom, (right - box[0]) / zoom, width)
    y0, y1 = _even_inside((piece.top - box[1]) / zoom, (bottom - box[1]) / zoom, height)
    if x0 >= x1 or y0 >= y1:
        return
    source = (
        max(0.0, box[0] + x0 * zoom - piece.left),
        max(0.0, box[1] + y0 * zoom - piece.top),
        min(float(piece.mask.width), box[0] + x1 * zoom - piece.left),
        min(float(piece.mask.height), box[1] + y1 * zoom - piece.top),
    )
    size, small = (x1 - x0, y1 - y0), ((x1 - x0) // 2, (y1 - y0) // 2)
    at, at_half = (x0, y0), (x0 // 2, y0 // 2)
    half = _halved(source)
    colours = piece.colours
    whole = _shared(_resized(piece.mask, size, source), share)
    frame.y.paste(_resized(colours.y, size, source), at, whole)
    mask = _shared(_resized(piece.half, small, half), share)
    frame.u.paste(_resized(colours.u, small, half), at_half, mask)
    frame.v.paste(_resized(colours.v, small, half), at_half, mask)


def stick(frame: Picture, piece: Cutout) -> None:
    """Lay an overlay on the frame where it belongs, unmoved."""
    frame.y.paste(piece.colours.y, (piece.left, piece.top), piece.mask)
    at = (piece.left // 2, piece.top // 2)
    frame.u.paste(piece.colours.u, at, piece.half)
    frame.v.paste(piece.colours.v, at, piece.half)


def upto(piece: Cutout, row: int) -> Cutout | None:
    """Return what of a cutout lies above a row of the card; None when nothing does."""
    rows = min(piece.mask.height, (row - piece.top + 1) // 2 * 2)
    if rows <= 0:
        return None
    if rows == piece.mask.height:
        return piece
    whole, small = (0, 0, piece.mask.width, rows), (0, 0, piece.half.width, rows // 2)
    colours = piece.colours
    return attrs.evolve(
        piece,
        colours=Picture(colours.y.crop(whole), colours.u.crop(small), colours.v.crop(small)),
        mask=piece.mask.crop(whole),
        half=piece.half.crop(small),
    )


def blend(one: Picture, other: Picture, share: float) -> Picture:
    """Return ``one`` with ``share`` (0 to 1) of ``other`` in it."""
    return Picture(
        Image.blend(one.y, other.y, share),
        Image.blend(one.u, other.u, share),
        Image.blend(one.v, other.v, share),
    )


def keep(frame: Picture, other: Picture, mask: Image.Image, at: tuple[int, int] = (0, 0)) -> None:
    """Put ``other`` back into a frame where a mask says so, with its corner at an even point."""
    (left, top), (wide, high) = at, mask.size
    whole = (left, top, left + wide, top + high)
    half = (left // 2, top // 2, (left + wide) // 2, (top + high) // 2)
    small = mask.reduce(2)
    frame.y.paste(other.y.crop(whole), at, mask)
    frame.u.paste(other.u.crop(half), half[:2], small)
    frame.v.paste(other.v.crop(half), half[:2], small)


def frame_of(planes: Picture, number: int, fps: int) -> av.VideoFrame:
    """Return the planes as the frame with this number, ready to encode."""
    frame = av.VideoFrame(planes.y.width, planes.y.height, "yuv420p")
    for target, plane in zip(frame.planes, (planes.y, planes.u, planes.v), strict=True):
        if target.line_size == plane.width:
            target.update(plane.tobytes())
        else:
            padded = Image.new("L", (target.line_size, target.height))
            padded.paste(plane)
            target.update(padded.tobytes())
    frame.pts = number
    frame.time_base = Fraction(1, fps)
    return frame


def _plane(plane: VideoPlane) -> Image.Image:
    size = (plane.line_size, plane.height)
    whole = Image.frombuffer("L", size, bytes(plane), "raw", "L", 0, 1)
    return whole.crop((0, 0, plane.width, plane.height))


def _shared(mask: Image.Image, share: float) -> Image.Image:
    return mask if share >= 1 else mask.point([round(a * share) for a in range(256)])


def _spread(image: Image.Image) -> Image.Image:
    """Return the colours of an RGBA picture, spread into its clear parts: no edge darkens."""
    small = image.convert("RGBa").reduce(4)
    colours = small.resize(image.size, _SOFT).convert("RGBA")
    spread = colours.convert("RGB")
    spread.paste(image.convert("RGB"), mask=image.getchannel("A").point(lambda a: 255 if a else 0))
    return spread


def _resized(
    plane: Image.Image, size: tuple[int, int], box: Box, how: Image.Resampling = _SOFT
) -> Image.Image:
    # Cut to whole pixels first: an axis on which nothing moves then costs nothing.
    left, top = math.floor(box[0] + _NOTHING), math.floor(box[1] + _NOTHING)
    right = min(plane.width, math.ceil(box[2] - _NOTHING))
    bottom = min(plane.height, math.ceil(box[3] - _NOTHING))
    near = plane.crop((left, top, right, bottom))
    across = _fitted(box[0] - left, box[2] - left, near.width, size[0])
    down = _fitted(box[1] - top, box[3] - top, near.height, size[1])
    if (*across, *down) == (0, size[0], 0, size[1]):
        return near
    return near.resize(size, how, (across[0], down[0], across[1], down[1]))


def _fitted(low: float, high: float, limit: int, wanted: int) -> tuple[float, float]:
    """Return one axis of a box without what rounding left in it."""
    if limit == wanted and abs(low) < _NOTHING and abs(high - limit) < _NOTHING:
        return 0, wanted
    return max(0.0, low), min(float(limit), high)


def _halved(box: Box) -> Box:
    return box[0] / 2, box[1] / 2, box[2] / 2, box[3] / 2


def _even_inside(low: float, high: float, limit: int) -> tuple[int, int]:
    first = max(0, math.ceil(low / 2 - 1e-6) * 2)
    last = min(limit, math.floor(high / 2 + 1e-6) * 2)
    return first, last
