"""Keep what plugins print out of our standard output, which may be somebody's JSON."""

from __future__ import annotations

import contextlib
import io
import sys
import threading
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["caught", "to_stderr"]

# Two threads that replace sys.stdout in turn could leave the wrong one in place.
_ONE_AT_A_TIME = threading.RLock()


@contextlib.contextmanager
def caught() -> Iterator[io.StringIO]:
    """Catch what is printed in the block, and yield where it is kept."""
    printed = io.StringIO()
    with _instead_of_stdout(printed):
        yield printed


@contextlib.contextmanager
def to_stderr() -> Iterator[None]:
    """Send what is printed in the block to standard error."""
    with _instead_of_stdout(sys.stderr):
        yield


@contextlib.contextmanager
def _instead_of_stdout(stream: TextIO) -> Iterator[None]:
    with _ONE_AT_A_TIME, contextlib.redirect_stdout(stream):
        yield
