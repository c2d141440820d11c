"""While a command runs, nothing that is printed or logged in its process holds a secret.

Errors, tracebacks of threads, warnings and log records are masked wherever they come from: SDKs
of vendors log, too, and add handlers of their own. Importing this module is free.
"""

from __future__ import annotations

# ruff: noqa: PLC0415 - importing this module is free, see above
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing takes as long as answering --version
    import threading
    from collections.abc import Callable, Iterable
    from types import TracebackType
    from typing import Any

    from ministudio.values.redaction import Redactor

__all__ = ["MaskedStream", "mask", "release", "traceback_text", "watch"]

_redactors: list[Redactor] = []
_undo: list[Callable[[], None]] = []


def watch(redactor: Redactor) -> None:
    """Mask what ``redactor`` knows, and will know, until ``release``."""
    if not _undo:
        _install()
    _redactors.append(redactor)


def release() -> None:
    """Forget all redactors, and put everything back as it was."""
    _redactors.clear()
    while _undo:
        _undo.pop()()


def mask(text: str) -> str:
    """Return ``text`` with every known secret masked."""
    for redactor in _redactors:
        text = redactor.redact(text)
    return text


def traceback_text(error: BaseException) -> str:
    """Return the traceback of an error, and of all that led to it, masked."""
    import traceback

    return mask("".join(traceback.format_exception(error)))


class MaskedStream:
    """A stream for what plugins print: whole lines, so that no secret is split over two writes."""

    def __init__(self, stream: Any) -> None:
        import threading

        self._stream = stream
        self._begun = ""
        self._lock = threading.Lock()

    def write(self, text: str) -> int:
        """Write the lines that are whole now; what is begun waits."""
        with self._lock:
            whole, begun = _split(self._begun + text)
            self._begun = begun
            if whole:
                self._stream.write(mask(whole))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of some texts."""
        for text in lines:
            self.write(text)

    @property
    def buffer(self) -> _Bytes:
        """The same stream for bytes."""
        return _Bytes(self)

    def finish(self) -> None:
        """Write what was begun and never ended."""
        with self._lock:
            if self._begun:
                self._stream.write(mask(self._begun))
            self._begun = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Bytes:
    """A masked stream, for whoever writes bytes past the text."""

    def __init__(self, stream: MaskedStream) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        """Write what the bytes say."""
        self._stream.write(bytes(data).decode(errors="replace"))
        return len(data)

    def flush(self) -> None:
        """Do nothing: lines are written when they are whole."""


def _split(text: str) -> tuple[str, str]:
    end = max(text.rfind("\n"), text.rfind("\r")) + 1
    return text[:end], text[end:]


def _install() -> None:
    import logging
    import threading
    import warnings

    from ministudio.cli._masked_logs import MaskedRecord

    factory, shown = logging.getLogRecordFactory(), warnings.showwarning
    crashed, uncaught, unraised = threading.excepthook, sys.excepthook, sys.unraisablehook

    def undo() -> None:
        logging.setLogRecordFactory(factory)
        warnings.showwarning = shown
        threading.excepthook = crashed
        sys.excepthook, sys.unraisablehook = uncaught, unraised

    _undo.append(undo)
    logging.setLogRecordFactory(MaskedRecord)
    warnings.showwarning = _warned
    threading.excepthook = _crashed
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraised


def _warned(  # noqa: PLR0917 - the signature of warnings.showwarning
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: Any = None,
    line: str | None = None,
) -> None:
    import warnings

    text = warnings.formatwarning(message, category, filename, lineno, line)
    _write(mask(text), file)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    del kind
    _write(traceback_text(error.with_traceback(trace)))


def _crashed(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        name = args.thread.name if args.thread is not None else "a thread"
        _write(f"Exception in {name}:\n{traceback_text(args.exc_value)}")


def _unraised(args: Any) -> None:
    if args.exc_value is not None:
        what = args.err_msg or "Exception ignored"
        _write(f"{what} in {type(args.object).__name__}:\n{traceback_text(args.exc_value)}")


def _write(text: str, file: Any = None) -> None:
    try:
        (file or sys.stderr).write(text)
    except (OSError, ValueError, AttributeError):
        return  # a closed terminal is no reason for another error
