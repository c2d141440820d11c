"""AWS Secrets Manager passes what every secret backend passes, with moto as the server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from botocore.exceptions import ClientError
from dotenv_kit import backend_from_dotenv
from moto_store import MISSING, AwsStore, Moto, missing_package

from ministudio.plugin import (
    ConfigError,
    PluginContext,
    Secret,
    SecretDenied,
    SecretInvalid,
    SecretNotFound,
    SecretRef,
    SecretUnavailable,
)
from ministudio.testing import SecretBackendConformance
from ministudio.testing.secrets import Trouble
from ministudio_aws.backend import AwsBackend

pytestmark = [
    pytest.mark.skipif(missing_package(), reason=MISSING),
    pytest.mark.xdist_group("moto"),  # one server for all of them
]

KEY = SecretRef(path="FAL_KEY")


@pytest.fixture(scope="module")
def moto():
    running = Moto()
    yield running
    running.close()


@pytest.fixture(autouse=True)
def no_credentials_of_this_machine(monkeypatch, tmp_path):
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))


@pytest.fixture
def store(moto):
    with AwsStore(moto) as running:
        running.put("FAL_KEY", "v1")
        yield running


class TestAws(SecretBackendConformance):
    plugin = "ministudio_aws"
    sdk = ("boto3", "botocore", "urllib3")

    @pytest.fixture
    def store(self, moto):
        with AwsStore(moto) as running:
            yield running


def test_the_stage_before_is_read_after_a_rotation(store):
    store.put("FAL_KEY", "v2")
    backend = store.backend()
    assert backend.get(KEY)[0] == "v2"
    assert backend.get(SecretRef(path="FAL_KEY", version="AWSPREVIOUS"))[0] == "v1"
    with pytest.raises(SecretNotFound):
        backend.get(SecretRef(path="FAL_KEY", version="AWSPENDING"))


def test_bytes_that_are_text_are_text_and_others_are_refused(store):
    admin = store.moto.secrets
    admin.create_secret(Name="TEXT", SecretBinary="schlüssel".encode())
    admin.create_secret(Name="BYTES", SecretBinary=b"\xff\xfe\x00")
    backend = store.backend()
    assert backend.get(SecretRef(path="TEXT"))[0] == "schlüssel"
    with pytest.raises(SecretInvalid, match="BYTES in AWS Secrets Manager is binary"):
        backend.get(SecretRef(path="BYTES"))


def test_a_secret_on_its_way_out_stops_the_chain(store):
    store.moto.secrets.delete_secret(SecretId="FAL_KEY", RecoveryWindowInDays=7)
    with pytest.raises(SecretInvalid, match="scheduled for deletion") as caught:
        store.backend().get(KEY)
    assert "restore-secret" in caught.value.hint


def test_a_prefix_stands_before_every_name(store):
    store.put("ministudio/dev/FAL_KEY", "prefixed")
    assert store.backend(prefix="ministudio/dev/").get(KEY)[0] == "prefixed"
    assert store.backend().get(SecretRef(path="ministudio/dev/FAL_KEY"))[0] == "prefixed"
    with pytest.raises(SecretInvalid):
        store.backend(prefix="../").get(KEY)


def test_each_question_is_asked_once(store):
    backend = store.backend()
    backend.get(KEY)
    for trouble in (Trouble.UNAVAILABLE, Trouble.THROTTLED, Trouble.RESET):
        asked = store.asked
        store.upset(trouble)
        with pytest.raises(SecretUnavailable):
            backend.get(KEY)
        assert store.asked == asked + 1


def test_wrong_keys_are_told_from_a_missing_permission(store):
    settings = store.settings() | {
        "AWS_ACCESS_KEY_ID": Secret("AKIAWRONG", "AWS_ACCESS_KEY_ID"),
        "AWS_SECRET_ACCESS_KEY": Secret("canary", "AWS_SECRET_ACCESS_KEY"),
    }
    with pytest.raises(SecretDenied) as caught:
        AwsBackend(PluginContext(settings=settings)).get(KEY)
    assert "canary" not in f"{caught.value!r} {caught.value.hint}"
    store.deny("FAL_KEY")
    with pytest.raises(SecretDenied) as caught:
        store.backend().get(KEY)
    assert "secretsmanager:GetSecretValue" in caught.value.hint


def test_the_policy_in_the_documents_reads_and_does_nothing_else(store):
    page = Path(__file__).parents[3] / "docs" / "secrets" / "aws.md"
    policy = page.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    reading, decrypting = json.loads(policy)["Statement"]
    assert reading["Resource"].endswith(":secret:ministudio/dev/*")
    statements = [reading | {"Resource": "*"}, decrypting]  # moto judges actions alone
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    store.denied = True  # so that the usual policy is put back
    store.moto.iam.put_user_policy(UserName="studio", PolicyName="may", PolicyDocument=document)
    assert store.backend().get(KEY)[0] == "v1"
    studio = store.moto.client("secretsmanager", store.moto.users["studio"])
    for refused in (studio.list_secrets, lambda: studio.delete_secret(SecretId="FAL_KEY")):
        with pytest.raises(ClientError):
            refused()


def test_without_credentials_nobody_is_asked():
    settings = {"AWS_REGION": "eu-central-1"}
    with pytest.raises(SecretDenied, match="nothing was found to sign in to AWS with"):
        AwsBackend(PluginContext(settings=settings)).get(KEY)


def test_a_profile_that_is_not_there_is_said():
    with pytest.raises(SecretDenied, match="ProfileNotFound"):
        AwsBackend(PluginContext(options={"profile": "films"})).get(KEY)


def test_without_a_region_the_variable_is_named():
    settings = {
        name: Secret("any", name) for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    }
    with pytest.raises(SecretInvalid, match="which region") as caught:
        AwsBackend(PluginContext(settings=settings)).get(KEY)
    assert "AWS_REGION" in caught.value.hint


def test_a_region_that_cannot_be_is_said(store):
    with pytest.raises(SecretInvalid, match="no region of this name"):
        store.backend(region="eu central").get(KEY)


def test_an_address_where_nobody_listens_is_out_of_reach(store):
    with pytest.raises(SecretUnavailable, match="cannot be reached"):
        store.backend(endpoint="http://127.0.0.1:9").get(KEY)


def test_half_an_access_key_is_refused():
    settings = {"AWS_ACCESS_KEY_ID": Secret("any", "AWS_ACCESS_KEY_ID")}
    with pytest.raises(ConfigError, match="two parts"):
        AwsBackend(PluginContext(settings=settings))


def test_a_profile_of_this_machine_signs_in(store, tmp_path):
    key = store.moto.users["studio"]
    (tmp_path / "credentials").write_text(
        f"[films]\naws_access_key_id = {key['AccessKeyId']}\n"
        f"aws_secret_access_key = {key['SecretAccessKey']}\n"
    )
    (tmp_path / "config").write_text("[profile films]\nregion = eu-central-1\n")
    options = {"profile": "films", "endpoint": store.proxy.address}
    assert AwsBackend(PluginContext(options=options)).get(KEY)[0] == "v1"


def test_what_stands_in_dotenv_alone_reaches_aws(store, tmp_path):
    text = "".join(f"{name}={value}\n" for name, value in store.settings().items())
    backend = backend_from_dotenv(tmp_path, "aws", f"{text}MINISTUDIO_AWS_PREFIX=FAL_\n")
    assert backend.get(SecretRef(path="KEY"))[0] == "v1"


def test_a_token_in_dotenv_is_sent_along(store, tmp_path):
    text = "".join(f"{name}={value}\n" for name, value in store.settings().items())
    backend = backend_from_dotenv(tmp_path, "aws", f"{text}AWS_SESSION_TOKEN=session-1\n")
    with pytest.raises(SecretDenied):  # moto has handed out no such token
        backend.get(KEY)
    assert store.proxy.headers["X-Amz-Security-Token"] == "session-1"
