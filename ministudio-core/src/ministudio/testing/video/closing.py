"""Checks of the end: whatever a provider has opened it closes, once or twice, used or not."""

from __future__ import annotations

import gc
import socket
import threading
import time
import warnings
from typing import TYPE_CHECKING, Final

from ministudio.testing.checks.subject import none_of, said, wrong
from ministudio.testing.video.base import VideoChecks

if TYPE_CHECKING:
    from pathlib import Path

    from ministudio.testing.service import VideoService
    from ministudio.testing.video.trial import Trial

__all__ = ["ClosingChecks"]

_SOON: Final = 2.0
_PAUSE: Final = 0.01


class ClosingChecks(VideoChecks):
    """A run ends, and the process may go on: nothing may be left behind."""

    def test_closing_it_twice_does_no_harm(self, trial: Trial) -> None:
        """A run that ends badly may close it more than once."""
        trial.clip()
        for _ in range(2):
            _closes(trial, "a second time" if _ else "after a clip")

    def test_closing_it_unused_does_no_harm(self, trial: Trial) -> None:
        """It may be made and never asked for anything."""
        _closes(trial, "before it was used")

    def test_closing_it_lets_go_of_everything(self, service: VideoService, tmp_path: Path) -> None:
        """No connection, no thread and no warning is left behind."""
        gc.collect()
        before = set(threading.enumerate())
        sockets = {id(one) for one in _sockets()}
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            # The provider is kept alive on purpose: closing must not be left to its end.
            provider, where = self._a_whole_life(service, tmp_path)
            gc.collect()
        left = [one for one in _gone_at_last(sockets) if id(one) not in sockets]
        del provider
        threads = [one for one in set(threading.enumerate()) - before if not one.daemon]
        for one in threads:
            one.join(_SOON)
        none_of(
            [
                *(f"after aclose() of {where} a connection is open: {_between(one)}. Close the "
                  "client in aclose()" for one in left),
                *(f"after aclose() of {where} the thread {one.name!r} runs: end it in aclose()"
                  for one in threads if one.is_alive()),
                *(f"{where} leaves something open: {one.message}. Close it in aclose()"
                  for one in told if issubclass(one.category, ResourceWarning)),
            ]
        )  # fmt: skip

    def _a_whole_life(self, service: VideoService, folder: Path) -> tuple[object, str]:
        with self.on_trial(service, folder) as trial:
            trial.clip()
            _closes(trial, "after a clip")
            return trial.provider, trial.where


def _closes(trial: Trial, when: str) -> None:
    error = trial.outcome(trial.provider.aclose())
    if isinstance(error, Exception):
        wrong(
            f"aclose() of {trial.where} raised {said(error)} {when}: close what was opened, and "
            "forget it"
        )


def _sockets() -> list[socket.socket]:
    # Asking any object for its class may run code of its own; asking for its type does not.
    found = [one for one in gc.get_objects() if issubclass(type(one), socket.socket)]
    return [one for one in found if one.fileno() != -1]


def _gone_at_last(known: set[int]) -> list[socket.socket]:
    """Return the new sockets, after the other ends had time to hear that they are closed."""
    until = time.monotonic() + _SOON
    while (left := [one for one in _sockets() if id(one) not in known]) and (
        time.monotonic() < until
    ):
        time.sleep(_PAUSE)
    return left


def _between(one: socket.socket) -> str:
    try:
        return f"{one.getsockname()} to {one.getpeername()}"
    except OSError:
        return repr(one)
