"""A string that never prints itself."""

from __future__ import annotations

import hmac
from typing import NoReturn

__all__ = ["Secret"]


class Secret:
    """A secret value that shows as ``Secret('NAME')`` wherever it is printed.

    ``reveal()`` is the only way out. Comparing takes constant time, and the value can be
    neither pickled nor written as JSON, so that it does not slip into a cache or a worker's
    arguments.

    Args:
        value: The secret itself.
        name: The declared name it belongs to, shown instead of the value.
    """

    __slots__ = ("_value", "name")

    def __init__(self, value: str, name: str = "secret") -> None:
        self._value = value
        self.name = name

    def reveal(self) -> str:
        """Return the value; call it where the secret is handed over, and nowhere else."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({self.name!r})"

    def __str__(self) -> str:
        return f"[secret:{self.name}]"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(_bytes(self), _bytes(other))

    def __hash__(self) -> int:
        # Equal values hash alike, and a hash of the value would help to guess it.
        return hash(Secret)

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self

    def __reduce__(self) -> NoReturn:
        msg = f"the secret {self.name!r} cannot be pickled; hand over its name instead"
        raise TypeError(msg)


def _bytes(secret: Secret) -> bytes:
    return secret.reveal().encode(errors="surrogatepass")
