"""Key Vault passes what every secret backend passes, and what only Key Vault can get wrong."""

from __future__ import annotations

import logging

import pytest
from dotenv_kit import backend_from_dotenv

from ministudio.plugin import (
    ConfigError,
    PluginContext,
    Secret,
    SecretDenied,
    SecretInvalid,
    SecretRef,
    SecretUnavailable,
)
from ministudio.testing import SecretBackendConformance
from ministudio_azure.backend import AzureBackend

pytest.importorskip("trustme", reason="needs the package trustme, for TLS on this machine")

from fake_vault import PASSWORD, TOKEN, AzureStore, certificates

KEY = SecretRef(path="FAL_KEY")


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    return certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture(autouse=True)
def trusted(tls, monkeypatch):
    """The SDK trusts the fake's certificate, and finds no other credentials."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tls[0]))
    for name in ("TENANT_ID", "CLIENT_ID", "CLIENT_SECRET", "KEY_VAULT_URL", "AUTHORITY_HOST"):
        monkeypatch.delenv(f"AZURE_{name}", raising=False)


@pytest.fixture
def store(tls):
    with AzureStore(tls[1]) as running:
        running.put("FAL_KEY", "v1")
        yield running


class TestAzure(SecretBackendConformance):
    plugin = "ministudio_azure"
    sdk = ("azure", "msal", "requests")

    @pytest.fixture
    def store(self, tls):
        with AzureStore(tls[1]) as running:
            yield running


def test_an_underscore_becomes_a_hyphen(store):
    assert list(store.fake.secrets) == ["FAL-KEY"]
    assert store.backend().get(KEY)[0] == "v1"


@pytest.mark.parametrize("other", ["FAL-KEY", "fal_key", "Fal-Key"])
def test_two_references_that_would_be_one_secret_are_refused(store, other):
    backend = store.backend()
    backend.get(KEY)
    asked = store.asked
    with pytest.raises(SecretInvalid, match=f"FAL_KEY and {other} are both called"):
        backend.get(SecretRef(path=other))
    assert store.asked == asked
    assert backend.get(KEY)[0] == "v1"


def test_a_disabled_secret_is_told_from_a_missing_permission(store):
    store.fake.disabled.add("FAL-KEY")
    with pytest.raises(SecretInvalid, match="is disabled"):
        store.backend().get(KEY)
    store.deny("FAL_KEY")
    with pytest.raises(SecretDenied) as caught:
        store.backend().get(KEY)
    assert "Key Vault Secrets User" in caught.value.hint


def test_each_question_is_asked_once(store):
    backend = store.backend()
    backend.get(KEY)
    for trouble in ("503", "throttled", "reset"):
        asked = store.asked
        store.upset(trouble)
        with pytest.raises(SecretUnavailable):
            backend.get(KEY)
        assert store.asked == asked + 1


def test_one_sign_in_serves_many_questions(store):
    backend = store.backend()
    for _ in range(3):
        backend.get(KEY)
    assert store.fake.sign_ins == ["client-1"]


def test_a_wrong_client_secret_is_denied_and_not_printed(store):
    with pytest.raises(SecretDenied, match="nobody could sign in to Azure") as caught:
        store.backend(password="canary-wrong").get(KEY)
    assert "canary" not in f"{caught.value!r} {caught.value.hint}"
    assert caught.value.__context__ is None


@pytest.mark.parametrize("status", [503, 0])
def test_signing_in_where_the_service_is_down_is_trouble_and_no_refusal(store, caplog, status):
    store.fake.token_status = status
    with pytest.raises(SecretUnavailable):
        store.backend().get(KEY)
    assert TOKEN not in caplog.text


def test_neither_client_secret_nor_token_is_logged(store, caplog):
    caplog.set_level(logging.DEBUG)
    store.backend().get(KEY)
    assert PASSWORD not in caplog.text
    assert TOKEN not in caplog.text


def test_a_prefix_stands_before_every_name(store):
    store.put("ministudio-FAL_KEY", "prefixed")
    assert store.backend(prefix="ministudio_").get(KEY)[0] == "prefixed"


def test_without_a_vault_the_variable_is_named():
    with pytest.raises(SecretInvalid, match="which vault") as caught:
        AzureBackend(PluginContext()).get(KEY)
    assert "AZURE_KEY_VAULT_URL" in caught.value.hint


@pytest.mark.parametrize(
    ("option", "address"),
    [
        ("vault", "https://vault.example.com"),
        ("vault", "https://vault.azure.net.example.com"),
        ("vault", "http://my-films.vault.azure.net"),
        ("authority", "https://login.example.com"),
        ("authority", "https://login.microsoftonline.com.example.com"),
    ],
)
def test_a_token_is_sent_nowhere_but_to_azure(option, address):
    with pytest.raises(ConfigError, match="AZURE_"):
        AzureBackend(PluginContext(options={option: address}))


@pytest.mark.parametrize(
    ("option", "address"),
    [
        ("vault", "https://my-films.vault.azure.net/"),
        ("vault", "https://my-films.vault.azure.cn"),
        ("authority", "https://login.chinacloudapi.cn"),
    ],
)
def test_azures_own_addresses_are_taken(option, address):
    AzureBackend(PluginContext(options={option: address}))


def test_a_client_secret_alone_is_refused():
    settings = {"AZURE_CLIENT_SECRET": Secret("any", "AZURE_CLIENT_SECRET")}
    with pytest.raises(ConfigError, match="what it belongs to is not") as caught:
        AzureBackend(PluginContext(settings=settings))
    assert "AZURE_TENANT_ID" in caught.value.hint


def test_what_stands_in_dotenv_alone_reaches_azure(store, tmp_path):
    text = "".join(f"{name}={value}\n" for name, value in store.settings().items())
    backend = backend_from_dotenv(tmp_path, "azure", f"{text}MINISTUDIO_AZURE_PREFIX=FAL_\n")
    assert backend.get(SecretRef(path="KEY"))[0] == "v1"
