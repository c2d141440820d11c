"""Where a value comes from, without the value."""

from __future__ import annotations

import attrs

__all__ = ["Resolution"]


@attrs.frozen(kw_only=True)
class Resolution:
    """Where a value comes from; the value itself is not here.

    Args:
        name: The declared name.
        source: The backend that has it.
        alias: The name it was found under: the declared one, one of its aliases, or the
            reference of its route.
        version: The backend's version of it, where there are versions.
        shadowed: Where else it is set and not used, such as ``"dotenv as HF_TOKEN"``.
    """

    name: str
    source: str
    alias: str
    version: str | None = None
    shadowed: tuple[str, ...] = ()

    def __str__(self) -> str:
        alias = f" as {self.alias}" if self.alias != self.name else ""
        version = f", version {self.version}" if self.version is not None else ""
        shadows = f"; shadows {', '.join(self.shadowed)}" if self.shadowed else ""
        return f"{self.name} from {self.source}{alias}{version}{shadows}"
