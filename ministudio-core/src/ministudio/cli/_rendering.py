"""What commands that render have in common: progress or a log, and a summary at the end."""

from __future__ import annotations

import asyncio
import contextlib
import io
import signal
import sys
from typing import TYPE_CHECKING

import click

from ministudio.cli._logs import logged, wanted_log
from ministudio.cli._masking import MaskedStream
from ministudio.cli._notes import by_shots
from ministudio.cli._progress import Progress, progress_for
from ministudio.cli._summary import say_costs, shots, summary
from ministudio.errors import MiniStudioError, Stopped

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from typing import Any

    from ministudio.plan.model import Plan
    from ministudio.studio import Studio
    from ministudio.studio.results import Film

__all__ = ["finish", "watched"]

# A polite kill and a closed terminal mean what Ctrl-C means.
_ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP")


def watched(plan: Plan, studio: Studio) -> Progress:
    """Return the progress display for a plan, on standard error unless a log goes there."""
    log = wanted_log(studio)
    return progress_for(plan, out=io.StringIO() if log and not log.file else None)


def finish(call: Coroutine[Any, Any, Film], progress: Progress, studio: Studio) -> Film:
    """Run a render to its end and say what came of it.

    Raises:
        Stopped: On Ctrl-C and its like, saying what is done and kept.
    """
    from ministudio.studio import run  # noqa: PLC0415 - keeps --help quick

    with contextlib.ExitStack() as open_log:
        try:
            open_log.enter_context(logged(wanted_log(studio), studio.redactor.redact))
        except OSError:
            call.close()
            raise
        try:
            with _only_ours_on_stdout():
                film = run(_until_stopped(call))
        except (KeyboardInterrupt, asyncio.CancelledError):
            progress.close()
            say_costs(studio, progress.run)
            raise Stopped(
                f"stopped: {progress.done} of {shots(progress.wanted)} done and kept",
                hint="give the same command again to go on where it stopped",
            ) from None
        except MiniStudioError:
            progress.close()
            say_costs(studio, progress.run)
            raise
        finally:
            progress.close()
    for line in summary(film):
        click.echo(line)
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
def _only_ours_on_stdout() -> Iterator[None]:
    """Send what plugins print to standard error, without secrets."""
    masked = MaskedStream(sys.stderr)
    try:
        with contextlib.redirect_stderr(masked), contextlib.redirect_stdout(masked):
            yield
    finally:
        masked.finish()
