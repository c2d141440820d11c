"""While a command runs, no secret is printed or logged in its process, in whatever way."""

from __future__ import annotations

import io
import logging
import sys
import threading
import traceback
import warnings

import pytest

from ministudio.cli import _masking
from ministudio.cli._masking import MaskedStream, mask, release, watch
from ministudio.values.redaction import Redactor
from ministudio.values.secret import Secret

KEY = "sk+/=\"'é&<key>"
MASK = "[secret:KEY]"


@pytest.fixture(autouse=True)
def watched():
    before = (
        logging.getLogRecordFactory(),
        warnings.showwarning,
        sys.excepthook,
        threading.excepthook,
        sys.unraisablehook,
    )
    redactor = Redactor()
    redactor.register(Secret(KEY, "KEY"))
    watch(redactor)
    yield
    release()
    after = (
        logging.getLogRecordFactory(),
        warnings.showwarning,
        sys.excepthook,
        threading.excepthook,
        sys.unraisablehook,
    )
    assert after == before
    assert mask(KEY) == KEY


@pytest.fixture
def log():
    """A handler of somebody else's, with a formatter of its own, on a child of a child."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("vendor.sdk.http")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield logger, stream
    logger.removeHandler(handler)


class Holder:
    def __repr__(self):
        return f"Holder({KEY!r})"


def deep(levels):
    return {"in": deep(levels - 1)} if levels else KEY


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        (f"key {KEY}", ()),
        ("key %s", (KEY,)),
        ("%r %r", (KEY, Holder())),
        ("%(k)s", ({"k": KEY},)),
        ("%s", (deep(9),)),
        ("%s", (KEY.encode(),)),
        ("%s", (KeyError(KEY),)),
    ],
)
def test_a_log_record_is_masked_as_it_reads(log, words, arguments):
    logger, stream = log
    logger.debug(words, *arguments)
    assert "[secret:KEY]" in stream.getvalue()
    assert "sk+" not in stream.getvalue()


def test_a_handler_that_formats_by_itself_gets_nothing_either(log):
    logger, _ = log
    seen = []

    class Own(logging.Handler):
        def emit(self, record):
            shown = str(record.exc_info and traceback.format_exception(*record.exc_info))
            seen.append(f"{record.msg} {record.args} {shown} {record.exc_text}")

    own = Own()
    logger.addHandler(own)
    try:
        int(KEY)
    except ValueError:
        logger.exception("sending %s", KEY)
    logger.removeHandler(own)
    assert "sk+" not in seen[0]
    assert "ValueError" in seen[0]


def test_arguments_that_do_not_fit_are_not_printed_to_complain_of_them(log, capsys):
    logger, stream = log
    logger.debug("%d", KEY)
    assert stream.getvalue() == "%d (its arguments do not fit)\n"
    assert "sk+" not in capsys.readouterr().err


def test_a_traceback_in_the_log_is_masked_with_all_that_led_to_it(log):
    logger, stream = log
    try:
        try:
            int(KEY)
        except ValueError as error:
            raise RuntimeError("deeper") from error
    except RuntimeError:
        logger.exception("broke")
    assert "deeper" in stream.getvalue()
    assert "sk+" not in stream.getvalue()


def test_warnings_are_masked(capsys):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = _masking._warned
        warnings.warn(f"odd header {KEY}", stacklevel=1)
    err = capsys.readouterr().err
    assert f"UserWarning: odd header {MASK}" in err


def test_a_thread_that_crashes_tells_no_secret(capsys):
    def work():
        raise RuntimeError(KEY)

    thread = threading.Thread(target=work, name="upload")
    thread.start()
    thread.join()
    err = capsys.readouterr().err
    assert "Exception in upload" in err
    assert f"RuntimeError: {MASK}" in err


def test_what_nobody_catches_tells_no_secret(capsys):
    error = RuntimeError(KEY)
    sys.excepthook(type(error), error, None)
    assert f"RuntimeError: {MASK}" in capsys.readouterr().err


def test_what_cannot_be_raised_tells_no_secret(capsys):
    class Falls:
        def __del__(self):
            raise RuntimeError(KEY)

    Falls()
    assert MASK in capsys.readouterr().err


@pytest.mark.parametrize("cut", range(1, len(KEY)))
def test_a_secret_split_over_two_writes_is_masked(cut):
    out = io.StringIO()
    stream = MaskedStream(out)
    stream.write(f"key {KEY[:cut]}")
    stream.flush()
    stream.write(f"{KEY[cut:]}\nand on")
    assert out.getvalue() == f"key {MASK}\n"
    stream.finish()
    assert out.getvalue() == f"key {MASK}\nand on"


def test_lines_and_bytes_are_masked_too():
    out = io.StringIO()
    stream = MaskedStream(out)
    stream.writelines([KEY, "\n"])
    stream.buffer.write(f"{KEY}\r".encode())
    stream.buffer.flush()
    assert out.getvalue() == f"{MASK}\n{MASK}\r"
