"""Hashes of data and of files: the identity of intents, takes and media."""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["canonical_json", "digest", "file_sha256"]

_CHUNK = 1 << 20


def canonical_json(value: object) -> str:
    """Return ``value`` as JSON with sorted keys and no spaces: equal data, equal text.

    Accepts attrs objects, enums, mappings, sequences, paths and JSON scalars.

    Raises:
        TypeError: When a value has no JSON form; a ``Secret`` never has one.
        ValueError: When a number is not finite.
    """
    return json.dumps(
        value,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
        default=_plain,
    )


def digest(value: object, length: int = 64) -> str:
    """Return the first ``length`` hex digits of the SHA-256 of ``canonical_json(value)``."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()[:length]


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as 64 hex digits, reading 1 MiB at a time.

    Raises:
        OSError: When the file cannot be read.
    """
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            sha.update(chunk)
    return sha.hexdigest()


def _plain(value: Any) -> object:
    if attrs.has(type(value)):
        return {f.name: getattr(value, f.name) for f in attrs.fields(type(value))}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, PurePath):
        return value.as_posix()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    msg = f"{type(value).__name__} has no canonical form"
    raise TypeError(msg)
