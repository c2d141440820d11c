"""Pictures that come with a request: the first frame, the last frame, references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from ministudio.plugin import Hand, InvalidRequest, Lettering, MediaFile, Reference, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Pin", "load_picture", "pins"]

_TALL: Final = 0.17  # of the frame's shorter side
_PAPER: Final = (246, 243, 236)


@attrs.frozen
class Pin:
    """A reference picture pinned on the frame: an RGBA picture and its corner, in even pixels."""

    image: Image.Image
    left: int
    top: int


def load_picture(file: MediaFile, width: int, height: int) -> Image.Image:
    """Return a picture that fills ``width`` by ``height`` pixels, cut at the sides where need be.

    Raises:
        InvalidRequest: When the file cannot be read or is no picture.
    """
    return ImageOps.fit(_opened(file), (width, height), Image.Resampling.LANCZOS)


def pins(
    references: Sequence[Reference], width: int, height: int, lettering: Lettering
) -> list[Pin]:
    """Return the reference pictures as prints pinned along the top of the safe area.

    Raises:
        InvalidRequest: When a file cannot be read or is no picture.
    """
    tall = round(min(width, height) * _TALL)
    size = max(10, round(min(width, height) * 0.021))
    made: list[Pin] = []
    x, top = round(width * 0.05) // 2 * 2, round(height * 0.05) // 2 * 2
    for reference in references:
        image = ImageOps.contain(_opened(reference.media), (tall * 2, tall))
        pin = _print(image, reference, size, lettering)
        if x + pin.width > width * 0.95:
            break
        made.append(Pin(pin, x, top))
        x += (pin.width + size) // 2 * 2
    return made


def _print(
    image: Image.Image, reference: Reference, size: int, lettering: Lettering
) -> Image.Image:
    """A print with a white border and what it shows written beneath."""
    edge = max(3, size // 3)
    wide, high = image.width + 2 * edge, image.height + 2 * edge + round(size * 1.25)
    paper = Image.new("RGBA", (wide + wide % 2, high + high % 2), (*_PAPER, 255))
    paper.paste(image, (edge, edge))
    label = lettering.readable(reference.subject or reference.role.value)
    room = image.width
    label = shortened(label, lambda text: lettering.measure(text, Hand.PLAIN, size) <= room)
    ImageDraw.Draw(paper).text(
        (edge, image.height + edge + size),
        label,
        font=lettering.font(Hand.PLAIN, size),
        fill=(60, 58, 64, 255),
        anchor="ls",
    )
    return paper


def _opened(file: MediaFile) -> Image.Image:
    try:
        with Image.open(file.path) as image:
            return ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError) as error:
        raise InvalidRequest(
            f"{file.path.name} is no picture that can be read: {error}",
            provider="animatic",
            charged=False,
            hint="give a PNG, JPEG or WebP",
        ) from error
