"""What stands in for a value that has been named as wrong, so that reading can go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

__all__ = ["BROKEN", "Broken"]


@attrs.frozen(eq=False)
class Broken:
    """A value that is wrong in itself; further checks find nothing to say against it.

    It has every attribute, contains every name and has no items, so that a misspelt table of
    characters is one problem, not one more for each shot that uses it. An object with wrong
    fields keeps its right ones in ``fields``.
    """

    fields: Mapping[str, Any] = attrs.field(factory=dict)

    def __getattr__(self, name: str) -> Any:
        return self.fields.get(name, BROKEN)

    def __contains__(self, name: object) -> bool:
        return True

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True


BROKEN: Final = Broken()
"""A value of which nothing is known."""
