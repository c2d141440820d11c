"""Secret Manager passes what every secret backend passes, by gRPC and by REST."""

from __future__ import annotations

import json

import pytest
from dotenv_kit import backend_from_dotenv
from drongo_store import MISSING, Drongo, DrongoStore, missing_package
from grpc_store import PROJECT, GrpcStore

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
from ministudio_gcp.backend import GcpBackend

KEY = SecretRef(path="FAL_KEY")
SDK = ("google.cloud.secretmanager", "google.cloud.secretmanager_v1", "google.auth", "grpc")


@pytest.fixture(autouse=True)
def no_credentials_of_this_machine(monkeypatch, tmp_path):
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setenv("NO_GCE_CHECK", "true")


@pytest.fixture
def store():
    with GrpcStore() as running:
        running.put("FAL_KEY", "v1")
        yield running


class TestGcpByGrpc(SecretBackendConformance):
    label = "gcp (grpc)"
    plugin = "ministudio_gcp"
    sdk = SDK

    @pytest.fixture
    def store(self):
        with GrpcStore() as running:
            yield running


@pytest.fixture(scope="module")
def drongo():
    running = Drongo()
    yield running
    running.close()


@pytest.mark.skipif(missing_package(), reason=MISSING)
@pytest.mark.xdist_group("drongo")
class TestGcpByRest(SecretBackendConformance):
    label = "gcp (rest)"
    plugin = "ministudio_gcp"
    sdk = SDK

    @pytest.fixture
    def store(self, drongo):
        with DrongoStore(drongo) as running:
            yield running


def test_a_disabled_latest_stops_and_is_not_replaced_by_an_older_one(store):
    store.put("FAL_KEY", "v2")
    store.disable("FAL_KEY", 2)
    backend = store.backend()
    with pytest.raises(SecretInvalid, match="disabled or destroyed"):
        backend.get(KEY)
    assert backend.get(SecretRef(path="FAL_KEY", version="1")) == ("v1", "1")


def test_a_value_that_was_damaged_on_its_way_is_not_handed_on(store):
    store.damage = True
    with pytest.raises(SecretUnavailable, match="damaged on its way"):
        store.backend().get(KEY)


def test_bytes_that_are_no_text_are_refused(store):
    store.put("BYTES", b"\xff\xfe\x00")
    with pytest.raises(SecretInvalid, match="BYTES in Secret Manager is binary") as caught:
        store.backend().get(SecretRef(path="BYTES"))
    assert caught.value.__context__ is None


def test_each_question_is_asked_once(store):
    backend = store.backend()
    backend.get(KEY)
    store.upset("503")
    with pytest.raises(SecretUnavailable):
        backend.get(KEY)
    assert store.asked == 2


def test_another_project_may_be_named(store):
    store.put("FAL_KEY", "shorts", project="my-shorts")
    assert store.backend().get(SecretRef(path="my-shorts/FAL_KEY"))[0] == "shorts"
    assert store.backend(project="my-shorts").get(KEY)[0] == "shorts"


def test_a_prefix_stands_before_every_name(store):
    store.put("ministudio-FAL_KEY", "prefixed")
    assert store.backend(prefix="ministudio-").get(KEY)[0] == "prefixed"
    assert store.calls == [f"projects/{PROJECT}/secrets/ministudio-FAL_KEY/versions/latest"]


def test_without_a_project_the_variable_is_named(store):
    backend = GcpBackend(PluginContext(settings={"MINISTUDIO_GCP_ENDPOINT": store.address}))
    with pytest.raises(SecretInvalid, match="which project") as caught:
        backend.get(KEY)
    assert "GOOGLE_CLOUD_PROJECT" in caught.value.hint


def test_without_credentials_google_is_not_asked(tmp_path):
    settings = {"GOOGLE_CLOUD_PROJECT": PROJECT}
    with pytest.raises(SecretDenied, match="nobody could sign in to Google") as caught:
        GcpBackend(PluginContext(settings=settings)).get(KEY)
    assert "gcloud auth application-default login" in caught.value.hint


@pytest.mark.parametrize("text", ["canary", '{"type": "canary"}', '{"a": "canary"', "[]"])
def test_a_service_account_that_is_none_is_not_printed(tmp_path, text):
    file = tmp_path / "account.json"
    file.write_text(text)
    for settings in (
        {"GOOGLE_APPLICATION_CREDENTIALS_JSON": Secret(text, "GCP_SA_KEY")},
        {"GOOGLE_APPLICATION_CREDENTIALS": str(file)},
    ):
        with pytest.raises(SecretDenied) as caught:
            GcpBackend(PluginContext(settings=settings, options={"project": PROJECT})).get(KEY)
        assert "canary" not in f"{caught.value!r} {caught.value.hint}"
        assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/token",
        "https://sts.example.com/v1/token",
        "https://sts.googleapis.com.example.com/v1/token",
    ],
)
def test_a_federated_identity_sends_no_file_of_this_machine_to_a_stranger(tmp_path, address):
    (tmp_path / "key").write_text("canary")
    identity = {
        "type": "external_account",
        "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/a",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": address,
        "credential_source": {"file": str(tmp_path / "key")},
    }
    settings = {"GOOGLE_APPLICATION_CREDENTIALS_JSON": Secret(json.dumps(identity), "GCP_SA_KEY")}
    with pytest.raises(SecretDenied, match="elsewhere than at Google"):
        GcpBackend(PluginContext(settings=settings, options={"project": PROJECT})).get(KEY)


def test_a_service_accounts_file_that_is_not_there_is_named(tmp_path):
    settings = {"GOOGLE_APPLICATION_CREDENTIALS": str(tmp_path / "no.json")}
    with pytest.raises(SecretDenied, match=r"no\.json cannot be read"):
        GcpBackend(PluginContext(settings=settings, options={"project": PROJECT})).get(KEY)


def test_a_transport_that_is_not_known_is_refused():
    with pytest.raises(ConfigError, match="by grpc or by rest"):
        GcpBackend(PluginContext(options={"transport": "carrier pigeon"}))


def test_what_stands_in_dotenv_alone_reaches_google(store, tmp_path):
    text = f"GCP_PROJECT={PROJECT}\nMINISTUDIO_GCP_ENDPOINT={store.address}\n"
    backend = backend_from_dotenv(tmp_path, "gcp", f"{text}MINISTUDIO_GCP_PREFIX=FAL_\n")
    assert backend.get(SecretRef(path="KEY"))[0] == "v1"


def test_a_service_account_in_dotenv_signs_in(tmp_path, service_account, token_server):
    file = tmp_path / "account.json"
    file.write_text(json.dumps(service_account))
    text = f"GOOGLE_APPLICATION_CREDENTIALS={file}\n"
    with pytest.raises(SecretDenied, match="nobody could sign in to Google"):
        backend_from_dotenv(tmp_path, "gcp", text).get(KEY)
    assert token_server.accounts == [service_account["client_email"]]
