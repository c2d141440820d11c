"""Hand events to a plugin that observes, so that what it raises changes nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.contracts.events import Event

__all__ = ["guarded"]

_log = logging.getLogger(__name__)


def guarded(plugin: str, observe: Callable[[Event], None]) -> Callable[[Event], None]:
    """Return ``observe`` with its first failure logged, and none of them raised."""
    failed = False

    def safely(event: Event) -> None:
        nonlocal failed
        try:
            observe(event)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - an observer may raise anything
            if not failed:
                # A film has thousands of events, and what is wrong with one is wrong with all.
                _log.warning(
                    "the observer %r failed at %s: %s: %s; nothing depends on it, "
                    "and this is not said again",
                    plugin,
                    event.kind,
                    type(error).__name__,
                    error,
                    exc_info=_log.isEnabledFor(logging.DEBUG),
                )
            failed = True

    return safely
