"""What one run knows of its journal, so that the disk is not asked twice for the same thing.

Only the run that holds the workspace writes takes. So what it has read stays true until it writes
something else, and a shot of which nothing was ever ordered need be looked up only once. Reading
costs more than it seems: each time the interpreter may be handed to another thread.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from ministudio.render.journal import Journal
from ministudio.render.takes import Take

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Recall"]

_WISHES_KEPT = 0.2
"""Seconds after which it is asked again what other processes want cancelled."""


@attrs.define(eq=False)
class Recall:
    """A journal, and what is known of it.

    Args:
        journal: The journal.
        clock: Gives seconds since the epoch.
    """

    journal: Journal = attrs.field(on_setattr=attrs.setters.frozen)
    clock: Callable[[], float] = time.time
    _takes: dict[str, Take | None] = attrs.field(factory=dict, init=False, repr=False)
    _ordered: dict[str, bool] = attrs.field(factory=dict, init=False, repr=False)
    _wishes: frozenset[str] = attrs.field(default=frozenset(), init=False, repr=False)
    _wishes_at: float = attrs.field(default=-math.inf, init=False, repr=False)

    def take(self, key: str) -> Take | None:
        """Return a take as the journal has it."""
        if key not in self._takes:
            self._takes[key] = self.journal.take(key)
        return self._takes[key]

    def forget(self, take: Take) -> None:
        """Know nothing of a take that is about to be written: whoever is stopped meanwhile asks."""
        self._takes.pop(take.key, None)
        self._ordered |= dict.fromkeys((take.intent, take.wish), True)

    def wrote(self, take: Take) -> None:
        """Know a take as it was written."""
        self._takes[take.key] = take

    def of_intent(self, intent: str) -> list[Take]:
        """Return every take of an intent, whoever made it."""
        return self.journal.of_intent(intent) if self._any([intent]) else []

    def open_takes(self, intent: str) -> list[Take]:
        """Return the takes of an intent that may have a job at a provider."""
        return [take for take in self.of_intent(intent) if take.state.open]

    def rivals(self, take: Take) -> list[Take]:
        """Return the open takes that would show the same as ``take``, whoever makes them."""
        return self.journal.rivals(take) if self._any([take.intent, take.wish]) else []

    def wants_cancelled(self, shot: str) -> bool:
        """Whether somebody asked for a shot to be cancelled, some tenths of a second ago or more.

        Every job asks before every poll, hundreds of times a second.
        """
        now = self.clock()
        # Clocks are set back, too.
        if not 0 <= now - self._wishes_at < _WISHES_KEPT:
            self._wishes, self._wishes_at = self.journal.wishes(), now
        return shot in self._wishes

    def _any(self, intents: Iterable[str]) -> bool:
        """Whether anything was ever ordered that shows the same."""
        for intent in filter(None, intents):
            if intent not in self._ordered:
                self._ordered[intent] = self.journal.was_ordered(intent)
            if self._ordered[intent]:
                return True
        return False
