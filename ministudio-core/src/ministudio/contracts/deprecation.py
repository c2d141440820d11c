"""What plugins still may use and no longer should: written where it stands, told by the doctor.

How each thing is retired, and how long it stays, is in docs/authors/compatibility.md. A hook has
``warn_on_impl=``, an argument of a hook ``warn_on_impl_args=``, a field ``metadata=going(...)``,
and a name of ``ministudio.plugin`` moves to its table ``_RETIRED``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Deprecated", "going", "used_fields"]

_KEY: Final = "ministudio.deprecated"
_RELEASE: Final = re.compile(r"(\d+)\.(\d+)")


class Deprecated(DeprecationWarning):
    """Something that a plugin uses, which works on and will go.

    Args:
        what: What it is: ``the hook ministudio_x``, ``the field VideoProviderSpec.x``.
        since: The release of ministudio-core that first said so: ``0.4``.
        until: The release that is the first without it, which begins a major version: ``1.0``.
        instead: What to use in its place, as advice: ``yield a SpeechSpec``.

    Raises:
        ValueError: When it would go within a major version.
    """

    def __init__(self, what: str, *, since: str, until: str, instead: str) -> None:
        first, last = _RELEASE.fullmatch(since), _RELEASE.fullmatch(until)
        if not first or not last or int(last[1]) <= int(first[1]) or last[2] != "0":
            raise ValueError(f"{what} must stay until a major version begins, not until {until}")
        self.fate = f"deprecated since ministudio-core {since} and goes in {until}; {instead}"
        super().__init__(f"{what} is {self.fate}")
        self.what = what
        self.since = since
        self.until = until
        self.instead = instead


def going(notice: Deprecated) -> Mapping[str, Any]:
    """Return the metadata of a field that will go, for ``attrs.field(metadata=...)``."""
    return {_KEY: notice}


def used_fields(value: object) -> Iterator[Deprecated]:
    """Yield a notice for each field that will go and that was given something, at any depth."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from used_fields(item)
        return
    cls: type[Any] = type(value)
    for field in attrs.fields(cls) if attrs.has(cls) else ():
        held = getattr(value, field.name)
        notice = field.metadata.get(_KEY)
        if notice is not None and held != _default(field):
            yield notice
        yield from used_fields(held)


def _default(field: attrs.Attribute[Any]) -> object:
    factory = getattr(field.default, "factory", None)
    return field.default if factory is None else factory()
