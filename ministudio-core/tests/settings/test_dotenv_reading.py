"""``.env`` is read strictly, tells no value, and touches nothing else."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ministudio.errors import SecretInvalid
from ministudio.settings.dotenv import DotenvFile, read_dotenv

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and FIFOs of POSIX")
CANARY = "hf_canary"


def dotenv(folder: Path, text: str | bytes, mode: int = 0o600) -> Path:
    path = folder / ".env"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    path.chmod(mode)
    return path


def refusal(path: Path) -> SecretInvalid:
    with pytest.raises(SecretInvalid) as caught:
        read_dotenv(path)
    assert CANARY not in str(caught.value)
    assert CANARY not in repr(caught.value.__context__)
    return caught.value


def test_a_missing_file_is_empty(tmp_path):
    assert read_dotenv(tmp_path / ".env") == DotenvFile()
    assert read_dotenv(tmp_path / "no folder" / ".env") == DotenvFile()


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("KEY=plain", "plain"),
        ("export KEY=plain", "plain"),
        ("KEY = spaced out ", "spaced out"),
        ("KEY=", ""),
        ("KEY='single $HOME'", "single $HOME"),
        ('KEY="two\\nlines"', "two\nlines"),
        ("KEY=pa${x}ss", "pa${x}ss"),
        ("KEY='${HOME}'", "${HOME}"),
        ("KEY=$(id)", "$(id)"),
        ("KEY=secret://aws/x", "secret://aws/x"),
        ("KEY=value # comment", "value"),
        ("KEY=a#b", "a#b"),
        ("# comment\n\nKEY=x\r\n", "x"),
        ("\ufeffKEY=x", "x"),
        ("KEY=é", "é"),
        ("key=lower", None),
    ],
)
def test_values_are_taken_as_written(tmp_path, line, value):
    assert read_dotenv(dotenv(tmp_path, line)).values.get("KEY") == value


def test_nothing_reaches_the_process_environment(tmp_path):
    before = dict(os.environ)
    read_dotenv(dotenv(tmp_path, "MINISTUDIO_TEST_CANARY=1\nHF_TOKEN=x\n"))
    assert dict(os.environ) == before


def test_only_this_file_is_read_whatever_lies_above_it(tmp_path):
    dotenv(tmp_path, "KEY=above")
    (tmp_path / "project").mkdir()
    assert read_dotenv(tmp_path / "project" / ".env").values == {}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"A=1\nB='{CANARY}\n", [2]),
        (f'\n\nB="{CANARY}\n', [3]),
        (f"A=1\n{CANARY}\n", [2]),
        (f"A B={CANARY}\n", [1]),
        (f"A-B={CANARY}\n", [1]),
        (f"1A={CANARY}\n", [1]),
        (f"={CANARY}\n", [1]),
        (f"A='x' {CANARY}\n", [1]),
        (f"A={CANARY}\n\n# note\nA=2\n", [4]),
        (f"A=1\r\nB\r\nC-D={CANARY}\r\nA=3", [2, 3, 4]),
    ],
)
def test_every_bad_line_is_named_and_no_value_is(tmp_path, text, lines):
    path = dotenv(tmp_path, text)
    told = str(refusal(path)).splitlines()
    assert [line.split(":")[1] for line in told] == [str(number) for number in lines]
    assert all(line.startswith(f"{path}:") for line in told)


def test_a_piece_of_a_key_that_looks_like_a_name_is_not_told(tmp_path):
    block = f'PEM="-----BEGIN\n{CANARY}=\n{CANARY}=\nA-{CANARY}=1\n'
    refusal(dotenv(tmp_path, block))


def test_very_many_bad_lines_are_counted(tmp_path):
    told = str(refusal(dotenv(tmp_path, "no\n" * 500))).splitlines()
    assert len(told) == 21
    assert told[-1].endswith("and 480 more")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (f"A=1\nB={CANARY}\xe9".encode("latin-1"), "UTF-8 in line 2"),
        (f"A=1\n\nB={CANARY}\0".encode(), "NUL byte in line 3"),
        (f"A={CANARY}".encode("utf-16"), "is not UTF-8|NUL"),
        (b"A=" + b"x" * (1 << 20), "larger than 1 MiB"),
    ],
)
def test_what_is_no_text_of_this_kind_is_refused(tmp_path, data, why):
    assert re.search(why, str(refusal(dotenv(tmp_path, data))))


def test_a_folder_is_refused(tmp_path):
    (tmp_path / ".env").mkdir()
    assert "not a regular file" in str(refusal(tmp_path / ".env"))


@POSIX
def test_a_fifo_is_refused_without_waiting_for_a_writer(tmp_path):
    os.mkfifo(tmp_path / ".env", 0o600)
    started = time.monotonic()
    assert "not a regular file" in str(refusal(tmp_path / ".env"))
    assert time.monotonic() - started < 1


@POSIX
def test_a_device_is_refused(tmp_path):
    (tmp_path / ".env").symlink_to("/dev/zero")
    assert "not a regular file" in str(refusal(tmp_path / ".env"))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts files as on Linux")
def test_refusing_leaves_no_file_open(tmp_path):
    before = len(list(Path("/proc/self/fd").iterdir()))
    refusal(dotenv(tmp_path, b"\xff"))
    (tmp_path / "folder").mkdir()
    refusal(tmp_path / "folder")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@POSIX
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666, 0o660])
def test_a_file_others_may_write_is_refused(tmp_path, mode):
    wrong = refusal(dotenv(tmp_path, f"A={CANARY}", mode))
    assert "others may write" in str(wrong)
    assert "chmod 600" in (wrong.hint or "")


@POSIX
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_file_others_may_read_is_used_with_a_warning(tmp_path, mode):
    read = read_dotenv(dotenv(tmp_path, "A=1", mode))
    assert read.values == {"A": "1"}
    assert [warning for warning in read.warnings if "others may read" in warning]


@POSIX
def test_a_private_file_gives_no_warning(tmp_path):
    assert read_dotenv(dotenv(tmp_path, "A=1")).warnings == ()


@pytest.mark.parametrize(
    "name",
    [
        "LD_PRELOAD",
        "DYLD_INSERT_LIBRARIES",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "PATH",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_S3",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "REQUESTS_CA_BUNDLE",
        "MINISTUDIO_PLUGINS",
        "MINISTUDIO_DISABLE_PLUGINS",
        "MINISTUDIO_STRICT_PLUGINS",
        "MINISTUDIO_DEBUG",
    ],
)
def test_a_name_that_loads_code_or_reroutes_requests_is_ignored_aloud(tmp_path, name):
    read = read_dotenv(dotenv(tmp_path, f"A=1\n{name}={CANARY}\n"))
    assert read.values == {"A": "1"}
    (warning,) = read.warnings
    assert f".env:2: {name} is ignored" in warning
    assert CANARY not in warning


def test_printing_what_was_read_shows_no_value(tmp_path):
    assert CANARY not in repr(read_dotenv(dotenv(tmp_path, f"HF_TOKEN={CANARY}")))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["A", "=", "'", '"', "\\", "\n", "\r", "#", " ", "export ", "é", "\f"])
    )
)
def test_any_text_is_read_or_refused_and_every_line_named_exists(tmp_path_factory, pieces):
    text = "".join(pieces)
    path = dotenv(tmp_path_factory.mktemp("env"), text)
    try:
        values = read_dotenv(path).values
    except SecretInvalid as wrong:
        last = text.count("\n") + text.count("\r") + 1
        for line in str(wrong).splitlines():
            number = line.removeprefix(f"{path}:").split(":")[0]
            assert number.strip().startswith("and") or 1 <= int(number) <= last
    else:
        assert all(re.fullmatch("[A-Z]+|export", name) for name in values)


def test_a_large_file_of_open_quotes_is_refused_quickly(tmp_path):
    path = dotenv(tmp_path, "A='\\\n" * 40_000)
    started = time.monotonic()
    refusal(path)
    assert time.monotonic() - started < 10


@POSIX
@pytest.mark.parametrize(("me", "refused"), [("owner", False), ("stranger", True), ("root", False)])
def test_a_file_of_somebody_else_is_refused_except_to_root(tmp_path, monkeypatch, me, refused):
    path = dotenv(tmp_path, f"KEY={CANARY}")
    owner = path.stat().st_uid
    if owner == 0 and me == "stranger":
        os.chown(path, 4242, -1)
    monkeypatch.setattr(os, "geteuid", lambda: {"owner": owner, "stranger": 4343, "root": 0}[me])
    if refused:
        assert "belongs to another user" in str(refusal(path))
    else:
        assert read_dotenv(path).values == {"KEY": CANARY}
