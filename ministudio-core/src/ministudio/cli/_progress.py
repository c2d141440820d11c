"""Showing how far a run is: one living line on a terminal, plain lines anywhere else."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from ministudio.cli._table import clean, width
from ministudio.contracts.events import Event, EventKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from ministudio.plan.model import Plan, ShotPlan

__all__ = ["Progress", "progress_for"]

_ENDS = {EventKind.SHOT_DONE: "done", EventKind.SHOT_REUSED: "unchanged"}
_LOSSES = {
    EventKind.SHOT_FAILED: "FAILED",
    EventKind.SHOT_LEFT_OUT: "LEFT OUT",
    EventKind.SHOT_STOOD_IN: "PLACEHOLDER",
}
_SAID = {
    EventKind.SHOT_ADAPTED,
    EventKind.SHOT_FALLBACK,
    EventKind.SHOT_REROLLED,
    EventKind.RETRYING,
    EventKind.NOTICE,
}
_BAR = 24
_WORDS = 30  # columns beside the bar on a narrow terminal


class Progress:
    """Turns events into lines; ``living`` adds one line that is drawn over and over.

    Args:
        plan: What is being rendered.
        out: Where to write.
        living: Whether ``out`` is a terminal that can redraw a line.
        width: Columns of the terminal, asked at each drawing.
    """

    def __init__(
        self, plan: Plan, out: TextIO, *, living: bool, width: Callable[[], int] = lambda: 80
    ) -> None:
        self._out = out
        self._living = living
        self._width = width
        self._shots: dict[str, ShotPlan] = {shot.id: shot for shot in plan.shots}
        self._running: dict[str, float] = {}
        self._done: set[str] = set()
        self._lost: set[str] = set()
        self.run: str | None = None
        """The run's id, once it has begun."""
        self._wanted = len(plan.shots)
        self._seconds = {shot.id: shot.seconds for shot in plan.shots}

    @property
    def done(self) -> int:
        """How many shots are done."""
        return len(self._done)

    @property
    def wanted(self) -> int:
        """How many shots the run is to make."""
        return self._wanted

    def __call__(self, event: Event) -> None:
        """Show one event."""
        shot = self._shots.get(event.shot or "")
        if event.kind is EventKind.RUN_STARTED:
            self.run = event.data.get("run")
            self._wanted = len(event.data.get("shots", self._shots))
            self._seconds = {k: self._seconds[k] for k in event.data.get("shots", self._seconds)}
        elif event.kind is EventKind.SHOT_PROGRESS and shot:
            self._running[shot.id] = event.fraction or self._running.get(shot.id, 0.0)
        elif event.kind is EventKind.SHOT_STARTED and shot:
            self._running[shot.id] = 0.0
            if not self._living:
                self._line(f"{self._head(shot)} begins: {_short(event.message)}")
        elif event.kind in _ENDS and shot:
            self._running.pop(shot.id, None)
            self._done.add(shot.id)
            self._line(f"{self._head(shot)} {_ENDS[event.kind]} ({event.message})")
        elif event.kind in _SAID:
            self._line(f"{self._head(shot)} {event.message}" if shot else event.message)
        elif event.kind in _LOSSES and shot:
            self._running.pop(shot.id, None)
            self._lost.add(shot.id)
            self._line(f"{self._head(shot)} {_LOSSES[event.kind]}: {event.message}")
        elif event.kind is EventKind.FILM_JOINING and not self._living:
            self._line(event.message)
        self._draw(event)

    def close(self) -> None:
        """Wipe the living line."""
        if self._living:
            self._out.write("\r\x1b[K")
            self._out.flush()

    def _head(self, shot: ShotPlan) -> str:
        return f"shot {shot.number}/{len(self._shots)} {shot.id}:"

    def _line(self, text: str) -> None:
        self.close()
        self._out.write(clean(text) + "\n")
        self._out.flush()

    def _draw(self, event: Event) -> None:
        if not self._living:
            return
        total = sum(self._seconds.values()) or 1.0
        made = sum(self._seconds.get(name, 0.0) for name in self._done | self._lost)
        made += sum(share * self._seconds.get(name, 0.0) for name, share in self._running.items())
        room = self._width() - 1
        size = min(_BAR, max(4, room - _WORDS))
        filled = round(size * made / total)
        bar = "█" * filled + "░" * (size - filled)
        now = event.message if event.kind is EventKind.FILM_JOINING else ", ".join(self._running)
        text = f"{bar} {made / total:4.0%}  {self.done}/{self._wanted} shots  {now}"
        self._out.write("\r\x1b[K" + _cut(clean(text), room))
        self._out.flush()


def progress_for(plan: Plan, *, out: TextIO | None = None) -> Progress:
    """Return the progress display that fits standard error."""
    stream = out or sys.stderr
    return Progress(plan, stream, living=stream.isatty(), width=lambda: _columns(stream))


def _columns(stream: TextIO) -> int:
    try:
        # Not shutil's answer, which is standard output's, and that may lead to a file.
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _cut(text: str, columns: int) -> str:
    """As much of a text as fits, for a line that wraps cannot be wiped."""
    while width(text) > columns:
        text = text[: max(0, min(len(text) - 1, columns))]
    return text.rstrip()


def _short(text: str, limit: int = 60) -> str:
    first = text.strip().splitlines()[0] if text.strip() else ""
    return first if len(first) <= limit else first[: limit - 1].rstrip() + "…"
