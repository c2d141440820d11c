"""What may become of a question to a secret backend."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ministudio.plugin import SecretDenied, SecretError, SecretNotFound, SecretUnavailable

__all__ = ["EXPECTED", "Case", "Trouble"]


class Trouble(StrEnum):
    """What a server, or somebody on the way to it, does instead of answering."""

    THROTTLED = "throttled"
    """Too many requests, in the vendor's own words."""
    UNAVAILABLE = "503"
    """The service says that it is down."""
    RESET = "reset"
    """The connection is torn down after the question."""
    HANG = "hang"
    """Nothing is answered, and the connection stays open."""
    DRIP = "drip"
    """The answer comes byte by byte and has no end, so that no time-out between bytes sees it."""
    TRUNCATED = "truncated"
    """The connection ends in the middle of the answer."""
    HALVED = "halved"
    """Half of the answer comes, as if it were the whole."""
    HTML = "html with 200"
    """A sign-in page of somebody in between, which calls itself a success."""


class Case(StrEnum):
    """The columns of the conformance matrix."""

    FOUND = "found"
    MISSING = "missing"
    DENIED = "denied"
    ROTATED = "rotated"
    THROTTLED = Trouble.THROTTLED
    UNAVAILABLE = Trouble.UNAVAILABLE
    RESET = Trouble.RESET
    HANG = Trouble.HANG
    DRIP = Trouble.DRIP
    TRUNCATED = Trouble.TRUNCATED
    HALVED = Trouble.HALVED
    HTML = Trouble.HTML

    @property
    def trouble(self) -> Trouble | None:
        """The trouble that the case is, if it is one."""
        return Trouble(self.value) if self.value in set(Trouble) else None


EXPECTED: Final[dict[Case, type[SecretError] | None]] = {
    Case.FOUND: None,
    Case.MISSING: SecretNotFound,
    Case.DENIED: SecretDenied,
    Case.ROTATED: None,
    **{case: SecretUnavailable for case in Case if case.trouble is not None},
}
"""What each case must end in: a value, or an error of exactly this type."""
