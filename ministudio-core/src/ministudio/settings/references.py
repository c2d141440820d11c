"""``secret://backend/path?key=…#version``: where a secret lies, read strictly and never echoed.

References count in trusted configuration only; anywhere else they are plain text.
"""

from __future__ import annotations

import re
from typing import Final

import attrs

from ministudio.contracts.secrets import SecretRef
from ministudio.errors import SecretInvalid

__all__ = ["SCHEME", "SecretAddress", "parse_reference"]

SCHEME: Final = "secret://"
"""What every reference begins with."""

_LONGEST: Final = 512
_BACKEND: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SEGMENT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,126}")
_WHOLE: Final = re.compile(
    r"secret://(?P<backend>[^/?#]*)/(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<version>.*))?",
    re.DOTALL,
)
_FORM: Final = "write secret://BACKEND/PATH, then ?key=KEY and #VERSION where they are needed"


@attrs.frozen
class SecretAddress:
    """A reference taken apart: which backend is asked, and for what."""

    backend: str
    ref: SecretRef

    def __str__(self) -> str:
        key = f"?key={self.ref.key}" if self.ref.key is not None else ""
        version = f"#{self.ref.version}" if self.ref.version is not None else ""
        return f"{SCHEME}{self.backend}/{self.ref.path}{key}{version}"


def parse_reference(text: str) -> SecretAddress:
    """Return what a reference means.

    Each part is letters, digits, ``_``, ``.`` and ``-``, begins with a letter or digit, and has
    no ``..``: such parts need no escapes, so escapes are refused, and no backend can be led
    out of its path.

    Raises:
        SecretInvalid: With what is wrong; nothing of the text is repeated, for people put
            passwords into addresses.
    """
    if len(text) > _LONGEST:
        raise _invalid(f"is longer than {_LONGEST} characters")
    if not (text.isascii() and text.isprintable()) or "%" in text:
        raise _invalid("holds an escape, or a character that is not printable ASCII")
    found = _WHOLE.fullmatch(text)
    if found is None:
        raise _invalid("is not of the form secret://BACKEND/PATH")
    backend, path, query, version = found.group("backend", "path", "query", "version")
    if not _BACKEND.fullmatch(backend):
        raise _invalid("names no backend by lower-case words joined by '-'")
    for segment in path.split("/"):
        _check(segment, "a part of its path")
    if version is not None:
        _check(version, "its version")
    return SecretAddress(backend, SecretRef(path=path, key=_key(query), version=version))


def _key(query: str | None) -> str | None:
    if query is None:
        return None
    if not query.startswith("key="):
        raise _invalid("asks for something else than ?key=KEY")
    key = query.removeprefix("key=")
    _check(key, "its key")
    return key


def _check(part: str, what: str) -> None:
    if not _SEGMENT.fullmatch(part) or ".." in part:
        raise _invalid(
            f"{what} is not letters, digits, '_', '.' and '-', beginning with a letter or digit"
        )


def _invalid(what: str) -> SecretInvalid:
    return SecretInvalid(f"a reference to a secret {what}", hint=_FORM)
