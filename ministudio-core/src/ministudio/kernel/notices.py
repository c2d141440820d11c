"""Gather what a plugin uses that will go, for whoever asks; nobody else is told."""

from __future__ import annotations

import contextlib
import logging
import warnings
from typing import TYPE_CHECKING

from ministudio.contracts.deprecation import Deprecated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ministudio.kernel.records import FoundPlugin

__all__ = ["log_notices", "noticed", "told"]

_log = logging.getLogger(__name__)


@contextlib.contextmanager
def noticed() -> Iterator[list[Deprecated]]:
    """Yield a list that holds, after the block, what was used in it and will go.

    Any other warning goes where it would have gone.
    """
    notices: list[Deprecated] = []
    said: list[warnings.WarningMessage] = []
    try:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always", Deprecated)
            yield notices
    finally:
        for one in said:
            if isinstance(one.message, Deprecated):
                notices.append(one.message)
            else:
                warnings.showwarning(one.message, one.category, one.filename, one.lineno)


def told(found: FoundPlugin, notices: Iterable[Deprecated]) -> tuple[str, ...]:
    """Return a line for each notice, with whose it is, each once."""
    lines = (
        f"plugin {found.id!r} ({found.origin}) uses {notice.what}, which is {notice.fate}"
        for notice in notices
    )
    return tuple(dict.fromkeys(lines))


def log_notices(found: FoundPlugin, notices: Iterable[Deprecated]) -> None:
    """Log the notices of a plugin that was loaded; it works, so nobody need be warned."""
    for line in told(found, notices):
        _log.info("%s", line)
