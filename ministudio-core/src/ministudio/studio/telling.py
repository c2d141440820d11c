"""Telling what happens in a run: one stream for the log, the observers and whoever listens."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import attrs

from ministudio.contracts.events import EventKind
from ministudio.studio.guarding import masked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ministudio.contracts.events import Event
    from ministudio.studio.studio import Studio

__all__ = ["LEVELS", "teller"]

LEVELS: Final[Mapping[EventKind, int]] = {
    EventKind.RUN_STARTED: logging.INFO,
    EventKind.SHOT_STARTED: logging.INFO,
    EventKind.SHOT_PROGRESS: logging.DEBUG,
    EventKind.SHOT_ADAPTED: logging.INFO,
    EventKind.SHOT_REUSED: logging.INFO,
    EventKind.SHOT_FALLBACK: logging.WARNING,
    EventKind.SHOT_REROLLED: logging.WARNING,
    EventKind.SHOT_STOOD_IN: logging.WARNING,
    EventKind.SHOT_LEFT_OUT: logging.WARNING,
    EventKind.SHOT_DONE: logging.INFO,
    EventKind.SHOT_FAILED: logging.ERROR,
    EventKind.TAKE_CHANGED: logging.DEBUG,
    EventKind.RETRYING: logging.WARNING,
    EventKind.NOTICE: logging.WARNING,
    EventKind.FILM_JOINING: logging.INFO,
    EventKind.RUN_DONE: logging.INFO,
    EventKind.RUN_STOPPED: logging.WARNING,
    EventKind.RUN_FAILED: logging.ERROR,
}
"""The level at which each kind is logged."""

_log = logging.getLogger("ministudio.events")
# Where nobody has set logging up, Python would print warnings; progress shows them already.
_log.addHandler(logging.NullHandler())


def teller(studio: Studio, listen: Callable[[Event], None]) -> Callable[[Event], None]:
    """Return what tells an event to everybody, with every secret masked.

    It goes to the log ``ministudio.events``, as the record's attribute ``event``; to the
    observers that the settings name; and to ``listen``.

    Args:
        studio: Its settings, plugins and secrets.
        listen: Called last, for it may raise.

    Raises:
        ConfigError: When a plugin that is to observe is not installed, or observes nothing.
        PluginError: When it is broken.
    """
    observers = [studio.registry.observer(name) for name in studio.config.observers]
    redactor = studio.redactor

    def tell(event: Event) -> None:
        safe = attrs.evolve(
            event,
            message=redactor.redact(event.message),
            data=masked(redactor, dict(event.data)),
        )
        level = LEVELS[safe.kind]
        if _log.isEnabledFor(level):
            _log.log(level, "%s", safe.message or safe.kind, extra={"event": safe})
        for observe in observers:
            observe(safe)
        listen(safe)

    return tell
