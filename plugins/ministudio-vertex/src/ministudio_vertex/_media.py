"""Pictures and clips on their way to Google: inside the request, or by a ``gs://`` name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.plugin import InvalidRequest

if TYPE_CHECKING:
    from ministudio.plugin import MediaFile

__all__ = ["Sent", "mime_type", "read"]

_MAGIC: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (8, b"WEBP", "image/webp"),
    (8, b"qt  ", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
)


@attrs.frozen(kw_only=True)
class Sent:
    """One picture or clip as a request holds it: its bytes, or where it lies.

    Args:
        mime_type: What it is.
        data: Its bytes, where they travel inside the request.
        uri: Its ``gs://`` name, where it was put there.
    """

    mime_type: str
    data: bytes = attrs.field(default=b"", repr=False)
    uri: str | None = None


def read(media: MediaFile, provider: str) -> Sent:
    """Return a file's bytes, ready to be sent inside a request.

    Raises:
        InvalidRequest: When it cannot be read, or is no picture or clip.
    """
    try:
        data = Path(media.path).read_bytes()
    except OSError as error:
        raise InvalidRequest(
            f"{media.path} cannot be read: {error.strerror or error}", provider=provider
        ) from error
    kind = mime_type(data)
    if kind is None:
        raise InvalidRequest(
            f"{media.path.name} is no picture or clip that Google takes",
            provider=provider,
            hint="use PNG, JPEG or WebP for pictures and MP4 for clips",
        )
    return Sent(mime_type=kind, data=data)


def mime_type(head: bytes) -> str | None:
    """Return what a file is, told from its first bytes; None when it is something else."""
    return next((kind for at, magic, kind in _MAGIC if head[at : at + len(magic)] == magic), None)
