"""The two backends everybody has: environment and ``.env``, in that order."""

from __future__ import annotations

import pytest

from ministudio.builtin.secrets import DotenvBackend, EnvBackend
from ministudio.contracts.secrets import SecretBackend, SecretRef
from ministudio.contracts.setting import Setting
from ministudio.contracts.specs import PluginContext
from ministudio.errors import SecretInvalid, SecretNotFound
from ministudio.secrets.resolver import SecretResolver

TOKEN = Setting(name="HF_TOKEN", help="A key.", category="Keys", secret=True)
HF = SecretRef(path="HF_TOKEN")


def env(**environ: str) -> EnvBackend:
    return EnvBackend(PluginContext(options={"environ": environ}))


def dotenv(folder, text: str) -> DotenvBackend:
    path = folder / ".env"
    path.write_text(text)
    path.chmod(0o600)
    return DotenvBackend(PluginContext(options={"path": path}))


def test_both_are_secret_backends(tmp_path):
    assert isinstance(env(), SecretBackend)
    assert isinstance(dotenv(tmp_path, ""), SecretBackend)


def test_the_environment_answers_with_what_is_set():
    assert env(HF_TOKEN="a").get(HF) == ("a", None)


def test_without_the_option_the_process_environment_is_read_at_the_question(monkeypatch):
    backend = EnvBackend(PluginContext())
    monkeypatch.setenv("MINISTUDIO_TEST_CANARY", "1")
    assert backend.get(SecretRef(path="MINISTUDIO_TEST_CANARY")) == ("1", None)
    monkeypatch.delenv("MINISTUDIO_TEST_CANARY")
    with pytest.raises(SecretNotFound):
        backend.get(SecretRef(path="MINISTUDIO_TEST_CANARY"))


def test_the_file_answers_with_what_it_holds(tmp_path):
    assert dotenv(tmp_path, "HF_TOKEN=a").get(HF) == ("a", None)


def test_a_changed_file_is_read_anew(tmp_path):
    backend = dotenv(tmp_path, "HF_TOKEN=a")
    assert backend.get(HF) == ("a", None)
    dotenv(tmp_path, "HF_TOKEN=rotated")
    assert backend.get(HF) == ("rotated", None)
    (tmp_path / ".env").unlink()
    with pytest.raises(SecretNotFound):
        backend.get(HF)


def test_an_empty_value_counts_as_not_set_as_in_a_copied_example(tmp_path):
    for backend in (env(HF_TOKEN=""), dotenv(tmp_path, "HF_TOKEN=\n")):
        with pytest.raises(SecretNotFound):
            backend.get(HF)


def test_without_a_file_nothing_is_known(tmp_path):
    for options in ({}, {"path": tmp_path / "no" / ".env"}):
        with pytest.raises(SecretNotFound):
            DotenvBackend(PluginContext(options=options)).get(HF)


def test_the_file_is_not_looked_for_in_the_current_directory(tmp_path, monkeypatch):
    dotenv(tmp_path, "HF_TOKEN=a")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SecretNotFound):
        DotenvBackend(PluginContext()).get(HF)


def test_a_malformed_file_stops_the_chain(tmp_path):
    with pytest.raises(SecretInvalid, match=r"\.env:1"):
        SecretResolver([("dotenv", dotenv(tmp_path, "HF_TOKEN"))]).get(TOKEN)


@pytest.mark.parametrize(
    "ref", [SecretRef(path="HF_TOKEN", key="a"), SecretRef(path="HF_TOKEN", version="1")]
)
def test_neither_has_keys_or_versions(tmp_path, ref):
    for backend in (env(HF_TOKEN="a"), dotenv(tmp_path, "HF_TOKEN=a")):
        with pytest.raises(SecretInvalid):
            backend.get(ref)


def test_the_environment_shadows_the_file_and_explaining_says_so(tmp_path):
    chain = SecretResolver([("env", env(HF_TOKEN="a")), ("dotenv", dotenv(tmp_path, "HF_TOKEN=b"))])
    assert chain.get(TOKEN).reveal() == "a"
    assert str(chain.explain(TOKEN)) == "HF_TOKEN from env; shadows dotenv as HF_TOKEN"
