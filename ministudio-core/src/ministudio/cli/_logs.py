"""Logging what happens in a run: options for it, and lines for people or for programs."""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from ministudio.cli._options import stacked
from ministudio.settings.logs import LogFormat, LogLevel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ministudio.contracts.events import Event
    from ministudio.studio import Studio

__all__ = ["JsonLines", "TextLines", "WantedLog", "log_options", "logged", "wanted_log"]

F = TypeVar("F", bound="Callable[..., Any]")

_PLACE = "ministudio.log"


class WantedLog(NamedTuple):
    """A log as somebody wants it: to standard error, where no file is named."""

    format: LogFormat
    level: LogLevel
    file: Path | None


def log_options(command: F) -> F:
    """Add the options about logs; ``wanted_log`` knows what was said."""
    return stacked(
        command,
        click.option(
            "--log-file",
            type=click.Path(path_type=Path, dir_okay=False, writable=True),
            expose_value=False,
            callback=_keep,
            help="Log to this file, at its end, instead of standard error.",
        ),
        click.option(
            "--log-level",
            type=click.Choice([level.value for level in LogLevel]),
            expose_value=False,
            callback=_keep,
            help="Log from this level on; info, unless --debug says all.",
        ),
        click.option(
            "--log-format",
            type=click.Choice([form.value for form in LogFormat]),
            expose_value=False,
            callback=_keep,
            help="Log what happens, as lines of text or of JSON, instead of showing progress.",
        ),
    )


def wanted_log(studio: Studio) -> WantedLog | None:
    """Return the log that the command line wants, or the settings; None where nobody does."""
    context = click.get_current_context(silent=True)
    said = context.meta.get(_PLACE, {}) if context else {}
    debug = bool(context and context.obj)
    config = studio.config
    if not (debug or any(said.values()) or config.log_format or config.log_level):
        return None
    level = said.get("log_level") or (LogLevel.DEBUG if debug else config.log_level)
    return WantedLog(
        format=LogFormat(said.get("log_format") or config.log_format or LogFormat.TEXT),
        level=LogLevel(level or LogLevel.INFO),
        file=said.get("log_file"),
    )


@contextlib.contextmanager
def logged(wanted: WantedLog | None, redact: Callable[[str], str]) -> Iterator[None]:
    """Log as wanted until the block ends.

    Args:
        wanted: The log; None logs nothing.
        redact: Masks every secret in a line, whoever logged it.

    Raises:
        OSError: When the file cannot be opened.
    """
    if wanted is None:
        yield
        return
    handler: _Handler | _FileHandler
    handler = _FileHandler(wanted.file, encoding="utf-8") if wanted.file else _Handler(sys.stderr)
    handler.setFormatter(_FORMS[wanted.format](redact))
    root, ours = logging.getLogger(), logging.getLogger("ministudio")
    before = ours.level
    # Others, SDKs of vendors among them, are heard when they warn.
    root.addHandler(handler)
    ours.setLevel(wanted.level.upper())
    try:
        yield
    finally:
        ours.setLevel(before)
        root.removeHandler(handler)
        handler.close()


class _Quiet(logging.Handler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging names it
        """Say nothing: a full disk or a closed terminal is no reason to lose a render."""


class _Handler(_Quiet, logging.StreamHandler[Any]):
    pass


class _FileHandler(_Quiet, logging.FileHandler):
    pass


class TextLines(logging.Formatter):
    """One line for people: when, how grave, what, where, in words."""

    def __init__(self, redact: Callable[[str], str]) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        event: Event | None = getattr(record, "event", None)
        words = [_time(record), record.levelname.lower()]
        if event is None:
            words.append(record.name)
        else:
            places = {"shot": event.shot, "provider": event.provider}
            words.append(event.kind.value)
            words += [f"{name}={place}" for name, place in places.items() if place]
            words += [f"{name}={json.dumps(value)}" for name, value in event.data.items()]
        text = f"{' '.join(words)}: {_message(record, event)}".rstrip(": ")
        return self._redact(" ".join(text.splitlines()))


class JsonLines(TextLines):
    """One JSON object a line: ``time``, ``level``, ``logger``, ``message``, and of an event more.

    That is its ``kind``, ``shot``, ``provider``, ``fraction`` and ``data``, null where it has none.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        event: Event | None = getattr(record, "event", None)
        data: dict[str, Any] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record, event),
        }
        if event is not None:
            data |= {
                "kind": event.kind.value,
                "shot": event.shot,
                "provider": event.provider,
                "fraction": event.fraction,
                "data": dict(event.data),
            }
        if record.exc_text or record.exc_info:
            data["error"] = record.exc_text or self.formatException(record.exc_info)  # type: ignore[arg-type]  # one of the two
        return self._redact(json.dumps(data, ensure_ascii=False, default=str))


_FORMS = {LogFormat.TEXT: TextLines, LogFormat.JSON: JsonLines}


def _keep(context: click.Context, option: click.Parameter, value: object) -> None:
    context.meta.setdefault(_PLACE, {})[option.name] = value


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _message(record: logging.LogRecord, event: Event | None) -> str:
    return record.getMessage() if event is None else event.message
