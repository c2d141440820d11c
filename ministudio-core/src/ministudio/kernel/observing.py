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
    """Return ``observe`` with its failures logged instead of raised."""

    def safely(event: Event) -> None:
        try:
            observe(event)
        except (Exception, SystemExit):  # noqa: BLE001 - an observer may raise anything
            _log.warning("the observer %r failed at %s", plugin, event.kind, exc_info=True)

    return safely
