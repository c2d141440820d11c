"""Pictures and clips handed to a provider, by path and by what is in them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import attrs

__all__ = ["MediaFile", "Reference", "ReferenceRole"]


@attrs.frozen
class MediaFile:
    """A file on this machine, and what is in it.

    Providers cache uploads by the hash; takes are identified by it, never by the path.

    Args:
        path: Where it lies.
        sha256: The SHA-256 of its bytes, as 64 hex digits.
    """

    path: Path
    sha256: str


class ReferenceRole(StrEnum):
    """What a reference picture is there for."""

    CHARACTER = "character"
    ENVIRONMENT = "environment"
    STYLE = "style"
    OBJECT = "object"


@attrs.frozen(kw_only=True)
class Reference:
    """A picture of somebody or something.

    Args:
        media: The picture.
        role: What it is there for.
        subject: The id, in the production, of whom or what it shows; empty where it has none.
    """

    media: MediaFile
    role: ReferenceRole
    subject: str = ""
