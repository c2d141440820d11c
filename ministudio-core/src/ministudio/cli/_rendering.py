"""What ``render`` and ``shot`` have in common: progress while it runs, a summary when it ends."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ministudio.cli._notes import by_shots
from ministudio.cli._progress import Progress, progress_for
from ministudio.errors import Stopped

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from typing import Any

    from ministudio.plan.model import Plan
    from ministudio.studio import Studio
    from ministudio.studio.results import Film

__all__ = ["finish", "watched"]

# A polite kill and a closed terminal mean what Ctrl-C means.
_ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP")


def watched(plan: Plan) -> Progress:
    """Return the progress display for a plan, on standard error."""
    return progress_for(plan)


def finish(call: Coroutine[Any, Any, Film], progress: Progress, studio: Studio) -> Film:
    """Run a render to its end and say what came of it.

    Raises:
        Stopped: On Ctrl-C and its like, saying what is done and kept.
    """
    from ministudio.studio import run  # noqa: PLC0415 - keeps --help quick

    try:
        with _only_ours_on_stdout(studio):
            film = run(_until_stopped(call))
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise Stopped(
            f"stopped: {progress.done} of {_shots(progress.wanted)} done and kept",
            hint="give the same command again to go on where it stopped",
        ) from None
    finally:
        progress.close()
    made = sum(not shot.reused for shot in film.result.shots)
    click.echo(
        f"{_shown(film.path)}: {film.seconds:.1f} s, {_shots(len(film.result.shots))},"
        f" {made or 'none'} rendered now"
    )
    if film.subtitles:
        click.echo(f"{_shown(film.subtitles)}: subtitles")
    click.echo(f"{_shown(film.record)}: run record")
    said = ((s.shot.number, s.shot.id, note) for s in film.result.shots for note in s.notes)
    for line in by_shots(said):
        click.echo(f"note: {line}", err=True)
    return film


async def _until_stopped(call: Coroutine[Any, Any, Film]) -> Film:
    """Await a render that every signal asking for an end cancels; a second one breaks it off.

    Python's own handling of Ctrl-C may sleep on until the event loop has something to do.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    listening: list[int] = []

    def stop() -> None:
        forget()
        if task is not None:
            task.cancel()

    def forget() -> None:
        while listening:
            loop.remove_signal_handler(listening.pop())

    for number in (getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)):
        # Whoever started us may have had it ignored, as nohup does.
        if signal.getsignal(number) is not signal.SIG_IGN:
            # Not on Windows, nor outside the main thread.
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, stop)
                listening.append(number)
    try:
        return await call
    finally:
        forget()


@contextlib.contextmanager
def _only_ours_on_stdout(studio: Studio) -> Iterator[None]:
    """Send what plugins print to standard error, without secrets."""
    masked = _Masked(studio)
    with contextlib.redirect_stderr(masked), contextlib.redirect_stdout(masked):
        yield


class _Masked:
    """Standard error, as far as plugins write to it: every secret is masked."""

    def __init__(self, studio: Studio) -> None:
        self._stream = sys.stderr
        self._redact = studio.redactor.redact

    def write(self, text: str) -> int:
        self._stream.write(self._redact(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _shown(path: Path) -> str:
    """A path as a user would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_absolute() and here in path.parents else path)


def _shots(count: int) -> str:
    return "1 shot" if count == 1 else f"{count} shots"
