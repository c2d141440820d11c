"""Doppler passes what every secret backend passes, and what only Doppler can get wrong."""

from __future__ import annotations

import pytest
from dotenv_kit import backend_from_dotenv
from fake_doppler import ACCOUNT_TOKEN, TOKEN, USUAL, DopplerStore

from ministudio.plugin import (
    ConfigError,
    PluginContext,
    SecretDenied,
    SecretInvalid,
    SecretRef,
    SecretUnavailable,
)
from ministudio.testing import SecretBackendConformance
from ministudio_doppler.backend import DopplerBackend

KEY = SecretRef(path="FAL_KEY")


@pytest.fixture
def store():
    with DopplerStore() as running:
        running.put("FAL_KEY", "v1")
        yield running


class TestDoppler(SecretBackendConformance):
    plugin = "ministudio_doppler"
    sdk = ("httpx2", "httpcore2", "anyio")
    versions = False

    @pytest.fixture
    def store(self):
        with DopplerStore() as running:
            yield running


def test_an_unchanged_config_is_not_sent_again(store):
    backend = store.backend()
    for _ in range(3):
        assert backend.get(KEY) == ("v1", None)
    assert store.fake.statuses == [200, 304, 304]
    store.put("FAL_KEY", "v2")
    assert backend.get(KEY) == ("v2", None)
    assert store.fake.statuses[-1] == 200


def test_what_a_revoked_token_had_read_is_forgotten(store):
    backend = store.backend()
    backend.get(KEY)
    store.fake.revoked.add(TOKEN)
    with pytest.raises(SecretDenied, match=r"does not accept the token \(HTTP 401\)"):
        backend.get(KEY)
    store.fake.revoked.clear()
    backend.get(KEY)
    assert store.fake.statuses == [200, 401, 200]


def test_many_secrets_of_one_config_take_one_request(store):
    store.put("HF_TOKEN", "h1")
    refs = [KEY, SecretRef(path="HF_TOKEN"), SecretRef(path="ABSENT")]
    assert store.backend().get_many(refs) == {refs[0]: ("v1", None), refs[1]: ("h1", None)}
    assert store.asked == 1


def test_a_reference_may_name_another_config_and_project(store):
    store.put("FAL_KEY", "shorts", ("shorts", "prd"))
    backend = store.backend(token=ACCOUNT_TOKEN, project=USUAL[0], config=USUAL[1])
    assert backend.get(KEY)[0] == "v1"
    assert backend.get(SecretRef(path="shorts/prd/FAL_KEY"))[0] == "shorts"
    assert store.fake.queries[-1]["project"] == "shorts"


def test_no_lease_of_a_dynamic_secret_is_taken_out_by_reading(store):
    store.backend().get(KEY)
    assert store.fake.queries[-1]["include_dynamic_secrets"] == "false"


def test_a_config_that_is_not_there_stops_the_chain(store):
    with pytest.raises(SecretInvalid, match=r"Doppler \(films/prod\) knows no such") as caught:
        store.backend(project="films", config="prod").get(KEY)
    assert "DOPPLER_CONFIG" in caught.value.hint


def test_without_a_token_nobody_is_asked(store):
    with pytest.raises(SecretDenied, match="DOPPLER_TOKEN is not set"):
        store.backend(token=None).get(KEY)
    assert store.asked == 0


def test_a_secret_that_the_token_may_not_see_is_denied(store):
    store.put("FAL_KEY", None)
    with pytest.raises(SecretDenied, match="does not show FAL_KEY"):
        store.backend().get(KEY)


def test_an_answer_that_is_no_table_of_texts_makes_no_sense(store):
    store.put("FAL_KEY", ["v1"])
    with pytest.raises(SecretUnavailable, match="makes no sense"):
        store.backend().get(KEY)


def test_a_token_with_a_line_break_is_not_printed(store):
    with pytest.raises(SecretUnavailable) as caught:
        store.backend(token="dp.st.dev.canary\nX: y").get(KEY)
    assert "canary" not in f"{caught.value!r} {caught.value.hint}"


def test_nobody_else_is_sent_the_token(store):
    settings = {"DOPPLER_API_HOST": "http://doppler.example.com"}
    with pytest.raises(ConfigError, match="DOPPLER_API_HOST must begin with https"):
        DopplerBackend(PluginContext(settings=settings))


def test_half_a_config_is_no_config():
    with pytest.raises(ConfigError, match="a project and a config, or neither"):
        DopplerBackend(PluginContext(options={"project": "films"}))


def test_what_stands_in_dotenv_alone_reaches_doppler(store, tmp_path, monkeypatch):
    for name in ("DOPPLER_TOKEN", "DOPPLER_PROJECT", "DOPPLER_CONFIG", "DOPPLER_API_HOST"):
        monkeypatch.delenv(name, raising=False)
    text = (
        f"DOPPLER_TOKEN={ACCOUNT_TOKEN}\nDOPPLER_PROJECT=films\nDOPPLER_CONFIG=dev\n"
        f"DOPPLER_API_HOST={store.proxy.address}\n"
    )
    assert backend_from_dotenv(tmp_path, "doppler", text).get(KEY) == ("v1", None)
    assert store.fake.queries[-1].items() >= {"project": "films", "config": "dev"}.items()
