"""Twenty secrets go through renders that succeed, fail and crash, and come out nowhere.

The provider logs, prints, warns, raises and hands over all of them, in every encoding. What is
searched, byte by byte: standard output and error, logs, journal, store, records, subtitles, sheet.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib

import pytest
import stunts
from canary_plugin import SECRETS, encodings

from ministudio.values.redaction import forms_of

FORMS = {
    form.encode(errors="surrogatepass"): name
    for name, value in SECRETS.items()
    for form in encodings(value) | forms_of(value)
}


@pytest.fixture(scope="module")
def environ(tmp_path_factory):
    return stunts.environ(
        stunts.install(tmp_path_factory.mktemp("plugins"), id_="canary", module="canary_plugin")
    )


@pytest.fixture
def yard(tmp_path, environ):
    folder = tmp_path / "yard"
    folder.mkdir()
    # Half of them come from .env, and half from the environment.
    names = sorted(SECRETS)
    lines = [f"{name}={quoted(SECRETS[name])}\n" for name in names[::2]]
    (folder / ".env").write_text("".join(lines), encoding="utf-8")
    (folder / ".env").chmod(0o600)
    variables = environ | {name: SECRETS[name] for name in names[1::2]}
    return folder, variables | {"MINISTUDIO_CONFIG_DIR": str(tmp_path / "own")}


def quoted(value):
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def found_in(data):
    return sorted({name for form, name in FORMS.items() if form in data})


def searched(folder, *texts):
    leaks = {}
    for path in folder.rglob("*"):
        if path.is_file() and path.name != ".env":
            leaks[path.name] = found_in(path.read_bytes() + str(path).encode())
            if path.suffix == ".sqlite":
                # The plan in it is compressed.
                with contextlib.closing(sqlite3.connect(path)) as journal:
                    plans = journal.execute("SELECT plan FROM run").fetchall()
                leaks["plan"] = found_in(b"".join(zlib.decompress(plan) for (plan,) in plans))
    for number, text in enumerate(texts):
        leaks[f"stream {number}"] = found_in(text.encode(errors="surrogateescape"))
    return {place: names for place, names in leaks.items() if names}


@pytest.mark.parametrize(
    ("provider", "log"),
    [("canary", "text"), pytest.param("canary-worker", "json", marks=pytest.mark.slow)],
)
def test_no_secret_comes_out_of_a_render_in_any_form(yard, provider, log):
    folder, variables = yard
    streams = []
    for does in ("succeed", "refuse", "crash", "fail"):
        (folder / f"{does}.yaml").write_text(
            stunts.film(f"do: {does}", head=f"title: {does}"), encoding="utf-8"
        )
        words = ("render", f"{does}.yaml", "--provider", provider, "--debug", *stunts.TINY)
        logged = ("--log-format", log, "--log-level", "debug")
        for more in ((*logged, "--log-file", f"{does}.log"), logged):
            done = stunts.call(folder, *words, *more, env=variables)
            streams += [done.stdout, done.stderr]
        if does == "succeed":
            assert done.returncode == 0, done.stderr[-2000:]
    done = stunts.call(folder, "sheet", "out/succeed.json", env=variables)
    for words in (
        ("takes", "list", "succeed.yaml"),
        ("jobs", "--all"),
        ("secrets", "check", "--json"),
        ("secrets", "explain", "CANARY_01"),
        ("doctor", "--json"),
        ("config", "show", "--json"),
        ("env", "validate"),
        ("resume", "--debug"),
    ):
        done = stunts.call(folder, *words, env=variables)
        streams += [done.stdout, done.stderr]
    told = "".join(streams)
    assert "[secret:CANARY_01]" in told
    assert provider == "canary-worker" or "Exception in" in told
    assert searched(folder, *streams) == {}


def test_the_search_would_find_them(yard):
    folder, _ = yard
    for name, value in SECRETS.items():
        for form in encodings(value):
            assert name in found_in(f"<{form}>".encode()), (name, form)
    (folder / "leak.json").write_text(json.dumps(SECRETS), encoding="utf-8")
    assert len(searched(folder)["leak.json"]) == len(SECRETS)
