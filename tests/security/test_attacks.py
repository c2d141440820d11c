"""Fifteen attacks on keys, each of which must fail; what each part does is tested in its own place.

An attack reaches the code by the way that an attacker has: a project that was cloned, a backend or
a plugin that misbehaves, a value that was pasted carelessly.
"""

from __future__ import annotations

import base64
import copy
import json
import logging
import os
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

import attrs
import key_plugin
import pytest
import stunts
import yaml

from ministudio.builtin.secrets import DotenvBackend
from ministudio.cli import _masking
from ministudio.contracts.secrets import SecretRef
from ministudio.contracts.setting import Setting
from ministudio.contracts.specs import PluginContext, SecretBackendSpec
from ministudio.errors import (
    PluginConflict,
    SecretDenied,
    SecretError,
    SecretInvalid,
    SecretNotFound,
    SecretUnavailable,
)
from ministudio.kernel.registry import Registry
from ministudio.plugin import hookimpl
from ministudio.render.worker_environment import worker_environment
from ministudio.secrets.context import context_for
from ministudio.secrets.resolver import SecretResolver
from ministudio.settings.dotenv import read_dotenv
from ministudio.settings.references import parse_reference
from ministudio.story.load import load_production
from ministudio.studio import Studio, run
from ministudio.values.redaction import Redactor
from ministudio.values.secret import Secret

KEY = "hf_canary+/=\"'é0123456789"
TOKEN = Setting(name="HF_TOKEN", help="A key.", category="Keys", secret=True, required=True)


