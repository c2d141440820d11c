"""Pictures and clips handed to a provider, by path and by what is in them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import attrs

__all__ = ["MediaFile", "Reference", "ReferenceRole"]


@attrs.frozen
class MediaFile:
    """A file on this machine and the SHA-256 of its bytes (64 hex digits).

    Providers cache uploads by the hash; takes are identified by it, never by the path.
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
    """A picture of somebody or something; ``subject`` is the id it shows in the production."""

    media: MediaFile
    role: ReferenceRole
    subject: str = ""
