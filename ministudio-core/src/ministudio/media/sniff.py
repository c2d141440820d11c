"""What a file is by its first bytes, in words for people.

Providers hand out error pages, pictures and playlists under names that end in ``.mp4``; saying
what arrived instead is most of the diagnosis.
"""

from __future__ import annotations

from typing import Final

__all__ = ["HEAD_BYTES", "foreign_kind"]

HEAD_BYTES: Final = 512
"""How much of a file ``foreign_kind`` wants to see."""

_SIGNATURES: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"GIF8", "a GIF picture"),
    (8, b"WEBP", "a WebP picture"),
    (4, b"ftypavif", "an AVIF picture"),
    (4, b"ftypheic", "a HEIC picture"),
    (4, b"ftypmif1", "a HEIF picture"),
    (0, b"\x1aE\xdf\xa3", "a WebM or Matroska film"),
    (8, b"AVI ", "an AVI film"),
    (0, b"FLV", "a Flash film"),
    (0, b"OggS", "an Ogg file"),
    (8, b"WAVE", "a WAV sound file"),
    (0, b"ID3", "an MP3 sound file"),
    (0, b"fLaC", "a FLAC sound file"),
    (0, b"%PDF", "a PDF document"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
)
_TEXTS: Final = (
    ("<!doctype html", "an HTML page"),
    ("<html", "an HTML page"),
    ("<?xml", "an XML document"),
    ("#extm3u", "a streaming playlist"),
    ("{", "JSON text"),
    ("[", "JSON text"),
)


def foreign_kind(head: bytes) -> str | None:
    """Return what ``head`` begins, such as ``"an HTML page"``, or None where it may be an MP4.

    Args:
        head: The first bytes of a file, ``HEAD_BYTES`` of them where it has so many.
    """
    for offset, signature, kind in _SIGNATURES:
        if head.startswith(signature, offset):
            return kind
    text = _as_text(head)
    if text is None:
        return None
    start = text.lstrip("\ufeff \t\r\n").casefold()
    return next((kind for prefix, kind in _TEXTS if start.startswith(prefix)), "plain text")


def _as_text(head: bytes) -> str | None:
    """The bytes as text, or None when they hold control bytes that no text has."""
    # The head may end inside a character, hence "ignore"; binary files betray themselves by NULs.
    text = head.decode("utf-8", "ignore")
    printable = all(char.isprintable() or char in "\ufeff\t\r\n\f" for char in text)
    return text if text and printable and len(text.encode()) > len(head) - 4 else None