class Store:
    """A backend that answers, or fails, as it is told."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = 0

    def get(self, ref):
        self.asked += 1
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer if isinstance(self.answer, tuple) else (self.answer, None)


def redactor():
    made = Redactor()
    made.register(Secret(KEY, "HF_TOKEN"))
    return made


def dotenv(folder, text, mode=0o600):
    path = folder / ".env"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    "reference",
    [
        "secret://vault/../../sys/mounts",
        "secret://vault/a%2f..%2fsys",
        "secret://vault/a%00",
        "secret://vault/a\nb",
        "secret://user:canary@vault/a",
        "secret://vault:8200/a",
    ],
)
def test_attack_01_a_reference_that_leads_out_of_its_store(reference):
    with pytest.raises(SecretInvalid) as caught:
        parse_reference(reference)
    assert "canary" not in f"{caught.value} {caught.value.hint}"


def test_attack_01_a_reference_to_an_unknown_store(tmp_path):
    (tmp_path / "ministudio.toml").write_text('[secrets]\nroutes.HF_TOKEN = "secret://valt/a"\n')
    environ = {"MINISTUDIO_CONFIG_DIR": str(tmp_path / "own")}
    code = subprocess.run(
        [sys.executable, "-m", "ministudio", "trust", str(tmp_path)],
        env=os.environ | environ,
        check=False,
        capture_output=True,
    )
    assert code.returncode == 0
    from ministudio.errors import UnknownName
    from ministudio.studio.secrets import resolver_of

    with pytest.raises(UnknownName, match="valt"):
        resolver_of(Studio(tmp_path, environ=environ)).get(TOKEN)


def test_attack_02_a_store_that_refuses_while_dotenv_has_an_older_value():
    below = Store(KEY)
    resolver = SecretResolver([("vault", Store(SecretDenied("403"))), ("dotenv", below)])
    for ask in (resolver.get, resolver.explain):
        with pytest.raises(SecretDenied, match="403"):
            ask(TOKEN)
    resolver.prefetch([TOKEN])
    with pytest.raises(SecretDenied):
        resolver.get(TOKEN)
    assert below.asked == 0


def test_attack_03_a_secret_in_any_encoding_in_a_log():
    class Holder:
        def __repr__(self):
            return f"Holder(key={KEY!r})"

    deep = KEY
    for _ in range(8):
        deep = {"in": [deep]}
    encoded = [base64.b64encode(f"{b}{KEY}".encode()).decode() for b in ("", "u", "us")]
    texts = [
        KEY,
        *encoded,
        base64.urlsafe_b64encode(KEY.encode()).decode(),
        quote(KEY),
        quote(KEY, safe="").lower(),
        json.dumps(KEY),
        json.dumps(KEY, ensure_ascii=False),
        repr(KEY),
        repr(KEY.encode()),
        KEY.encode().hex(),
        KEY.encode().hex().upper(),
        str(deep),
        repr(Holder()),
    ]
    for text in texts:
        masked = redactor().redact(text)
        assert "[secret:HF_TOKEN]" in masked
        assert "canary" not in masked.lower()
        # Around a base64 form, a character or two depend on the neighbours.
        assert len(masked.replace("[secret:HF_TOKEN]", "")) <= 90


STORIES = [
    "secret://env/AWS_SECRET_ACCESS_KEY",
    "${HF_TOKEN}",
    '{"lc": 1, "type": "secret"}',
    "$HF_TOKEN",
]


@pytest.mark.parametrize("text", STORIES)
def test_attack_04_a_production_that_names_a_secret(tmp_path, text, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY)
    film = {"title": text, "mood": text, "scenes": [{"shots": [{"action": text, "duration": 1}]}]}
    (tmp_path / "film.yaml").write_text(yaml.safe_dump(film))
    production = load_production(tmp_path / "film.yaml")
    plan = Studio(tmp_path, environ={"HF_TOKEN": KEY}).plan(production)
    assert production.title == text
    assert text in plan.shots[0].story.action
    assert "canary" not in repr(plan)


def test_attack_05_errors_of_threads_and_http_libraries(capsys):
    import http.client

    known = redactor()
    _masking.watch(known)
    try:
        logging.getLogger("httpx").setLevel(logging.INFO)
        connection = http.client.HTTPConnection("127.0.0.1", 1)
        connection.putrequest("GET", f"/?key={quote(KEY)}")
        errors = []
        for header in (f"Bearer {KEY}\nX: y", f"Bearer {KEY}\r\r"):
            with pytest.raises(ValueError, match="Invalid header value") as caught:
                connection.putheader("Authorization", header)
            errors.append(caught.value)

        def work():
            try:
                raise errors[0]
            except ValueError as error:
                raise RuntimeError(f"https://x.example/?key={quote(KEY)}") from error

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        sys.excepthook(ValueError, errors[1], errors[1].__traceback__)
    finally:
        _masking.release()
    said = capsys.readouterr().err
    assert "RuntimeError" in said
    assert "canary" not in said


def test_attack_06_a_secret_that_is_written_down_by_mistake():
    @attrs.frozen
    class Holder:
        key: Secret

    secret = Secret(KEY, "HF_TOKEN")
    shown = [f"{secret}", f"{secret!r}", f"{secret:>40}", "%s %r" % (secret, secret)]  # noqa: UP031 - as others do
    shown += [str(attrs.asdict(Holder(secret))), repr(Holder(secret)), repr(copy.deepcopy(secret))]
    assert all("canary" not in text for text in shown)
    for write in (pickle.dumps, json.dumps, yaml.safe_dump):
        with pytest.raises(Exception) as caught:  # noqa: PT011 - each library has its own
            write({"key": secret})
        assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "KEY='canary\n",
        "KEY=canary\nKEY=canary2\n",
        "A B=canary\n",
        "canary\n",
        b"KEY=\xe9canary\n",
        b"KEY=canary\0\n",
        "A-B=canary\n",
    ],
)
def test_attack_07_a_dotenv_that_is_not_plainly_right(tmp_path, text):
    path = dotenv(tmp_path, text)
    with pytest.raises(SecretInvalid) as caught:
        read_dotenv(path)
    assert ".env" in str(caught.value)
    assert "canary" not in f"{caught.value} {caught.value.__context__}"


@pytest.mark.skipif(os.name != "posix", reason="files of POSIX")
def test_attack_08_a_dotenv_that_is_no_file_of_yours(tmp_path, monkeypatch):
    began = time.monotonic()
    os.mkfifo(tmp_path / ".env")
    with pytest.raises(SecretInvalid, match="not a regular file"):
        read_dotenv(tmp_path / ".env")
    (tmp_path / ".env").unlink()
    for text, mode, why in (
        ("KEY=a\n", 0o666, "others may write"),
        ("#" * (1 << 21), 0o600, "1 MiB"),
    ):
        path = dotenv(tmp_path, text, mode)
        with pytest.raises(SecretInvalid, match=why):
            read_dotenv(path)
    path = dotenv(
        tmp_path, "LD_PRELOAD=/tmp/x.so\nAWS_ENDPOINT_URL=http://x\nhttps_proxy=http://x\n"
    )
    file = read_dotenv(path)
    assert file.values == {}
    assert len(file.warnings) == 3
    assert "LD_PRELOAD" not in os.environ
    if os.geteuid() == 0:
        os.chown(path, 4242, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 4343)
    with pytest.raises(SecretInvalid, match="belongs to another user"):
        read_dotenv(path)
    assert time.monotonic() - began < 1.0


def test_attack_09_a_dotenv_in_git(tmp_path, tmp_path_factory):
    environ = stunts.environ(stunts.install(tmp_path_factory.mktemp("plugins")))
    environ["MINISTUDIO_CONFIG_DIR"] = str(tmp_path / "own")
    dotenv(tmp_path, f"STUNT_API_KEY={KEY[:9]}0123456789\n")
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "-f", ".env"], ["commit", "-qm", "oh"]):
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)
    done = stunts.call(tmp_path, "doctor", env=environ)
    assert done.returncode == 1
    assert "is tracked by git" in done.stdout
    assert "then make new keys: STUNT_API_KEY" in done.stdout
    (tmp_path / "film.yaml").write_text(stunts.film("do: clip"))
    words = ("render", "film.yaml", "--provider", "stunt-key", "--profile", "prod", *stunts.TINY)
    refused = stunts.call(tmp_path, *words, env=environ)
    assert refused.returncode == 2
    assert "STUNT_API_KEY, which is not set" in refused.stderr
    assert "canary" not in done.stdout + refused.stderr


@pytest.mark.parametrize(
    "value", ["", "  ", "canary\nX-Evil: 1", "canary\x1b[2J", "canary\0", "canary\u200b"]
)
def test_attack_10_a_value_that_no_key_has(value):
    with pytest.raises(SecretInvalid) as caught:
        SecretResolver([("vault", Store(value))]).get(TOKEN)
    assert "canary" not in str(caught.value)


def test_attack_10_only_the_newline_at_the_end_is_taken_off():
    assert SecretResolver([("vault", Store("a key \r\n"))]).get(TOKEN).reveal() == "a key "


@pytest.mark.parametrize(
    "answer",
    [
        SecretUnavailable("503"),
        ConnectionResetError(KEY),
        TimeoutError(KEY),
        json.JSONDecodeError(KEY, KEY, 0),
        KeyError(KEY),
        (KEY.encode(), None),
    ],
)
def test_attack_11_a_store_that_answers_nonsense(answer):
    clock = [0.0]
    store, said = Store("kept-value"), []
    resolver = SecretResolver([("vault", store)], clock=lambda: clock[0], notice=said.append)
    assert resolver.get(TOKEN).reveal() == "kept-value"
    store.answer = answer
    clock[0] = 301.0
    assert resolver.get(TOKEN).reveal() == "kept-value"
    assert "as it was before is used" in said[0]
    clock[0] = 3601.0
    with pytest.raises(SecretUnavailable) as caught:
        resolver.get(TOKEN)
    assert "canary" not in f"{caught.value} {caught.value.__context__} {said}"


def test_attack_12_a_revoked_key_that_is_still_in_memory():
    clock = [0.0]
    store = Store("version-1")
    resolver = SecretResolver([("vault", store)], clock=lambda: clock[0])
    resolver.get(TOKEN)
    store.answer = "version-2"
    assert resolver.get(TOKEN).reveal() == "version-1"
    assert resolver.get(TOKEN, fresh=True).reveal() == "version-2"
    store.answer = SecretDenied("revoked")
    clock[0] = 301.0
    for _ in range(2):
        with pytest.raises(SecretDenied):
            resolver.get(TOKEN)
    store.answer = SecretUnavailable("down")
    with pytest.raises(SecretUnavailable):
        resolver.get(TOKEN)


def test_attack_13_a_plugin_that_wants_anothers_secret():
    own = Setting(name="OTHER", help="Its own.", category="Keys")
    store = {"HF_TOKEN": KEY, "OTHER": "own"}

    class Shelf:
        def get(self, ref):
            return store[ref.path], None

    context = context_for([own], SecretResolver([("env", Shelf())]), {}, None)
    assert dict(context.settings) == {"OTHER": "own"}


def test_attack_13_a_plugin_that_calls_its_backend_env():
    class Thief:
        @hookimpl
        def ministudio_secret_backends(self):
            yield SecretBackendSpec(name="env", factory="thief:Env", summary="Yours, now mine.")

    registry = Registry()
    registry.register("thief", Thief())
    made = registry.create_backend("env", PluginContext(options={"environ": {"A": "b"}}))
    assert made.get(SecretRef(path="A")) == ("b", None)
    registry.backends()
    assert any("thief" in failure.line for failure in registry.failures)
    with pytest.raises(PluginConflict):
        registry.register("core", Thief())


def test_attack_14_a_child_process_that_inherits_keys():
    environ = {
        "PATH": "/bin",
        "HF_TOKEN": KEY,
        "AWS_SECRET_ACCESS_KEY": KEY,
        "MY_PASSWORD": KEY,
        "HTTPS_PROXY": "http://user:canary@proxy",
        "SOMETHING": KEY,
    }
    assert worker_environment(environ) == {"PATH": "/bin"}


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="/proc of Linux")
def test_attack_14_a_worker_whose_command_line_and_environment_are_read(tmp_path, tmp_path_factory):
    key = "sk-canary-0123456789"
    environ = stunts.environ(stunts.install(tmp_path_factory.mktemp("plugins")), STUNT_API_KEY=key)
    (tmp_path / "film.yaml").write_text(stunts.film("do: wait"))
    words = ("render", "film.yaml", "--provider", "stunt-worker-key", *stunts.TINY)
    process = stunts.start(tmp_path, *words, env=environ)
    try:
        seen = ""
        for _ in range(200):
            kids = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            kids = [
                kid for kid in kids if "worker_process" in Path(f"/proc/{kid}/cmdline").read_text()
            ]
            if kids:
                there = Path(f"/proc/{kids[0]}")
                seen = there.joinpath("cmdline").read_text() + there.joinpath("environ").read_text()
                break
            time.sleep(0.05)
    finally:
        stunts.interrupt(process)
    assert "PATH=" in seen
    assert "canary" not in seen


def test_attack_15_a_secret_on_its_way_into_an_artifact(tmp_path, monkeypatch):
    service = key_plugin.Service("sk-canary-0123456789")
    try:
        registry = Registry()
        registry.register("keyed", "key_plugin")
        environ = {"KEYED_URL": service.url, "KEYED_TOKEN": "sk-canary-0123456789"}
        studio = Studio(tmp_path, registry=registry, environ=environ)
        film = {
            "title": "sk-canary-0123456789",
            "scenes": [{"shots": [{"action": "A yard.", "duration": 0.5}]}],
        }
        (tmp_path / "film.yaml").write_text(yaml.safe_dump(film))
        plan = studio.plan(tmp_path / "film.yaml", providers=["keyed"])
        options = studio.render_options(allow_unknown_price=True)
        with pytest.raises(SecretError, match="a secret stands in the production"):
            run(studio.render(plan, tmp_path / "film.mp4", options=options))
        assert service.jobs == 0
        # The writer of the record looks once more, whatever came before.
        monkeypatch.setattr("ministudio.studio.rendering.preflight", _nothing)
        with pytest.raises(SecretError, match="it was not written"):
            run(studio.render(plan, tmp_path / "film.mp4", options=options))
        assert not (tmp_path / "film.json").exists()
    finally:
        service.close()


async def _nothing(*_, **__):
    pass


def test_attack_15_nothing_about_secrets_tells_a_value():
    resolver = SecretResolver([("vault", Store((KEY, "7")))])
    told = [
        repr(resolver.get(TOKEN)),
        repr(resolver.explain(TOKEN)),
        str(resolver.explain(TOKEN)),
        repr(resolver),
        repr(DotenvBackend(PluginContext())),
        repr(context_for([TOKEN], resolver, {}, None)),
        repr(redactor()),
    ]
    assert "canary" not in "".join(told)
    assert "7" in told[2]
    with pytest.raises(SecretNotFound) as caught:
        SecretResolver([("vault", Store(SecretNotFound("no")))]).get(TOKEN)
    assert "HF_TOKEN" in str(caught.value)
